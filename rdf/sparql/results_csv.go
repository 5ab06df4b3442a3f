package sparql

import (
	"bytes"
	"errors"
	"io"
	"unicode/utf8"

	"github.com/themis-go/themis/rdf"
)

// tableDecoder is what CSV and TSV have in common: lines of fields, the first
// of which names the variables. Nothing closes such a document: whether it is
// whole, only the protocol that brings it can tell.
type tableDecoder struct {
	source
	terms  interner
	sol    solution
	format ResultFormat
	begun  bool
}

func (d *tableDecoder) solution() *solution { return &d.sol }

// header takes the fields of the first line for variables.
func (d *tableDecoder) header(names []string) error {
	for _, name := range names {
		if !validVariable(name) && len(names) > 0 && (name != "" || len(names) > 1) {
			return d.fail(d.format, 0, "the first line does not name variables", ErrNotResults)
		}
	}
	if len(names) == 1 && names[0] == "" { // a query without variables
		names = nil
	}
	if err := d.sol.declare(names); err != nil {
		return d.fail(d.format, 0, err.Error(), nil)
	}
	return nil
}

// validVariable reports whether name can be a variable's: letters, digits, _
// and what is not ASCII, and the - and . that some stores make up columns with.
func validVariable(name string) bool {
	for _, c := range name {
		ok := c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '-' || c == '.' || c >= 0x80
		if !ok {
			return false
		}
	}
	return name != ""
}

// atEnd is asked where the input is exhausted behind a line.
func (d *tableDecoder) atEnd() error {
	if d.err != io.EOF {
		return d.fail(d.format, d.offset(), "the answer broke off", d.err)
	}
	return nil
}

// skipBOM passes over a byte order mark at the start.
func (d *tableDecoder) skipBOM() {
	if d.have(3) && bytes.HasPrefix(d.buf[d.pos:], []byte("\xef\xbb\xbf")) {
		d.pos += 3
	}
}

// csvDecoder reads the CSV of SPARQL 1.1 Query Results CSV and TSV Formats:
// RFC 4180 with plain values. What begins with _: is a blank node, an empty
// field without quotes is unbound, all else is an xsd:string.
type csvDecoder struct {
	tableDecoder
	comma   byte   // what separates fields
	text    []byte // a quoted field without its quotes
	lineEnd int64  // where the last line ended
}

func newCSVDecoder(src source, terms interner) *csvDecoder {
	return &csvDecoder{tableDecoder: tableDecoder{source: src, terms: terms, format: CSV}, comma: ','}
}

func (d *csvDecoder) next() (bool, error) {
	if !d.begun {
		d.begun = true
		d.skipBOM()
		var names []string
		ok, err := d.line(func(field []byte, _ bool, _ int) error {
			names = append(names, string(bytes.TrimPrefix(field, []byte("?"))))
			if len(names) > maxVars {
				return errors.New("too many columns")
			}
			return nil
		})
		if err != nil {
			return false, err
		}
		if !ok {
			return false, d.fail(d.format, 0, "it is empty", ErrNotResults)
		}
		if err := d.header(names); err != nil {
			return false, err
		}
	}
	clear(d.sol.row)
	fields := 0
	ok, err := d.line(func(field []byte, quoted bool, i int) error {
		fields++
		if i >= len(d.sol.row) {
			if i == 0 && len(field) == 0 { // a row of a query without variables
				return nil
			}
			return errors.New("more fields than the first line names")
		}
		var err error
		d.sol.row[i], err = d.value(field, quoted)
		return err
	})
	if err == nil && ok && fields != max(len(d.sol.row), 1) {
		err = d.fail(d.format, d.lineEnd, "fewer fields than the first line names", nil)
	}
	return ok && err == nil, err
}

func (d *csvDecoder) value(field []byte, quoted bool) (rdf.Term, error) {
	switch {
	case len(field) == 0 && !quoted:
		return nil, nil
	case bytes.HasPrefix(field, []byte("_:")) && len(field) > 2, bytes.HasPrefix(field, []byte("nodeID://")):
		return d.terms.blank(field)
	}
	return d.terms.literal(field, nil, nil)
}

// line reads the fields of a line; false at the end of the document.
func (d *csvDecoder) line(field func(text []byte, quoted bool, i int) error) (bool, error) {
	if _, ok := d.peek(); !ok {
		return false, d.atEnd()
	}
	for i := 0; ; i++ {
		at := d.offset()
		text, quoted, err := d.field()
		if err == nil && !utf8.Valid(text) {
			err = d.fail(d.format, at, "the field is not valid UTF-8", nil)
		}
		if err == nil {
			if err = field(text, quoted, i); err != nil {
				err = d.fail(d.format, at, err.Error(), nil)
			}
		}
		d.mark = -1
		if err != nil {
			return false, err
		}
		c, ok := d.peek()
		d.lineEnd = d.offset()
		switch {
		case !ok:
			return true, d.atEnd()
		case c == d.comma:
			d.pos++
			continue
		case c == '\r':
			d.pos++
			if c, ok := d.peek(); ok && c == '\n' {
				d.pos++
			}
			return true, nil
		case c == '\n':
			d.pos++
			return true, nil
		}
		return false, d.fail(d.format, d.offset(), "want a separator or the end of the line", nil)
	}
}

// field reads a field up to what ends it. The text is good until the next read.
func (d *csvDecoder) field() (text []byte, quoted bool, err error) {
	if c, ok := d.peek(); ok && c == '"' {
		text, err := d.quotedField()
		return text, true, err
	}
	d.mark = d.pos
	for i := d.pos; ; i++ {
		if i == len(d.buf) {
			d.pos = i
			if !d.fill() {
				if d.err != io.EOF {
					return nil, false, d.fail(d.format, d.offset(), "the answer broke off", d.err)
				}
				return d.buf[d.mark:], false, nil
			}
			i = d.pos
		}
		switch d.buf[i] {
		case d.comma, '\n', '\r':
			d.pos = i
			return d.buf[d.mark:i], false, nil
		}
	}
}

func (d *csvDecoder) quotedField() ([]byte, error) {
	d.mark = d.pos // so that an error can name the field's place
	d.pos++
	d.text = d.text[:0]
	for {
		if d.pos == len(d.buf) && !d.fill() {
			return nil, d.fail(d.format, d.offset(), "the answer breaks off in a quoted field", d.broken())
		}
		rest := d.buf[d.pos:]
		i := bytes.IndexByte(rest, '"')
		if i < 0 {
			i = len(rest)
		}
		d.text = append(d.text, rest[:i]...)
		if len(d.text) > d.maxTerm {
			return nil, d.fail(d.format, d.offset(), "field too long", errTermTooLong)
		}
		d.pos += i
		if i == len(rest) {
			continue
		}
		d.pos++
		if c, ok := d.peek(); !ok || c != '"' {
			return d.text, nil
		}
		d.text = append(d.text, '"')
		d.pos++
	}
}
