package sparql_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"time"

	"github.com/themis-go/themis/rdf"
	"github.com/themis-go/themis/rdf/sparql"
)

// The examples talk to a server of their own that answers as an endpoint would.
func serve(contentType, body string) *httptest.Server {
	return httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", contentType)
		io.WriteString(w, body)
	}))
}

const themeRows = `{"head":{"vars":["theme","label","items"]},"results":{"bindings":[
 {"theme":{"type":"uri","value":"http://example.org/theme/1"},"label":{"type":"literal","xml:lang":"nl","value":"Mobiliteit"},
  "items":{"type":"literal","datatype":"http://www.w3.org/2001/XMLSchema#integer","value":"12"}},
 {"theme":{"type":"uri","value":"http://example.org/theme/2"},
  "items":{"type":"literal","datatype":"http://www.w3.org/2001/XMLSchema#integer","value":"3"}}]}}`

var themeQuery = sparql.Text(`
	PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
	PREFIX dct: <http://purl.org/dc/terms/>
	SELECT ?theme ?label (COUNT(?item) AS ?items) WHERE {
		?item dct:subject ?theme ; dct:issued ?date FILTER(?date >= ?since)
		OPTIONAL { ?theme skos:prefLabel ?label }
	} GROUP BY ?theme ?label ORDER BY DESC(?items)`).Named("themes")

func ExampleSelect() {
	endpoint := serve("application/sparql-results+json", themeRows)
	defer endpoint.Close()

	type Theme struct {
		Theme rdf.IRI
		Label string // empty where the theme has none
		Items int
	}
	client := sparql.NewClient(endpoint.URL)
	defer client.Close()
	since := time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)
	for theme, err := range sparql.Select[Theme](context.Background(), client, themeQuery, sparql.Bind("since", since)) {
		if err != nil {
			log.Fatal(err)
		}
		fmt.Printf("%s %q %d\n", theme.Theme, theme.Label, theme.Items)
	}
	// Output:
	// http://example.org/theme/1 "Mobiliteit" 12
	// http://example.org/theme/2 "" 3
}

func ExampleClient_Select() {
	endpoint := serve("application/sparql-results+json", themeRows)
	defer endpoint.Close()

	client := sparql.NewClient(endpoint.URL)
	defer client.Close()
	rows, err := client.Select(context.Background(), themeQuery, sparql.Bind("since", time.Now()))
	if err != nil {
		log.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var theme rdf.IRI
		var label *string // nil where ?label is unbound
		var items int
		if err := rows.Scan(&theme, &label, &items); err != nil {
			log.Fatal(err)
		}
		fmt.Println(theme, label != nil, items)
	}
	if err := rows.Err(); err != nil { // were these all the rows?
		log.Fatal(err)
	}
	// Output:
	// http://example.org/theme/1 true 12
	// http://example.org/theme/2 false 3
}

func ExampleClient_Ask() {
	endpoint := serve("application/sparql-results+json", `{"head":{},"boolean":true}`)
	defer endpoint.Close()

	client := sparql.NewClient(endpoint.URL)
	defer client.Close()
	query := sparql.Text("ASK { ?item <http://purl.org/dc/terms/title> ?title }")
	yes, err := client.Ask(context.Background(), query, sparql.Bind("title", `A "quoted" title`))
	fmt.Println(yes, err)
	// Output: true <nil>
}

func ExampleClient_Construct() {
	endpoint := serve("application/n-triples", "<http://example.org/1> <http://purl.org/dc/terms/title> \"Eerste\"@nl .\n")
	defer endpoint.Close()

	client := sparql.NewClient(endpoint.URL)
	defer client.Close()
	query := sparql.Text("CONSTRUCT WHERE { ?item <http://purl.org/dc/terms/title> ?title }")
	for triple, err := range client.Construct(context.Background(), query) {
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(triple.Subj, triple.Obj)
	}
	// Output: http://example.org/1 Eerste
}

func ExampleClient_Describe() {
	// Some endpoints answer with rows of s, p and o. They are triples all the same.
	endpoint := serve("application/sparql-results+json", `{"head":{"vars":["s","p","o"]},"results":{"bindings":[
		{"s":{"type":"uri","value":"http://example.org/1"},"p":{"type":"uri","value":"http://purl.org/dc/terms/title"},"o":{"type":"literal","value":"Eerste"}}]}}`)
	defer endpoint.Close()

	client := sparql.NewClient(endpoint.URL)
	defer client.Close()
	for triple, err := range client.Describe(context.Background(), sparql.Text("DESCRIBE <http://example.org/1>")) {
		fmt.Println(triple.Obj, err)
	}
	// Output: Eerste <nil>
}

func ExampleClient_Update() {
	endpoint := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		fmt.Println(r.Method, r.FormValue("update"))
		w.WriteHeader(http.StatusNoContent)
	}))
	defer endpoint.Close()

	client := sparql.NewClient(endpoint.URL, sparql.BasicAuth("user", "password"))
	defer client.Close()
	update := sparql.Text("INSERT DATA { <http://example.org/1> <http://example.org/seen> ?when }")
	err := client.Update(context.Background(), update, sparql.Bind("when", true))
	fmt.Println(err)
	// Output:
	// POST INSERT DATA { <http://example.org/1> <http://example.org/seen> true }
	// <nil>
}

func ExampleGraphStore() {
	store := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		fmt.Printf("%s %s\n%s", r.Method, r.URL.Query().Get("graph"), body)
		w.WriteHeader(http.StatusCreated)
	}))
	defer store.Close()

	client := sparql.NewClient("http://127.0.0.1/sparql", sparql.GraphStoreURL(store.URL))
	defer client.Close()
	graph := rdf.NewGraph(rdf.Triple{
		Subj: rdf.MustIRI("http://example.org/1"),
		Pred: rdf.MustIRI("http://purl.org/dc/terms/title"),
		Obj:  rdf.NewString("Eerste"),
	})
	name := rdf.MustIRI("http://example.org/graph")
	fmt.Println(client.GraphStore().Put(context.Background(), name, graph.All()))
	// Output:
	// PUT http://example.org/graph
	// <http://example.org/1> <http://purl.org/dc/terms/title> "Eerste" .
	// <nil>
}

func ExampleReadResults() {
	rows, err := sparql.ReadResults(strings.NewReader("theme,items\r\nMobiliteit,12\r\n"), sparql.CSV)
	if err != nil {
		log.Fatal(err)
	}
	type Theme struct {
		Theme string
		Items int
	}
	found, err := sparql.CollectRows[Theme](rows)
	fmt.Println(found, err)
	// Output: [{Mobiliteit 12}] <nil>
}

func ExampleCollectExactlyOne() {
	endpoint := serve("application/sparql-results+json",
		`{"head":{"vars":["n"]},"results":{"bindings":[{"n":{"type":"literal","datatype":"http://www.w3.org/2001/XMLSchema#integer","value":"3101"}}]}}`)
	defer endpoint.Close()

	client := sparql.NewClient(endpoint.URL)
	defer client.Close()
	rows, err := client.Select(context.Background(), sparql.Text("SELECT (COUNT(?item) AS ?n) WHERE { ?item a <http://example.org/Item> }"))
	if err != nil {
		log.Fatal(err)
	}
	n, err := sparql.CollectExactlyOne[int](rows)
	fmt.Println(n, err)
	// Output: 3101 <nil>
}

func ExampleCollectSolutions() {
	rows, err := sparql.ReadResults(strings.NewReader(themeRows), sparql.JSON)
	if err != nil {
		log.Fatal(err)
	}
	solutions, err := sparql.CollectSolutions(rows)
	fmt.Println(len(solutions), solutions[0]["label"], solutions[1]["label"], err)
	// Output: 2 Mobiliteit <nil> <nil>
}

// A cut answer is an error that tells how much of it came.
func ExamplePartialError() {
	endpoint := serve("application/sparql-results+json", themeRows[:len(themeRows)-100])
	defer endpoint.Close()

	client := sparql.NewClient(endpoint.URL)
	defer client.Close()
	rows, err := client.Select(context.Background(), themeQuery, sparql.Bind("since", time.Now()))
	if err != nil {
		log.Fatal(err)
	}
	for rows.Next() {
	}
	var partial *sparql.PartialError
	if errors.As(rows.Err(), &partial) {
		fmt.Println(partial.Reason, "after", partial.Rows, "row")
	}
	// Output: the body broke off after 1 row
}

// What the endpoint says of a query can be told apart and acted on.
func ExampleError() {
	endpoint := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		http.Error(w, "Virtuoso 42000 Error The estimated execution time 581 (sec) exceeds the limit of 400 (sec).", 500)
	}))
	defer endpoint.Close()

	client := sparql.NewClient(endpoint.URL)
	defer client.Close()
	_, err := client.Ask(context.Background(), sparql.Text("ASK { ?a ?b ?c . ?d ?e ?f }").Named("pairs"))
	switch {
	case errors.Is(err, sparql.ErrCostLimit), errors.Is(err, sparql.ErrTimeout):
		fmt.Println("ask for less")
	case errors.Is(err, sparql.ErrUnavailable):
		fmt.Println("come back later")
	}
	var failed *sparql.Error
	if errors.As(err, &failed) {
		fmt.Println(failed.QueryName, failed.Status, failed.Code)
	}
	// Output:
	// ask for less
	// pairs 500 42000
}

// timings prints how operations went.
type timings struct{ w io.Writer }

func (t timings) TraceStart(ctx context.Context, _ sparql.TraceStart) context.Context { return ctx }

func (t timings) TraceEnd(_ context.Context, end sparql.TraceEnd) {
	fmt.Fprintf(t.w, "%s %s: status %d, %d rows, %d request\n", end.Operation, end.QueryName, end.Status, end.Rows, end.Attempts)
}

func ExampleTracer() {
	endpoint := serve("application/sparql-results+json", themeRows)
	defer endpoint.Close()

	client := sparql.NewClient(endpoint.URL, sparql.Trace(timings{os.Stdout}))
	defer client.Close()
	rows, err := client.Select(context.Background(), themeQuery, sparql.Bind("since", time.Now()))
	if err != nil {
		log.Fatal(err)
	}
	for rows.Next() {
	}
	// Output: select themes: status 200, 2 rows, 1 request
}

// A client for a public endpoint: few requests, with patience.
func ExampleNewClient() {
	client := sparql.NewClient("https://themis.vlaanderen.be/sparql",
		sparql.UserAgent("research/1.0 (mailto:me@example.org)"),
		sparql.InFlight(2),
		sparql.RatePerSecond(5),
		sparql.Timeout(2*time.Minute),
		sparql.Retry(sparql.RetryPolicy{MaxAttempts: 8, FewAttempts: 3, FirstDelay: time.Second, MaxDelay: time.Minute}),
		sparql.Defaults(sparql.RowCap(100_000)),
	)
	defer client.Close()
	fmt.Println(client.Endpoint())
	// Output: https://themis.vlaanderen.be/sparql
}

// Any public endpoint is asked in the same way. (This example needs a network
// and is compiled only.)
func Example_wikidata() {
	client := sparql.NewClient("https://query.wikidata.org/sparql", sparql.UserAgent("example/1.0 (mailto:me@example.org)"))
	defer client.Close()
	query := sparql.Text(`
		PREFIX wd: <http://www.wikidata.org/entity/>
		PREFIX wdt: <http://www.wikidata.org/prop/direct/>
		PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
		SELECT ?name ?born WHERE {
			?person wdt:P39 ?office ; rdfs:label ?name .
			OPTIONAL { ?person wdt:P569 ?born }
			FILTER(LANG(?name) = "nl")
		} LIMIT 20`).Named("ministers")
	type Minister struct {
		Name string
		Born *time.Time // nil where it is not known
	}
	office := rdf.MustIRI("http://www.wikidata.org/entity/Q18342541")
	for minister, err := range sparql.Select[Minister](context.Background(), client, query, sparql.Bind("office", office)) {
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(minister.Name, minister.Born)
	}
}
