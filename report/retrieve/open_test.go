package retrieve

import (
	"context"
	"path/filepath"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/themis-go/themis/harvest"
	"github.com/themis-go/themis/harvest/archive"
)

// sampleArchive holds the decisions that are embedded in package harvest.
func sampleArchive(t *testing.T) (*archive.Archive, string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "themis.db")
	a, err := archive.Open(path)
	require.NoError(t, err)
	t.Cleanup(func() { _ = a.Close() })
	_, err = harvest.Run(context.Background(), harvest.Sample(), a)
	require.NoError(t, err)
	return a, path
}

func TestOpen(t *testing.T) {
	ctx := context.Background()
	a, path := sampleArchive(t)
	first, err := Open(ctx, a)
	require.NoError(t, err)
	res, err := first.Search(ctx, "preventie van radicalisering")
	require.NoError(t, err)
	require.NotEmpty(t, res.Hits)
	assert.Contains(t, res.Hits[0].Decision.Title+res.Hits[0].Decision.Text, "adicalisering")

	data, err := a.Blob(ctx, indexKey)
	require.NoError(t, err)
	again, err := Open(ctx, a)
	require.NoError(t, err)
	same, err := again.Search(ctx, "preventie van radicalisering")
	require.NoError(t, err)
	assert.Equal(t, res, same, "an index that was read finds the same")
	after, err := a.Blob(ctx, indexKey)
	require.NoError(t, err)
	assert.Equal(t, data, after, "and is not written again")

	require.NoError(t, a.PutBlob(ctx, indexKey, data[:len(data)/2]))
	mended, err := Open(ctx, a)
	require.NoError(t, err, "a damaged index is made anew")
	same, err = mended.Search(ctx, "preventie van radicalisering")
	require.NoError(t, err)
	assert.Equal(t, res, same)

	require.NoError(t, a.DeleteBlob(ctx, indexKey))
	require.NoError(t, a.Close())
	ro, err := archive.Open(path, archive.ReadOnly())
	require.NoError(t, err)
	defer ro.Close()
	_, err = Open(ctx, ro)
	require.NoError(t, err, "an archive that cannot be written gives an index too")
	_, err = ro.Blob(ctx, indexKey)
	require.ErrorIs(t, err, archive.ErrNotFound)
}

func TestOpenKeepsVectors(t *testing.T) {
	var requests atomic.Int64
	srv := modelServer(t, &requests)
	model := &OpenAI{URL: srv.URL + "/v1", Model: "letters", Key: "geheim"}
	a, _ := sampleArchive(t)
	_, err := Open(context.Background(), a, WithEmbedder(model))
	require.NoError(t, err)
	asked := requests.Load()
	assert.Positive(t, asked)
	ix, err := Open(context.Background(), a, WithEmbedder(model))
	require.NoError(t, err)
	assert.Equal(t, asked, requests.Load(), "vectors are asked for once")
	for _, v := range ix.vectors.byDoc {
		assert.Len(t, v, 4)
	}
}

// TestRefresh changes a corpus a little: the analysis of what stays is kept,
// and the answer is what a new index gives, but for the latent space.
func TestRefresh(t *testing.T) {
	list := sample(t)
	old := build(list, nil)
	changed := append([]harvest.Decision{}, list...)
	changed[3].Text += " De vliegtuigen blijven aan de grond."
	fresh := build(changed, nil)
	docs := append([]document{}, old.docs...)
	docs[3] = old.lex.analyse(changed[3], docs[3].stage, "")
	old.docs = docs
	old.connect()
	old.space.grow(len(old.lex.terms))
	old.placeAll(old.rows())
	old.weights, fresh.weights = Weights{BM25: 1}, Weights{BM25: 1}
	for _, text := range []string{"vliegtuigen", "huurpremie"} {
		a, err := old.rank(context.Background(), old.textQuery(text), 5)
		require.NoError(t, err)
		b, err := fresh.rank(context.Background(), fresh.textQuery(text), 5)
		require.NoError(t, err)
		require.Equal(t, len(b), len(a), text)
		for i := range a {
			assert.Equal(t, b[i].doc, a[i].doc)
			assert.InDelta(t, b[i].score, a[i].score, 1e-4)
		}
	}
}

func FuzzDecode(f *testing.F) {
	ix := build(sample(f), nil)
	data := ix.encode("v")
	f.Add(data)
	f.Add(data[:100])
	f.Add([]byte(nil))
	f.Fuzz(func(t *testing.T, data []byte) {
		ix, _, err := decode(data)
		if err == nil {
			ix.weights = DefaultWeights
			_, err := ix.rank(context.Background(), ix.textQuery("huurpremie"), 5)
			require.NoError(t, err)
		}
	})
}

func TestEncode(t *testing.T) {
	ix := build(sample(t), nil)
	got, version, err := decode(ix.encode("v7"))
	require.NoError(t, err)
	assert.Equal(t, "v7", version)
	assert.Equal(t, ix.encode("v7"), got.encode("v7"))
	assert.Equal(t, ix.post.idf, got.post.idf)
	assert.Equal(t, ix.areaDF, got.areaDF)
}
