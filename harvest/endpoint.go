package harvest

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"net"
	"net/url"
	"time"

	"github.com/themis-go/themis/rdf"
	"github.com/themis-go/themis/rdf/sparql"
)

// PublicGraph is the graph in which Themis publishes.
const PublicGraph = "http://mu.semte.ch/graphs/public"

//go:embed queries/*.rq
var queryFiles embed.FS

// ErrEmptySource is the error of an endpoint that holds nothing in the graph.
var ErrEmptySource = errors.New("the graph is empty: check the address and the graph")

// ErrCounts is the error of an endpoint whose counts do not add up, however
// often it is asked.
var ErrCounts = errors.New("the endpoint's counts of classes and triples do not add up: its answers are cut, try later or at another endpoint")

// EndpointOption changes the source [Endpoint].
type EndpointOption func(*endpoint)

// Graph names the graph to harvest; the default is [PublicGraph]. The empty
// text stands for the endpoint's own default graph.
func Graph(iri string) EndpointOption { return func(e *endpoint) { e.graph = iri } }

// Endpoint is a SPARQL endpoint with the data of Themis, such as
// https://themis.vlaanderen.be/sparql. It is asked SELECT queries only.
//
// The first run reads every subject of the graph, page by page: the subjects of
// each class are listed with the number of their triples, and an answer with
// fewer, however it was cut, is asked for again in smaller parts. Later runs ask
// the catalogue what was published since, and count. [Full] reads all again.
//
// Blank nodes, of which Themis publishes none, have no name to ask for again:
// their triples are brought up to date by whole runs only, and are kept under
// canonical labels, the same for every source.
//
// The run sends at most [Rate] requests a second, [Concurrency] at once; the
// client may set narrower limits of its own.
func Endpoint(client *sparql.Client, opts ...EndpointOption) Source {
	e := &endpoint{client: client, graph: PublicGraph}
	for _, opt := range opts {
		opt(e)
	}
	return e
}

type endpoint struct {
	client *sparql.Client
	graph  string
}

func (e *endpoint) Info() SourceInfo {
	return SourceInfo{Kind: "endpoint", Address: e.client.Endpoint()}
}

func (e *endpoint) harvest(ctx context.Context, r *runner) error {
	h, err := e.begin(r)
	if err != nil {
		return err
	}
	h.hint()
	return h.run(ctx)
}

// begin prepares a run.
func (e *endpoint) begin(r *runner) (*endpointRun, error) {
	bank, err := sparql.LoadBankFS(queryFiles, "queries/*.rq")
	if err != nil {
		return nil, err
	}
	h := &endpointRun{runner: r, client: e.client, bank: bank, document: e.client.Endpoint(),
		pace: newPace(r.config, e.client.Endpoint()), blanks: new(blankNodes), page: r.pageTriples,
		slots: make(chan struct{}, r.concurrency)}
	if e.graph != "" {
		graph, err := rdf.NewIRI(e.graph)
		if err != nil {
			return nil, fmt.Errorf("harvest: the graph: %w", err)
		}
		h.options = append(h.options, sparql.DefaultGraph(graph))
		h.document += "#" + e.graph
	}
	return h, nil
}

// local tells whether an address is of this machine.
func local(address string) bool {
	u, err := url.Parse(address)
	if err != nil {
		return false
	}
	host := u.Hostname()
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// hint says when a whole harvest would be more welcome.
func (h *endpointRun) hint() {
	now := time.Now().In(Brussels)
	office := now.Weekday() >= time.Monday && now.Weekday() <= time.Friday && now.Hour() >= 8 && now.Hour() < 18
	if office && h.session.Initial() && !local(h.client.Endpoint()) {
		h.note("a first harvest asks for everything: outside office hours (8 to 18 h in Brussels) it disturbs no one")
	}
}

// endpointRun is one run against an endpoint.
type endpointRun struct {
	*runner
	client   *sparql.Client
	bank     sparql.Bank
	document string
	options  []sparql.QueryOption
	pace     *pace
	blanks   *blankNodes
	page     int // triples asked for at once; shrinks where answers are cut
	cuts     map[int64]int
	slots    chan struct{} // requests in flight
	inDates  map[rdf.IRI]bool
}

// rows sends a query and calls f for each row. f may be called anew from the
// first row, after reset, where an answer broke off and is asked for again.
func (h *endpointRun) rows(ctx context.Context, name string, reset func(), f func(row *sparql.Rows) error, binds ...sparql.QueryOption) error {
	q, err := h.bank.Query(name)
	if err != nil {
		return err
	}
	options := append(append([]sparql.QueryOption{sparql.RepairTerms()}, h.options...), binds...)
	for try := 1; ; try++ {
		if reset != nil {
			reset()
		}
		err := h.once(ctx, q, options, f)
		if err == nil || try >= h.tries || !again(err, name) || ctx.Err() != nil {
			return err
		}
		h.note("%s: %v; asking again", name, err)
		if err := sleep(ctx, time.Duration(try)*h.pace.retry); err != nil {
			return err
		}
	}
}

func (h *endpointRun) once(ctx context.Context, q *sparql.Query, options []sparql.QueryOption, f func(row *sparql.Rows) error) error {
	select {
	case h.slots <- struct{}{}:
		defer func() { <-h.slots }()
	case <-ctx.Done():
		return ctx.Err()
	}
	if err := h.pace.wait(ctx); err != nil {
		return err
	}
	h.request()
	rows, err := h.client.Select(ctx, q, options...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := f(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

// again tells whether the same question may get an answer the next time: a body
// that broke off, something else than results, and, where the question is small
// already, a time limit or a failure without a reason: the query is ours, so
// that the fault is the endpoint's. What the client itself tries again, it has
// tried.
func again(err error, query string) bool {
	large := query == "range" || query == "some"
	switch {
	case errors.Is(err, sparql.ErrTimeout), errors.Is(err, sparql.ErrCostLimit), errors.Is(err, sparql.ErrServer):
		return !large
	case errors.Is(err, sparql.ErrSyntax):
		return false
	}
	return errors.Is(err, sparql.ErrPartial) || errors.Is(err, sparql.ErrNotResults)
}

// cut tells whether a smaller question may get an answer.
func cut(err error) bool {
	var short *shortError
	return errors.As(err, &short) || errors.Is(err, sparql.ErrTimeout) || errors.Is(err, sparql.ErrCostLimit) ||
		errors.Is(err, sparql.ErrPartial) || errors.Is(err, sparql.ErrTooLarge) || errors.Is(err, sparql.ErrServer)
}

// shortError is an answer that is not what the endpoint counted.
type shortError struct {
	what      string
	want, got int64
}

func (e *shortError) Error() string {
	return fmt.Sprintf("%s: the endpoint counts %d triples and sent %d: the answer was cut, or the data changed meanwhile", e.what, e.want, e.got)
}

func sleep(ctx context.Context, d time.Duration) error {
	if err := ctx.Err(); err != nil || d <= 0 {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err // where both are due, select takes either
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-t.C:
		return nil
	}
}
