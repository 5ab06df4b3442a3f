package sparql

import (
	"bytes"
	"errors"
	"io"

	"github.com/themis-go/themis/rdf"
)

// xmlDecoder reads application/sparql-results+xml (SPARQL Query Results XML
// Format) as its bytes arrive. Unknown elements are skipped.
type xmlDecoder struct {
	xmlReader
	terms  interner
	sol    solution
	phase  xmlPhase
	vars   []string
	result bool // results or boolean was met
}

type xmlPhase uint8

const (
	xmlBegin xmlPhase = iota
	xmlTop            // inside sparql
	xmlRows           // inside results
	xmlDone
)

func newXMLDecoder(src source, terms interner) *xmlDecoder {
	return &xmlDecoder{xmlReader: xmlReader{source: src}, terms: terms}
}

func (d *xmlDecoder) solution() *solution { return &d.sol }

func (d *xmlDecoder) next() (bool, error) {
	for {
		switch d.phase {
		case xmlBegin:
			ev, err := d.event(false)
			if err != nil {
				return false, err
			}
			if ev != xmlStart || string(d.name) != "sparql" {
				if string(d.name) == "html" {
					return false, d.failAt(d.tagAt, "it is a web page", ErrNotResults)
				}
				return false, d.failAt(d.tagAt, "it is XML but no SPARQL results", ErrNotResults)
			}
			d.phase = xmlTop
		case xmlTop:
			if err := d.topElement(); err != nil {
				return false, err
			}
		case xmlRows:
			ok, err := d.rowElement()
			if ok || err != nil {
				return ok, err
			}
		default:
			return false, nil
		}
	}
}

// topElement reads one child of sparql, or up to its rows.
func (d *xmlDecoder) topElement() error {
	ev, err := d.event(false)
	if err != nil {
		return err
	}
	if ev == xmlEnd {
		return d.end()
	}
	switch string(d.name) {
	case "head":
		return d.head()
	case "results", "boolean":
		if d.result {
			return d.failAt(d.tagAt, "a second element of results", nil)
		}
		d.result = true
		if string(d.name) == "results" {
			d.phase = xmlRows
			return nil
		}
		return d.boolean()
	}
	return d.skip()
}

// end checks what follows the document.
func (d *xmlDecoder) end() error {
	d.phase = xmlDone
	if !d.result {
		return d.failAt(d.offset(), "the XML has neither results nor boolean", ErrNotResults)
	}
	ev, err := d.event(false)
	if err == nil && ev != xmlEOF {
		err = d.failAt(d.tagAt, "text behind the end of the document", nil)
	}
	return err
}

func (d *xmlDecoder) head() error {
	for {
		ev, err := d.event(false)
		if err != nil {
			return err
		}
		if ev == xmlEnd {
			if err := d.sol.declare(d.vars); err != nil {
				return d.failAt(d.tagAt, err.Error(), nil)
			}
			return nil
		}
		if string(d.name) == "variable" {
			if !d.nameAttr.set {
				return d.failAt(d.tagAt, "the variable has no name", nil)
			}
			if len(d.vars) == maxVars {
				return d.failAt(d.tagAt, "too many variables", nil)
			}
			d.vars = append(d.vars, string(d.nameAttr.text))
		}
		if err := d.skip(); err != nil {
			return err
		}
	}
}

func (d *xmlDecoder) boolean() error {
	if err := d.content(); err != nil {
		return err
	}
	var b bool
	switch string(bytes.TrimSpace(d.text)) {
	case "true", "1":
		b = true
	case "false", "0":
	default:
		return d.failAt(d.tagAt, "want true or false", nil)
	}
	d.sol.boolean = &b
	return nil
}

// rowElement reads the next row; false behind the last.
func (d *xmlDecoder) rowElement() (bool, error) {
	ev, err := d.event(false)
	if err != nil {
		return false, err
	}
	if ev == xmlEnd {
		d.phase = xmlTop
		return false, nil
	}
	if string(d.name) != "result" {
		return false, d.skip()
	}
	clear(d.sol.row)
	for guess := 0; ; guess++ {
		ev, err := d.event(false)
		if err != nil {
			return false, err
		}
		if ev == xmlEnd {
			return true, nil
		}
		if string(d.name) != "binding" {
			if err := d.skip(); err != nil {
				return false, err
			}
			continue
		}
		at := d.tagAt
		if !d.nameAttr.set {
			return false, d.failAt(at, "the binding has no name", nil)
		}
		col, ok := d.sol.column(d.nameAttr.text, guess)
		switch {
		case !ok:
			return false, d.failAt(at, "too many variables", nil)
		case d.sol.row[col] != nil:
			return false, d.failAt(at, "the row binds this variable twice", nil)
		}
		guess = col
		if d.sol.row[col], err = d.binding(); err != nil {
			var bad *termError
			if errors.As(err, &bad) {
				err = d.failAt(d.tagAt, "?"+d.sol.vars[col]+": "+bad.msg, bad.err)
			}
			return false, err
		}
	}
}

// binding reads the term inside a binding; nil when there is none.
func (d *xmlDecoder) binding() (rdf.Term, error) {
	var term rdf.Term
	for {
		ev, err := d.event(false)
		if err != nil || ev == xmlEnd {
			return term, err
		}
		at := d.tagAt
		kind := termKind(0)
		switch string(d.name) {
		case "uri":
			kind = kindIRI
		case "bnode":
			kind = kindBlank
		case "literal":
			kind = kindLiteral
		case "unbound":
			if err := d.skip(); err != nil {
				return nil, err
			}
			continue
		default:
			return nil, d.failAt(at, "the term is none of uri, literal, bnode", nil)
		}
		if term != nil {
			return nil, d.failAt(at, "the binding has a second term", nil)
		}
		if err := d.content(); err != nil {
			return nil, err
		}
		if term, err = d.makeTerm(kind); err != nil {
			return nil, &termError{msg: err.Error(), err: err}
		}
	}
}

func (d *xmlDecoder) makeTerm(kind termKind) (rdf.Term, error) {
	switch kind {
	case kindIRI:
		return d.terms.resource(d.text)
	case kindBlank:
		return d.terms.blank(d.text)
	}
	return d.terms.literal(d.text, d.datatypeAttr.text, d.langAttr.text)
}

// skip reads the rest of the element that has just begun.
func (d *xmlReader) skip() error {
	for depth := len(d.open); len(d.open) >= depth; {
		if _, err := d.event(true); err != nil {
			return err
		}
		d.text = d.text[:0]
	}
	return nil
}

// content reads the text of the element that has just begun, up to its end.
func (d *xmlReader) content() error {
	d.text = d.text[:0]
	ev, err := d.event(true)
	if err != nil {
		return err
	}
	if ev != xmlEnd {
		return d.failAt(d.tagAt, "an element where only text was due", nil)
	}
	return nil
}

func (d *xmlReader) failAt(at int64, msg string, err error) error {
	return d.fail(XML, at, msg, err)
}

// cut is the error of a document that ends inside of what.
func (d *xmlReader) cut(what string) error {
	if d.err != nil && d.err != io.EOF {
		return d.failAt(d.offset(), "the answer broke off", d.err)
	}
	return d.failAt(d.offset(), "the answer breaks off in "+what, d.broken())
}
