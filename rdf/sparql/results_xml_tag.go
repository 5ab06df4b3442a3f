package sparql

import (
	"bytes"
	"unicode/utf8"
)

// startTag reads <name attribute="…"> or <name/> at pos.
func (d *xmlReader) startTag() error {
	d.pos++
	if err := d.tagName(); err != nil {
		return err
	}
	if len(d.open) >= maxDepth {
		return d.failAt(d.tagAt, "the document is nested too deep", nil)
	}
	d.open = append(d.open, elementName(d.rawName))
	for _, a := range []*xmlAttr{&d.nameAttr, &d.datatypeAttr, &d.langAttr} {
		a.text, a.set = a.text[:0], false
	}
	for {
		c, err := d.tagByte()
		if err != nil {
			return err
		}
		switch c {
		case '>':
			d.pos++
			return nil
		case '/':
			d.pos++
			if c, err := d.tagByte(); err != nil {
				return err
			} else if c != '>' {
				return d.failAt(d.offset(), "want > behind /", nil)
			}
			d.pos++
			d.empty = true
			return nil
		}
		if err := d.attribute(); err != nil {
			return err
		}
	}
}

// elementName returns name as a string, without a copy for the usual ones.
func elementName(name []byte) string {
	for _, known := range [...]string{"binding", "uri", "literal", "bnode", "result"} {
		if string(name) == known {
			return known
		}
	}
	return string(name)
}

// tagByte skips white space inside a tag and returns the byte behind it.
func (d *xmlReader) tagByte() (byte, error) {
	c, ok := d.peekNonBlank()
	if !ok {
		return 0, d.cut("a tag")
	}
	return c, nil
}

// tagName reads a name at pos into rawName, and its local part into name.
func (d *xmlReader) tagName() error {
	d.rawName = d.rawName[:0]
	for {
		c, ok := d.peek()
		if !ok {
			return d.cut("a tag")
		}
		if !nameByte(c) {
			break
		}
		if len(d.rawName) == 256 {
			return d.failAt(d.offset(), "the name is too long", nil)
		}
		d.rawName = append(d.rawName, c)
		d.pos++
	}
	if len(d.rawName) == 0 {
		return d.failAt(d.offset(), "want a name", nil)
	}
	d.name = d.rawName[bytes.IndexByte(d.rawName, ':')+1:]
	return nil
}

func nameByte(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' ||
		c == '_' || c == ':' || c == '-' || c == '.' || c >= 0x80
}

func (d *xmlReader) attribute() error {
	at := d.offset()
	var name [256]byte
	n := 0
	for {
		c, ok := d.peek()
		if !ok {
			return d.cut("a tag")
		}
		if !nameByte(c) {
			break
		}
		if n == len(name) {
			return d.failAt(at, "the name is too long", nil)
		}
		name[n] = c
		n++
		d.pos++
	}
	if n == 0 {
		return d.failAt(at, "want an attribute, / or >", nil)
	}
	to := &d.otherAttr
	switch string(name[:n]) {
	case "name":
		to = &d.nameAttr
	case "datatype":
		to = &d.datatypeAttr
	case "xml:lang":
		to = &d.langAttr
	}
	if to != &d.otherAttr && to.set {
		return d.failAt(at, "the attribute comes twice", nil)
	}
	if c, err := d.tagByte(); err != nil {
		return err
	} else if c != '=' {
		return d.failAt(d.offset(), "want = behind an attribute's name", nil)
	}
	d.pos++
	quote, err := d.tagByte()
	if err != nil {
		return err
	}
	if quote != '"' && quote != '\'' {
		return d.failAt(d.offset(), "want an attribute's value in quotes", nil)
	}
	d.pos++
	to.text, to.set = to.text[:0], true
	return d.attributeValue(to, quote)
}

func (d *xmlReader) attributeValue(to *xmlAttr, quote byte) error {
	for {
		c, ok := d.peek()
		switch {
		case !ok:
			return d.cut("an attribute")
		case c == quote:
			d.pos++
			if !utf8.Valid(to.text) {
				return d.failAt(d.offset(), "the attribute is not valid UTF-8", nil)
			}
			return nil
		case c == '<':
			return d.failAt(d.offset(), "< stands in an attribute", nil)
		case c == '&':
			var err error
			if to.text, err = d.reference(to.text); err != nil {
				return err
			}
			continue
		case c == '\n' || c == '\t' || c == '\r':
			c = ' '
		}
		if len(to.text) > d.maxTerm {
			return d.failAt(d.offset(), "attribute too long", errTermTooLong)
		}
		to.text = append(to.text, c)
		d.pos++
	}
}

func (d *xmlReader) endTag() error {
	d.pos += 2
	if err := d.tagName(); err != nil {
		return err
	}
	if c, err := d.tagByte(); err != nil {
		return err
	} else if c != '>' {
		return d.failAt(d.offset(), "want > behind the name", nil)
	}
	if len(d.open) == 0 || d.open[len(d.open)-1] != string(d.rawName) {
		return d.failAt(d.tagAt, "the tag ends an element that is not open", nil)
	}
	d.pos++
	d.open = d.open[:len(d.open)-1]
	return nil
}
