package sparql

import (
	"bytes"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"
)

// xmlReader reads the XML 1.0 that result documents are written in: elements,
// attributes, text, CDATA, the predefined entities and character references,
// comments and processing instructions. Declarations of entities have no
// effect, so that no document can grow or reach out by them. Beyond XML 1.0,
// references to control characters are read: Virtuoso writes them.
type xmlReader struct {
	source
	open  []string // names of the open elements, as written
	tagAt int64    // where the last tag began
	name  []byte   // its local name
	text  []byte   // text met since it was last emptied
	empty bool     // the last tag closed itself

	afterCR bool // the text so far ends in a carriage return, read as \n

	nameAttr, datatypeAttr, langAttr, otherAttr xmlAttr
	rawName                                     []byte
}

// xmlAttr is an attribute of the last start tag.
type xmlAttr struct {
	text []byte
	set  bool
}

type xmlEvent uint8

const (
	xmlStart xmlEvent = iota + 1
	xmlEnd
	xmlEOF
)

// event reads up to the next tag and returns what it is. Text before it is
// added to d.text when keep is set, and else has to be white space.
func (d *xmlReader) event(keep bool) (xmlEvent, error) {
	if d.empty {
		d.empty = false
		d.open = d.open[:len(d.open)-1]
		return xmlEnd, nil
	}
	for {
		if err := d.chars(keep); err != nil {
			return 0, err
		}
		if _, ok := d.peek(); !ok {
			if len(d.open) > 0 || d.err != io.EOF {
				return 0, d.cut("an element")
			}
			return xmlEOF, nil
		}
		d.tagAt = d.offset()
		if !d.have(2) {
			return 0, d.cut("a tag")
		}
		switch d.buf[d.pos+1] {
		case '/':
			return xmlEnd, d.endTag()
		case '?':
			if err := d.instruction(); err != nil {
				return 0, err
			}
		case '!':
			if err := d.declaration(keep); err != nil {
				return 0, err
			}
		default:
			return xmlStart, d.startTag()
		}
	}
}

// chars reads text up to the next < or the end of the input.
func (d *xmlReader) chars(keep bool) error {
	from := len(d.text)
	d.afterCR = false
	for {
		if d.pos == len(d.buf) && !d.fill() {
			break
		}
		rest := d.buf[d.pos:]
		end := bytes.IndexByte(rest, '<')
		run := rest
		if end >= 0 {
			run = rest[:end]
		}
		if amp := bytes.IndexByte(run, '&'); amp >= 0 {
			run = run[:amp]
		}
		if !keep {
			if i := firstNonBlank(run); i >= 0 {
				return d.failAt(d.offset()+int64(i), "text where an element was due", nil)
			}
		} else if err := d.appendText(run); err != nil {
			return err
		}
		d.pos += len(run)
		switch {
		case len(run) == len(rest):
			continue
		case d.buf[d.pos] == '<':
			if keep && !utf8.Valid(d.text[from:]) {
				return d.failAt(d.offset(), "the text before this place is not valid UTF-8", nil)
			}
			return nil
		case !keep:
			return d.failAt(d.offset(), "text where an element was due", nil)
		}
		var err error
		if d.text, err = d.reference(d.text); err != nil {
			return err
		}
		d.afterCR = false
	}
	return nil
}

func firstNonBlank(s []byte) int {
	for i, c := range s {
		if c != ' ' && c != '\n' && c != '\t' && c != '\r' {
			return i
		}
	}
	return -1
}

// appendText adds a run of text with its line ends as XML has them: \n.
func (d *xmlReader) appendText(run []byte) error {
	for i, c := range run {
		if c < 0x20 && c != '\n' && c != '\t' && c != '\r' {
			return d.failAt(d.offset()+int64(i), "a control character stands in the text", nil)
		}
	}
	if len(d.text)+len(run) > d.maxTerm {
		return d.failAt(d.offset(), "text too long", errTermTooLong)
	}
	if bytes.IndexByte(run, '\r') < 0 && !d.afterCR {
		d.text = append(d.text, run...)
		return nil
	}
	for _, c := range run {
		switch {
		case c == '\r':
			d.text = append(d.text, '\n')
		case c != '\n' || !d.afterCR:
			d.text = append(d.text, c)
		}
		d.afterCR = c == '\r'
	}
	return nil
}

// reference reads an entity or character reference at pos and appends it.
func (d *xmlReader) reference(dst []byte) ([]byte, error) {
	at := d.offset()
	const longest = 12 // &#x10FFFF;
	for n := 1; ; n++ {
		if !d.have(n + 1) {
			return nil, d.cut("a reference")
		}
		if d.buf[d.pos+n] == ';' {
			name := string(d.buf[d.pos+1 : d.pos+n])
			r, ok := referenceRune(name)
			if !ok {
				return nil, d.failAt(at, "the reference &"+name+"; is unknown", nil)
			}
			d.pos += n + 1
			return utf8.AppendRune(dst, r), nil
		}
		if n == longest {
			return nil, d.failAt(at, "& does not begin a reference", nil)
		}
	}
}

func referenceRune(name string) (rune, bool) {
	switch name {
	case "lt":
		return '<', true
	case "gt":
		return '>', true
	case "amp":
		return '&', true
	case "quot":
		return '"', true
	case "apos":
		return '\'', true
	}
	digits, ok := strings.CutPrefix(name, "#")
	if !ok {
		return 0, false
	}
	base := 10
	if hex, ok := strings.CutPrefix(digits, "x"); ok {
		digits, base = hex, 16
	}
	n, err := strconv.ParseUint(digits, base, 32)
	if err != nil || n == 0 || n > utf8.MaxRune || !utf8.ValidRune(rune(n)) {
		return 0, false
	}
	return rune(n), true
}

var xmlEncoding = regexp.MustCompile(`\sencoding\s*=\s*["']([^"']*)["']`)

// instruction reads <? … ?>, and looks at the encoding that it may declare.
func (d *xmlReader) instruction() error {
	first := d.tagAt <= 3
	body, err := d.until("?>", "a processing instruction")
	if err != nil {
		return err
	}
	if first && bytes.HasPrefix(body, []byte("<?xml")) {
		if m := xmlEncoding.FindSubmatch(body); m != nil {
			switch name := strings.ToLower(string(m[1])); name {
			case "utf-8", "utf8", "us-ascii", "ascii":
			default:
				return d.failAt(d.tagAt, fmt.Sprintf("the encoding %q is not read; ask for UTF-8", name), nil)
			}
		}
	}
	return nil
}

// declaration reads a comment, CDATA or a document type.
func (d *xmlReader) declaration(keep bool) error {
	switch {
	case d.have(4) && string(d.buf[d.pos:d.pos+4]) == "<!--":
		_, err := d.until("-->", "a comment")
		return err
	case d.have(9) && string(d.buf[d.pos:d.pos+9]) == "<![CDATA[":
		body, err := d.until("]]>", "CDATA")
		if err != nil {
			return err
		}
		text := body[9 : len(body)-3]
		if !keep && firstNonBlank(text) >= 0 {
			return d.failAt(d.tagAt, "text where an element was due", nil)
		}
		if !utf8.Valid(text) {
			return d.failAt(d.tagAt, "CDATA is not valid UTF-8", nil)
		}
		d.text = append(d.text, bytes.ReplaceAll(text, []byte("\r\n"), newline)...)
		return nil
	case len(d.open) > 0:
		return d.failAt(d.tagAt, "a declaration inside an element", nil)
	}
	return d.doctype()
}

// doctype reads <!DOCTYPE …> with its internal subset, without effect.
func (d *xmlReader) doctype() error {
	if d.have(14) && strings.EqualFold(string(d.buf[d.pos:d.pos+14]), "<!doctype html") {
		return d.failAt(d.tagAt, "it is a web page", ErrNotResults)
	}
	depth := 0
	var quote byte
	for n := 0; ; n++ {
		c, ok := d.peek()
		if !ok {
			return d.cut("a document type")
		}
		if n > d.maxTerm {
			return d.failAt(d.offset(), "the document type is too long", errTermTooLong)
		}
		d.pos++
		switch {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '[' || c == '<':
			depth++
		case c == ']':
			depth--
		case c == '>':
			if depth--; depth <= 0 {
				return nil
			}
		}
	}
}

// until reads from the tag's beginning to the given end, and returns all of it.
func (d *xmlReader) until(end, what string) ([]byte, error) {
	d.mark = d.pos
	defer func() { d.mark = -1 }()
	for from := 0; ; {
		if i := bytes.Index(d.buf[d.mark+from:], []byte(end)); i >= 0 {
			d.pos = d.mark + from + i + len(end)
			return d.buf[d.mark:d.pos], nil
		}
		from = max(len(d.buf)-d.mark-len(end)+1, 0)
		d.pos = len(d.buf)
		if !d.fill() {
			return nil, d.cut(what)
		}
	}
}
