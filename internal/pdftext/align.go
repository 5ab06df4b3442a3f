package pdftext

import (
	"slices"
	"strings"
	"unicode"

	"github.com/klippa-app/go-pdfium/responses"
)

// maxOverlap is the number of letters of a run that may be those of its
// neighbours.
const maxOverlap = 4

// lookAhead is how far ahead a run is looked for that does not follow at once.
const lookAhead = 400

// align gives the runs of a page the letters that are theirs. PDFium finds the
// text of a run by its place, so that a letter that hangs over into the next
// run stands in both ("Wo" and "Wonen"); the text of the whole page has each
// once and in the same order. Runs that do not stand in it stay as they are.
func align(rects []*responses.GetPageTextStructuredRect, page string) []*responses.GetPageTextStructuredRect {
	all := []rune(strings.ReplaceAll(page, "\ufffe", string(hyphen))) // PDFium's other sign for it
	if len(all) == 0 {
		return rects
	}
	out := make([]*responses.GetPageTextStructuredRect, 0, len(rects))
	at := 0
	for _, r := range rects {
		own := []rune(r.Text)
		from, n := find(all, at, own)
		if n < len(own) && echoes(all[:at], own) {
			if last := len(out) - 1; last >= 0 { // the room is the run's before
				out[last].PointPosition.Right = max(out[last].PointPosition.Right, r.PointPosition.Right)
			}
			continue
		}
		aligned := *r
		out = append(out, &aligned)
		if n == 0 {
			continue
		}
		end := from + n
		for end < len(all) && all[end] == ' ' { // blanks between runs belong to the one before
			end++
		}
		at = end
		aligned.Text = string(all[from:end])
	}
	return out
}

// find tells where in all, from at on, the letters of a run stand, and how many
// they are: all but a few at either end that are its neighbours'. n is 0 where
// the run stands nowhere near.
func find(all []rune, at int, own []rune) (from, n int) {
	spaced := len(own) > 0 && own[0] == ' '
	for at < len(all) && unicode.IsSpace(all[at]) && !(spaced && all[at] == ' ') {
		at++
	}
	skip := 0
	for leave := 0; leave <= maxOverlap && leave < len(own); leave++ {
		if same := common(own[leave:], all[at:]); same > n {
			skip, n = leave, same
		}
	}
	if n > 0 && n+skip+maxOverlap >= len(own) {
		return at, n
	}
	// Something before was left out; the run must be found whole.
	end := min(len(all), at+lookAhead+len(own))
	for i := at; i+len(own) <= end; i++ {
		if len(own) >= 3 && slices.Equal(all[i:i+len(own)], own) {
			return i, len(own)
		}
	}
	return 0, 0
}

// echoes tells whether a short run only repeats what the run before had of it.
func echoes(before, own []rune) bool {
	return len(own) <= maxOverlap && len(own) <= len(before) && slices.Equal(before[len(before)-len(own):], own)
}

func common(a, b []rune) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}
