package agreement

import (
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"github.com/themis-go/themis/internal/dutch"
)

// readMarkdown reads CommonMark with tables: headings of any kind make the
// tree, everything else is text without markup. A word that a line break
// splits is joined again.
func readMarkdown(data []byte) *Agreement {
	source := []byte(strings.ToValidUTF8(string(data), "\ufffd"))
	doc := goldmark.New(goldmark.WithExtensions(extension.GFM)).Parser().Parse(text.NewReader(source))
	var blocks []block
	vocabulary := dutch.NewVocabulary(string(source))
	var visit func(n ast.Node)
	visit = func(n ast.Node) {
		for c := n.FirstChild(); c != nil; c = c.NextSibling() {
			switch c := c.(type) {
			case *ast.Heading:
				blocks = append(blocks, block{level: c.Level, text: inline(c, source, vocabulary)})
			case *ast.Paragraph, *ast.TextBlock, *east.TableCell:
				blocks = append(blocks, block{text: inline(c, source, vocabulary)})
			case *ast.CodeBlock, *ast.FencedCodeBlock:
				blocks = append(blocks, block{text: clean(string(c.Lines().Value(source)))})
			case *ast.HTMLBlock:
				blocks = append(blocks, htmlBlocks(c.Lines().Value(source))...)
			default:
				visit(c)
			}
		}
	}
	visit(doc)
	return fromBlocks(blocks)
}

// unescape resolves backslash escapes and character references, which the
// parser leaves in its nodes.
func unescape(s string) string {
	return string(util.ResolveEntityNames(util.ResolveNumericReferences(util.UnescapePunctuations([]byte(s)))))
}

// inline is the text of a block's inline nodes.
func inline(n ast.Node, source []byte, vocabulary *dutch.Vocabulary) string {
	var rows []row
	var b strings.Builder
	var visit func(n ast.Node)
	visit = func(n ast.Node) {
		for c := n.FirstChild(); c != nil; c = c.NextSibling() {
			switch c := c.(type) {
			case *ast.Text:
				b.Write(c.Value(source))
				if c.SoftLineBreak() || c.HardLineBreak() {
					rows = append(rows, row{text: clean(b.String())})
					b.Reset()
				}
			case *ast.String:
				b.Write(c.Value)
			case *ast.AutoLink:
				b.Write(c.Label(source))
			case *ast.RawHTML:
			default:
				visit(c)
			}
		}
	}
	visit(n)
	rows = append(rows, row{text: clean(b.String())})
	out := ""
	for i := range rows {
		rows[i].text = unescape(rows[i].text)
		if i+1 < len(rows) {
			rows[i].text, rows[i].broken = cutBreak(rows[i].text, rows[i+1].text)
		}
		switch {
		case i == 0:
			out = rows[i].text
		default:
			out = joinRows(out, &rows[i-1], &rows[i], vocabulary)
		}
	}
	return strings.TrimSpace(out)
}
