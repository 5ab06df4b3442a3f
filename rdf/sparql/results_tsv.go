package sparql

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"

	"github.com/themis-go/themis/rdf"
)

// tsvDecoder reads the TSV of SPARQL 1.1 Query Results CSV and TSV Formats:
// terms in the syntax of SPARQL and Turtle, variables with their mark. What
// Virtuoso sends under that name (plain values in quotes, as in its CSV) is
// known by its first line and read as CSV with tabs.
type tsvDecoder struct {
	tableDecoder
	plain   *csvDecoder // for Virtuoso's dialect
	scratch []byte
}

func newTSVDecoder(src source, terms interner) *tsvDecoder {
	return &tsvDecoder{tableDecoder: tableDecoder{source: src, terms: terms, format: TSV}}
}

func (d *tsvDecoder) solution() *solution {
	if d.plain != nil {
		return &d.plain.sol
	}
	return &d.sol
}

func (d *tsvDecoder) next() (bool, error) {
	if !d.begun {
		d.begun = true
		d.skipBOM()
		if c, ok := d.peek(); ok && c != '?' && c != '\n' && c != '\r' {
			d.plain = newCSVDecoder(d.source, d.terms)
			d.plain.format, d.plain.comma = TSV, '\t'
		} else if err := d.firstLine(); err != nil {
			return false, err
		}
	}
	if d.plain != nil {
		return d.plain.next()
	}
	return d.row()
}

func (d *tsvDecoder) firstLine() error {
	line, ok, err := d.line()
	if err != nil {
		return err
	}
	if !ok {
		return d.fail(TSV, 0, "it is empty", ErrNotResults)
	}
	var names []string
	for _, name := range bytes.Split(line, []byte{'\t'}) {
		names = append(names, string(bytes.TrimPrefix(name, []byte("?"))))
		if len(names) > maxVars {
			return d.fail(TSV, 0, "too many columns", nil)
		}
	}
	return d.header(names)
}

// line reads a line without its end; false at the end of the document. The
// bytes are good until the next read.
func (d *tsvDecoder) line() ([]byte, bool, error) {
	if _, ok := d.peek(); !ok {
		return nil, false, d.atEnd()
	}
	d.mark = d.pos
	defer func() { d.mark = -1 }()
	from := d.pos
	for {
		i := bytes.IndexByte(d.buf[from:], '\n')
		if i >= 0 {
			line := d.buf[d.mark : from+i]
			d.pos = from + i + 1
			return bytes.TrimSuffix(line, []byte{'\r'}), true, nil
		}
		d.pos = len(d.buf)
		if !d.fill() {
			if d.err != io.EOF {
				return nil, false, d.fail(TSV, d.offset(), "the answer broke off", d.err)
			}
			return d.buf[d.mark:], true, d.atEnd()
		}
		from = d.pos
	}
}

func (d *tsvDecoder) row() (bool, error) {
	start := d.offset()
	line, ok, err := d.line()
	if err != nil || !ok {
		return false, err
	}
	clear(d.sol.row)
	if len(d.sol.row) == 0 && len(line) == 0 {
		return true, nil
	}
	for i := 0; ; i++ {
		field, rest, more := bytes.Cut(line, []byte{'\t'})
		at := start
		start += int64(len(field)) + 1
		if i >= len(d.sol.row) {
			return false, d.fail(TSV, at, "more fields than the first line names", nil)
		}
		if d.sol.row[i], err = d.termOf(field); err != nil {
			return false, d.fail(TSV, at, "?"+d.sol.vars[i]+": "+err.Error(), err)
		}
		if !more {
			if i+1 < len(d.sol.row) {
				return false, d.fail(TSV, at, "fewer fields than the first line names", nil)
			}
			return true, nil
		}
		line = rest
	}
}

var (
	errNoTerm   = errors.New("this is no term in the syntax of SPARQL")
	errUTF8     = errors.New("the field is not valid UTF-8")
	xsdPrefix   = "http://www.w3.org/2001/XMLSchema#"
	xsdIntBytes = []byte(xsdPrefix + "integer")
	xsdDecBytes = []byte(xsdPrefix + "decimal")
	xsdDblBytes = []byte(xsdPrefix + "double")
	xsdBoolean  = []byte(xsdPrefix + "boolean")
)

// termOf reads the term that a field holds; nil for an empty field.
func (d *tsvDecoder) termOf(field []byte) (rdf.Term, error) {
	if !utf8.Valid(field) {
		return nil, errUTF8
	}
	if len(field) == 0 {
		return nil, nil
	}
	switch c := field[0]; {
	case c == '<':
		iri, rest, err := d.iriRef(field)
		if err != nil || len(rest) > 0 {
			return nil, firstError(err, errNoTerm)
		}
		return d.terms.iri(iri)
	case c == '_':
		if !bytes.HasPrefix(field, []byte("_:")) || len(field) == 2 {
			return nil, errNoTerm
		}
		return d.terms.blank(field)
	case c == '"' || c == '\'':
		return d.literal(field)
	case string(field) == "true" || string(field) == "false":
		return d.terms.literal(field, xsdBoolean, nil)
	}
	if datatype := numberType(field); datatype != nil {
		return d.terms.literal(field, datatype, nil)
	}
	return nil, errNoTerm
}

func firstError(err, otherwise error) error {
	if err != nil {
		return err
	}
	return otherwise
}

// iriRef reads <iri> and returns what follows.
func (d *tsvDecoder) iriRef(field []byte) (iri, rest []byte, err error) {
	end := bytes.IndexByte(field, '>')
	if end < 0 {
		return nil, nil, errors.New("the closing > is missing")
	}
	iri, rest = field[1:end], field[end+1:]
	if bytes.IndexByte(iri, '\\') >= 0 {
		iri, err = unescapeTurtle(nil, iri, false)
	}
	return iri, rest, err
}

// literal reads a quoted literal with its language or datatype.
func (d *tsvDecoder) literal(field []byte) (rdf.Term, error) {
	quote := field[:1]
	if q := field[0]; len(field) >= 6 && field[1] == q && field[2] == q { // long quotes
		quote = field[:3]
	}
	body := field[len(quote):]
	end := closingQuote(body, quote)
	if end < 0 {
		return nil, errors.New("the closing quote is missing")
	}
	text, rest := body[:end], body[end+len(quote):]
	if bytes.IndexByte(text, '\\') >= 0 {
		var err error
		if d.scratch, err = unescapeTurtle(d.scratch[:0], text, true); err != nil {
			return nil, err
		}
		text = d.scratch
	}
	switch {
	case len(rest) == 0:
		return d.terms.literal(text, nil, nil)
	case rest[0] == '@' && len(rest) > 1:
		return d.terms.literal(text, nil, rest[1:])
	case bytes.HasPrefix(rest, []byte("^^<")):
		datatype, behind, err := d.iriRef(rest[2:])
		if err != nil || len(behind) > 0 {
			return nil, firstError(err, errNoTerm)
		}
		return d.terms.literal(text, datatype, nil)
	}
	return nil, errNoTerm
}

// closingQuote returns the place of the quote that ends body, -1: none does.
func closingQuote(body, quote []byte) int {
	for i := 0; i < len(body); i++ {
		switch {
		case body[i] == '\\':
			i++
		case bytes.HasPrefix(body[i:], quote):
			return i
		}
	}
	return -1
}

// unescapeTurtle appends s to dst with its escapes read: \uXXXX, \UXXXXXXXX
// and, in strings, those of one letter.
func unescapeTurtle(dst, s []byte, letters bool) ([]byte, error) {
	for i := 0; i < len(s); i++ {
		if s[i] != '\\' {
			dst = append(dst, s[i])
			continue
		}
		i++
		if i == len(s) {
			return nil, errors.New("an escape breaks off")
		}
		digits := 0
		switch c := s[i]; {
		case c == 'u':
			digits = 4
		case c == 'U':
			digits = 8
		case letters && bytes.IndexByte([]byte(`tbnrf"'\`), c) >= 0:
			dst = append(dst, "\t\b\n\r\f\"'\\"[bytes.IndexByte([]byte(`tbnrf"'\`), c)])
			continue
		default:
			return nil, fmt.Errorf("the escape \\%c is unknown", c)
		}
		if len(s)-i-1 < digits {
			return nil, errors.New("an escape breaks off")
		}
		var r rune
		for _, c := range s[i+1 : i+1+digits] {
			v := hexValue(c)
			if v < 0 || r > utf8.MaxRune {
				return nil, errors.New("an escape is no character")
			}
			r = r<<4 | v
		}
		if !utf8.ValidRune(r) {
			return nil, errors.New("an escape is no character")
		}
		dst = utf8.AppendRune(dst, r)
		i += digits
	}
	return dst, nil
}

func hexValue(c byte) rune {
	switch {
	case c >= '0' && c <= '9':
		return rune(c - '0')
	case c >= 'a' && c <= 'f':
		return rune(c-'a') + 10
	case c >= 'A' && c <= 'F':
		return rune(c-'A') + 10
	}
	return -1
}

// numberType returns the datatype of a bare number (Turtle's INTEGER, DECIMAL
// and DOUBLE), nil when s is none.
func numberType(s []byte) []byte {
	if len(s) > 0 && (s[0] == '+' || s[0] == '-') {
		s = s[1:]
	}
	whole, s := leadingDigits(s)
	datatype := xsdIntBytes
	fraction := 0
	if len(s) > 0 && s[0] == '.' {
		datatype = xsdDecBytes
		fraction, s = leadingDigits(s[1:])
		if fraction == 0 && (len(s) == 0 || whole == 0) {
			return nil
		}
	}
	if whole+fraction == 0 {
		return nil
	}
	if len(s) > 0 && (s[0] == 'e' || s[0] == 'E') {
		datatype = xsdDblBytes
		s = s[1:]
		if len(s) > 0 && (s[0] == '+' || s[0] == '-') {
			s = s[1:]
		}
		var n int
		if n, s = leadingDigits(s); n == 0 {
			return nil
		}
	}
	if len(s) > 0 {
		return nil
	}
	return datatype
}

func leadingDigits(s []byte) (int, []byte) {
	n := 0
	for n < len(s) && s[n] >= '0' && s[n] <= '9' {
		n++
	}
	return n, s[n:]
}
