package sparql

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/themis-go/themis/internal/virtuosotest"
	"github.com/themis-go/themis/rdf"
)

// slowQuery runs for half a minute over the engines' data, though the engine
// estimates less than a second; costlyQuery it estimates at hours.
const (
	slowQuery = `SELECT (COUNT(*) AS ?n) { ?a ?p ?b . ?c ?q ?d FILTER(STRLEN(CONCAT(STR(?b), STR(?d))) > 5) }`

	costlyQuery = `SELECT (COUNT(*) AS ?n) { ?a ?p ?b . ?c ?q ?d . ?e ?r ?f . ?g ?s ?h . ?i ?t ?j
		FILTER(STRLEN(CONCAT(STR(?b), STR(?d), STR(?f), STR(?h), STR(?j))) > 5) }`
)

// TestVirtuoso checks, against the engine itself, what the client makes of
// each way in which Virtuoso refuses, cuts and bends answers.
func TestVirtuoso(t *testing.T) {
	t.Run("virtuoso", func(t *testing.T) {
		engine := startVirtuoso(t, false)
		client := NewClient(engine.URL, Retry(NoRetry()), Timeout(time.Minute), GraphStoreURL(engine.GraphStoreURL))
		defer client.Close()
		t.Run("refusals", func(t *testing.T) { testVirtuosoRefusals(t, client) })
		t.Run("cuts", func(t *testing.T) { testVirtuosoCuts(t, client) })
		t.Run("protocol", func(t *testing.T) { testVirtuosoProtocol(t, client) })
		t.Run("digest", func(t *testing.T) { testVirtuosoDigest(t, engine) })
	})
}

func testVirtuosoRefusals(t *testing.T, client *Client) {
	ctx := context.Background()
	var members strings.Builder
	for i := range 5000 {
		fmt.Fprintf(&members, "<http://example.org/item/%d>, ", i)
	}
	for _, c := range []struct {
		name, query string
		is          error
		code        string
	}{
		{"syntax error", "SELECT * WHERE { ?s ?p ", ErrSyntax, "37000"},
		{"undefined prefix", "SELECT * WHERE { ?s zz:p ?o }", ErrSyntax, "37000"},
		{"too many members", "SELECT * WHERE { ?s ?p ?o FILTER(?s IN (" + members.String() + "<http://example.org/last>)) }", ErrSyntax, ""},
		{"execution time", slowQuery, ErrTimeout, "S1T00"},
		{"estimated cost", costlyQuery, ErrCostLimit, "42000"},
		{"sorted rows", "SELECT ?s { ?s ?p ?o } ORDER BY ?s OFFSET 600 LIMIT 10", ErrCostLimit, "22023"},
		{"an update as a query", "INSERT DATA { GRAPH <a:g> { <a:s> <a:p> 1 } }", ErrDenied, "42000"},
		{"a query to elsewhere", "SELECT * { SERVICE <http://127.0.0.1:1/sparql> { ?s ?p ?o } }", ErrDenied, "42000"},
		{"more than ten megabytes", "SELECT * { ?s ?p '" + strings.Repeat("x", 11<<20) + "' }", ErrTooLarge, "22003"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := client.Select(ctx, Raw(FormSelect, c.query), Method(MethodPOST))
			require.ErrorIs(t, err, c.is)
			var e *Error
			require.ErrorAs(t, err, &e)
			assert.Less(t, len(err.Error()), 1000, "an error does not echo the query")
			if c.code != "" {
				assert.Equal(t, c.code, e.Code)
			}
		})
	}
	t.Run("updates", func(t *testing.T) {
		for _, u := range []string{"INSERT DATA { GRAPH <http://example.org/g> { <a:s> <a:p> 1 } }", "CLEAR GRAPH <http://example.org/g>"} {
			assert.ErrorIs(t, client.Update(ctx, Text(u)), ErrDenied)
		}
		assert.ErrorIs(t, client.GraphStore().Put(ctx, rdf.MustIRI("http://example.org/g"), triples("<a:s> <a:p> <a:o> .")), ErrDenied)
	})
}

func testVirtuosoCuts(t *testing.T, client *Client) {
	ctx := context.Background()
	read := func(query string, opts ...QueryOption) (int64, error) {
		rows, err := client.Select(ctx, Text(query), opts...)
		if err != nil {
			return 0, err
		}
		defer rows.Close()
		for rows.Next() {
		}
		return rows.Count(), rows.Err()
	}
	const all = "SELECT ?s ?x { ?s <http://example.org/title> ?x }"

	t.Run("row maximum", func(t *testing.T) {
		n, err := read(all)
		assert.EqualValues(t, engineMaxRows, n)
		var p *PartialError
		require.ErrorAs(t, err, &p)
		assert.Equal(t, PartialMaxRows, p.Reason)
		assert.EqualValues(t, engineMaxRows, p.MaxRows)
		assert.EqualValues(t, engineMaxRows, p.Rows)
	})
	t.Run("exactly the row maximum is suspect", func(t *testing.T) {
		_, err := read(all + " LIMIT 1000")
		assert.ErrorIs(t, err, ErrPartial)
	})
	t.Run("one less is not", func(t *testing.T) {
		n, err := read(all + " LIMIT 999")
		require.NoError(t, err)
		assert.EqualValues(t, 999, n)
	})
	t.Run("taken nevertheless", func(t *testing.T) {
		rows, err := client.Select(ctx, Text(all), AllowPartial())
		require.NoError(t, err)
		for rows.Next() {
		}
		require.NoError(t, rows.Err())
		require.NotNil(t, rows.Partial())
		assert.EqualValues(t, engineMaxRows, rows.Partial().Rows)
	})
	t.Run("a CONSTRUCT is cut without a sign", func(t *testing.T) {
		q := Text("CONSTRUCT { ?s <http://example.org/t> ?x } WHERE { ?s <http://example.org/title> ?x }")
		g, err := collect(client.Construct(ctx, q))
		require.NoError(t, err, "nothing tells")
		assert.EqualValues(t, engineMaxRows+1, g.Len())
		_, err = collect(client.Construct(ctx, q, RowCap(engineMaxRows)))
		var p *PartialError
		require.ErrorAs(t, err, &p, "but a caller who knows the maximum is told")
		assert.Equal(t, PartialRowCap, p.Reason)
	})
	t.Run("so is a graph", func(t *testing.T) {
		_, err := collect(client.GraphStore().Get(ctx, rdf.MustIRI(virtuosotest.PublicGraph), RowCap(engineMaxRows)))
		assert.ErrorIs(t, err, ErrPartial)
	})
	t.Run("time, declared", func(t *testing.T) {
		// Asked for with timeout=, which this client never does by itself.
		for name, query := range map[string]string{
			"aggregate":          slowQuery,
			"GROUP BY":           strings.Replace(slowQuery, "SELECT", "SELECT ?p", 1) + " GROUP BY ?p",
			"ORDER BY and LIMIT": "SELECT ?a ?c { ?a <http://example.org/title> ?b . ?c ?p ?d FILTER(STRLEN(CONCAT(STR(?b), STR(?d))) > 5) } ORDER BY DESC(?d) LIMIT 5",
		} {
			_, err := read(query, Param("timeout", "1000"))
			var p *PartialError
			if assert.ErrorAs(t, err, &p, name) {
				assert.Equal(t, PartialTimeout, p.Reason, name)
				assert.Equal(t, "S1TAT", p.State, name)
				assert.Contains(t, p.Message, "incomplete results", name)
				assert.ErrorIs(t, err, ErrTimeout, name)
			}
		}
		_, err := read(slowQuery, Param("timeout", "1000"), AllowPartial())
		assert.NoError(t, err)
	})
}

func testVirtuosoProtocol(t *testing.T, client *Client) {
	ctx := context.Background()
	t.Run("a direct POST is never answered", func(t *testing.T) {
		impatient := NewClient(client.Endpoint(), Retry(NoRetry()), Timeout(500*time.Millisecond))
		defer impatient.Close()
		_, err := impatient.Select(ctx, Text("SELECT * { ?s ?p ?o } LIMIT 1"), Method(MethodPOSTDirect))
		assert.ErrorIs(t, err, ErrTimeout)
	})
	t.Run("a long GET is cut", func(t *testing.T) {
		query := Text("SELECT ?s { ?s <http://example.org/n> 7 # " + strings.Repeat("x", 12_000) + "\n }")
		_, err := client.Select(ctx, query, Method(MethodGET))
		assert.Error(t, err, "what is left of it is another query")
		rows, err := client.Select(ctx, query)
		require.NoError(t, err, "the client chooses POST")
		_, err = CollectExactlyOne[rdf.IRI](rows)
		require.NoError(t, err)
	})
	t.Run("gzip", func(t *testing.T) {
		var trace recorder
		zipped := NewClient(client.Endpoint(), Gzip(), Trace(&trace))
		defer zipped.Close()
		rows, err := zipped.Select(ctx, Text("SELECT * { ?s <http://example.org/title> ?o } LIMIT 900"))
		require.NoError(t, err)
		for rows.Next() {
		}
		require.NoError(t, rows.Err())
		assert.EqualValues(t, 900, rows.Count())
		assert.Less(t, trace.ends()[0].Bytes, int64(60_000), "bytes on the wire")
	})
	t.Run("formats of ASK", func(t *testing.T) {
		for _, f := range []ResultFormat{JSON, XML, CSV, TSV} {
			yes, err := client.Ask(ctx, Text("ASK { ?s <http://example.org/n> 7 }"), Accept(f.MediaType()))
			require.NoError(t, err, f)
			assert.True(t, yes, f)
		}
	})
	t.Run("CONSTRUCT as rows", func(t *testing.T) {
		q := Text("CONSTRUCT { ?s <http://example.org/t> _:b } WHERE { ?s <http://example.org/n> 7 }")
		g, err := collect(client.Construct(ctx, q, Accept(JSON.MediaType())))
		require.NoError(t, err)
		require.Equal(t, 1, g.Len())
		for triple := range g.All() {
			assert.IsType(t, rdf.Blank{}, triple.Obj)
			assert.NotContains(t, triple.Obj.String(), ":")
		}
		g, err = collect(client.Construct(ctx, Text("CONSTRUCT WHERE { ?s <http://example.org/absent> ?o }"), Accept(JSON.MediaType())))
		require.NoError(t, err)
		assert.Zero(t, g.Len())
		g, err = collect(client.Construct(ctx, Text("CONSTRUCT { ?s <http://example.org/t> ?x } WHERE { ?s <http://example.org/title> ?x ; <http://example.org/n> 7 }"), Accept("application/rdf+xml")))
		require.NoError(t, err)
		assert.Equal(t, 1, g.Len())
	})
	t.Run("the default graph", func(t *testing.T) {
		count := Text("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
		rows, err := client.Select(ctx, count)
		require.NoError(t, err)
		union, err := CollectExactlyOne[int](rows)
		require.NoError(t, err)
		rows, err = client.Select(ctx, count, DefaultGraph(rdf.MustIRI(virtuosotest.PublicGraph)))
		require.NoError(t, err)
		public, err := CollectExactlyOne[int](rows)
		require.NoError(t, err)
		assert.Equal(t, 2*engineItems+len(edgeCases)+1, public)
		assert.Greater(t, union, public, "without one, all graphs are meant, the store's own included")
	})
	t.Run("no Accept", func(t *testing.T) {
		rows, err := client.Select(ctx, Text("SELECT ?s { ?s <http://example.org/n> 7 }"), Accept("*/*"))
		require.NoError(t, err, "XML comes, and is read")
		_, err = CollectExactlyOne[rdf.IRI](rows)
		require.NoError(t, err)
		_, err = client.Select(ctx, Text("SELECT ?s { ?s <http://example.org/n> 7 }"), Accept("text/html"))
		assert.ErrorIs(t, err, ErrNotResults)
	})
	t.Run("a client that goes away is not waited for", func(t *testing.T) {
		for range 3 {
			short, cancel := context.WithTimeout(ctx, 100*time.Millisecond)
			_, err := client.Select(short, Text(slowQuery))
			cancel()
			assert.ErrorIs(t, err, context.DeadlineExceeded)
		}
		yes, err := client.Ask(ctx, Text("ASK { ?s <http://example.org/n> 7 }"))
		require.NoError(t, err)
		assert.True(t, yes)
	})
}

func testVirtuosoDigest(t *testing.T, engine *virtuosotest.Engine) {
	ctx := context.Background()
	address := engine.URL + "-auth"
	store := strings.Replace(engine.GraphStoreURL, "sparql-graph-crud", "sparql-graph-crud-auth", 1)
	_, err := NewClient(address, Retry(NoRetry())).Ask(ctx, Text("ASK { ?s ?p ?o }"))
	require.ErrorIs(t, err, ErrDenied)
	_, err = NewClient(address, Retry(NoRetry()), DigestAuth("dba", "wrong")).Ask(ctx, Text("ASK { ?s ?p ?o }"))
	require.ErrorIs(t, err, ErrDenied)

	client := NewClient(address, Retry(NoRetry()), DigestAuth("dba", "dba"), GraphStoreURL(store))
	defer client.Close()
	graph := rdf.MustIRI("http://example.org/written")
	require.NoError(t, client.Update(ctx, Text("INSERT DATA { GRAPH ?g { <http://example.org/s> <http://example.org/p> ?v } }"), Bind("g", graph), Bind("v", `a "quoted" value`)))
	rows, err := client.Select(ctx, Text("SELECT ?v { GRAPH ?g { ?s ?p ?v } }"), Bind("g", graph))
	require.NoError(t, err)
	v, err := CollectExactlyOne[string](rows)
	require.NoError(t, err)
	assert.Equal(t, `a "quoted" value`, v)

	gs := client.GraphStore()
	require.NoError(t, gs.Put(ctx, graph, triples(`<http://example.org/s> <http://example.org/p> "één"@nl .`, `<http://example.org/s> <http://example.org/p> <http://example.org/o> .`)))
	g, err := collect(gs.Get(ctx, graph))
	require.NoError(t, err)
	assert.Equal(t, 2, g.Len(), "all that was sent has arrived")
	require.NoError(t, gs.Post(ctx, graph, triples(`<http://example.org/s> <http://example.org/p> "twee" .`)))
	g, err = collect(gs.Get(ctx, graph))
	require.NoError(t, err)
	assert.Equal(t, 3, g.Len())
	require.NoError(t, gs.Delete(ctx, graph))
	_, err = collect(gs.Get(ctx, graph))
	var e *Error
	require.ErrorAs(t, err, &e)
	assert.Equal(t, http.StatusNotFound, e.Status)
}
