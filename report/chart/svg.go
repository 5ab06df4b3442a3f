package chart

import (
	"encoding/xml"
	"fmt"
	"strings"
)

// svg builds an SVG document.
type svg struct{ strings.Builder }

func (s *svg) printf(format string, args ...any) { fmt.Fprintf(&s.Builder, format, args...) }

// open writes the root with its title and description. id makes the ids in the
// chart distinct within a page. A chart with links is a group, one without is
// a picture: what is in a picture cannot be reached.
func (s *svg) open(class, id, title, description string, width, height float64, links bool) {
	role := "img"
	if links {
		role = "group"
	}
	s.printf(`<svg xmlns="http://www.w3.org/2000/svg" class="%s" viewBox="0 0 %s %s" width="%s" height="%s" role="%s" aria-labelledby="%s-t %s-d">`,
		class, num(width), num(height), num(width), num(height), role, attr(id), attr(id))
	s.printf(`<title id="%s-t">%s</title><desc id="%s-d">%s</desc>`, attr(id), text(title), attr(id), text(description))
}

func (s *svg) close() { s.WriteString("</svg>") }

func (s *svg) label(class string, x, y float64, anchor, words string) {
	s.printf(`<text class="%s" x="%s" y="%s" text-anchor="%s">%s</text>`, class, num(x), num(y), anchor, text(words))
}

func (s *svg) line(class string, x1, y1, x2, y2 float64) {
	s.printf(`<line class="%s" x1="%s" y1="%s" x2="%s" y2="%s"/>`, class, num(x1), num(y1), num(x2), num(y2))
}

// num writes a coordinate with at most one decimal, so that charts are small
// and the same on every machine.
func num(f float64) string {
	return strings.TrimSuffix(fmt.Sprintf("%.1f", f), ".0")
}

// text escapes words for the content of an element.
func text(s string) string {
	var b strings.Builder
	// EscapeText writes to a Builder, which never fails, and replaces what XML forbids.
	_ = xml.EscapeText(&b, []byte(s))
	return b.String()
}

// attr escapes words for an attribute in double quotes.
func attr(s string) string { return text(s) }
