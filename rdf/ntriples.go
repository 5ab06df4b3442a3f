package rdf

import (
	"bytes"
	"io"
	"unicode/utf8"
)

// maxInternedLiteral is the longest literal, as written, that is interned:
// dates, numbers and codes repeat, texts do not.
const maxInternedLiteral = 96

// lineParser reads N-Triples and N-Quads: a statement is a line.
// https://www.w3.org/TR/n-triples/, https://www.w3.org/TR/n-quads/
type lineParser struct {
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

func newLineParser(r io.Reader, f Format, c *readConfig) *lineParser {
	return &lineParser{f: f, cfg: c, in: newInput(r, c.maxToken), terms: newInterner()}
}

// lineError is a syntax error at an offset of the current line.
type lineError struct {
	at  int
	msg string
}

func (p *lineParser) parse(emit func(Quad) bool) error {
	for {
		size, ok := p.nextLine()
		if !ok {
			return p.in.err
		}
		for p.i = 0; ; {
			q, ok, bad := p.statement()
			if bad.msg != "" {
				err := p.in.syntaxError(p.f, bad.at, bad.msg)
				if p.cfg.lenient == nil {
					return err
				}
				p.cfg.lenient(err)
				// CR alone ends a line too.
				cr := bytes.IndexByte(p.line[bad.at:], '\r')
				if cr < 0 {
					break
				}
				p.i = bad.at + cr
				continue
			}
			if !ok {
				break
			}
			if !emit(q) {
				return nil
			}
		}
		p.in.pos += size
	}
}

// nextLine makes line the next line without its LF, and returns how many bytes
// it has with it.
func (p *lineParser) nextLine() (size int, ok bool) {
	in := p.in
	for from := 0; ; {
		if i := bytes.IndexByte(in.buf[in.pos+from:in.end], '\n'); i >= 0 {
			p.line = in.buf[in.pos : in.pos+from+i]
			return from + i + 1, true
		}
		from = in.end - in.pos
		if !in.more() {
			if in.err != nil || in.pos == in.end {
				return 0, false
			}
			p.line = in.buf[in.pos:in.end]
			return len(p.line), true
		}
	}
}

func (p *lineParser) space() {
	for p.i < len(p.line) && (p.line[p.i] == ' ' || p.line[p.i] == '\t') {
		p.i++
	}
}

// endOfLine passes over blanks and a comment and reports whether the line
// (which may hold several that end with CR alone) or the text ends there.
func (p *lineParser) endOfLine() bool {
	p.space()
	if p.i < len(p.line) && p.line[p.i] == '#' {
		if j := bytes.IndexByte(p.line[p.i:], '\r'); j >= 0 {
			p.i += j
		} else {
			p.i = len(p.line)
		}
	}
	return p.i == len(p.line) || p.line[p.i] == '\r'
}

// statement reads the next statement of the line; ok is false at its end.
func (p *lineParser) statement() (q Quad, ok bool, bad lineError) {
	for p.endOfLine() {
		if p.i == len(p.line) {
			return q, false, bad
		}
		p.i++
	}
	if q.Subj, bad = p.subject(); bad.msg != "" {
		return q, false, bad
	}
	p.space()
	slot, bad := p.resource("want the predicate, an IRI between < and >", false)
	if bad.msg != "" {
		return q, false, bad
	}
	q.Pred = slot.pred
	p.space()
	if q.Obj, bad = p.object(); bad.msg != "" {
		return q, false, bad
	}
	p.space()
	if p.f == NQuads && p.i < len(p.line) && p.line[p.i] != '.' {
		slot, bad := p.resource("want a graph name (an IRI or a blank node) or the full stop", true)
		if bad.msg != "" {
			return q, false, bad
		}
		q.Ctx = slot.subj
		p.space()
	}
	if p.i == len(p.line) || p.line[p.i] != '.' {
		return q, false, lineError{p.i, "want a full stop at the end of the statement"}
	}
	p.i++
	if !p.endOfLine() {
		return q, false, lineError{p.i, "want the end of the line after the full stop"}
	}
	return q, true, bad
}

func (p *lineParser) subject() (Subject, lineError) {
	// Statements about one subject mostly stand together.
	if n := len(p.lastSubject); n > 0 && bytes.HasPrefix(p.line[p.i:], p.lastSubject) &&
		(p.lastSubject[0] == '<' || p.i+n < len(p.line) && is(p.line[p.i+n], charSpace)) {
		p.i += n
		return p.lastSubj, lineError{}
	}
	start := p.i
	slot, bad := p.resource("want the subject: an IRI between < and >, or a blank node _:label", true)
	if bad.msg != "" {
		return nil, bad
	}
	p.lastSubject = append(p.lastSubject[:0], p.line[start:p.i]...)
	p.lastSubj = slot.subj
	return slot.subj, bad
}

// resource reads an IRI or, where allowed, a blank node.
func (p *lineParser) resource(want string, blank bool) (*internSlot, lineError) {
	rest := p.line[p.i:]
	if len(rest) > 0 && rest[0] == '<' {
		return p.iri()
	}
	if blank && len(rest) > 1 && rest[0] == '_' && rest[1] == ':' {
		return p.blank()
	}
	return nil, lineError{p.i, want}
}

func (p *lineParser) iri() (*internSlot, lineError) {
	rest := p.line[p.i:]
	end := bytes.IndexByte(rest, '>')
	if end < 0 {
		return nil, lineError{p.i, "the IRI has no closing >"}
	}
	token := rest[:end+1]
	slot, ok := p.terms.slot(token)
	if !ok {
		text := token[1:end]
		if bytes.IndexByte(text, '\\') >= 0 {
			var at int
			var msg string
			if p.scratch, at, msg = unescape(p.scratch[:0], text, false); msg != "" {
				return nil, lineError{p.i + 1 + at, msg}
			}
			text = p.scratch
		}
		if at, msg := checkIRI(text); msg != "" {
			return nil, lineError{p.i + 1 + min(at, end), msg}
		}
		if !hasScheme(text) {
			return nil, lineError{p.i, "a relative IRI: " + p.f.String() + " wants absolute ones"}
		}
		iri, err := NewIRI(string(text))
		if err != nil {
			return nil, lineError{p.i, err.Error()}
		}
		slot.setIRI(p.terms.gen, string(token), iri)
	}
	p.i += end + 1
	return slot, lineError{}
}

// checkIRI returns what is wrong with the text of an IRI, and where.
func checkIRI(text []byte) (at int, msg string) {
	ascii := true
	for i, c := range text {
		if is(c, charNotIRI) {
			return i, badIRICharacter
		}
		ascii = ascii && c < 0x80
	}
	if !ascii && !utf8.Valid(text) {
		return 0, "the IRI is not valid UTF-8"
	}
	return 0, ""
}

func (p *lineParser) blank() (*internSlot, lineError) {
	n := labelLength(p.line[p.i+2:])
	if n == 0 {
		return nil, lineError{p.i, "a blank node wants a label of letters, digits, _ - and inner full stops"}
	}
	token := p.line[p.i : p.i+2+n]
	slot, ok := p.terms.slot(token)
	if !ok {
		b, err := NewBlank(p.cfg.scope + string(token[2:]))
		if err != nil {
			return nil, lineError{p.i, err.Error()}
		}
		slot.setBlank(p.terms.gen, string(token), b)
	}
	p.i += 2 + n
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

func (p *lineParser) object() (Object, lineError) {
	if p.i == len(p.line) || p.line[p.i] != '"' {
		slot, bad := p.resource(`want the object: an IRI between < and >, a blank node _:label or a literal "…"`, true)
		if bad.msg != "" {
			return nil, bad
		}
		return slot.obj, bad
	}
	start := p.i
	text, escaped, bad := p.quoted()
	if bad.msg != "" {
		return nil, bad
	}
	// The suffix is found, not read, before the literal is looked up: the whole
	// token is the key.
	var tag []byte
	datatypeAt := 0
	switch rest := p.line[p.i:]; {
	case len(rest) > 0 && rest[0] == '@':
		n := langLength(rest[1:])
		if n == 0 {
			return nil, lineError{p.i, "want a language tag such as nl or nl-BE after @"}
		}
		tag = rest[1 : 1+n]
		p.i += 1 + n
	case len(rest) > 1 && rest[0] == '^' && rest[1] == '^':
		datatypeAt = p.i + 2
		end := bytes.IndexByte(rest, '>')
		if len(rest) < 3 || rest[2] != '<' || end < 0 {
			return nil, lineError{datatypeAt, "want a datatype, an IRI between < and >, after ^^"}
		}
		p.i += end + 1
	}
	token := p.line[start:p.i]
	var slot *internSlot
	if len(token) <= maxInternedLiteral {
		var ok bool
		if slot, ok = p.terms.slot(token); ok {
			return slot.obj, bad
		}
	}
	datatype := XSDString
	if datatypeAt > 0 {
		p.i = datatypeAt
		slot, bad := p.iri()
		if bad.msg != "" {
			return nil, bad
		}
		datatype = slot.obj.(IRI)
	}
	if !utf8.Valid(text) {
		return nil, lineError{start, "the literal is not valid UTF-8"}
	}
	var kept, value string // the token and its text share their bytes where they can
	if slot != nil {
		kept = string(token)
	}
	switch {
	case escaped:
		var at int
		var msg string
		if p.scratch, at, msg = unescape(p.scratch[:0], text, true); msg != "" {
			return nil, lineError{start + 1 + at, msg}
		}
		value = string(p.scratch)
	case slot != nil:
		value = kept[1 : 1+len(text)]
	default:
		value = string(text)
	}
	l := NewTyped(value, datatype)
	if tag != nil {
		var err error
		if l, err = p.terms.langLiteral(value, tag); err != nil {
			return nil, lineError{start, err.Error()}
		}
	}
	if slot == nil {
		return l, bad
	}
	slot.setLiteral(p.terms.gen, kept, l)
	return slot.obj, bad
}

// quoted passes over "…" and returns what is between the quotes, and whether
// there are escapes in it.
func (p *lineParser) quoted() (text []byte, escaped bool, bad lineError) {
	rest := p.line[p.i+1:]
	end := 0
	for {
		j := bytes.IndexByte(rest[end:], '"')
		if j < 0 {
			return nil, false, lineError{p.i, "the literal has no closing quotation mark on its line"}
		}
		end += j
		if !oddBackslashes(rest[:end]) {
			break
		}
		end++
	}
	text = rest[:end]
	if cr := bytes.IndexByte(text, '\r'); cr >= 0 {
		return nil, false, lineError{p.i + 1 + cr, `a raw line break in a literal: write \r`}
	}
	p.i += end + 2
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
