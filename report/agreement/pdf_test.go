package agreement

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/themis-go/themis/internal/sharedtest"
	"github.com/themis-go/themis/report/internal/golden"
)

// readReal reads the agreement of 2019 from its PDF, once for all tests.
var readReal = sync.OnceValues(func() (*Agreement, error) {
	f, err := os.Open(filepath.Join(sharedtest.Root(), "data", "regeerakkoord-2019-2024.pdf"))
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return Read(f, PDF)
})

func realPDF(t *testing.T) *Agreement {
	sharedtest.Path(t, "data/regeerakkoord-2019-2024.pdf")
	if sharedtest.Race {
		t.Skip("SKIPPED: the race detector slows the reading of 300 pages tenfold; run this test without it, too")
	}
	a, err := readReal()
	require.NoError(t, err)
	return a
}

func TestReadRealPDF(t *testing.T) {
	a := realPDF(t)
	assert.Len(t, a.Sections, 224)

	s, err := a.Section("Preventie van radicalisering")
	require.NoError(t, err)
	assert.Equal(t, []string{"2 — Binnenlands bestuur en stedenbeleid", "2.2 Concrete voorstellen", "2.2.9 Preventie van radicalisering"}, s.Path)
	assert.Equal(t, 192, s.Page)
	assert.Equal(t, "Vlaanderen bestuurt en investeert, zonder extra lasten", s.Part)
	assert.Len(t, strings.Split(s.Text, "\n"), 5, "its five paragraphs")
	assert.Contains(t, s.Text, "verschillende ideologieën", "the line break's hyphen is mended")
	assert.Contains(t, s.Text, "met het oog op hun re-integratie", "the word's own hyphen stays")
	assert.Equal(t, "Aankoop", a.Sections[indexOf(a, "3.2.5", "Aankoop")].Title)
	for s := range a.All() {
		assert.NotContains(t, s.Text, "Vlaamse regering\nVlaanderen", "page furniture in %s", s.Key)
		assert.NotRegexp(t, `(?m)^\d+$`, s.Text, "a page number in %s", s.Key)
	}
}

func indexOf(a *Agreement, number, title string) int {
	return slices.IndexFunc(a.Sections, func(s *Section) bool { return s.Number == number && s.Title == title })
}

// TestCompareReal compares what the PDF gives with the sections that
// hand-written rules made of the same PDF, and keeps the table of differences.
func TestCompareReal(t *testing.T) {
	pdf := realPDF(t)
	f, err := os.Open(sharedtest.Path(t, "data/agreement.jsonl"))
	require.NoError(t, err)
	defer f.Close()
	lines, err := Read(f, JSONLines)
	require.NoError(t, err)
	require.Len(t, pdf.Sections, len(lines.Sections))

	var table strings.Builder
	table.WriteString("section | similarity | in the PDF only | in the JSON Lines only\n")
	sum, letters := 0.0, 0
	for i, p := range pdf.Sections {
		l := lines.Sections[i]
		assert.Equal(t, l.Level, p.Level, p.Key)
		if a, b := l.Path[l.Level-1], p.Path[p.Level-1]; compact(a) != compact(b) {
			fmt.Fprintf(&table, "heading | | %s | %s\n", b, a)
		}
		similarity, onlyP, onlyL := compareWords(p.Text, l.Text)
		sum += similarity * float64(len(l.Text))
		letters += len(l.Text)
		if similarity < 1 {
			fmt.Fprintf(&table, "%s | %.4f | %s | %s\n", p.Heading(), similarity, shorten(onlyP), shorten(onlyL))
		}
		assert.GreaterOrEqual(t, similarity, 0.75, p.Key)
	}
	total := sum / float64(letters)
	fmt.Fprintf(&table, "all text | %.4f | |\n", total)
	t.Logf("similarity of the text of %d sections: %.4f", len(pdf.Sections), total)
	assert.GreaterOrEqual(t, total, 0.99)
	golden.Check(t, "regeerakkoord-differences.golden", table.String())
}

func shorten(s string) string {
	if r := []rune(s); len(r) > 120 {
		return string(r[:120]) + "…"
	}
	return s
}

// compareWords is the share of words that two texts have in common in the same
// order (twice the longest common subsequence by the words of both), and the
// words that only one has.
func compareWords(a, b string) (similarity float64, onlyA, onlyB string) {
	x, y := strings.Fields(a), strings.Fields(b)
	// lcs[i][j] is the length for x[i:], y[j:]
	lcs := make([][]int32, len(x)+1)
	for i := range lcs {
		lcs[i] = make([]int32, len(y)+1)
	}
	for i := len(x) - 1; i >= 0; i-- {
		for j := len(y) - 1; j >= 0; j-- {
			if x[i] == y[j] {
				lcs[i][j] = lcs[i+1][j+1] + 1
			} else {
				lcs[i][j] = max(lcs[i+1][j], lcs[i][j+1])
			}
		}
	}
	var p, q []string
	i, j := 0, 0
	for i < len(x) || j < len(y) {
		switch {
		case i < len(x) && j < len(y) && x[i] == y[j]:
			i, j = i+1, j+1
		case j == len(y) || i < len(x) && lcs[i+1][j] >= lcs[i][j+1]:
			p = append(p, x[i])
			i++
		default:
			q = append(q, y[j])
			j++
		}
	}
	if len(x)+len(y) == 0 {
		return 1, "", ""
	}
	return 2 * float64(lcs[0][0]) / float64(len(x)+len(y)), strings.Join(p, " "), strings.Join(q, " ")
}

func TestReadPDFCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, err := Read(strings.NewReader("%PDF-1.7"), PDF, WithContext(ctx))
	require.Error(t, err)
}
