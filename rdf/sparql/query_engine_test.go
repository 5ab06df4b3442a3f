package sparql

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/themis-go/themis/internal/virtuosotest"
	"github.com/themis-go/themis/rdf"
)

// TestQueryEngine asks real engines with bound values, and with queries made
// from structs.
func TestQueryEngine(t *testing.T) {
	const graph = "http://g/for"
	path := filepath.Join(t.TempDir(), "for.ttl")
	require.NoError(t, os.WriteFile(path, []byte(forData), 0o644))
	t.Run("virtuoso", func(t *testing.T) {
		e := virtuosotest.Start(t, virtuosotest.Config{Load: map[string][]string{graph: {path}}})
		requireEngine(t, e.URL, graph)
	})
	t.Run("oxigraph", func(t *testing.T) { requireEngine(t, startOxigraph(t, graph, path), graph) })
}

func requireEngine(t *testing.T, url, graph string) {
	client := NewClient(url)
	defer client.Close()
	t.Run("load", func(t *testing.T) { requireLoad(t, client, rdf.MustIRI(graph)) })
	// The engine sends each value back as it was bound.
	t.Run("bound values", func(t *testing.T) {
		nl, err := rdf.NewLang("hé", "nl-be")
		require.NoError(t, err)
		for _, v := range []any{
			"a \"quoted\" \\ text\nof lines\r\tand 🍀 \u0001", "} UNION { ?s ?p ?o", "'''\"\"\"", "\\u0041",
			nl, 42, -42, 1.5, true, rdf.MustIRI("http://e/é?a=b#c"), TypedString("typed"),
			time.Date(2024, 5, 1, 10, 0, 0, 123e6, time.UTC),
		} {
			q, err := Text("SELECT ?v WHERE { VALUES ?v { } }").Bind("v", v)
			require.NoError(t, err)
			rows, err := client.Select(t.Context(), q)
			require.NoError(t, err)
			got, err := CollectExactlyOne[rdf.Term](rows)
			require.NoError(t, err, "%v", v)
			switch v := v.(type) {
			case string:
				assert.Equal(t, v, got.String())
			case rdf.Term:
				assert.True(t, rdf.TermsEqual(v, got), "%v %v", v, got)
			case bool:
				var b bool
				require.NoError(t, rdf.Assign(&b, got))
				assert.Equal(t, v, b)
			case int:
				var n int
				require.NoError(t, rdf.Assign(&n, got))
				assert.Equal(t, v, n)
			case time.Time:
				var at time.Time
				require.NoError(t, rdf.Assign(&at, got))
				assert.Equal(t, v, at)
			}
		}
	})
	t.Run("bound places", func(t *testing.T) {
		for _, c := range []struct {
			query string
			value any
			want  int
		}{
			{"SELECT ?s FROM ?g WHERE { ?s e:maker ?v }", rdf.MustIRI("http://e/m2"), 2},
			{"SELECT ?s FROM ?g WHERE { ?s ?v ?o . ?s a e:Item }", rdf.MustIRI("http://e/next"), 3},
			{"SELECT ?s FROM ?g WHERE { ?s e:title ?v }", "twee", 1},
			{"SELECT ?s FROM ?g WHERE { ?s e:title ?t FILTER(STR(?t)=?v) }", "drie", 1},
			{"SELECT ?s FROM ?g WHERE { ?s e:unknown ?n FILTER(?n-?v<?v+1) }", 3, 1},
			{"SELECT ?s FROM ?g WHERE { ?s a e:Item } LIMIT ?v", 2, 2},
			{"SELECT ?s FROM ?g WHERE { VALUES ?v { } ?s e:tag ?v }", []string{"a", "c", "z"}, 2},
			{"SELECT ?s FROM ?g WHERE { VALUES (?v) { (1) } ?s e:tag ?v }", []string{"a", "c", "z"}, 2},
			{"SELECT ?s FROM ?g WHERE { VALUES ?v { \"a\" } ?s e:tag ?v }", []string{}, 0},
		} {
			rows, err := client.Select(t.Context(), Text("PREFIX e: <http://e/> "+c.query), Bind("g", rdf.MustIRI(graph)), Bind("v", c.value))
			require.NoError(t, err, c.query)
			got, err := CollectRows[rdf.Term](rows)
			require.NoError(t, err)
			assert.Len(t, got, c.want, c.query)
		}
	})
}
