// Package htmltext turns the HTML of news items into plain text that keeps
// every word whole, and into HTML that is safe to show.
//
// The HTML comes from several editors: words are split by spans
// ("zorgbeh</span><span>oeften"), strewn with empty comments, editor
// attributes, no-break and zero-width spaces, and it is untrusted.
package htmltext

import (
	"errors"
	"io"
	"strings"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// MaxInput is the number of bytes of HTML that [Text] and [Sanitise] look at;
// what comes after is left out. The longest item seen is under 100 kB.
const MaxInput = 8 << 20

// Text returns the plain text of a fragment of HTML.
//
// Inline tags leave no trace, so that words split by them are whole again.
// Paragraphs, line breaks and other blocks end a line; lines are separated by
// one line break and none is empty. White space of any kind, the no-break
// space too, becomes one space; zero-width spaces, soft hyphens and control
// characters are dropped, as are comments, scripts, style sheets and other
// content that no browser shows. Entities are decoded. The work is linear in
// the length of the input.
//
// Text never fails: any string is HTML to a browser, and so it is here.
func Text(fragment string) string {
	if len(fragment) > MaxInput {
		fragment = fragment[:MaxInput]
	}
	w := writer{}
	w.out.Grow(len(fragment) / 2)
	z := html.NewTokenizer(strings.NewReader(fragment))
	hidden := atom.Atom(0) // the element whose content is being dropped
	depth := 0             // how many of it are open
	for {
		switch z.Next() {
		case html.ErrorToken:
			// A reader of a string fails in no other way than by ending; what
			// was read before stands in any case.
			if errors.Is(z.Err(), io.EOF) && hidden == 0 {
				w.text(string(z.Raw())) // a tag cut off at the end is no tag
			}
			return w.out.String()
		case html.TextToken:
			if hidden == 0 {
				w.text(string(z.Text()))
			}
		case html.StartTagToken:
			name, _ := z.TagName()
			a := atom.Lookup(name)
			switch {
			case hidden != 0:
				if a == hidden {
					depth++
				}
			case isHidden(a):
				hidden, depth = a, 1
			default:
				w.tag(a)
			}
		case html.SelfClosingTagToken:
			name, _ := z.TagName()
			if hidden == 0 {
				w.tag(atom.Lookup(name))
			}
		case html.EndTagToken:
			name, _ := z.TagName()
			a := atom.Lookup(name)
			switch {
			case hidden == 0:
				w.tag(a)
			case a == hidden:
				if depth--; depth == 0 {
					hidden = 0
				}
			}
		}
	}
}

// isHidden tells the elements whose content a browser does not show as text.
func isHidden(a atom.Atom) bool {
	switch a {
	case atom.Script, atom.Style, atom.Template, atom.Title, atom.Noscript,
		atom.Noembed, atom.Noframes, atom.Iframe, atom.Object, atom.Svg, atom.Math:
		return true
	}
	return false
}

// writer collects text, holding white space back until a word follows.
type writer struct {
	out     strings.Builder
	pending rune // 0, ' ' or '\n': what goes before the next word
}

func (w *writer) text(s string) {
	for _, r := range s {
		switch {
		case unicode.IsSpace(r):
			if w.pending == 0 {
				w.pending = ' '
			}
		case dropped(r):
		default:
			if w.pending != 0 && w.out.Len() > 0 {
				w.out.WriteRune(w.pending)
			}
			w.pending = 0
			w.out.WriteRune(r)
		}
	}
}

// tag ends a line at a block, and a word at the cell of a table.
func (w *writer) tag(a atom.Atom) {
	switch a {
	case atom.P, atom.Br, atom.Div, atom.Li, atom.Ul, atom.Ol, atom.Dl, atom.Dt, atom.Dd,
		atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Hr, atom.Pre,
		atom.Blockquote, atom.Table, atom.Thead, atom.Tbody, atom.Tfoot, atom.Tr, atom.Caption,
		atom.Section, atom.Article, atom.Header, atom.Footer, atom.Main, atom.Nav, atom.Aside,
		atom.Address, atom.Figure, atom.Figcaption, atom.Fieldset, atom.Form, atom.Details,
		atom.Summary, atom.Body, atom.Head, atom.Html:
		w.pending = '\n'
	case atom.Td, atom.Th, atom.Option, atom.Img:
		if w.pending == 0 {
			w.pending = ' '
		}
	}
}

// dropped tells the characters that are invisible and would split a word:
// zero-width space and word joiner, byte-order mark, soft hyphen, marks of
// direction, and control characters.
func dropped(r rune) bool {
	switch r {
	case '\u00ad', '\u200b', '\u2060', '\ufeff', '\u200e', '\u200f', unicode.ReplacementChar:
		return true
	}
	return unicode.IsControl(r)
}
