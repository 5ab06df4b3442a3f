package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/themis-go/themis/examples/internal/corpus"
	"github.com/themis-go/themis/harvest"
	"github.com/themis-go/themis/harvest/archive"
)

func start(t *testing.T, args ...string) (string, error) {
	t.Helper()
	var out, status bytes.Buffer
	err := run(t.Context(), append([]string{"-quiet"}, args...), &out, &status)
	return out.String(), err
}

func TestSample(t *testing.T) {
	out, err := start(t, "-n", "3", "preventie", "van", "radicalisering")
	require.NoError(t, err)
	assert.Contains(t, out, "1. ")
	assert.NotContains(t, out, "4. ")
	assert.Regexp(t, `\*[^*]*adicalisering\*`, out, "words are marked")
	assert.Contains(t, out, "http://themis.vlaanderen.be/id/")
}

func TestWhy(t *testing.T) {
	out, err := start(t, "-why", "-all", "-n", "1", "radicalisering")
	require.NoError(t, err)
	assert.Contains(t, out, "BM25F")
	assert.Contains(t, out, "rank 1")
}

func TestNothingFound(t *testing.T) {
	out, err := start(t, "chocoladetaart met slagroom")
	require.NoError(t, err)
	assert.Contains(t, out, "Geen beslissing gevonden")
}

func TestArchiveKeepsIndex(t *testing.T) {
	path := filepath.Join(t.TempDir(), "themis.db")
	a, err := archive.Open(path)
	require.NoError(t, err)
	_, err = harvest.Run(t.Context(), harvest.Sample(), a)
	require.NoError(t, err)
	require.NoError(t, a.Close())
	first, err := start(t, "-from", path, "radicalisering")
	require.NoError(t, err)
	a, err = archive.Open(path)
	require.NoError(t, err)
	_, err = a.Blob(t.Context(), "retrieve/index")
	require.NoError(t, err, "the index is kept")
	require.NoError(t, a.Close())
	again, err := start(t, "-from", path, "radicalisering")
	require.NoError(t, err)
	assert.Equal(t, first, again)
	assert.True(t, corpus.IsArchive(path))
}

func TestBadInput(t *testing.T) {
	dir := t.TempDir()
	page := filepath.Join(dir, "page.ttl")
	require.NoError(t, os.WriteFile(page, []byte("<html>geen RDF</html>"), 0o600))
	broken := filepath.Join(dir, "broken.db")
	require.NoError(t, os.WriteFile(broken, []byte("geen archief"), 0o600))
	tests := []struct {
		name string
		args []string
		want string
	}{
		{"no words", nil, "give words"},
		{"only spaces", []string{"  "}, "give words"},
		{"number", []string{"-n", "0", "a"}, "want 1 or more"},
		{"no such source", []string{"-from", filepath.Join(dir, "none"), "a"}, "no such file"},
		{"not RDF", []string{"-from", page, "a"}, "page.ttl"},
		{"no archive", []string{"-from", broken, "a"}, "broken.db"},
		{"endpoint down", []string{"-from", "http://127.0.0.1:1/sparql", "a"}, "127.0.0.1:1"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := start(t, tt.args...)
			require.ErrorContains(t, err, tt.want)
		})
	}
}

func TestPlain(t *testing.T) {
	assert.Equal(t, "a[2Jb\nc", plain("a\x1b[2Jb\nc\u009b"))
}
