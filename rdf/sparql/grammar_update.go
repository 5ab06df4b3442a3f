package sparql

// updates is Update: operations separated by semicolons, each with a prologue.
func (p *parser) updates() {
	for {
		p.update()
		if !p.accept(";") {
			return
		}
		p.readPrologue()
		if p.tok().kind == kEOF {
			return
		}
	}
}

// update is Update1.
func (p *parser) update() {
	switch {
	case p.acceptWord("LOAD"):
		p.acceptWord("SILENT")
		p.constantIRI()
		if p.acceptWord("INTO") {
			p.expectWord("GRAPH")
			p.constantIRI()
		}
	case p.acceptWord("CLEAR", "DROP"):
		p.acceptWord("SILENT")
		if p.acceptWord("GRAPH") {
			p.constantIRI()
		} else if !p.acceptWord("DEFAULT", "NAMED", "ALL") {
			p.want("GRAPH, DEFAULT, NAMED or ALL")
		}
	case p.acceptWord("CREATE"):
		p.acceptWord("SILENT")
		p.expectWord("GRAPH")
		p.constantIRI()
	case p.acceptWord("ADD", "MOVE", "COPY"):
		p.acceptWord("SILENT")
		p.graphOrDefault()
		p.expectWord("TO")
		p.graphOrDefault()
	case p.isWord("INSERT", "DELETE") && isKeyword(p.src, p.ahead(1), "DATA"):
		p.noBlanks = p.isWord("DELETE")
		p.next()
		p.next()
		p.constants = true
		p.quads()
		p.constants, p.noBlanks = false, false
	case p.isWord("DELETE") && isKeyword(p.src, p.ahead(1), "WHERE"):
		p.next()
		p.next()
		p.deleted()
	case p.isWord("WITH", "INSERT", "DELETE"):
		p.modify()
	default:
		p.want("SELECT, CONSTRUCT, DESCRIBE, ASK or an update such as INSERT")
	}
}

func (p *parser) graphOrDefault() {
	if p.acceptWord("DEFAULT") {
		return
	}
	p.acceptWord("GRAPH")
	p.constantIRI()
}

func (p *parser) modify() {
	if p.acceptWord("WITH") {
		p.constantIRI()
	}
	deletes := p.acceptWord("DELETE")
	if deletes {
		p.deleted()
	}
	if p.acceptWord("INSERT") {
		p.quads()
	} else if !deletes {
		p.want("DELETE or INSERT")
	}
	for p.acceptWord("USING") {
		p.acceptWord("NAMED")
		p.constantIRI()
	}
	p.expectWord("WHERE")
	p.group()
}

// deleted is what stands after DELETE, where blank nodes have no meaning.
func (p *parser) deleted() {
	p.noBlanks = true
	p.quads()
	p.noBlanks = false
}

// quads is QuadPattern or QuadData: triples, also inside GRAPH.
func (p *parser) quads() {
	p.expect("{")
	p.triples(false)
	for p.acceptWord("GRAPH") {
		p.iriOrVar(" after GRAPH")
		p.template()
		p.accept(".")
		p.triples(false)
	}
	p.expect("}")
}
