package sparql

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/themis-go/themis/rdf"
)

const decisions = `{"head":{"vars":["item","title","date","position","minister"]},"results":{"bindings":[
 {"item":{"type":"uri","value":"http://example.org/item/1"},
  "title":{"type":"literal","xml:lang":"nl","value":"Eerste"},
  "date":{"type":"typed-literal","datatype":"http://www.w3.org/2001/XMLSchema#dateTime","value":"2019-10-11T10:00:00+02:00"},
  "position":{"type":"typed-literal","datatype":"http://www.w3.org/2001/XMLSchema#integer","value":"3"},
  "minister":{"type":"literal","value":"A"}},
 {"item":{"type":"uri","value":"http://example.org/item/2"}}]}}`

func TestScanStruct(t *testing.T) {
	type item struct {
		Item     rdf.IRI
		Name     string    `sparql:"title"`
		Date     time.Time `rdf:"dct:issued"`
		Order    *int      `rdf:"schema:position,required"`
		Minister *string
		Note     string `sparql:"-"`
		private  int
		Rest     rdf.Properties `rdf:"*"`
	}
	items, err := CollectRows[item](document(t, decisions))
	require.NoError(t, err)
	require.Len(t, items, 2)
	first := items[0]
	assert.Equal(t, "http://example.org/item/1", first.Item.String())
	assert.Equal(t, "Eerste", first.Name)
	assert.True(t, first.Date.Equal(time.Date(2019, 10, 11, 8, 0, 0, 0, time.UTC)))
	assert.Equal(t, 3, *first.Order)
	assert.Equal(t, "A", *first.Minister)
	assert.Zero(t, first.private)
	assert.Equal(t, item{Item: rdf.MustIRI("http://example.org/item/2")}, items[1], "unbound gives zero")
}

func TestScanEmbedded(t *testing.T) {
	type base struct {
		Item  rdf.Term
		Title string
	}
	type item struct {
		base
		Date     rdf.Term
		Position int
		Minister string
	}
	items, err := CollectRows[item](document(t, decisions))
	require.NoError(t, err)
	assert.Equal(t, "Eerste", items[0].Title)
}

func TestScanStrictAndLax(t *testing.T) {
	type few struct{ Item rdf.IRI }
	_, err := CollectRows[few](document(t, decisions))
	assert.ErrorContains(t, err, `?title: sparql.few has no field for it; add one tagged `+"`sparql:\"title\"`")
	got, err := CollectRows[few](document(t, decisions, Lax()))
	require.NoError(t, err)
	assert.Len(t, got, 2)

	type more struct {
		Item, Title, Date, Position, Minister, Subject string
	}
	_, err = CollectRows[more](document(t, decisions))
	assert.ErrorContains(t, err, "field Subject: the rows of variables")
	_, err = CollectRows[more](document(t, decisions, Lax()))
	require.NoError(t, err)
}

func TestScanErrorNames(t *testing.T) {
	type item struct {
		Item     rdf.IRI
		Title    int
		Date     rdf.Term
		Position rdf.Term
		Minister rdf.Term
	}
	_, err := CollectRows[item](document(t, decisions))
	var scan *ScanError
	require.ErrorAs(t, err, &scan)
	assert.Equal(t, ScanError{Row: 1, Variable: "title", Value: scan.Value, Field: "Title", Err: scan.Err}, *scan)
	assert.Regexp(t, `^sparql: row 1, \?title = "Eerste"@nl, field Title: `, err.Error())
}

func TestScanScalars(t *testing.T) {
	doc := `{"head":{"vars":["x"]},"results":{"bindings":[{"x":{"type":"literal","value":"2024-02-29","datatype":"http://www.w3.org/2001/XMLSchema#date"}},{}]}}`
	texts, err := CollectRows[string](document(t, doc))
	require.NoError(t, err)
	assert.Equal(t, []string{"2024-02-29", ""}, texts)
	times, err := CollectRows[time.Time](document(t, doc))
	require.NoError(t, err)
	assert.Equal(t, 2024, times[0].Year())
	pointers, err := CollectRows[*string](document(t, doc))
	require.NoError(t, err)
	assert.Equal(t, "2024-02-29", *pointers[0])
	assert.Nil(t, pointers[1])
	terms, err := CollectRows[rdf.Term](document(t, doc))
	require.NoError(t, err)
	assert.Equal(t, []rdf.Term{rdf.NewTyped("2024-02-29", rdf.XSDDate), nil}, terms)
	lists, err := CollectRows[[]rdf.Term](document(t, doc))
	require.NoError(t, err)
	assert.Equal(t, terms[0], lists[0][0], "each row has a slice of its own")
	literals, err := CollectRows[rdf.Literal](document(t, doc))
	require.NoError(t, err)
	assert.Equal(t, terms[0], rdf.Term(literals[0]))

	_, err = CollectRows[string](document(t, decisions))
	assert.ErrorContains(t, err, "string takes one variable")
}

func TestScanTriples(t *testing.T) {
	doc := `{"head":{"vars":["p","s","o"]},"results":{"bindings":[
		{"s":{"type":"uri","value":"a:s"},"p":{"type":"uri","value":"a:p"},"o":{"type":"literal","value":"o"}},
		{"s":{"type":"literal","value":"s"},"p":{"type":"uri","value":"a:p"},"o":{"type":"literal","value":"o"}}]}}`
	triples, err := CollectRows[rdf.Triple](document(t, doc))
	assert.Equal(t, []rdf.Triple{{Subj: rdf.MustIRI("a:s"), Pred: rdf.MustIRI("a:p"), Obj: rdf.NewString("o")}}, triples)
	assert.ErrorContains(t, err, "row 2, ?s")
	assert.ErrorContains(t, err, "cannot stand there")
	_, err = CollectRows[rdf.Triple](document(t, threeRows))
	assert.ErrorContains(t, err, "field Pred")
}

func TestScanOptions(t *testing.T) {
	doc := `{"head":{"vars":["x"]},"results":{"bindings":[{"x":{"type":"literal","value":"2024-02-29","datatype":"http://www.w3.org/2001/XMLSchema#date"}}]}}`
	zone := time.FixedZone("CET", 3600)
	times, err := CollectRows[time.Time](document(t, doc, MapOptions(rdf.InZone(zone))))
	require.NoError(t, err)
	assert.True(t, times[0].Equal(time.Date(2024, 2, 29, 0, 0, 0, 0, zone)))
}

// TestScanOfFor reads a row whose query names the resource for a type that
// does not.
func TestScanOfFor(t *testing.T) {
	type theme struct {
		Label string `rdf:"skos:prefLabel"`
	}
	doc := `{"head":{"vars":["id","label"]},"results":{"bindings":[{"id":{"type":"uri","value":"a:b"},"label":{"type":"literal","value":"x"}}]}}`
	themes, err := CollectRows[theme](document(t, doc))
	require.NoError(t, err)
	assert.Equal(t, []theme{{"x"}}, themes)
}

func TestLocalName(t *testing.T) {
	for in, want := range map[string]string{
		"dct:title": "title", "@id": "id", "^prov:hadMember": "hadMember", "<http://example.org/ns#date>": "date",
		"besluit:Agendapunt.type": "type", "": "", "<http://example.org/a/b>": "b",
	} {
		assert.Equal(t, want, localName(in), in)
	}
}
