package sparql

import (
	"fmt"
	"slices"
	"strings"
)

// maxNesting bounds how deep groups and expressions may lie in each other.
const maxNesting = 400

// parser recognises SPARQL 1.1 by recursive descent over the tokens that count
// and notes where variables stand. After an error every token is kEOF, so that
// each rule ends by itself.
type parser struct {
	src   string
	toks  []token // without white space and comments, kEOF last
	at    int
	err   *QueryError
	depth int
	out   *parsed

	scope  []string // variables in scope of the group at hand, in order
	hidden int      // > 0 inside FILTER, MINUS, EXISTS: what is there is not in scope
	// constants is set inside INSERT DATA and DELETE DATA, where the grammar has no variables.
	constants bool
	noBlanks  bool // inside DELETE
}

func parse(src string) (*parsed, error) {
	all, err := tokenize(src)
	if err != nil {
		e := err.(*lexError)
		return nil, errorAt(src, e.offset, e.msg)
	}
	p := &parser{src: src, toks: all[:0:0], out: &parsed{text: src}}
	for _, t := range all {
		if t.kind != kSpace && t.kind != kComment {
			p.toks = append(p.toks, t)
		}
	}
	p.unit()
	if p.err == nil && p.tok().kind != kEOF {
		p.fail("nothing may follow here")
	}
	if p.err != nil {
		return nil, p.err
	}
	return p.out, nil
}

// tok is the token at hand.
func (p *parser) tok() token {
	if p.err != nil {
		return p.toks[len(p.toks)-1]
	}
	return p.toks[p.at]
}

func (p *parser) ahead(n int) token {
	if p.err != nil || p.at+n >= len(p.toks) {
		return p.toks[len(p.toks)-1]
	}
	return p.toks[p.at+n]
}

func (p *parser) text() string { return p.tok().text(p.src) }

func (p *parser) next() {
	if p.at < len(p.toks)-1 {
		p.at++
	}
}

// fail keeps the first error.
func (p *parser) fail(format string, args ...any) {
	if p.err != nil {
		return
	}
	msg := fmt.Sprintf(format, args...)
	if strings.Contains(p.src, "{{") {
		msg += " (is {{…}} a text template? Use a variable and Bind)"
	}
	p.err = errorAt(p.src, p.toks[p.at].start, msg)
}

func (p *parser) want(what string) {
	p.fail("want %s, found %s", what, p.tok().kind)
}

// is reports whether the token at hand is this operator or bracket.
func (p *parser) is(punct string) bool {
	t := p.tok()
	return t.kind == kPunct && t.text(p.src) == punct
}

func (p *parser) accept(punct string) bool {
	if p.is(punct) {
		p.next()
		return true
	}
	return false
}

func (p *parser) expect(punct string) {
	if !p.accept(punct) {
		p.want("'" + punct + "'")
	}
}

// isWord reports whether the token at hand is one of these keywords, in any case.
func (p *parser) isWord(words ...string) bool { return isKeyword(p.src, p.tok(), words...) }

func isKeyword(src string, t token, words ...string) bool {
	if t.kind != kWord {
		return false
	}
	for _, w := range words {
		if strings.EqualFold(t.text(src), w) {
			return true
		}
	}
	return false
}

func (p *parser) acceptWord(words ...string) bool {
	if p.isWord(words...) {
		p.next()
		return true
	}
	return false
}

func (p *parser) expectWord(word string) {
	if !p.acceptWord(word) {
		p.want(word)
	}
}

// enter counts nesting; the caller defers leave.
func (p *parser) enter() {
	if p.depth++; p.depth > maxNesting {
		p.fail("nested more than %d deep", maxNesting)
	}
}

func (p *parser) leave() { p.depth-- }

// variable notes the variable at hand and goes on.
func (p *parser) variable(r role, why string) string {
	t := p.tok()
	if t.kind != kVar {
		p.want("a variable")
		return ""
	}
	name := unescape(t.text(p.src)[1:])
	p.out.places = append(p.out.places, place{t.start, t.end, name, r, p.constants, why})
	p.next()
	return name
}

// parameter notes a variable where the grammar has only a constant.
func (p *parser) parameter(r role) {
	p.variable(r, "")
	if n := len(p.out.places); n > 0 && p.err == nil {
		p.out.places[n-1].constant = true
	}
}

// unescape decodes \uXXXX in a name.
func unescape(s string) string {
	if strings.IndexByte(s, '\\') < 0 {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); {
		r, n := nameRune(s, i)
		b.WriteRune(r)
		i += n
	}
	return b.String()
}

// visible adds a name to the variables in scope.
func (p *parser) visible(name string) {
	if p.hidden == 0 && name != "" && !slices.Contains(p.scope, name) {
		p.scope = append(p.scope, name)
	}
}
