package rdf

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/themis-go/themis/internal/sharedtest"
)

func countTriples(t *testing.T, file string, opts ...ReadOption) int {
	t.Helper()
	r, err := os.Open(file)
	require.NoError(t, err)
	defer r.Close()
	n := 0
	for _, err := range Read(r, Turtle, append(opts, Base("http://example.org/"))...) {
		require.NoError(t, err, file)
		n++
	}
	return n
}

// TestRealTurtle reads the code lists and records that the publisher publishes.
func TestRealTurtle(t *testing.T) {
	dir := sharedtest.Path(t, "data/themis")
	files, err := filepath.Glob(filepath.Join(dir, "*.ttl"))
	require.NoError(t, err)
	require.NotEmpty(t, files)
	total := 0
	for _, file := range files {
		n := countTriples(t, file)
		assert.Positive(t, n, file)
		total += n
	}
	t.Logf("%d files, %d triples", len(files), total)
}

// TestRealTurtleRapper compares the numbers of triples with those of another parser.
func TestRealTurtleRapper(t *testing.T) {
	dir := sharedtest.Path(t, "data/themis")
	rapper, err := exec.LookPath("rapper")
	if err != nil {
		t.Skip("SKIPPED: rapper (raptor2-utils) is not installed: there is nothing to compare with")
	}
	files, err := filepath.Glob(filepath.Join(dir, "*.ttl"))
	require.NoError(t, err)
	returned := regexp.MustCompile(`returned (\d+) triples`)
	for _, file := range files {
		out, err := exec.Command(rapper, "-c", "-i", "turtle", file, "http://example.org/").CombinedOutput()
		require.NoError(t, err, "%s: %s", file, out)
		found := returned.FindSubmatch(out)
		require.NotNil(t, found, "%s: %s", file, out)
		want, err := strconv.Atoi(string(found[1]))
		require.NoError(t, err)
		assert.Equal(t, want, countTriples(t, file), file)
	}
}

// TestRealTurtleInvalid reads the published theme list, which is not Turtle at
// line 375: a bare id. Everything else in it is usable.
func TestRealTurtleInvalid(t *testing.T) {
	file := sharedtest.Path(t, "data/themis/invalid/themas-codelist-as-published.ttl")
	doc, err := os.ReadFile(file)
	require.NoError(t, err)

	_, err = ReadGraph(bytes.NewReader(doc), Turtle)
	var syntax *SyntaxError
	require.ErrorAs(t, err, &syntax)
	assert.Equal(t, []int{375, 1}, []int{syntax.Line, syntax.Column})

	var reports []*SyntaxError
	got, err := ReadGraph(bytes.NewReader(doc), Turtle, Lenient(func(e *SyntaxError) { reports = append(reports, e) }))
	require.NoError(t, err)
	require.Len(t, reports, 1)
	assert.Equal(t, 375, reports[0].Line)

	lines := bytes.Split(doc, []byte("\n"))
	lines[374] = nil
	want, err := ReadGraph(bytes.NewReader(bytes.Join(lines, []byte("\n"))), Turtle)
	require.NoError(t, err)
	assert.True(t, Equal(want, got))
	assert.Positive(t, got.Len())
}
