package rdf

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// ex expands the prefixed names of the tests; ex: is http://example.org/.
func ex(t testing.TB, name string) IRI {
	t.Helper()
	ns := DefaultNamespaces()
	ns["ex"] = "http://example.org/"
	iri, err := ns.Expand(name)
	require.NoError(t, err)
	return iri
}

// graphOf makes a graph of triples in a row: subject, property, value, …. Names
// without blanks and with a colon are expanded, "_:x" are blank nodes, other
// strings are plain literals, "x"@nl and "x"^^xsd:int are written as in Turtle.
func graphOf(t testing.TB, terms ...any) *Graph {
	t.Helper()
	require.Zero(t, len(terms)%3, "three terms a triple")
	g := NewGraph()
	for i := 0; i < len(terms); i += 3 {
		g.Add(Triple{
			Subj: termOf(t, terms[i]).(Subject), Pred: termOf(t, terms[i+1]).(Predicate), Obj: termOf(t, terms[i+2]).(Object),
		})
	}
	return g
}

func termOf(t testing.TB, v any) Term {
	t.Helper()
	switch v := v.(type) {
	case Term:
		return v
	case string:
		if len(v) > 2 && v[:2] == "_:" {
			b, err := NewBlank(v[2:])
			require.NoError(t, err)
			return b
		}
		return ex(t, v)
	}
	t.Fatalf("%T is no term", v)
	return nil
}

func str(s string) Literal { return NewString(s) }

func lang(t testing.TB, s, tag string) Literal {
	t.Helper()
	l, err := NewLang(s, tag)
	require.NoError(t, err)
	return l
}

func typed(t testing.TB, s, datatype string) Literal {
	t.Helper()
	return NewTyped(s, ex(t, datatype))
}

type government struct {
	_       struct{}    `rdf:"@type,besluit:Bestuursorgaan"`
	URI     IRI         `rdf:"@id"`
	Label   string      `rdf:"skos:prefLabel,lang=nl"`
	Members []*mandatee `rdf:"prov:hadMember"`
}

type mandatee struct {
	_          struct{}    `rdf:"@type,mandaat:Mandataris"`
	URI        IRI         `rdf:"@id"`
	Title      string      `rdf:"dct:title,required"`
	Rank       int         `rdf:"mandaat:rangorde"`
	Start      *time.Time  `rdf:"mandaat:start"`
	End        *time.Time  `rdf:"mandaat:einde"`
	Government *government `rdf:"^prov:hadMember"`
}

type newsItem struct {
	_         struct{}    `rdf:"@type,dossier:Stuk"`
	_         struct{}    `rdf:"dct:type,value=<http://example.org/type/news>"`
	URI       IRI         `rdf:"@id"`
	Title     string      `rdf:"dct:title,required"`
	Subtitle  string      `rdf:"dct:alternative"`
	Issued    time.Time   `rdf:"dct:issued"`
	Positions []int       `rdf:"schema:position"`
	Themes    []IRI       `rdf:"dct:subject"`
	Mandatees []*mandatee `rdf:"prov:qualifiedAssociation"`
	Rest      Properties  `rdf:"*"`
}

func newsGraph(t testing.TB) *Graph {
	return graphOf(t,
		"ex:item/1", "rdf:type", "dossier:Stuk",
		"ex:item/1", "dct:type", "ex:type/news",
		"ex:item/1", "dct:title", str("Opleiding van leraren"),
		"ex:item/1", "dct:issued", typed(t, "2023-06-09T14:30:00.000+02:00", "xsd:dateTime"),
		"ex:item/1", "schema:position", typed(t, "0012", "xsd:integer"),
		"ex:item/1", "schema:position", str("3"),
		"ex:item/1", "dct:subject", "ex:theme/2",
		"ex:item/1", "dct:subject", "ex:theme/1",
		"ex:item/1", "prov:qualifiedAssociation", "ex:mandatee/1",
		"ex:item/1", "mu:uuid", str("42"),
		"ex:mandatee/1", "rdf:type", "mandaat:Mandataris",
		"ex:mandatee/1", "dct:title", str("Vlaams minister van Onderwijs"),
		"ex:mandatee/1", "mandaat:rangorde", typed(t, "2", "xsd:integer"),
		"ex:mandatee/1", "mandaat:start", typed(t, "2019-10-02", "xsd:date"),
		"ex:government/1", "prov:hadMember", "ex:mandatee/1",
		"ex:government/1", "prov:hadMember", "ex:mandatee/2",
		"ex:government/1", "rdf:type", "besluit:Bestuursorgaan",
		"ex:government/1", "skos:prefLabel", str("Regering"),
		"ex:government/1", "skos:prefLabel", lang(t, "Vlaamse Regering", "NL"),
		"ex:doc/1", "rdf:type", "dossier:Stuk",
		"ex:doc/1", "dct:title", str("Bijlage"),
	)
}

func TestUnmarshalNewsItem(t *testing.T) {
	g := newsGraph(t)
	var item newsItem
	item.Subtitle = "of an earlier use"
	require.NoError(t, Unmarshal(g, ex(t, "ex:item/1"), &item))
	assert.Equal(t, ex(t, "ex:item/1"), item.URI)
	assert.Equal(t, "Opleiding van leraren", item.Title)
	assert.Empty(t, item.Subtitle)
	assert.Equal(t, time.Date(2023, 6, 9, 12, 30, 0, 0, time.UTC), item.Issued)
	assert.Equal(t, []int{12, 3}, item.Positions, "in the order of the graph")
	assert.Equal(t, []IRI{ex(t, "ex:theme/2"), ex(t, "ex:theme/1")}, item.Themes)
	assert.Equal(t, 1, item.Rest.Len())
	assert.Equal(t, str("42"), item.Rest.Get(ex(t, "mu:uuid")))
	require.Len(t, item.Mandatees, 1)
	m := item.Mandatees[0]
	assert.Equal(t, "Vlaams minister van Onderwijs", m.Title)
	assert.Equal(t, time.Date(2019, 10, 2, 0, 0, 0, 0, time.UTC), *m.Start)
	assert.Nil(t, m.End)
	require.NotNil(t, m.Government)
	assert.Equal(t, "Vlaamse Regering", m.Government.Label)
	require.Len(t, m.Government.Members, 2)
	assert.Same(t, m, m.Government.Members[0], "the same resource is the same pointer")
	assert.Equal(t, &mandatee{URI: ex(t, "ex:mandatee/2"), Government: m.Government}, m.Government.Members[1],
		"of a resource that the graph holds nothing about only what points to it is known")
}

func TestDecodeAllNewsItems(t *testing.T) {
	var got []string
	for item, err := range DecodeAll[newsItem](newsGraph(t)) {
		require.NoError(t, err)
		got = append(got, item.URI.String())
	}
	assert.Equal(t, []string{"http://example.org/item/1"}, got, "the document has the class, not the type")
}
