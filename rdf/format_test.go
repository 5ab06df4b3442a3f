package rdf

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestFormatLookUps(t *testing.T) {
	for _, tc := range []struct {
		find func(string) (Format, bool)
		in   string
		want Format
	}{
		{FormatByName, "Turtle", Turtle},
		{FormatByName, "TTL", Turtle},
		{FormatByName, "n-triples", NTriples},
		{FormatByName, "nt", NTriples},
		{FormatByName, "nquads", NQuads},
		{FormatByName, "RDF/XML", RDFXML},
		{FormatByName, "json", 0},
		{FormatByName, "", 0},
		{FormatByExtension, "a.ttl", Turtle},
		{FormatByExtension, "dir.nt/a.TTL.GZ", Turtle},
		{FormatByExtension, "a.b.nq.zst", NQuads},
		{FormatByExtension, ".nt", NTriples},
		{FormatByExtension, "x.rdf", RDFXML},
		{FormatByExtension, "x.gz", 0},
		{FormatByExtension, "ttl", 0},
		{FormatByExtension, "", 0},
		{FormatByMediaType, "text/turtle", Turtle},
		{FormatByMediaType, "Text/Turtle; charset=UTF-8", Turtle},
		{FormatByMediaType, "application/n-triples", NTriples},
		{FormatByMediaType, "application/n-quads;x", NQuads},
		{FormatByMediaType, "application/rdf+xml", RDFXML},
		{FormatByMediaType, "text/html", 0},
		{FormatByMediaType, "", 0},
	} {
		got, ok := tc.find(tc.in)
		assert.Equal(t, tc.want, got, tc.in)
		assert.Equal(t, tc.want != 0, ok, tc.in)
	}
}

func TestFormatIsFoundByWhatItSays(t *testing.T) {
	for _, f := range []Format{NTriples, NQuads, Turtle, RDFXML} {
		byName, _ := FormatByName(f.String())
		byExtension, _ := FormatByExtension("x" + f.Extension())
		byType, _ := FormatByMediaType(f.MediaType())
		assert.Equal(t, []Format{f, f, f}, []Format{byName, byExtension, byType})
		assert.Equal(t, f == NQuads, f.Quads())
	}
	assert.Equal(t, "Format(0)", Format(0).String())
	assert.Empty(t, Format(99).MediaType())
	assert.Empty(t, Format(-1).Extension())
}
