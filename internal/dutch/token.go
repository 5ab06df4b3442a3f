package dutch

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Token is a word of a text.
type Token struct {
	// Text is the word as written, text[Start:End].
	Text string
	// Stem is what the word is indexed and searched by: folded and stemmed,
	// one for "LIVC R" and "LIVC-R". It is never empty.
	Stem string
	// Start and End are byte offsets.
	Start, End int
	// Part is true for a part of the hyphenated word whose token comes
	// before it: "ESF-projecten" gives that word, then "ESF" and "projecten".
	Part bool
}

// Analyse returns the words of a text in order, stop words included (see
// [IsStop]).
//
// A word is a run of letters and digits; it keeps a hyphen, an ampersand or
// an apostrophe between two of them ("COVID-19", "O&O&I", "thema's",
// "2020-2024"), points between single letters ("i.v.m."), points and commas
// between digits ("1.250,50") and the single capital after an abbreviation
// ("LIVC R"). The parts of a hyphenated word follow it as tokens of their
// own, marked as such, where they are words.
func Analyse(text string) []Token {
	tokens := make([]Token, 0, len(text)/6)
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		if !isWordRune(r) {
			i += size
			continue
		}
		end := wordEnd(text, i)
		tokens = appendWord(tokens, text, i, end)
		i = end
	}
	return tokens
}

// appendWord appends the token of text[start:end] and those of its parts.
func appendWord(tokens []Token, text string, start, end int) []Token {
	word := text[start:end]
	stem := stemWord(word)
	if stem == "" {
		return tokens
	}
	tokens = append(tokens, Token{Text: word, Stem: stem, Start: start, End: end})
	if !strings.ContainsFunc(word, func(r rune) bool { return isHyphen(r) || r == ' ' }) {
		return tokens
	}
	for from := 0; from < len(word); {
		n := strings.IndexFunc(word[from:], func(r rune) bool { return isHyphen(r) || r == ' ' })
		to, next := len(word), len(word)
		if n >= 0 {
			to = from + n
			_, size := utf8.DecodeRuneInString(word[to:])
			next = to + size
		}
		if part := word[from:to]; isPart(part) {
			tokens = append(tokens, Token{
				Text: part, Stem: stemWord(part), Start: start + from, End: start + to, Part: true,
			})
		}
		from = next
	}
	return tokens
}

// isPart tells whether a part of a hyphenated word is a word by itself: it
// has two letters at least and is no stop word.
func isPart(part string) bool {
	letters := 0
	for _, r := range part {
		if unicode.IsLetter(r) {
			letters++
		}
	}
	return letters >= 2 && !IsStop(part) && stemWord(part) != ""
}

// wordEnd returns where the word that starts at i ends.
func wordEnd(text string, i int) int {
	start := i
	var last rune // the rune before i
	for i < len(text) {
		r, size := utf8.DecodeRuneInString(text[i:])
		if isWordRune(r) || unicode.Is(unicode.M, r) || isInvisible(r) {
			i += size
			if !isInvisible(r) {
				last = r
			}
			continue
		}
		next, _ := utf8.DecodeRuneInString(text[i+size:])
		if !joins(text[start:i], last, r, next) {
			break
		}
		i += size
	}
	if n := capitalAfter(text[start:i], text[i:]); n > 0 {
		i += n
	}
	return trimInvisible(text, start, i)
}

// joins tells whether r between last and next belongs to the word so far.
func joins(word string, last, r, next rune) bool {
	if !isWordRune(next) {
		return false
	}
	switch {
	case isHyphen(r), r == '&':
		return true
	case isApostrophe(r):
		return unicode.IsLetter(last) && unicode.IsLetter(next) && r != '`' && r != '´'
	case r == '.':
		if unicode.IsDigit(last) {
			return unicode.IsDigit(next)
		}
		return singleLetters(word) // "i.v.m", but not "einde.Begin"
	case r == ',':
		return unicode.IsDigit(last) && unicode.IsDigit(next)
	}
	return false
}

// singleLetters tells whether the word is "i", "i.v" and so on.
func singleLetters(word string) bool {
	letter := false
	for _, r := range word {
		if letter == (r != '.') || (r != '.' && !unicode.IsLetter(r)) {
			return false
		}
		letter = r != '.'
	}
	return letter
}

// capitalAfter returns the length of " R" where an abbreviation is followed
// by a single capital, as in "LIVC R", and 0 elsewhere.
func capitalAfter(word, rest string) int {
	if len(word) < 3 || strings.IndexFunc(word, func(r rune) bool { return r < 'A' || r > 'Z' }) >= 0 {
		return 0
	}
	if len(rest) < 2 || rest[0] != ' ' || rest[1] < 'A' || rest[1] > 'Z' {
		return 0
	}
	if r, _ := utf8.DecodeRuneInString(rest[2:]); isWordRune(r) || isApostrophe(r) ||
		(r == '.' || r == '&' || isHyphen(r)) && len(rest) > 3 && rest[3] != ' ' {
		return 0
	}
	return 2
}

func trimInvisible(text string, start, end int) int {
	for end > start {
		r, size := utf8.DecodeLastRuneInString(text[start:end])
		if !isInvisible(r) {
			break
		}
		end -= size
	}
	return end
}

func isWordRune(r rune) bool {
	return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.No, r))
}
