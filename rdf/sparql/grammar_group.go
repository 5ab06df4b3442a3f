package sparql

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
