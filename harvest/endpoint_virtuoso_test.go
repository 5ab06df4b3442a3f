package harvest_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/themis-go/themis/harvest"
	"github.com/themis-go/themis/harvest/archive"
	"github.com/themis-go/themis/internal/virtuosotest"
	"github.com/themis-go/themis/rdf/sparql"
)

// impatient keeps faults from costing seconds.
var impatient = sparql.Retry(sparql.RetryPolicy{MaxAttempts: 5, FewAttempts: 4, FirstDelay: 5 * time.Millisecond, MaxDelay: 20 * time.Millisecond})

func newArchive(t testing.TB) *archive.Archive {
	t.Helper()
	a, err := archive.Open(filepath.Join(t.TempDir(), "themis.db"))
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, a.Close()) })
	return a
}

func run(t testing.TB, src harvest.Source, a *archive.Archive, opts ...harvest.Option) *harvest.Result {
	t.Helper()
	r, err := harvest.Run(context.Background(), src, a, opts...)
	require.NoError(t, err)
	return r
}

// sampleManifest is that of the sample, read from its files.
func sampleManifest(t testing.TB) harvest.Manifest {
	t.Helper()
	r := run(t, harvest.Sample(), newArchive(t))
	require.Equal(t, harvest.Complete{}, r.Completeness)
	return r.Manifest
}

func startSample(t testing.TB, c virtuosotest.Config) *virtuosotest.Engine {
	t.Helper()
	c.Load = map[string][]string{virtuosotest.PublicGraph: {"sample"}}
	return virtuosotest.Start(t, c)
}

func TestEndpointGivesTheDigestOfTheFiles(t *testing.T) {
	t.Run("virtuoso", func(t *testing.T) {
		want := sampleManifest(t)
		e := startSample(t, virtuosotest.Config{})
		for name, opts := range map[string][]harvest.Option{
			"default":                 nil,
			"a page of one triple":    {harvest.PageSize(1)},
			"small pages":             {harvest.PageSize(23)},
			"one request at a time":   {harvest.Concurrency(1), harvest.PageSize(100)},
			"five requests at a time": {harvest.Concurrency(5), harvest.PageSize(100)},
		} {
			t.Run(name, func(t *testing.T) {
				r := run(t, harvest.Endpoint(sparql.NewClient(e.URL)), newArchive(t), opts...)
				assert.Equal(t, harvest.Complete{}, r.Completeness)
				assert.Equal(t, want.Digest, r.Manifest.Digest)
				assert.Equal(t, want.Classes, r.Manifest.Classes)
				assert.Equal(t, want.Decisions, r.Manifest.Decisions)
				for _, c := range r.Manifest.Expected {
					got := r.Manifest.Class(c.Class)
					got.Digest = ""
					assert.Equal(t, c, got)
				}
				assert.Len(t, r.Manifest.Expected, len(r.Manifest.Classes))
				for _, w := range r.Manifest.Windows {
					assert.Equal(t, w.ExpectedTriples, w.ReceivedTriples, w.Name)
					assert.Equal(t, w.ExpectedSubjects, w.ReceivedSubjects, w.Name)
				}
			})
		}
	})
}

func TestEndpointUnderFaults(t *testing.T) {
	t.Run("virtuoso", func(t *testing.T) {
		want := sampleManifest(t)
		e := startSample(t, virtuosotest.Config{Proxy: true})
		for _, fault := range []string{"503:0", "429:0", "503-date:0", "500", "502", "504", "500-then-ok:1", "html", "html-as-json",
			"empty", "null", "drop", "reset", "short", "truncate", "trailing", "bad-json", "anytime", "rowcap", "rowcap-silent",
			"rowcap-silent:1", "rowcap-silent:0"} {
			t.Run(fault, func(t *testing.T) {
				e.ClearFaults(t)
				a := newArchive(t)
				left := []string{"GROUP BY ?class", "LIMIT 5000", "STR(?s) <=", "LIMIT 5000"}
				set := func() {
					if len(left) > 0 {
						e.SetFault(t, fault, 2, left[0])
						left = left[1:]
					}
				}
				set()
				r := run(t, harvest.Endpoint(sparql.NewClient(e.ProxyURL, impatient)), a, harvest.PageSize(200),
					harvest.Progress(func(u harvest.Update) {
						if e.State(t).Times == 0 {
							set()
						}
					}))
				assert.Equal(t, harvest.Complete{}, r.Completeness)
				assert.Equal(t, want.Digest, r.Manifest.Digest)
				assert.Empty(t, left, "every fault was met")
			})
		}
	})
}

func TestEndpointWithRowCaps(t *testing.T) {
	t.Run("virtuoso", func(t *testing.T) {
		want := sampleManifest(t)
		for _, rows := range []int{50, 300} {
			for _, layer := range []string{"mu", "none"} {
				e := startSample(t, virtuosotest.Config{Proxy: true, MaxRows: rows, Layer: layer})
				r := run(t, harvest.Endpoint(sparql.NewClient(e.ProxyURL, impatient)), newArchive(t))
				assert.Equal(t, harvest.Complete{}, r.Completeness, "%d %s", rows, layer)
				assert.Equal(t, want.Digest, r.Manifest.Digest, "%d %s", rows, layer)
			}
		}
	})
}

func TestEndpointThatIsDown(t *testing.T) {
	a := newArchive(t)
	_, err := harvest.Run(context.Background(), harvest.Endpoint(sparql.NewClient("http://127.0.0.1:1/sparql", impatient)), a)
	require.ErrorIs(t, err, sparql.ErrUnavailable)
	m, err := a.Manifest(context.Background())
	require.NoError(t, err)
	assert.False(t, m.Complete)
}

func TestEndpointGoesOn(t *testing.T) {
	t.Run("virtuoso", func(t *testing.T) {
		want := sampleManifest(t)
		e := startSample(t, virtuosotest.Config{})
		a := newArchive(t)
		src := harvest.Endpoint(sparql.NewClient(e.URL))
		var received int64
		for stops := 0; ; stops++ {
			ctx, cancel := context.WithCancel(context.Background())
			n := 0
			r, err := harvest.Run(ctx, src, a, harvest.PageSize(50), harvest.Progress(func(u harvest.Update) {
				if n++; n > 12 {
					cancel()
				}
			}))
			cancel()
			received += r.Received
			if err == nil {
				assert.Greater(t, stops, 1)
				assert.Equal(t, want.Digest, r.Manifest.Digest)
				assert.Equal(t, harvest.Complete{}, r.Completeness)
				break
			}
			require.ErrorIs(t, err, context.Canceled)
			require.Less(t, stops, 50)
		}
		assert.Less(t, received, 2*want.Triples, "what was there is not asked for again")
	})
}

func TestEndpointBetweenDates(t *testing.T) {
	t.Run("virtuoso", func(t *testing.T) {
		e := startSample(t, virtuosotest.Config{})
		since := time.Date(2021, 5, 1, 0, 0, 0, 0, time.UTC)
		until := time.Date(2021, 12, 10, 0, 0, 0, 0, time.UTC)
		byEndpoint, byFiles := newArchive(t), newArchive(t)
		r := run(t, harvest.Endpoint(sparql.NewClient(e.URL)), byEndpoint, harvest.Since(since), harvest.Until(until))
		assert.Equal(t, harvest.Complete{}, r.Completeness)
		run(t, harvest.Sample(), byFiles, harvest.Since(since), harvest.Until(until))
		var dates []string
		for d, err := range byEndpoint.Decisions(context.Background()) {
			require.NoError(t, err)
			dates = append(dates, d.Date().Format(time.DateOnly))
			other, err := byFiles.Decision(context.Background(), d.URI.String())
			require.NoError(t, err)
			assert.Equal(t, other, d)
		}
		assert.Equal(t, []string{"2021-05-21", "2021-07-09", "2021-07-09", "2021-12-10"}, dates)
		n, err := byFiles.Count(context.Background())
		require.NoError(t, err)
		assert.Equal(t, len(dates), n)

		again := run(t, harvest.Endpoint(sparql.NewClient(e.URL)), byEndpoint, harvest.Since(since), harvest.Until(until))
		assert.Equal(t, r.Manifest.Digest, again.Manifest.Digest)
		assert.Less(t, again.Requests, r.Requests)
	})
}

func TestFilesOfDump(t *testing.T) {
	dump := virtuosotest.Dump(t, 1)
	r := run(t, harvest.Files(filepath.Join(dump, "load")), newArchive(t))
	assert.Equal(t, harvest.Complete{}, r.Completeness)
	assert.Equal(t, int64(226_409), r.Manifest.Triples)
	assert.Equal(t, int64(3_101), r.Manifest.Decisions)
}

func TestFilesErrors(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(dir, "readme.txt"), []byte("x"), 0o644))
	for name, test := range map[string]struct {
		path string
		want error
	}{
		"absent":     {filepath.Join(dir, "none"), os.ErrNotExist},
		"no RDF":     {dir, harvest.ErrNoRDF},
		"not an RDF": {filepath.Join(dir, "readme.txt"), harvest.ErrNoRDF},
	} {
		_, err := harvest.Run(context.Background(), harvest.Files(test.path), newArchive(t))
		assert.ErrorIs(t, err, test.want, name)
	}
	_, err := harvest.Run(context.Background(), harvest.Sample(), newArchive(t),
		harvest.Since(time.Date(2024, 1, 2, 0, 0, 0, 0, time.UTC)), harvest.Until(time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)))
	require.ErrorIs(t, err, harvest.ErrOptions)
	assert.False(t, errors.Is(err, os.ErrNotExist))
}
