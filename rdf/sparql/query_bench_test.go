package sparql

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/themis-go/themis/rdf"
)

const benchQuery = `PREFIX besluit: <http://data.vlaanderen.be/ns/besluit#>
PREFIX dct: <http://purl.org/dc/terms/>
PREFIX dossier: <https://data.vlaanderen.be/ns/dossier#>
SELECT DISTINCT ?item ?title ?date WHERE {
  ?item a dossier:Stuk ; dct:title ?title ; dct:subject ?theme . # with its theme
  ?agendaItem dct:hasPart|^dct:isPartOf ?item .
  ?meeting besluit:geplandeStart ?date .
  OPTIONAL { ?item dct:alternative ?alternative }
  FILTER(?date >= ?since && ?date < ?until && LANGMATCHES(LANG(?title), "nl"))
} ORDER BY ?date LIMIT ?most`

func BenchmarkParse(b *testing.B) {
	b.SetBytes(int64(len(benchQuery)))
	b.ReportAllocs()
	for b.Loop() {
		_, err := Parse(benchQuery)
		require.NoError(b, err)
	}
}

func BenchmarkBind(b *testing.B) {
	q := MustParse(benchQuery)
	theme := rdf.MustIRI("http://themis.vlaanderen.be/id/concept/thema/natuur")
	b.ReportAllocs()
	for b.Loop() {
		bound := q
		for _, v := range []struct {
			name  string
			value any
		}{{"theme", theme}, {"since", "2024-01-01"}, {"until", "2025-01-01"}, {"most", 100}} {
			var err error
			if bound, err = bound.Bind(v.name, v.value); err != nil {
				b.Fatal(err)
			}
		}
		if len(bound.String()) < len(benchQuery) {
			b.Fatal("nothing was bound")
		}
	}
}

func BenchmarkBindValues(b *testing.B) {
	q := MustParse("SELECT ?s ?p ?o WHERE { VALUES ?s { } ?s ?p ?o }")
	iris := make([]rdf.IRI, MaxValues)
	for i := range iris {
		iris[i] = rdf.MustIRI(fmt.Sprintf("http://themis.vlaanderen.be/id/nieuwsbericht/63C5710517E4B551F4BD%04d", i))
	}
	b.ReportAllocs()
	for b.Loop() {
		bound, err := q.Bind("s", iris)
		if err != nil || len(bound.String()) < 50*MaxValues {
			b.Fatal(err)
		}
	}
}
