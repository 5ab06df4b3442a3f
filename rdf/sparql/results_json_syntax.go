package sparql

// The parts of JSON (RFC 8259) under jsonDecoder. Methods leave pos behind
// what they have read; their errors carry the exact place.

func (d *jsonDecoder) failAt(at int64, msg string, err error) error {
	return d.fail(JSON, at, msg, err)
}

// cut is the error of a document that ends where want was due.
func (d *jsonDecoder) cut(want string) error {
	return d.failAt(d.offset(), "the answer breaks off where "+want+" was due", d.broken())
}

// nonBlank skips white space and returns the byte behind it, unread.
func (d *jsonDecoder) nonBlank(want string) (byte, error) {
	if d.pos < len(d.buf) {
		if c := d.buf[d.pos]; c > ' ' {
			return c, nil
		}
		// One blank between two tokens is what most stores write.
		if d.pos+1 < len(d.buf) && d.buf[d.pos] == ' ' && d.buf[d.pos+1] > ' ' {
			d.pos++
			return d.buf[d.pos], nil
		}
	}
	c, ok := d.peekNonBlank()
	if !ok {
		return 0, d.cut(want)
	}
	return c, nil
}

func (d *jsonDecoder) expect(c byte, want string) error {
	if d.pos < len(d.buf) && d.buf[d.pos] == c {
		d.pos++
		return nil
	}
	got, err := d.nonBlank(want)
	if err != nil {
		return err
	}
	if got != c {
		return d.failAt(d.offset(), "want "+want, nil)
	}
	d.pos++
	return nil
}

func (d *jsonDecoder) colon() error { return d.expect(':', ":") }

// comma reads a comma (true; the next byte then begins an element, blanks
// skipped) or the closing bracket (false).
func (d *jsonDecoder) comma(closing byte) (bool, error) {
	want := ", or }"
	if closing == ']' {
		want = ", or ]"
	}
	c, err := d.nonBlank(want)
	if err != nil {
		return false, err
	}
	switch c {
	case closing:
		d.pos++
		return false, nil
	case ',':
		d.pos++
		_, err := d.nonBlank("what follows a comma")
		return true, err
	}
	return false, d.failAt(d.offset(), "want "+want, nil)
}

// key reads a member's name. The bytes are good until the next read.
func (d *jsonDecoder) key() ([]byte, error) {
	if err := d.expect('"', "a member's name in quotes"); err != nil {
		return nil, err
	}
	return d.plainString()
}

// have reports whether n bytes can be had at pos, reading on if need be.
func (s *source) have(n int) bool {
	for len(s.buf)-s.pos < n {
		if !s.fill() {
			return false
		}
	}
	return true
}

// word reads the given literal name: null, true, false.
func (d *jsonDecoder) word(w string) error {
	if !d.have(len(w)) {
		d.pos = len(d.buf)
		return d.cut(w)
	}
	if string(d.buf[d.pos:d.pos+len(w)]) != w {
		return d.failAt(d.offset(), "want "+w, nil)
	}
	d.pos += len(w)
	return nil
}

func (d *jsonDecoder) readBool() (bool, error) {
	c, err := d.nonBlank("true or false")
	if err != nil {
		return false, err
	}
	switch c {
	case 't':
		return true, d.word("true")
	case 'f':
		return false, d.word("false")
	case '"', '0', '1': // written by some stores
		at := d.offset()
		var text []byte
		if c == '"' {
			d.pos++
			text, err = d.plainString()
		} else {
			text = []byte{c}
			d.pos++
		}
		switch {
		case err != nil:
			return false, err
		case string(text) == "true" || string(text) == "1":
			return true, nil
		case string(text) == "false" || string(text) == "0":
			return false, nil
		}
		return false, d.failAt(at, "want true or false", nil)
	}
	return false, d.failAt(d.offset(), "want true or false", nil)
}

// skipScalar reads a number, true or false.
func (d *jsonDecoder) skipScalar() error {
	switch c := d.buf[d.pos]; c {
	case 't':
		return d.word("true")
	case 'f':
		return d.word("false")
	case 'n':
		return d.failAt(d.offset(), "the value of a term cannot be null", nil)
	case '{', '[':
		return d.failAt(d.offset(), "want a string, a number or a boolean", nil)
	}
	return d.number()
}

// number reads a number, exactly as RFC 8259 has it.
func (d *jsonDecoder) number() error {
	at := d.offset()
	c, _ := d.peek()
	if c == '-' {
		d.pos++
		c, _ = d.peek()
	}
	if c == '0' {
		d.pos++
	} else if d.digits() == 0 {
		return d.failAt(at, "want a value", d.endOfInput())
	}
	if c, _ = d.peek(); c == '.' {
		d.pos++
		if d.digits() == 0 {
			return d.failAt(at, "want digits behind the point", d.endOfInput())
		}
	}
	if c, _ = d.peek(); c == 'e' || c == 'E' {
		d.pos++
		if c, _ = d.peek(); c == '+' || c == '-' {
			d.pos++
		}
		if d.digits() == 0 {
			return d.failAt(at, "want digits in the exponent", d.endOfInput())
		}
	}
	return nil
}

// endOfInput is the error of a value cut by the end of the document, nil
// where more follows.
func (d *jsonDecoder) endOfInput() error {
	if _, ok := d.peek(); ok {
		return nil
	}
	return d.broken()
}

func (d *jsonDecoder) digits() int {
	n := 0
	for {
		c, ok := d.peek()
		if !ok || c < '0' || c > '9' {
			return n
		}
		d.pos++
		n++
	}
}

// maxDepth bounds the nesting of members that are skipped.
const maxDepth = 200

// skipValue reads a value of any kind without keeping it.
func (d *jsonDecoder) skipValue(depth int) error {
	if depth > maxDepth {
		return d.failAt(d.offset(), "the document is nested too deep", nil)
	}
	c, err := d.nonBlank("a value")
	if err != nil {
		return err
	}
	switch c {
	case '{':
		return d.object(func([]byte) error { return d.skipValue(depth + 1) })
	case '[':
		return d.array(func() error { return d.skipValue(depth + 1) })
	case '"':
		d.pos++
		_, err := d.plainString()
		return err
	case 'n':
		return d.word("null")
	}
	return d.skipScalar()
}

// object reads an object; member reads the value of each member.
func (d *jsonDecoder) object(member func(key []byte) error) error {
	if err := d.expect('{', "an object"); err != nil {
		return err
	}
	c, err := d.nonBlank("a member or }")
	if err != nil {
		return err
	}
	if c == '}' {
		d.pos++
		return nil
	}
	for {
		key, err := d.key()
		if err != nil {
			return err
		}
		isVars := string(key) == "vars"
		if err := d.colon(); err != nil {
			return err
		}
		if isVars { // the only name that anyone asks for, kept over the read
			key = varsKey
		} else {
			key = nil
		}
		if err := member(key); err != nil {
			return err
		}
		if more, err := d.comma('}'); err != nil || !more {
			return err
		}
	}
}

var varsKey = []byte("vars")

// array reads an array; element reads each element.
func (d *jsonDecoder) array(element func() error) error {
	if err := d.expect('[', "a list"); err != nil {
		return err
	}
	c, err := d.nonBlank("an element or ]")
	if err != nil {
		return err
	}
	if c == ']' {
		d.pos++
		return nil
	}
	for {
		if err := element(); err != nil {
			return err
		}
		if more, err := d.comma(']'); err != nil || !more {
			return err
		}
	}
}
