package rdf

import (
	"maps"
	"slices"
	"strings"
	"unicode/utf8"
)

// attributes returns the attributes of an element by the IRIs of their names,
// and the scope of its content; those of XML itself are taken out.
func (p *rdfxmlParser) attributes(e *xmlElement, scope xmlScope) (xmlScope, map[string]string, error) {
	attrs := make(map[string]string, len(e.attrs))
	for _, a := range e.attrs {
		switch {
		case a.space == nsXML && a.local == "lang":
			if a.value != "" && !validLang(a.value) {
				return scope, nil, p.fail("xml:lang=%q: want a language tag such as nl or nl-BE", a.value)
			}
			scope.lang = a.value
		case a.space == nsXML && a.local == "base":
			iri, err := p.resolve(a.value, scope.base)
			if err != nil {
				return scope, nil, err
			}
			scope.base = splitIRI(iri)
		case a.space == nsXML || a.space == "" && strings.HasPrefix(strings.ToLower(a.local), "xml"):
		case a.space == "":
			switch a.local {
			case "ID", "about", "resource", "parseType", "type": // as RDF 1999 allowed
				attrs[nsRDF+a.local] = a.value
			default:
				return scope, nil, p.fail("the attribute %s has no namespace", a.local)
			}
		default:
			attrs[a.iri()] = a.value
		}
	}
	for name := range attrs {
		if local, ok := strings.CutPrefix(name, nsRDF); ok {
			switch local {
			case "RDF", "Description", "li", "aboutEach", "aboutEachPrefix", "bagID":
				return scope, nil, p.fail("rdf:%s may not be an attribute", local)
			}
		}
	}
	return scope, attrs, nil
}

func (p *rdfxmlParser) resolve(ref string, base iriBase) (string, error) {
	if at, msg := checkIRI([]byte(ref)); msg != "" {
		return "", p.fail("%q, at byte %d: %s", ref, at+1, msg)
	}
	if hasScheme([]byte(ref)) {
		return ref, nil
	}
	if base.isZero() {
		return "", p.fail("%q is a relative IRI, and the document has no base: read it with the option Base", ref)
	}
	return base.resolve(ref), nil
}

// iri returns the term of an absolute IRI.
func (p *rdfxmlParser) iri(s string) (*internSlot, error) {
	slot, ok := p.terms.slot([]byte(s))
	if ok {
		return slot, nil
	}
	if !hasScheme([]byte(s)) { // of a name: references are resolved before
		return nil, p.fail("the name %q is no absolute IRI: its namespace is relative", s)
	}
	iri, err := NewIRI(s)
	if err != nil {
		return nil, p.fail("%v", err)
	}
	slot.setIRI(p.terms.gen, s, iri)
	return slot, nil
}

func (p *rdfxmlParser) resolved(ref string, base iriBase) (*internSlot, error) {
	s, err := p.resolve(ref, base)
	if err != nil {
		return nil, err
	}
	return p.iri(s)
}

// id returns the IRI that an rdf:ID makes.
func (p *rdfxmlParser) id(name string, base iriBase) (*internSlot, error) {
	if !isNCName(name) {
		return nil, p.fail("rdf:ID=%q: want an XML name without a colon", name)
	}
	s, err := p.resolve("#"+name, base)
	if err != nil {
		return nil, err
	}
	if p.ids[s] {
		return nil, p.fail("rdf:ID=%q stands twice for the same base", name)
	}
	p.ids[s] = true
	return p.iri(s)
}

func (p *rdfxmlParser) nodeID(name string) (Blank, error) {
	if !isNCName(name) {
		return Blank{}, p.fail("rdf:nodeID=%q: want an XML name without a colon", name)
	}
	return p.blanks.labelled([]byte(name)), nil
}

// isNCName reports whether s is a name without a colon (Namespaces in XML, 3).
func isNCName(s string) bool {
	for i, r := range s {
		if r == utf8.RuneError || !(nameStartRune(r) || i > 0 && (nameRune(r) || r == '.')) {
			return false
		}
	}
	return s != ""
}

func take(attrs map[string]string, name string) (string, bool) {
	value, ok := attrs[name]
	delete(attrs, name)
	return value, ok
}

// propertyAttributes emits the triples of the attributes that are properties,
// in the order of the document.
func (p *rdfxmlParser) propertyAttributes(subj Subject, e *xmlElement, attrs map[string]string, scope xmlScope) error {
	for _, a := range e.attrs {
		name := a.iri()
		if a.space == "" {
			name = nsRDF + a.local
		}
		value, ok := take(attrs, name)
		if !ok {
			continue
		}
		switch strings.TrimPrefix(name, nsRDF) {
		case "ID", "about", "nodeID", "resource", "parseType", "datatype":
			return p.fail("the attribute %s may not stand here", qualified(a.xmlName))
		case "type":
			class, err := p.resolved(value, scope.base)
			if err != nil {
				return err
			}
			if err := p.triple(subj, rdfType, class.obj); err != nil {
				return err
			}
			continue
		}
		pred, err := p.iri(name)
		if err != nil {
			return err
		}
		predicate := pred.pred
		l, err := p.literal(value, scope.lang)
		if err != nil {
			return err
		}
		if err := p.triple(subj, predicate, l); err != nil {
			return err
		}
	}
	return nil
}

// firstName returns the name that comes first, so that messages are stable.
func firstName(attrs map[string]string) string {
	return slices.Min(slices.Collect(maps.Keys(attrs)))
}
