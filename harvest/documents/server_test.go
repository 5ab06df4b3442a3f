package documents

import (
	"bytes"
	"context"
	"fmt"
	"iter"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/themis-go/themis/harvest"
	"github.com/themis-go/themis/rdf"
)

const idBase = "http://themis.vlaanderen.be/id/"

// decisionWith is a decision with one document of one file; size 0 is unknown.
func decisionWith(id string, size int64) harvest.Decision {
	return harvest.Decision{
		URI:     rdf.MustIRI(idBase + "nieuwsbericht/" + id),
		Meeting: harvest.MeetingRef{Start: time.Date(2021, 3, 5, 9, 0, 0, 0, time.UTC)},
		Documents: []harvest.Document{{
			URI: rdf.MustIRI(idBase + "stuk/" + id), Title: "Nota " + id,
			Files: []harvest.File{{URI: rdf.MustIRI(idBase + "bestand/" + id), Name: "../evil.exe", Size: size, Format: "application/pdf", Extension: "pdf"}},
		}},
	}
}

func stream(decisions ...harvest.Decision) iter.Seq2[harvest.Decision, error] {
	return func(yield func(harvest.Decision, error) bool) {
		for _, d := range decisions {
			if !yield(d, nil) {
				return
			}
		}
	}
}

// pdfBytes looks like a PDF of n bytes.
func pdfBytes(n int) []byte {
	return append([]byte("%PDF-1.4\n"), bytes.Repeat([]byte("0123456789abcde\n"), n/16+1)...)[:n]
}

// server is a file server whose answers a test can spoil, request by request.
type server struct {
	*httptest.Server
	mu       sync.Mutex
	requests []*http.Request
	spoil    []func(w http.ResponseWriter, r *http.Request) // for the next requests
	content  map[string][]byte                              // by id
	headers  http.Header
}

func newServer(t *testing.T) *server {
	s := &server{content: map[string][]byte{}, headers: http.Header{}}
	s.Server = httptest.NewServer(http.HandlerFunc(s.serve))
	t.Cleanup(s.Close)
	return s
}

func (s *server) serve(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	s.requests = append(s.requests, r)
	var spoil func(http.ResponseWriter, *http.Request)
	if len(s.spoil) > 0 {
		spoil, s.spoil = s.spoil[0], s.spoil[1:]
	}
	id := strings.TrimSuffix(strings.TrimPrefix(r.URL.Path, "/files/"), "/download")
	data, ok := s.content[id]
	s.mu.Unlock()
	for name, values := range s.headers {
		w.Header()[name] = values
	}
	if spoil != nil {
		spoil(w, r)
		return
	}
	if !ok {
		http.Error(w, "no such file", http.StatusNotFound)
		return
	}
	w.Header().Set("Content-Disposition", `attachment; filename="../../evil.sh"`)
	w.Header().Set("Content-Type", "application/pdf")
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(data))
}

// next spoils the next requests, one after another.
func (s *server) next(spoil ...func(http.ResponseWriter, *http.Request)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.spoil, s.requests = spoil, nil
}

func (s *server) seen() []*http.Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.requests
}

// breakOff sends some bytes of the content and resets the connection.
func (s *server) breakOff(id string, n int) func(http.ResponseWriter, *http.Request) {
	return func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		data := s.content[id]
		s.mu.Unlock()
		w.Header().Set("Content-Length", fmt.Sprint(len(data)))
		w.Header().Set("Content-Type", "application/pdf")
		_, _ = w.Write(data[:n])
		w.(http.Flusher).Flush()
		panic(http.ErrAbortHandler)
	}
}

func status(code int, header ...string) func(http.ResponseWriter, *http.Request) {
	return func(w http.ResponseWriter, _ *http.Request) {
		for i := 0; i < len(header); i += 2 {
			w.Header().Set(header[i], header[i+1])
		}
		w.WriteHeader(code)
	}
}

// waits records the pauses instead of taking them.
type waits struct {
	mu   sync.Mutex
	list []time.Duration
}

func (w *waits) option() Option {
	return func(c *config) {
		c.sleep = func(ctx context.Context, d time.Duration) error {
			if d > 0 {
				w.mu.Lock()
				w.list = append(w.list, d)
				w.mu.Unlock()
			}
			return ctx.Err()
		}
	}
}

func openFolder(t *testing.T) *Folder {
	f, err := Open(filepath.Join(t.TempDir(), "documents"))
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, f.Close()) })
	return f
}

// fetch runs Fetch and returns the results and the failures.
func fetch(f *Folder, s *server, decisions iter.Seq2[harvest.Decision, error], opts ...Option) (results []Result, failures []error) {
	opts = append([]Option{BaseURL(s.URL), PerSecond(0), new(waits).option()}, opts...)
	for r, err := range f.Fetch(context.Background(), decisions, opts...) {
		if err != nil {
			failures = append(failures, err)
		} else {
			results = append(results, r)
		}
	}
	return results, failures
}

func content(t *testing.T, f *Folder, path string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(f.dir, filepath.FromSlash(path)))
	require.NoError(t, err)
	return data
}

// noParts requires that no unfinished file is left.
func noParts(t *testing.T, f *Folder) {
	t.Helper()
	parts, err := filepath.Glob(filepath.Join(f.dir, "*", "*"+partSuffix))
	require.NoError(t, err)
	require.Empty(t, parts)
}
