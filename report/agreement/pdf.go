package agreement

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/themis-go/themis/internal/dutch"
	"github.com/themis-go/themis/internal/pdftext"
)

// readPDF reads the sections of a typeset document: the headings are those of
// the outline given, else of the table of contents, else lines that look like
// numbered headings.
func readPDF(ctx context.Context, data []byte, outline []Heading) (*Agreement, error) {
	pages, err := pdftext.Read(ctx, data)
	if err != nil {
		return nil, fmt.Errorf("agreement: PDF: %w", err)
	}
	var rows []row
	height := 0.0
	for _, p := range pages {
		height = math.Max(height, p.Height)
		for _, l := range p.Lines {
			rows = append(rows, row{
				text: clean(l.Text), page: p.Number, left: l.Left, right: l.Right, top: l.Top, bottom: l.Bottom,
				size: l.Size, font: l.Font, broken: l.Hyphen,
			})
		}
	}
	rows = dropFurniture(rows, height)
	found, after := contents(rows, len(pages))
	if outline == nil {
		outline = found
	}
	return fromRows(rows[after:], outline), nil
}

// fromRows makes the agreement of the rows of a document and its outline;
// without an outline it is made of what looks like headings.
func fromRows(rows []row, outline []Heading) *Agreement {
	bodySize := commonSize(rows)
	if outline == nil {
		outline = guessOutline(rows, bodySize)
	}
	outline = slices.Clone(outline)
	vocabulary := vocabularyOf(rows)
	places := locate(rows, outline)
	texts, pages := make([]*string, len(outline)), make([]int, len(outline))
	end := len(rows)
	for i := len(outline) - 1; i >= 0; i-- {
		p := places[i]
		if p.first < 0 {
			continue
		}
		text := paragraphs(rows[p.after:end], bodySize, vocabulary)
		texts[i], pages[i] = &text, rows[p.first].page
		outline[i] = respell(outline[i], rows[p.first:p.after])
		end = p.first
	}
	return tree(outline, texts, pages)
}

// respell takes the title as the text prints it where the table of contents
// lost a letter of it or set blanks into its words.
func respell(h Heading, rows []row) Heading {
	var printed []string
	for _, r := range rows {
		text := r.text
		if r.broken {
			return h
		}
		printed = append(printed, text)
	}
	_, title := splitHeading(strings.Join(printed, " "))
	title = strings.TrimSpace(title)
	was, is := compact(h.Title), compact(title)
	if len(is) > len(was) || is == was && len(strings.Fields(title)) < len(strings.Fields(h.Title)) {
		h.Printed = strings.TrimSuffix(h.Printed, h.Title) + title
		h.Title = title
	}
	return h
}

// commonSize is the size of type in which most letters are set; 0 where sizes
// are unknown.
func commonSize(rows []row) float64 {
	letters := map[float64]int{}
	best := 0.0
	for _, r := range rows {
		size := math.Round(r.size*2) / 2
		letters[size] += len(r.text)
		if letters[size] > letters[best] {
			best = size
		}
	}
	return best
}

// vocabularyOf counts the words that stand whole within a row; the halves of
// broken words are left out, hyphens within a row count as written.
func vocabularyOf(rows []row) *dutch.Vocabulary {
	v := dutch.NewVocabulary()
	for i, r := range rows {
		text := r.text
		if i > 0 && rows[i-1].broken {
			_, text, _ = strings.Cut(text, " ")
		}
		if r.broken {
			text = text[:strings.LastIndexByte(text, ' ')+1]
		}
		v.Add(text)
	}
	return v
}
