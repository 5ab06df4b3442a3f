package sparql

import (
	"context"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/themis-go/themis/internal/virtuosotest"
	"github.com/themis-go/themis/rdf"
)

// TestEngines holds the client to the same over different engines.
func TestEngines(t *testing.T) {
	t.Run("virtuoso", func(t *testing.T) { testConformance(t, startVirtuoso(t, false).URL) })
	t.Run("oxigraph", func(t *testing.T) { testConformance(t, startOxigraph(t, "", writeEngineData(t, t.TempDir()))) })
}

func testConformance(t *testing.T, endpoint string) {
	ctx := context.Background()
	client := NewClient(endpoint, Retry(NoRetry()), Timeout(time.Minute))
	defer client.Close()
	one := func(t *testing.T, query string, opts ...QueryOption) rdf.Term {
		t.Helper()
		rows, err := client.Select(ctx, Text(query), opts...)
		require.NoError(t, err)
		term, err := CollectExactlyOne[rdf.Term](rows)
		require.NoError(t, err)
		return term
	}

	t.Run("values", func(t *testing.T) {
		q := Text("SELECT ?x { ?id <http://example.org/value> ?x }")
		for _, c := range edgeCases {
			rows, err := client.Select(ctx, q, Bind("id", rdf.MustIRI("http://example.org/edge/"+c.name)))
			require.NoError(t, err, c.name)
			require.True(t, rows.Next(), c.name)
			got := reflect.New(reflect.TypeOf(c.want))
			require.NoError(t, rows.Scan(got.Interface()), c.name)
			assert.Equal(t, c.want, got.Elem().Interface(), c.name)
			assert.False(t, rows.Next(), c.name)
			require.NoError(t, rows.Err(), c.name)
		}
	})
	t.Run("language", func(t *testing.T) {
		l, ok := one(t, "SELECT ?x { <http://example.org/edge/lang> <http://example.org/value> ?x }").(rdf.Literal)
		require.True(t, ok)
		assert.Equal(t, "nl-be", strings.ToLower(l.Lang()))
	})
	t.Run("long literal", func(t *testing.T) {
		text := one(t, "SELECT ?x { <http://example.org/edge/long> <http://example.org/value> ?x }").String()
		assert.Equal(t, longLiteral, len([]rune(text)))
		assert.True(t, strings.HasPrefix(text, "éééééééééé"+"x"))
	})
	t.Run("unbound", func(t *testing.T) {
		type row struct {
			S rdf.IRI
			N *int
		}
		rows, err := client.Select(ctx, Text("SELECT ?s ?n { VALUES ?s { <http://example.org/item/0007> <http://example.org/edge/true> } OPTIONAL { ?s <http://example.org/n> ?n } } ORDER BY DESC(?n)"))
		require.NoError(t, err)
		got, err := CollectRows[row](rows)
		require.NoError(t, err)
		require.Len(t, got, 2)
		for _, r := range got {
			assert.Equal(t, r.S.String() == "http://example.org/item/0007", r.N != nil)
		}
	})
	t.Run("expressions", func(t *testing.T) {
		var yes, no bool
		rows, err := client.Select(ctx, Text("SELECT (1=1 AS ?y) (1=2 AS ?n) {}"))
		require.NoError(t, err)
		require.True(t, rows.Next())
		require.NoError(t, rows.Scan(&yes, &no), "a boolean, also where the engine makes it an integer")
		require.NoError(t, rows.Close())
		assert.True(t, yes)
		assert.False(t, no)
	})
	t.Run("ask", func(t *testing.T) {
		yes, err := client.Ask(ctx, Text("ASK { ?s <http://example.org/n> 7 }"))
		require.NoError(t, err)
		assert.True(t, yes)
		yes, err = client.Ask(ctx, Text("ASK { ?s <http://example.org/n> -1 }"))
		require.NoError(t, err)
		assert.False(t, yes)
	})
	t.Run("count", func(t *testing.T) {
		var n int
		require.NoError(t, rdf.Assign(&n, one(t, "SELECT (COUNT(*) AS ?n) { ?s <http://example.org/title> ?x }")))
		assert.Equal(t, engineItems, n)
	})
	t.Run("by GET, POST and as a long form", func(t *testing.T) {
		for _, opts := range [][]QueryOption{{Method(MethodGET)}, {Method(MethodPOST)}, nil} {
			query := "SELECT ?s { ?s <http://example.org/n> 7 }"
			if opts == nil { // longer than Virtuoso's and the dispatcher's request lines
				query += "# " + strings.Repeat("x", 12_000)
			}
			assert.Equal(t, "http://example.org/item/0007", one(t, query, opts...).String())
		}
	})
	t.Run("formats", func(t *testing.T) {
		want := make([]string, 20)
		for i := range want {
			want[i] = fmt.Sprint("Titel ", i)
		}
		for _, f := range []ResultFormat{JSON, XML, CSV, TSV} {
			rows, err := client.Select(ctx, Text("SELECT ?x { ?s <http://example.org/title> ?x ; <http://example.org/n> ?n } ORDER BY ?n LIMIT 20"), Accept(f.MediaType()))
			require.NoError(t, err, f)
			got, err := CollectRows[string](rows)
			require.NoError(t, err, f)
			assert.Equal(t, want, got, f)
		}
	})
	t.Run("blank nodes", func(t *testing.T) {
		rows, err := client.Select(ctx, Text("SELECT (BNODE() AS ?b) {}"))
		if err != nil { // Virtuoso has no BNODE()
			assert.ErrorIs(t, err, ErrSyntax)
			return
		}
		got, err := CollectExactlyOne[rdf.Blank](rows)
		require.NoError(t, err)
		assert.NotContains(t, got.String(), ":")
	})
	t.Run("construct", func(t *testing.T) {
		q := Text("CONSTRUCT { ?s <http://example.org/t> ?x } WHERE { ?s <http://example.org/title> ?x ; <http://example.org/n> ?n FILTER(?n < 300) }")
		for _, accept := range []string{acceptGraph, "text/turtle", "application/n-triples"} {
			g, err := collect(client.Construct(ctx, q, Accept(accept)))
			require.NoError(t, err, accept)
			assert.Equal(t, 300, g.Len(), accept)
			nl, _ := rdf.NewLang("Titel 7", "nl")
			assert.True(t, g.Has(rdf.Triple{Subj: rdf.MustIRI("http://example.org/item/0007"), Pred: rdf.MustIRI("http://example.org/t"), Obj: nl}), accept)
		}
		g, err := collect(client.Construct(ctx, Text("CONSTRUCT WHERE { ?s <http://example.org/absent> ?o }")))
		require.NoError(t, err)
		assert.Zero(t, g.Len())
		// Without its graph, Virtuoso describes nothing.
		g, err = collect(client.Describe(ctx, Text("DESCRIBE <http://example.org/item/0007>"), DefaultGraph(rdf.MustIRI(virtuosotest.PublicGraph))))
		require.NoError(t, err)
		assert.GreaterOrEqual(t, g.Len(), 2)
	})
	t.Run("syntax error", func(t *testing.T) {
		_, err := client.Select(ctx, Raw(FormSelect, "SELECT * WHERE { ?s ?p "))
		assert.ErrorIs(t, err, ErrSyntax)
	})
	t.Run("stopping early", func(t *testing.T) {
		for range 2 * defaultInFlight { // more than connections and slots
			rows, err := client.Select(ctx, Text("SELECT ?s ?o { ?s <http://example.org/title> ?o } LIMIT 900"))
			require.NoError(t, err)
			require.True(t, rows.Next())
			require.NoError(t, rows.Close())
		}
	})
}
