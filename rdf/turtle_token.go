package rdf

import (
	"bytes"
	"unicode/utf8"
)

// The functions of this file find the ends of tokens. They read ahead without
// moving in.pos, so that a token is in the window as a whole, and take and
// return distances from in.pos.

// at returns the byte at a distance from the current one.
func (p *turtleParser) at(offset int) (byte, bool) {
	for p.in.pos+offset >= p.in.end {
		if !p.in.more() {
			return 0, false
		}
	}
	return p.in.buf[p.in.pos+offset], true
}

// skip passes over white space and comments and returns the next byte, which
// is not consumed.
func (p *turtleParser) skip() (byte, bool) {
	in := p.in
	for {
		i, end, buf := in.pos, in.end, in.buf
		for i < end && is(buf[i], charSpace) {
			i++
		}
		in.pos = i
		if i < end {
			if buf[i] != '#' {
				return buf[i], true
			}
			p.restOfLine()
		} else if !in.more() {
			return 0, false
		}
	}
}

// iriLength returns the length of <…> at a distance.
func (p *turtleParser) iriLength(offset int) (int, error) {
	in := p.in
	i := offset + 1
	// Nearly every IRI ends soon. A longer search looks at each byte, so that
	// a < without its > is not looked for to the end of the document.
	if b := in.buf[in.pos+offset : min(in.end, in.pos+offset+256)]; len(b) > 0 {
		if n := bytes.IndexByte(b, '>'); n >= 0 {
			return n + 1, nil
		}
	}
	for {
		b := in.buf[in.pos:in.end]
		for i < len(b) && (!is(b[i], charNotIRI) || b[i] == '\\') {
			i++
		}
		if i < len(b) {
			if b[i] == '>' {
				return i + 1 - offset, nil
			}
			return 0, p.fail(i, badIRICharacter)
		}
		if !in.more() {
			return 0, p.fail(offset, "the IRI has no closing >")
		}
	}
}

// name returns the length of a prefix or a blank node label at a distance, or
// of a local name: names of letters, digits, _ - and inner full stops; local
// names also with colons, %HH and backslash escapes.
func (p *turtleParser) name(offset int, local bool) (int, error) {
	in := p.in
	i, end := offset, offset
	for {
		b := in.buf[in.pos:in.end]
		for i < len(b) && (is(b[i], charName) || local && b[i] == ':') {
			i++
			end = i
		}
		if i == len(b) {
			if in.more() {
				continue
			}
			return end - offset, in.err
		}
		switch c := b[i]; {
		case c == '.':
			if i == offset {
				return 0, nil
			}
			i++ // inside only: end stays
		case c >= 0x80:
			r, size := p.runeAt(i)
			if r == utf8.RuneError && size == 1 {
				return 0, p.fail(i, "the text is not valid UTF-8")
			}
			if !nameRune(r) {
				return end - offset, nil
			}
			i += size
			end = i
		case local && c == '%':
			c1, _ := p.at(i + 1)
			c2, _ := p.at(i + 2)
			if !is(c1, charHex) || !is(c2, charHex) {
				return 0, p.fail(i, "want two hexadecimal digits after % in a name")
			}
			i += 3
			end = i
		case local && c == '\\':
			if c1, _ := p.at(i + 1); !is(c1, charLocalExtra) {
				return 0, p.fail(i, `in a name only one of _~.-!$&'()*+,;=/?#@% may follow a backslash`)
			}
			i += 2
			end = i
		default:
			return end - offset, nil
		}
	}
}

func (p *turtleParser) runeAt(offset int) (rune, int) {
	for !utf8.FullRune(p.in.buf[p.in.pos+offset:p.in.end]) && p.in.more() {
	}
	return utf8.DecodeRune(p.in.buf[p.in.pos+offset : p.in.end])
}

// nameStartsWith reports whether a name may begin as s does: a local name or
// label with a letter, digit or _, a prefix with a letter.
func nameStartsWith(s []byte, digit bool) bool {
	r, _ := utf8.DecodeRune(s)
	return nameStartRune(r) || digit && r >= '0' && r <= '9'
}

// A quotedToken says where things are in a string token; distances from in.pos.
type quotedToken struct {
	size       int // of the whole, with its quotes
	start, end int // of the text between the quotes
	escaped    bool
}

// quoted finds the end of the string that begins here with the given quote.
func (p *turtleParser) quoted(quote byte) (quotedToken, error) {
	if c, _ := p.at(1); c == quote {
		if c, _ := p.at(2); c == quote {
			return p.longQuoted(quote)
		}
		return quotedToken{size: 2, start: 1, end: 1}, nil
	}
	in := p.in
	s := quotedToken{start: 1}
	for i := 1; ; {
		b := in.buf[in.pos:in.end]
		// A string without an end is looked for to the end of its line, not of the window.
		part := b[i:min(len(b), i+4096)]
		n := bytes.IndexByte(part, quote)
		if n >= 0 {
			part = part[:n]
		}
		if lf := bytes.IndexByte(part, '\n'); lf >= 0 || bytes.IndexByte(part, '\r') >= 0 {
			return s, p.fail(i+bytes.IndexAny(part, "\r\n"), `a raw line break in a string: write \n, or three quotation marks around it`)
		}
		s.escaped = s.escaped || bytes.IndexByte(part, '\\') >= 0
		i += len(part)
		if n >= 0 {
			if !s.escaped || !oddBackslashes(b[1:i]) {
				s.end, s.size = i, i+1
				return s, nil
			}
			i++
			continue
		}
		if i == len(b) && !in.more() {
			return s, p.fail(0, "the string has no closing quotation mark")
		}
	}
}

func (p *turtleParser) longQuoted(quote byte) (quotedToken, error) {
	in := p.in
	s := quotedToken{start: 3}
	for i := 3; ; {
		b := in.buf[in.pos:in.end]
		n := bytes.IndexByte(b[i:], quote)
		if n < 0 {
			i = len(b)
			if !in.more() {
				return s, p.fail(0, "the string has no three closing quotation marks")
			}
			continue
		}
		i += n
		if oddBackslashes(b[3:i]) {
			i++
			continue
		}
		if i+3 > len(b) {
			if !in.more() {
				return s, p.fail(0, "the string has no three closing quotation marks")
			}
			continue
		}
		if b[i+1] != quote || b[i+2] != quote {
			i++
			continue
		}
		s.end, s.size = i, i+3
		s.escaped = bytes.IndexByte(b[3:i], '\\') >= 0
		return s, nil
	}
}

// langTag returns the length of a language tag at a distance, without its @.
func (p *turtleParser) langTag(offset int) int {
	for i := offset; ; i++ {
		if c, ok := p.at(i); !ok || !is(c, charAlpha|charDigit) && c != '-' {
			return langLength(p.in.buf[p.in.pos+offset : p.in.pos+i])
		}
	}
}
