package rdf

import (
	"bytes"
	"io"
	"unicode/utf8"
)

// maxInternedLiteral is the longest literal, as written, that is interned:
// dates, numbers and codes repeat, texts do not.
const maxInternedLiteral = 96

// lineDecoder reads N-Triples and N-Quads: a statement is a line.
// https://www.w3.org/TR/n-triples/, https://www.w3.org/TR/n-quads/
type lineDecoder struct {
	f       Format
	cfg     *readConfig
	in      *input
	terms   *interner
	scratch []byte

	line []byte // the line that is being read
	i    int    // the next byte of it

	lastSubject []byte // as written, a copy
	lastSubj    Subject
}

func newLineDecoder(r io.Reader, f Format, c *readConfig) *lineDecoder {
	return &lineDecoder{f: f, cfg: c, in: newInput(r, c.maxToken), terms: newInterner()}
}

// lineError is a syntax error at an offset of the current line.
type lineError struct {
	at  int
	msg string
}

func (d *lineDecoder) decode(emit func(Quad) bool) error {
	for {
		size, ok := d.nextLine()
		if !ok {
			return d.in.err
		}
		for d.i = 0; ; {
			q, ok, bad := d.statement()
			if bad.msg != "" {
				err := d.in.syntaxError(d.f, bad.at, bad.msg)
				if d.cfg.lenient == nil {
					return err
				}
				d.cfg.lenient(err)
				// CR alone ends a line too.
				cr := bytes.IndexByte(d.line[bad.at:], '\r')
				if cr < 0 {
					break
				}
				d.i = bad.at + cr
				continue
			}
			if !ok {
				break
			}
			if !emit(q) {
				return nil
			}
		}
		d.in.pos += size
	}
}

// nextLine makes line the next line without its LF, and returns how many bytes
// it has with it.
func (d *lineDecoder) nextLine() (size int, ok bool) {
	in := d.in
	for from := 0; ; {
		if i := bytes.IndexByte(in.buf[in.pos+from:in.end], '\n'); i >= 0 {
			d.line = in.buf[in.pos : in.pos+from+i]
			return from + i + 1, true
		}
		from = in.end - in.pos
		if !in.more() {
			if in.err != nil || in.pos == in.end {
				return 0, false
			}
			d.line = in.buf[in.pos:in.end]
			return len(d.line), true
		}
	}
}

func (d *lineDecoder) space() {
	for d.i < len(d.line) && (d.line[d.i] == ' ' || d.line[d.i] == '\t') {
		d.i++
	}
}

// endOfLine passes over blanks and a comment and reports whether the line
// (which may hold several that end with CR alone) or the text ends there.
func (d *lineDecoder) endOfLine() bool {
	d.space()
	if d.i < len(d.line) && d.line[d.i] == '#' {
		if j := bytes.IndexByte(d.line[d.i:], '\r'); j >= 0 {
			d.i += j
		} else {
			d.i = len(d.line)
		}
	}
	return d.i == len(d.line) || d.line[d.i] == '\r'
}

// statement reads the next statement of the line; ok is false at its end.
func (d *lineDecoder) statement() (q Quad, ok bool, bad lineError) {
	for d.endOfLine() {
		if d.i == len(d.line) {
			return q, false, bad
		}
		d.i++
	}
	if q.Subj, bad = d.subject(); bad.msg != "" {
		return q, false, bad
	}
	d.space()
	slot, bad := d.resource("want the predicate, an IRI between < and >", false)
	if bad.msg != "" {
		return q, false, bad
	}
	q.Pred = slot.pred
	d.space()
	if q.Obj, bad = d.object(); bad.msg != "" {
		return q, false, bad
	}
	d.space()
	if d.f == NQuads && d.i < len(d.line) && d.line[d.i] != '.' {
		slot, bad := d.resource("want a graph name (an IRI or a blank node) or the full stop", true)
		if bad.msg != "" {
			return q, false, bad
		}
		q.Ctx = slot.subj
		d.space()
	}
	if d.i == len(d.line) || d.line[d.i] != '.' {
		return q, false, lineError{d.i, "want a full stop at the end of the statement"}
	}
	d.i++
	if !d.endOfLine() {
		return q, false, lineError{d.i, "want the end of the line after the full stop"}
	}
	return q, true, bad
}

func (d *lineDecoder) subject() (Subject, lineError) {
	// Statements about one subject mostly stand together.
	if n := len(d.lastSubject); n > 0 && bytes.HasPrefix(d.line[d.i:], d.lastSubject) &&
		(d.lastSubject[0] == '<' || d.i+n < len(d.line) && is(d.line[d.i+n], charSpace)) {
		d.i += n
		return d.lastSubj, lineError{}
	}
	start := d.i
	slot, bad := d.resource("want the subject: an IRI between < and >, or a blank node _:label", true)
	if bad.msg != "" {
		return nil, bad
	}
	d.lastSubject = append(d.lastSubject[:0], d.line[start:d.i]...)
	d.lastSubj = slot.subj
	return slot.subj, bad
}

// resource reads an IRI or, where allowed, a blank node.
func (d *lineDecoder) resource(want string, blank bool) (*internSlot, lineError) {
	rest := d.line[d.i:]
	if len(rest) > 0 && rest[0] == '<' {
		return d.iri()
	}
	if blank && len(rest) > 1 && rest[0] == '_' && rest[1] == ':' {
		return d.blank()
	}
	return nil, lineError{d.i, want}
}

func (d *lineDecoder) iri() (*internSlot, lineError) {
	rest := d.line[d.i:]
	end := bytes.IndexByte(rest, '>')
	if end < 0 {
		return nil, lineError{d.i, "the IRI has no closing >"}
	}
	token := rest[:end+1]
	slot, ok := d.terms.slot(token)
	if !ok {
		text := token[1:end]
		if bytes.IndexByte(text, '\\') >= 0 {
			var at int
			var msg string
			if d.scratch, at, msg = unescape(d.scratch[:0], text, false); msg != "" {
				return nil, lineError{d.i + 1 + at, msg}
			}
			text = d.scratch
		}
		if at, msg := checkIRI(text); msg != "" {
			return nil, lineError{d.i + 1 + min(at, end), msg}
		}
		if !hasScheme(text) {
			return nil, lineError{d.i, "a relative IRI: " + d.f.String() + " wants absolute ones"}
		}
		iri, err := NewIRI(string(text))
		if err != nil {
			return nil, lineError{d.i, err.Error()}
		}
		slot.setIRI(d.terms.gen, string(token), iri)
	}
	d.i += end + 1
	return slot, lineError{}
}

// checkIRI returns what is wrong with the text of an IRI, and where.
func checkIRI(text []byte) (at int, msg string) {
	ascii := true
	for i, c := range text {
		if is(c, charNotIRI) {
			return i, "a character that no IRI may hold; write it percent-encoded"
		}
		ascii = ascii && c < 0x80
	}
	if !ascii && !utf8.Valid(text) {
		return 0, "the IRI is not valid UTF-8"
	}
	return 0, ""
}

func (d *lineDecoder) blank() (*internSlot, lineError) {
	n := labelLength(d.line[d.i+2:])
	if n == 0 {
		return nil, lineError{d.i, "a blank node wants a label of letters, digits, _ - and inner full stops"}
	}
	token := d.line[d.i : d.i+2+n]
	slot, ok := d.terms.slot(token)
	if !ok {
		b, err := NewBlank(d.cfg.scope + string(token[2:]))
		if err != nil {
			return nil, lineError{d.i, err.Error()}
		}
		slot.setBlank(d.terms.gen, string(token), b)
	}
	d.i += 2 + n
	return slot, lineError{}
}

// labelLength returns how many bytes at the start of s are a blank node label.
func labelLength(s []byte) int {
	i, end := 0, 0
	for i < len(s) {
		c := s[i]
		switch {
		case c == '.' && i > 0:
			i++ // only inside: end stays
			continue
		case c < 0x80 && (is(c, charName) && c != '-' || c == '-' && i > 0):
			i++
		case c >= 0x80:
			r, size := utf8.DecodeRune(s[i:])
			if r == utf8.RuneError && size == 1 || !nameRune(r) || i == 0 && !nameStartRune(r) {
				return end
			}
			i += size
		default:
			return end
		}
		end = i
	}
	return end
}

func (d *lineDecoder) object() (Object, lineError) {
	if d.i == len(d.line) || d.line[d.i] != '"' {
		slot, bad := d.resource(`want the object: an IRI between < and >, a blank node _:label or a literal "…"`, true)
		if bad.msg != "" {
			return nil, bad
		}
		return slot.obj, bad
	}
	start := d.i
	text, escaped, bad := d.quoted()
	if bad.msg != "" {
		return nil, bad
	}
	// The suffix is read before the literal is made: the whole token is the key.
	var tag []byte
	datatype := XSDString
	switch rest := d.line[d.i:]; {
	case len(rest) > 0 && rest[0] == '@':
		n := langLength(rest[1:])
		if n == 0 {
			return nil, lineError{d.i, "want a language tag such as nl or nl-BE after @"}
		}
		tag = rest[1 : 1+n]
		d.i += 1 + n
	case len(rest) > 1 && rest[0] == '^' && rest[1] == '^':
		d.i += 2
		slot, bad := d.resource("want a datatype, an IRI between < and >, after ^^", false)
		if bad.msg != "" {
			return nil, bad
		}
		datatype = slot.obj.(IRI)
	}
	token := d.line[start:d.i]
	var slot *internSlot
	if len(token) <= maxInternedLiteral {
		var ok bool
		if slot, ok = d.terms.slot(token); ok {
			return slot.obj, bad
		}
	}
	if !utf8.Valid(text) {
		return nil, lineError{start, "the literal is not valid UTF-8"}
	}
	if escaped {
		var at int
		var msg string
		if d.scratch, at, msg = unescape(d.scratch[:0], text, true); msg != "" {
			return nil, lineError{start + 1 + at, msg}
		}
		text = d.scratch
	}
	l := NewTyped(string(text), datatype)
	if tag != nil {
		var err error
		if l, err = d.terms.langLiteral(l.String(), tag); err != nil {
			return nil, lineError{start, err.Error()}
		}
	}
	if slot == nil {
		return l, bad
	}
	slot.setLiteral(d.terms.gen, string(token), l)
	return slot.obj, bad
}

// quoted passes over "…" and returns what is between the quotes, and whether
// there are escapes in it.
func (d *lineDecoder) quoted() (text []byte, escaped bool, bad lineError) {
	rest := d.line[d.i+1:]
	end := 0
	for {
		j := bytes.IndexByte(rest[end:], '"')
		if j < 0 {
			return nil, false, lineError{d.i, "the literal has no closing quotation mark on its line"}
		}
		end += j
		if !oddBackslashes(rest[:end]) {
			break
		}
		end++
	}
	text = rest[:end]
	if cr := bytes.IndexByte(text, '\r'); cr >= 0 {
		return nil, false, lineError{d.i + 1 + cr, `a raw line break in a literal: write \r`}
	}
	d.i += end + 2
	return text, bytes.IndexByte(text, '\\') >= 0, bad
}

// oddBackslashes reports whether s ends in an odd number of backslashes: the
// next character is escaped.
func oddBackslashes(s []byte) bool {
	n := 0
	for n < len(s) && s[len(s)-1-n] == '\\' {
		n++
	}
	return n%2 == 1
}

// langLength returns how many bytes at the start of s are a language tag.
func langLength(s []byte) int {
	i, end := 0, 0
	for first := true; ; first = false {
		start := i
		for i < len(s) && (is(s[i], charAlpha) || !first && is(s[i], charDigit)) {
			i++
		}
		if i == start {
			return end
		}
		end = i
		if i == len(s) || s[i] != '-' {
			return end
		}
		i++
	}
}
