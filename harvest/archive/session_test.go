package archive

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/themis-go/themis/harvest"
	"github.com/themis-go/themis/internal/description"
	"github.com/themis-go/themis/rdf"
)

func info() harvest.RunInfo {
	return harvest.RunInfo{Source: harvest.SourceInfo{Kind: "test", Address: "x"}, Library: "test", Started: time.Now()}
}

func described(t *testing.T, subject string, values ...string) description.Description {
	t.Helper()
	var b description.Builder
	for _, v := range values {
		b.Add(rdf.Triple{Subj: rdf.MustIRI(subject), Pred: rdf.MustIRI("http://example.org/p"), Obj: rdf.NewString(v)})
	}
	return b.Take()[0]
}

func TestOneRunAtATime(t *testing.T) {
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "a b%3F#c.db") // a path that is no URL
	a, err := Open(path)
	require.NoError(t, err)
	defer a.Close()
	b, err := Open(path)
	require.NoError(t, err)
	defer b.Close()
	first, err := a.Begin(ctx, info())
	require.NoError(t, err)
	for _, other := range []*Archive{a, b} {
		_, err = other.Begin(ctx, info())
		require.ErrorIs(t, err, ErrLocked)
	}
	require.NoError(t, first.Put(ctx, harvest.Batch{Document: "d", Put: []description.Description{described(t, "http://example.org/s", "x")}}))
	// Others read what is committed while the run goes on.
	g, err := b.Graph(ctx, rdf.MustIRI("http://example.org/s"))
	require.NoError(t, err)
	assert.Equal(t, 1, g.Len())
	require.NoError(t, first.Close())
	second, err := b.Begin(ctx, info())
	require.NoError(t, err)
	require.NoError(t, second.Close())
	_, err = os.Stat(path)
	require.NoError(t, err)

	r, err := Open(path, ReadOnly())
	require.NoError(t, err)
	defer r.Close()
	_, err = r.Begin(ctx, info())
	require.ErrorIs(t, err, ErrReadOnly)
	require.ErrorIs(t, r.PutBlob(ctx, "k", nil), ErrReadOnly)
	_, err = r.Manifest(ctx)
	require.ErrorIs(t, err, ErrEmpty)
}

func TestPutReplacesMergesAndEnds(t *testing.T) {
	ctx := context.Background()
	a := open(t)
	s, err := a.Begin(ctx, info())
	require.NoError(t, err)
	put := func(b harvest.Batch) { require.NoError(t, s.Put(ctx, b)) }
	text := func(subject string) string {
		d, err := s.Describe(ctx, rdf.MustIRI(subject))
		require.NoError(t, err)
		return string(d.Body)
	}
	const s1, s2 = "http://example.org/1", "http://example.org/2"
	x, y, z := `<http://example.org/p> "x" .`+"\n", `<http://example.org/p> "y" .`+"\n", `<http://example.org/p> "z" .`+"\n"
	put(harvest.Batch{Document: "a", Begin: true, Put: []description.Description{described(t, s1, "x")}})
	put(harvest.Batch{Document: "a", Put: []description.Description{described(t, s1, "y"), described(t, s2, "x")}, End: true})
	assert.Equal(t, x+y, text(s1), "one reading adds")
	put(harvest.Batch{Document: "b", Begin: true, Put: []description.Description{described(t, s1, "z")}, End: true})
	assert.Equal(t, x+y+z, text(s1), "documents add to each other")
	_, err = s.Finish(ctx, harvest.Outcome{Completeness: harvest.Complete{}})
	require.NoError(t, err)
	require.NoError(t, s.Close())

	s, err = a.Begin(ctx, info())
	require.NoError(t, err)
	defer s.Close()
	assert.False(t, s.Initial())
	put(harvest.Batch{Document: "a", Begin: true, Put: []description.Description{described(t, s1, "y")}, End: true,
		Checkpoints: map[string]string{"k": "v"}, State: &harvest.DocumentState{ETag: "e"}})
	assert.Equal(t, y+z, text(s1), "a new reading replaces")
	assert.Empty(t, text(s2), "what it does not say again is gone")
	v, err := s.Checkpoint(ctx, "k")
	require.NoError(t, err)
	assert.Equal(t, "v", v)
	state, err := s.Document(ctx, "a")
	require.NoError(t, err)
	assert.Equal(t, "e", state.ETag)
	require.NoError(t, s.Retain(ctx, []string{"b"}))
	assert.Equal(t, z, text(s1))
	m, err := s.Finish(ctx, harvest.Outcome{Completeness: harvest.Partial{Reasons: []harvest.Reason{{What: "w", Why: "y"}}}})
	require.NoError(t, err)
	assert.Equal(t, int64(1), m.Triples)
	assert.Equal(t, harvest.Partial{Reasons: []harvest.Reason{{What: "w", Why: "y"}}}, m.Completeness())
	kinds := map[harvest.EventKind]int{}
	for e, err := range a.Events(ctx, 0) {
		require.NoError(t, err)
		kinds[e.Kind]++
	}
	assert.Equal(t, map[harvest.EventKind]int{harvest.Changed: 1, harvest.Withdrawn: 1}, kinds)
}

func TestVerifyFindsWhatWasChanged(t *testing.T) {
	ctx := context.Background()
	a := loaded(t)
	_, err := a.Verify(ctx)
	require.NoError(t, err)
	_, err = a.write.Exec("UPDATE resource SET body = replace(body, 'Vlaams', 'Waals') WHERE id = (SELECT min(id) FROM resource WHERE instr(body, 'Vlaams') > 0)")
	require.NoError(t, err)
	_, err = a.Verify(ctx)
	require.ErrorIs(t, err, ErrDigest)
}

func TestDamageIsReported(t *testing.T) {
	ctx := context.Background()
	a := loaded(t)
	path := a.Path()
	_, err := a.write.Exec("PRAGMA wal_checkpoint(TRUNCATE)")
	require.NoError(t, err)
	data, err := os.ReadFile(path)
	require.NoError(t, err)
	for i := 8192; i < len(data); i++ { // all but the schema
		data[i] ^= 0x5a
	}
	damaged := filepath.Join(t.TempDir(), "damaged.db")
	require.NoError(t, os.WriteFile(damaged, data, 0o644))
	b, err := Open(damaged)
	if err == nil {
		_, err = b.Verify(ctx)
		assert.NoError(t, b.Close())
	}
	require.ErrorIs(t, err, ErrCorrupt)
	after, err := os.ReadFile(damaged)
	require.NoError(t, err)
	assert.Equal(t, data, after, "it is left alone")
}

func TestBlobs(t *testing.T) {
	ctx := context.Background()
	a := open(t)
	_, err := a.Blob(ctx, "k")
	require.ErrorIs(t, err, ErrNotFound)
	before, err := a.Version(ctx)
	require.NoError(t, err)
	for _, data := range [][]byte{{}, []byte("x"), make([]byte, 1<<20)} {
		require.NoError(t, a.PutBlob(ctx, "k", data))
		got, err := a.Blob(ctx, "k")
		require.NoError(t, err)
		assert.Equal(t, data, got)
	}
	require.NoError(t, a.DeleteBlob(ctx, "k"))
	_, err = a.Blob(ctx, "k")
	require.ErrorIs(t, err, ErrNotFound)
	after, err := a.Version(ctx)
	require.NoError(t, err)
	assert.Equal(t, before, after, "what is derived changes no version")
	_, err = a.Load(ctx, "sample", sampleTriples(t))
	require.NoError(t, err)
	loaded, err := a.Version(ctx)
	require.NoError(t, err)
	assert.NotEqual(t, before, loaded)
}
