package archive

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/themis-go/themis/harvest"
	"github.com/themis-go/themis/rdf"
)

func TestResources(t *testing.T) {
	a := loaded(t)
	ctx := context.Background()
	m, err := a.Manifest(ctx)
	require.NoError(t, err)

	persons := 0
	for p, err := range a.Persons(ctx) {
		require.NoError(t, err)
		assert.NotEmpty(t, p.Name())
		persons++
	}
	assert.EqualValues(t, m.Class("http://www.w3.org/ns/person#Person").Subjects, persons)

	mandatees := 0
	for x, err := range a.Mandatees(ctx) {
		require.NoError(t, err)
		assert.NotEmpty(t, x.Governments, "the inverse of prov:hadMember")
		assert.Zero(t, x.Rest.Len(), "the struct has all properties")
		mandatees++
	}
	assert.EqualValues(t, m.Class("http://data.vlaanderen.be/ns/mandaat#Mandataris").Subjects, mandatees)

	names := map[string]bool{}
	for x, err := range a.MinistersAt(ctx, date("2021-07-09")) {
		require.NoError(t, err)
		names[x.Name()] = true
	}
	assert.True(t, names["Lydia Peeters"], "%v", names)
	for x, err := range a.MinistersAt(ctx, date("1990-01-01")) {
		require.NoError(t, err)
		assert.Fail(t, "no minister of the sample was in office", x.Name())
	}

	governments := 0
	for g, err := range a.Governments(ctx) {
		require.NoError(t, err)
		require.NotNil(t, g.Generation, "nested resources are read")
		assert.False(t, g.Generation.Time.IsZero())
		governments++
	}
	assert.NotZero(t, governments)

	meetings := 0
	for x, err := range a.Meetings(ctx) {
		require.NoError(t, err)
		assert.False(t, x.Date().IsZero())
		meetings++
	}
	assert.Equal(t, 12, meetings)

	themes := 0
	for c, err := range a.Concepts(ctx, SchemeThemes) {
		require.NoError(t, err)
		assert.NotEmpty(t, c.Label())
		themes++
	}
	assert.NotZero(t, themes)

	items := 0
	for x, err := range All[harvest.NewsItem](ctx, a) {
		require.NoError(t, err)
		assert.NotEmpty(t, x.Title)
		items++
	}
	assert.EqualValues(t, m.Decisions, items, "attachments are of the same class, but no news items")

	type own struct {
		Title string `rdf:"dct:title"`
	}
	for _, err := range All[own](ctx, a) {
		require.ErrorIs(t, err, rdf.ErrNoClass)
	}
}

func TestModelMapsEverything(t *testing.T) {
	a := loaded(t)
	ctx := context.Background()
	rest := func(class string, n int, err error) {
		require.NoError(t, err, class)
		assert.Zero(t, n, "%s: properties that the struct lacks", class)
	}
	for x, err := range All[harvest.Meeting](ctx, a) {
		rest("Meeting", x.Rest.Len(), err)
	}
	for x, err := range All[harvest.Publication](ctx, a) {
		rest("Publication", x.Rest.Len(), err)
	}
	for x, err := range All[harvest.Agenda](ctx, a) {
		rest("Agenda", x.Rest.Len(), err)
	}
	for x, err := range All[harvest.AgendaItem](ctx, a) {
		rest("AgendaItem", x.Rest.Len(), err)
	}
	for x, err := range All[harvest.NewsItem](ctx, a) {
		rest("NewsItem", x.Rest.Len(), err)
	}
	for x, err := range All[harvest.FileObject](ctx, a) {
		rest("FileObject", x.Rest.Len(), err)
	}
	for x, err := range All[harvest.Dataset](ctx, a) {
		rest("Dataset", x.Rest.Len(), err)
	}
	for x, err := range All[harvest.Distribution](ctx, a) {
		rest("Distribution", x.Rest.Len(), err)
	}
	for x, err := range All[harvest.Concept](ctx, a) {
		rest("Concept", x.Rest.Len(), err)
	}
}

func TestQuadsAreTheTextOfTheDigest(t *testing.T) {
	a := loaded(t)
	ctx := context.Background()
	m, err := a.Manifest(ctx)
	require.NoError(t, err)
	var text bytes.Buffer
	w := rdf.NewWriter(&text, rdf.NQuads)
	n := 0
	for q, err := range a.Quads(ctx) {
		require.NoError(t, err)
		require.NoError(t, w.WriteQuad(q))
		n++
	}
	require.NoError(t, w.Close())
	sum := sha256.Sum256(text.Bytes())
	assert.Equal(t, m.Digest, hex.EncodeToString(sum[:]))
	assert.EqualValues(t, m.Triples, n)
}
