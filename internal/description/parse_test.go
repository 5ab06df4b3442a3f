package description

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/themis-go/themis/rdf"
)

func terms(t testing.TB, body string) (out []rdf.Triple, err error) {
	for triple, e := range Triples("<urn:s>", []byte(body)) {
		if e != nil {
			return out, e
		}
		out = append(out, triple)
	}
	return out, nil
}

func TestTriplesOfAnyLiteral(t *testing.T) {
	long, err := rdf.NewLang("x", "de-latn-be")
	require.NoError(t, err)
	short, err := rdf.NewLang("een \"twee\" @nl ^^<x>", "nl")
	require.NoError(t, err)
	blank, err := rdf.NewBlank("c14n0")
	require.NoError(t, err)
	objects := []rdf.Object{
		rdf.MustIRI("http://example.org/straße"), blank, long, short,
		rdf.NewString(""), rdf.NewString("a\\b\"c\n\r\t\b\f\x01\x7f 🍀 \u2028"),
		rdf.NewTyped("1.50", rdf.MustIRI("urn:own")), rdf.NewInteger(42),
	}
	var b Builder
	for _, o := range objects {
		b.Add(rdf.Triple{Subj: rdf.MustIRI("urn:s"), Pred: rdf.MustIRI("urn:p"), Obj: o})
	}
	d := b.Take()[0]
	got, err := terms(t, string(d.Body))
	require.NoError(t, err)
	require.Len(t, got, len(objects))
	for _, triple := range got {
		assert.Contains(t, objects, triple.Obj)
	}
}

func TestTriplesErrors(t *testing.T) {
	for _, body := range []string{
		"\n", "<p>", "<urn:p> .\n", "<urn:p>  .\n", "<urn:p> \" .\n", "<urn:p> \"x\"y .\n", "<urn:p> \"x\"@ .\n",
		"<urn:p> \"\\x\" .\n", "<urn:p> \"\\u12\" .\n", "<urn:p> \"\\uzzzz\" .\n", "<urn:p> x .\n", "urn:p \"x\" .\n",
		"<urn:p> <a b> .\n", "<urn p> <a> .\n", "<urn:p> \"x\"^^<a b> .\n", "<urn:p> \"x\"",
	} {
		_, err := terms(t, body)
		assert.Error(t, err, "%q", body)
	}
}

func FuzzTriples(f *testing.F) {
	f.Add("<urn:p> \"a\\u0001\"@nl .\n")
	f.Add("<urn:p> <urn:o> .\n<urn:p> _:b .\n")
	f.Fuzz(func(t *testing.T, body string) {
		got, err := terms(t, body)
		if err != nil || len(got) == 0 {
			return
		}
		// What is read as a body of canonical lines is written as one again.
		var b Builder
		for _, triple := range got {
			b.Add(triple)
		}
		d := b.Take()
		require.Len(t, d, 1)
		again, err := terms(t, string(d[0].Body))
		require.NoError(t, err)
		assert.Len(t, again, d[0].Triples)
		assert.LessOrEqual(t, d[0].Triples, strings.Count(body, "\n"))
	})
}

func BenchmarkTriples(b *testing.B) {
	body := []byte(strings.Repeat("<http://purl.org/dc/terms/title> \"Ontwerp van besluit\" .\n", 10))
	for b.Loop() {
		for _, err := range Triples("<http://example.org/s>", body) {
			if err != nil {
				b.Fatal(err)
			}
		}
	}
}
