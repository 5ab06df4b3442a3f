package rdf

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestExpand(t *testing.T) {
	ns := DefaultNamespaces()
	for _, tc := range []struct{ in, want string }{
		{"dct:title", "http://purl.org/dc/terms/title"},
		{"besluit:Agendapunt.type", "http://data.vlaanderen.be/ns/besluit#Agendapunt.type"},
		{"dct:", "http://purl.org/dc/terms/"},
		{"a", "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"},
		{"<http://example.org/x>", "http://example.org/x"},
	} {
		got, err := ns.Expand(tc.in)
		require.NoError(t, err, tc.in)
		assert.Equal(t, tc.want, got.String())
	}
	for _, in := range []string{"", "title", "nope:x", "<x", "dct:a b", "<a b>", ":x"} {
		_, err := ns.Expand(in)
		assert.Error(t, err, in)
	}
}

func TestShortenIsTheInverse(t *testing.T) {
	ns := DefaultNamespaces()
	for prefix := range ns {
		for _, local := range []string{"x", "Agendapunt.type", "1-a", ""} {
			iri, err := ns.Expand(prefix + ":" + local)
			require.NoError(t, err)
			back, err := ns.Expand(ns.Shorten(iri))
			require.NoError(t, err)
			assert.Equal(t, iri, back)
		}
	}
	for in, want := range map[string]string{
		"http://purl.org/dc/terms/title":  "dct:title",
		"http://purl.org/dc/terms/a/b":    "<http://purl.org/dc/terms/a/b>",
		"http://purl.org/dc/terms/x.":     "<http://purl.org/dc/terms/x.>",
		"http://nowhere.example/x":        "<http://nowhere.example/x>",
		"http://dbpedia.org/resource/Pdf": "dbpediaresource:Pdf",
	} {
		assert.Equal(t, want, ns.Shorten(MustIRI(in)))
	}
	two := Namespaces{"b": "http://e/", "a": "http://e/", "long": "http://e/x/"}
	assert.Equal(t, "a:y", two.Shorten(MustIRI("http://e/y")))
	assert.Equal(t, "long:y", two.Shorten(MustIRI("http://e/x/y")))
}

func TestDefaultNamespacesAreTheCallersOwn(t *testing.T) {
	ns := DefaultNamespaces()
	ns["dct"] = "http://example.org/"
	assert.Equal(t, "http://purl.org/dc/terms/", DefaultNamespaces()["dct"])
}
