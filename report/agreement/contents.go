package agreement

import (
	"regexp"
	"strconv"
	"strings"
)

// row is a line of a document with what typesetting tells about it. Places are
// in points from the left and the bottom of the page; documents without pages
// leave them zero.
type row struct {
	text                     string
	page                     int
	left, right, top, bottom float64
	size                     float64
	font                     string
	broken                   bool // ends in a hyphen that text lacks
}

var contentsLine = regexp.MustCompile(`^(.*?)[\s.…·_]+(\d{1,4})$`)

// minContents is the number of lines ending in a page number that makes a page
// one of the table of contents.
const minContents = 5

// contents reads the table of contents. It returns the outline and the index
// of the first row behind it; no outline where the document has no such table.
func contents(rows []row, lastPage int) ([]Heading, int) {
	perPage, last := map[int]int{}, map[int]int{}
	for _, r := range rows {
		if m := contentsLine.FindStringSubmatch(r.text); m != nil {
			if page, _ := strconv.Atoi(m[2]); page >= last[r.page] && page > 0 && page <= lastPage+50 {
				perPage[r.page]++
				last[r.page] = page
			}
		}
	}
	lines := map[int]int{}
	for _, r := range rows {
		lines[r.page]++
	}
	isContents := func(page int) bool {
		return perPage[page] >= minContents && perPage[page]*2 >= lines[page]
	}
	var out []Heading
	end, before := 0, 0
	var pending *row
	text := ""
	for i, r := range rows {
		if !isContents(r.page) {
			if len(out) > 0 && r.page > rows[end].page+1 {
				break
			}
			continue
		}
		end = i
		m := contentsLine.FindStringSubmatch(r.text)
		page := 0
		if m != nil {
			page, _ = strconv.Atoi(m[2])
		}
		starts, _ := splitHeading(r.text)
		if pending != nil && (pending.size != r.size || starts != "") {
			pending, text = nil, ""
		}
		if m == nil || page < before || page > lastPage+50 {
			pending, text = &rows[i], strings.TrimSpace(text+" "+r.text)
			continue
		}
		before = page
		h := newHeading(strings.TrimSpace(text + " " + m[1]))
		h.Page = page
		out = append(out, h)
		pending, text = nil, ""
	}
	if len(out) < minContents {
		return nil, 0
	}
	return out, end + 1
}
