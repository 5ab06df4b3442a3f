package archive

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/themis-go/themis/harvest"
	"github.com/themis-go/themis/rdf"
)

func TestDocumentTexts(t *testing.T) {
	ctx := context.Background()
	a := loaded(t)
	var with []harvest.Decision
	for _, d := range collect(t, a.Decisions(ctx)) {
		if len(d.Documents) > 0 && len(d.Documents[0].Files) > 0 {
			with = append(with, d)
		}
	}
	require.GreaterOrEqual(t, len(with), 2)
	version, err := a.Version(ctx)
	require.NoError(t, err)
	textOf := func(i int, text string) harvest.DocumentText {
		doc := with[i].Documents[0]
		return harvest.DocumentText{File: doc.Files[0].URI, Document: doc.URI, SHA256: "abc", Pages: 3, Text: text}
	}
	first, second := textOf(0, "De gemeenten krijgen middelen.\nTweede alinea."), textOf(1, "Een nota over wegen en water.")
	sum, err := a.DocumentTextDigest(ctx, first.File)
	require.NoError(t, err)
	require.Empty(t, sum)
	_, err = a.DocumentText(ctx, first.File)
	require.ErrorIs(t, err, ErrNotFound)

	require.NoError(t, a.PutDocumentText(ctx, first))
	require.NoError(t, a.PutDocumentText(ctx, second))
	got, err := a.DocumentText(ctx, first.File)
	require.NoError(t, err)
	require.Equal(t, first, got)
	sum, err = a.DocumentTextDigest(ctx, first.File)
	require.NoError(t, err)
	require.Equal(t, "abc", sum)

	search := func(text string) (files []rdf.IRI) {
		for found, err := range a.DocumentTexts(ctx, text) {
			require.NoError(t, err)
			files = append(files, found.File)
		}
		return files
	}
	require.Len(t, search(""), 2)
	require.Equal(t, []rdf.IRI{first.File}, search("gemeente"), "in any form")
	require.Equal(t, []rdf.IRI{second.File}, search(`"wegen en water"`))
	require.Empty(t, search("gemeente water"))
	require.Empty(t, search("!!"))

	decisions := collect(t, a.Decisions(ctx, MatchingDocuments("gemeente")))
	require.Len(t, decisions, 1)
	require.Equal(t, with[0].URI, decisions[0].URI)
	require.Empty(t, collect(t, a.Decisions(ctx, MatchingDocuments("gemeente"), MatchingDocuments("water"))))
	require.Empty(t, collect(t, a.Decisions(ctx, MatchingDocuments(""))))
	n, err := a.Count(ctx, MatchingDocuments("water"))
	require.NoError(t, err)
	require.Equal(t, 1, n)

	scanned := first
	scanned.Text, scanned.Problem, scanned.SHA256 = "", "scanned pages", "def"
	require.NoError(t, a.PutDocumentText(ctx, scanned))
	require.Empty(t, search("gemeente"), "what was replaced is found no more")
	got, err = a.DocumentText(ctx, first.File)
	require.NoError(t, err)
	require.Equal(t, scanned, got)

	after, err := a.Version(ctx)
	require.NoError(t, err)
	require.Equal(t, version, after)
	_, err = a.Verify(ctx)
	require.NoError(t, err)
}

func TestDocumentTextReadOnly(t *testing.T) {
	a := loaded(t)
	b, err := Open(a.Path(), ReadOnly())
	require.NoError(t, err)
	defer b.Close()
	require.ErrorIs(t, b.PutDocumentText(context.Background(), harvest.DocumentText{File: rdf.MustIRI("http://example.org/f")}), ErrReadOnly)
}
