package agreement

import (
	"math"
	"strings"
	"unicode"
)

// edge is the part of a page's height, at its top and at its bottom, in which
// running heads and page numbers stand.
const edge = 0.10

// dropFurniture returns the rows without running heads and page numbers: what
// stands at a height of the page's edge where most pages repeat a text. Digits
// count as the same, so that page numbers repeat.
func dropFurniture(rows []row, height float64) []row {
	slot := func(r row) (int, bool) {
		if height <= 0 || (r.bottom < height*(1-edge) && r.top > height*edge) {
			return 0, false
		}
		return int(math.Round((r.top + r.bottom) / 2 / 4)), true
	}
	pages := map[int]map[int]bool{}
	texts := map[int]map[string]int{}
	for _, r := range rows {
		at, ok := slot(r)
		if !ok {
			continue
		}
		for _, s := range []int{at - 1, at, at + 1} { // glyphs differ in height
			if pages[s] == nil {
				pages[s], texts[s] = map[int]bool{}, map[string]int{}
			}
			pages[s][r.page] = true
			texts[s][sameDigits(r.text)]++
		}
	}
	furniture := map[int]bool{}
	for s, on := range pages {
		repeated := 0
		for _, n := range texts[s] {
			if n > 1 {
				repeated += n
			}
		}
		furniture[s] = len(on) >= 3 && repeated*2 >= len(on)
	}
	var out []row
	for _, r := range rows {
		if at, ok := slot(r); ok && furniture[at] {
			continue
		}
		out = append(out, r)
	}
	return out
}

func sameDigits(s string) string {
	digits := strings.Map(func(r rune) rune {
		if unicode.IsDigit(r) {
			return '0'
		}
		return unicode.ToLower(r)
	}, s)
	if strings.Trim(digits, "0 -–|") == "" {
		return "0"
	}
	return digits
}
