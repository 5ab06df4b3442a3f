package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/themis-go/themis/harvest/sample"
	"github.com/themis-go/themis/internal/virtuosotest"
)

func TestSample(t *testing.T) {
	out := t.TempDir()
	require.NoError(t, run(t.Context(), "", out))
	table, err := os.ReadFile(filepath.Join(out, "ministers-per-year.csv"))
	require.NoError(t, err)
	require.Contains(t, string(table), "Zuhal Demir,2020,3\n")
	for _, name := range []string{"ministers-per-year", "themes", "stages-per-year", "time-to-approval"} {
		svg, err := os.ReadFile(filepath.Join(out, name+".svg"))
		require.NoError(t, err)
		require.Contains(t, string(svg), "<svg", name)
	}
}

// The query and the structs give the same table.
func TestQuery(t *testing.T) {
	t.Run("virtuoso", func(t *testing.T) {
		turtle := t.TempDir()
		require.NoError(t, os.CopyFS(turtle, sample.FS))
		engine := virtuosotest.Start(t, virtuosotest.Config{Load: map[string][]string{virtuosotest.PublicGraph: {turtle}}})
		structs, query := t.TempDir(), t.TempDir()
		require.NoError(t, run(t.Context(), "", structs))
		require.NoError(t, run(t.Context(), engine.URL, query))
		want, err := os.ReadFile(filepath.Join(structs, "ministers-per-year.csv"))
		require.NoError(t, err)
		got, err := os.ReadFile(filepath.Join(query, "ministers-per-year.csv"))
		require.NoError(t, err)
		require.Equal(t, string(want), string(got))
	})
}

func TestBadInput(t *testing.T) {
	require.ErrorContains(t, run(t.Context(), filepath.Join(t.TempDir(), "absent"), t.TempDir()), "no such file or folder")
	require.ErrorContains(t, run(t.Context(), "http://127.0.0.1:1/sparql", t.TempDir()), "127.0.0.1:1")
}
