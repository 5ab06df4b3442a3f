package sparql

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/themis-go/themis/rdf"
)

// TestInternerIsBounded makes far more terms than the table has room for.
func TestInternerIsBounded(t *testing.T) {
	terms := newInterner()
	for i := range 100_000 {
		text := fmt.Appendf(nil, "http://example.org/%d", i)
		iri, err := terms.iri(text)
		require.NoError(t, err)
		require.Equal(t, string(text), iri.String())
		lit, err := terms.literal(text[len(text)-3:], text, nil)
		require.NoError(t, err)
		require.Equal(t, rdf.Term(rdf.NewTyped(string(text[len(text)-3:]), rdf.MustIRI(string(text)))), lit)
	}
	assert.Equal(t, internMost, len(terms.slots))
	assert.LessOrEqual(t, terms.used, internMost)
}

// TestInternerTellsTermsApart makes terms whose texts are the same.
func TestInternerTellsTermsApart(t *testing.T) {
	terms := newInterner()
	for range 3 {
		seen := make(map[rdf.Term]bool)
		for _, c := range []struct{ datatype, lang string }{{"", ""}, {"http://example.org/t", ""}, {"http://example.org/u", ""}, {"", "nl"}, {"", "fr"}, {"", "NL"}} {
			term, err := terms.literal([]byte("x"), []byte(c.datatype), []byte(c.lang))
			require.NoError(t, err)
			seen[term] = true
		}
		iri, err := terms.resource([]byte("x"))
		require.NoError(t, err)
		seen[iri] = true
		blank, err := terms.resource([]byte("_:x"))
		require.NoError(t, err)
		seen[blank] = true
		assert.Len(t, seen, 8)
	}
	// xsd:string and no datatype are the same term.
	plain, err := terms.literal([]byte("y"), nil, nil)
	require.NoError(t, err)
	typed, err := terms.literal([]byte("y"), []byte(xsdStringIRI), nil)
	require.NoError(t, err)
	assert.Equal(t, plain, typed)
}

func TestInternerAllocations(t *testing.T) {
	terms := newInterner()
	text := []byte("http://example.org/same")
	_, err := terms.iri(text)
	require.NoError(t, err)
	assert.Zero(t, testing.AllocsPerRun(100, func() { _, _ = terms.iri(text) }), "a term that comes again costs nothing")
}
