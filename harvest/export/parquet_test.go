package export

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/parquet-go/parquet-go"
	"github.com/stretchr/testify/require"

	"github.com/themis-go/themis/harvest"
	"github.com/themis-go/themis/rdf"
)

// list returns the files under dir, relative, sorted.
func list(t *testing.T, dir string) []string {
	t.Helper()
	var out []string
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		rel, err := filepath.Rel(dir, path)
		out = append(out, filepath.ToSlash(rel))
		return err
	})
	require.NoError(t, err)
	slices.Sort(out)
	return out
}

func readRows(t *testing.T, path string) []Row {
	t.Helper()
	rows, err := parquet.ReadFile[Row](path)
	require.NoError(t, err)
	return rows
}

func TestParquet(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "decisions.parquet")
	n, err := Parquet(dir, stream(fixture()))
	require.NoError(t, err)
	require.Equal(t, 3, n)
	want := []string{"year=2021/part-0.parquet", "year=2022/part-0.parquet", "year=__HIVE_DEFAULT_PARTITION__/part-0.parquet"}
	require.Equal(t, want, list(t, filepath.Dir(dir)+"/decisions.parquet"))
	require.Len(t, list(t, filepath.Dir(dir)), 3, "nothing else is left")
	for i, d := range fixture() {
		rows := readRows(t, filepath.Join(dir, want[i]))
		require.Len(t, rows, 1)
		got, expected := rows[0], NewRow(d)
		emptyLists(&got)
		require.Equal(t, expected, got)
	}
}

// emptyLists makes of nil lists empty ones: Parquet's reader knows only nil.
func emptyLists(r *Row) {
	if r.Positions == nil {
		r.Positions = []int64{}
	}
	if r.Ministers == nil {
		r.Ministers = []Minister{}
	}
	if r.Themes == nil {
		r.Themes = []Theme{}
	}
	if r.Documents == nil {
		r.Documents = []Document{}
	}
	for i := range r.Documents {
		if r.Documents[i].Files == nil {
			r.Documents[i].Files = []File{}
		}
	}
	for _, at := range []*time.Time{r.Issued, r.Meeting.Start} {
		if at != nil {
			*at = at.UTC()
		}
	}
	for i := range r.Documents {
		if at := r.Documents[i].Issued; at != nil {
			*at = at.UTC()
		}
	}
}

func TestParquetSchema(t *testing.T) {
	golden(t, "schema.txt", parquet.SchemaOf(Row{}).String()+"\n")
}

// across returns decisions whose years come in turn.
func across(years, n int) []harvest.Decision {
	var out []harvest.Decision
	for i := range n {
		out = append(out, harvest.Decision{
			URI: rdf.MustIRI(fmt.Sprintf("%sx/%d", base, i)), Title: fmt.Sprint("Titel ", i),
			Meeting: harvest.MeetingRef{Start: day(2000+i%years, 6, 1, 9)},
		})
	}
	return out
}

func TestParquetBoundsOpenFiles(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "p")
	few := func(c *config) { c.partitions = 2 }
	n, err := Parquet(dir, stream(across(3, 12)), few)
	require.NoError(t, err)
	require.Equal(t, 12, n)
	files := list(t, dir)
	require.Len(t, files, 12, "three years in turn, two open: each row begins a file")
	seen := map[string]bool{}
	for _, f := range files {
		for _, row := range readRows(t, filepath.Join(dir, f)) {
			require.Contains(t, f, fmt.Sprintf("year=%d/", row.Date.Time().Year()))
			seen[row.URI] = true
		}
	}
	require.Len(t, seen, 12)
}

func TestParquetBoundsRowGroups(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "p")
	_, err := Parquet(dir, stream(across(1, 100)), RowGroupBytes(10*600))
	require.NoError(t, err)
	f, err := os.Open(filepath.Join(dir, "year=2000", "part-0.parquet"))
	require.NoError(t, err)
	defer f.Close()
	info, err := f.Stat()
	require.NoError(t, err)
	file, err := parquet.OpenFile(f, info.Size())
	require.NoError(t, err)
	groups := file.RowGroups()
	require.InDelta(t, 10, len(groups), 2)
	rows := int64(0)
	for _, g := range groups {
		rows += g.NumRows()
	}
	require.EqualValues(t, 100, rows)
}

func TestParquetReplaces(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "p")
	_, err := Parquet(dir, stream(across(3, 3)))
	require.NoError(t, err)
	_, err = Parquet(dir, stream(across(1, 3)))
	require.NoError(t, err)
	require.Equal(t, []string{"year=2000/part-0.parquet"}, list(t, dir), "years that are gone are gone")
	before, err := os.ReadFile(filepath.Join(dir, "year=2000", "part-0.parquet"))
	require.NoError(t, err)

	_, err = Parquet(dir, failing(across(2, 3)))
	require.ErrorIs(t, err, errStream)
	require.Equal(t, []string{"p/year=2000/part-0.parquet"}, list(t, filepath.Dir(dir)), "an error leaves all as it was")
	entries, err := os.ReadDir(filepath.Dir(dir))
	require.NoError(t, err)
	require.Len(t, entries, 1, "and no temporary folder")

	_, err = Parquet(dir, stream(across(1, 3)))
	require.NoError(t, err)
	after, err := os.ReadFile(filepath.Join(dir, "year=2000", "part-0.parquet"))
	require.NoError(t, err)
	require.Equal(t, before, after, "the same decisions are the same bytes")
}

func TestParquetSparesForeignFiles(t *testing.T) {
	for _, name := range []string{"notes.txt", "year=2021/notes.txt", "year=2021/deep/part-0.parquet", "years/part-0.parquet", "part-0.parquet"} {
		dir := filepath.Join(t.TempDir(), "p")
		path := filepath.Join(dir, filepath.FromSlash(name))
		require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
		require.NoError(t, os.WriteFile(path, []byte("mine"), 0o644))
		_, err := Parquet(dir, stream(fixture()))
		require.ErrorIs(t, err, ErrForeignFiles, name)
		require.FileExists(t, path)
	}
	file := filepath.Join(t.TempDir(), "file")
	require.NoError(t, os.WriteFile(file, []byte("mine"), 0o644))
	_, err := Parquet(file, stream(fixture()))
	require.ErrorIs(t, err, ErrForeignFiles)
	_, err = Parquet(filepath.Join(file, "sub"), stream(fixture()))
	require.Error(t, err)
}

func TestParquetOfNothing(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "p")
	n, err := Parquet(dir, stream[harvest.Decision](nil))
	require.NoError(t, err)
	require.Zero(t, n)
	require.DirExists(t, dir)
	require.Empty(t, list(t, dir))
}
