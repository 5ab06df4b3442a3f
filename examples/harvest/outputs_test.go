package main

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/themis-go/themis/harvest/archive"
	"github.com/themis-go/themis/internal/virtuosotest"
)

// harvestSample runs the program and returns what it prints.
func harvestSample(t *testing.T, args ...string) string {
	t.Helper()
	var out bytes.Buffer
	err := run(context.Background(), append([]string{"-quiet"}, args...), &out, os.Stderr)
	require.NoError(t, err, out.String())
	return out.String()
}

func TestExport(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "themis.db")
	out := harvestSample(t, "-archive", file, "-export", "all", "-export-dir", filepath.Join(dir, "out"))
	require.Contains(t, out, "decisions.csv, 16")
	for _, name := range []string{"decisions.csv", "decisions.jsonl", "triples.nq", "triples.ttl", "decisions.parquet/year=2021/part-0.parquet"} {
		require.FileExists(t, filepath.Join(dir, "out", filepath.FromSlash(name)))
	}
	again := harvestSample(t, "-archive", file, "-export", "csv", "-export-dir", filepath.Join(dir, "out"))
	require.NotContains(t, again, "subjects", "what is there is not harvested again")
	err := run(context.Background(), []string{"-archive", file, "-export", "xlsx"}, &bytes.Buffer{}, &bytes.Buffer{})
	require.ErrorContains(t, err, "csv, jsonl")
}

func TestPush(t *testing.T) {
	file := filepath.Join(t.TempDir(), "themis.db")
	out := harvestSample(t, "-archive", file, "-push", "http://127.0.0.1:1/sparql", "-push-dry-run")
	require.Regexp(t, `would push: \d{4} triples to <http://mu.semte.ch/graphs/public>, \d+ bytes in \d+ requests`, out)
	t.Run("virtuoso", func(t *testing.T) {
		e := virtuosotest.Start(t, virtuosotest.Config{Writable: true})
		for _, args := range [][]string{{}, {"-push-graph-store", e.GraphStoreURL}} {
			args = append(args, "-archive", file, "-push", e.URL, "-push-graph", "http://example.org/g", "-push-replace",
				"-push-checkpoint", filepath.Join(filepath.Dir(file), "push.json"))
			require.Regexp(t, `pushed: (\d+) triples .* it holds \d+, SHA-256 [0-9a-f]{64}`, harvestSample(t, args...))
		}
	})
}

func TestDocuments(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "themis.db")
	harvestSample(t, "-archive", file)
	arc, err := archive.Open(file, archive.ReadOnly())
	require.NoError(t, err)
	defer arc.Close()
	sizes := map[string]int64{}
	for d, err := range arc.Decisions(context.Background()) {
		require.NoError(t, err)
		for _, doc := range d.Documents {
			for _, f := range doc.Files {
				uri := f.URI.String()
				sizes["/files/"+uri[strings.LastIndexByte(uri, '/')+1:]+"/download"] = f.Size
			}
		}
	}
	require.NotEmpty(t, sizes)
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		size, ok := sizes[r.URL.Path]
		if !ok {
			http.NotFound(w, r)
			return
		}
		_, _ = w.Write(append([]byte("%PDF-1.4\n"), make([]byte, max(size-9, 0))...))
	}))
	defer site.Close()
	args := []string{"-archive", file, "-documents", filepath.Join(dir, "pdf"), "-documents-from", site.URL, "-since", "2023-12-01"}
	out := harvestSample(t, args...)
	var fetched, present, failed, texts, none int
	_, err = fmt.Sscanf(out, "documents: %d fetched, %d there already, %d failed; text of %d read, %d have none", &fetched, &present, &failed, &texts, &none)
	require.NoError(t, err, out)
	require.Positive(t, fetched)
	require.Less(t, fetched, len(sizes), "-since holds for documents, too")
	require.Equal(t, fetched, none, "these are no real PDFs")
	require.Zero(t, failed)
	require.Contains(t, harvestSample(t, args...), fmt.Sprintf("0 fetched, %d there already", fetched))
}
