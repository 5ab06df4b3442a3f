package stats

import (
	"errors"
	"iter"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/themis-go/themis/harvest"
	"github.com/themis-go/themis/rdf"
	"github.com/themis-go/themis/report/chart"
	"github.com/themis-go/themis/report/internal/golden"
)

func stream(list []harvest.Decision) iter.Seq2[harvest.Decision, error] {
	return func(yield func(harvest.Decision, error) bool) {
		for _, d := range list {
			if !yield(d, nil) {
				return
			}
		}
	}
}

var (
	an    = harvest.Minister{Person: rdf.MustIRI("http://example.org/persoon/an"), GivenName: "An", FamilyName: "Peeters", Title: "Vlaams minister van Wonen"}
	jo    = harvest.Minister{Person: rdf.MustIRI("http://example.org/persoon/jo"), GivenName: "Jo", FamilyName: "Janssen", Title: "Vlaams minister van Begroting"}
	jo2   = harvest.Minister{Person: rdf.MustIRI("http://example.org/persoon/jo"), GivenName: "Jo", FamilyName: "Janssen", Title: "Minister-president"}
	wonen = harvest.ThemeRef{URI: rdf.MustIRI("http://example.org/thema/wonen"), Label: "Wonen"}
	geld  = harvest.ThemeRef{URI: rdf.MustIRI("http://example.org/thema/geld"), Label: "Begroting, financiën"}
	kaal  = harvest.ThemeRef{URI: rdf.MustIRI("http://example.org/thema/kaal")}
)

func at(s string) time.Time {
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		panic(err)
	}
	return t
}

func decisions() []harvest.Decision {
	d := func(id, start, title, text string) harvest.Decision {
		out := harvest.Decision{URI: rdf.MustIRI("http://themis.vlaanderen.be/id/nieuwsbericht/" + id), Title: title, Text: text, Kind: harvest.Nota}
		if start != "" {
			out.Meeting.Start = at(start)
		}
		return out
	}
	list := []harvest.Decision{
		d("A", "2020-11-20T09:00:00Z", "Voorontwerp van decreet over de huurpremie", "De Vlaamse Regering keurt het voorontwerp van decreet over de huurpremie principieel goed."),
		d("B", "2020-12-31T23:30:00Z", "Voorontwerp van decreet over de huurpremie", "De Vlaamse Regering keurt het voorontwerp van decreet over de huurpremie na advies opnieuw principieel goed."),
		d("C", "2022-06-03T08:00:00Z", "Ontwerpdecreet over de huurpremie", "De Vlaamse Regering hecht haar definitieve goedkeuring aan het ontwerpdecreet over de huurpremie."),
		d("D", "2022-06-03T08:00:00Z", "Ontwerpbesluit over de visserij op zee", "De Vlaamse Regering hecht haar definitieve goedkeuring aan het ontwerpbesluit over de visserij op zee."),
		d("E", "2022-07-01T08:00:00Z", "Voorontwerp van decreet over groene energie", "De Vlaamse Regering keurt het voorontwerp van decreet over groene energie principieel goed."),
		d("F", "", "Stand van zaken", "De Vlaamse Regering neemt kennis van de stand van zaken."),
	}
	list[0].Ministers, list[0].Themes = []harvest.Minister{an, jo}, []harvest.ThemeRef{wonen}
	list[1].Ministers, list[1].Themes = []harvest.Minister{an}, []harvest.ThemeRef{wonen, geld, wonen}
	list[2].Ministers, list[2].Themes = []harvest.Minister{jo2, jo}, []harvest.ThemeRef{wonen}
	list[3].Themes = []harvest.ThemeRef{kaal}
	list[5].Kind = harvest.Mededeling
	return list
}

func csvOf(t *testing.T, write func(*strings.Builder) error) string {
	var b strings.Builder
	require.NoError(t, write(&b))
	return b.String()
}

func reversed(list []harvest.Decision) []harvest.Decision {
	var out []harvest.Decision
	for i := len(list) - 1; i >= 0; i-- {
		out = append(out, list[i])
	}
	return out
}

func TestCount(t *testing.T) {
	for name, by := range map[string]Dimension{
		"theme": ByTheme(), "minister": ByMinister(), "portfolio": ByPortfolio(), "stage": ByStage(), "kind": ByKind(),
	} {
		t.Run(name, func(t *testing.T) {
			table, err := Count(stream(decisions()), by)
			require.NoError(t, err)
			assert.Equal(t, 6, table.Decisions)
			golden.Check(t, name+".csv", csvOf(t, func(b *strings.Builder) error { return table.CSV(b) }))
			again, err := Count(stream(reversed(decisions())), by)
			require.NoError(t, err)
			assert.Equal(t, table, again, "the order of the stream does not matter")
		})
	}
}

func TestCountDenominators(t *testing.T) {
	table, err := Count(stream(decisions()), ByMinister())
	require.NoError(t, err)
	assert.Equal(t, 3, table.Unclassified)
	require.Len(t, table.Rows, 2)
	assert.Equal(t, 2, table.Rows[0].Decisions, "one with two ministers counts for both, a minister with two portfolios once")
	assert.InDelta(t, 2.0/6, table.Rows[0].Share, 1e-9)
	assert.Equal(t, "An Peeters", table.Rows[0].Class.Label)
	assert.Equal(t, "2021-01-01", iso(table.Rows[0].Last), "the day in Brussels")

	empty, err := Count(stream(nil), ByTheme())
	require.NoError(t, err)
	assert.Empty(t, empty.Rows)
	assert.Empty(t, empty.Chart(ChartOptions{}))
}

func TestOver(t *testing.T) {
	for name, p := range map[string]Period{"year": Year, "quarter": Quarter, "month": Month} {
		t.Run(name, func(t *testing.T) {
			s, err := Over(stream(decisions()), ByMinister(), p)
			require.NoError(t, err)
			assert.Equal(t, 1, s.Undated)
			assert.Equal(t, 5, func() (n int) {
				for _, v := range s.Totals {
					n += v
				}
				return n
			}())
			golden.Check(t, "minister-"+name+".csv", csvOf(t, func(b *strings.Builder) error { return s.CSV(b) }))
		})
	}
	s, err := Over(stream(decisions()), ByTheme(), Year)
	require.NoError(t, err)
	assert.Equal(t, []string{"2020", "2021", "2022"}, s.Periods, "2021 in Brussels, though 2020 in UTC")
	assert.Equal(t, []int{1, 1, 1}, s.Lines[0].Decisions)
}

func TestOverRefusesEndlessSeries(t *testing.T) {
	list := decisions()
	list[0].Meeting.Start = at("0201-01-01T00:00:00Z")
	_, err := Over(stream(list), ByKind(), Month)
	require.ErrorContains(t, err, "one of the dates is wrong")
}

func TestTimeToApproval(t *testing.T) {
	d, err := TimeToApproval(stream(decisions()))
	require.NoError(t, err)
	require.Len(t, d.Rows, 2)
	assert.Equal(t, 1, d.Finished)
	assert.Equal(t, 1, d.Pending)
	assert.Equal(t, 1, d.Unstarted)
	assert.Equal(t, 560, d.Rows[0].Days)
	assert.Len(t, d.Rows[0].Decisions, 3)
	assert.Equal(t, Spread{N: 1, Least: 560, Quarter: 560, Median: 560, ThreeQuarters: 560, Most: 560, Mean: 560}, d.Spread())
	golden.Check(t, "durations.csv", csvOf(t, func(b *strings.Builder) error { return d.CSV(b) }))
	again, err := TimeToApproval(stream(reversed(decisions())))
	require.NoError(t, err)
	assert.Equal(t, d, again)

	joined, err := TimeToApproval(stream(decisions()), WithDossiers(func(uri string) int {
		if strings.HasSuffix(uri, "/E") || strings.HasSuffix(uri, "/D") {
			return 7
		}
		return 0
	}))
	require.NoError(t, err)
	assert.Equal(t, 0, joined.Unstarted, "what the caller joins is joined")
}

func TestSpread(t *testing.T) {
	var d Durations
	assert.Equal(t, Spread{}, d.Spread())
	assert.Empty(t, d.Chart(ChartOptions{}))
	for _, days := range []int{40, 10, 30, 20} {
		d.Rows = append(d.Rows, Duration{Days: days, Definitive: at("2020-01-01T00:00:00Z")})
	}
	assert.Equal(t, Spread{N: 4, Least: 10, Quarter: 10, Median: 20, ThreeQuarters: 30, Most: 40, Mean: 25}, d.Spread())
}

func TestCharts(t *testing.T) {
	table, err := Count(stream(decisions()), ByStage())
	require.NoError(t, err)
	golden.Check(t, "stage.svg", chart.Document(table.Chart(ChartOptions{Href: func(c Class) string { return c.Key + ".html" }})))
	s, err := Over(stream(decisions()), ByTheme(), Quarter)
	require.NoError(t, err)
	golden.Check(t, "theme.svg", chart.Document(s.Chart(ChartOptions{ID: "x", Title: "Thema's"})))
	d, err := TimeToApproval(stream(decisions()))
	require.NoError(t, err)
	golden.Check(t, "durations.svg", chart.Document(d.Chart(ChartOptions{})))
}

func TestErrors(t *testing.T) {
	boom := errors.New("boom")
	broken := func(yield func(harvest.Decision, error) bool) { yield(harvest.Decision{}, boom) }
	_, err := Count(broken, ByKind())
	require.ErrorIs(t, err, boom)
	_, err = Over(broken, ByKind(), Year)
	require.ErrorIs(t, err, boom)
	_, err = TimeToApproval(broken)
	require.ErrorIs(t, err, boom)
	_, err = Count(stream(nil), Dimension{Name: "x"})
	require.ErrorContains(t, err, "no function Of")
	table, err := Count(stream(decisions()), ByKind())
	require.NoError(t, err)
	require.ErrorIs(t, table.CSV(full{boom}), boom)
}

type full struct{ err error }

func (f full) Write([]byte) (int, error) { return 0, f.err }
