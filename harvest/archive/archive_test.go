package archive

import (
	"context"
	"iter"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/themis-go/themis/harvest"
	"github.com/themis-go/themis/harvest/sample"
	"github.com/themis-go/themis/rdf"
)

func open(t *testing.T, opts ...Option) *Archive {
	t.Helper()
	a, err := Open(filepath.Join(t.TempDir(), "test.db"), opts...)
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, a.Close()) })
	return a
}

// sampleTriples are those of the embedded sample.
func sampleTriples(t *testing.T) iter.Seq2[rdf.Triple, error] {
	return func(yield func(rdf.Triple, error) bool) {
		names, err := sample.FS.ReadDir(".")
		require.NoError(t, err)
		for _, name := range names {
			f, err := sample.FS.Open(name.Name())
			require.NoError(t, err)
			for triple, err := range rdf.Read(f, rdf.Turtle) {
				require.NoError(t, err, name.Name())
				if !yield(triple, nil) {
					f.Close()
					return
				}
			}
			f.Close()
		}
	}
}

func loaded(t *testing.T) *Archive {
	t.Helper()
	a := open(t)
	_, err := a.Load(context.Background(), "sample", sampleTriples(t))
	require.NoError(t, err)
	return a
}

func collect(t *testing.T, seq iter.Seq2[harvest.Decision, error]) []harvest.Decision {
	t.Helper()
	var out []harvest.Decision
	for d, err := range seq {
		require.NoError(t, err)
		out = append(out, d)
	}
	return out
}

func TestLoadTwiceChangesNothing(t *testing.T) {
	ctx := context.Background()
	a := open(t)
	first, err := a.Load(ctx, "sample", sampleTriples(t))
	require.NoError(t, err)
	version, err := a.Version(ctx)
	require.NoError(t, err)
	second, err := a.Load(ctx, "sample", sampleTriples(t))
	require.NoError(t, err)
	assert.Equal(t, first.Digest, second.Digest)
	assert.Equal(t, first.Classes, second.Classes)
	again, err := a.Version(ctx)
	require.NoError(t, err)
	assert.Equal(t, version, again)
	assert.Equal(t, int64(2), second.Runs)
	m, err := a.Verify(ctx)
	require.NoError(t, err)
	assert.Equal(t, second.Digest, m.Digest)
}

func TestDecisionsOfTheSample(t *testing.T) {
	a := loaded(t)
	ctx := context.Background()
	all := collect(t, a.Decisions(ctx))
	require.NotEmpty(t, all)
	for i, d := range all {
		assert.NotEmpty(t, d.Title)
		assert.False(t, d.Meeting.Start.IsZero(), "%v has a meeting", d.URI)
		assert.NotEmpty(t, d.Ministers, "%v", d.URI)
		if i > 0 {
			assert.False(t, d.Date().Before(all[i-1].Date()), "in order of date")
		}
		one, err := a.Decision(ctx, d.URI.String())
		require.NoError(t, err)
		assert.Equal(t, d, one)
	}
	_, err := a.Decision(ctx, "http://example.org/none")
	require.ErrorIs(t, err, ErrNotFound)
}

func TestOpenRefuses(t *testing.T) {
	dir := t.TempDir()
	path := func(name, content string) string {
		p := filepath.Join(dir, name)
		require.NoError(t, os.WriteFile(p, []byte(content), 0o644))
		return p
	}
	good := filepath.Join(dir, "good.db")
	a, err := Open(good)
	require.NoError(t, err)
	require.NoError(t, a.Close())
	whole, err := os.ReadFile(good)
	require.NoError(t, err)

	newer, err := Open(filepath.Join(dir, "newer.db"))
	require.NoError(t, err)
	_, err = newer.write.Exec("PRAGMA user_version = 99")
	require.NoError(t, err)
	require.NoError(t, newer.Close())

	for name, test := range map[string]struct {
		path string
		opts []Option
		want error
	}{
		"text":          {path: path("text", "this is no database, but long enough to be taken for one by its size alone: 0123456789 0123456789 0123456789"), want: ErrNotArchive},
		"short":         {path: path("short", "x"), want: ErrNotArchive},
		"truncated":     {path: path("cut.db", string(whole[:len(whole)/2])), want: ErrCorrupt},
		"newer":         {path: filepath.Join(dir, "newer.db"), want: ErrNewer},
		"directory":     {path: dir, want: ErrNotArchive},
		"no folder":     {path: filepath.Join(dir, "none", "x.db"), want: os.ErrNotExist},
		"absent":        {path: filepath.Join(dir, "absent.db"), opts: []Option{ReadOnly()}, want: os.ErrNotExist},
		"other sqlite3": {path: otherDatabase(t, dir), want: ErrNotArchive},
	} {
		t.Run(name, func(t *testing.T) {
			before, _ := os.ReadFile(test.path)
			_, err := Open(test.path, test.opts...)
			require.ErrorIs(t, err, test.want)
			after, _ := os.ReadFile(test.path)
			assert.Equal(t, before, after, "the file is left alone")
		})
	}
}

func otherDatabase(t *testing.T, dir string) string {
	p := filepath.Join(dir, "other.db")
	a := &Archive{path: p, cacheKiB: 100}
	require.NoError(t, a.connectForTest())
	_, err := a.write.Exec("CREATE TABLE x (y)")
	require.NoError(t, err)
	require.NoError(t, a.Close())
	return p
}
