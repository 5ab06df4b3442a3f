package sparql

// startsTriples reports whether the token at hand can begin a triple.
func (p *parser) startsTriples() bool {
	if p.noBlanks && (p.tok().kind == kBlank || p.is("[")) {
		p.fail("DELETE can not name a blank node: use a variable")
	}
	switch t := p.tok(); t.kind {
	case kVar, kIRI, kPName, kBlank, kString, kInteger, kDecimal, kDouble:
		return true
	case kWord:
		return p.isWord("true", "false")
	case kPunct:
		return p.is("(") || p.is("[")
	}
	return false
}

// triples is TriplesBlock (with property paths) or TriplesTemplate.
func (p *parser) triples(paths bool) {
	for p.startsTriples() {
		p.sameSubject(paths)
		if !p.accept(".") {
			return
		}
	}
}

// sameSubject is TriplesSameSubject or TriplesSameSubjectPath.
func (p *parser) sameSubject(paths bool) {
	if (p.is("[") || p.is("(")) && !p.isEmptyPair() {
		p.node(paths)
		if p.startsVerb(paths) {
			p.properties(paths)
		}
		return
	}
	p.termOrVar(roleSubject)
	p.properties(paths)
}

// isEmptyPair reports whether [] or () stands here: ANON, NIL.
func (p *parser) isEmptyPair() bool {
	second := p.ahead(1)
	if second.kind != kPunct {
		return false
	}
	s := second.text(p.src)
	return p.is("[") && s == "]" || p.is("(") && s == ")"
}

// termOrVar is VarOrTerm.
func (p *parser) termOrVar(r role) {
	switch t := p.tok(); {
	case t.kind == kVar:
		p.visible(p.variable(r, ""))
	case p.isIRI(), t.kind == kBlank:
		p.next()
	case p.isEmptyPair():
		p.next()
		p.next()
	default:
		if !p.literal() {
			p.want("an IRI, a literal, a blank node or a variable")
		}
	}
}

// node is GraphNode: a term, a collection, or a blank node with properties.
func (p *parser) node(paths bool) {
	p.enter()
	defer p.leave()
	if p.noBlanks && (p.tok().kind == kBlank || p.is("[")) {
		p.fail("DELETE can not name a blank node: use a variable")
	}
	switch {
	case p.isEmptyPair():
		p.termOrVar(roleTerm)
	case p.accept("["):
		p.properties(paths)
		p.expect("]")
	case p.accept("("):
		for p.err == nil && !p.is(")") {
			p.node(paths)
		}
		p.expect(")")
	default:
		p.termOrVar(roleTerm)
	}
}

func (p *parser) startsVerb(paths bool) bool {
	t := p.tok()
	return t.kind == kVar || p.isIRI() || t.kind == kWord && p.text() == "a" ||
		paths && (p.is("^") || p.is("!") || p.is("("))
}

// properties is PropertyListNotEmpty or PropertyListPathNotEmpty.
func (p *parser) properties(paths bool) {
	if !p.startsVerb(paths) {
		p.want("a predicate")
		return
	}
	for p.startsVerb(paths) {
		switch {
		case p.tok().kind == kVar:
			p.visible(p.variable(roleIRI, ""))
		case paths:
			p.path()
		default:
			p.next()
		}
		p.node(paths)
		for p.accept(",") {
			p.node(paths)
		}
		if !p.is(";") {
			return
		}
		for p.accept(";") {
		}
	}
}

// path is Path: alternatives of sequences of steps.
func (p *parser) path() {
	p.enter()
	defer p.leave()
	for {
		p.accept("^")
		switch {
		case p.accept("!"):
			p.negatedSet()
		case p.accept("("):
			p.path()
			p.expect(")")
		default:
			p.step()
		}
		switch {
		case p.accept("?"), p.accept("*"), p.accept("+"):
		case p.accept("{"): // {2}, {2,}, {2,4}, {,4}: from the drafts, kept by several engines
			if p.tok().kind == kInteger {
				p.next()
			}
			if p.accept(",") && p.tok().kind == kInteger {
				p.next()
			}
			p.expect("}")
		}
		if !p.accept("/") && !p.accept("|") {
			return
		}
	}
}

func (p *parser) step() {
	if !p.isIRI() && (p.tok().kind != kWord || p.text() != "a") {
		p.want("the IRI of a predicate")
	}
	p.next()
}

// negatedSet is PathNegatedPropertySet, after the '!'.
func (p *parser) negatedSet() {
	if !p.accept("(") {
		p.accept("^")
		p.step()
		return
	}
	if p.accept(")") {
		return
	}
	for first := true; first || p.accept("|"); first = false {
		p.accept("^")
		p.step()
	}
	p.expect(")")
}
