package archive

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/themis-go/themis/harvest"
	"github.com/themis-go/themis/rdf"
)

func date(s string) time.Time {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		panic(err)
	}
	return t
}

func TestDecisionFilters(t *testing.T) {
	a := loaded(t)
	ctx := context.Background()
	all := collect(t, a.Decisions(ctx))
	require.NotEmpty(t, all)
	some := all[len(all)/2]
	require.NotEmpty(t, some.Themes)
	require.NotEmpty(t, some.Ministers)
	evening := time.Date(2021, 7, 8, 23, 0, 0, 0, time.UTC) // the 9th in Brussels

	for name, test := range map[string]struct {
		filters []Filter
		keep    func(d harvest.Decision) bool
	}{
		"since":             {[]Filter{Since(date("2021-07-09"))}, func(d harvest.Decision) bool { return !d.Date().Before(date("2021-07-09")) }},
		"since, in Belgium": {[]Filter{Since(evening)}, func(d harvest.Decision) bool { return !d.Date().Before(date("2021-07-09")) }},
		"until":             {[]Filter{Until(date("2021-07-09"))}, func(d harvest.Decision) bool { return !d.Date().After(date("2021-07-09")) }},
		"between": {[]Filter{Between(date("2021-05-21"), date("2021-07-09"))}, func(d harvest.Decision) bool {
			return !d.Date().Before(date("2021-05-21")) && !d.Date().After(date("2021-07-09"))
		}},
		"theme": {[]Filter{Theme(some.Themes[0].URI)}, func(d harvest.Decision) bool {
			for _, x := range d.Themes {
				if x.URI == some.Themes[0].URI {
					return true
				}
			}
			return false
		}},
		"mandatee": {[]Filter{Minister(some.Ministers[0].Mandatee)}, func(d harvest.Decision) bool {
			for _, x := range d.Ministers {
				if x.Mandatee == some.Ministers[0].Mandatee {
					return true
				}
			}
			return false
		}},
		"person": {[]Filter{Minister(some.Ministers[0].Person)}, func(d harvest.Decision) bool {
			for _, x := range d.Ministers {
				if x.Person == some.Ministers[0].Person {
					return true
				}
			}
			return false
		}},
		"government":   {[]Filter{Government(some.Government)}, func(d harvest.Decision) bool { return d.Government == some.Government }},
		"kind":         {[]Filter{OfKind(harvest.Mededeling)}, func(d harvest.Decision) bool { return d.Kind == harvest.Mededeling }},
		"meeting":      {[]Filter{OfMeeting(some.Meeting.URI)}, func(d harvest.Decision) bool { return d.Meeting.URI == some.Meeting.URI }},
		"nothing":      {[]Filter{Theme(rdf.MustIRI("http://example.org/none"))}, func(harvest.Decision) bool { return false }},
		"no words":     {[]Filter{Matching(" .. ")}, func(harvest.Decision) bool { return false }},
		"two together": {[]Filter{OfKind(harvest.Nota), Since(date("2022-01-01"))}, func(d harvest.Decision) bool { return d.Kind == harvest.Nota && d.Date().Year() >= 2022 }},
	} {
		t.Run(name, func(t *testing.T) {
			want := []harvest.Decision{}
			for _, d := range all {
				if test.keep(d) {
					want = append(want, d)
				}
			}
			got := collect(t, a.Decisions(ctx, test.filters...))
			assert.ElementsMatch(t, want, got)
			n, err := a.Count(ctx, test.filters...)
			require.NoError(t, err)
			assert.Equal(t, len(want), n)
		})
	}
	last := collect(t, a.Decisions(ctx, Descending(), Limit(3)))
	require.Len(t, last, 3)
	for i := range last {
		assert.Equal(t, all[len(all)-1-i].URI, last[i].URI)
	}
}

func TestMatching(t *testing.T) {
	a := loaded(t)
	ctx := context.Background()
	for text, want := range map[string]bool{
		"verkeersveiligheidsplan":                 true,
		"VERKEERSVEILIGHEIDSPLAN doden":           true,
		"zwaargewonde":                            true, // another form
		"verkeersveiligheidsplan kernfusie":       false,
		`"minder doden en zwaargewonden"`:         true,
		`"zwaargewonden minder"`:                  false,
		`een de "verkeersveiligheidsplan"`:        true,
		`" OR verkeersveiligheidsplan NEAR ( * -`: false,
	} {
		found := false
		for d, err := range a.Decisions(ctx, Matching(text)) {
			require.NoError(t, err, text)
			found = found || d.URI.String() == "http://themis.vlaanderen.be/id/nieuwsbrief-info/60E44249364ED9000800088F"
		}
		assert.Equal(t, want, found, text)
	}
}

func FuzzMatching(f *testing.F) {
	f.Add(`de "minister van" welzijn* NEAR(a b) OR -x ^y {title}: z`)
	a, err := Open(f.TempDir() + "/x.db")
	require.NoError(f, err)
	f.Cleanup(func() { a.Close() })
	f.Fuzz(func(t *testing.T, text string) {
		_, err := a.Count(context.Background(), Matching(text))
		require.NoError(t, err, "every text is a search")
	})
}
