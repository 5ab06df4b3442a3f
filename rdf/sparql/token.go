package sparql

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// kind is the lexical class of a token (SPARQL 1.1, 19.8).
type kind uint8

const (
	kEOF     kind = iota
	kSpace        // WS+
	kComment      // # … to the end of the line, without the line break
	kIRI          // IRIREF with its angle brackets
	kPName        // PNAME_LN or PNAME_NS
	kBlank        // BLANK_NODE_LABEL
	kVar          // VAR1 or VAR2 with its mark
	kWord         // keyword, name of a built-in function, a, true, false
	kInteger      // INTEGER, also signed
	kDecimal      // DECIMAL, also signed
	kDouble       // DOUBLE, also signed
	kString       // STRING_LITERAL1, …2, …_LONG1, …_LONG2 with its quotes
	kLang         // LANGTAG with its @
	kPunct        // one of the operators and brackets
)

var kindNames = [...]string{
	"the end of the query", "white space", "a comment", "an IRI", "a prefixed name", "a blank node",
	"a variable", "a word", "an integer", "a decimal", "a double", "a string", "a language tag", "punctuation",
}

func (k kind) String() string { return kindNames[k] }

// token is the piece src[start:end]. The tokens of a text follow each other
// without a gap, so that together they are the text.
type token struct {
	kind       kind
	start, end int
}

func (t token) text(src string) string { return src[t.start:t.end] }

// lexError is a place where no token begins or one does not end.
type lexError struct {
	offset int
	msg    string
}

func (e *lexError) Error() string { return e.msg }

// tokenize splits src into tokens, white space and comments included; the
// last one is kEOF. After an error the tokens before it are returned.
func tokenize(src string) ([]token, error) {
	toks := make([]token, 0, len(src)/4+8)
	for i := 0; i < len(src); {
		k, end, err := scanToken(src, i)
		if err != nil {
			return toks, err
		}
		toks = append(toks, token{k, i, end})
		i = end
	}
	return append(toks, token{kEOF, len(src), len(src)}), nil
}

// scanToken finds the longest token that begins at i.
func scanToken(src string, i int) (kind, int, error) {
	switch c := src[i]; {
	case isSpace(c):
		end := i + 1
		for end < len(src) && isSpace(src[end]) {
			end++
		}
		return kSpace, end, nil
	case c == '#':
		if n := strings.IndexAny(src[i:], "\r\n"); n >= 0 {
			return kComment, i + n, nil
		}
		return kComment, len(src), nil
	case c == '<':
		if end := scanIRI(src, i); end > 0 {
			return kIRI, end, nil
		}
		if strings.HasPrefix(src[i:], "<=") {
			return kPunct, i + 2, nil
		}
		return kPunct, i + 1, nil
	case c == '?' || c == '$':
		if end := scanVar(src, i+1); end > i+1 {
			return kVar, end, nil
		}
		if c == '?' {
			return kPunct, i + 1, nil
		}
		return kEOF, i, &lexError{i, "a $ must begin the name of a variable"}
	case c == '"' || c == '\'':
		end, err := scanString(src, i)
		return kString, end, err
	case c == '@':
		if end := scanLang(src, i+1); end > 0 {
			return kLang, end, nil
		}
		return kEOF, i, &lexError{i, "an @ must begin a language tag such as @nl"}
	case isDigit(c), c == '.' && i+1 < len(src) && isDigit(src[i+1]):
		k, end := scanNumber(src, i)
		return k, end, nil
	case c == '+' || c == '-':
		if k, end := scanNumber(src, i+1); end > 0 {
			return k, end, nil
		}
		return kPunct, i + 1, nil
	case c == '_' && strings.HasPrefix(src[i:], "_:"):
		return scanBlank(src, i)
	case strings.IndexByte("^&|!>", c) >= 0:
		return scanOperator(src, i)
	case strings.IndexByte("{}()[].,;=*/", c) >= 0:
		return kPunct, i + 1, nil
	default:
		return scanName(src, i)
	}
}

func scanOperator(src string, i int) (kind, int, error) {
	if i+1 < len(src) {
		switch src[i : i+2] {
		case "^^", "&&", "||", "!=", ">=":
			return kPunct, i + 2, nil
		}
	}
	if src[i] == '&' {
		return kEOF, i, &lexError{i, "a single & is no operator: write &&"}
	}
	return kPunct, i + 1, nil
}

// scanIRI returns the end of the IRIREF that begins at i, 0 when < is only
// the operator there.
func scanIRI(src string, i int) int {
	for i++; i < len(src); {
		switch c := src[i]; {
		case c == '>':
			return i + 1
		case c == '\\':
			r, n := scanCodepoint(src, i)
			if n == 0 || r < utf8.RuneSelf && !iriByte(byte(r)) {
				return 0
			}
			i += n
		case !iriByte(c):
			return 0
		default:
			i++
		}
	}
	return 0
}

// iriByte reports whether an IRIREF may hold c; bytes of UTF-8 sequences may stand.
func iriByte(c byte) bool {
	return c > ' ' && strings.IndexByte("<>\"{}|^`\\", c) < 0
}

// scanCodepoint decodes \uXXXX or \UXXXXXXXX at i and returns its length, 0
// when there is none.
func scanCodepoint(src string, i int) (rune, int) {
	if i+1 >= len(src) || src[i] != '\\' {
		return 0, 0
	}
	n := 0
	switch src[i+1] {
	case 'u':
		n = 6
	case 'U':
		n = 10
	}
	if n == 0 || i+n > len(src) {
		return 0, 0
	}
	v, err := strconv.ParseUint(src[i+2:i+n], 16, 32)
	if err != nil || !utf8.ValidRune(rune(v)) || v > utf8.MaxRune {
		return 0, 0
	}
	return rune(v), n
}

// scanString returns the end of the string whose first quote is at i.
func scanString(src string, i int) (int, error) {
	quote := src[i : i+1]
	long := strings.Repeat(quote, 3)
	isLong := strings.HasPrefix(src[i:], long)
	j := i + 1
	if isLong {
		j = i + 3
	}
	for j < len(src) {
		switch c := src[j]; {
		case c == '\\':
			if _, n := scanCodepoint(src, j); n > 0 {
				j += n
				continue
			}
			if j+1 >= len(src) || strings.IndexByte(`tbnrf\"'`, src[j+1]) < 0 {
				return j, &lexError{j, `unknown escape in a string: write \\ for a backslash`}
			}
			j += 2
		case isLong && c == quote[0] && strings.HasPrefix(src[j:], long):
			return j + 3, nil
		case !isLong && c == quote[0]:
			return j + 1, nil
		case !isLong && (c == '\n' || c == '\r'):
			return j, &lexError{i, "the string does not end on its line: close it, or write it between " + long}
		default:
			j++
		}
	}
	return j, &lexError{i, "the string is not closed"}
}

func scanLang(src string, i int) int {
	j := i
	for j < len(src) && isLetter(src[j]) {
		j++
	}
	if j == i {
		return 0
	}
	for j+1 < len(src) && src[j] == '-' && (isLetter(src[j+1]) || isDigit(src[j+1])) {
		for j++; j < len(src) && (isLetter(src[j]) || isDigit(src[j])); {
			j++
		}
	}
	return j
}

// scanNumber returns the kind and the end of the unsigned number at i, an end
// of 0 when there is none.
func scanNumber(src string, i int) (kind, int) {
	digits := func(j int) int {
		for j < len(src) && isDigit(src[j]) {
			j++
		}
		return j
	}
	whole := digits(i)
	k, end := kInteger, whole
	if whole < len(src) && src[whole] == '.' {
		if fraction := digits(whole + 1); fraction > whole+1 {
			k, end = kDecimal, fraction
		}
	}
	mantissa := end
	if k == kInteger && whole > i && whole < len(src) && src[whole] == '.' {
		mantissa = whole + 1 // 1.e5 is a double, 1. an integer and a dot
	}
	if end == i {
		return kEOF, 0
	}
	for _, m := range [2]int{mantissa, end} {
		if m >= len(src) || src[m] != 'e' && src[m] != 'E' {
			continue
		}
		j := m + 1
		if j < len(src) && (src[j] == '+' || src[j] == '-') {
			j++
		}
		if e := digits(j); e > j {
			return kDouble, e
		}
	}
	return k, end
}

func scanVar(src string, i int) int {
	for i < len(src) {
		r, n := nameRune(src, i)
		if !isNameStart(r) && r != '_' && !(r >= '0' && r <= '9') && !isNameExtender(r) {
			break
		}
		i += n
	}
	return i
}

func scanBlank(src string, i int) (kind, int, error) {
	end, j := i+2, i+2
	for j < len(src) {
		r, n := nameRune(src, j)
		first := j == i+2
		if !isNameStart(r) && r != '_' && !(r >= '0' && r <= '9') && (first || r != '.' && !isNameRune(r)) {
			break
		}
		j += n
		if r != '.' {
			end = j
		}
	}
	if end == i+2 {
		return kEOF, i, &lexError{i, "a label must follow _:"}
	}
	return kBlank, end, nil
}

// scanName scans a prefixed name, or a word when no colon follows.
func scanName(src string, i int) (kind, int, error) {
	j := i
	lastDot := false
	for j < len(src) && src[j] != ':' {
		r, n := nameRune(src, j)
		if j == i && !isNameStart(r) || !isNameRune(r) && r != '.' {
			break
		}
		j += n
		lastDot = r == '.'
	}
	if j < len(src) && src[j] == ':' && !lastDot {
		return kPName, scanLocal(src, j+1), nil
	}
	j = i
	for j < len(src) && (isLetter(src[j]) || j > i && (isDigit(src[j]) || src[j] == '_')) {
		j++
	}
	if j == i {
		r, _ := utf8.DecodeRuneInString(src[i:])
		return kEOF, i, &lexError{i, fmt.Sprintf("nothing in SPARQL begins with %q", r)}
	}
	return kWord, j, nil
}

// scanLocal returns the end of the PN_LOCAL at i, i when it is empty.
func scanLocal(src string, i int) int {
	end, j := i, i
	for j < len(src) {
		if src[j] == '%' && j+2 < len(src) && isHex(src[j+1]) && isHex(src[j+2]) {
			j += 3
			end = j
			continue
		}
		if src[j] == '\\' && j+1 < len(src) && strings.IndexByte("_~.-!$&'()*+,;=/?#@%", src[j+1]) >= 0 {
			j += 2
			end = j
			continue
		}
		r, n := nameRune(src, j)
		first := r == ':' || r == '_' || r >= '0' && r <= '9' || isNameStart(r)
		if !first && (j == i || r != '.' && !isNameRune(r)) {
			break
		}
		j += n
		if r != '.' {
			end = j
		}
	}
	return end
}

// nameRune reads the character at i, which may be written as \uXXXX (19.2).
func nameRune(src string, i int) (rune, int) {
	if c := src[i]; c < utf8.RuneSelf && c != '\\' {
		return rune(c), 1
	}
	if r, n := scanCodepoint(src, i); n > 0 {
		return r, n
	}
	r, n := utf8.DecodeRuneInString(src[i:])
	if r == utf8.RuneError && n <= 1 {
		return -1, 1
	}
	return r, n
}

// isNameStart is PN_CHARS_BASE.
func isNameStart(r rune) bool {
	switch {
	case r < 0x80:
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
	case r < 0x370:
		return r >= 0xC0 && r != 0xD7 && r != 0xF7 && r <= 0x2FF
	case r < 0x2000:
		return r != 0x37E
	}
	return r == 0x200C || r == 0x200D || r >= 0x2070 && r <= 0x218F || r >= 0x2C00 && r <= 0x2FEF ||
		r >= 0x3001 && r <= 0xD7FF || r >= 0xF900 && r <= 0xFDCF || r >= 0xFDF0 && r <= 0xFFFD ||
		r >= 0x10000 && r <= 0xEFFFF
}

// isNameExtender tells the characters that a name may hold but not begin with.
func isNameExtender(r rune) bool {
	return r == 0xB7 || r >= 0x300 && r <= 0x36F || r == 0x203F || r == 0x2040
}

// isNameRune is PN_CHARS.
func isNameRune(r rune) bool {
	return r == '_' || r == '-' || r >= '0' && r <= '9' || isNameStart(r) || isNameExtender(r)
}

func isSpace(c byte) bool  { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }
func isDigit(c byte) bool  { return c >= '0' && c <= '9' }
func isLetter(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }
func isHex(c byte) bool    { return isDigit(c) || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F' }

// position returns the 1-based line and column, counted in characters, of a
// byte offset.
func position(src string, offset int) (line, column int) {
	before := src[:min(offset, len(src))]
	line = 1 + strings.Count(before, "\n")
	return line, 1 + utf8.RuneCountInString(before[strings.LastIndexByte(before, '\n')+1:])
}
