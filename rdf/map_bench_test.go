package rdf

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

type benchItem struct {
	URI         IRI       `rdf:"@id"`
	UUID        string    `rdf:"mu:uuid"`
	Title       string    `rdf:"dct:title"`
	Subtitle    string    `rdf:"dct:alternative"`
	HTML        string    `rdf:"nie:htmlContent"`
	Text        string    `rdf:"prov:value"`
	Issued      time.Time `rdf:"dct:issued"`
	Position    int       `rdf:"schema:position"`
	Themes      []IRI     `rdf:"dct:subject"`
	DerivedFrom IRI       `rdf:"prov:wasDerivedFrom"`
	Public      bool      `rdf:"schema:isAccessibleForFree"`
}

type benchItemRest struct {
	benchFields
	Rest Properties `rdf:"*"`
}

type benchFields = benchItem

// benchGraph holds n resources of ten properties each.
func benchGraph(tb testing.TB, n int) (*Graph, []IRI) {
	g, ns := NewGraph(), DefaultNamespaces()
	subjects := make([]IRI, n)
	for i := range n {
		s := MustIRI(fmt.Sprintf("http://themis.vlaanderen.be/id/nieuwsbericht/%06d", i))
		subjects[i] = s
		add := func(name string, o Object) {
			p, err := ns.Expand(name)
			require.NoError(tb, err)
			g.Add(Triple{Subj: s, Pred: p, Obj: o})
		}
		add("mu:uuid", NewString(fmt.Sprintf("%06d", i)))
		add("dct:title", NewString("Besluit over de opleiding van leraren"))
		add("dct:alternative", NewString("Definitieve goedkeuring na advies van de Raad van State"))
		add("nie:htmlContent", NewString("<p>De Vlaamse Regering keurt het besluit definitief goed.</p>"))
		add("prov:value", NewString("De Vlaamse Regering keurt het besluit definitief goed."))
		add("dct:issued", NewTyped("2023-06-09T12:30:00.000Z", XSDDateTime))
		add("schema:position", NewTyped("12", XSDInteger))
		add("dct:subject", MustIRI("http://themis.vlaanderen.be/id/concept/thema/1"))
		add("prov:wasDerivedFrom", MustIRI(fmt.Sprintf("http://themis.vlaanderen.be/id/agendapunt/%06d", i)))
		add("schema:isAccessibleForFree", NewTyped("true", XSDBoolean))
	}
	return g, subjects
}

func BenchmarkUnmarshal10(b *testing.B) {
	g, subjects := benchGraph(b, 1000)
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		var item benchItem
		if err := Unmarshal(g, subjects[i%len(subjects)], &item); err != nil {
			b.Fatal(err)
		}
		i++
	}
}

func BenchmarkDecode10(b *testing.B) {
	g, subjects := benchGraph(b, 1000)
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		if _, err := Decode[benchItem](g, subjects[i%len(subjects)]); err != nil {
			b.Fatal(err)
		}
		i++
	}
}

func BenchmarkDecode10Rest(b *testing.B) {
	g, subjects := benchGraph(b, 1000)
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		if _, err := Decode[benchItemRest](g, subjects[i%len(subjects)]); err != nil {
			b.Fatal(err)
		}
		i++
	}
}

func BenchmarkMarshal10(b *testing.B) {
	g, subjects := benchGraph(b, 1)
	item, err := Decode[benchItem](g, subjects[0])
	require.NoError(b, err)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Marshal(item); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkAssign(b *testing.B) {
	var (
		s  string
		n  int
		at time.Time
		id IRI
	)
	title, position := Term(NewString("Besluit")), Term(NewInteger(12))
	issued, theme := Term(NewTyped("2023-06-09T12:30:00.000Z", XSDDateTime)), Term(MustIRI("http://example.org/1"))
	b.ReportAllocs()
	for b.Loop() { // four conversions
		if Assign(&s, title) != nil || Assign(&n, position) != nil || Assign(&at, issued) != nil || Assign(&id, theme) != nil {
			b.Fatal("conversion failed")
		}
	}
}
