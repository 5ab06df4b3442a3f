package dutch

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Fold returns the word without what readers do not tell apart when they
// search: case, accents and diaereses ("coördinatie" is "coordinatie"),
// ligatures ("ĳ" is "ij"), super- and subscripts ("CO₂" is "co2"), and the
// kinds of apostrophe and hyphen ("’" is "'", "‑" is "-"). Zero-width
// characters and soft hyphens are dropped.
func Fold(word string) string {
	if isPlain(word) {
		return strings.ToLower(word)
	}
	var b strings.Builder
	b.Grow(len(word))
	for _, r := range norm.NFKD.String(word) {
		switch {
		case unicode.Is(unicode.Mn, r), isInvisible(r):
		case isApostrophe(r):
			b.WriteByte('\'')
		case isHyphen(r):
			b.WriteByte('-')
		default:
			switch r = unicode.ToLower(r); r {
			case 'ß':
				b.WriteString("ss")
			case 'œ':
				b.WriteString("oe")
			case 'æ':
				b.WriteString("ae")
			case 'ø':
				b.WriteByte('o')
			case 'ł':
				b.WriteByte('l')
			case 'đ':
				b.WriteByte('d')
			default:
				b.WriteRune(r)
			}
		}
	}
	return b.String()
}

func isPlain(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

func isApostrophe(r rune) bool {
	switch r {
	case '\'', '’', '‘', 'ʼ', '`', '´', '′':
		return true
	}
	return false
}

func isHyphen(r rune) bool {
	switch r {
	case '-', '\u2010', '\u2011':
		return true
	}
	return false
}

func isInvisible(r rune) bool {
	switch r {
	case '\u00ad', '\u200b', '\u200c', '\u200d', '\u2060', '\ufeff':
		return true
	}
	return false
}
