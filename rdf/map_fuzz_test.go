package rdf

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// anything maps properties in many ways and keeps what it does not map.
type anything struct {
	_      struct{}          `rdf:"@type,ex:Thing"`
	_      struct{}          `rdf:"@prefix,ex,http://example.org/"`
	ID     Term              `rdf:"@id"`
	Title  string            `rdf:"dct:title,lang=nl"`
	French *string           `rdf:"dct:title,lang=fr|*"`
	Label  string            `rdf:"skos:prefLabel"`
	Labels map[string]string `rdf:"skos:altLabel"`
	Number int8              `rdf:"ex:number"`
	Many   []float64         `rdf:"ex:many"`
	Flag   bool              `rdf:"ex:flag"`
	Maybe  *bool             `rdf:"ex:maybe,first"`
	Time   time.Time         `rdf:"dct:issued"`
	Date   []time.Time       `rdf:"dct:modified,type=xsd:date"`
	Wait   time.Duration     `rdf:"ex:wait"`
	Blob   []byte            `rdf:"ex:blob"`
	Link   *anything         `rdf:"ex:link"`
	Links  []*anything       `rdf:"ex:links"`
	Back   []*anything       `rdf:"^ex:links"`
	Named  string            `rdf:"ex:named,iri"`
	Exact  []Literal         `rdf:"ex:exact"`
	Temp   celsius           `rdf:"ex:temp"`
	Types  []IRI             `rdf:"a"`
	Rest   Properties        `rdf:"*"`
}

// FuzzRoundTrip reads random graphs into structs and writes them again: the
// same triples.
func FuzzRoundTrip(f *testing.F) {
	f.Add([]byte{0, 1, 2, 0, 1, 3, 1, 12, 0, 0, 14, 1}, "0")
	f.Add([]byte{0, 4, 9, 0, 4, 10, 3, 13, 3, 1, 12, 3, 3, 0, 10, 2, 19, 5}, "2020-01-01")
	f.Add([]byte{0, 0, 12, 0, 1, 12, 0, 2, 13, 0, 2, 14, 4, 7, 11, 4, 6, 9}, "x")
	f.Add([]byte{3, 16, 0}, "") // a resource that is only linked to
	f.Fuzz(roundTrip)
}

func TestRoundTripRandom(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 300 {
		data := make([]byte, 3*(1+random.IntN(120)))
		for i := range data {
			data[i] = byte(random.Uint32())
		}
		roundTrip(t, data, []string{"0", "1", "x", "2020-01-01T00:00:00.000", "-1", "", "NaN"}[random.IntN(7)])
	}
}

// roundTrip makes a graph of data, three bytes a triple, reads every resource
// of it into an anything, and compares what is written.
func roundTrip(t *testing.T, data []byte, text string) {
	var predicates []IRI
	shape, err := Describe[anything]()
	require.NoError(t, err)
	for _, field := range shape.Fields {
		predicates = append(predicates, field.Predicate)
	}
	predicates = append(predicates, ex(t, "ex:unmapped"))
	subjects := []Term{ex(t, "ex:a"), ex(t, "ex:b"), ex(t, "ex:c"), termOf(t, "_:b0"), termOf(t, "_:x")}
	objects := append(subjects,
		ex(t, "ex:Thing"), ex(t, "ex:unknown"), termOf(t, "_:y"),
		str(text), typed(t, text, "xsd:integer"), str("1"), typed(t, "01", "xsd:integer"), lang(t, text, "nl"), lang(t, text, "fr-BE"),
		lang(t, text, "NL"), typed(t, "1", "xsd:boolean"), typed(t, "true", "xsd:boolean"), typed(t, "2020-01-01", "xsd:date"),
		typed(t, "2020-01-01T00:00:00Z", "xsd:dateTime"), typed(t, "PT60S", "xsd:duration"), typed(t, "PT1M", "xsd:dayTimeDuration"),
		typed(t, "YQ==", "xsd:base64Binary"), typed(t, "61", "xsd:hexBinary"), typed(t, "1.0E0", "xsd:double"), typed(t, text, "xsd:double"),
		str("0"), typed(t, "false", "xsd:boolean"), typed(t, "0", "xsd:integer"), str(""), str("1°C"), typed(t, text, "ex:celsius"),
		typed(t, "1°C", "ex:celsius"), typed(t, text, "xsd:dateTime"),
	)
	g := new(Graph)
	for ; len(data) >= 3; data = data[3:] {
		g.Add(Triple{
			Subj: subjects[int(data[0])%len(subjects)].(Subject),
			Pred: predicates[int(data[1])%len(predicates)],
			Obj:  objects[int(data[2])%len(objects)].(Object),
		})
	}
	var all []*anything
	for subject := range g.Subjects(nil, nil) {
		v, err := Decode[*anything](g, subject, Lax())
		require.NoError(t, err)
		all = append(all, v)
	}
	back, err := Marshal(all)
	require.NoError(t, err)
	was, is := lines(g), lines(back)
	require.Empty(t, without(was, is), "lost")
	require.Empty(t, without(is, was), "added")
}

func without(all, some []string) []string {
	return slices.DeleteFunc(slices.Clone(all), func(s string) bool { _, found := slices.BinarySearch(some, s); return found })
}
