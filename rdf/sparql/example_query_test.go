package sparql_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"

	"github.com/themis-go/themis/rdf"
	"github.com/themis-go/themis/rdf/sparql"
)

// standIn is an endpoint that answers each query that holds all of some texts,
// separated by &, with the rows behind them, for the examples.
func standIn(answers ...[2]string) *httptest.Server {
	return httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/sparql-results+json")
		for _, a := range answers {
			fits := true
			for text := range strings.SplitSeq(a[0], "&") {
				fits = fits && strings.Contains(r.FormValue("query"), text)
			}
			if fits {
				fmt.Fprint(w, a[1])
				return
			}
		}
	}))
}

func ExampleParse() {
	q, err := sparql.Parse("SELECT ?title WHERE { ?doc dct:title ?title ; dct:subject }")
	fmt.Println(q.Form(), err)
	// Output:
	// unknown sparql: query: line 1, column 59 near "}": want an IRI, a literal, a blank node or a variable, found punctuation
}

func ExampleQuery_Bind() {
	q := sparql.MustParse(`SELECT ?doc WHERE { ?doc dct:title ?title . FILTER(?doc != ?not) } LIMIT ?n`)
	for name, value := range map[string]any{
		"title": `Natuur" } ; DROP ALL #`, // a value stays a value
		"not":   rdf.MustIRI("http://example.org/1"),
		"n":     10,
	} {
		var err error
		if q, err = q.Bind(name, value); err != nil {
			fmt.Println(err)
		}
	}
	fmt.Println(q)
	// Output:
	// SELECT ?doc WHERE { ?doc dct:title "Natuur\" } ; DROP ALL #" . FILTER(?doc != <http://example.org/1>) } LIMIT 10
}

// A list goes where the query has a VALUES block for the variable. What the
// block holds already serves as a default.
func ExampleQuery_Bind_list() {
	q := sparql.MustParse(`SELECT ?doc ?theme WHERE { VALUES ?theme { <http://example.org/try> } ?doc dct:subject ?theme }`)
	q, err := q.Bind("theme", []rdf.IRI{rdf.MustIRI("http://example.org/a"), rdf.MustIRI("http://example.org/b")})
	fmt.Println(q, err)
	// Output:
	// SELECT ?doc ?theme WHERE { VALUES ?theme { <http://example.org/a> <http://example.org/b> } ?doc dct:subject ?theme } <nil>
}

func ExampleQuery_Bind_refused() {
	q := sparql.MustParse(`SELECT ?doc ?theme WHERE { ?doc dct:subject ?theme }`)
	_, err := q.Bind("theme", rdf.MustIRI("http://example.org/a"))
	fmt.Println(err)
	// Output:
	// sparql: query: bind ?theme: line 1, column 13: it is projected by SELECT, where no value can stand: rename the parameter, or add VALUES ?theme { } to the pattern and the value goes there
}

func ExampleLoadBank() {
	bank, err := sparql.LoadBank(strings.NewReader(`
# tag: titles
SELECT ?title WHERE {
  ?doc dct:title ?title  # of all documents
}

# tag: count
SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }
`))
	if err != nil {
		fmt.Println(err)
		return
	}
	q, err := bank.Query("titles")
	fmt.Println(bank.Names(), q.Name(), q.Vars(), err)
	// Output:
	// [count titles] titles [title] <nil>
}

func ExampleFor() {
	type Theme struct {
		_     struct{} `rdf:"@type,skos:Concept"`
		URI   rdf.IRI  `rdf:"@id"`
		Label string   `rdf:"skos:prefLabel,required,lang=nl"`
		Note  string   `rdf:"skos:note"`
	}
	q, err := sparql.For[Theme](sparql.ForModifiers("ORDER BY ?label LIMIT 10"))
	fmt.Println(q, err)
	// Output:
	// SELECT ?id ?label ?note
	// WHERE {
	//   ?id <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://www.w3.org/2004/02/skos/core#Concept> .
	//   ?id <http://www.w3.org/2004/02/skos/core#prefLabel> ?label . FILTER(LANG(?label) = "" || LANGMATCHES(LANG(?label), "nl"))
	//   OPTIONAL { ?id <http://www.w3.org/2004/02/skos/core#note> ?note . }
	// }
	// ORDER BY ?label LIMIT 10 <nil>
}

const (
	noThemes  = `{"head":{"vars":["id"]},"results":{"bindings":[]}}`
	zero      = `{"head":{"vars":["count"]},"results":{"bindings":[{"count":{"type":"literal","value":"0"}}]}}`
	one       = `{"head":{"vars":["count"]},"results":{"bindings":[{"count":{"type":"literal","value":"1"}}]}}`
	aTheme    = `{"head":{"vars":["id"]},"results":{"bindings":[{"id":{"type":"uri","value":"http://example.org/t1"}}]}}`
	oneCount  = `{"head":{"vars":["id","count"]},"results":{"bindings":[{"id":{"type":"uri","value":"http://example.org/t1"},"count":{"type":"literal","value":"2"}}]}}`
	twoLabels = `{"head":{"vars":["id","property","other"]},"results":{"bindings":[
  {"id":{"type":"uri","value":"http://example.org/t1"},"property":{"type":"uri","value":"http://www.w3.org/2004/02/skos/core#prefLabel"},"other":{"type":"literal","xml:lang":"nl","value":"Natuur"}},
  {"id":{"type":"uri","value":"http://example.org/t1"},"property":{"type":"uri","value":"http://www.w3.org/2004/02/skos/core#altLabel"},"other":{"type":"literal","value":"Bos"}}]}}`
)

// themes is a stand-in that holds one theme.
func themes() *httptest.Server {
	return standIn([2]string{"!isIRI", zero}, [2]string{`COUNT(DISTINCT& > "http://example.org/t1"`, zero}, [2]string{`> "http://example.org/t1"`, noThemes},
		[2]string{"COUNT(DISTINCT", one},
		[2]string{"ORDER BY", aTheme}, [2]string{"GROUP BY", oneCount}, [2]string{"VALUES", twoLabels})
}

func ExampleLoad() {
	server := themes()
	defer server.Close()
	client := sparql.NewClient(server.URL)
	defer client.Close()

	type Theme struct {
		_     struct{} `rdf:"@type,skos:Concept"`
		URI   rdf.IRI  `rdf:"@id"`
		Label string   `rdf:"skos:prefLabel,required,lang=nl"`
		Names []string `rdf:"skos:altLabel"`
	}
	for theme, err := range sparql.Load[Theme](context.Background(), client) {
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(theme.URI, theme.Label, theme.Names)
	}
	// Output:
	// http://example.org/t1 Natuur [Bos]
}

func ExampleKeyset() {
	server := themes()
	defer server.Close()
	client := sparql.NewClient(server.URL)
	defer client.Close()

	themes := sparql.Keyset{
		Client:   client,
		Subjects: sparql.Text(`PREFIX skos: <http://www.w3.org/2004/02/skos/core#> SELECT ?id WHERE { ?id a skos:Concept }`),
		PageSize: 200,
	}
	for page, err := range themes.Pages(context.Background()) {
		if err != nil {
			fmt.Println(err) // go on later, with themes.After = the last page.Last
			return
		}
		fmt.Println(page.Done, "of", page.Total, "up to", page.Last, "with", len(page.Triples), "triples")
	}
	// Output:
	// 1 of 1 up to http://example.org/t1 with 2 triples
}
