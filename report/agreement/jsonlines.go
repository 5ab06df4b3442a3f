package agreement

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"unicode"

	"github.com/themis-go/themis/internal/dutch"
)

// line is one section in JSON Lines. Part and page are optional.
type line struct {
	Key    string   `json:"key"`
	Path   []string `json:"path"`
	Number string   `json:"number"`
	Title  string   `json:"title"`
	Text   string   `json:"text"`
	Part   string   `json:"part,omitempty"`
	Page   int      `json:"page,omitempty"`
}

// readJSONLines reads one object a line with key, path (the headings from the
// chapter down), number, title and text. The headings above are made from the
// paths; a text that opens with its own heading loses it. Such files come from
// tools that read PDF and leave the hyphens of line breaks within lines, so
// these are mended by the evidence of the whole document.
func readJSONLines(data []byte) (*Agreement, error) {
	a := &Agreement{}
	nodes := map[string]*Section{}
	var texts []*Section
	for n := 1; len(data) > 0; n++ {
		var raw []byte
		raw, data, _ = bytes.Cut(data, []byte("\n"))
		if len(bytes.TrimSpace(raw)) == 0 {
			continue
		}
		var l line
		if err := json.Unmarshal(bytes.TrimPrefix(raw, []byte("\ufeff")), &l); err != nil {
			return nil, &SyntaxError{Format: JSONLines, Line: n, Err: err}
		}
		if len(l.Path) == 0 {
			l.Path = []string{strings.TrimSpace(l.Number + " " + l.Title)}
		}
		if strings.TrimSpace(strings.Join(l.Path, "")) == "" {
			return nil, &SyntaxError{Format: JSONLines, Line: n, Err: fmt.Errorf("the section has no path, number or title")}
		}
		s := a.place(nodes, l.Part, l.Path)
		if s.Text != "" {
			return nil, &SyntaxError{Format: JSONLines, Line: n, Err: fmt.Errorf("the section %q stands twice", strings.Join(l.Path, " › "))}
		}
		number, title := splitHeading(s.Path[len(s.Path)-1])
		if number != "" && number == l.Number || l.Title == "" {
			s.Number, s.Title = number, title
		} else {
			s.Number, s.Title = l.Number, l.Title
		}
		s.Key, s.Page = l.Key, l.Page
		s.Text = cutHeading(clean(l.Text), s)
		texts = append(texts, s)
	}
	mendAll(texts)
	return a, nil
}

func mendAll(sections []*Section) {
	v := dutch.NewVocabulary()
	for _, s := range sections {
		v.AddBroken(s.Text)
	}
	for _, s := range sections {
		s.Text = dutch.MendHyphens(s.Text, v)
	}
}

// place returns the section at the end of path and makes it and what lacks above it.
func (a *Agreement) place(nodes map[string]*Section, part string, path []string) *Section {
	var s *Section
	for i := range path {
		id := part + "\x00" + strings.Join(path[:i+1], "\x00")
		next := nodes[id]
		if next == nil {
			own := clean(path[i])
			next = &Section{Path: []string{own}, Part: part}
			next.Number, next.Title = splitHeading(own)
			nodes[id] = next
			if s == nil {
				a.Chapters = append(a.Chapters, next)
			} else {
				s.Children = append(s.Children, next)
			}
		}
		s = next
	}
	return s
}

// cutHeading removes the section's own heading from the start of its text,
// however it is punctuated or capitalised there. One or two letters more than
// in the heading are forgiven: what reads a document may drop a letter from one
// of the two.
func cutHeading(text string, s *Section) string {
	want := compact(s.Heading())
	if want == "" || !strings.HasPrefix(text, s.Number) {
		return text
	}
	i, spare := 0, len(want)/30
	for pos, r := range text {
		if i == len(want) {
			rest := strings.TrimLeftFunc(text[pos:], func(r rune) bool {
				return unicode.IsSpace(r) || r == '.' || r == ':'
			})
			if rest == "" {
				return text
			}
			return rest
		}
		c := compact(string(r))
		switch {
		case strings.HasPrefix(want[i:], c):
			i += len(c)
		case spare > 0:
			spare--
		default:
			return text
		}
	}
	return text
}

// compact keeps the letters and digits of a heading.
func compact(s string) string { return strings.ReplaceAll(Fold(s), " ", "") }

// softHyphen is a place where a word may be broken; it is no letter.
const softHyphen = '\u00ad'

// clean repairs invalid UTF-8, drops soft hyphens and control characters other
// than line breaks, and makes runs of blanks one.
func clean(s string) string {
	s = strings.ToValidUTF8(s, "\ufffd")
	var b strings.Builder
	b.Grow(len(s))
	for i, l := range strings.Split(s, "\n") {
		if i > 0 {
			b.WriteByte('\n')
		}
		l = strings.Map(func(r rune) rune {
			if unicode.IsControl(r) && r != '\t' || r == softHyphen {
				return -1
			}
			return r
		}, l)
		b.WriteString(strings.Join(strings.Fields(l), " "))
	}
	return strings.TrimSpace(b.String())
}

// WriteJSONLines writes the sections with text of an agreement in the form
// that [Read] reads as [JSONLines]: a way to keep what was read from a PDF, to
// correct it by hand, and to compare.
func WriteJSONLines(w io.Writer, a *Agreement) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	for _, s := range a.Sections {
		l := line{Key: s.Key, Path: s.Path, Number: s.Number, Title: s.Title, Text: s.Text, Part: s.Part, Page: s.Page}
		if err := enc.Encode(l); err != nil {
			return fmt.Errorf("agreement: write JSON Lines: %w", err)
		}
	}
	return nil
}
