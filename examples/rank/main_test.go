package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func start(t *testing.T, args ...string) (string, error) {
	t.Helper()
	var out, status bytes.Buffer
	err := run(t.Context(), append([]string{"-quiet"}, args...), &out, &status)
	return out.String(), err
}

func TestRun(t *testing.T) {
	path := filepath.Join(t.TempDir(), "run.jsonl")
	out, err := start(t, "-out", path)
	require.NoError(t, err)
	assert.Contains(t, out, "run.jsonl: 1 sections ranked over")
	data, err := os.ReadFile(path)
	require.NoError(t, err)
	for _, text := range strings.Split(strings.TrimSpace(string(data)), "\n") {
		var l line
		require.NoError(t, json.Unmarshal([]byte(text), &l))
		assert.NotEmpty(t, l.Section)
		require.Greater(t, len(l.Ranking), 5)
		assert.LessOrEqual(t, len(l.Ranking), 200)
		assert.True(t, strings.HasPrefix(l.Ranking[0], "http://themis.vlaanderen.be/id/"))
	}
}

func TestExplain(t *testing.T) {
	out, err := start(t, "-explain", "-section", "2.2.9")
	require.NoError(t, err)
	assert.Contains(t, out, "rank 1, score")
	assert.Contains(t, out, "latent semantics")

	judged := filepath.Join(t.TempDir(), "judged.jsonl")
	require.NoError(t, os.WriteFile(judged, []byte(`{"section": "x", "grades": {"http://example.org/a": 2}}`), 0o600))
	_, err = start(t, "-explain", "-judged", judged)
	require.NoError(t, err)
}

func TestBadInput(t *testing.T) {
	dir := t.TempDir()
	web := filepath.Join(dir, "page.ttl")
	require.NoError(t, os.WriteFile(web, []byte("<html><body>geen RDF</body></html>"), 0o600))
	tests := []struct {
		name string
		args []string
		want string
	}{
		{"nothing to do", nil, "give -out FILE"},
		{"no such source", []string{"-from", filepath.Join(dir, "none"), "-explain"}, "no such file"},
		{"not RDF", []string{"-from", web, "-explain"}, "page.ttl"},
		{"endpoint down", []string{"-from", "http://127.0.0.1:1/sparql", "-explain"}, "127.0.0.1:1"},
		{"no such agreement", []string{"-agreement", filepath.Join(dir, "none.jsonl"), "-explain"}, "no such file"},
		{"unknown section", []string{"-section", "99.99", "-explain"}, "no section"},
		{"limit", []string{"-limit", "0", "-explain"}, "1 to 200"},
		{"out cannot be written", []string{"-out", filepath.Join(dir, "none", "run.jsonl")}, "no such file"},
		{"argument", []string{"-explain", "x"}, "unexpected argument"},
		{"judged alone", []string{"-judged", "x", "-out", filepath.Join(dir, "r")}, "goes with"},
		{"judged is no file", []string{"-judged", filepath.Join(dir, "none"), "-explain"}, "no such file"},
		{"judged is no JSON", []string{"-judged", web, "-explain"}, "not JSON lines"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := start(t, tt.args...)
			require.ErrorContains(t, err, tt.want)
		})
	}
}
