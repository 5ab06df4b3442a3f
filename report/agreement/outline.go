package agreement

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// Heading is one entry of an outline: a heading as the document prints it.
type Heading struct {
	Number string // "2.2.9"; empty for a part or an unnumbered chapter
	Title  string
	// Printed is the number and title as they stand, as in "2 — Omgeving".
	Printed string
	// Page is the page that a table of contents gives; 0 where unknown.
	Page int
}

// ReadOutline reads an outline file, which tells [Read] the headings of a
// document that hides or misprints them: one heading a line as printed, with
// its number, in the order of the document; optionally a tab and the page on
// which it stands. A line without a number is a part where the chapters after
// it are numbered anew, else a chapter. Blank lines and lines that begin with
// "#" are ignored.
func ReadOutline(r io.Reader) ([]Heading, error) {
	var out []Heading
	scan := bufio.NewScanner(r)
	for n := 1; scan.Scan(); n++ {
		text, page, hasPage := strings.Cut(clean(strings.ReplaceAll(scan.Text(), "\t", "\n")), "\n")
		text = strings.TrimPrefix(text, "\ufeff")
		if text == "" || strings.HasPrefix(text, "#") {
			continue
		}
		h := newHeading(text)
		if hasPage {
			p, err := strconv.Atoi(strings.TrimSpace(page))
			if err != nil || p < 1 {
				return nil, &SyntaxError{Format: "outline", Line: n, Err: fmt.Errorf("page %q is not a number", page)}
			}
			h.Page = p
		}
		out = append(out, h)
	}
	if err := scan.Err(); err != nil {
		return nil, fmt.Errorf("agreement: read outline: %w", err)
	}
	if len(out) == 0 {
		return nil, &SyntaxError{Format: "outline", Err: fmt.Errorf("no heading in it")}
	}
	return out, nil
}

func newHeading(printed string) Heading {
	h := Heading{Printed: strings.Join(strings.Fields(strings.ReplaceAll(printed, "\u00ad", "")), " ")}
	h.Number, h.Title = splitHeading(h.Printed)
	return h
}

// depth is 0 for a heading without number, else the number of its components.
func (h Heading) depth() int {
	if h.Number == "" {
		return 0
	}
	return strings.Count(h.Number, ".") + 1
}

// isPart tells whether the heading at i stands above chapters: it has no number,
// the next numbered heading is a chapter, and that is numbered anew or nothing
// stands between the two.
func isPart(outline []Heading, texts []*string, i int) bool {
	if outline[i].Number != "" || i+1 >= len(outline) || outline[i+1].depth() != 1 {
		return false
	}
	if *texts[i] == "" {
		return true
	}
	next, _ := strconv.Atoi(outline[i+1].Number)
	for j := i - 1; j >= 0; j-- {
		if outline[j].depth() == 1 {
			before, _ := strconv.Atoi(outline[j].Number)
			return next <= before
		}
	}
	return next == 1
}

// tree builds the sections of an outline; texts are what stands below each
// heading, pages where it starts. Headings whose text is nil were not found in
// the document and are left out.
func tree(outline []Heading, texts []*string, pages []int) *Agreement {
	a := &Agreement{}
	part := ""
	var open []*Section // the branch to which the next heading may belong
	for i, h := range outline {
		if texts[i] == nil {
			continue
		}
		if isPart(outline, texts, i) {
			part = sentenceCase(h.Title)
			open = nil
			continue
		}
		s := &Section{Number: h.Number, Title: h.Title, Path: []string{h.Printed}, Part: part, Text: *texts[i], Page: pages[i]}
		for len(open) > 0 && !contains(open[len(open)-1].Number, h.Number) {
			open = open[:len(open)-1]
		}
		if len(open) == 0 {
			a.Chapters = append(a.Chapters, s)
		} else {
			parent := open[len(open)-1]
			parent.Children = append(parent.Children, s)
		}
		open = append(open, s)
	}
	return a
}

// contains tells whether the section numbered outer holds the one numbered
// inner ("2.2" holds "2.2.9").
func contains(outer, inner string) bool {
	return outer != "" && strings.HasPrefix(inner, outer+".")
}

// sentenceCase turns a heading set in capitals into ordinary writing.
func sentenceCase(s string) string {
	if s != strings.ToUpper(s) || s == strings.ToLower(s) {
		return s
	}
	lower := []rune(strings.ToLower(s))
	return strings.ToUpper(string(lower[:1])) + string(lower[1:])
}
