package sparql

import (
	"context"
	"io"
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/themis-go/themis/rdf"
)

// sending returns a handler that answers with this body and type.
func sending(contentType, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", contentType)
		io.WriteString(w, body)
	}
}

const tripleRows = `{"head":{"vars":["s","p","o"]},"results":{"bindings":[
	{"s":{"type":"uri","value":"http://example.org/s"},"p":{"type":"uri","value":"http://example.org/p"},"o":{"type":"literal","xml:lang":"nl","value":"een"}},
	{"s":{"type":"uri","value":"http://example.org/s"},"p":{"type":"uri","value":"http://example.org/p"},"o":{"type":"literal","value":"twee"}}]}}`

var constructAll = Text("CONSTRUCT WHERE { ?s ?p ?o }").Named("construct-all")

func TestConstruct(t *testing.T) {
	ntriples := "<http://example.org/s> <http://example.org/p> \"een\"@nl .\n<http://example.org/s>\t<http://example.org/p>\t\"twee\" .\n"
	for name, c := range map[string]struct{ contentType, body string }{
		"N-Triples":     {"application/n-triples; charset=UTF-8", ntriples},
		"Turtle":        {"text/turtle", "@prefix ns0: <http://example.org/> .\nns0:s ns0:p \"een\"@nl .\n@prefix ns1: <http://example.org/> .\nns1:s ns1:p \"twee\" ."},
		"RDF/XML":       {"application/rdf+xml", `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://example.org/"><rdf:Description rdf:about="http://example.org/s"><e:p xml:lang="nl">een</e:p><e:p>twee</e:p></rdf:Description></rdf:RDF>`},
		"rows":          {"application/sparql-results+json", tripleRows},
		"rows, no type": {"application/json", tripleRows},
		"rows in XML": {"application/sparql-results+xml", `<sparql><head><variable name="s"/><variable name="p"/><variable name="o"/></head><results>` +
			`<result><binding name="s"><uri>http://example.org/s</uri></binding><binding name="p"><uri>http://example.org/p</uri></binding><binding name="o"><literal xml:lang="nl">een</literal></binding></result>` +
			`<result><binding name="s"><uri>http://example.org/s</uri></binding><binding name="p"><uri>http://example.org/p</uri></binding><binding name="o"><literal>twee</literal></binding></result></results></sparql>`},
	} {
		t.Run(name, func(t *testing.T) {
			var got []seen
			client := serve(t, recording(&got, sending(c.contentType, c.body)))
			g := rdf.NewGraph()
			for triple, err := range client.Construct(context.Background(), constructAll) {
				require.NoError(t, err)
				g.Add(triple)
			}
			assert.Equal(t, 2, g.Len())
			nl, _ := rdf.NewLang("een", "nl")
			assert.True(t, g.Has(rdf.Triple{Subj: rdf.MustIRI("http://example.org/s"), Pred: rdf.MustIRI("http://example.org/p"), Obj: nl}))
			assert.Equal(t, acceptGraph, got[0].header.Get("Accept"))
		})
	}
}

func TestConstructNothing(t *testing.T) {
	for contentType, body := range map[string]string{
		"application/sparql-results+json": `{"head":{"link":[],"vars":["callret-0"]},"results":{"bindings":[]}}`,
		"application/n-triples":           "",
		"text/turtle":                     "# Empty TURTLE\n",
	} {
		client := serve(t, sending(contentType, body))
		for _, err := range client.Describe(context.Background(), Text("DESCRIBE <http://example.org/s>")) {
			require.NoError(t, err, contentType)
		}
	}
}

func TestConstructErrors(t *testing.T) {
	valid := "<http://example.org/s> <http://example.org/p> \"een\" .\n"
	for _, c := range []struct {
		name    string
		handler http.HandlerFunc
		rows    int
		is      error
	}{
		{"a page", sending("text/html", "<html><title>Hi</title>"), 0, ErrNotResults},
		{"rows that are no triples", sending("application/sparql-results+json", threeRows), 0, ErrNotResults},
		{"a boolean", sending("application/json", `{"boolean":true}`), 0, ErrNotResults},
		{"broken behind a triple", sending("application/n-triples", valid+"<http://example.org/s> <http"), 1, ErrPartial},
		{"an error text behind a triple", sending("text/turtle", valid+"\nVirtuoso S1T00 Error SR171: Transaction timed out\n"), 1, ErrPartial},
		{"reset behind a triple", func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "application/n-triples")
			io.WriteString(w, valid)
			w.(http.Flusher).Flush()
			drop(w, r)
		}, 1, ErrPartial},
		{"a literal as subject", sending("application/sparql-results+json",
			`{"head":{"vars":["s","p","o"]},"results":{"bindings":[{"s":{"type":"literal","value":"x"},"p":{"type":"uri","value":"a:b"},"o":{"type":"literal","value":"x"}}]}}`), 0, ErrNotResults},
	} {
		t.Run(c.name, func(t *testing.T) {
			client := serve(t, c.handler)
			n := 0
			var last error
			for _, err := range client.Construct(context.Background(), constructAll) {
				if last = err; err == nil {
					n++
				}
			}
			require.ErrorIs(t, last, c.is)
			assert.Equal(t, c.rows, n)
			var p *PartialError
			if c.is == ErrPartial {
				require.ErrorAs(t, last, &p)
				assert.EqualValues(t, c.rows, p.Rows)
			}
		})
	}
}

// TestConstructCap is for Virtuoso, which cuts a CONSTRUCT without a sign, one
// triple behind its maximum.
func TestConstructCap(t *testing.T) {
	client := serve(t, sending("application/sparql-results+json", tripleRows))
	for cap, partial := range map[int64]bool{1: true, 2: true, 3: false} {
		var last error
		for _, err := range client.Construct(context.Background(), constructAll, RowCap(cap)) {
			last = err
		}
		assert.Equal(t, partial, last != nil, cap)
		if partial {
			assert.ErrorIs(t, last, ErrPartial)
		}
	}
}
