package rdf

import (
	"encoding/xml"
	"errors"
	"io"
	"strconv"
	"strings"
)

// rdfxmlParser reads RDF/XML by recursive descent over the productions of
// https://www.w3.org/TR/rdf-syntax-grammar/, section 7.
type rdfxmlParser struct {
	*xmlReader
	cfg    *readConfig
	terms  *interner
	emit   func(Quad) bool
	blanks blankMaker
	ids    map[string]bool // IRIs made by rdf:ID: each may be made once
	broken bool            // no more tokens can be read
}

// xmlScope is what elements inherit.
type xmlScope struct {
	base iriBase
	lang string
}

func newRDFXMLParser(r io.Reader, c *readConfig) *rdfxmlParser {
	return &rdfxmlParser{
		xmlReader: newXMLReader(r, c), cfg: c, terms: newInterner(),
		blanks: blankMaker{scope: c.scope}, ids: make(map[string]bool),
	}
}

func (p *rdfxmlParser) next() (any, error) {
	token, err := p.xmlReader.next()
	p.broken = p.broken || err != nil
	return token, err
}

func (p *rdfxmlParser) parse(emit func(Quad) bool) error {
	p.emit = emit
	if err := p.document(); err != errStop {
		return err
	}
	return nil
}

// tolerate decides on an error in an element within which open others were
// open: in lenient mode it is reported and the rest of the element is skipped.
func (p *rdfxmlParser) tolerate(err error, open int) error {
	var syntax *SyntaxError
	if p.cfg.lenient == nil || p.broken || !errors.As(err, &syntax) {
		return err
	}
	p.cfg.lenient(syntax)
	if err := p.skipTo(open); err != nil {
		p.broken = true
		return err
	}
	return nil
}

func (p *rdfxmlParser) document() error {
	var scope xmlScope
	if p.cfg.base != "" {
		var err error
		if scope.base, err = newIRIBase(p.cfg.base); err != nil {
			return err
		}
	}
	for seen := false; ; {
		token, err := p.next()
		if err == io.EOF && seen {
			return nil
		}
		if err == io.EOF {
			return p.fail("the document holds no element")
		}
		if err != nil {
			return err
		}
		switch t := token.(type) {
		case xml.CharData:
			if !isXMLSpace(t) {
				return p.fail("text outside of the document's element")
			}
		case *xmlElement:
			if seen {
				return p.fail("a second element at the top: %s", qualified(t.xmlName))
			}
			seen = true
			if err := p.root(t, scope); err != nil {
				return err
			}
		}
	}
}

func (p *rdfxmlParser) root(e *xmlElement, scope xmlScope) error {
	if e.iri() != nsRDF+"RDF" {
		_, err := p.nodeElement(e, scope, nil)
		return p.tolerate(err, 0)
	}
	scope, attrs, err := p.attributes(e, scope)
	if err != nil {
		return err
	}
	if len(attrs) > 0 {
		return p.fail("rdf:RDF may not have the attribute %s", firstName(attrs))
	}
	return p.children(func(child *xmlElement) error {
		_, err := p.nodeElement(child, scope, nil)
		return err
	})
}

// children hands each child element to read, up to the end tag of the parent.
func (p *rdfxmlParser) children(read func(*xmlElement) error) error {
	for {
		token, err := p.next()
		if err != nil {
			return err
		}
		switch t := token.(type) {
		case xmlEnd:
			return nil
		case *xmlElement:
			open := len(p.open) - 1
			if err := p.tolerate(read(t), open); err != nil {
				return err
			}
		case xml.CharData:
			if !isXMLSpace(t) {
				err := p.fail("text where elements are due: %.40q", string(t))
				if p.cfg.lenient == nil {
					return err
				}
				p.cfg.lenient(err)
			}
		}
	}
}

func isXMLSpace(s []byte) bool {
	for _, c := range s {
		if !is(c, charSpace) {
			return false
		}
	}
	return true
}

func (p *rdfxmlParser) triple(s Subject, predicate Predicate, o Object) error {
	if !p.emit(Quad{Triple: Triple{Subj: s, Pred: predicate, Obj: o}}) {
		return errStop
	}
	return nil
}

// literal returns a plain literal in a language, if there is one.
func (p *rdfxmlParser) literal(s, lang string) (Literal, error) {
	if lang == "" {
		return NewString(s), nil
	}
	l, err := p.terms.langLiteral(s, []byte(lang))
	if err != nil {
		return l, p.fail("%v", err)
	}
	return l, nil
}

// nodeElement reads an element that stands for a node. Before its content is
// read, found is called with the node.
func (p *rdfxmlParser) nodeElement(e *xmlElement, scope xmlScope, found func(Subject) error) (Subject, error) {
	if local, ok := strings.CutPrefix(e.iri(), nsRDF); ok {
		switch local {
		case "RDF", "ID", "about", "bagID", "parseType", "resource", "nodeID", "datatype", "li", "aboutEach", "aboutEachPrefix":
			return nil, p.fail("rdf:%s may not stand for a node", local)
		}
	}
	if e.space == "" {
		return nil, p.fail("the element %s has no namespace", e.local)
	}
	scope, attrs, err := p.attributes(e, scope)
	if err != nil {
		return nil, err
	}
	subj, err := p.subject(attrs, scope.base)
	if err != nil {
		return nil, err
	}
	if found != nil {
		if err := found(subj); err != nil {
			return nil, err
		}
	}
	if e.iri() != nsRDF+"Description" {
		class, err := p.iri(e.iri())
		if err != nil {
			return nil, err
		}
		if err := p.triple(subj, rdfType, class.obj); err != nil {
			return nil, err
		}
	}
	if err := p.propertyAttributes(subj, e, attrs, scope); err != nil {
		return nil, err
	}
	return subj, p.properties(subj, scope)
}

// subject returns the node that the attributes name, and takes them out.
func (p *rdfxmlParser) subject(attrs map[string]string, base iriBase) (subj Subject, err error) {
	id, hasID := take(attrs, nsRDF+"ID")
	about, hasAbout := take(attrs, nsRDF+"about")
	node, hasNode := take(attrs, nsRDF+"nodeID")
	switch {
	case hasID && hasAbout || hasID && hasNode || hasAbout && hasNode:
		return nil, p.fail("only one of rdf:ID, rdf:about and rdf:nodeID may name a node")
	case hasNode:
		return p.nodeID(node)
	case !hasID && !hasAbout:
		return p.blanks.fresh(), nil
	}
	var slot *internSlot
	if hasID {
		slot, err = p.id(id, base)
	} else {
		slot, err = p.resolved(about, base)
	}
	if err != nil {
		return nil, err
	}
	return slot.subj, nil
}

// properties reads the property elements of a node, up to its end tag.
func (p *rdfxmlParser) properties(subj Subject, scope xmlScope) error {
	members := 0
	return p.children(func(e *xmlElement) error {
		name := e.iri()
		if name == nsRDF+"li" {
			members++
			name = nsRDF + "_" + strconv.Itoa(members)
		}
		return p.property(subj, name, e, scope)
	})
}

// emptyContent reads the end tag of an element that may hold nothing but blanks.
func (p *rdfxmlParser) emptyContent() error {
	return p.children(func(e *xmlElement) error {
		return p.fail("the element %s stands where there may be none", qualified(e.xmlName))
	})
}
