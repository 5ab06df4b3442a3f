package agreement

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxTitle is the number of letters beyond which a numbered line is a
// paragraph and no heading.
const maxTitle = 160

// looksLikeTitle tells a heading from a numbered sentence or list item.
func looksLikeTitle(s string) bool {
	if s == "" || utf8.RuneCountInString(s) > maxTitle {
		return false
	}
	first, _ := utf8.DecodeRuneInString(s)
	return !unicode.IsLower(first) && !strings.ContainsRune(",;%", rune(s[len(s)-1])) && !unicode.IsDigit(first)
}

// mayFollow tells whether a section numbered next can come after one numbered
// last: the first below it, the next beside it or beside one above it, or a
// chapter that begins anew.
func mayFollow(last, next string) bool {
	a, b := components(last), components(next)
	if len(b) == 1 && b[0] == 1 {
		return true // chapters are numbered anew in each part
	}
	same := 0
	for same < len(a) && same < len(b) && a[same] == b[same] {
		same++
	}
	switch {
	case same == len(a): // below: 2.1 → 2.1.1
		return len(b) > same && b[same] == 1 && len(b) <= same+2
	case same == len(b):
		return false
	}
	return b[same] > a[same] && b[same] <= a[same]+2 && allOnes(b[same+1:])
}

func allOnes(list []int) bool {
	for _, n := range list {
		if n != 1 {
			return false
		}
	}
	return true
}

func components(number string) []int {
	var out []int
	for _, c := range strings.Split(number, ".") {
		n, err := strconv.Atoi(c)
		if err != nil {
			return nil
		}
		out = append(out, n)
	}
	return out
}

func lastNumber(outline []Heading) string {
	for i := len(outline) - 1; i >= 0; i-- {
		if outline[i].Number != "" {
			return outline[i].Number
		}
	}
	return ""
}

// guessOutline takes for headings the rows that open with a section number
// that may follow the one before, and that typesetting sets apart from the
// running text where it says so.
func guessOutline(rows []row, bodySize float64) []Heading {
	var out []Heading
	font := bodyFont(rows)
	headed := -1 // the row of the heading before
	for i := 0; i < len(rows); i++ {
		r := rows[i]
		text := r.text
		if isNumber(text) && i+1 < len(rows) && (r.size == 0 || rows[i+1].size == r.size) {
			text += " " + rows[i+1].text
		}
		number, title := splitHeading(text)
		if number == "" || !looksLikeTitle(title) || !setApart(rows, i, bodySize, font, headed) {
			continue
		}
		h := newHeading(text)
		if len(out) > 0 && !mayFollow(lastNumber(out), number) {
			continue
		}
		h.Page = r.page
		out = append(out, h)
		headed = i
	}
	return out
}

// setApart tells whether typesetting sets row i apart as a heading: by larger or
// other type, and where type is unknown by the blank line or heading before it.
func setApart(rows []row, i int, bodySize float64, bodyFont string, headed int) bool {
	r := rows[i]
	if bodySize > 0 {
		return r.size > bodySize*1.02 || r.font != bodyFont
	}
	if i == 0 || headed == i-1 || rows[i-1].page != r.page {
		return true
	}
	return rows[i-1].bottom-r.bottom > plainStep*1.5
}

// bodyFont is the font in which most letters are set.
func bodyFont(rows []row) string {
	letters := map[string]int{}
	best := ""
	for _, r := range rows {
		letters[r.font] += len(r.text)
		if letters[r.font] > letters[best] {
			best = r.font
		}
	}
	return best
}
