package rdf

import (
	"bytes"
	"unicode/utf8"
)

const badIRICharacter = "a character that no IRI may hold; write it percent-encoded"

// resource reads an IRI, a prefixed name or a labelled blank node, whose first
// byte is c, and returns its term and its length; in.pos stays.
func (p *turtleParser) resource(c byte, want string) (*internSlot, int, error) {
	if c == '<' {
		n, err := p.iriLength(0)
		if err != nil {
			return nil, 0, err
		}
		slot, err := p.iri(0, n)
		return slot, n, err
	}
	if c == '_' {
		return p.blank()
	}
	if c != ':' && c < 0x80 && !is(c, charAlpha) {
		return nil, 0, p.fail(0, want)
	}
	n, err := p.nameLength(0)
	if err != nil {
		return nil, 0, err
	}
	if n == 0 {
		return nil, 0, p.fail(0, want)
	}
	slot, err := p.prefixed(0, n)
	return slot, n, err
}

// iri returns the term of the <…> at a distance.
func (p *turtleParser) iri(offset, n int) (*internSlot, error) {
	token := p.in.buf[p.in.pos+offset : p.in.pos+offset+n]
	slot, ok := p.terms.slot(token)
	if ok {
		return slot, nil
	}
	text, err := p.resolveIRI(offset, n)
	if err != nil {
		return nil, err
	}
	iri, err := NewIRI(text)
	if err != nil {
		return nil, p.fail(offset, err.Error())
	}
	slot.setIRI(p.terms.gen, string(token), iri)
	return slot, nil
}

// resolveIRI returns the absolute IRI that the <…> at a distance means.
func (p *turtleParser) resolveIRI(offset, n int) (string, error) {
	text := p.in.buf[p.in.pos+offset+1 : p.in.pos+offset+n-1]
	if bytes.IndexByte(text, '\\') >= 0 {
		var at int
		var msg string
		if p.scratch, at, msg = unescape(p.scratch[:0], text, false); msg != "" {
			return "", p.fail(offset+1+at, msg)
		}
		text = p.scratch
	}
	if at, msg := checkIRI(text); msg != "" {
		return "", p.fail(offset+1+min(at, n-2), msg)
	}
	if hasScheme(text) {
		return string(text), nil
	}
	if p.base.isZero() {
		return "", p.fail(offset, "a relative IRI, and the document has no base: read it with the option Base")
	}
	return p.base.resolve(string(text)), nil
}

// nameLength returns the length of the prefixed name at a distance; 0 where
// there is none.
func (p *turtleParser) nameLength(offset int) (int, error) {
	prefix, err := p.name(offset, false)
	if err != nil {
		return 0, err
	}
	if c, _ := p.at(offset + prefix); c != ':' {
		return 0, nil
	}
	local, err := p.name(offset+prefix+1, true)
	return prefix + 1 + local, err
}

// prefixed returns the term of the prefixed name at a distance.
func (p *turtleParser) prefixed(offset, n int) (*internSlot, error) {
	token := p.in.buf[p.in.pos+offset : p.in.pos+offset+n]
	slot, ok := p.terms.slot(token)
	if ok {
		return slot, nil
	}
	prefix, local, _ := bytes.Cut(token, []byte(":"))
	namespace, ok := p.prefixes[string(prefix)]
	if !ok {
		return nil, p.fail(offset, "the prefix "+string(prefix)+": is not declared")
	}
	if len(local) > 0 && local[0] != ':' && local[0] != '%' && local[0] != '\\' && !nameStartsWith(local, true) {
		return nil, p.fail(offset+len(prefix)+1, "a local name must begin with a letter, a digit, _ or :")
	}
	p.scratch = append(p.scratch[:0], namespace...)
	for i := 0; i < len(local); i++ {
		if local[i] == '\\' {
			i++
		}
		p.scratch = append(p.scratch, local[i])
	}
	iri, err := NewIRI(string(p.scratch))
	if err != nil {
		return nil, p.fail(offset, err.Error())
	}
	slot.setIRI(p.terms.gen, string(token), iri)
	return slot, nil
}

func (p *turtleParser) blank() (*internSlot, int, error) {
	const want = "a blank node wants _: and a label of letters, digits, _ - and inner full stops"
	if c, _ := p.at(1); c != ':' {
		return nil, 0, p.fail(0, want)
	}
	n, err := p.name(2, false)
	if err != nil {
		return nil, 0, err
	}
	token := p.in.buf[p.in.pos : p.in.pos+2+n]
	if n == 0 || !nameStartsWith(token[2:], true) {
		return nil, 0, p.fail(0, want)
	}
	slot, ok := p.terms.slot(token)
	if !ok {
		slot.setBlank(p.terms.gen, string(token), p.blanks.labelled(token[2:]))
	}
	return slot, len(token), nil
}

// literal reads a string with its language tag or datatype.
func (p *turtleParser) literal(quote byte) (Object, error) {
	s, err := p.quoted(quote)
	if err != nil {
		return nil, err
	}
	size := s.size
	tag, datatype := 0, 0 // lengths of what follows at once
	switch c, _ := p.at(size); {
	case c == '@':
		if tag = p.langTag(size + 1); tag == 0 {
			return nil, p.fail(size, "want a language tag such as nl or nl-BE after @")
		}
		size += 1 + tag
	case c == '^':
		if c, _ := p.at(size + 1); c != '^' {
			return nil, p.fail(size, "want ^^ and a datatype")
		}
		switch c, _ := p.at(size + 2); {
		case c == '<':
			datatype, err = p.iriLength(size + 2)
		case is(c, charSpace) || c == '#':
			return p.spacedLiteral(s)
		case c != '_': // a blank node is no datatype
			datatype, err = p.nameLength(size + 2)
		}
		if err != nil {
			return nil, err
		}
		if datatype == 0 {
			return nil, p.fail(size+2, "want a datatype after ^^: an IRI or a prefixed name")
		}
		size += 2 + datatype
	case is(c, charSpace) || c == '#':
		// Rare, but @ and ^^ are tokens of their own: blanks may stand between.
		if s.size > maxInternedLiteral || p.spacedSuffix(size) {
			return p.spacedLiteral(s)
		}
	}
	token := p.in.buf[p.in.pos : p.in.pos+size]
	var slot *internSlot
	if size <= maxInternedLiteral {
		var ok bool
		if slot, ok = p.terms.slot(token); ok {
			p.in.pos += size
			return slot.obj, nil
		}
	}
	kind := XSDString
	if datatype > 0 {
		if kind, err = p.datatype(size-datatype, datatype); err != nil {
			return nil, err
		}
	}
	var kept, text string // the token and its text share their bytes where they can
	if slot != nil {
		kept = string(token)
	}
	if slot != nil && !s.escaped && utf8.ValidString(kept) {
		text = kept[s.start:s.end]
	} else if text, err = p.text(s); err != nil {
		return nil, err
	}
	l := NewTyped(text, kind)
	if tag > 0 {
		if l, err = p.terms.langLiteral(text, token[size-tag:]); err != nil {
			return nil, p.fail(s.size, err.Error())
		}
	}
	p.in.pos += size
	if slot == nil {
		return l, nil
	}
	// The slot of the datatype may have been the same: it is set last.
	slot.setLiteral(p.terms.gen, kept, l)
	return slot.obj, nil
}

// datatype returns the IRI at a distance, <…> or a prefixed name.
func (p *turtleParser) datatype(offset, n int) (IRI, error) {
	read := p.prefixed
	if p.in.buf[p.in.pos+offset] == '<' {
		read = p.iri
	}
	slot, err := read(offset, n)
	if err != nil {
		return IRI{}, err
	}
	iri := slot.obj.(IRI)
	return iri, nil
}

// text returns what is between the quotes of a string, escapes replaced.
func (p *turtleParser) text(s quotedToken) (string, error) {
	raw := p.in.buf[p.in.pos+s.start : p.in.pos+s.end]
	if !utf8.Valid(raw) {
		return "", p.fail(0, "the string is not valid UTF-8")
	}
	if !s.escaped {
		return string(raw), nil
	}
	var at int
	var msg string
	if p.scratch, at, msg = unescape(p.scratch[:0], raw, true); msg != "" {
		return "", p.fail(s.start+at, msg)
	}
	return string(p.scratch), nil
}

// spacedSuffix reports whether a language tag or datatype follows behind white space.
func (p *turtleParser) spacedSuffix(offset int) bool {
	for {
		c, ok := p.at(offset)
		switch {
		case !ok:
			return false
		case is(c, charSpace):
			offset++
		default:
			return c == '@' || c == '^' || c == '#'
		}
	}
}

// spacedLiteral reads a string and, behind white space, its suffix.
func (p *turtleParser) spacedLiteral(s quotedToken) (Object, error) {
	text, err := p.text(s)
	if err != nil {
		return nil, err
	}
	p.in.pos += s.size
	switch c, _ := p.skip(); c {
	case '@':
		n := p.langTag(1)
		if n == 0 {
			return nil, p.fail(0, "want a language tag such as nl or nl-BE after @")
		}
		l, err := p.terms.langLiteral(text, p.in.buf[p.in.pos+1:p.in.pos+1+n])
		if err != nil {
			return nil, p.fail(0, err.Error())
		}
		p.in.pos += 1 + n
		return l, nil
	case '^':
		if c, _ := p.at(1); c != '^' {
			return nil, p.fail(0, "want ^^ and a datatype")
		}
		p.in.pos += 2
		const want = "want a datatype after ^^: an IRI or a prefixed name"
		c, _ := p.skip()
		if c == '_' {
			return nil, p.fail(0, want)
		}
		slot, n, err := p.resource(c, want)
		if err != nil {
			return nil, err
		}
		p.in.pos += n
		return NewTyped(text, slot.obj.(IRI)), nil
	}
	return NewString(text), nil
}

func (p *turtleParser) number() (Object, error) {
	i := 0
	for ; ; i++ {
		c, ok := p.at(i)
		if !ok || !is(c, charDigit) && c != '.' && c != '+' && c != '-' && c|0x20 != 'e' {
			break
		}
	}
	n, kind := numberLength(p.in.buf[p.in.pos : p.in.pos+i])
	if n == 0 {
		return nil, p.fail(0, wantObject)
	}
	token := p.in.buf[p.in.pos : p.in.pos+n]
	p.in.pos += n
	if n > maxInternedLiteral {
		return NewTyped(string(token), kind), nil
	}
	slot, ok := p.terms.slot(token)
	if !ok {
		s := string(token)
		slot.setLiteral(p.terms.gen, s, NewTyped(s, kind))
	}
	return slot.obj, nil
}

// boolean returns true or false where that stands here.
func (p *turtleParser) boolean() (Object, int) {
	n, err := p.name(0, false)
	if err != nil {
		return nil, 0
	}
	if c, _ := p.at(n); c == ':' {
		return nil, 0
	}
	switch string(p.in.buf[p.in.pos : p.in.pos+n]) {
	case "true":
		return boxedTrue, n
	case "false":
		return boxedFalse, n
	}
	return nil, 0
}

var (
	boxedTrue  Object = NewBoolean(true)
	boxedFalse Object = NewBoolean(false)
)
