package rdf

import "bytes"

// resume finds a place from which reading can go on after an error in a
// statement that began at the given offset: behind a full stop that ends a
// statement, or at the beginning of a line that begins like one.
func (p *turtleParser) resume(began int64) {
	in := p.in
	for {
		c, ok := p.at(0)
		if !ok {
			return
		}
		if in.atLineStart() && in.offset() > began && p.beginsStatement(c) {
			return
		}
		switch {
		case c == '.':
			in.pos++
			if next, ok := p.at(0); !ok || is(next, charSpace) || next == '#' || next == '<' {
				return
			}
		case c == '#':
			p.restOfLine()
		case c == '"' || c == '\'':
			if s, err := p.quoted(c); err == nil {
				in.pos += s.size
			} else {
				p.restOfLine() // what follows is text, not statements
			}
		case c == '<':
			if n, err := p.iriLength(0); err == nil {
				in.pos += n
			} else {
				in.pos++
			}
		default:
			if n, err := p.name(0, true); err == nil && n > 0 {
				in.pos += n
			} else {
				in.pos++
			}
		}
	}
}

func (p *turtleParser) beginsStatement(c byte) bool {
	switch {
	case c == '<' || c == '@':
		return true
	case c == '_':
		next, _ := p.at(1)
		return next == ':'
	case c == ':' || c >= 0x80 || is(c, charAlpha):
		if p.keyword("prefix", false) || p.keyword("base", false) {
			return true
		}
		n, err := p.name(0, false)
		colon, _ := p.at(n)
		return err == nil && colon == ':'
	}
	return false
}

func (p *turtleParser) restOfLine() {
	in := p.in
	for {
		if i := bytes.IndexAny(in.buf[in.pos:in.end], "\r\n"); i >= 0 {
			in.pos += i
			return
		}
		in.pos = in.end
		if !in.more() {
			return
		}
	}
}
