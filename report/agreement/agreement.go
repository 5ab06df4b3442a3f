package agreement

import (
	"iter"
	"regexp"
	"strconv"
	"strings"
	"unicode"
)

// Agreement is a coalition agreement as a tree of sections.
type Agreement struct {
	// Title is that of the document; empty where the format has none.
	Title string
	// Chapters are the roots of the tree, in document order.
	Chapters []*Section
	// Sections are the sections at the ends of the tree's branches that have
	// text, in document order: what reports are made about. The introductions
	// that headings with subsections may have stand in their Text; see [Agreement.All].
	Sections []*Section
}

// Section is a heading of an agreement with the text below it, up to the next
// heading.
type Section struct {
	// Key names the section: unique within the agreement and the same each
	// time the same document is read. It is the one the source gives, or the
	// path with " - " between its parts and "_" for white space.
	Key string
	// Slug is a short name of the section for files and addresses: lower-case
	// ASCII letters, digits and hyphens; unique within the agreement.
	Slug string
	// Number is the section's as printed ("2.2.9"), without a final full stop.
	// It may be empty, and numbers repeat between chapters.
	Number string
	// Title is the heading without its number.
	Title string
	// Path are the headings from the chapter down to this section inclusive,
	// each with its number as the document prints it ("2 — Omgeving").
	Path []string
	// Part is the heading above chapters, where an agreement has parts whose
	// chapters are numbered anew; else empty.
	Part string
	// Level is 1 for a chapter, 2 for a section below it, and so on.
	Level int
	// Text is the plain text below the heading, without the heading itself and
	// without the text of subsections. Paragraphs and list items are separated
	// by a line break; line-break hyphens are mended. It is empty for a heading
	// with only subsections.
	Text string
	// Page is the page on which the section starts, counted from 1; 0 where
	// the format has no pages.
	Page int
	// Parent is nil for a chapter.
	Parent *Section
	// Children are in document order.
	Children []*Section
}

// Heading is the number and the title, as in "2.2.9 Preventie van radicalisering".
func (s *Section) Heading() string {
	return strings.TrimSpace(s.Number + " " + s.Title)
}

// Chapter is the root of the section's branch; the section itself for a chapter.
func (s *Section) Chapter() *Section {
	for s.Parent != nil {
		s = s.Parent
	}
	return s
}

// All yields every section of the tree in document order, headings without
// text included.
func (a *Agreement) All() iter.Seq[*Section] {
	return func(yield func(*Section) bool) {
		walk(a.Chapters, yield)
	}
}

func walk(sections []*Section, yield func(*Section) bool) bool {
	for _, s := range sections {
		if !yield(s) || !walk(s.Children, yield) {
			return false
		}
	}
	return true
}

// finish fills what follows from the tree: parents, levels, paths, keys, slugs
// and the list of sections with text. Readers build Chapters with Number,
// Title, Text and, where the document prints the heading otherwise than
// "number title", Path of one element.
func (a *Agreement) finish() {
	keys, slugs := map[string]int{}, map[string]int{}
	a.Sections = nil
	var visit func(list []*Section, parent *Section)
	visit = func(list []*Section, parent *Section) {
		for _, s := range list {
			s.Parent, s.Level = parent, 1
			own := s.Heading()
			if n := len(s.Path); n > 0 {
				own = s.Path[n-1]
			}
			s.Path = []string{own}
			if parent != nil {
				s.Level = parent.Level + 1
				s.Part = parent.Part
				s.Path = append(append([]string{}, parent.Path...), own)
			}
			if s.Key == "" {
				s.Key = keyOf(s.Path)
			}
			s.Key = distinct(keys, s.Key)
			s.Slug = distinct(slugs, slugOf(s.Chapter().Title, s.Heading()))
			if s.Text != "" && len(s.Children) == 0 {
				a.Sections = append(a.Sections, s)
			}
			visit(s.Children, s)
		}
	}
	visit(a.Chapters, nil)
}

// distinct returns name, with a number behind it where it was given before.
func distinct(seen map[string]int, name string) string {
	base := name
	for {
		seen[name]++
		if seen[name] == 1 {
			return name
		}
		name = base + "-" + strconv.Itoa(seen[base])
	}
}

func keyOf(path []string) string {
	return strings.Join(strings.Fields(strings.Join(path, " - ")), "_")
}

// slugLength bounds slugs, so that file names stay well under the 255 bytes
// that file systems allow.
const slugLength = 80

// slugOf makes an address of the chapter's title and the section's heading.
func slugOf(chapter, heading string) string {
	words := strings.Fields(Fold(heading))
	if folded := Fold(chapter); folded != "" && folded != strings.Join(words, " ") && !strings.HasSuffix(strings.Join(words, " "), folded) {
		if fields := strings.Fields(folded); len(fields) > 0 {
			words = append([]string{fields[0]}, words...)
		}
	}
	var b strings.Builder
	for _, w := range words {
		w = strings.Map(asciiOnly, w)
		if w == "" {
			continue
		}
		if b.Len() > 0 {
			if b.Len()+1+len(w) > slugLength {
				break
			}
			b.WriteByte('-')
		}
		b.WriteString(w[:min(len(w), slugLength)])
	}
	if b.Len() == 0 {
		return "sectie"
	}
	return b.String()
}

func asciiOnly(r rune) rune {
	if r < unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsDigit(r)) {
		return r
	}
	return -1
}

// heading is a line that opens with a section number: "2.2.9 Title",
// "2.2.1. Title", "3 — Title" or "Hoofdstuk 3: Title".
var heading = regexp.MustCompile(`^(?i:(?:hoofdstuk|chapter|deel)\s+)?(\d{1,3}(?:\.\d{1,3}){0,6})\.?[\s\p{Z}]*[—–:-]?[\s\p{Z}]*(.*)$`)

// splitHeading separates the number of a printed heading from its title. The
// number is empty where the heading has none.
func splitHeading(s string) (number, title string) {
	s = strings.Join(strings.Fields(s), " ")
	if m := heading.FindStringSubmatch(s); m != nil && m[2] != "" {
		first, _ := firstRune(m[2])
		if !unicode.IsDigit(first) {
			return m[1], m[2]
		}
	}
	return "", s
}

func firstRune(s string) (rune, bool) {
	for _, r := range s {
		return r, true
	}
	return 0, false
}
