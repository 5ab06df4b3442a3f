package sparql

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/themis-go/themis/rdf"
)

// outcome is what a caller sees of a query.
type outcome struct {
	rows     []string
	err      error
	attempts int
}

// see runs the query to its end.
func see(ctx context.Context, client *Client, trace *recorder, q *Query, opts ...QueryOption) outcome {
	var o outcome
	for s, err := range Select[string](ctx, client, q, opts...) {
		if err != nil {
			o.err = err
			break
		}
		o.rows = append(o.rows, s)
	}
	if ends := trace.ends(); len(ends) > 0 {
		o.attempts = ends[len(ends)-1].Attempts
	}
	return o
}

// kind names an error by what errors.Is finds.
func (o outcome) kind() string {
	if o.err == nil {
		return "all rows"
	}
	var names []string
	for _, s := range []struct {
		name string
		err  error
	}{
		{"ErrPartial", ErrPartial}, {"ErrTimeout", ErrTimeout}, {"ErrCostLimit", ErrCostLimit}, {"ErrSyntax", ErrSyntax},
		{"ErrUnavailable", ErrUnavailable}, {"ErrServer", ErrServer}, {"ErrNotResults", ErrNotResults}, {"ErrTooLarge", ErrTooLarge},
		{"ErrDenied", ErrDenied}, {"redirect", errRefused},
	} {
		if errors.Is(o.err, s.err) {
			names = append(names, s.name)
		}
	}
	if len(names) == 0 {
		return "other error"
	}
	return strings.Join(names, "+")
}

// report collects the table that the tests print.
type faultTable struct{ lines []string }

func (f *faultTable) add(name string, o outcome) {
	text := "–"
	if o.err != nil {
		text = o.err.Error()
		if i := strings.Index(text, "/sparql: "); i >= 0 {
			text = text[i+len("/sparql: "):]
		}
		if r := []rune(text); len(r) > 110 {
			text = string(r[:110]) + "…"
		}
	}
	f.lines = append(f.lines, fmt.Sprintf("%-34s | %-24s | %4d | %d | %s", name, o.kind(), len(o.rows), o.attempts, text))
}

func (f *faultTable) print(t *testing.T) {
	t.Logf("%-34s | %-24s | rows | requests | error\n%s", "fault", "what the caller sees", strings.Join(f.lines, "\n"))
}

const faultRows = 100

// faultDocument is an answer of a hundred rows, x000 to x099.
func faultDocument() string {
	var b strings.Builder
	b.WriteString(`{"head":{"vars":["x"]},"results":{"bindings":[`)
	for i := range faultRows {
		if i > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, "\n"+`{"x":{"type":"literal","value":"x%03d"}}`, i)
	}
	b.WriteString("]}}")
	return b.String()
}

// inOrder checks that rows are the first of x000 to x099: none lost, none
// doubled.
func inOrder(t *testing.T, rows []string) {
	t.Helper()
	for i, r := range rows {
		require.Equal(t, fmt.Sprintf("x%03d", i), r)
	}
}

// TestFaults has a server go wrong in every way that was seen of endpoints.
func TestFaults(t *testing.T) {
	doc := faultDocument()
	half := doc[:len(doc)/2]
	halfRows := strings.Count(half, "}}")
	results := "application/sparql-results+json"
	send := func(contentType, body string, headers ...string) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", contentType)
			status(200, headers...)(w, r)
			io.WriteString(w, body)
		}
	}
	then := func(first, rest http.HandlerFunc) func() http.HandlerFunc {
		return func() http.HandlerFunc {
			var n atomic.Int32
			return func(w http.ResponseWriter, r *http.Request) {
				if n.Add(1) == 1 {
					first(w, r)
				} else {
					rest(w, r)
				}
			}
		}
	}
	always := func(h http.HandlerFunc) func() http.HandlerFunc { return func() http.HandlerFunc { return h } }
	ok := send(results, doc)
	reset := func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", results)
		io.WriteString(w, half)
		w.(http.Flusher).Flush()
		drop(w, r)
	}
	raw := func(answer string) http.HandlerFunc { // a connection that closes behind the answer
		return func(w http.ResponseWriter, _ *http.Request) {
			conn, buf, err := w.(http.Hijacker).Hijack()
			if err == nil {
				buf.WriteString(answer)
				buf.Flush()
				conn.Close()
			}
		}
	}
	table := new(faultTable)
	for _, c := range []struct {
		name     string
		handler  func() http.HandlerFunc
		kind     string
		rows     int
		attempts int
		opts     []QueryOption
	}{
		{"none", always(ok), "all rows", faultRows, 1, nil},
		{"503 once", then(status(503, "Retry-After", "0"), ok), "all rows", faultRows, 2, nil},
		{"429 once", then(status(429, "Retry-After", "0"), ok), "all rows", faultRows, 2, nil},
		{"405 as a rate limit, once", then(status(405, "Retry-After", "0"), ok), "all rows", faultRows, 2, nil},
		{"500 once", then(status(500), ok), "all rows", faultRows, 2, nil},
		{"502 for ever", always(status(502)), "ErrUnavailable", 0, 4, nil},
		{"reset before the answer, once", then(drop, ok), "all rows", faultRows, 2, nil},
		{"reset before the answer, for ever", always(drop), "ErrUnavailable", 0, 4, nil},
		{"reset in the body", always(reset), "ErrPartial", halfRows, 1, nil},
		{"clean close in the body", always(raw("HTTP/1.1 200 OK\r\nContent-Type: " + results + "\r\nContent-Length: 100000\r\n\r\n" + half)), "ErrPartial", halfRows, 1, nil},
		{"clean close, length unknown", always(raw("HTTP/1.0 200 OK\r\nContent-Type: " + results + "\r\n\r\n" + half)), "ErrPartial", halfRows, 1, nil},
		{"whole, length unknown", always(raw("HTTP/1.0 200 OK\r\nContent-Type: " + results + "\r\n\r\n" + doc)), "all rows", faultRows, 1, nil},
		{"CSV, length unknown", always(raw("HTTP/1.0 200 OK\r\nContent-Type: text/csv\r\n\r\nx\r\nx000\r\n")), "ErrPartial", 1, 1, nil},
		{"cut document in whole HTTP", always(send(results, half)), "ErrPartial", halfRows, 1, nil},
		{"cut before the first row, once", then(send(results, `{"head":{"vars":["x"]},"res`), ok), "all rows", faultRows, 2, nil},
		{"error text behind the document", always(send(results, doc+"\nVirtuoso S1T00 Error SR171: Transaction timed out")), "ErrPartial+ErrTimeout", faultRows, 1, nil},
		{"error text among the rows", always(send(results, half[:strings.LastIndex(half, "\n")]+"\nVirtuoso 42000 Error SR186:SECURITY: No permission")), "ErrPartial+ErrDenied", halfRows, 1, nil},
		{"control character in a row", always(send(results, strings.Replace(doc, "x050", "x05\x01", 1))), "ErrPartial", 50, 1, nil},
		{"anytime answer", always(send(results, doc, "X-SQL-State", "S1TAT", "X-SQL-Message", "RC...: Returning incomplete results", "X-Exec-Milliseconds", "1002")), "ErrPartial+ErrTimeout", 0, 1, nil},
		{"only X-Exec-Milliseconds", always(send(results, doc, "X-Exec-Milliseconds", "1002")), "ErrPartial+ErrTimeout", 0, 1, nil},
		{"anytime answer, taken", always(send(results, doc, "X-SQL-State", "S1TAT")), "all rows", faultRows, 1, []QueryOption{AllowPartial()}},
		{"X-SPARQL-MaxRows", always(send(results, doc, "X-SPARQL-MaxRows", "100")), "ErrPartial", faultRows, 1, nil},
		{"as many rows as the cap", always(ok), "ErrPartial", faultRows, 1, []QueryOption{RowCap(faultRows)}},
		{"fewer rows than the cap", always(ok), "all rows", faultRows, 1, []QueryOption{RowCap(faultRows + 1)}},
		{"206", always(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", results)
			w.WriteHeader(206)
			io.WriteString(w, doc)
		}), "ErrPartial", 0, 1, nil},
		{"a page", always(send("text/html", "<!DOCTYPE html><title>Welcome</title>")), "ErrNotResults", 0, 1, nil},
		{"a page typed as results", always(send(results, "<html><title>502</title>")), "ErrNotResults", 0, 1, nil},
		{"null", always(send(results, "null")), "ErrNotResults", 0, 2, nil},
		{"nothing", always(send(results, "")), "ErrNotResults", 0, 2, nil},
		{"nothing, once", then(send(results, ""), ok), "all rows", faultRows, 2, nil},
		{"a boolean", always(send(results, `{"head":{},"boolean":true}`)), "ErrNotResults", 0, 2, nil},
		{"another JSON", always(send("application/ld+json", `{"@id":"x"}`)), "ErrNotResults", 0, 2, nil},
		{"error text under 200", always(send(results, "Virtuoso 37000 Error SP030: SPARQL compiler, line 1: syntax error")), "ErrSyntax", 0, 1, nil},
		{"syntax error", always(func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "bad query", 400) }), "ErrSyntax", 0, 1, nil},
		{"414", always(status(414)), "ErrTooLarge", 0, 1, nil},
		{"redirect to another host", always(func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "http://localhost:1/", 302) }), "redirect", 0, 1, nil},
		{"no answer", always(func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }), "ErrTimeout", 0, 1, nil},
		{"silence in the body", always(func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", results)
			io.WriteString(w, half)
			w.(http.Flusher).Flush()
			<-r.Context().Done()
		}), "ErrPartial+ErrTimeout", halfRows, 1, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			server := httptest.NewUnstartedServer(c.handler())
			open := watch(server)
			server.Start()
			defer server.Close()
			trace := new(recorder)
			client := NewClient(server.URL+"/sparql", Trace(trace), Timeout(time.Second),
				Retry(RetryPolicy{MaxAttempts: 4, FewAttempts: 2, FirstDelay: 1, MaxDelay: 1}))
			o := see(context.Background(), client, trace, selectAll, c.opts...)
			table.add(c.name, o)
			assert.Equal(t, c.kind, o.kind(), "%v", o.err)
			assert.Len(t, o.rows, c.rows)
			assert.Equal(t, c.attempts, o.attempts)
			inOrder(t, o.rows)
			var p *PartialError
			if errors.As(o.err, &p) {
				assert.EqualValues(t, c.rows, p.Rows)
			}
			client.Close()
			nothingLeft(t, open.count)
		})
	}
	table.print(t)
}

// TestStopping stops in each way in which a caller can, and looks at what is left.
func TestStopping(t *testing.T) {
	endless := func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/sparql-results+json")
		io.WriteString(w, `{"head":{"vars":["x"]},"results":{"bindings":[{"x":{"type":"literal","value":"x000"}}`)
		for r.Context().Err() == nil {
			if _, err := io.WriteString(w, ",\n"+`{"x":{"type":"literal","value":"x"}}`); err != nil {
				return
			}
		}
	}
	endlessTriples := func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/n-triples")
		for r.Context().Err() == nil {
			if _, err := io.WriteString(w, "<a:s> <a:p> <a:o> .\n"); err != nil {
				return
			}
		}
	}
	ctx := context.Background()
	for _, c := range []struct {
		name    string
		handler http.HandlerFunc
		stop    func(t *testing.T, client *Client)
	}{
		{"Close", endless, func(t *testing.T, client *Client) {
			rows, err := client.Select(ctx, selectAll)
			require.NoError(t, err)
			require.True(t, rows.Next())
			require.NoError(t, rows.Close())
		}},
		{"Close before Next", endless, func(t *testing.T, client *Client) {
			rows, err := client.Select(ctx, selectAll)
			require.NoError(t, err)
			require.NoError(t, rows.Close())
		}},
		{"break", endless, func(t *testing.T, client *Client) {
			for range Select[string](ctx, client, selectAll) {
				break
			}
		}},
		{"a panic in the loop", endless, func(t *testing.T, client *Client) {
			defer func() { recover() }()
			for range Select[string](ctx, client, selectAll) {
				panic("stop")
			}
		}},
		{"a value that does not fit", endless, func(t *testing.T, client *Client) {
			for _, err := range Select[int](ctx, client, selectAll) {
				var scan *ScanError
				assert.ErrorAs(t, err, &scan)
			}
		}},
		{"a second row where one is wanted", endless, func(t *testing.T, client *Client) {
			rows, err := client.Select(ctx, selectAll)
			require.NoError(t, err)
			_, err = CollectExactlyOne[string](rows)
			assert.ErrorIs(t, err, ErrTooManyRows)
		}},
		{"cancel", endless, func(t *testing.T, client *Client) {
			ctx, cancel := context.WithCancel(ctx)
			var last error
			n := 0
			for _, err := range Select[string](ctx, client, selectAll) {
				if n++; n == 10 {
					cancel()
				}
				last = err
			}
			assert.ErrorIs(t, last, context.Canceled)
			assert.ErrorIs(t, last, ErrPartial)
			cancel()
		}},
		{"cancel while nothing comes", func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }, func(t *testing.T, client *Client) {
			ctx, cancel := context.WithTimeout(ctx, 20*time.Millisecond)
			defer cancel()
			_, err := client.Select(ctx, selectAll)
			assert.ErrorIs(t, err, context.DeadlineExceeded)
		}},
		{"break in a CONSTRUCT", endlessTriples, func(t *testing.T, client *Client) {
			for range client.Construct(ctx, constructAll) {
				break
			}
		}},
		{"cancel in a CONSTRUCT", endlessTriples, func(t *testing.T, client *Client) {
			ctx, cancel := context.WithCancel(ctx)
			defer cancel()
			var last error
			for _, err := range client.Construct(ctx, constructAll) {
				cancel()
				last = err
			}
			assert.ErrorIs(t, last, context.Canceled)
		}},
		{"an upload that is refused", status(400), func(t *testing.T, client *Client) {
			many := func(yield func(rdf.Triple) bool) {
				for range 100_000 {
					if !yield(rdf.Triple{Subj: rdf.MustIRI("a:s"), Pred: rdf.MustIRI("a:p"), Obj: rdf.MustIRI("a:o")}) {
						return
					}
				}
			}
			assert.Error(t, client.GraphStore().Put(ctx, rdf.IRI{}, many))
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			server := httptest.NewUnstartedServer(c.handler)
			open := watch(server)
			server.Start()
			defer server.Close()
			client := NewClient(server.URL+"/sparql", Retry(NoRetry()), GraphStoreURL(server.URL))
			for range 3 {
				c.stop(t, client)
			}
			assert.Zero(t, len(client.limits.slots), "every slot is free")
			client.Close()
			nothingLeft(t, open.count)
		})
	}
}

func TestInFlight(t *testing.T) {
	server := httptest.NewUnstartedServer(answering(threeRows))
	open := watch(server)
	server.Start()
	defer server.Close()
	client := NewClient(server.URL, InFlight(2), Retry(NoRetry()), Timeout(50*time.Millisecond))
	defer client.Close()
	ctx := context.Background()
	first, err := client.Select(ctx, selectAll)
	require.NoError(t, err)
	_, err = client.Select(ctx, selectAll)
	require.NoError(t, err)
	_, err = client.Select(ctx, selectAll)
	require.ErrorIs(t, err, ErrTimeout)
	assert.ErrorContains(t, err, "2 requests in flight")
	require.NoError(t, first.Close())
	third, err := client.Select(ctx, selectAll)
	require.NoError(t, err)
	require.NoError(t, third.Close())
	assert.LessOrEqual(t, open.peak(), 2)

	calm := NewClient(server.URL, InFlight(3))
	defer calm.Close()
	done := make(chan error)
	for range 20 {
		go func() {
			rows, err := calm.Select(ctx, selectAll)
			if err == nil {
				_, err = CollectRows[map[string]rdf.Term](rows)
			}
			done <- err
		}()
	}
	for range 20 {
		require.NoError(t, <-done)
	}
	assert.LessOrEqual(t, open.peak(), 2+3)
}

func TestRatePerSecond(t *testing.T) {
	requests := new(counter)
	client := serve(t, failing(0, nil, requests), RatePerSecond(0.001), Retry(NoRetry()))
	rows, err := client.Select(context.Background(), selectAll)
	require.NoError(t, err, "the first goes at once")
	require.NoError(t, rows.Close())
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Millisecond)
	defer cancel()
	_, err = client.Select(ctx, selectAll)
	require.ErrorIs(t, err, context.DeadlineExceeded, "the second waits for its turn")
	assert.Equal(t, 1, requests.get())
	assert.Zero(t, len(client.limits.slots))
}
