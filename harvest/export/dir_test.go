package export

import (
	"context"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/themis-go/themis/harvest"
	"github.com/themis-go/themis/rdf"
)

func source() Source { return Source{Decisions: stream(fixture()), Quads: stream(quadFixture())} }

func TestToDir(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a", "b")
	results, err := ToDir(context.Background(), dir, Formats(), source())
	require.NoError(t, err)
	require.Equal(t, []Result{
		{FormatCSV, filepath.Join(dir, "decisions.csv"), 3},
		{FormatJSONLines, filepath.Join(dir, "decisions.jsonl"), 3},
		{FormatNQuads, filepath.Join(dir, "triples.nq"), 7},
		{FormatTurtle, filepath.Join(dir, "triples.ttl"), 6},
		{FormatParquet, filepath.Join(dir, "decisions.parquet"), 3},
	}, results)
	for _, r := range results[:4] {
		data, err := os.ReadFile(r.Path)
		require.NoError(t, err)
		golden(t, filepath.Base(r.Path), string(data))
	}
	require.Len(t, list(t, dir), 4+3)
}

// counting counts how often a stream is read.
func counting[T any](reads *int, seq iter.Seq2[T, error]) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		*reads++
		seq(yield)
	}
}

func TestToDirReadsEachStreamOnce(t *testing.T) {
	decisions, quads := 0, 0
	src := Source{Decisions: counting(&decisions, stream(fixture())), Quads: counting(&quads, stream(quadFixture()))}
	_, err := ToDir(context.Background(), t.TempDir(), Formats(), src)
	require.NoError(t, err)
	require.Equal(t, 1, decisions)
	require.Equal(t, 1, quads)
	_, err = ToDir(context.Background(), t.TempDir(), []Format{FormatCSV}, Source{Decisions: src.Decisions})
	require.NoError(t, err)
	require.Equal(t, 1, quads, "quads are not read where no format needs them")
	_, err = ToDir(context.Background(), t.TempDir(), []Format{FormatTurtle}, Source{Decisions: src.Decisions})
	require.ErrorContains(t, err, "no stream of quads")
}

// smallDisk creates files that take only so many bytes.
func smallDisk(room int) createFile {
	return func(dir, pattern string) (output, error) {
		f, err := createTemporary(dir, pattern)
		if err != nil {
			return nil, err
		}
		return fullFile{f, &brokenPipe{left: room}}, nil
	}
}

type fullFile struct {
	output
	limit *brokenPipe
}

func (f fullFile) Write(p []byte) (int, error) {
	n, err := f.limit.Write(p)
	if err != nil {
		_, _ = f.output.Write(p[:n])
		return n, err
	}
	return f.output.Write(p)
}

func TestToDirLeavesNothingHalf(t *testing.T) {
	broken := map[string]struct {
		src    Source
		create createFile
		want   error
	}{
		"stream of decisions": {Source{Decisions: failing(fixture()), Quads: stream(quadFixture())}, createTemporary, errStream},
		"stream of quads":     {Source{Decisions: stream(fixture()), Quads: failing(quadFixture())}, createTemporary, errStream},
		"disk full at once":   {source(), smallDisk(0), errFull},
		"disk full later":     {source(), smallDisk(500), errFull},
	}
	for name, b := range broken {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			_, err := ToDir(context.Background(), dir, Formats(), Source{
				Decisions: stream(across(2, 4)), Quads: stream(quadFixture()[:1]),
			})
			require.NoError(t, err)
			before := contents(t, dir)
			for _, formats := range [][]Format{Formats(), {FormatParquet, FormatTurtle}, {FormatTurtle, FormatParquet}} {
				_, err = toDir(context.Background(), dir, formats, b.src, newConfig(nil), b.create)
				require.ErrorIs(t, err, b.want)
				require.ErrorContains(t, err, "export: ")
				require.Equal(t, before, contents(t, dir))
			}
		})
	}
}

func contents(t *testing.T, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	for _, name := range list(t, dir) {
		data, err := os.ReadFile(filepath.Join(dir, name))
		require.NoError(t, err)
		out[name] = string(data)
	}
	entries, err := os.ReadDir(dir)
	require.NoError(t, err)
	for _, e := range entries {
		require.False(t, strings.HasPrefix(e.Name(), temporaryPrefix), e.Name())
	}
	return out
}

func TestToDirIsCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	decisions := func(yield func(harvest.Decision, error) bool) {
		for _, d := range fixture() {
			if !yield(d, nil) {
				return
			}
			cancel()
		}
	}
	dir := t.TempDir()
	_, err := ToDir(ctx, dir, Formats(), Source{Decisions: decisions, Quads: stream([]rdf.Quad{})})
	require.ErrorIs(t, err, context.Canceled)
	require.Empty(t, contents(t, dir))
}

func TestToDirUnwritable(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	require.NoError(t, os.WriteFile(file, []byte("mine"), 0o644))
	for _, dir := range []string{file, filepath.Join(file, "sub")} {
		_, err := ToDir(context.Background(), dir, Formats(), source())
		require.ErrorContains(t, err, "choose another")
	}
	data, err := os.ReadFile(file)
	require.NoError(t, err)
	require.Equal(t, "mine", string(data))

	dir := t.TempDir()
	require.NoError(t, os.MkdirAll(filepath.Join(dir, "decisions.csv", "x"), 0o755))
	results, err := ToDir(context.Background(), dir, []Format{FormatCSV, FormatTurtle}, source())
	require.ErrorContains(t, err, "decisions.csv")
	require.Empty(t, results)
	require.NoFileExists(t, filepath.Join(dir, "triples.ttl"))
}

func TestParseFormats(t *testing.T) {
	got, err := ParseFormats("csv, JSONL,nq,csv")
	require.NoError(t, err)
	require.Equal(t, []Format{FormatCSV, FormatJSONLines, FormatNQuads}, got)
	got, err = ParseFormats("ttl,all")
	require.NoError(t, err)
	require.Len(t, got, 5)
	require.Equal(t, FormatTurtle, got[0])
	for _, bad := range []string{"", "xlsx", "csv,", "csv;nq"} {
		_, err = ParseFormats(bad)
		require.ErrorIs(t, err, ErrUnknownFormat, bad)
	}
	_, err = ToDir(context.Background(), t.TempDir(), []Format{"xlsx"}, source())
	require.ErrorIs(t, err, ErrUnknownFormat)
}
