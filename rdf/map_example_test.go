package rdf_test

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/themis-go/themis/rdf"
)

// NewsItem is a decision as it is communicated.
type NewsItem struct {
	_         struct{}       `rdf:"@type,dossier:Stuk"`
	URI       rdf.IRI        `rdf:"@id"`
	Title     string         `rdf:"dct:title,required"`
	Issued    time.Time      `rdf:"dct:issued"`
	Position  int            `rdf:"schema:position"`
	Themes    []rdf.IRI      `rdf:"dct:subject"`
	Mandatees []*Mandatee    `rdf:"prov:qualifiedAssociation"`
	Rest      rdf.Properties `rdf:"*"`
}

// Mandatee is a minister in one portfolio.
type Mandatee struct {
	_      struct{} `rdf:"@type,mandaat:Mandataris"`
	URI    rdf.IRI  `rdf:"@id"`
	Title  string   `rdf:"dct:title"`
	Rank   int      `rdf:"mandaat:rangorde"`
	Member rdf.IRI  `rdf:"^prov:hadMember"` // the government
}

const news = `
@prefix dct: <http://purl.org/dc/terms/> .
@prefix dossier: <https://data.vlaanderen.be/ns/dossier#> .
@prefix mandaat: <http://data.vlaanderen.be/ns/mandaat#> .
@prefix mu: <http://mu.semte.ch/vocabularies/core/> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix schema: <http://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@base <http://example.org/> .

<news/1> a dossier:Stuk ;
	mu:uuid "1" ;
	dct:title "Opleiding van leraren" ;
	dct:issued "2023-06-09T14:30:00.000+02:00"^^xsd:dateTime ;
	schema:position "0012" ;
	dct:subject <theme/onderwijs>, <theme/jeugd> ;
	prov:qualifiedAssociation <mandatee/1> .

<mandatee/1> a mandaat:Mandataris ;
	dct:title "Vlaams minister van Onderwijs" ;
	mandaat:rangorde 2 .

<government/1> prov:hadMember <mandatee/1> .

<theme/onderwijs> skos:prefLabel "Onderwijs", "Enseignement"@fr .
`

func newsGraph() *rdf.Graph {
	g, err := rdf.ReadGraph(strings.NewReader(news), rdf.Turtle)
	if err != nil {
		panic(err)
	}
	return g
}

func ExampleDecode() {
	item, err := rdf.Decode[NewsItem](newsGraph(), rdf.MustIRI("http://example.org/news/1"))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(item.Title, item.Issued, item.Position)
	fmt.Println(item.Themes)
	fmt.Println(item.Mandatees[0].Title, item.Mandatees[0].Member)
	for property, value := range item.Rest.All() {
		fmt.Println("not mapped:", property, value)
	}
	// Output:
	// Opleiding van leraren 2023-06-09 12:30:00 +0000 UTC 12
	// [http://example.org/theme/onderwijs http://example.org/theme/jeugd]
	// Vlaams minister van Onderwijs http://example.org/government/1
	// not mapped: http://mu.semte.ch/vocabularies/core/uuid 1
}

func ExampleDecodeAll() {
	for item, err := range rdf.DecodeAll[NewsItem](newsGraph()) {
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(item.URI, item.Title)
	}
	// Output:
	// http://example.org/news/1 Opleiding van leraren
}

// A field that cannot hold what the graph says is an error that names the
// resource, the property, the value and the field.
func ExampleUnmarshal_error() {
	var item struct {
		Position bool `rdf:"schema:position"`
	}
	err := rdf.Unmarshal(newsGraph(), rdf.MustIRI("http://example.org/news/1"), &item)
	var mapping *rdf.MappingError
	if errors.As(err, &mapping) {
		fmt.Println(mapping.Subject)
		fmt.Println(mapping.Predicate)
		fmt.Println(mapping.Value)
		fmt.Println(errors.Is(err, rdf.ErrValue))
	}
	// Output:
	// http://example.org/news/1
	// http://schema.org/position
	// 0012
	// true
}

func ExampleReport() {
	var theme struct {
		Label string `rdf:"skos:prefLabel,lang=nl"`
	}
	report := rdf.Report(func(e *rdf.MappingError) { fmt.Println(e.Value, "-", e.Err) })
	if err := rdf.Unmarshal(newsGraph(), rdf.MustIRI("http://example.org/theme/onderwijs"), &theme, report); err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(theme.Label)
	// Output:
	// Enseignement - value is in another language
	// Onderwijs
}

func ExampleMarshal() {
	g, err := rdf.Marshal(&NewsItem{
		URI:      rdf.MustIRI("http://example.org/news/2"),
		Title:    "Onderhoud van bruggen",
		Issued:   time.Date(2023, 6, 16, 9, 0, 0, 0, time.UTC),
		Position: 3,
		Mandatees: []*Mandatee{
			{URI: rdf.MustIRI("http://example.org/mandatee/1")}, // only a reference
		},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	if err := rdf.WriteGraph(os.Stdout, rdf.NTriples, g); err != nil {
		fmt.Println(err)
	}
	// Output:
	// <http://example.org/news/2> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://data.vlaanderen.be/ns/dossier#Stuk> .
	// <http://example.org/news/2> <http://purl.org/dc/terms/title> "Onderhoud van bruggen" .
	// <http://example.org/news/2> <http://purl.org/dc/terms/issued> "2023-06-16T09:00:00Z"^^<http://www.w3.org/2001/XMLSchema#dateTime> .
	// <http://example.org/news/2> <http://schema.org/position> "3"^^<http://www.w3.org/2001/XMLSchema#integer> .
	// <http://example.org/news/2> <http://www.w3.org/ns/prov#qualifiedAssociation> <http://example.org/mandatee/1> .
}

func ExampleDescribe() {
	shape, err := rdf.Describe[Mandatee]()
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("class", shape.Class)
	for _, f := range shape.Fields {
		fmt.Println(f.Name, f.Predicate, "inverse:", f.Inverse, "optional:", f.Optional)
	}
	// Output:
	// class http://data.vlaanderen.be/ns/mandaat#Mandataris
	// Title http://purl.org/dc/terms/title inverse: false optional: true
	// Rank http://data.vlaanderen.be/ns/mandaat#rangorde inverse: false optional: true
	// Member http://www.w3.org/ns/prov#hadMember inverse: true optional: true
}

func ExampleAssign() {
	var size int64
	fmt.Println(rdf.Assign(&size, rdf.NewString("0042")), size)
	var small int8
	fmt.Println(rdf.Assign(&small, rdf.NewInteger(300)))
	// Output:
	// <nil> 42
	// rdf: "300"^^<http://www.w3.org/2001/XMLSchema#integer>: the number does not fit int8
}

// Point adds a datatype: it reads and writes itself.
type Point struct{ Lat, Long float64 }

// UnmarshalRDF reads the form "lat,long".
func (p *Point) UnmarshalRDF(t rdf.Term) error {
	if n, err := fmt.Sscanf(t.String(), "%g,%g", &p.Lat, &p.Long); n != 2 {
		return fmt.Errorf("want a point such as 50.85,4.35: %w", err)
	}
	return nil
}

// MarshalRDF writes the form "lat,long".
func (p Point) MarshalRDF() (rdf.Term, error) {
	return rdf.NewTyped(fmt.Sprintf("%g,%g", p.Lat, p.Long), rdf.MustIRI("http://example.org/point")), nil
}

func ExampleUnmarshaler() {
	type place struct {
		At Point `rdf:"schema:geo"`
	}
	g, err := rdf.Marshal(place{Point{50.85, 4.35}})
	if err != nil {
		fmt.Println(err)
		return
	}
	for t := range g.All() {
		p, err := rdf.Decode[place](g, t.Subj)
		fmt.Println(t.Obj, p.At.Lat, err)
	}
	// Output:
	// 50.85,4.35 50.85 <nil>
}

// One struct can be read from data in any vocabulary: the tags name their own
// prefixes.
func ExampleWithNamespaces() {
	type book struct {
		Title string `rdf:"bibo:shortTitle"`
	}
	bibo := rdf.WithNamespaces(rdf.Namespaces{"bibo": "http://purl.org/ontology/bibo/"})
	g, err := rdf.Marshal(book{"Themis"}, bibo)
	if err != nil {
		fmt.Println(err)
		return
	}
	for t := range g.All() {
		fmt.Println(t.Pred, t.Obj)
	}
	// Output:
	// http://purl.org/ontology/bibo/shortTitle Themis
}
