package sparql

// constraint is Constraint: an expression in parentheses or a call.
func (p *parser) constraint() {
	switch {
	case p.is("("):
		p.bracketed()
	case p.isCall():
		p.call()
	default:
		p.want("an expression in parentheses or a function call")
	}
}

func (p *parser) bracketed() {
	p.expect("(")
	p.expression()
	p.expect(")")
}

// isCall reports whether a function is called here.
func (p *parser) isCall() bool {
	t := p.tok()
	if isKeyword(p.src, t, "EXISTS") {
		return true
	}
	second := p.ahead(1)
	if isKeyword(p.src, t, "NOT") {
		return isKeyword(p.src, second, "EXISTS")
	}
	return (t.kind == kWord || p.isIRI()) && second.kind == kPunct && second.text(p.src) == "(" &&
		!isKeyword(p.src, t, "AS", "IN", "VALUES", "BIND", "FILTER", "HAVING", "ASC", "DESC")
}

// call is BuiltInCall, FunctionCall or Aggregate. Names of functions are not
// checked: dialects and later versions add some.
func (p *parser) call() {
	switch {
	case p.acceptWord("NOT"):
		p.expectWord("EXISTS")
		p.hide(p.group)
		return
	case p.acceptWord("EXISTS"):
		p.hide(p.group)
		return
	case p.acceptWord("BOUND"):
		p.expect("(")
		p.variable(roleVar, "is tested by BOUND")
		p.expect(")")
		return
	}
	count := p.isWord("COUNT")
	aggregate := count || p.isWord("SUM", "MIN", "MAX", "AVG", "SAMPLE", "GROUP_CONCAT")
	p.next()
	p.expect("(")
	p.acceptWord("DISTINCT")
	switch {
	case count && p.accept("*"):
	case p.is(")"):
	default:
		p.expression()
		for !aggregate && p.accept(",") {
			p.expression()
		}
		if aggregate && p.accept(";") { // GROUP_CONCAT
			p.expectWord("SEPARATOR")
			p.expect("=")
			switch p.tok().kind {
			case kString:
				p.next()
			case kVar:
				p.parameter(roleTerm)
			default:
				p.want("the separator as a string")
			}
		}
	}
	p.expect(")")
}

// expression is Expression. The levels of precedence do not matter for what
// the grammar accepts, but for relations, which do not chain.
func (p *parser) expression() {
	p.enter()
	defer p.leave()
	for {
		p.additive()
		switch {
		case p.accept("="), p.accept("!="), p.accept("<"), p.accept(">"), p.accept("<="), p.accept(">="):
			p.additive()
		case p.acceptWord("IN"):
			p.expressionList()
		case p.isWord("NOT") && isKeyword(p.src, p.ahead(1), "IN"):
			p.next()
			p.next()
			p.expressionList()
		}
		if !p.accept("&&") && !p.accept("||") {
			return
		}
	}
}

func (p *parser) expressionList() {
	p.expect("(")
	if p.accept(")") {
		return
	}
	p.expression()
	for p.accept(",") {
		p.expression()
	}
	p.expect(")")
}

// additive is AdditiveExpression; a number with a sign can be the operator and
// the operand in one: ?a-1.
func (p *parser) additive() {
	p.unary()
	for p.err == nil {
		t := p.tok()
		signed := (t.kind == kInteger || t.kind == kDecimal || t.kind == kDouble) && !isDigit(p.src[t.start]) && p.src[t.start] != '.'
		switch {
		case signed:
			p.next()
		case p.accept("+"), p.accept("-"), p.accept("*"), p.accept("/"):
			p.unary()
		default:
			return
		}
	}
}

func (p *parser) unary() {
	p.enter()
	defer p.leave()
	if p.accept("!") || p.accept("+") || p.accept("-") {
		p.unary() // SPARQL 1.1 has one operator here; engines and 1.2 take several
		return
	}
	switch {
	case p.is("("):
		p.bracketed()
	case p.isCall():
		p.call()
	case p.isIRI():
		p.next()
	case p.tok().kind == kVar:
		p.variable(roleTerm, "")
	default:
		if !p.literal() {
			p.want("an expression")
		}
	}
}
