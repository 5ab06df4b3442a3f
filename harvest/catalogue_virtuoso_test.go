package harvest_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/themis-go/themis/harvest"
	"github.com/themis-go/themis/harvest/sample"
	"github.com/themis-go/themis/internal/virtuosotest"
	"github.com/themis-go/themis/rdf/sparql"
)

// fileServer serves the meetings of the sample as the catalogue names them.
type fileServer struct {
	mu       sync.Mutex
	files    map[string][]byte // by path
	broken   map[string]func(w http.ResponseWriter)
	sent     int
	unsent   int // answered by 304
	requests int
}

func (s *fileServer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.requests++
	if f := s.broken[r.URL.Path]; f != nil {
		f(w)
		return
	}
	body, ok := s.files[r.URL.Path]
	if !ok {
		http.NotFound(w, r)
		return
	}
	tag := fmt.Sprintf("%q", fmt.Sprint(len(body)))
	w.Header().Set("ETag", tag)
	if r.Header.Get("If-None-Match") == tag {
		s.unsent++
		w.WriteHeader(http.StatusNotModified)
		return
	}
	s.sent++
	w.Header().Set("Content-Type", "text/turtle; charset=utf-8")
	_, _ = w.Write(body)
}

// downloads maps the paths of the catalogue's download URLs to the meetings'
// files, by date.
func downloads(t *testing.T) map[string][]byte {
	t.Helper()
	a := newArchive(t)
	run(t, harvest.Sample(), a)
	ctx := context.Background()
	dates := make(map[string]string)
	for m, err := range a.Meetings(ctx) {
		require.NoError(t, err)
		dates[m.URI.String()] = m.Date().Format("20060102")
	}
	out := make(map[string][]byte)
	catalog, err := sample.FS.ReadFile("catalog.ttl")
	require.NoError(t, err)
	date := ""
	for line := range strings.SplitSeq(string(catalog), "\n") {
		if _, after, ok := strings.Cut(line, "dct:subject <"); ok && strings.Contains(line, "/vergaderactiviteit/") {
			date = dates[strings.TrimRight(after, "> ;.")]
		}
		if _, after, ok := strings.Cut(line, "dcat:downloadURL <https://themis.vlaanderen.be"); ok {
			path := strings.TrimRight(after, "> ;.")
			out[path], err = sample.FS.ReadFile("meeting-" + date + ".ttl")
			require.NoError(t, err)
		}
	}
	require.NotEmpty(t, out)
	return out
}

func TestCatalogueGivesTheArchiveOfTheEndpoint(t *testing.T) {
	t.Run("virtuoso", func(t *testing.T) {
		want := sampleManifest(t)
		e := startSample(t, virtuosotest.Config{})
		files := &fileServer{files: downloads(t), broken: map[string]func(http.ResponseWriter){}}
		server := httptest.NewServer(files)
		defer server.Close()
		src := harvest.Catalogue(sparql.NewClient(e.URL, impatient), harvest.DownloadBase(server.URL))
		a := newArchive(t)
		r := run(t, src, a)
		assert.Equal(t, harvest.Complete{}, r.Completeness)
		assert.Equal(t, want.Digest, r.Manifest.Digest)
		assert.Equal(t, len(files.files), files.sent)
		b := newArchive(t)
		run(t, harvest.Endpoint(sparql.NewClient(e.URL)), b)
		for d, err := range harvest.Reconcile(context.Background(), a, b) {
			require.NoError(t, err)
			assert.Fail(t, "they differ", "%v", d)
		}

		again := run(t, src, a)
		assert.Equal(t, want.Digest, again.Manifest.Digest)
		assert.Equal(t, len(files.files), files.sent, "nothing is sent twice")
		assert.Less(t, again.Requests, int64(20))

		dumps := newArchive(t)
		r = run(t, harvest.Catalogue(sparql.NewClient(e.URL), harvest.DownloadBase(server.URL), harvest.DumpsOnly()), dumps)
		n := 0
		for d, err := range harvest.Reconcile(context.Background(), dumps, b) {
			require.NoError(t, err)
			assert.Empty(t, d.OnlyA)
			n++
		}
		assert.NotZero(t, n, "code lists are in no file of the sample's catalogue")
		assert.Equal(t, want.Decisions, r.Manifest.Decisions)
	})
}

func TestCatalogueThatIsBroken(t *testing.T) {
	t.Run("virtuoso", func(t *testing.T) {
		e := startSample(t, virtuosotest.Config{})
		all := downloads(t)
		var paths []string
		for p := range all {
			paths = append(paths, p)
		}
		for name, test := range map[string]struct {
			answer func(w http.ResponseWriter)
			want   string
		}{
			"not found": {func(w http.ResponseWriter) { w.WriteHeader(404) }, "Not Found"},
			"web page":  {func(w http.ResponseWriter) { w.Header().Set("Content-Type", "text/html"); fmt.Fprint(w, "<p>") }, "media type"},
			"bad Turtle": {func(w http.ResponseWriter) {
				w.Header().Set("Content-Type", "text/turtle")
				fmt.Fprint(w, "\n\n  459cbdb0-86ff .")
			}, "line 3, column 3"},
		} {
			t.Run(name, func(t *testing.T) {
				files := &fileServer{files: all, broken: map[string]func(http.ResponseWriter){paths[0]: test.answer}}
				server := httptest.NewServer(files)
				defer server.Close()
				a := newArchive(t)
				r := run(t, harvest.Catalogue(sparql.NewClient(e.URL, impatient), harvest.DownloadBase(server.URL), harvest.DumpsOnly()), a)
				partial, ok := r.Completeness.(harvest.Partial)
				require.True(t, ok)
				require.Len(t, partial.Reasons, 1, "the others are taken")
				assert.Contains(t, partial.Reasons[0].Why, test.want)
			})
		}
		r := run(t, harvest.Catalogue(sparql.NewClient(e.URL), harvest.DumpsOnly()), newArchive(t))
		partial, ok := r.Completeness.(harvest.Partial)
		require.True(t, ok, "files of another host are not downloaded")
		assert.Contains(t, partial.Reasons[0].Why, "another host")
	})
}

func TestFilesWithErrors(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644))
	}
	write("a.ttl", "<http://example.org/a> <http://example.org/p> \"a\" .\n")
	write("b.ttl", "<http://example.org/b> <http://example.org/p> \"b\" .\n459cbdb0 .\n<http://example.org/c> <http://example.org/p> _:x .\n_:x <http://example.org/p> 1 .\n")
	a := newArchive(t)
	r := run(t, harvest.Files(dir), a)
	partial, ok := r.Completeness.(harvest.Partial)
	require.True(t, ok)
	require.Len(t, partial.Reasons, 1)
	assert.Contains(t, partial.Reasons[0].String(), "b.ttl")
	assert.Contains(t, partial.Reasons[0].Why, "line 2, column 1")
	assert.Equal(t, int64(4), r.Manifest.Triples)
	// Blank nodes are named by what is said of them, not by the file.
	write("b.ttl", "<http://example.org/c> <http://example.org/p> [ <http://example.org/p> 1 ] .\n<http://example.org/b> <http://example.org/p> \"b\" .\n")
	again := run(t, harvest.Files(dir), a)
	assert.Equal(t, harvest.Complete{}, again.Completeness)
	assert.Equal(t, r.Manifest.Digest, again.Manifest.Digest)
	require.NoError(t, os.Remove(filepath.Join(dir, "a.ttl")))
	gone := run(t, harvest.Files(dir), a)
	assert.Equal(t, int64(3), gone.Manifest.Triples, "what no file says any more is gone")
}
