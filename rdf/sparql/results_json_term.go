package sparql

import (
	"strconv"

	"github.com/themis-go/themis/rdf"
)

// jsonTerm is a term's description as the members of its object come.
type jsonTerm struct {
	kind                  termKind
	value, datatype, lang jsonText
	raw                   byte // how a value that is no string begins
	shape                 *jsonShape
}

// jsonText is a string of the document: a part of buf, by its place in the
// document, or of scratch when it held escapes.
type jsonText struct {
	from, to int64
	set      bool
	scratch  bool
}

func (d *jsonDecoder) text(t jsonText) []byte {
	if t.scratch {
		return d.scratch[t.from:t.to]
	}
	return d.buf[t.from-d.base : t.to-d.base]
}

// termError is a description of a term that is well-formed JSON but no term.
type termError struct {
	msg string
	err error
}

func (e *termError) Error() string { return e.msg }

func (d *jsonDecoder) readTerm(column *jsonColumn) (rdf.Term, error) {
	d.pos++ // the brace
	d.scratch = d.scratch[:0]
	d.term = jsonTerm{}
	t := &d.term
	c, err := d.nonBlank("a member or }")
	if err != nil {
		return nil, err
	}
	if c == '}' {
		d.pos++
		return nil, &termError{msg: "the term has neither type nor value"}
	}
	for {
		had := t.value.set
		if err := d.termMember(t); err != nil {
			return nil, err
		}
		if t.value.set && !had {
			d.remember(column, t)
			return d.restOfTerm(column, t)
		}
		more, err := d.comma('}')
		if err != nil {
			return nil, err
		}
		if !more {
			return d.makeTerm(column, t)
		}
	}
}

// restOfTerm reads what follows a term's value.
func (d *jsonDecoder) restOfTerm(column *jsonColumn, t *jsonTerm) (rdf.Term, error) {
	for {
		more, err := d.comma('}')
		if err != nil {
			return nil, err
		}
		if !more {
			return d.makeTerm(column, t)
		}
		if err := d.termMember(t); err != nil {
			return nil, err
		}
	}
}

// termMember reads one member of a term's object.
func (d *jsonDecoder) termMember(t *jsonTerm) error {
	at := d.offset()
	key, err := d.key()
	if err != nil {
		return err
	}
	var to *jsonText
	isType := false
	switch string(key) {
	case "value":
		to = &t.value
	case "type":
		isType = true
	case "datatype":
		to = &t.datatype
	case "xml:lang", "lang":
		to = &t.lang
	}
	if to != nil && to.set || isType && t.kind != 0 {
		return d.failAt(at, "the term has this member twice", nil)
	}
	if err := d.colon(); err != nil {
		return err
	}
	if to == nil && !isType {
		return d.skipValue(0)
	}
	c, err := d.nonBlank("a value")
	if err != nil {
		return err
	}
	switch {
	case c == '"':
		d.pos++
		text, err := d.readString()
		if err != nil {
			return err
		}
		if isType {
			return d.setKind(t, d.text(text), at)
		}
		*to = text
	case to == &t.value:
		t.raw = c
		from := d.offset()
		if err := d.skipScalar(); err != nil {
			return err
		}
		*to = jsonText{from: from, to: d.offset(), set: true}
	case c == 'n' && !isType: // "xml:lang": null and the like
		return d.word("null")
	default:
		return d.failAt(d.offset(), "want a string", nil)
	}
	return nil
}

func (d *jsonDecoder) setKind(t *jsonTerm, name []byte, at int64) error {
	switch string(name) {
	case "uri", "iri":
		t.kind = kindIRI
	case "literal", "typed-literal":
		t.kind = kindLiteral
	case "bnode":
		t.kind = kindBlank
	default:
		return d.failAt(at, "the term type "+strconv.Quote(excerpt(name))+" is none of uri, literal, bnode", nil)
	}
	return nil
}

func (d *jsonDecoder) makeTerm(column *jsonColumn, t *jsonTerm) (rdf.Term, error) {
	if t.kind == 0 {
		return nil, &termError{msg: "the term has no type"}
	}
	if !t.value.set {
		return nil, &termError{msg: "the term has no value"}
	}
	value := d.text(t.value)
	var term rdf.Term
	var err error
	switch t.kind {
	case kindIRI:
		term, err = d.iri(column, value)
	case kindBlank:
		term, err = d.terms.blank(value)
	default:
		var datatype, lang []byte
		if t.shape != nil {
			datatype, lang = t.shape.datatype, t.shape.lang
		}
		if t.lang.set && lang == nil {
			lang = d.text(t.lang)
		}
		switch {
		case datatype != nil:
		case t.datatype.set:
			datatype = d.text(t.datatype)
		case t.raw != 0:
			datatype = rawDatatype(t.raw, value)
		}
		term, err = d.terms.literal(value, datatype, lang)
	}
	if err != nil {
		return nil, &termError{msg: err.Error(), err: err}
	}
	return term, nil
}

// rawDatatype returns the datatype of a value that stands in the document as a
// JSON number or boolean and that names no datatype.
func rawDatatype(first byte, value []byte) []byte {
	name := "integer"
	switch first {
	case 't', 'f':
		name = "boolean"
	default:
		for _, c := range value {
			if c == 'e' || c == 'E' {
				name = "double"
				break
			}
			if c == '.' {
				name = "decimal"
			}
		}
	}
	return []byte("http://www.w3.org/2001/XMLSchema#" + name)
}
