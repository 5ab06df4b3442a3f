package dutch

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Span is a stretch of a text in bytes, from Start up to End.
type Span struct{ Start, End int }

// Sentences returns where the sentences of a text are, in order, without the
// white space between them. A line break ends a sentence, and so do ".", "!",
// "?" and "…" before white space and a capital, a digit or a quotation mark,
// unless the point belongs to an abbreviation ("nr.", "m.b.t.", "J. Jambon").
func Sentences(text string) []Span {
	var out []Span
	start := 0
	add := func(end int) {
		s := text[start:end]
		left := len(s) - len(strings.TrimLeftFunc(s, unicode.IsSpace))
		if trimmed := strings.TrimSpace(s); trimmed != "" {
			out = append(out, Span{start + left, start + left + len(trimmed)})
		}
		start = end
	}
	for i, r := range text {
		switch r {
		case '\n':
			add(i)
		case '.', '!', '?', '…':
			end := i + utf8.RuneLen(r)
			if n := closing(text[end:]); endsSentence(text[start:i], r, text[end+n:]) {
				add(end + n)
			}
		}
	}
	add(len(text))
	return out
}

// closing is the length of the quotation marks and brackets that close a
// sentence after its point.
func closing(rest string) int {
	n := 0
	for _, r := range rest {
		if !strings.ContainsRune("\"'’”»)", r) {
			break
		}
		n += utf8.RuneLen(r)
	}
	return n
}

func endsSentence(before string, mark rune, after string) bool {
	next := strings.TrimLeftFunc(after, unicode.IsSpace)
	if next == "" {
		return true
	}
	if len(next) == len(after) {
		return false // no white space: "1.250", "vlaanderen.be"
	}
	first, _ := utf8.DecodeRuneInString(next)
	if !unicode.IsUpper(first) && !unicode.IsDigit(first) && !strings.ContainsRune("\"'‘’“”«(-–•", first) {
		return false
	}
	if mark != '.' {
		return true
	}
	word := before[strings.LastIndexFunc(before, func(r rune) bool { return unicode.IsSpace(r) || r == '(' })+1:]
	if strings.Contains(word, ".") && len(word) <= 6 && !strings.ContainsAny(word, "0123456789") {
		return false // "m.b.t", "d.w.z"
	}
	if r, size := utf8.DecodeRuneInString(word); size == len(word) && unicode.IsUpper(r) {
		return false // an initial, or "A." in front of a list
	}
	return !abbreviations[strings.ToLower(word)]
}

var abbreviations = lookup(`nr nrs art artt bv bijv bvb ca cf d.d dd dhr mevr dr drs ing ir prof mr st resp incl excl
	max min mln mld blz p pp vgl zgn evt tel hfdst par afd m.b.t i.v.m e.d`)
