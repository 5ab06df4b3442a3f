package rdf

import (
	"bytes"
	"unicode/utf8"
)

// Classes of ASCII bytes, for one table look-up in the scanners.
const (
	charNameStart  = 1 << iota // may begin a prefix or blank node label: PN_CHARS_U of N-Triples and Turtle
	charName                   // may stand inside: PN_CHARS
	charDigit                  // 0-9
	charHex                    // 0-9 A-F a-f
	charAlpha                  // A-Z a-z
	charSpace                  // blank, tab, CR, LF
	charNotIRI                 // may not stand in an IRI
	charLocalExtra             // may follow a backslash in a local name
)

var charClass = makeCharClass()

func makeCharClass() (t [256]byte) {
	for c := range 128 {
		b := byte(c)
		switch {
		case b >= '0' && b <= '9':
			t[b] |= charName | charDigit | charHex
		case b >= 'a' && b <= 'z', b >= 'A' && b <= 'Z':
			t[b] |= charNameStart | charName | charAlpha
			if b|0x20 <= 'f' {
				t[b] |= charHex
			}
		case b == '_':
			t[b] |= charNameStart | charName
		case b == '-':
			t[b] |= charName
		}
		if b <= ' ' || bytes.IndexByte([]byte("<>\"{}|^`\\"), b) >= 0 {
			t[b] |= charNotIRI
		}
		if bytes.IndexByte([]byte(" \t\r\n"), b) >= 0 {
			t[b] |= charSpace
		}
		if bytes.IndexByte([]byte("_~.-!$&'()*+,;=/?#@%"), b) >= 0 {
			t[b] |= charLocalExtra
		}
	}
	return t
}

func is(b byte, class byte) bool { return charClass[b]&class != 0 }

// nameStartRune is PN_CHARS_U beyond ASCII.
func nameStartRune(r rune) bool {
	switch {
	case r < 0x80:
		return is(byte(r), charNameStart)
	case r >= 0xC0 && r <= 0x2FF:
		return r != 0xD7 && r != 0xF7
	case r >= 0x370 && r <= 0x1FFF:
		return r != 0x37E
	}
	return r == 0x200C || r == 0x200D ||
		r >= 0x2070 && r <= 0x218F || r >= 0x2C00 && r <= 0x2FEF || r >= 0x3001 && r <= 0xD7FF ||
		r >= 0xF900 && r <= 0xFDCF || r >= 0xFDF0 && r <= 0xFFFD || r >= 0x10000 && r <= 0xEFFFF
}

// nameRune is PN_CHARS.
func nameRune(r rune) bool {
	if r < 0x80 {
		return is(byte(r), charName)
	}
	return nameStartRune(r) || r == 0xB7 || r >= 0x300 && r <= 0x36F || r == 0x203F || r == 0x2040
}

// unescape appends s to dst with its escapes replaced: \uXXXX and \UXXXXXXXX,
// and \t \b \n \r \f \" \' \\ where it is a string. It returns a message and
// the offset of what is wrong.
func unescape(dst, s []byte, inString bool) (_ []byte, at int, msg string) {
	for i := 0; ; {
		j := bytes.IndexByte(s[i:], '\\')
		if j < 0 {
			return append(dst, s[i:]...), 0, ""
		}
		dst = append(dst, s[i:i+j]...)
		i += j
		if i+1 == len(s) {
			return dst, i, `a backslash at the end: write \\`
		}
		c := s[i+1]
		if digits := hexDigits(c); digits > 0 {
			r, ok := hexRune(s[i+2:], digits)
			if !ok {
				return dst, i, `\u wants four and \U eight hexadecimal digits of a character that is no surrogate`
			}
			dst = utf8.AppendRune(dst, r)
			i += 2 + digits
			continue
		}
		if !inString {
			return dst, i, `only \u and \U may follow a backslash in an IRI`
		}
		e := stringEscape(c)
		if e == 0 {
			return dst, i, `an unknown escape: want \t \b \n \r \f \" \' \\ \u or \U`
		}
		dst = append(dst, e)
		i += 2
	}
}

func hexDigits(c byte) int {
	switch c {
	case 'u':
		return 4
	case 'U':
		return 8
	}
	return 0
}

func stringEscape(c byte) byte {
	switch c {
	case 't':
		return '\t'
	case 'b':
		return '\b'
	case 'n':
		return '\n'
	case 'r':
		return '\r'
	case 'f':
		return '\f'
	case '"', '\'', '\\':
		return c
	}
	return 0
}

// hexRune reads the first digits characters of s as the number of a character.
func hexRune(s []byte, digits int) (rune, bool) {
	if len(s) < digits {
		return 0, false
	}
	var n uint64
	for _, c := range s[:digits] {
		if !is(c, charHex) {
			return 0, false
		}
		d := c & 0xf
		if c > '9' {
			d += 9
		}
		n = n<<4 | uint64(d)
	}
	if n > utf8.MaxRune || n >= 0xD800 && n <= 0xDFFF {
		return 0, false
	}
	return rune(n), true
}

// hasScheme reports whether an IRI is absolute: begins with a scheme (RFC 3986, 3.1).
func hasScheme(s []byte) bool {
	for i, c := range s {
		switch {
		case is(c, charAlpha):
		case i > 0 && (is(c, charDigit) || c == '+' || c == '-' || c == '.'):
		default:
			return c == ':' && i > 0
		}
	}
	return false
}
