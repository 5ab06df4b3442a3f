package retrieve

import (
	"bytes"
	"context"
	"errors"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/themis-go/themis/harvest"
	"github.com/themis-go/themis/report/agreement"
	"github.com/themis-go/themis/report/stage"
	"github.com/themis-go/themis/report/status"
)

func sampleIndex(tb testing.TB, opts ...Option) *Index {
	tb.Helper()
	ix, err := New(context.Background(), sequence(sample(tb)), opts...)
	require.NoError(tb, err)
	return ix
}

func TestSection(t *testing.T) {
	ix := sampleIndex(t)
	res, err := ix.Section(context.Background(), renting())
	require.NoError(t, err)
	require.GreaterOrEqual(t, len(res.Hits), 3)
	assert.Equal(t, "Huurpremie voor kwetsbare huurders", res.Hits[0].Decision.Title)
	assert.Equal(t, "Huurpremie voor kwetsbare huurders", res.Hits[1].Decision.Title)
	assert.True(t, res.Hits[0].Relevant)
	assert.Positive(t, res.Hits[0].Dossier)
	assert.Equal(t, res.Hits[0].Dossier, res.Hits[1].Dossier, "two steps of one measure")
	assert.ElementsMatch(t, []stage.Stage{stage.Principle, stage.Definitive}, []stage.Stage{res.Hits[0].Stage, res.Hits[1].Stage})
	for i := range res.Hits[1:] {
		assert.GreaterOrEqual(t, res.Hits[i].Score, res.Hits[i+1].Score)
		assert.GreaterOrEqual(t, res.Hits[i].Probability, res.Hits[i+1].Probability-0.2)
	}
	assert.Contains(t, res.Reason, "7 beslissingen van 2020-10-30 tot 2023-02-10")
	assert.Contains(t, res.Words, "huurpremie")

	require.Len(t, res.Promises, 3)
	first := res.Promises[0]
	assert.Equal(t, "We voeren een huurpremie in voor kwetsbare huurders op de private huurmarkt.", first.Text)
	assert.Equal(t, renting().Text[first.Start:first.End], first.Text)
	require.NotEmpty(t, first.Hits)
	assert.Equal(t, status.Decided, first.Status)
	assert.Equal(t, status.None, res.Promises[2].Status, "nobody builds a telescope")
}

func TestSectionIsTheSameEachTime(t *testing.T) {
	a, err := sampleIndex(t).Section(context.Background(), renting())
	require.NoError(t, err)
	b, err := sampleIndex(t).Section(context.Background(), renting())
	require.NoError(t, err)
	assert.Equal(t, a, b)
}

func TestNothingFound(t *testing.T) {
	ix := sampleIndex(t)
	for _, text := range []string{"chocoladetaart met slagroom en aardbeien", "quantumverstrengeling"} {
		res, err := ix.Search(context.Background(), text)
		require.NoError(t, err)
		assert.Empty(t, res.Relevant(), text)
		assert.Contains(t, res.Reason, "Geen beslissing gevonden")
		assert.Contains(t, res.Reason, text)
	}
}

func TestSearch(t *testing.T) {
	ix := sampleIndex(t)
	tests := []struct{ words, first string }{
		{"fietssnelwegen", "Fietssnelwegen: projectsubsidie aan de provincies"},
		{"huisvestingsmaatschappijen", "Sociale huisvestingsmaatschappijen: woonmaatschappijen"},
		{"erkenning woonzorgcentrum", "Erkenning van woonzorgcentra"},
		{"HUURDERSBOND", "Subsidies voor huurdersbonden"},
	}
	for _, tt := range tests {
		res, err := ix.Search(context.Background(), tt.words, Limit(2))
		require.NoError(t, err)
		require.NotEmpty(t, res.Hits, tt.words)
		assert.LessOrEqual(t, len(res.Hits), 2)
		assert.Equal(t, tt.first, res.Hits[0].Decision.Title, tt.words)
	}
	_, err := ix.Search(context.Background(), " \n")
	require.ErrorContains(t, err, "nothing to search for")
}

func TestQueryOptions(t *testing.T) {
	ix := sampleIndex(t)
	res, err := ix.Section(context.Background(), renting(), WithoutDecisions(), Cutoff(1.1))
	require.NoError(t, err)
	assert.Empty(t, res.Hits[0].Decision.Title)
	assert.Empty(t, res.Relevant())
	res, err = ix.Section(context.Background(), renting(), Limit(0))
	require.NoError(t, err)
	assert.Empty(t, res.Hits)
}

func TestEmptyCorpus(t *testing.T) {
	ix, err := New(context.Background(), sequence(nil))
	require.NoError(t, err)
	res, err := ix.Section(context.Background(), renting())
	require.NoError(t, err)
	assert.Empty(t, res.Hits)
	assert.Contains(t, res.Reason, "0 beslissingen")
	assert.Equal(t, Corpus{}, ix.Corpus())
}

func TestErrors(t *testing.T) {
	boom := errors.New("boom")
	_, err := New(context.Background(), func(yield func(harvest.Decision, error) bool) { yield(harvest.Decision{}, boom) })
	require.ErrorIs(t, err, boom)

	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, err = New(ctx, sequence(sample(t)))
	require.ErrorIs(t, err, context.Canceled)

	ix := sampleIndex(t)
	_, err = ix.Section(ctx, renting())
	require.ErrorIs(t, err, context.Canceled)
	_, err = ix.Section(context.Background(), nil)
	require.ErrorContains(t, err, "no section")
	_, err = ix.Explain(context.Background(), renting(), base+"nieuwsbericht/99")
	require.ErrorIs(t, err, ErrUnknown)
}

func TestExplain(t *testing.T) {
	ix := sampleIndex(t)
	res, err := ix.Section(context.Background(), renting())
	require.NoError(t, err)
	hit := res.Hits[0]
	x, err := ix.Explain(context.Background(), renting(), hit.URI)
	require.NoError(t, err)
	assert.Equal(t, 1, x.Rank)
	assert.InDelta(t, hit.Score, x.Score, 1e-9)
	assert.InDelta(t, hit.Probability, x.Probability, 1e-9)
	sum := 0.0
	for _, r := range x.Rankers {
		sum += r.Score * r.Weight
	}
	assert.InDelta(t, x.Score, sum, 1e-6, "the rankers add up")
	require.NotEmpty(t, x.Terms)
	assert.Contains(t, []string{"huurpremie", "huurmarkt"}, x.Terms[0].Term)
	for _, term := range x.Terms {
		assert.InDelta(t, term.Weight*term.Rarity*term.Saturation, term.Score, 1e-9)
		assert.NotEmpty(t, term.Frequency)
	}
	assert.NotEmpty(t, x.Missing)
	var b bytes.Buffer
	_, err = x.WriteTo(&b)
	require.NoError(t, err)
	assert.Contains(t, b.String(), "huurpremie")
	assert.Contains(t, b.String(), "policy field")
}

func TestHighlight(t *testing.T) {
	ix := sampleIndex(t)
	d := sample(t)[0]
	head, best := ix.Highlight("premie voor huurders", d.Title, d.Text)
	assert.Equal(t, "Huurpremie voor kwetsbare [huurders]", head.Mark("[", "]"))
	assert.Equal(t, "Kwetsbare [huurders] op de private huurmarkt krijgen een [premie].", best.Mark("[", "]"))
	_, none := ix.Highlight("premie", "", "")
	assert.Empty(t, none.Text)
}

func TestDossiers(t *testing.T) {
	ix := sampleIndex(t)
	assert.Equal(t, []int{1, 1, 0, 0, 0, 0, 0}, ix.dossier)
}

func TestWeights(t *testing.T) {
	ix := sampleIndex(t, WithWeights(Weights{BM25: 1}))
	x, err := ix.Explain(context.Background(), renting(), base+"nieuwsbericht/0")
	require.NoError(t, err)
	for _, r := range x.Rankers {
		if r.Name != "BM25F" {
			assert.Zero(t, r.Weight, r.Name)
		}
	}
}

func TestSectionWithoutWords(t *testing.T) {
	res, err := sampleIndex(t).Section(context.Background(), &agreement.Section{Title: "…"})
	require.NoError(t, err)
	assert.Empty(t, res.Hits)
	assert.Empty(t, res.Promises)
	assert.Contains(t, res.Reason, "Geen beslissing gevonden")
}
