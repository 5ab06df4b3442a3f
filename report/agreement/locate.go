package agreement

import "strings"

// place is where a heading stands: rows from first up to and excluding after.
// A heading that was not found has first -1.
type place struct{ first, after int }

// maxHeadingRows is the number of rows over which a heading may run.
const maxHeadingRows = 8

// pageSlack is how many pages a heading may stand beside the page that the
// table of contents gives, once the difference between printed and counted
// pages is known.
const pageSlack = 1

// locate finds the headings of an outline in the rows, in order. A heading is
// its number and title over consecutive rows; where the number printed in the
// text differs from the outline's, the title must follow a number.
func locate(rows []row, outline []Heading) []place {
	out := make([]place, len(outline))
	from, offset, known := 0, 0, false
	for i, h := range outline {
		out[i] = place{-1, -1}
		limit := len(rows)
		start := from
		if h.Page > 0 && known {
			for start < len(rows) && rows[start].page < h.Page+offset-pageSlack {
				start++
			}
			for limit > start && rows[limit-1].page > h.Page+offset+pageSlack {
				limit--
			}
		}
		found := findHeading(rows, start, limit, h)
		if found.first < 0 {
			continue
		}
		if h.Page > 0 && !known {
			offset, known = rows[found.first].page-h.Page, true
		}
		out[i] = found
		from = found.after
	}
	return out
}

func findHeading(rows []row, start, limit int, h Heading) place {
	full, title := compact(h.Number+" "+h.Title), compact(h.Title)
	for i := start; i < limit; i++ {
		if after := match(rows, i, limit, full); after > 0 {
			return place{i, after}
		}
	}
	if h.Number == "" || len(title) < 4 {
		return place{-1, -1}
	}
	for i := start; i < limit; i++ {
		number, rest := splitHeading(rows[i].text)
		if number == "" && !isNumber(rows[i].text) {
			continue
		}
		if number == "" { // the number stands alone, the title follows
			if after := match(rows, i+1, limit, title); after > 0 {
				return place{i, after}
			}
			continue
		}
		if strings.HasPrefix(title, compact(rest)) {
			if after := match(rows, i, limit, compact(number)+title); after > 0 {
				return place{i, after}
			}
		}
	}
	return place{-1, -1}
}

func isNumber(s string) bool {
	return s != "" && strings.Trim(s, "0123456789. ") == ""
}

// match tells behind which row the wanted letters end when they begin at row
// i; 0 where they do not. A letter or two may differ in a long heading.
func match(rows []row, i, limit int, want string) int {
	have := ""
	for j := i; j < limit && j < i+maxHeadingRows; j++ {
		have += compact(rows[j].text)
		if len(have) >= len(want) {
			if have == want || nearly(have, want) {
				return j + 1
			}
			return 0
		}
		if !strings.HasPrefix(want, have) && !nearly(have, want[:min(len(want), len(have))]) {
			return 0
		}
	}
	// a letter may be missing in the text
	if have != "" && nearly(have, want) {
		return min(limit, i+maxHeadingRows)
	}
	return 0
}

// nearly tells whether two strings of some length differ by one or two
// letters put in, left out or exchanged.
func nearly(a, b string) bool {
	spare := min(len(a), len(b)) / 25
	if spare > 2 {
		spare = 2
	}
	for {
		n := 0
		for n < len(a) && n < len(b) && a[n] == b[n] {
			n++
		}
		a, b = a[n:], b[n:]
		if a == "" && b == "" {
			return true
		}
		if spare == 0 {
			return false
		}
		spare--
		switch {
		case a == "" || b == "":
			if len(a)+len(b) > spare+1 {
				return false
			}
			return true
		case len(a) > 1 && a[1] == b[0]:
			a = a[1:]
		case len(b) > 1 && b[1] == a[0]:
			b = b[1:]
		default:
			a, b = a[1:], b[1:]
		}
	}
}
