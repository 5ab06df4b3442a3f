package sparql

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"net/http"
	"net/url"
	"sync"

	"github.com/themis-go/themis/rdf"
)

// GraphStore reads and writes whole graphs by the SPARQL 1.1 Graph Store HTTP
// Protocol. A graph is named by its IRI; the zero IRI is the default graph.
type GraphStore struct {
	client *Client
}

// GraphStore returns the endpoint's graph store, at the address that the
// option [GraphStoreURL] has set.
func (c *Client) GraphStore() *GraphStore { return &GraphStore{c} }

// Get yields the triples of a graph as they arrive. Where it ends with an
// error, that is the last it yields. A graph that does not exist is an
// [*Error] of status 404 at some stores, and empty at others.
func (g *GraphStore) Get(ctx context.Context, graph rdf.IRI, opts ...QueryOption) iter.Seq2[rdf.Triple, error] {
	return func(yield func(rdf.Triple, error) bool) {
		call, err := g.newCall(ctx, "graph store get", append([]QueryOption{Accept(acceptGraph)}, opts...))
		if err != nil {
			yield(rdf.Triple{}, err)
			return
		}
		call.streamTriples(call.graphRequest(http.MethodGet, graph, nil), yield)
	}
}

// Put replaces a graph by these triples, or makes it. Since doing so twice is
// as good as once, it is tried again like a query. The sequence is ranged over
// more than once and must give the same triples each time, as that of
// [rdf.Graph.All] does.
func (g *GraphStore) Put(ctx context.Context, graph rdf.IRI, triples iter.Seq[rdf.Triple], opts ...QueryOption) error {
	return g.write(ctx, "graph store put", http.MethodPut, graph, triples, opts, false)
}

// Post adds these triples, as Put takes them, to a graph. It is sent once, unless [RepeatUpdate]
// says that repeating it does no harm, as is the case without blank nodes.
func (g *GraphStore) Post(ctx context.Context, graph rdf.IRI, triples iter.Seq[rdf.Triple], opts ...QueryOption) error {
	return g.write(ctx, "graph store post", http.MethodPost, graph, triples, opts, true)
}

// Delete removes a graph. It is tried again like a query; since an attempt may
// have succeeded unheard, a status 404 on a later one counts as success.
func (g *GraphStore) Delete(ctx context.Context, graph rdf.IRI, opts ...QueryOption) error {
	call, err := g.newCall(ctx, "graph store delete", opts)
	if err != nil {
		return err
	}
	err = call.exchange(call.graphRequest(http.MethodDelete, graph, nil), call.drain)
	var e *Error
	if errors.As(err, &e) && e.Status == http.StatusNotFound && e.Attempts > 1 {
		return nil
	}
	if err == nil {
		call.end(0, nil)
	}
	return err
}

func (g *GraphStore) write(ctx context.Context, operation, method string, graph rdf.IRI, triples iter.Seq[rdf.Triple], opts []QueryOption, once bool) error {
	call, err := g.newCall(ctx, operation, opts)
	if err != nil {
		return err
	}
	call.once = once && !call.repeatUpdate
	if err = call.exchange(call.graphRequest(method, graph, triples), call.drain); err == nil {
		call.end(0, nil)
	}
	return err
}

func (g *GraphStore) newCall(ctx context.Context, operation string, opts []QueryOption) (*call, error) {
	// What is asked for is triples or nothing: Virtuoso refuses to write where
	// results are asked for.
	call, err := g.client.newCall(ctx, operation, nil, append([]QueryOption{Accept("*/*")}, opts...))
	if err != nil {
		return nil, err
	}
	u, err := url.Parse(g.client.graphStoreURL)
	switch {
	case g.client.graphStoreURL == "":
		err = fmt.Errorf("%w: the client has no graph store; name its address with GraphStoreURL", ErrConfig)
	case err != nil || u.Host == "":
		err = fmt.Errorf("%w: GraphStoreURL is no URL", ErrConfig)
	}
	if err != nil {
		e := call.newError()
		e.Err = err
		call.end(0, e)
		return nil, e
	}
	u.User, u.Fragment = nil, ""
	call.url, call.display = u, display(u)
	return call, nil
}

// graphRequest makes a request for a graph (Graph Store Protocol, 4.2). What
// is written goes as Turtle, the format that every store reads, in the form of
// N-Triples, which is part of it.
func (c *call) graphRequest(method string, graph rdf.IRI, triples iter.Seq[rdf.Triple]) requestBuilder {
	known := int64(-1) // the length of the body, once it was counted
	return func(ctx context.Context) (*http.Request, error) {
		params := c.parameters("default-graph-uri", "named-graph-uri")
		if graph == (rdf.IRI{}) {
			params.Set("default", "")
		} else {
			params.Set("graph", graph.String())
		}
		if triples == nil {
			return c.request(ctx, method, withParams(c.url, params), nil, "")
		}
		// The length is told, at the price of a pass over the triples: Virtuoso
		// takes a chunked body for an empty one, and says 201 Created.
		length, err := io.Copy(io.Discard, newTripleReader(triples, -1))
		if err == nil && known >= 0 && length != known {
			err = errSequence
		}
		if err != nil {
			return nil, err
		}
		known = length
		req, err := c.request(ctx, method, withParams(c.url, params), newTripleReader(triples, length), "text/turtle")
		if err != nil {
			return nil, err
		}
		req.ContentLength = length
		if length == 0 {
			req.Body = http.NoBody
		}
		req.GetBody = func() (io.ReadCloser, error) { return newTripleReader(triples, length), nil }
		return req, nil
	}
}

// drain reads what a success says, so that the connection can be used again.
func (c *call) drain(a *answer) error {
	_, err := io.Copy(io.Discard, io.LimitReader(a.body, maxErrorBody))
	return err
}

// tripleReader gives triples as N-Triples, a buffer at a time. The transport
// may close it from another goroutine than the one that reads.
type tripleReader struct {
	mu   sync.Mutex
	pull func() (rdf.Triple, bool)
	stop func()
	buf  []byte
	rest []byte // of buf, not yet read
	want int64  // bytes that must come in all, -1: any number
	came int64
}

// errSequence is a sequence that gives other triples the second time.
var errSequence = fmt.Errorf("%w: the sequence of triples does not give the same ones each time; use that of a graph", ErrConfig)

func newTripleReader(triples iter.Seq[rdf.Triple], want int64) *tripleReader {
	r := &tripleReader{want: want}
	r.pull, r.stop = iter.Pull(triples)
	return r
}

// Read gives the next bytes.
func (r *tripleReader) Read(p []byte) (int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.rest) == 0 {
		r.buf = r.buf[:0]
		for len(r.buf) < 16<<10 {
			t, ok := r.pull()
			if !ok {
				break
			}
			if t.Subj == nil || t.Pred == nil || t.Obj == nil {
				return 0, fmt.Errorf("%w: a triple lacks a term", ErrConfig)
			}
			for _, term := range [...]rdf.Term{t.Subj, t.Pred, t.Obj} {
				r.buf = append(rdf.AppendTerm(r.buf, term), ' ')
			}
			r.buf = append(r.buf, ".\n"...)
		}
		r.rest = r.buf
		r.came += int64(len(r.buf))
		if r.want >= 0 && (r.came > r.want || len(r.rest) == 0 && r.came < r.want) {
			return 0, errSequence
		}
		if len(r.rest) == 0 {
			return 0, io.EOF
		}
	}
	n := copy(p, r.rest)
	r.rest = r.rest[n:]
	return n, nil
}

// Close ends the iteration.
func (r *tripleReader) Close() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.stop()
	return nil
}
