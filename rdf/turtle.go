package rdf

import (
	"errors"
	"io"
	"strconv"
)

// errStop ends reading because nobody wants more; it is never returned to a caller.
var errStop = errors.New("stop")

// turtleParser reads Turtle by recursive descent over a window of bytes.
// https://www.w3.org/TR/turtle/
type turtleParser struct {
	cfg      *readConfig
	in       *input
	terms    *interner
	emit     func(Quad) bool
	base     iriBase
	prefixes map[string]string
	blanks   blankMaker
	depth    int
	scratch  []byte
}

func newTurtleParser(r io.Reader, c *readConfig) (*turtleParser, error) {
	p := &turtleParser{
		cfg: c, in: newInput(r, c.maxToken), terms: newInterner(),
		prefixes: make(map[string]string), blanks: blankMaker{scope: c.scope},
	}
	if c.base != "" {
		var err error
		if p.base, err = newIRIBase(c.base); err != nil {
			return nil, err
		}
	}
	return p, nil
}

func (p *turtleParser) parse(emit func(Quad) bool) error {
	p.emit = emit
	for {
		if _, ok := p.skip(); !ok {
			return p.in.err
		}
		start := p.in.offset()
		err := p.statement()
		if err == nil {
			continue
		}
		var syntax *SyntaxError
		switch {
		case err == errStop:
			return nil
		case p.cfg.lenient == nil || !errors.As(err, &syntax):
			return err
		}
		p.cfg.lenient(syntax)
		p.depth = 0
		p.resume(start)
	}
}

// fail is a syntax error at offset bytes behind the current one, or the
// reader's error where that is why a token has no end.
func (p *turtleParser) fail(offset int, msg string) error {
	if p.in.err != nil {
		return p.in.err
	}
	if p.in.pos+offset >= p.in.end && p.in.atEOF {
		msg += "; the document ends here"
	}
	return p.in.syntaxError(Turtle, offset, msg)
}

// statement reads a directive or the triples of one subject, with its full stop.
func (p *turtleParser) statement() error {
	c, _ := p.skip()
	switch {
	case c == '@':
		switch {
		case p.keyword("@prefix", true):
			return p.prefix(len("@prefix"), true)
		case p.keyword("@base", true):
			return p.baseIRI(len("@base"), true)
		}
		return p.fail(0, "want @prefix or @base")
	case c|0x20 == 'p' && p.keyword("prefix", false):
		return p.prefix(len("prefix"), false)
	case c|0x20 == 'b' && p.keyword("base", false):
		return p.baseIRI(len("base"), false)
	}
	if err := p.triples(c); err != nil {
		return err
	}
	p.in.pos++ // triples ends at the full stop
	return nil
}

func (p *turtleParser) fullStop(want string) error {
	if c, _ := p.skip(); c != '.' {
		return p.fail(0, want)
	}
	p.in.pos++
	return nil
}

// keyword reports whether a directive stands here: its name in this case (or
// in any), followed by a blank.
func (p *turtleParser) keyword(name string, exact bool) bool {
	for i := range len(name) {
		c, _ := p.at(i)
		if c != name[i] && (exact || c|0x20 != name[i]) {
			return false
		}
	}
	c, _ := p.at(len(name))
	return is(c, charSpace) || c == '#' || c == '<' && name[len(name)-1] == 'e' || c == ':' && exact
}

func (p *turtleParser) prefix(keyword int, stop bool) error {
	p.in.pos += keyword
	p.skip()
	n, err := p.name(0, false)
	if err != nil {
		return err
	}
	if c, _ := p.at(n); c != ':' || !validPrefixStart(p.in.buf[p.in.pos:p.in.pos+n]) {
		return p.fail(0, "want a prefix of letters, digits, _ - and inner full stops, and a colon")
	}
	prefix := string(p.in.buf[p.in.pos : p.in.pos+n])
	p.in.pos += n + 1
	iri, err := p.directiveIRI()
	if err != nil {
		return err
	}
	if stop {
		if err := p.fullStop("want a full stop after @prefix"); err != nil {
			return err
		}
	}
	if old, ok := p.prefixes[prefix]; ok && old != iri {
		p.terms.forget()
	}
	p.prefixes[prefix] = iri
	return nil
}

// validPrefixStart reports whether the first character of a prefix may be one.
func validPrefixStart(prefix []byte) bool {
	return len(prefix) == 0 || prefix[0] != '_' && nameStartsWith(prefix, false)
}

func (p *turtleParser) baseIRI(keyword int, stop bool) error {
	p.in.pos += keyword
	iri, err := p.directiveIRI()
	if err != nil {
		return err
	}
	if stop {
		if err := p.fullStop("want a full stop after @base"); err != nil {
			return err
		}
	}
	p.base = splitIRI(iri)
	p.terms.forget()
	return nil
}

func (p *turtleParser) directiveIRI() (string, error) {
	if c, _ := p.skip(); c != '<' {
		return "", p.fail(0, "want an IRI between < and >")
	}
	n, err := p.iriLength(0)
	if err != nil {
		return "", err
	}
	iri, err := p.resolveIRI(0, n)
	if err == nil {
		p.in.pos += n
	}
	return iri, err
}

// triples reads the triples of one subject up to, not with, the full stop.
func (p *turtleParser) triples(c byte) error {
	var subj Subject
	switch c {
	case '[':
		p.in.pos++
		if c, _ := p.skip(); c != ']' {
			b := p.blanks.fresh()
			if err := p.propertyList(b); err != nil {
				return err
			}
			if c, _ := p.skip(); c == '.' {
				return nil
			}
			subj = b
		} else {
			p.in.pos++
			subj = p.blanks.fresh()
		}
	case '(':
		head, err := p.collection()
		if err != nil {
			return err
		}
		subj = head.(Subject)
	default:
		slot, n, err := p.resource(c, "want a subject: an IRI, a prefixed name, a blank node, [ or (")
		if err != nil {
			return err
		}
		subj = slot.subj
		p.in.pos += n
	}
	return p.predicateObjects(subj, '.')
}

// propertyList reads what stands in [ ], which is not empty, and its end.
func (p *turtleParser) propertyList(subj Subject) error {
	if err := p.enter(); err != nil {
		return err
	}
	if err := p.predicateObjects(subj, ']'); err != nil {
		return err
	}
	p.in.pos++ // predicateObjects ends at the bracket
	p.depth--
	return nil
}

func (p *turtleParser) enter() error {
	if p.depth++; p.depth > p.cfg.maxDepth {
		return p.fail(0, "[ ] and ( ) nest deeper than "+strconv.Itoa(p.cfg.maxDepth)+" levels: raise MaxNesting if this is meant")
	}
	return nil
}

// predicateObjects reads the properties of a subject up to, not with, end: the
// full stop of the statement or the bracket of a property list.
func (p *turtleParser) predicateObjects(subj Subject, end byte) error {
	for {
		pred, err := p.verb()
		if err != nil {
			return err
		}
		if err := p.objects(subj, pred, end); err != nil {
			return err
		}
		c, _ := p.skip()
		if c != ';' {
			return nil
		}
		for c == ';' {
			p.in.pos++
			c, _ = p.skip()
		}
		if c == end {
			return nil
		}
	}
}

func (p *turtleParser) verb() (Predicate, error) {
	c, _ := p.skip()
	if c == 'a' {
		if next, ok := p.at(1); ok && next < 0x80 && !is(next, charName) && next != ':' && next != '.' {
			p.in.pos++
			return rdfType, nil
		}
	}
	const want = "want a predicate: an IRI, a prefixed name or a"
	if c == '_' {
		return nil, p.fail(0, want)
	}
	slot, n, err := p.resource(c, want)
	if err != nil {
		return nil, err
	}
	p.in.pos += n
	return slot.pred, nil
}

// Boxed once: converting a term to an interface allocates.
var (
	rdfType  Predicate = RDFType
	rdfFirst Predicate = RDFFirst
	rdfRest  Predicate = RDFRest
	rdfNil   Object    = RDFNil
)

// objects reads objects separated by commas. A triple is emitted once what
// follows its object shows that it was meant.
func (p *turtleParser) objects(subj Subject, pred Predicate, end byte) error {
	for {
		obj, err := p.object()
		if err != nil {
			return err
		}
		c, _ := p.skip()
		if c != ',' && c != ';' && c != end {
			return p.fail(0, "want "+string(end)+" or ; or , after the object")
		}
		if !p.emit(Quad{Triple: Triple{Subj: subj, Pred: pred, Obj: obj}}) {
			return errStop
		}
		if c != ',' {
			return nil
		}
		p.in.pos++
	}
}

const wantObject = "want an object: an IRI, a prefixed name, a blank node, a literal, [ or ("

func (p *turtleParser) object() (Object, error) {
	switch c, _ := p.skip(); {
	case c == '"' || c == '\'':
		return p.literal(c)
	case c == '[':
		p.in.pos++
		b := p.blanks.fresh()
		if c, _ := p.skip(); c == ']' {
			p.in.pos++
			return b, nil
		}
		return b, p.propertyList(b)
	case c == '(':
		return p.collection()
	case is(c, charDigit) || c == '+' || c == '-' || c == '.':
		return p.number()
	default:
		if c == 't' || c == 'f' {
			if b, n := p.boolean(); n > 0 {
				p.in.pos += n
				return b, nil
			}
		}
		slot, n, err := p.resource(c, wantObject)
		if err != nil {
			return nil, err
		}
		p.in.pos += n
		return slot.obj, nil
	}
}

// collection reads ( … ) and returns its first node, or rdf:nil.
func (p *turtleParser) collection() (Object, error) {
	if err := p.enter(); err != nil {
		return nil, err
	}
	p.in.pos++
	head := rdfNil
	var node Subject
	for {
		if c, ok := p.skip(); c == ')' {
			p.in.pos++
			break
		} else if !ok {
			return nil, p.fail(0, "want ) after the members")
		}
		obj, err := p.object()
		if err != nil {
			return nil, err
		}
		next := p.blanks.fresh()
		if node == nil {
			head = next
		} else if !p.emit(Quad{Triple: Triple{Subj: node, Pred: rdfRest, Obj: next}}) {
			return nil, errStop
		}
		node = next
		if !p.emit(Quad{Triple: Triple{Subj: node, Pred: rdfFirst, Obj: obj}}) {
			return nil, errStop
		}
	}
	p.depth--
	if node != nil && !p.emit(Quad{Triple: Triple{Subj: node, Pred: rdfRest, Obj: rdfNil}}) {
		return nil, errStop
	}
	return head, nil
}
