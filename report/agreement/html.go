package agreement

import (
	"bytes"
	"strings"

	xhtml "golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// readHTML reads a page: headings h1 to h6 make the tree, what stands between
// them is text. Navigation, scripts, styles, heads and feet are left out.
func readHTML(data []byte) *Agreement {
	a := fromBlocks(htmlBlocks(data))
	if a.Title == "" {
		a.Title = pageTitle(data)
	}
	return a
}

// htmlBlocks never fails: browsers' rules give every input a tree.
func htmlBlocks(data []byte) []block {
	root, err := xhtml.Parse(bytes.NewReader(data))
	if err != nil { // nested beyond the parser's limit
		return []block{{text: clean(string(data))}}
	}
	w := blockWriter{}
	w.visit(root)
	w.flush()
	return w.blocks
}

type blockWriter struct {
	blocks []block
	text   strings.Builder
	level  int
}

func (w *blockWriter) flush() {
	if t := strings.Join(strings.Fields(clean(w.text.String())), " "); t != "" {
		w.blocks = append(w.blocks, block{level: w.level, text: t})
	}
	w.text.Reset()
}

func (w *blockWriter) visit(n *xhtml.Node) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		level := headingLevel(c.DataAtom)
		switch {
		case c.Type == xhtml.TextNode:
			w.text.WriteString(c.Data)
		case c.Type != xhtml.ElementNode || isSkipped(c.DataAtom):
		case level > 0:
			w.flush()
			w.level = level
			w.visit(c)
			w.flush()
			w.level = 0
		case isBlock(c.DataAtom) && w.level == 0:
			w.flush()
			w.visit(c)
			w.flush()
		case isBlock(c.DataAtom):
			w.text.WriteByte(' ')
			w.visit(c)
		default:
			w.visit(c)
		}
	}
}

func headingLevel(a atom.Atom) int {
	switch a {
	case atom.H1:
		return 1
	case atom.H2:
		return 2
	case atom.H3:
		return 3
	case atom.H4:
		return 4
	case atom.H5:
		return 5
	case atom.H6:
		return 6
	}
	return 0
}

func isSkipped(a atom.Atom) bool {
	switch a {
	case atom.Script, atom.Style, atom.Head, atom.Nav, atom.Template, atom.Noscript, atom.Svg, atom.Iframe, atom.Footer:
		return true
	}
	return false
}

func isBlock(a atom.Atom) bool {
	switch a {
	case atom.P, atom.Div, atom.Li, atom.Ul, atom.Ol, atom.Br, atom.Td, atom.Th, atom.Tr, atom.Table, atom.Section,
		atom.Article, atom.Main, atom.Header, atom.Aside, atom.Blockquote, atom.Pre, atom.Dt, atom.Dd, atom.Dl, atom.Hr,
		atom.Figure, atom.Figcaption, atom.Details, atom.Summary, atom.Body, atom.Html:
		return true
	}
	return false
}

func pageTitle(data []byte) string {
	root, err := xhtml.Parse(bytes.NewReader(data))
	if err != nil {
		return ""
	}
	for n := range root.Descendants() {
		if n.DataAtom == atom.Title && n.FirstChild != nil {
			return strings.Join(strings.Fields(n.FirstChild.Data), " ")
		}
	}
	return ""
}
