package sparql

import (
	"context"
	"io"
	"iter"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/themis-go/themis/rdf"
)

// memoryStore is a graph store that keeps the bodies by graph.
type memoryStore struct {
	mu     sync.Mutex
	graphs map[string]string
	fail   int // requests to answer with 503 after they were carried out
}

func (s *memoryStore) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	q := r.URL.Query()
	name := q.Get("graph")
	if _, ok := q["default"]; ok {
		name = "default"
	}
	body, _ := io.ReadAll(r.Body)
	old, exists := s.graphs[name]
	code := http.StatusNoContent
	switch r.Method {
	case http.MethodGet:
		if exists {
			w.Header().Set("Content-Type", "text/turtle")
			io.WriteString(w, old)
			return
		}
		code = http.StatusNotFound
	case http.MethodPut, http.MethodPost:
		if r.ContentLength < 0 || r.Header.Get("Content-Type") != "text/turtle" {
			code = http.StatusBadRequest
			break
		}
		if r.Method == http.MethodPost {
			body = append([]byte(old), body...)
		}
		s.graphs[name] = string(body)
	case http.MethodDelete:
		if !exists {
			code = http.StatusNotFound
		}
		delete(s.graphs, name)
	}
	if s.fail > 0 {
		s.fail--
		code = http.StatusServiceUnavailable
	}
	w.WriteHeader(code)
}

func startStore(t *testing.T) (*memoryStore, *GraphStore) {
	s := &memoryStore{graphs: make(map[string]string)}
	server := httptest.NewServer(s)
	t.Cleanup(server.Close)
	client := NewClient("http://127.0.0.1:1/sparql", GraphStoreURL(server.URL+"/store"), Retry(RetryPolicy{MaxAttempts: 3}))
	t.Cleanup(func() { client.Close() })
	return s, client.GraphStore()
}

func triples(lines ...string) iter.Seq[rdf.Triple] {
	g, err := rdf.ReadGraph(strings.NewReader(strings.Join(lines, "\n")), rdf.NTriples)
	if err != nil {
		panic(err)
	}
	return g.All()
}

func collect(seq iter.Seq2[rdf.Triple, error]) (*rdf.Graph, error) {
	g := rdf.NewGraph()
	for t, err := range seq {
		if err != nil {
			return g, err
		}
		g.Add(t)
	}
	return g, nil
}

func TestGraphStore(t *testing.T) {
	ctx := context.Background()
	server, store := startStore(t)
	name := rdf.MustIRI("http://example.org/graph?a=b&c")
	for _, graph := range []rdf.IRI{name, {}} {
		require.NoError(t, store.Put(ctx, graph, triples(`<a:s> <a:p> "een\n\"twee\""@nl .`, `_:b <a:p> "1"^^<a:t> .`)))
		g, err := collect(store.Get(ctx, graph))
		require.NoError(t, err)
		assert.Equal(t, 2, g.Len())
		require.NoError(t, store.Post(ctx, graph, triples(`<a:s> <a:p> <a:o> .`)))
		g, err = collect(store.Get(ctx, graph))
		require.NoError(t, err)
		assert.Equal(t, 3, g.Len())
		require.NoError(t, store.Put(ctx, graph, triples(`<a:s> <a:p> <a:o> .`)))
		g, err = collect(store.Get(ctx, graph))
		require.NoError(t, err)
		assert.Equal(t, 1, g.Len())
		require.NoError(t, store.Put(ctx, graph, triples()))
		g, err = collect(store.Get(ctx, graph))
		require.NoError(t, err)
		assert.Zero(t, g.Len())
	}
	assert.ElementsMatch(t, []string{name.String(), "default"}, slices.Collect(maps.Keys(server.graphs)))
	require.NoError(t, store.Delete(ctx, name))
	_, err := collect(store.Get(ctx, name))
	var e *Error
	require.ErrorAs(t, err, &e)
	assert.Equal(t, 404, e.Status)
	assert.Equal(t, "graph store get", e.Operation)
	assert.Error(t, store.Delete(ctx, name), "what is not there cannot be deleted")
}

// TestGraphStoreRepeats has a server that does what is asked and then fails.
func TestGraphStoreRepeats(t *testing.T) {
	ctx := context.Background()
	server, store := startStore(t)
	graph := rdf.MustIRI("http://example.org/g")

	server.fail = 1
	require.NoError(t, store.Put(ctx, graph, triples(`<a:s> <a:p> <a:o> .`)))
	server.fail = 1
	require.NoError(t, store.Delete(ctx, graph), "the 404 of the second attempt means that the first was heard")
	server.fail = 1
	require.ErrorIs(t, store.Post(ctx, graph, triples(`_:b <a:p> <a:o> .`)), ErrUnavailable)
	assert.Equal(t, 1, strings.Count(server.graphs[graph.String()], "\n"), "POST is sent once")
	server.fail = 1
	require.NoError(t, store.Post(ctx, graph, triples(`<a:s> <a:p> <a:o> .`), RepeatUpdate()))
	assert.Equal(t, 3, strings.Count(server.graphs[graph.String()], "\n"))
}

func TestGraphStoreErrors(t *testing.T) {
	ctx := context.Background()
	bare := NewClient("http://127.0.0.1:1/sparql").GraphStore()
	assert.ErrorIs(t, bare.Delete(ctx, rdf.IRI{}), ErrConfig)
	assert.ErrorContains(t, bare.Put(ctx, rdf.IRI{}, triples()), "GraphStoreURL")
	_, err := collect(bare.Get(ctx, rdf.IRI{}))
	assert.ErrorIs(t, err, ErrConfig)

	_, store := startStore(t)
	assert.ErrorIs(t, store.Put(ctx, rdf.IRI{}, slices.Values([]rdf.Triple{{}})), ErrConfig, "a triple without terms")
	assert.ErrorIs(t, store.Delete(ctx, rdf.IRI{}, Bind("x", 1)), ErrConfig, "there is no query to bind in")

	// A sequence that gives its triples once only is found out.
	once := true
	seq := func(yield func(rdf.Triple) bool) {
		if once {
			once = false
			for t := range triples(`<a:s> <a:p> <a:o> .`) {
				yield(t)
			}
		}
	}
	err = store.Put(ctx, rdf.IRI{}, seq)
	require.ErrorIs(t, err, ErrConfig)
	assert.ErrorContains(t, err, "the same ones each time")
}
