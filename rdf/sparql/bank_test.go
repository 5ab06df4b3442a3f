package sparql

import (
	"os"
	"strings"
	"testing"
	"testing/fstest"

	knakk "github.com/knakk/sparql"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const knakkStyle = `# Queries of a library catalogue.
# They share a comment.

# tag: books-by-author
PREFIX dct: <http://purl.org/dc/terms/>
SELECT ?book ?title
WHERE {
   ?book dct:creator ?author ;
         dct:title ?title .
}
LIMIT 10

# tag: count_all
# How many there are.
SELECT (COUNT(*) AS ?n)
WHERE { ?s ?p ?o }

#tag: Ask1
ASK { ?s ?p "x" }
`

// squeeze drops comments and takes white space together, as knakk does.
func squeeze(t *testing.T, text string) string {
	t.Helper()
	var words []string
	for _, tok := range requireLossless(t, text) {
		if tok.kind != kSpace && tok.kind != kComment {
			words = append(words, tok.text(text))
		}
	}
	return strings.Join(words, " ")
}

func TestBankReadsKnakkFiles(t *testing.T) {
	theirs := knakk.LoadBank(strings.NewReader(knakkStyle))
	ours, err := LoadBank(strings.NewReader(knakkStyle))
	require.NoError(t, err)
	require.NoError(t, ours.Check())
	require.Len(t, ours.Names(), len(theirs))
	for name, text := range theirs {
		q, err := ours.Query(name)
		require.NoError(t, err, name)
		assert.Equal(t, name, q.Name())
		assert.Equal(t, squeeze(t, text), squeeze(t, q.String()), name)
	}
}

func TestBankKeepsText(t *testing.T) {
	const text = "\ufeff# tag: a\r\nSELECT ?x WHERE { # comment\r\n  ?x <http://e/#p> \"a # b\" , '''\r\n# tag: no\r\n''' .\r\n}\r\n\r\n  # tag: b\r\nASK {}\r\n"
	b, err := LoadBank(strings.NewReader(text))
	require.NoError(t, err)
	assert.Equal(t, []string{"a", "b"}, b.Names())
	assert.Equal(t, "SELECT ?x WHERE { # comment\r\n  ?x <http://e/#p> \"a # b\" , '''\r\n# tag: no\r\n''' .\r\n}", b.Get("a").String())
	assert.Equal(t, FormAsk, b.Get("b").Form())
}

func TestBankErrors(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"twice", "# tag: a\nASK {}\n# tag: a\nASK {}\n", "line 3: a query of the name a was given before"},
		{"before the first tag", "# fine\n\nASK {}\n# tag: a\nASK {}", "line 3: only comments may stand before"},
		{"no SPARQL before the first tag", "\n~~\n# tag: a\nASK {}", "line 2: only comments"},
		{"no tag", "ASK {}", "line 1: only comments"},
		{"empty", "# tag: a\n\n# only this\n# tag: b\nASK {}", "line 1: the query a has no text"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := LoadBank(strings.NewReader(c.text))
			var be *BankError
			require.ErrorAs(t, err, &be)
			assert.ErrorContains(t, err, c.want)
		})
	}
}

func TestBankQueryErrors(t *testing.T) {
	b, err := LoadBank(strings.NewReader("# tag: good\nASK {}\n# tag: old\nSELECT ?x WHERE { ?x a <http://e/> } LIMIT {{.Limit}}\n"))
	require.NoError(t, err)

	_, err = b.Query("goood")
	require.ErrorContains(t, err, `no query "goood": it has good, old`)
	_, err = b.Query("old")
	var qe *QueryError
	require.ErrorAs(t, err, &qe)
	assert.Equal(t, "old", qe.Name)
	assert.ErrorContains(t, err, "Use a variable and Bind")
	assert.ErrorIs(t, b.Check(), err)

	require.Error(t, b.Get("old").Err())
	require.Error(t, b.Get("none").Err())
	_, err = b.Get("none").Bind("x", 1)
	require.ErrorContains(t, err, "no query")
	assert.Equal(t, "none", b.Get("none").Name())
	assert.Empty(t, Bank{}.Names())
}

func TestLoadBankFS(t *testing.T) {
	fsys := fstest.MapFS{
		"queries/a.rq": {Data: []byte("# tag: a\nASK {}")},
		"queries/b.rq": {Data: []byte("# tag: b\nASK { ?s ?p ?o }")},
		"bad/c.rq":     {Data: []byte("# tag: a\nASK {}\n# tag: a\nASK {}")},
		"two/d.rq":     {Data: []byte("# tag: a\nASK {}")},
		"two/e.rq":     {Data: []byte("# tag: a\nASK {}")},
		"dir/f.rq/x":   {Data: nil},
	}
	b, err := LoadBankFS(fsys, "queries/*.rq")
	require.NoError(t, err)
	assert.Equal(t, []string{"a", "b"}, b.Names())

	_, err = LoadBankFS(fsys, "bad/*.rq")
	require.ErrorContains(t, err, "bad/c.rq: line 3")
	_, err = LoadBankFS(fsys, "two/*.rq")
	require.ErrorContains(t, err, "two/e.rq: line 1")
	_, err = LoadBankFS(fsys, "none/*.rq")
	require.ErrorContains(t, err, "no file matches")
	_, err = LoadBankFS(fsys, "[")
	require.ErrorContains(t, err, "pattern")
	_, err = LoadBankFS(fsys, "dir/*.rq")
	require.Error(t, err)
}

func TestLoadBankReadError(t *testing.T) {
	f, err := os.Open(t.TempDir())
	require.NoError(t, err)
	defer f.Close()
	_, err = LoadBank(f)
	require.ErrorContains(t, err, "query bank")
}

func FuzzLoadBank(f *testing.F) {
	f.Add(knakkStyle)
	f.Add("# tag: a\nASK { \"\"\"\n# tag: b\n\"\"\" }")
	f.Fuzz(func(t *testing.T, text string) {
		b, err := LoadBank(strings.NewReader(text))
		if err != nil {
			return
		}
		for _, name := range b.Names() {
			require.Contains(t, text, b.Get(name).Text())
		}
	})
}
