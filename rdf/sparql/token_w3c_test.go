package sparql

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// w3cFolder finds the W3C suites: W3C_TESTS, or beside the module.
func w3cFolder(t *testing.T) string {
	t.Helper()
	dir := os.Getenv("W3C_TESTS")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "shared", "w3c")
	}
	dir = filepath.Join(dir, "sparql11")
	if _, err := os.Stat(dir); err != nil {
		t.Skipf("NOT RUN: the W3C SPARQL 1.1 suite is not at %s: set W3C_TESTS to the folder that holds sparql11", dir)
	}
	return dir
}

var (
	w3cNegative = regexp.MustCompile(`mf:Negative(?:Update)?SyntaxTest`)
	w3cAction   = regexp.MustCompile(`mf:action\s+<([^>]+)>`)
)

// w3cNegatives returns the query files, by path, that negative tests of the
// manifests refer to.
func w3cNegatives(t *testing.T, dir string) map[string]bool {
	t.Helper()
	negative := make(map[string]bool)
	manifests, err := filepath.Glob(filepath.Join(dir, "*", "manifest.ttl"))
	require.NoError(t, err)
	for _, m := range manifests {
		data, err := os.ReadFile(m)
		require.NoError(t, err)
		for entry := range strings.SplitSeq(string(data), "\n:") {
			if w3cNegative.MatchString(entry) {
				for _, a := range w3cAction.FindAllStringSubmatch(entry, -1) {
					negative[filepath.Join(filepath.Dir(m), a[1])] = true
				}
			}
		}
	}
	return negative
}

// negativeByMeaning are negative tests whose text follows the grammar; what
// they break are the notes on it (scopes of variables and of labels), which
// Parse leaves to the endpoint.
var negativeByMeaning = map[string]bool{
	// A projection of what is not grouped.
	"aggregates/agg08.rq": true, "aggregates/agg09.rq": true, "aggregates/agg10.rq": true,
	"aggregates/agg11.rq": true, "aggregates/agg12.rq": true,
	"grouping/group06.rq": true, "grouping/group07.rq": true,
	"syntax-query/syn-bad-01.rq": true, "syntax-query/syn-bad-02.rq": true,
	// A blank node label in two operations.
	"syntax-update-1/syntax-update-54.ru": true,
	// AS ?x where ?x is in scope.
	"syntax-query/syntax-BINDscope6.rq": true, "syntax-query/syntax-BINDscope7.rq": true,
	"syntax-query/syntax-BINDscope8.rq": true, "syntax-query/syntax-SELECTscope2.rq": true,
}

// emptyUpdates are valid updates that do nothing. Parse refuses them: an empty
// text is a mistake, not a request.
var emptyUpdates = map[string]bool{
	"syntax-update-1/syntax-update-38.ru": true,
	"syntax-update-1/syntax-update-39.ru": true,
	"syntax-update-1/syntax-update-40.ru": true,
}

// TestW3CTokens reads every query and update of the W3C SPARQL 1.1 suite: the
// tokens are the text, what is valid parses, what is invalid does not.
func TestW3CTokens(t *testing.T) {
	dir := w3cFolder(t)
	negative := w3cNegatives(t, dir)
	require.NotEmpty(t, negative)
	var files, refused, byMeaning int
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".rq") && !strings.HasSuffix(path, ".ru") {
			return err
		}
		files++
		name, _ := filepath.Rel(dir, path)
		t.Run(name, func(t *testing.T) {
			data, err := os.ReadFile(path)
			require.NoError(t, err)
			text := string(data)
			q, perr := Parse(text)
			if negative[path] {
				if q.Err() == nil {
					byMeaning++
					assert.True(t, negativeByMeaning[name], "accepted though negative:\n%s", text)
				} else {
					refused++
				}
				return
			}
			requireLossless(t, text)
			if emptyUpdates[name] {
				assert.ErrorContains(t, perr, "the query is empty")
				return
			}
			require.NoError(t, perr, text)
			assert.Equal(t, strings.HasSuffix(path, ".ru"), q.Form() == FormUpdate)
			assert.Equal(t, strings.TrimPrefix(text, "\ufeff"), q.String())
		})
		return nil
	})
	require.NoError(t, err)
	t.Logf("%d files: %d negative ones refused, %d negative only by the notes on the grammar, the rest parsed", files, refused, byMeaning)
}

// requireLossless checks that the tokens of text follow each other and are the text.
func requireLossless(t *testing.T, text string) []token {
	t.Helper()
	toks, err := tokenize(text)
	require.NoError(t, err, text)
	at := 0
	for _, tok := range toks {
		require.Equal(t, at, tok.start)
		at = tok.end
	}
	require.Equal(t, len(text), at)
	require.Equal(t, kEOF, toks[len(toks)-1].kind)
	return toks
}
