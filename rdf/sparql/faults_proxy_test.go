package sparql

import (
	"context"
	"net"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/themis-go/themis/rdf"
)

// dialled counts the connections that a transport has open.
type dialled struct {
	net.Conn
	open *atomic.Int32
	shut atomic.Bool
}

func (d *dialled) Close() error {
	if d.shut.CompareAndSwap(false, true) {
		d.open.Add(-1)
	}
	return d.Conn.Close()
}

func countingTransport() (*http.Transport, *atomic.Int32) {
	tr, open := newTransport(defaultInFlight), new(atomic.Int32)
	dial := tr.DialContext
	tr.DialContext = func(ctx context.Context, network, address string) (net.Conn, error) {
		c, err := dial(ctx, network, address)
		if err != nil {
			return nil, err
		}
		open.Add(1)
		return &dialled{Conn: c, open: open}, nil
	}
	return tr, open
}

// TestProxyFaults goes through a dispatcher that routes as Themis's does,
// stands in for its authorization layer, and goes wrong on request.
func TestProxyFaults(t *testing.T) {
	t.Run("virtuoso", func(t *testing.T) {
		engine := startVirtuoso(t, true)
		query := Text(`SELECT (CONCAT("x", SUBSTR(STR(1000 + ?n), 2)) AS ?x) { ?s <http://example.org/n> ?n FILTER(?n < 100) } ORDER BY ?n LIMIT 200`)
		table := new(faultTable)
		for _, c := range []struct {
			fault          string
			kind           string
			rows, attempts int // rows -1: some, not all
			opts           []QueryOption
		}{
			{"", "all rows", faultRows, 1, nil},
			{"503:0", "ErrUnavailable", 0, 3, nil},
			{"503-date:0", "ErrUnavailable", 0, 3, nil},
			{"503:60", "ErrUnavailable", 0, 1, nil}, // no time for that
			{"429:0", "ErrUnavailable", 0, 3, nil},
			{"500", "ErrServer", 0, 2, nil},
			{"502", "ErrUnavailable", 0, 3, nil},
			{"504", "ErrUnavailable", 0, 3, nil},
			{"500-then-ok", "all rows", faultRows, 2, nil},
			{"html", "ErrNotResults", 0, 1, nil},
			{"html-as-json", "ErrNotResults", 0, 1, nil},
			{"empty", "ErrNotResults", 0, 2, nil},
			{"null", "ErrNotResults", 0, 2, nil},
			{"drop", "ErrUnavailable", 0, 3, nil},
			{"hang:3", "ErrTimeout", 0, 1, nil},
			{"reset", "ErrPartial", -1, 1, nil},
			{"short", "ErrPartial", -1, 1, nil},
			{"truncate", "ErrPartial", -1, 1, nil},
			{"trailing", "ErrPartial+ErrTimeout", faultRows, 1, nil},
			{"bad-json", "ErrPartial", 0, 2, nil},
			{"slow:100000", "all rows", faultRows, 1, nil},
			{"slow:1000", "ErrPartial+ErrTimeout", -1, 1, nil},
			{"anytime", "ErrPartial+ErrTimeout", 0, 1, nil},
			{"anytime", "all rows", faultRows / 2, 1, []QueryOption{AllowPartial()}},
			{"rowcap", "ErrPartial", faultRows / 2, 1, nil},
			{"rowcap-silent", "all rows", faultRows / 2, 1, nil}, // nothing tells: count
			{"rowcap-silent", "ErrPartial", faultRows / 2, 1, []QueryOption{RowCap(faultRows / 2)}},
		} {
			name := c.fault
			if name == "" {
				name = "none"
			}
			tr, open := countingTransport()
			trace := new(recorder)
			client := NewClient(engine.ProxyURL, Transport(tr), Trace(trace), Timeout(2*time.Second),
				Retry(RetryPolicy{MaxAttempts: 3, FewAttempts: 2, FirstDelay: 1, MaxDelay: 1, MaxElapsed: 30 * time.Second}))
			opts := c.opts
			if c.fault != "" {
				opts = append(opts, Param("fault", c.fault))
			}
			o := see(context.Background(), client, trace, query, opts...)
			if c.opts != nil {
				name += ", with an option"
			}
			table.add(name, o)
			assert.Equal(t, c.kind, o.kind(), "%s: %v", name, o.err)
			if c.rows >= 0 {
				assert.Len(t, o.rows, c.rows, name)
			} else {
				assert.NotEmpty(t, o.rows, name)
				assert.Less(t, len(o.rows), faultRows, name)
			}
			assert.Equal(t, c.attempts, o.attempts, name)
			inOrder(t, o.rows)
			tr.CloseIdleConnections()
			nothingLeft(t, func() int { return int(open.Load()) })
		}
		table.print(t)

		client := NewClient(engine.ProxyURL, Retry(RetryPolicy{MaxAttempts: 5, FewAttempts: 2, FirstDelay: 1}))
		defer client.Close()
		ctx := context.Background()
		t.Run("redirect", func(t *testing.T) {
			rows, err := client.Select(ctx, query, Param("fault", "redirect"))
			require.NoError(t, err)
			got, err := CollectRows[string](rows)
			require.NoError(t, err)
			assert.Len(t, got, faultRows)
			_, err = client.Select(ctx, query, Header("X-Fault", "redirect"), Method(MethodPOST))
			assert.ErrorIs(t, err, errRefused, "a form would become a GET without its query")
		})
		t.Run("a mistake cannot be told from overload", func(t *testing.T) {
			_, err := client.Select(ctx, Raw(FormSelect, "SELECT * WHERE { ?s ?p "))
			require.ErrorIs(t, err, ErrServer)
			var e *Error
			require.ErrorAs(t, err, &e)
			assert.Equal(t, 2, e.Attempts, "so it is tried a few times only")
			assert.ErrorContains(t, err, "the query may be at fault")
		})
		t.Run("an update is not carried out", func(t *testing.T) {
			err := client.Update(ctx, Text("INSERT DATA { GRAPH <a:g> { <a:s> <a:p> 1 } }"))
			assert.ErrorIs(t, err, ErrNotResults)
		})
		t.Run("other types are not routed", func(t *testing.T) {
			_, err := client.Select(ctx, query, Accept("application/json"))
			var e *Error
			require.ErrorAs(t, err, &e)
			assert.Equal(t, http.StatusNotFound, e.Status)
			assert.ErrorContains(t, err, "the Accept header")
			_, err = client.Select(ctx, query, Accept("*/*"))
			assert.ErrorIs(t, err, ErrNotResults, "a page")
			_, err = client.Select(ctx, query, Method(MethodPOSTDirect))
			assert.ErrorIs(t, err, ErrServer)
		})
		t.Run("long queries", func(t *testing.T) {
			long := Text(query.String() + " # " + strings.Repeat("x", 9000))
			_, err := client.Select(ctx, long, Method(MethodGET))
			assert.ErrorIs(t, err, ErrTooLarge)
			rows, err := client.Select(ctx, long)
			require.NoError(t, err)
			got, err := CollectRows[string](rows)
			require.NoError(t, err)
			assert.Len(t, got, faultRows)
		})
		t.Run("CONSTRUCT comes as rows", func(t *testing.T) {
			q := Text("CONSTRUCT { ?s <http://example.org/t> ?x } WHERE { ?s <http://example.org/title> ?x ; <http://example.org/n> ?n FILTER(?n < 10) }")
			g, err := collect(client.Construct(ctx, q))
			require.NoError(t, err)
			assert.Equal(t, 10, g.Len())
			nl, _ := rdf.NewLang("Titel 7", "nl")
			assert.True(t, g.Has(rdf.Triple{Subj: rdf.MustIRI("http://example.org/item/0007"), Pred: rdf.MustIRI("http://example.org/t"), Obj: nl}))
		})
		t.Run("the row maximum shows nowhere", func(t *testing.T) {
			q := Text("SELECT ?x { ?s <http://example.org/title> ?x }")
			rows, err := client.Select(ctx, q)
			require.NoError(t, err)
			got, err := CollectRows[string](rows)
			require.NoError(t, err, "nothing tells that rows are missing")
			assert.Len(t, got, engineMaxRows)
			rows, err = client.Select(ctx, q, RowCap(engineMaxRows))
			require.NoError(t, err)
			_, err = CollectRows[string](rows)
			assert.ErrorIs(t, err, ErrPartial)
		})
	})
}
