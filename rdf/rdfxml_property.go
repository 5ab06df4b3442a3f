package rdf

import (
	"encoding/xml"
	"strings"
)

// property reads a property element: the triples that it makes of subj.
func (p *rdfxmlParser) property(subj Subject, name string, e *xmlElement, scope xmlScope) error {
	if local, ok := strings.CutPrefix(name, nsRDF); ok {
		switch local {
		case "RDF", "ID", "about", "bagID", "parseType", "resource", "nodeID", "datatype", "Description", "aboutEach", "aboutEachPrefix":
			return p.fail("rdf:%s may not stand for a property", local)
		}
	}
	if e.space == "" {
		return p.fail("the element %s has no namespace", e.local)
	}
	scope, attrs, err := p.attributes(e, scope)
	if err != nil {
		return err
	}
	slot, err := p.iri(name)
	if err != nil {
		return err
	}
	s := &xmlStatement{p: p, subj: subj, pred: slot.pred}
	if id, ok := take(attrs, nsRDF+"ID"); ok {
		slot, err := p.id(id, scope.base)
		if err != nil {
			return err
		}
		s.id = slot.subj
	}
	if kind, ok := take(attrs, nsRDF+"parseType"); ok {
		if len(attrs) > 0 {
			return p.fail("rdf:parseType and the attribute %s exclude each other", firstName(attrs))
		}
		switch kind {
		case "Resource":
			node := p.blanks.fresh()
			if err := s.emit(node); err != nil {
				return err
			}
			return p.properties(node, scope)
		case "Collection":
			return p.collection(s, scope)
		}
		// "All other values are treated as Literal" (7.2.20).
		text, err := p.xmlLiteral()
		if err != nil {
			return err
		}
		return s.emit(NewTyped(text, rdfXMLLiteral))
	}
	if datatype, ok := take(attrs, nsRDF+"datatype"); ok {
		return p.typedProperty(s, datatype, attrs, scope)
	}
	if len(attrs) > 0 {
		return p.emptyProperty(s, e, attrs, scope)
	}
	return p.contentProperty(s, scope)
}

var rdfXMLLiteral = MustIRI(nsRDF + "XMLLiteral")

// xmlStatement is a triple that waits for its object; where id is not nil it is
// reified (7.3).
type xmlStatement struct {
	p    *rdfxmlParser
	subj Subject
	pred Predicate
	id   Subject
}

func (s *xmlStatement) emit(o Object) error {
	if err := s.p.triple(s.subj, s.pred, o); err != nil || s.id == nil {
		return err
	}
	// The object of a triple may be whatever its subject and predicate are.
	for _, t := range []Triple{
		{Subj: s.id, Pred: rdfType, Obj: MustIRI(nsRDF + "Statement")},
		{Subj: s.id, Pred: MustIRI(nsRDF + "subject"), Obj: s.subj.(Object)},
		{Subj: s.id, Pred: MustIRI(nsRDF + "predicate"), Obj: s.pred.(Object)},
		{Subj: s.id, Pred: MustIRI(nsRDF + "object"), Obj: o},
	} {
		if err := s.p.triple(t.Subj, t.Pred, t.Obj); err != nil {
			return err
		}
	}
	return nil
}

// typedProperty reads a property element with rdf:datatype: text alone.
func (p *rdfxmlParser) typedProperty(s *xmlStatement, datatype string, attrs map[string]string, scope xmlScope) error {
	if len(attrs) > 0 {
		return p.fail("rdf:datatype and the attribute %s exclude each other", firstName(attrs))
	}
	slot, err := p.resolved(datatype, scope.base)
	if err != nil {
		return err
	}
	kind := slot.obj.(IRI)
	text, child, err := p.text()
	if err != nil {
		return err
	}
	if child != nil {
		return p.fail("an element within a property with rdf:datatype")
	}
	return s.emit(NewTyped(text, kind))
}

// emptyProperty reads a property element whose object its attributes tell.
func (p *rdfxmlParser) emptyProperty(s *xmlStatement, e *xmlElement, attrs map[string]string, scope xmlScope) error {
	var node Object
	resource, hasResource := take(attrs, nsRDF+"resource")
	id, hasNode := take(attrs, nsRDF+"nodeID")
	switch {
	case hasResource && hasNode:
		return p.fail("only one of rdf:resource and rdf:nodeID may name a node")
	case hasResource:
		slot, err := p.resolved(resource, scope.base)
		if err != nil {
			return err
		}
		node = slot.obj
	case hasNode:
		b, err := p.nodeID(id)
		if err != nil {
			return err
		}
		node = b
	default:
		node = p.blanks.fresh()
	}
	if err := s.emit(node); err != nil {
		return err
	}
	if err := p.propertyAttributes(node.(Subject), e, attrs, scope); err != nil {
		return err
	}
	return p.emptyContent()
}

// contentProperty reads a property element without attributes: its object is
// its text, or the one node within it.
func (p *rdfxmlParser) contentProperty(s *xmlStatement, scope xmlScope) error {
	text, child, err := p.text()
	if err != nil {
		return err
	}
	if child == nil {
		l, err := p.literal(text, scope.lang)
		if err != nil {
			return err
		}
		return s.emit(l)
	}
	link := func(node Subject) error { return s.emit(node.(Object)) }
	if _, err := p.nodeElement(child, scope, link); err != nil {
		return err
	}
	return p.emptyContent()
}

// text reads text up to the end tag, or up to a child element, before which
// there may be blanks only.
func (p *rdfxmlParser) text() (string, *xmlElement, error) {
	var text []byte
	for {
		token, err := p.next()
		if err != nil {
			return "", nil, err
		}
		switch t := token.(type) {
		case xmlEnd:
			return string(text), nil, nil
		case xml.CharData:
			if text = append(text, t...); len(text) > p.cfg.maxToken {
				return "", nil, p.tooLong()
			}
		case *xmlElement:
			if !isXMLSpace(text) {
				return "", nil, p.fail("text and an element together in one property: say rdf:parseType=\"Literal\" if XML is meant")
			}
			return "", t, nil
		}
	}
}

// collection reads the nodes of a property with rdf:parseType="Collection".
func (p *rdfxmlParser) collection(s *xmlStatement, scope xmlScope) error {
	var last Subject
	err := p.children(func(e *xmlElement) error {
		_, err := p.nodeElement(e, scope, func(member Subject) error {
			link := p.blanks.fresh()
			var err error
			if last == nil {
				err = s.emit(link)
			} else {
				err = p.triple(last, rdfRest, link)
			}
			if err != nil {
				return err
			}
			last = link
			return p.triple(link, rdfFirst, member.(Object))
		})
		return err
	})
	switch {
	case err != nil:
		return err
	case last == nil:
		return s.emit(rdfNil)
	}
	return p.triple(last, rdfRest, rdfNil)
}
