package documents

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/themis-go/themis/harvest"
	"github.com/themis-go/themis/harvest/archive"
	"github.com/themis-go/themis/internal/pdftext"
	"github.com/themis-go/themis/internal/pdftext/pdftest"
	"github.com/themis-go/themis/rdf"
)

// realPDF is a PDF of one page with lines of text.
func realPDF(lines ...string) []byte {
	var content strings.Builder
	for i, line := range lines {
		line = strings.NewReplacer(`\`, `\\`, "(", `\(`, ")", `\)`).Replace(line)
		fmt.Fprintf(&content, "BT /F1 11 Tf 72 %d Td (%s) Tj ET\n", 760-13*i, line)
	}
	return pdftest.Page(content.String())
}

var _ TextStore = (*archive.Archive)(nil)

// memory is a TextStore.
type memory struct {
	texts map[rdf.IRI]harvest.DocumentText
	puts  int
	err   error
}

func (m *memory) DocumentTextDigest(_ context.Context, file rdf.IRI) (string, error) {
	return m.texts[file].SHA256, m.err
}

func (m *memory) PutDocumentText(_ context.Context, t harvest.DocumentText) error {
	m.puts++
	m.texts[t.File] = t
	return m.err
}

func TestExtract(t *testing.T) {
	s, f := newServer(t), openFolder(t)
	s.content["good"] = realPDF("De Vlaamse Regering keurt de nota over wonin-", "gen goed. Die (nota)", "volgt later.", "Een tweede alinea over woningen.")
	s.content["scan"] = realPDF()
	s.content["bad"] = pdfBytes(3000)
	var list []harvest.Decision
	for id, data := range s.content {
		list = append(list, decisionWith(id, int64(len(data))))
	}
	_, failures := fetch(f, s, stream(list...))
	require.Empty(t, failures)

	store := &memory{texts: map[rdf.IRI]harvest.DocumentText{}}
	got := map[string]harvest.DocumentText{}
	for text, err := range f.Extract(context.Background(), store) {
		require.NoError(t, err)
		require.Equal(t, text, store.texts[text.File])
		got[lastSegment(text.File.String())] = text
	}
	require.Len(t, got, 3)
	good := got["good"]
	require.Equal(t, "De Vlaamse Regering keurt de nota over woningen goed. Die (nota) volgt later.\nEen tweede alinea over woningen.", good.Text)
	require.Equal(t, 1, good.Pages)
	require.Empty(t, good.Problem)
	require.Equal(t, sha(s.content["good"]), good.SHA256)
	require.Equal(t, idBase+"stuk/good", good.Document.String())
	require.Empty(t, got["scan"].Text)
	require.Contains(t, got["scan"].Problem, "OCR")
	require.Contains(t, got["bad"].Problem, "not a readable PDF")

	for range f.Extract(context.Background(), store) {
		t.Fatal("nothing is read twice")
	}
	store.puts = 0
	for _, err := range f.Extract(context.Background(), store, Again(), ExtractMaxSize(10)) {
		require.NoError(t, err)
	}
	require.Equal(t, 3, store.puts)
	require.Contains(t, store.texts[good.File].Problem, "more than the 10")
}

func TestExtractFails(t *testing.T) {
	s, f := newServer(t), openFolder(t)
	s.content["a"], s.content["b"] = realPDF("een"), realPDF("twee")
	_, failures := fetch(f, s, stream(decisionWith("a", 0), decisionWith("b", 0)))
	require.Empty(t, failures)
	require.NoError(t, os.WriteFile(filepath.Join(f.dir, "2021", "Nota-a-a.pdf"), []byte("changed"), 0o644))
	store := &memory{texts: map[rdf.IRI]harvest.DocumentText{}}
	var errs []error
	for _, err := range f.Extract(context.Background(), store) {
		errs = append(errs, err)
	}
	require.Len(t, errs, 2)
	var one *FileError
	require.ErrorAs(t, errs[0], &one, "a file that was changed is not read")
	require.NoError(t, errs[1])

	store = &memory{texts: map[rdf.IRI]harvest.DocumentText{}, err: errors.New("locked")}
	n := 0
	for _, err := range f.Extract(context.Background(), store) {
		require.ErrorIs(t, err, store.err)
		n++
	}
	require.Equal(t, 1, n, "the store's error ends it")

	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	n = 0
	for _, err := range f.Extract(ctx, &memory{texts: map[rdf.IRI]harvest.DocumentText{}}) {
		require.ErrorIs(t, err, context.Canceled)
		n++
	}
	require.Equal(t, 1, n)

	store = &memory{texts: map[rdf.IRI]harvest.DocumentText{}}
	for text, err := range f.Extract(context.Background(), store, ExtractTimeout(time.Nanosecond)) {
		if err == nil {
			require.Contains(t, text.Problem, "longer than 1ns")
		}
	}
	require.Equal(t, 1, store.puts)
}

func TestJoin(t *testing.T) {
	line := func(text string, hyphen bool) pdftext.Line { return pdftext.Line{Text: text, Hyphen: hyphen} }
	require.Equal(t, "Een zin over verschillende zaken.\nDe tweede: kort", join([]pdftext.Page{
		{Lines: []pdftext.Line{line("Een zin over verschil", true), line("lende", false)}},
		{}, {Lines: []pdftext.Line{line("zaken.", false), line("De tweede: kort", false)}},
	}))
	require.Empty(t, join(nil))
}
