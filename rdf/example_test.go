package rdf_test

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/themis-go/themis/rdf"
)

const themes = `@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix thema: <http://themis.vlaanderen.be/id/concept/thema/> .

thema:1 a skos:Concept ; skos:prefLabel "Brussel"@nl .
thema:2 a skos:Concept ; skos:prefLabel "Inburgering"@nl .
`

func ExampleRead() {
	label := rdf.MustIRI("http://www.w3.org/2004/02/skos/core#prefLabel")
	for t, err := range rdf.Read(strings.NewReader(themes), rdf.Turtle) {
		if err != nil {
			fmt.Println(err)
			return
		}
		if t.Pred == label {
			fmt.Println(t.Subj, t.Obj)
		}
	}
	// Output:
	// http://themis.vlaanderen.be/id/concept/thema/1 Brussel
	// http://themis.vlaanderen.be/id/concept/thema/2 Inburgering
}

func ExampleReadGraph() {
	g, err := rdf.ReadGraph(strings.NewReader(themes), rdf.Turtle)
	if err != nil {
		fmt.Println(err)
		return
	}
	ns := rdf.DefaultNamespaces()
	concept, _ := ns.Expand("skos:Concept")
	label, _ := ns.Expand("skos:prefLabel")
	for theme := range g.Subjects(rdf.RDFType, concept) {
		fmt.Println(g.Object(theme, label))
	}
	// Output:
	// Brussel
	// Inburgering
}

func ExampleSyntaxError() {
	_, err := rdf.ReadGraph(strings.NewReader("<http://e/s> <http://e/p> oops ."), rdf.Turtle)
	var syntax *rdf.SyntaxError
	if errors.As(err, &syntax) {
		fmt.Println(syntax.Line, syntax.Column, syntax.Near)
	}
	// Output: 1 27 oops .
}

func ExampleLenient() {
	// A list as it was published, with a stray line.
	doc := `@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<http://e/1> skos:prefLabel "Brussel" .
459cbdb0-86ff-4106-879c-6aecda7d3dcc
<http://e/2> skos:prefLabel "Inburgering" .
`
	report := func(e *rdf.SyntaxError) { fmt.Printf("skipped line %d: %s\n", e.Line, e.Near) }
	for t, err := range rdf.Read(strings.NewReader(doc), rdf.Turtle, rdf.Lenient(report)) {
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(t.Obj)
	}
	// Output:
	// Brussel
	// skipped line 3: 459cbdb0-86ff-4106-879c-6aecda7d3dcc
	// Inburgering
}

func ExampleReadQuads() {
	doc := `<http://e/s> <http://e/p> "x" <http://e/graph> .`
	for q, err := range rdf.ReadQuads(strings.NewReader(doc), rdf.NQuads) {
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(q.Obj, "in", q.Ctx)
	}
	// Output: x in http://e/graph
}

func ExampleFormatByExtension() {
	f, ok := rdf.FormatByExtension("themis/2024-01-10.ttl.gz")
	fmt.Println(f, ok, f.MediaType())
	// Output: Turtle true text/turtle
}

func ExampleNewWriter() {
	w := rdf.NewWriter(os.Stdout, rdf.Turtle, rdf.Prefixes(rdf.Namespaces{"dct": "http://purl.org/dc/terms/"}))
	item := rdf.MustIRI("http://themis.vlaanderen.be/id/nieuwsbericht/1")
	for _, t := range []rdf.Triple{
		{Subj: item, Pred: rdf.MustIRI("http://purl.org/dc/terms/title"), Obj: rdf.NewString("Voorontwerp van decreet")},
		{Subj: item, Pred: rdf.MustIRI("http://purl.org/dc/terms/identifier"), Obj: rdf.NewInteger(7)},
	} {
		if err := w.Write(t); err != nil {
			fmt.Println(err)
			return
		}
	}
	if err := w.Close(); err != nil {
		fmt.Println(err)
	}
	// Output:
	// @prefix dct: <http://purl.org/dc/terms/> .
	//
	// <http://themis.vlaanderen.be/id/nieuwsbericht/1> dct:title "Voorontwerp van decreet" ;
	//     dct:identifier 7 .
}

// Conversion of a document of any size.
func ExampleWrite() {
	in := strings.NewReader("@prefix e: <http://e/> . e:s e:p 'één'@nl, 1 .")
	if err := rdf.Write(os.Stdout, rdf.NTriples, rdf.Read(in, rdf.Turtle)); err != nil {
		fmt.Println(err)
	}
	// Output:
	// <http://e/s> <http://e/p> "één"@nl .
	// <http://e/s> <http://e/p> "1"^^<http://www.w3.org/2001/XMLSchema#integer> .
}

func ExampleEqual() {
	a, _ := rdf.ReadGraph(strings.NewReader("<http://e/s> <http://e/p> _:a . _:a <http://e/q> 1 ."), rdf.Turtle)
	b, _ := rdf.ReadGraph(strings.NewReader("<http://e/s> <http://e/p> [ <http://e/q> 1 ] ."), rdf.Turtle)
	fmt.Println(rdf.Equal(a, b))
	// Output: true
}

func ExampleDiff() {
	a, _ := rdf.ReadGraph(strings.NewReader("<http://e/s> <http://e/p> 1, 2 ."), rdf.Turtle)
	b, _ := rdf.ReadGraph(strings.NewReader("<http://e/s> <http://e/p> 2, 3 ."), rdf.Turtle)
	onlyA, onlyB := rdf.Diff(a, b)
	fmt.Println(len(onlyA), onlyA[0].Obj, len(onlyB), onlyB[0].Obj)
	// Output: 1 1 1 3
}

func ExampleCanonicalGraph() {
	g, _ := rdf.ReadGraph(strings.NewReader("<http://e/s> <http://e/p> [ <http://e/q> 'x' ] ."), rdf.Turtle)
	nquads, err := rdf.CanonicalGraph(g)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("%s", nquads)
	// Output:
	// <http://e/s> <http://e/p> _:c14n0 .
	// _:c14n0 <http://e/q> "x" .
}

func ExampleNormalize() {
	for _, l := range []rdf.Literal{
		rdf.NewTyped("2024-01-10T10:00:00.000+01:00", rdf.XSDDateTime),
		rdf.NewTyped("1", rdf.XSDBoolean),
		rdf.NewTyped("0042", rdf.XSDInteger),
	} {
		fmt.Println(rdf.Normalize(l))
	}
	// Output:
	// 2024-01-10T09:00:00Z
	// true
	// 42
}

// The digest of a dump and that of what a store serves from it are equal.
func ExampleDigest() {
	digest := func(doc string) string {
		var quads []rdf.Quad
		for q, err := range rdf.ReadQuads(strings.NewReader(doc), rdf.Turtle) {
			if err != nil {
				return err.Error()
			}
			if l, ok := q.Obj.(rdf.Literal); ok {
				q.Obj = rdf.Normalize(l)
			}
			quads = append(quads, q)
		}
		slices.SortFunc(quads, func(a, b rdf.Quad) int {
			return strings.Compare(string(rdf.AppendQuad(nil, a)), string(rdf.AppendQuad(nil, b)))
		})
		d := rdf.NewDigest()
		for _, q := range quads {
			if err := d.Add(q); err != nil {
				return err.Error()
			}
		}
		return d.Sum()[:16]
	}
	dump := digest("<http://e/s> <http://e/p> true, 042 .")
	served := digest(`<http://e/s> <http://e/p> 42, "1"^^<http://www.w3.org/2001/XMLSchema#boolean> .`)
	fmt.Println(dump, dump == served)
	// Output: 2c0551ee392ce4ab true
}
