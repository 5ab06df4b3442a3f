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

// unit is QueryUnit or UpdateUnit.
func (p *parser) unit() {
	p.readPrologue()
	switch {
	case p.isWord("SELECT"):
		p.out.form = FormSelect
		p.out.vars, p.out.all = p.selectQuery(false)
	case p.acceptWord("CONSTRUCT"):
		p.out.form = FormConstruct
		p.construct()
		p.trailingValues()
	case p.acceptWord("DESCRIBE"):
		p.out.form = FormDescribe
		p.describe()
		p.trailingValues()
	case p.acceptWord("ASK"):
		p.out.form = FormAsk
		p.datasets()
		p.where()
		p.modifiers()
		p.trailingValues()
	case p.tok().kind == kEOF:
		p.fail("the query is empty")
	default:
		p.out.form = FormUpdate
		p.updates()
	}
}

func (p *parser) readPrologue() {
	for {
		switch {
		case p.acceptWord("BASE"):
			p.token(kIRI, "the base IRI between < and >")
		case p.acceptWord("PREFIX"):
			if t := p.tok(); t.kind != kPName || strings.IndexByte(t.text(p.src), ':') != t.end-t.start-1 {
				p.want("a prefix that ends in a colon")
			}
			p.next()
			p.token(kIRI, "the IRI of the prefix between < and >")
		case p.acceptWord("DEFINE"): // Virtuoso
			p.token(kPName, "a name such as input:inference")
			for first := true; first || p.accept(","); first = false {
				switch p.tok().kind {
				case kString, kInteger, kIRI, kPName:
					p.next()
				default:
					p.want("a string, an integer or an IRI")
				}
			}
		default:
			return
		}
	}
}

func (p *parser) token(k kind, what string) {
	if p.tok().kind != k {
		p.want(what)
	}
	p.next()
}

// selectQuery is SelectQuery or SubSelect; it returns the projection.
func (p *parser) selectQuery(sub bool) (vars []string, all bool) {
	start := p.tok().start
	p.expectWord("SELECT")
	p.acceptWord("DISTINCT", "REDUCED")
	outer, hidden := p.scope, p.hidden
	p.scope, p.hidden = nil, 0
	named := false
	if p.accept("*") {
		all = true
	} else {
		for p.tok().kind == kVar || p.is("(") {
			if p.accept("(") {
				named = true
				p.expression()
				p.expectWord("AS")
				if name := p.tok(); slices.Contains(vars, strings.TrimLeft(name.text(p.src), "?$")) {
					p.fail("the name is taken already")
				}
				vars = append(vars, p.variable(roleVar, "names an expression (AS)"))
				p.expect(")")
			} else {
				vars = append(vars, p.variable(roleVar, "is projected by SELECT"))
			}
		}
		if vars == nil {
			p.want("*, a variable or ( … AS ?name )")
		}
	}
	datasets := p.tok().start
	if !sub {
		p.datasets()
	}
	datasetsEnd := p.toks[max(p.at-1, 0)].end
	p.acceptWord("WHERE")
	group := p.tok().start
	p.group()
	end := p.toks[max(p.at-1, 0)].end
	modifiers := p.at
	p.modifiers()
	p.trailingValues()
	if !sub {
		p.out.parts = parts{start, datasets, max(datasets, datasetsEnd), group, end, p.at == modifiers && !named}
	}
	if all {
		vars = p.scope
	}
	p.scope, p.hidden = outer, hidden
	return vars, all
}

func (p *parser) construct() {
	if p.is("{") {
		p.template()
		p.datasets()
		p.where()
	} else {
		p.datasets()
		p.expectWord("WHERE")
		p.template()
	}
	p.modifiers()
}

// template is '{' TriplesTemplate? '}'.
func (p *parser) template() {
	p.expect("{")
	p.triples(false)
	p.expect("}")
}

func (p *parser) describe() {
	if !p.accept("*") {
		some := false
		for p.tok().kind == kVar || p.isIRI() {
			p.iriOrVar("")
			some = true
		}
		if !some {
			p.want("*, a variable or an IRI")
		}
	}
	p.datasets()
	if p.isWord("WHERE") || p.is("{") {
		p.where()
	}
	p.modifiers()
}

func (p *parser) datasets() {
	for p.acceptWord("FROM") {
		p.acceptWord("NAMED")
		p.constantIRI()
	}
}

func (p *parser) isIRI() bool {
	k := p.tok().kind
	return k == kIRI || k == kPName
}

// constantIRI is an IRI where the grammar has no variable.
func (p *parser) constantIRI() {
	switch {
	case p.isIRI():
		p.next()
	case p.tok().kind == kVar:
		p.parameter(roleIRI)
	default:
		p.want("an IRI")
	}
}

// iriOrVar is VarOrIri; a variable comes into scope.
func (p *parser) iriOrVar(what string) {
	switch {
	case p.isIRI():
		p.next()
	case p.tok().kind == kVar:
		p.visible(p.variable(roleIRI, ""))
	default:
		p.want("an IRI or a variable" + what)
	}
}

func (p *parser) where() {
	p.acceptWord("WHERE")
	p.group()
}

// modifiers is SolutionModifier.
func (p *parser) modifiers() {
	if p.acceptWord("GROUP") {
		p.expectWord("BY")
		p.several(p.groupCondition, "a variable or an expression in parentheses")
	}
	if p.acceptWord("HAVING") {
		p.several(p.condition, "an expression in parentheses or a function call")
	}
	if p.acceptWord("ORDER") {
		p.expectWord("BY")
		p.several(p.orderCondition, "a variable, ASC(…), DESC(…) or an expression in parentheses")
	}
	if p.acceptWord("LIMIT") {
		p.count()
		if p.acceptWord("OFFSET") {
			p.count()
		}
	} else if p.acceptWord("OFFSET") {
		p.count()
		if p.acceptWord("LIMIT") {
			p.count()
		}
	}
}

// several parses one or more of what rule finds; rule reports whether it found one.
func (p *parser) several(rule func() bool, what string) {
	if !rule() {
		p.want(what)
	}
	for p.err == nil && rule() {
	}
}

func (p *parser) groupCondition() bool {
	switch {
	case p.tok().kind == kVar:
		p.variable(roleVar, "is grouped by")
	case p.accept("("):
		p.expression()
		if p.acceptWord("AS") {
			p.visible(p.variable(roleVar, "names an expression (AS)"))
		}
		p.expect(")")
	case p.isCall():
		p.call()
	default:
		return false
	}
	return true
}

func (p *parser) orderCondition() bool {
	switch {
	case p.acceptWord("ASC", "DESC"):
		p.bracketed()
	case p.tok().kind == kVar:
		p.variable(roleVar, "is ordered by")
	default:
		return p.condition()
	}
	return true
}

// condition is a constraint, if there is one.
func (p *parser) condition() bool {
	if p.is("(") || p.isCall() {
		p.constraint()
		return true
	}
	return false
}

// count is the number after LIMIT or OFFSET.
func (p *parser) count() {
	t := p.tok()
	switch {
	case t.kind == kVar:
		p.parameter(roleCount)
	case t.kind == kInteger && isDigit(p.src[t.start]):
		p.next()
	default:
		p.want("an integer that is not negative")
	}
}

func (p *parser) trailingValues() {
	if p.acceptWord("VALUES") {
		p.dataBlock()
	}
}

// group is GroupGraphPattern.
func (p *parser) group() {
	p.enter()
	defer p.leave()
	p.expect("{")
	if p.isWord("SELECT") {
		vars, _ := p.selectQuery(true)
		for _, v := range vars {
			p.visible(v)
		}
		p.expect("}")
		return
	}
	for p.err == nil && !p.is("}") {
		if p.startsTriples() {
			p.triples(true)
			if p.startsTriples() {
				p.want("'.'")
			}
			continue
		}
		p.notTriples()
		p.accept(".")
	}
	p.expect("}")
}

// hide parses f with its variables kept out of scope.
func (p *parser) hide(f func()) {
	p.hidden++
	f()
	p.hidden--
}

// notTriples is GraphPatternNotTriples.
func (p *parser) notTriples() {
	switch {
	case p.is("{"):
		p.group()
		for p.acceptWord("UNION") {
			p.group()
		}
	case p.acceptWord("OPTIONAL"):
		p.group()
	case p.acceptWord("MINUS"):
		p.hide(p.group)
	case p.acceptWord("GRAPH"):
		p.iriOrVar(" after GRAPH")
		p.group()
	case p.acceptWord("SERVICE"):
		p.acceptWord("SILENT")
		p.iriOrVar(" after SERVICE")
		p.group()
	case p.acceptWord("FILTER"):
		p.hide(p.constraint)
	case p.acceptWord("BIND"):
		p.expect("(")
		p.expression()
		p.expectWord("AS")
		p.visible(p.variable(roleVar, "names an expression (AS)"))
		p.expect(")")
	case p.acceptWord("VALUES"):
		p.dataBlock()
	default:
		p.want("a triple, a group or '}'")
	}
}

// dataBlock is DataBlock, after VALUES.
func (p *parser) dataBlock() {
	if p.tok().kind == kVar {
		name := p.variable(roleHeader, "")
		p.visible(name)
		p.expect("{")
		start := p.toks[p.at-1].end
		for p.dataValue(false) {
		}
		p.blockOf(name, start, false)
		p.expect("}")
		return
	}
	p.expect("(")
	first := len(p.out.places)
	names := 0
	for ; p.tok().kind == kVar; names++ {
		p.visible(p.variable(roleVar, "stands in a VALUES block of several variables"))
	}
	p.expect(")")
	if names == 1 && p.err == nil {
		p.out.places[first].role = roleHeader
	}
	p.expect("{")
	start := p.toks[p.at-1].end
	for p.is("(") {
		p.next()
		n := 0
		for ; p.dataValue(names > 1); n++ {
		}
		if n != names {
			p.fail("the row has %d values, the header %d variables", n, names)
		}
		p.expect(")")
	}
	if names == 1 && p.err == nil {
		p.blockOf(p.out.places[first].name, start, true)
	}
	p.expect("}")
}

func (p *parser) blockOf(name string, start int, row bool) {
	p.out.blocks = append(p.out.blocks, block{start, p.tok().start, name, row})
}

// dataValue is DataBlockValue; it reports whether there was one. In a block of
// one variable the whole block is the place for values; in others a parameter
// can stand.
func (p *parser) dataValue(parameter bool) bool {
	switch {
	case parameter && p.tok().kind == kVar:
		p.parameter(roleTerm)
	case p.isIRI():
		p.next()
	case p.acceptWord("UNDEF"):
	default:
		return p.literal()
	}
	return p.err == nil
}

// literal is RDFLiteral, NumericLiteral or BooleanLiteral, if there is one.
func (p *parser) literal() bool {
	switch t := p.tok(); t.kind {
	case kInteger, kDecimal, kDouble:
		p.next()
	case kString:
		p.next()
		if p.tok().kind == kLang {
			p.next()
		} else if p.accept("^^") {
			if !p.isIRI() {
				p.want("the IRI of the datatype")
			}
			p.next()
		}
	case kWord:
		return p.acceptWord("true", "false")
	default:
		return false
	}
	return true
}
