package rdf

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// one document in each format, of two triples.
var smallDocuments = map[Format]string{
	NTriples: "<http://e/s> <http://e/p> \"1\" .\n_:b <http://e/p> <http://e/o> .\n",
	NQuads:   "<http://e/s> <http://e/p> \"1\" <http://e/g> .\n_:b <http://e/p> <http://e/o> .\n",
	Turtle:   "@prefix e: <http://e/> . e:s e:p '1' . _:b e:p e:o .",
	RDFXML: `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://e/">
		<rdf:Description rdf:about="http://e/s"><e:p>1</e:p></rdf:Description>
		<rdf:Description rdf:nodeID="b"><e:p rdf:resource="http://e/o"/></rdf:Description></rdf:RDF>`,
}

func TestReadAllFormats(t *testing.T) {
	want, err := ReadGraph(strings.NewReader(smallDocuments[NTriples]), NTriples)
	require.NoError(t, err)
	for f, doc := range smallDocuments {
		t.Run(f.String(), func(t *testing.T) {
			for name, r := range map[string]io.Reader{
				"whole":            strings.NewReader(doc),
				"byte by byte":     iotest.OneByteReader(strings.NewReader(doc)),
				"end with data":    iotest.DataErrReader(strings.NewReader(doc)),
				"byte order mark":  strings.NewReader("\xef\xbb\xbf" + doc),
				"empty reads also": &stutter{r: strings.NewReader(doc)},
			} {
				got, err := ReadGraph(r, f)
				require.NoError(t, err, name)
				assert.True(t, Equal(want, got), name)
			}
		})
	}
}

// stutter returns nothing every other time.
type stutter struct {
	r    io.Reader
	skip bool
}

func (s *stutter) Read(p []byte) (int, error) {
	if s.skip = !s.skip; s.skip {
		return 0, nil
	}
	return s.r.Read(p[:1])
}

func TestReadPassesTheReadersError(t *testing.T) {
	broken := errors.New("the line broke")
	for f, doc := range smallDocuments {
		for cut := range len(doc) {
			r := io.MultiReader(strings.NewReader(doc[:cut]), iotest.ErrReader(broken))
			n := 0
			var last error
			for _, err := range Read(r, f, Lenient(nil)) {
				if last = err; err == nil {
					n++
				}
			}
			require.ErrorIs(t, last, broken, "%s cut at %d", f, cut)
			assert.LessOrEqual(t, n, 2)
		}
	}
}

func TestReadStopsWhenAsked(t *testing.T) {
	before := runtime.NumGoroutine()
	for f, doc := range smallDocuments {
		n := 0
		for _, err := range Read(strings.NewReader(doc), f) {
			require.NoError(t, err)
			n++
			break
		}
		for _, err := range ReadQuads(strings.NewReader(doc), f) {
			require.NoError(t, err)
			n++
			break
		}
		assert.Equal(t, 2, n)
	}
	assert.LessOrEqual(t, runtime.NumGoroutine(), before)
}

func TestReadStopsAfterAnError(t *testing.T) {
	var errs []error
	n := 0
	for _, err := range Read(strings.NewReader("<a:s> <a:p> 1 .\n<a:s> <a:p> <a:o> .\n"), NTriples) {
		if n++; err != nil {
			errs = append(errs, err)
		}
	}
	assert.Equal(t, 1, n)
	assert.Len(t, errs, 1)
}

func TestReadQuadsGraphs(t *testing.T) {
	var graphs []Context
	for q, err := range ReadQuads(strings.NewReader(smallDocuments[NQuads]), NQuads) {
		require.NoError(t, err)
		graphs = append(graphs, q.Ctx)
	}
	assert.Equal(t, []Context{MustIRI("http://e/g"), nil}, graphs)
}

func TestReadUnsupported(t *testing.T) {
	_, err := ReadGraph(strings.NewReader(""), Format(0))
	require.ErrorIs(t, err, ErrUnsupportedFormat)
	for _, f := range []Format{Turtle, RDFXML} {
		_, err = ReadGraph(strings.NewReader(smallDocuments[f]), f, Base("not absolute"))
		require.ErrorContains(t, err, "absolute")
	}
	for _, err := range ReadQuads(strings.NewReader(""), Format(77)) {
		require.ErrorIs(t, err, ErrUnsupportedFormat)
	}
}

func TestBlankScope(t *testing.T) {
	for f, doc := range smallDocuments {
		labels := make(map[string]bool)
		for _, scope := range []string{"", "one_", "two_"} {
			for triple, err := range Read(strings.NewReader(doc), f, BlankScope(scope)) {
				require.NoError(t, err)
				if b, ok := triple.Subj.(Blank); ok {
					labels[b.String()] = true
				}
			}
		}
		assert.Equal(t, map[string]bool{"b": true, "one_b": true, "two_b": true}, labels, f.String())
	}
	one, err := ReadGraph(strings.NewReader("<a:s> <a:p> [], ([]) ."), Turtle, BlankScope("x"))
	require.NoError(t, err)
	for triple := range one.All() {
		if b, ok := triple.Obj.(Blank); ok {
			assert.Regexp(t, "^xgenid-[0-9]+$", b.String())
		}
	}
}

func TestReadLimits(t *testing.T) {
	long := strings.Repeat("x", 300_000)
	for _, tc := range []struct {
		name, doc string
		f         Format
		limit     bool // of the token size: no syntax error, even when lenient
	}{
		{"line", "<a:s> <a:p> \"" + long + "\" .", NTriples, true},
		{"literal", "<a:s> <a:p> '''" + long + "''' .", Turtle, true},
		{"literal without an end", "<a:s> <a:p> '''" + long, Turtle, true},
		{"IRI", "<a:s> <a:p> <a:" + long + "> .", Turtle, true},
		{"name", "@prefix a: <a:> . a:s a:p a:" + long + " .", Turtle, true},
		{"blank node", "<a:s> <a:p> _:" + long + " .", Turtle, true},
		{"number", "<a:s> <a:p> 1" + strings.Repeat("0", 300_000) + " .", Turtle, true},
		{"language", "<a:s> <a:p> 'x'@" + long + " .", Turtle, true},
		{"text", `<N xmlns="a:b"><p>` + long + `</p></N>`, RDFXML, true},
		{"attribute", `<N xmlns="a:b"><p xmlns="` + long + `"/></N>`, RDFXML, true},
		{"nesting of [ ]", "<a:s> <a:p> " + strings.Repeat("[ <a:p> ", 100_000), Turtle, false},
		{"nesting of ( )", "<a:s> <a:p> " + strings.Repeat("(", 100_000), Turtle, false},
		{"nesting of elements", strings.Repeat(`<N xmlns="a:b">`, 100_000), RDFXML, false},
	} {
		t.Run(tc.name, func(t *testing.T) {
			_, err := ReadGraph(strings.NewReader(tc.doc), tc.f, MaxTokenSize(100_000), MaxNesting(100))
			require.Error(t, err)
			var syntax *SyntaxError
			if tc.limit {
				require.ErrorContains(t, err, "MaxTokenSize")
				require.False(t, errors.As(err, &syntax))
				_, err = ReadGraph(strings.NewReader(tc.doc), tc.f, MaxTokenSize(100_000), Lenient(nil))
				require.ErrorContains(t, err, "MaxTokenSize")
				_, err = ReadGraph(strings.NewReader(tc.doc), tc.f, MaxTokenSize(1_000_000))
				if !strings.Contains(tc.name, "without") && tc.name != "attribute" {
					require.NoError(t, err)
				}
				return
			}
			require.ErrorAs(t, err, &syntax)
			require.ErrorContains(t, err, "MaxNesting")
		})
	}
}

func TestXMLEntitiesAreBounded(t *testing.T) {
	var doc strings.Builder
	doc.WriteString(`<!DOCTYPE x [<!ENTITY e0 "0123456789">`)
	for i := range 12 {
		fmt.Fprintf(&doc, `<!ENTITY e%d "%s">`, i+1, strings.Repeat(fmt.Sprintf("&e%d;", i), 10))
	}
	doc.WriteString(`]><N xmlns="a:b"><p>&e12;</p></N>`)
	_, err := ReadGraph(strings.NewReader(doc.String()), RDFXML)
	require.ErrorContains(t, err, "entities")
}

// statements produces a document of any length without holding it.
type statements struct {
	line func(i int) string
	left int
	next int
	rest string
}

func (s *statements) Read(p []byte) (int, error) {
	for s.rest == "" {
		if s.next == s.left {
			return 0, io.EOF
		}
		s.rest = s.line(s.next)
		s.next++
	}
	n := copy(p, s.rest)
	s.rest = s.rest[n:]
	return n, nil
}

func TestReadInConstantMemory(t *testing.T) {
	text := strings.Repeat("tekst ", 40)
	for f, line := range map[Format]func(int) string{
		NTriples: func(i int) string { return fmt.Sprintf("<http://e/s%d> <http://e/p%d> \"%d %s\" .\n", i, i, i, text) },
		Turtle: func(i int) string {
			return fmt.Sprintf("<http://e/s%d> <http://e/p%d> [ <http://e/q> %d ], '''%d %s'''@nl .\n", i, i, i, i, text)
		},
	} {
		const lines = 40_000 // some 12 MB
		var before, now runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&before)
		n := 0
		for _, err := range Read(&statements{line: line, left: lines}, f) {
			require.NoError(t, err)
			if n++; n%20_000 == 0 {
				runtime.GC()
				runtime.ReadMemStats(&now)
				assert.Less(t, int64(now.HeapAlloc)-int64(before.HeapAlloc), int64(4<<20), "%s after %d triples", f, n)
			}
		}
		assert.GreaterOrEqual(t, n, lines)
	}
}

func TestSyntaxErrorMessage(t *testing.T) {
	_, err := ReadGraph(strings.NewReader("<a:s> <a:p>\n  'é', nothing .\n<x> <y> <z> ."), Turtle)
	require.EqualError(t, err, `rdf: Turtle, line 2, column 8: want an object: an IRI, a prefixed name, a blank node, a literal, [ or ( (near "nothing .")`)
	_, err = ReadGraph(strings.NewReader("<a:s> <a:p> 'x'"), Turtle)
	require.ErrorContains(t, err, "the document ends here")
}

func TestPlace(t *testing.T) {
	const text = "a\r\nbé\rc\n\r\n\rd"
	for cut := range len(text) {
		// However the text is cut, the end is at the same place.
		p := place{line: 1}
		p.advance([]byte(text[:cut]))
		p.advance([]byte(text[cut:]))
		assert.Equal(t, []int{6, 1}, []int{p.line, p.column}, "cut at %d", cut)
	}
	var out bytes.Buffer
	for i := range len(text) + 1 {
		p := place{line: 1}
		p.advance([]byte(text[:i]))
		fmt.Fprintf(&out, "%d:%d ", p.line, p.column+1)
	}
	assert.Equal(t, "1:1 1:2 2:1 2:1 2:2 2:3 2:3 3:1 3:2 4:1 5:1 5:1 6:1 6:2 ", out.String())
}
