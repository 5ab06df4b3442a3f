package report

import (
	"bytes"
	"context"
	"errors"
	"iter"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/themis-go/themis/harvest"
	"github.com/themis-go/themis/report/agreement"
	"github.com/themis-go/themis/report/analyse"
	"github.com/themis-go/themis/report/internal/golden"
)

func TestBuild(t *testing.T) {
	rep := huurReport(t)
	assert.Equal(t, "Voortgangsrapportage naleving regeerakkoord op gebied van huren", rep.Title)
	require.Len(t, rep.References, 5)
	for i, r := range rep.References {
		assert.Equal(t, i, r.Number)
	}
	assert.Equal(t, "2022-06-03", rep.References[0].Date)
	assert.Equal(t, []int{1, 2, 0}, rep.Findings[0].Steps, "by date")
	assert.Equal(t, analyse.Decided, rep.Promises[0].Status)
	assert.Equal(t, analyse.NothingFound, rep.Promises[2].Status)
	assert.Equal(t, rep.Checks.Citations, rep.Checks.Verdicts[OK])
	assert.InDelta(t, 1, rep.Checks.Recall, 0)
	assert.InDelta(t, 1, rep.Checks.Precision, 0)
	assert.Empty(t, rep.Method.Generated)
	checkNumbering(t, rep)

	golden.Check(t, "huren.json", string(render(t, func(b *bytes.Buffer) error { return JSON(b, rep) })))
	golden.Check(t, "huren.md", string(render(t, func(b *bytes.Buffer) error { return Markdown(b, rep) })))
}

// checkNumbering checks that references are numbered from 0 in the order of
// first citation, that each is cited and none is missing.
func checkNumbering(t *testing.T, rep *Report) {
	t.Helper()
	next := 0
	visit := func(list []Statement) {
		for _, s := range list {
			for _, c := range s.Citations {
				require.LessOrEqual(t, c.Reference, next, "first citations come in order")
				if c.Reference == next {
					next++
				}
			}
		}
	}
	for _, f := range rep.Findings {
		visit(f.Statements)
	}
	visit(rep.Conclusion)
	assert.Equal(t, len(rep.References), next)
	uris := map[string]bool{}
	for _, r := range rep.References {
		assert.False(t, uris[r.URI], "%s stands twice", r.URI)
		uris[r.URI] = true
	}
}

func TestBuildIsDeterministic(t *testing.T) {
	one, two := huurReport(t), huurReport(t)
	assert.Equal(t, one, two)
	dated := huurReport(t, WithGenerated(time.Date(2024, 1, 2, 3, 4, 5, 0, time.UTC)))
	assert.Equal(t, "2024-01-02T03:04:05Z", dated.Method.Generated)
}

func TestBuildNothingFound(t *testing.T) {
	rep, err := Build(context.Background(), huren(t), shelf(nil))
	require.NoError(t, err)
	assert.Empty(t, rep.References)
	assert.Contains(t, rep.Introduction, "geen beslissing")
	md := markdownOf(t, rep)
	assert.NotContains(t, md, "Referenties")
	assert.Contains(t, md, "geen beslissing gevonden")
}

func TestBuildErrors(t *testing.T) {
	ctx := context.Background()
	_, err := Build(ctx, nil, shelf(nil))
	require.Error(t, err)
	_, err = Build(ctx, huren(t), memory{})
	require.ErrorIs(t, err, ErrNoFinder)
	_, err = Build(ctx, huren(t), shelf(nil), WithLanguage("fr"))
	require.ErrorContains(t, err, "fr")
	boom := errors.New("boom")
	_, err = Build(ctx, huren(t), memory{}, WithFinder(failing{boom}))
	require.ErrorIs(t, err, boom)
}

type failing struct{ err error }

func (f failing) Find(context.Context, *agreement.Section) (Found, error) { return Found{}, f.err }

func TestVerify(t *testing.T) {
	ctx := context.Background()
	rep := huurReport(t)
	v, err := Verify(ctx, rep, shelf(housing()))
	require.NoError(t, err)
	assert.Empty(t, v.Stale)
	assert.Equal(t, rep.Checks, v.Checks)

	newer := housing()
	newer[0].Text += " Dit is sindsdien aangevuld."
	newer[1].Text = "De Vlaamse Regering trok alles in."
	v, err = Verify(ctx, rep, gone{shelf(newer[:4]), newer[3].URI.String()})
	require.NoError(t, err)
	verdicts := map[string]Verdict{}
	for _, s := range v.Stale {
		verdicts[s.URI[len(s.URI)-1:]] = s.Verdict
		require.Error(t, s.Err)
	}
	assert.Equal(t, map[string]Verdict{"A": QuoteNotFound, "C": Superseded, "D": Withdrawn, "E": UnknownDecision}, verdicts)
	assert.Less(t, v.Checks.Recall, 1.0)
	assert.Equal(t, rep.Checks.Citations, v.Checks.Citations)
}

// gone is a corpus from which one decision was withdrawn.
type gone struct {
	shelf
	uri string
}

func (g gone) Decision(ctx context.Context, uri string) (harvest.Decision, error) {
	if uri == g.uri {
		return harvest.Decision{}, ErrWithdrawn
	}
	return g.shelf.Decision(ctx, uri)
}

// remembering is a corpus that tells what happened to what it lost.
type remembering struct {
	shelf
	events []harvest.Event
}

func (r remembering) Events(context.Context, int64) iter.Seq2[harvest.Event, error] {
	return func(yield func(harvest.Event, error) bool) {
		for _, e := range r.events {
			if !yield(e, nil) {
				return
			}
		}
	}
}

func TestVerifyByEvents(t *testing.T) {
	all := housing()
	event := func(kind harvest.EventKind, i int) harvest.Event {
		return harvest.Event{Kind: kind, Subject: all[i].URI}
	}
	v, err := Verify(t.Context(), huurReport(t), remembering{shelf(all[1:3]), []harvest.Event{
		event(harvest.Changed, 0), event(harvest.Withdrawn, 0), event(harvest.Superseded, 3), event(harvest.Changed, 4),
	}})
	require.NoError(t, err)
	verdicts := map[string]Verdict{}
	for _, s := range v.Stale {
		verdicts[s.URI[len(s.URI)-1:]] = s.Verdict
	}
	assert.Equal(t, map[string]Verdict{"C": Withdrawn, "D": Superseded, "E": UnknownDecision}, verdicts)
}

func TestJudge(t *testing.T) {
	recall, precise, err := judge(context.Background(), lexical{}, "De huurpremie stijgt voor gezinnen met 100 euro.",
		[]string{"De huurpremie stijgt voor alle gezinnen met 100 euro per maand.", "De haven van Antwerpen groeit."})
	require.NoError(t, err)
	assert.True(t, recall)
	assert.Equal(t, []bool{true, false}, precise)

	recall, precise, err = judge(context.Background(), lexical{}, "De huurpremie stijgt met 250 euro.", []string{"De huurpremie stijgt."})
	require.NoError(t, err)
	assert.False(t, recall, "the amount stands nowhere")
	assert.Equal(t, []bool{false}, precise)
}

func TestJSONRoundTrip(t *testing.T) {
	rep := huurReport(t)
	data := render(t, func(b *bytes.Buffer) error { return JSON(b, rep) })
	back, err := ReadJSON(bytes.NewReader(data))
	require.NoError(t, err)
	assert.Equal(t, rep, back)
	_, err = ReadJSON(bytes.NewReader(bytes.Replace(data, []byte(`"1.0"`), []byte(`"2.0"`), 1)))
	require.ErrorContains(t, err, "2.0")
	_, err = ReadJSON(bytes.NewReader(data[:40]))
	require.Error(t, err)
}

// The language-model analyst can judge too.
var _ Judge = (*analyse.OpenAIAnalyst)(nil)
