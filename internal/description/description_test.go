package description

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/themis-go/themis/rdf"
)

const document = `
@prefix ex: <http://example.org/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
ex:b ex:p "x"@NL-be , "0042"^^xsd:integer ; a ex:B , ex:A .
ex:a ex:p "2019-10-11T08:00:00.000Z"^^xsd:dateTime , "regel\neen" .
ex:b ex:q ex:a .
ex:b ex:p 42 .
`

func build(t *testing.T, turtle string) []Description {
	t.Helper()
	var b Builder
	for triple, err := range rdf.Read(strings.NewReader(turtle), rdf.Turtle) {
		require.NoError(t, err)
		b.Add(triple)
	}
	return b.Take()
}

func TestBuilder(t *testing.T) {
	got := build(t, document)
	require.Len(t, got, 2)
	assert.Equal(t, "<http://example.org/a>", got[0].Subject)
	assert.Empty(t, got[0].Classes)
	assert.Equal(t, 2, got[0].Triples)
	assert.Equal(t, "<http://example.org/p> \"2019-10-11T08:00:00Z\"^^<http://www.w3.org/2001/XMLSchema#dateTime> .\n"+
		"<http://example.org/p> \"regel\\neen\" .\n", string(got[0].Body))

	assert.Equal(t, []string{"http://example.org/A", "http://example.org/B"}, got[1].Classes)
	assert.Equal(t, 5, got[1].Triples, "0042 and 42 are one")
	assert.Equal(t, 6, got[1].Received)
	assert.Contains(t, string(got[1].Body), `"x"@nl-be`)
}

func TestBuilderIsEmptyBehindTake(t *testing.T) {
	var b Builder
	b.Add(rdf.Triple{Subj: rdf.MustIRI("urn:s"), Pred: rdf.MustIRI("urn:p"), Obj: rdf.NewString("x")})
	require.Len(t, b.Take(), 1)
	assert.Zero(t, b.Len())
	assert.Zero(t, b.Bytes())
	assert.Empty(t, b.Take())
}

func TestRoundTrip(t *testing.T) {
	for _, d := range build(t, document) {
		var b Builder
		for triple, err := range Triples(d.Subject, d.Body) {
			require.NoError(t, err)
			b.Add(triple)
		}
		again := b.Take()
		require.Len(t, again, 1)
		assert.Equal(t, d.Body, again[0].Body)
		assert.Equal(t, d.Subject, again[0].Subject)
		term, err := Term(d.Subject)
		require.NoError(t, err)
		assert.Equal(t, d.Subject, Key(term))
	}
}

func TestMergeAndDiff(t *testing.T) {
	a, b := []byte("<p> <a> .\n<p> <b> .\n"), []byte("<p> <b> .\n<q> <c> .\n")
	body, n := Merge(a, b)
	assert.Equal(t, "<p> <a> .\n<p> <b> .\n<q> <c> .\n", string(body))
	assert.Equal(t, 3, n)
	same, n := Merge(a, a)
	assert.Equal(t, a, same)
	assert.Equal(t, 2, n)

	onlyA, onlyB := Diff(a, b)
	require.Len(t, onlyA, 1)
	require.Len(t, onlyB, 1)
	assert.Equal(t, "<p> <a> .\n", string(onlyA[0]))
	assert.Equal(t, "q", Predicate(onlyB[0]))
	o, ok := ObjectIRI(onlyB[0])
	assert.True(t, ok)
	assert.Equal(t, "c", o)
	_, ok = ObjectIRI([]byte("<p> \"x\" .\n"))
	assert.False(t, ok)
}

func TestTermErrors(t *testing.T) {
	for _, key := range []string{"", "x", "<a", "<a b>"} {
		_, err := Term(key)
		assert.Error(t, err, key)
	}
}
