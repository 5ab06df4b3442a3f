package pdftext

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/klippa-app/go-pdfium/responses"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/themis-go/themis/internal/pdftext/pdftest"
)

// document is a PDF of one page with the given content stream.
func document(content string) []byte { return pdftest.Page(content) }

// reader is shared, for its first document takes seconds.
var reader = NewReader()

func TestRead(t *testing.T) {
	pages, err := reader.Read(context.Background(), document(
		"BT /F1 18 Tf 72 700 Td (1.1 Wonen) Tj ET BT /F1 11 Tf 72 660 Td (We verbeteren de wonin-) Tj 0 -13 Td (gen in Vlaanderen.) Tj ET"))
	require.NoError(t, err)
	require.Len(t, pages, 1)
	require.Len(t, pages[0].Lines, 3)
	first := pages[0].Lines[0]
	assert.Equal(t, "1.1 Wonen", first.Text)
	assert.InDelta(t, 18, first.Size, 0.1)
	assert.InDelta(t, 842, pages[0].Height, 0.5)
	assert.Equal(t, "We verbeteren de wonin", pages[0].Lines[1].Text)
	assert.True(t, pages[0].Lines[1].Hyphen)
	assert.Equal(t, "gen in Vlaanderen.", pages[0].Lines[2].Text)
}

func TestReadRefuses(t *testing.T) {
	r := reader
	_, err := r.Read(context.Background(), []byte("<html>not a PDF</html>"))
	require.ErrorIs(t, err, ErrUnreadable)
	_, err = r.Read(context.Background(), document(""))
	require.ErrorIs(t, err, ErrNoText)
	_, err = r.Read(context.Background(), document("BT")[:200])
	require.ErrorIs(t, err, ErrUnreadable)
	_, err = r.Read(context.Background(), pdftest.Document("<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 1000000000 >>"))
	require.ErrorIs(t, err, ErrNoText, "a tree of pages that holds itself")
	endless := "BT /F1 1 Tf 0 700 Td " + strings.Repeat("("+strings.Repeat("abcdefgh ", 1000)+") Tj ", 32) + "ET"
	_, err = r.Read(context.Background(), document(endless))
	require.ErrorIs(t, err, ErrUnreadable)
	require.ErrorContains(t, err, "characters")
}

func rect(text string, left, right, bottom, top, size float64) *responses.GetPageTextStructuredRect {
	return &responses.GetPageTextStructuredRect{
		Text:            text,
		PointPosition:   responses.CharPosition{Left: left, Right: right, Bottom: bottom, Top: top},
		FontInformation: &responses.FontInformation{Name: "Sans-Light", RenderedSize: size},
	}
}

func TestJoinRects(t *testing.T) {
	for name, test := range map[string]struct {
		rects  []*responses.GetPageTextStructuredRect
		text   string
		hyphen bool
	}{
		"bold word": {[]*responses.GetPageTextStructuredRect{
			rect("voor ", 10, 40, 100, 108, 11), rect("elke", 41, 60, 100, 108, 11), rect(" leerling", 60, 90, 100, 108, 11)}, "voor elke leerling", false},
		"hyphen in a box of its own": {[]*responses.GetPageTextStructuredRect{
			rect("verschil", 10, 40, 100, 108, 11), rect("\x02\r\n", 41, 43, 103, 103.5, 11)}, "verschil", true},
		"ghost of a ligature": {[]*responses.GetPageTextStructuredRect{
			rect("vooraf\x02", 10, 40, 100, 108, 11), rect("f\x02", 41, 43, 103, 103.5, 11)}, "vooraf", true},
		"subscript": {[]*responses.GetPageTextStructuredRect{
			rect("CO", 10, 22, 100, 107, 11), rect("2", 22.5, 25, 97, 100.8, 6.4), rect("-uitstoot", 25.5, 60, 98, 108, 11)}, "CO2-uitstoot", false},
		"note": {[]*responses.GetPageTextStructuredRect{
			rect("helix", 10, 22, 100, 107, 11), rect("2", 22.5, 25, 104, 108, 6.4)}, "helix", false},
		"square metre": {[]*responses.GetPageTextStructuredRect{
			rect("kWh/m", 10, 22, 100, 107, 11), rect("2", 22.5, 25, 104, 108, 6.4)}, "kWh/m²", false},
		"echo": {[]*responses.GetPageTextStructuredRect{
			rect("de j", 10, 22, 98, 107, 11), rect("juiste", 22, 40, 98, 107, 11)}, "de juiste", false},
	} {
		t.Run(name, func(t *testing.T) {
			lines := joinRects(test.rects)
			require.Len(t, lines, 1)
			assert.Equal(t, test.text, lines[0].Text)
			assert.Equal(t, test.hyphen, lines[0].Hyphen)
		})
	}
}

func TestReadOne(t *testing.T) {
	pages, err := Read(context.Background(), document("BT /F1 11 Tf 72 700 Td (Een blad) Tj ET"))
	require.NoError(t, err)
	require.Equal(t, "Een blad", pages[0].Lines[0].Text)
}

func TestReaderReadsMany(t *testing.T) {
	r := reader
	for i := range 3 {
		pages, err := r.Read(context.Background(), document(fmt.Sprintf("BT /F1 11 Tf 72 700 Td (Blad %d) Tj ET", i)))
		require.NoError(t, err)
		require.Equal(t, fmt.Sprintf("Blad %d", i), pages[0].Lines[0].Text)
		_, err = r.Read(context.Background(), []byte("%PDF-1.4\n"))
		require.ErrorIs(t, err, ErrUnreadable, "a bad document does no harm to the next")
	}
}

// TestReaderStops reads a page whose forms draw each other some 10^12 times.
func TestReaderStops(t *testing.T) {
	r := reader
	_, err := r.Read(context.Background(), document("BT /F1 11 Tf 72 700 Td (warm) Tj ET"))
	require.NoError(t, err)
	done, cancel := context.WithCancel(context.Background())
	cancel()
	_, err = r.Read(done, document("BT /F1 11 Tf 72 700 Td (x) Tj ET"))
	require.ErrorIs(t, err, context.Canceled)

	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	pages, err := r.Read(ctx, forms(12, 10))
	require.ErrorIs(t, err, context.DeadlineExceeded)
	require.Nil(t, pages)
	pages, err = r.Read(context.Background(), document("BT /F1 11 Tf 72 700 Td (after) Tj ET"))
	require.NoError(t, err)
	require.Equal(t, "after", pages[0].Lines[0].Text)
}

// forms is a PDF with a chain of forms, each of which draws the next one several
// times; the last writes a word.
func forms(depth, times int) []byte {
	draw := strings.Repeat("/X Do ", times)
	objects := []string{
		"<< /Type /Catalog /Pages 2 0 R >>",
		"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
		"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /XObject << /X 6 0 R >> >> >>",
		pdftest.Stream("", draw),
		"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
	}
	for i := range depth {
		body, resources := draw, fmt.Sprintf("<< /XObject << /X %d 0 R >> >>", 7+i)
		if i == depth-1 {
			body, resources = "BT /F1 11 Tf 72 700 Td (deep) Tj ET", "<< /Font << /F1 5 0 R >> >>"
		}
		objects = append(objects, pdftest.Stream("/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources "+resources, body))
	}
	return pdftest.Document(objects...)
}
