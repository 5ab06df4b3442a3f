package rdf

import (
	"bytes"
	"errors"
	"io"
	"iter"
	"strings"
	"testing"

	krdf "github.com/knakk/rdf"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func blank(t testing.TB, label string) Blank {
	t.Helper()
	b, err := NewBlank(label)
	require.NoError(t, err)
	return b
}

func TestAppendTerm(t *testing.T) {
	tagged, err := NewLang("x", "nl-BE")
	require.NoError(t, err)
	boxed, err := krdf.NewLiteral(42)
	require.NoError(t, err)
	for _, tc := range []struct {
		term Term
		want string
	}{
		{nil, ""},
		{MustIRI("http://é/x"), "<http://é/x>"},
		{IRI{}, "<>"},
		{blank(t, "b1"), "_:b1"},
		{blank(t, "a.b"), "_:a.b"},
		{blank(t, "a."), "_:_x-a-2e"},
		{blank(t, "nodeID://b1"), "_:_x-nodeID-3a-2f-2fb1"},
		{blank(t, "é"), "_:é"},
		{Blank{}, "_:_x-"},
		{NewString(""), `""`},
		{NewString("a\"b\\c\n\r\t\b\f\x00\x1f\x7fé🍀"), `"a\"b\\c\n\r\t\b\f\u0000\u001F\u007Fé🍀"`},
		{NewString("bad \xff"), "\"bad \ufffd\""},
		{tagged, `"x"@nl-BE`},
		{NewInteger(42), `"42"^^<http://www.w3.org/2001/XMLSchema#integer>`},
		{boxed, `"42"^^<http://www.w3.org/2001/XMLSchema#integer>`},
		{Literal{}, `""`},
	} {
		assert.Equal(t, tc.want, string(AppendTerm(nil, tc.term)))
	}
	assert.Equal(t, `x"y"`, string(AppendTerm([]byte("x"), NewString("y"))))
}

func TestWriterRefuses(t *testing.T) {
	s, p := MustIRI("a:s"), MustIRI("a:p")
	quad := Quad{Triple: Triple{Subj: s, Pred: p, Obj: s}, Ctx: MustIRI("a:g")}
	for _, f := range []Format{NTriples, Turtle} {
		w := NewWriter(io.Discard, f)
		err := w.WriteQuad(quad)
		require.ErrorContains(t, err, "N-Quads", f.String())
		assert.Equal(t, err, w.Write(quad.Triple), "the first error stays")
		assert.Equal(t, err, w.Close())
	}
	for _, f := range []Format{RDFXML, 0, 99} {
		w := NewWriter(io.Discard, f)
		require.ErrorIs(t, w.Write(quad.Triple), ErrUnsupportedFormat)
		require.ErrorIs(t, w.Close(), ErrUnsupportedFormat)
	}
	require.ErrorContains(t, NewWriter(io.Discard, NQuads).Write(Triple{Subj: s, Pred: p}), "nil")
	w := NewWriter(io.Discard, NQuads)
	require.NoError(t, w.WriteQuad(quad))
	require.NoError(t, w.Close())
	require.NoError(t, w.Close())
	require.ErrorIs(t, w.WriteQuad(quad), ErrClosed)
}

// brokenWriter fails after some bytes.
type brokenWriter struct{ left int }

var errBroken = errors.New("disk full")

func (b *brokenWriter) Write(p []byte) (int, error) {
	if len(p) > b.left {
		n := b.left
		b.left = 0
		return n, errBroken
	}
	b.left -= len(p)
	return len(p), nil
}

func TestWriterPassesTheWritersError(t *testing.T) {
	long := NewString(strings.Repeat("x", 200_000))
	triple := Triple{Subj: MustIRI("a:s"), Pred: MustIRI("a:p"), Obj: long}
	for _, f := range []Format{NTriples, Turtle} {
		require.ErrorIs(t, NewWriter(&brokenWriter{left: 1000}, f).Write(triple), errBroken)
		w := NewWriter(&brokenWriter{left: 10}, f)
		require.NoError(t, w.Write(Triple{Subj: MustIRI("a:s"), Pred: MustIRI("a:p"), Obj: NewString("short")}))
		require.ErrorIs(t, w.Close(), errBroken)
		require.ErrorIs(t, WriteGraph(&brokenWriter{}, f, NewGraph(triple)), errBroken)
	}
}

func TestWriteStopsAtTheStreamsError(t *testing.T) {
	failing := func(yield func(Triple, error) bool) {
		_ = yield(Triple{Subj: MustIRI("a:s"), Pred: MustIRI("a:p"), Obj: NewString("x")}, nil) &&
			yield(Triple{}, errBroken)
	}
	require.ErrorIs(t, Write(io.Discard, Turtle, iter.Seq2[Triple, error](failing)), errBroken)
	require.ErrorIs(t, Write(io.Discard, RDFXML, iter.Seq2[Triple, error](failing)), ErrUnsupportedFormat)
}

func TestTurtlePrefixes(t *testing.T) {
	ns := Namespaces{
		"e": "http://e/", "long": "http://e/long/", "hash": "http://e/x#", "f": "http://e/", "odd": "http://odd/abc",
		"-bad": "http://bad/", "empty": "", "q.": "http://q/",
	}
	for _, tc := range []struct{ iri, want string }{
		{"http://e/a", "e:a"},
		{"http://e/", "e:"},
		{"http://e/a.b", "e:a.b"},
		{"http://e/a.", "<http://e/a.>"},
		{"http://e/.a", "<http://e/.a>"},
		{"http://e/-a", "<http://e/-a>"},
		{"http://e/1-a_b", "e:1-a_b"},
		{"http://e/a,b", "<http://e/a,b>"},
		{"http://e/a%20b", "<http://e/a%20b>"},
		{"http://e/é", "<http://e/é>"},
		{"http://e/long/a", "long:a"},
		{"http://e/long", "e:long"},
		{"http://e/other/a", "<http://e/other/a>"},
		{"http://e/x#a", "hash:a"},
		{"http://odd/abcdef", "odd:def"},
		{"http://odd/ab", "<http://odd/ab>"},
		{"http://bad/x", "<http://bad/x>"},
		{"http://q/x", "<http://q/x>"},
		{"urn:x", "<urn:x>"},
	} {
		var out bytes.Buffer
		g := NewGraph(Triple{Subj: MustIRI(tc.iri), Pred: MustIRI("urn:p"), Obj: NewString("")})
		require.NoError(t, WriteGraph(&out, Turtle, g, Prefixes(ns)))
		_, statement, ok := strings.Cut(out.String(), ".\n\n")
		if !ok {
			statement = out.String()
		}
		assert.Equal(t, tc.want+" <urn:p> \"\" .\n", statement)
		back, err := ReadGraph(&out, Turtle)
		require.NoError(t, err)
		assert.True(t, Equal(g, back), tc.iri)
	}
}

func TestTurtleStream(t *testing.T) {
	var out bytes.Buffer
	w := NewWriter(&out, Turtle, Prefixes(Namespaces{"e": "http://e/"}))
	s, p, q := MustIRI("http://e/s"), MustIRI("http://e/p"), MustIRI("http://e/q")
	for _, triple := range []Triple{
		{Subj: s, Pred: RDFType, Obj: MustIRI("http://e/C")},
		{Subj: s, Pred: p, Obj: NewInteger(1)},
		{Subj: s, Pred: p, Obj: NewTyped("01.50", XSDDecimal)},
		{Subj: s, Pred: p, Obj: NewTyped("1.", XSDDecimal)},
		{Subj: s, Pred: p, Obj: NewTyped("1", XSDDouble)},
		{Subj: s, Pred: p, Obj: NewTyped("1", XSDBoolean)},
		{Subj: s, Pred: q, Obj: NewTyped("x", MustIRI("http://e/type"))},
		{Subj: blank(t, "b 1"), Pred: q, Obj: NewString("two\r\nlines \"\"\" \\")},
		{Subj: s, Pred: q, Obj: blank(t, "b 1")},
	} {
		require.NoError(t, w.Write(triple))
	}
	require.NoError(t, w.Close())
	assert.Equal(t, `@prefix e: <http://e/> .

e:s a e:C ;
    e:p 1, 01.50, "1."^^<http://www.w3.org/2001/XMLSchema#decimal>, "1"^^<http://www.w3.org/2001/XMLSchema#double>, "1"^^<http://www.w3.org/2001/XMLSchema#boolean> ;
    e:q "x"^^e:type .

_:_x-b-201 e:q """two\r
lines \"\"\" \\""" .

e:s e:q _:_x-b-201 .
`, out.String())

	out.Reset()
	require.NoError(t, NewWriter(&out, Turtle).Close())
	assert.Empty(t, out.String(), "nothing is a document")
}
