package agreement

import "strings"

// block is a heading or a paragraph of a document with markup.
type block struct {
	level int // 1 to 6 for a heading, 0 for text
	text  string
}

// fromBlocks builds the tree of a document with markup by the levels of its
// headings. A first heading above all others that has no number is the
// document's title; text before the first heading of a section is left out.
func fromBlocks(blocks []block) *Agreement {
	a := &Agreement{}
	top, tops, first := 7, 0, -1
	for i, b := range blocks {
		if b.level == 0 {
			continue
		}
		if first < 0 {
			first = i
		}
		switch {
		case b.level < top:
			top, tops = b.level, 1
		case b.level == top:
			tops++
		}
	}
	if first < 0 {
		return a
	}
	number, _ := splitHeading(blocks[first].text)
	if number == "" && tops == 1 && blocks[first].level == top && hasHeading(blocks[first+1:]) {
		a.Title = blocks[first].text
		blocks = blocks[first+1:]
	}
	type level struct {
		n int
		s *Section
	}
	var open []level
	for _, b := range blocks {
		if b.level == 0 {
			if len(open) > 0 && b.text != "" {
				s := open[len(open)-1].s
				s.Text = strings.TrimPrefix(s.Text+"\n"+b.text, "\n")
			}
			continue
		}
		if b.text == "" {
			continue
		}
		h := newHeading(b.text)
		s := &Section{Number: h.Number, Title: h.Title, Path: []string{h.Printed}}
		for len(open) > 0 && open[len(open)-1].n >= b.level {
			open = open[:len(open)-1]
		}
		if len(open) == 0 {
			a.Chapters = append(a.Chapters, s)
		} else {
			parent := open[len(open)-1].s
			parent.Children = append(parent.Children, s)
		}
		open = append(open, level{b.level, s})
	}
	return a
}

func hasHeading(blocks []block) bool {
	for _, b := range blocks {
		if b.level > 0 {
			return true
		}
	}
	return false
}
