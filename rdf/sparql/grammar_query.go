package sparql

import (
	"slices"
	"strings"
)

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
