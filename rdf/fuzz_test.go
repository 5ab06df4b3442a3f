package rdf

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
)

// addSeeds adds the documents of a format in testdata/read.
func addSeeds(f *testing.F, format Format) {
	f.Helper()
	files, err := filepath.Glob("testdata/read/*")
	require.NoError(f, err)
	for _, file := range files {
		if got, ok := FormatByExtension(file); ok && got == format {
			doc, err := os.ReadFile(file)
			require.NoError(f, err)
			f.Add(doc)
		}
	}
	f.Add([]byte(smallDocuments[format]))
}

// fuzzRead reads a document strictly, leniently and in small pieces, writes
// what it holds in every format, and reads that back.
func fuzzRead(t *testing.T, doc []byte, f Format) {
	const maxDoc = 1 << 14 // what is small is found faster
	if len(doc) > maxDoc {
		return
	}
	opts := []ReadOption{Base("http://example.org/"), MaxNesting(50)}
	read := func(doc []byte, f Format, opts ...ReadOption) ([]Quad, error) {
		var quads []Quad
		for q, err := range ReadQuads(bytes.NewReader(doc), f, opts...) {
			if err != nil {
				return quads, err
			}
			quads = append(quads, q)
		}
		return quads, nil
	}
	strict, err := read(doc, f, opts...)
	reports := 0
	lenient, errLenient := read(doc, f, append(opts, Lenient(func(e *SyntaxError) {
		reports++
		require.Positive(t, e.Line)
	}))...)
	var syntax *SyntaxError
	if err != nil {
		require.True(t, errors.As(err, &syntax), "%v", err)
		require.True(t, reports > 0 || errLenient != nil)
	} else {
		require.NoError(t, errLenient)
		require.Zero(t, reports)
	}
	require.GreaterOrEqual(t, len(lenient), len(strict))
	require.True(t, slices.Equal(strict, lenient[:len(strict)]))

	var pieced []Quad
	for q, err := range ReadQuads(&pieces{data: doc, size: 1}, f, opts...) {
		if err == nil {
			pieced = append(pieced, q)
		}
	}
	require.True(t, slices.Equal(strict, pieced))

	var out bytes.Buffer
	w := NewWriter(&out, NQuads)
	for _, q := range lenient {
		require.NoError(t, w.WriteQuad(q))
	}
	require.NoError(t, w.Close())
	back, err := read(out.Bytes(), NQuads)
	require.NoError(t, err, "%s", out.Bytes())
	require.True(t, slices.Equal(lenient, back), "%s", out.Bytes())

	g := NewGraph()
	for _, q := range lenient {
		g.Add(q.Triple)
	}
	out.Reset()
	require.NoError(t, WriteGraph(&out, Turtle, g))
	again, err := ReadGraph(bytes.NewReader(out.Bytes()), Turtle)
	require.NoError(t, err, "%s", out.Bytes())
	require.True(t, Equal(g, again), "%s", out.Bytes())
}

func FuzzReadNTriples(f *testing.F) {
	addSeeds(f, NTriples)
	f.Fuzz(func(t *testing.T, doc []byte) { fuzzRead(t, doc, NTriples) })
}

func FuzzReadNQuads(f *testing.F) {
	addSeeds(f, NQuads)
	f.Fuzz(func(t *testing.T, doc []byte) { fuzzRead(t, doc, NQuads) })
}

func FuzzReadTurtle(f *testing.F) {
	addSeeds(f, Turtle)
	f.Fuzz(func(t *testing.T, doc []byte) { fuzzRead(t, doc, Turtle) })
}

func FuzzReadRDFXML(f *testing.F) {
	addSeeds(f, RDFXML)
	f.Fuzz(func(t *testing.T, doc []byte) { fuzzRead(t, doc, RDFXML) })
}

// FuzzWrite writes terms of any text and reads them back.
func FuzzWrite(f *testing.F) {
	f.Add("http://e/s", "http://e/p#local.name", "text \"\"\" \\ \n\r", "http://e/type", "b")
	f.Add("urn:a", "urn:b", "1.0", "http://www.w3.org/2001/XMLSchema#decimal", "nodeID://b1")
	f.Fuzz(func(t *testing.T, s, p, text, datatype, label string) {
		absolute := func(iri string) IRI {
			i, err := NewIRI(iri)
			if err != nil || !hasScheme([]byte(iri)) || !utf8.ValidString(iri) {
				t.Skip()
			}
			return i
		}
		subject, predicate, kind := absolute(s), absolute(p), absolute(datatype)
		b, err := NewBlank(label)
		if err != nil || !utf8.ValidString(text) {
			t.Skip()
		}
		g := NewGraph(
			Triple{Subj: subject, Pred: predicate, Obj: NewTyped(text, kind)},
			Triple{Subj: b, Pred: predicate, Obj: NewString(text)},
			Triple{Subj: subject, Pred: predicate, Obj: b},
		)
		for _, format := range []Format{NTriples, NQuads, Turtle} {
			for _, prefixes := range []Namespaces{nil, DefaultNamespaces(), {"": s, "p": p, "q.r": datatype}} {
				var out bytes.Buffer
				require.NoError(t, WriteGraph(&out, format, g, Prefixes(prefixes)))
				back, err := ReadGraph(bytes.NewReader(out.Bytes()), format)
				require.NoError(t, err, "%s", out.Bytes())
				require.True(t, Equal(g, back), "%s", out.Bytes())
			}
		}
	})
}
