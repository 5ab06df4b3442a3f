package sparql

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// kindsOf writes the tokens that count as kind:text.
func kindsOf(src string, toks []token) string {
	short := [...]string{"eof", "ws", "comment", "iri", "pname", "blank", "var", "word", "int", "dec", "dbl", "str", "lang", "p"}
	var out []string
	for _, t := range toks {
		if t.kind != kSpace && t.kind != kEOF {
			out = append(out, short[t.kind]+":"+t.text(src))
		}
	}
	return strings.Join(out, " ")
}

func TestTokenize(t *testing.T) {
	for _, c := range []struct{ src, want string }{
		{"", ""},
		{"SELECT*{}", "word:SELECT p:* p:{ p:}"},
		{"?x $y ?1a ?é", "var:?x var:$y var:?1a var:?é"},
		{"?x-1 ?y.", "var:?x int:-1 var:?y p:."},
		{"?a<?b && ?c>?d", "var:?a p:< var:?b p:&& var:?c p:> var:?d"},
		{"?a<?b&&?c>?d", "var:?a iri:<?b&&?c> var:?d"}, // the longest token wins (19.8)
		{"<http://e/#a> # b <c>\n<d>", "iri:<http://e/#a> comment:# b <c> iri:<d>"},
		{"<http://e/\\u00E9> <a\\u0020b>", "iri:<http://e/\\u00E9> p:< word:a"},
		{"a:b a: :b : _:b1 _:a.b.", "pname:a:b pname:a: pname::b pname:: blank:_:b1 blank:_:a.b p:."},
		{"ex:a.b. ex:%41 ex:a\\-b ex:a:b ex:1", "pname:ex:a.b p:. pname:ex:%41 pname:ex:a\\-b pname:ex:a:b pname:ex:1"},
		{"a.b:c true.", "pname:a.b:c word:true p:."},
		{"1 1.5 .5 1. 1e5 1.e5 1.5E-3 -2 +.5", "int:1 dec:1.5 dec:.5 int:1 p:. dbl:1e5 dbl:1.e5 dbl:1.5E-3 int:-2 dec:+.5"},
		{"1e 1.e", "int:1 word:e int:1 p:. word:e"},
		{`"a" 'b' """c"d""" '''e''f''' "" ''`, `str:"a" str:'b' str:"""c"d""" str:'''e''f''' str:"" str:''`},
		{`"a\"b\\" "\u0041"@nl-BE "x"^^<d>`, `str:"a\"b\\" str:"\u0041" lang:@nl-BE str:"x" p:^^ iri:<d>`},
		{"!a!=b||c|d^e/f*g+h", "p:! word:a p:!= word:b p:|| word:c p:| word:d p:^ word:e p:/ word:f p:* word:g p:+ word:h"},
		{"(p)? ;,[]", "p:( word:p p:) p:? p:; p:, p:[ p:]"},
		{"a\u0301x:b", "pname:a\u0301x:b"},
	} {
		toks, err := tokenize(c.src)
		if c.want == "iri:<http://e/\\u00E9> p:< word:a" {
			require.Error(t, err, "an escaped blank ends an IRI")
		} else {
			require.NoError(t, err, c.src)
		}
		assert.Equal(t, c.want, kindsOf(c.src, toks))
	}
}

func TestTokenizeErrors(t *testing.T) {
	for _, c := range []struct {
		src    string
		offset int
		want   string
	}{
		{`x "abc`, 2, "not closed"},
		{"x 'a\nb'", 2, "does not end on its line"},
		{`"""a""`, 0, "not closed"},
		{`"a\q"`, 2, "unknown escape"},
		{"$ x", 0, "must begin the name of a variable"},
		{"a @ b", 2, "language tag"},
		{"a & b", 2, "write &&"},
		{"_: x", 0, "label"},
		{"a ~ b", 2, `'~'`},
		{"\xff", 0, "nothing in SPARQL"},
		{"\x00", 0, "nothing in SPARQL"},
	} {
		_, err := tokenize(c.src)
		var le *lexError
		require.ErrorAs(t, err, &le, c.src)
		assert.Equal(t, c.offset, le.offset, c.src)
		assert.ErrorContains(t, err, c.want)
	}
}

func TestPosition(t *testing.T) {
	line, column := position("é\nab", 4)
	assert.Equal(t, [2]int{2, 2}, [2]int{line, column})
	line, column = position("abc", 99)
	assert.Equal(t, [2]int{1, 4}, [2]int{line, column})
}

func FuzzTokenize(f *testing.F) {
	for _, s := range []string{"SELECT ?x { ?x a <b> }", `"\u0041"@nl`, "1.e5", "a.b.:c", "'''", "<a\\u0041>", "_:a.", "?\\u0041"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, src string) {
		toks, err := tokenize(src)
		at := 0
		for _, tok := range toks {
			require.Equal(t, at, tok.start)
			if tok.kind != kEOF {
				require.Greater(t, tok.end, tok.start)
			}
			at = tok.end
		}
		if err == nil {
			require.Equal(t, len(src), at)
		}
		_, _ = Parse(src)
	})
}
