package report

import (
	"strings"

	"github.com/themis-go/themis/report/agreement"
)

// frame writes what stands around the findings: title, introduction, caveat.
func (b *builder) frame() {
	c, _ := catalogueOf(b.language) // Build has checked the language
	b.rep.Title = b.title
	if b.rep.Title == "" {
		b.rep.Title = c.text("title", subjectOf(b.in.Section))
	}
	b.rep.Introduction = introduction(c, b.rep)
	b.rep.Caveat = c.text("caveat")
}

// subjectOf names the subject of a section: its title, with that of the
// chapter where the title alone says little.
func subjectOf(s *agreement.Section) string {
	title := strings.TrimRight(oneLine(s.Title), " .:")
	chapter := oneLine(s.Chapter().Title)
	if chapter == "" || s.Parent == nil || !isGeneric(title) {
		return lowerFirst(title)
	}
	return lowerFirst(chapter) + " (" + lowerFirst(title) + ")"
}

// isGeneric tells the titles that every chapter has.
func isGeneric(title string) bool {
	switch agreement.Fold(title) {
	case "uitdagingen en visie", "visie", "concrete voorstellen", "concrete maatregelen", "inleiding", "voorstellen", "water", "economie":
		return true
	}
	return false
}

func introduction(c catalogue, rep *Report) string {
	named := c.text("section unnumbered", rep.Section.Title)
	if rep.Section.Number != "" {
		named = c.text("section named", rep.Section.Number, strings.TrimRight(rep.Section.Title, " .:"))
	}
	first, last := span(rep.References)
	found := c.text("found none")
	switch n := len(rep.References); {
	case n == 1:
		found = c.text("found on", c.date(first))
	case n > 1:
		found = c.text("found between", c.count("decisions", n), c.date(first), c.date(last))
	}
	return c.text("introduction text", oneLine(named), found)
}

// span returns the first and the last date of references.
func span(refs []Reference) (first, last string) {
	for _, r := range refs {
		if r.Date == "" {
			continue
		}
		if first == "" || r.Date < first {
			first = r.Date
		}
		if r.Date > last {
			last = r.Date
		}
	}
	return first, last
}
