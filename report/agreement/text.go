package agreement

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// The geometry that stands for the lines of a plain text: each is one step
// below the other, in letters of one width.
const (
	plainSize = 10.0
	plainStep = 12.0
	plainWide = 5.0
)

// readText reads plain text with numbered headings on lines of their own, a
// blank line before each. Other lines belong to a paragraph until a blank line
// or an item of a list. Form feeds separate pages, a table of contents among
// them is used. Without numbers an outline is needed.
func readText(data []byte, outline []Heading) *Agreement {
	text := strings.ReplaceAll(strings.ToValidUTF8(string(data), "\ufffd"), "\r\n", "\n")
	text = strings.TrimPrefix(text, "\ufeff")
	pages := strings.Split(text, "\f")
	var rows []row
	for p, page := range pages {
		for n, l := range strings.Split(page, "\n") {
			words := clean(l)
			if words == "" {
				continue
			}
			left := float64(len(l)-len(strings.TrimLeft(l, " \t"))) * plainWide
			r := row{text: words, page: p + 1, left: left, top: -float64(n)*plainStep + plainSize, bottom: -float64(n) * plainStep}
			r.right = left + float64(utf8.RuneCountInString(words))*plainWide
			rows = append(rows, r)
		}
	}
	for i := 0; i+1 < len(rows); i++ {
		rows[i].text, rows[i].broken = cutBreak(rows[i].text, rows[i+1].text)
	}
	found, after := contents(rows, len(pages))
	if outline == nil {
		outline = found
	}
	return fromRows(rows[after:], outline)
}

// cutBreak takes the hyphen off a line that ends in half a word.
func cutBreak(text, next string) (string, bool) {
	if !strings.HasSuffix(text, "-") || len(text) < 2 {
		return text, false
	}
	before, _ := utf8.DecodeLastRuneInString(text[:len(text)-1])
	after, _ := utf8.DecodeRuneInString(next)
	if !unicode.IsLetter(before) || !unicode.IsLetter(after) {
		return text, false
	}
	return text[:len(text)-1], true
}
