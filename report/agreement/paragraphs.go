package agreement

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/themis-go/themis/internal/dutch"
)

// paragraphs joins the rows of a section to its text: one line a paragraph or
// list item. Notes at the foot of a page come last.
func paragraphs(rows []row, bodySize float64, vocabulary *dutch.Vocabulary) string {
	var body, notes []string
	var last *row     // the row before in the running text
	indented := false // the current paragraph began with an indent
	var lastNote *row
	for i := range rows {
		r := &rows[i]
		if r.text == "" {
			continue
		}
		if bodySize > 0 && r.size > 0 && r.size < bodySize*0.8 {
			if lastNote != nil && lastNote.page == r.page && !startsNote(r.text) {
				notes[len(notes)-1] = joinRows(notes[len(notes)-1], lastNote, r, vocabulary)
			} else {
				notes = append(notes, r.text)
			}
			lastNote = r
			continue
		}
		if last == nil || breaks(last, r, bodySize, indented) {
			indented = last != nil && r.left > last.left+indent
			body = append(body, strings.TrimLeft(r.text, bullets))
		} else {
			body[len(body)-1] = joinRows(body[len(body)-1], last, r, vocabulary)
		}
		last = r
	}
	return strings.Join(append(body, notes...), "\n")
}

// indent is the distance in points that makes the first line of an item.
const indent = 6

// breaks tells whether a new paragraph begins at b, the row after a.
func breaks(a, b *row, bodySize float64, indented bool) bool {
	if a.broken {
		return false
	}
	if family(a.font) != family(b.font) || a.size > b.size*1.1 || b.size > a.size*1.1 {
		return true
	}
	if isItem(b.text) {
		return true
	}
	if a.page != b.page || b.top > a.top { // another column or page
		return endsSentence(a.text)
	}
	size := max(a.size, bodySize)
	if size == 0 {
		size = plainSize
	}
	if a.bottom-b.bottom > size*1.65 {
		return true
	}
	if b.left > a.left+indent {
		return true
	}
	return b.left < a.left-indent && !indented
}

// bullets are the marks that may open an item of a list.
const bullets = "•▪◦‣■●· "

func isItem(s string) bool {
	mark, size := utf8.DecodeRuneInString(s)
	return size > 0 && len(s) > size+1 && s[size] == ' ' && strings.ContainsRune("•▪◦‣■●·-–*", mark)
}

// family is the font without its weight: a bold word opens no paragraph.
func family(font string) string {
	name, _, _ := strings.Cut(font, "-")
	return name
}

func endsSentence(s string) bool {
	s = strings.TrimRight(s, `”"’')]`)
	last, _ := utf8.DecodeLastRuneInString(s)
	return strings.ContainsRune(".:;!?", last)
}

func startsNote(s string) bool {
	first, _ := utf8.DecodeRuneInString(s)
	return unicode.IsDigit(first) || first == '*'
}

// joinRows appends row b to the text of a paragraph that ends with row a. A
// hyphen at the end of a is taken out or kept as the vocabulary of the document
// tells.
func joinRows(text string, a, b *row, vocabulary *dutch.Vocabulary) string {
	if !a.broken {
		if endsInHyphen(text) && !isConjunction(firstWord(b.text)) {
			return text + b.text // "2020-" and "2030", "HBO5-" and "verpleegkunde"
		}
		return text + " " + b.text
	}
	left := text[strings.LastIndexByte(text, ' ')+1:]
	right, rest, spaced := strings.Cut(b.text, " ")
	if unicode.IsPunct(firstOf(right)) || isConjunction(right) { // "zorg- en welzijnsraad"
		if isConjunction(right) {
			return text + "- " + b.text
		}
		return text + "-" + b.text
	}
	word := mendBreak(left, right, vocabulary)
	text = text[:len(text)-len(left)] + word
	if spaced {
		text += " " + rest
	}
	return text
}

func firstOf(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

func firstWord(s string) string {
	word, _, _ := strings.Cut(s, " ")
	return word
}

// endsInHyphen tells a hyphen that closes a word from a dash between words.
func endsInHyphen(s string) bool {
	if !strings.HasSuffix(s, "-") {
		return false
	}
	before, _ := utf8.DecodeLastRuneInString(s[:len(s)-1])
	return !unicode.IsSpace(before) && before != utf8.RuneError
}

// isConjunction tells a word before which a hyphen stands for a part left out:
// "zorg- en welzijnsraad", "van inspannings- naar resultaatsverbintenis".
func isConjunction(word string) bool {
	switch strings.ToLower(word) {
	case "en", "of", "en/of", "dan", "tot", "naar", "als", "maar", "evenals":
		return true
	}
	return false
}

// mendBreak joins the halves of a word around a line break; hyphens elsewhere
// in them are the author's.
func mendBreak(left, right string, vocabulary *dutch.Vocabulary) string {
	cut := strings.LastIndexFunc(left, func(r rune) bool { return r == '-' || r == '(' || r == '/' }) + 1
	end := strings.IndexFunc(right, func(r rune) bool { return r == '-' || r == '/' || r == ')' })
	if end < 0 {
		end = len(right)
	}
	return left[:cut] + dutch.MendHyphens(left[cut:]+"-"+right[:end], vocabulary) + right[end:]
}
