package sparql

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/themis-go/themis/internal/sharedtest"
)

// TestW3CResults reads every result document of the W3C's SPARQL 1.1 tests.
func TestW3CResults(t *testing.T) {
	root := os.Getenv("W3C_TESTS")
	if root == "" {
		root = sharedtest.Path(t, "w3c")
	}
	formats := map[string]ResultFormat{".srj": JSON, ".srx": XML, ".csv": CSV, ".tsv": TSV}
	passed, failed := map[ResultFormat]int{}, map[ResultFormat]int{}
	base := filepath.Join(root, "sparql11")
	err := filepath.WalkDir(base, func(path string, entry os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		format, ok := formats[filepath.Ext(path)]
		if !ok || entry.IsDir() {
			return nil
		}
		name, _ := filepath.Rel(base, path)
		ok = t.Run(filepath.ToSlash(name), func(t *testing.T) { readDocument(t, path, format) })
		if ok {
			passed[format]++
		} else {
			failed[format]++
		}
		return nil
	})
	require.NoError(t, err)
	require.NotEmpty(t, passed, "no result documents in %s", base)
	for _, f := range []ResultFormat{JSON, XML, CSV, TSV} {
		t.Logf("%-4v %3d passed, %d failed", f, passed[f], failed[f])
	}
}

// readDocument reads a document of either kind to its end.
func readDocument(t *testing.T, path string, format ResultFormat) {
	t.Helper()
	body, err := os.ReadFile(path)
	require.NoError(t, err)
	rows, err := ReadResults(strings.NewReader(string(body)), format)
	if err != nil {
		_, asked := ReadBoolean(strings.NewReader(string(body)), format)
		require.NoError(t, asked, "as rows: %v", err)
		return
	}
	n := strings.Count(string(body), "<result>") + strings.Count(string(body), "<result/>")
	for rows.Next() {
		require.Len(t, rows.Values(), len(rows.Vars()))
	}
	require.NoError(t, rows.Err())
	if format == XML {
		require.EqualValues(t, n, rows.Count())
	}
}
