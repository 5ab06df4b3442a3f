package rdf_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/themis-go/themis/internal/virtuosotest"
	"github.com/themis-go/themis/rdf"
)

// lost are the values of which the engine keeps less than was loaded; no
// normal form brings them back.
var lost = map[string]string{
	"integer-invalid": `"4"^^<http://www.w3.org/2001/XMLSchema#integer>`,
	"integer-empty":   `"0"^^<http://www.w3.org/2001/XMLSchema#integer>`,
	"decimal-long":    `"3.141592653589793"^^<http://www.w3.org/2001/XMLSchema#decimal>`,
	"double-long":     `"0.123457"^^<http://www.w3.org/2001/XMLSchema#double>`,
	"duration":        `"93600.0"^^<http://www.w3.org/2001/XMLSchema#duration>`,
	"dt-nanos":        `"2026-01-19T19:58:58.123456Z"^^<http://www.w3.org/2001/XMLSchema#dateTime>`,
}

// TestNormalizeServed loads a file of values into the engine and proves that
// the normal form of what the engine serves is that of what was loaded.
func TestNormalizeServed(t *testing.T) {
	const file = "testdata/normalise/values.ttl"
	loaded, err := os.Open(file)
	require.NoError(t, err)
	defer loaded.Close()
	g, err := rdf.ReadGraph(loaded, rdf.Turtle)
	require.NoError(t, err)

	t.Run("virtuoso", func(t *testing.T) {
		const graph = "http://example.org/values"
		engine := virtuosotest.Start(t, virtuosotest.Config{Load: map[string][]string{graph: {file}}})
		served := selectValues(t, engine.URL, "SELECT ?s ?v FROM <"+graph+"> WHERE { ?s ?p ?v }")
		assert.Len(t, served, g.Len())
		for triple := range g.All() {
			got, ok := served[triple.Subj.String()]
			if !assert.True(t, ok, "%s was not served", triple.Subj) {
				continue
			}
			want := triple.Obj.(rdf.Literal)
			name := strings.TrimPrefix(triple.Subj.String(), "http://example.org/value/")
			if less, ok := lost[name]; ok {
				assert.Equal(t, less, string(rdf.AppendTerm(nil, got)), name)
				continue
			}
			assert.Equal(t, string(rdf.AppendTerm(nil, rdf.Normalize(want))), string(rdf.AppendTerm(nil, rdf.Normalize(got))),
				"%s: loaded as %s, served as %s", triple.Subj, rdf.AppendTerm(nil, want), rdf.AppendTerm(nil, got))
		}
	})
}

// selectValues returns the literals ?v by the IRIs ?s.
func selectValues(t *testing.T, endpoint, query string) map[string]rdf.Literal {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, endpoint+"?query="+url.QueryEscape(query), nil)
	require.NoError(t, err)
	req.Header.Set("Accept", "application/sparql-results+json")
	resp, err := http.DefaultClient.Do(req)
	require.NoError(t, err)
	defer resp.Body.Close()
	require.Equal(t, http.StatusOK, resp.StatusCode)
	type value struct {
		Value, Datatype string
		Lang            string `json:"xml:lang"`
	}
	var doc struct {
		Results struct{ Bindings []struct{ S, V value } }
	}
	require.NoError(t, json.NewDecoder(resp.Body).Decode(&doc))
	values := make(map[string]rdf.Literal)
	for _, b := range doc.Results.Bindings {
		l := rdf.NewString(b.V.Value)
		switch {
		case b.V.Lang != "":
			l, err = rdf.NewLang(b.V.Value, b.V.Lang)
			require.NoError(t, err)
		case b.V.Datatype != "":
			l = rdf.NewTyped(b.V.Value, rdf.MustIRI(b.V.Datatype))
		}
		values[b.S.Value] = l
	}
	return values
}
