package rdf

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// AppendTerm appends t in the canonical form of N-Triples: the only escapes
// are \t \b \n \r \f \" \\ and \u for the other control characters, and
// xsd:string is not written. A blank node label that N-Triples does not allow,
// such as the ones of SPARQL results ("nodeID://b1"), is written as "_x-" and
// its bytes, those that are no letters or digits as "-" and two hexadecimal digits.
// A nil term appends nothing.
func AppendTerm(dst []byte, t Term) []byte {
	switch t := t.(type) {
	case IRI:
		return appendIRI(dst, t.String())
	case Blank:
		return appendBlank(dst, t)
	case Literal:
		dst = appendQuoted(dst, t.String())
		if tag := t.Lang(); tag != "" {
			dst = append(dst, '@')
			return append(dst, tag...)
		}
		if dt := t.DataType; dt != XSDString && dt.String() != "" {
			dst = append(dst, "^^"...)
			return appendIRI(dst, dt.String())
		}
		return dst
	}
	return dst
}

// appendIRI appends <s>. No IRI made by NewIRI needs an escape; the zero IRI
// and those of other makers may.
func appendIRI(dst []byte, s string) []byte {
	dst = append(dst, '<')
	from := 0
	for i := range len(s) {
		if is(s[i], charNotIRI) {
			dst = append(dst, s[from:i]...)
			dst = fmt.Appendf(dst, "\\u%04X", s[i])
			from = i + 1
		}
	}
	dst = append(dst, s[from:]...)
	return append(dst, '>')
}

func appendBlank(dst []byte, b Blank) []byte {
	dst = append(dst, "_:"...)
	label := ""
	if b != (Blank{}) {
		label = b.String()
	}
	if n := labelLength([]byte(label)); n == len(label) && n > 0 {
		return append(dst, label...)
	}
	dst = append(dst, "_x-"...)
	for i := range len(label) {
		if c := label[i]; is(c, charAlpha|charDigit) {
			dst = append(dst, c)
		} else {
			dst = fmt.Appendf(dst, "-%02x", c)
		}
	}
	return dst
}

// appendQuoted appends "s" with the escapes of canonical N-Triples.
func appendQuoted(dst []byte, s string) []byte {
	dst = append(dst, '"')
	dst = appendEscaped(dst, s)
	return append(dst, '"')
}

func appendEscaped(dst []byte, s string) []byte {
	if !utf8.ValidString(s) {
		s = strings.ToValidUTF8(s, "\ufffd") // no format could hold it otherwise
	}
	from := 0
	for i := range len(s) {
		if c := s[i]; mustEscape[c] {
			dst = append(dst, s[from:i]...)
			dst = appendEscape(dst, c)
			from = i + 1
		}
	}
	return append(dst, s[from:]...)
}

// mustEscape tells the bytes that canonical N-Triples escapes in a string.
var mustEscape = func() (t [256]bool) {
	for c := range 0x20 {
		t[c] = true
	}
	t['"'], t['\\'], t[0x7f] = true, true, true
	return t
}()

func appendEscape(dst []byte, c byte) []byte {
	switch c {
	case '"', '\\':
		return append(dst, '\\', c)
	case '\n':
		return append(dst, `\n`...)
	case '\r':
		return append(dst, `\r`...)
	case '\t':
		return append(dst, `\t`...)
	case '\b':
		return append(dst, `\b`...)
	case '\f':
		return append(dst, `\f`...)
	}
	return fmt.Appendf(dst, "\\u%04X", c)
}
