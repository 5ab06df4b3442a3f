package rdf

import (
	"bufio"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"
)

const (
	nsRDF   = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
	nsXML   = "http://www.w3.org/XML/1998/namespace"
	nsXMLNS = "http://www.w3.org/2000/xmlns/"
)

// xmlReader reads the tokens of a document with namespaces: encoding/xml does
// the well-formedness of tokens, this the nesting, the prefixes (which it
// drops, and XML literals need), the entities of the internal subset and the
// limits.
type xmlReader struct {
	dec    *xml.Decoder
	limit  *limitReader
	open   []openElement
	spaces []xmlBinding // in scope, the nearest last
	depth  int          // limit of len(open)
}

type openElement struct {
	prefix, local string
	spaces        int // bindings in scope outside it
}

type xmlBinding struct{ prefix, uri string }

// xmlName is an expanded name with the prefix that it was written with.
type xmlName struct{ prefix, space, local string }

// iri is the name as RDF/XML reads it: its parts, joined.
func (n xmlName) iri() string { return n.space + n.local }

type xmlAttr struct {
	xmlName
	value string
}

// xmlElement is a start tag.
type xmlElement struct {
	xmlName
	attrs    []xmlAttr // without namespace declarations
	declared []xmlBinding
}

// xmlEnd is an end tag.
type xmlEnd struct{}

func newXMLReader(r io.Reader, c *readConfig) *xmlReader {
	limit := &limitReader{r: r, max: c.maxToken}
	buffered := bufio.NewReaderSize(limit, inputBuffer)
	if mark, err := buffered.Peek(3); err == nil && string(mark) == "\xef\xbb\xbf" {
		_, _ = buffered.Discard(3) // cannot fail: it was peeked
	}
	x := &xmlReader{
		dec: xml.NewDecoder(buffered), limit: limit, depth: c.maxDepth,
		spaces: []xmlBinding{{"", ""}, {"xml", nsXML}},
	}
	x.dec.CharsetReader = latin1Reader
	return x
}

var errTooLong = errors.New("token too long")

// limitReader refuses to read more than max bytes (and a buffer) for one token.
type limitReader struct {
	r        io.Reader
	max, got int
}

func (l *limitReader) Read(p []byte) (int, error) {
	if l.got > l.max {
		return 0, errTooLong
	}
	n, err := l.r.Read(p)
	l.got += n
	return n, err
}

// latin1Reader reads the encodings that are a subset of ISO 8859-1; UTF-8
// needs no reader.
func latin1Reader(charset string, r io.Reader) (io.Reader, error) {
	switch strings.ToLower(charset) {
	case "iso-8859-1", "latin1", "us-ascii", "ascii":
		return &latin1{r: bufio.NewReader(r)}, nil
	}
	return nil, fmt.Errorf("the encoding %q is not supported: convert the document to UTF-8", charset)
}

type latin1 struct{ r *bufio.Reader }

func (l *latin1) Read(p []byte) (n int, err error) {
	for n+1 < len(p) || n == 0 && len(p) > 1 {
		c, err := l.r.ReadByte()
		if err != nil {
			if n > 0 {
				return n, nil
			}
			return 0, err
		}
		n += utf8.EncodeRune(p[n:n+2], rune(c))
		if l.r.Buffered() == 0 {
			break
		}
	}
	return n, nil
}

// fail is a syntax error where the reader is.
func (x *xmlReader) fail(format string, args ...any) *SyntaxError {
	line, column := x.dec.InputPos()
	return &SyntaxError{Format: RDFXML, Line: line, Column: column, Msg: fmt.Sprintf(format, args...)}
}

func (x *xmlReader) tooLong() error {
	line, _ := x.dec.InputPos()
	return tooLong(line, x.limit.max)
}

// next returns the next *xmlElement, xmlEnd, xml.CharData, xml.Comment or
// xml.ProcInst, and io.EOF at the end of a well-formed document. CharData is
// valid until the next call. Any other error is final.
func (x *xmlReader) next() (any, error) {
	for {
		x.limit.got = 0
		token, err := x.dec.RawToken()
		if err != nil {
			return nil, x.failed(err)
		}
		switch t := token.(type) {
		case xml.StartElement:
			return x.start(t)
		case xml.EndElement:
			return xmlEnd{}, x.end(t)
		case xml.Directive:
			if len(x.open) > 0 {
				return nil, x.fail("a document type declaration must stand before the document")
			}
			if err := x.doctype(string(t)); err != nil {
				return nil, err
			}
		case xml.ProcInst:
			if t.Target == "xml" {
				continue
			}
			return t, nil
		default:
			return token, nil
		}
	}
}

// failed gives an error of encoding/xml its place.
func (x *xmlReader) failed(err error) error {
	var syntax *xml.SyntaxError
	switch {
	case err == io.EOF && len(x.open) == 0:
		return io.EOF
	case err == io.EOF:
		return x.fail("the document ends within the element %s", x.open[len(x.open)-1].name())
	case err == errTooLong:
		return x.tooLong()
	case errors.As(err, &syntax):
		return x.fail("%s", syntax.Msg)
	case strings.HasPrefix(err.Error(), "xml:"): // an encoding that is not supported
		return x.fail("%s", strings.TrimPrefix(err.Error(), "xml: "))
	}
	return fmt.Errorf("rdf: reading: %w", err)
}

func (e openElement) name() string {
	if e.prefix == "" {
		return e.local
	}
	return e.prefix + ":" + e.local
}

func (x *xmlReader) start(t xml.StartElement) (*xmlElement, error) {
	if len(x.open) >= x.depth {
		return nil, x.fail("elements nest deeper than %d levels: raise MaxNesting if this is meant", x.depth)
	}
	x.open = append(x.open, openElement{t.Name.Space, t.Name.Local, len(x.spaces)})
	e := &xmlElement{}
	for _, a := range t.Attr {
		prefix := a.Name.Local
		if a.Name.Space == "" && a.Name.Local == "xmlns" {
			prefix = ""
		} else if a.Name.Space != "xmlns" {
			continue
		}
		if err := x.declare(e, prefix, a.Value); err != nil {
			return nil, err
		}
	}
	var err error
	if e.xmlName, err = x.expand(t.Name, true); err != nil {
		return nil, err
	}
	for _, a := range t.Attr {
		if a.Name.Space == "xmlns" || a.Name.Space == "" && a.Name.Local == "xmlns" {
			continue
		}
		name, err := x.expand(a.Name, false)
		if err != nil {
			return nil, err
		}
		if slices.ContainsFunc(e.attrs, func(b xmlAttr) bool { return b.space == name.space && b.local == name.local }) {
			return nil, x.fail("the attribute %s stands twice", a.Name.Local)
		}
		e.attrs = append(e.attrs, xmlAttr{name, a.Value})
	}
	return e, nil
}

func (x *xmlReader) declare(e *xmlElement, prefix, uri string) error {
	switch {
	case prefix == "xml" && uri == nsXML:
		return nil
	case prefix == "xml" || prefix == "xmlns" || uri == nsXML || uri == nsXMLNS:
		return x.fail("the prefixes xml and xmlns cannot be declared")
	case prefix != "" && uri == "":
		return x.fail("the prefix %s cannot be undeclared in XML 1.0", prefix)
	case slices.ContainsFunc(e.declared, func(b xmlBinding) bool { return b.prefix == prefix }):
		return x.fail("the prefix %q is declared twice", prefix)
	}
	e.declared = append(e.declared, xmlBinding{prefix, uri})
	x.spaces = append(x.spaces, xmlBinding{prefix, uri})
	return nil
}

// expand finds the namespace of a name; an attribute without a prefix has none.
func (x *xmlReader) expand(n xml.Name, element bool) (xmlName, error) {
	if n.Local == "" || strings.Contains(n.Local, ":") {
		return xmlName{}, x.fail("%s:%s is no name with a namespace", n.Space, n.Local)
	}
	if n.Space == "" && !element {
		return xmlName{local: n.Local}, nil
	}
	uri, ok := lookUp(x.spaces, n.Space)
	if !ok {
		return xmlName{}, x.fail("the prefix %s: is not declared", n.Space)
	}
	return xmlName{n.Space, uri, n.Local}, nil
}

// lookUp returns what a prefix stands for; the nearest binding is the last.
func lookUp(spaces []xmlBinding, prefix string) (string, bool) {
	for i := len(spaces) - 1; i >= 0; i-- {
		if spaces[i].prefix == prefix {
			return spaces[i].uri, true
		}
	}
	return "", false
}

func (x *xmlReader) end(t xml.EndElement) error {
	if len(x.open) == 0 {
		return x.fail("an end tag %s without its start tag", openElement{t.Name.Space, t.Name.Local, 0}.name())
	}
	last := x.open[len(x.open)-1]
	if last.prefix != t.Name.Space || last.local != t.Name.Local {
		return x.fail("the element %s ends with the tag %s", last.name(), openElement{t.Name.Space, t.Name.Local, 0}.name())
	}
	x.spaces = x.spaces[:last.spaces]
	x.open = x.open[:len(x.open)-1]
	return nil
}

// skipTo passes over everything until only so many elements are open.
func (x *xmlReader) skipTo(open int) error {
	for len(x.open) > open {
		if _, err := x.next(); err != nil {
			return err
		}
	}
	return nil
}
