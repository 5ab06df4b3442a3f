package stats

import (
	"cmp"
	"encoding/csv"
	"fmt"
	"io"
	"iter"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/themis-go/themis/harvest"
	"github.com/themis-go/themis/report/analyse"
	"github.com/themis-go/themis/report/chart"
	"github.com/themis-go/themis/report/stage"
)

// Duration is how long a measure took from its first approval in principle to
// the definitive one.
type Duration struct {
	// Measure is the title of the first decision.
	Measure string
	// InPrinciple is the day, at midnight UTC, of the first approval in
	// principle, Definitive that of the first definitive approval after it.
	// Definitive is zero where the archive holds none.
	InPrinciple, Definitive time.Time
	// Days between the two; 0 where Definitive is zero.
	Days int
	// Decisions are the URIs of the measure's steps by date.
	Decisions []string
	// Themes and Ministers are those of the first decision.
	Themes, Ministers []Class
}

// Pending tells that the archive holds no definitive approval.
func (d Duration) Pending() bool { return d.Definitive.IsZero() }

// Durations are those of several measures.
type Durations struct {
	// Rows are in order of the first approval, then of title.
	Rows []Duration
	// Finished is how many of them have a definitive approval, Pending how many
	// have none: not yet, or not under a name that could be joined, or not in
	// the archive.
	Finished, Pending int
	// Unstarted is the number of definitive approvals without an earlier one
	// in principle; they are no rows.
	Unstarted int
}

// DurationOption changes how measures are put together.
type DurationOption func(*durationOptions)

type durationOptions struct{ dossier func(uri string) int }

// WithDossiers gives the numbers of dossiers: decisions with the same positive
// number are steps of one measure. Decisions with number 0 are put together by
// the words of their titles, as all are without this option.
func WithDossiers(number func(uri string) int) DurationOption {
	return func(o *durationOptions) { o.dossier = number }
}

// TimeToApproval puts the successive steps of each measure together and
// measures the time from the first approval in principle to the first
// definitive approval after it. Only decisions that approve a measure in
// principle or definitively, or submit it to parliament, are looked at; what is
// submitted to parliament counts as definitively approved that day.
//
// Steps are joined by the words of their titles, see analyse.Group: measures
// whose name changes underway are missed, and stand among the pending. It keeps
// those decisions, without their HTML, in memory.
func TimeToApproval(decisions iter.Seq2[harvest.Decision, error], opts ...DurationOption) (*Durations, error) {
	o := durationOptions{dossier: func(string) int { return 0 }}
	for _, set := range opts {
		set(&o)
	}
	var evidence []analyse.Evidence
	for d, err := range decisions {
		if err != nil {
			return nil, fmt.Errorf("stats: time to approval: %w", err)
		}
		if d.Date().IsZero() {
			continue
		}
		is := stage.Of(d)
		if is.Stage.InPrinciple() || approves(is.Stage) {
			d.HTML = ""
			evidence = append(evidence, analyse.Evidence{Decision: d, Stage: is, Dossier: o.dossier(d.URI.String())})
		}
	}
	// Groups depend on the order in which decisions come.
	slices.SortFunc(evidence, func(a, b analyse.Evidence) int {
		return cmp.Or(a.Decision.Date().Compare(b.Decision.Date()), strings.Compare(a.Decision.URI.String(), b.Decision.URI.String()))
	})
	out := &Durations{}
	joined := map[int][]analyse.Evidence{} // what the caller joined is not taken apart
	evidence = slices.DeleteFunc(evidence, func(e analyse.Evidence) bool {
		if e.Dossier > 0 {
			joined[e.Dossier] = append(joined[e.Dossier], e)
		}
		return e.Dossier > 0
	})
	for _, steps := range joined {
		out.add(steps)
	}
	for _, part := range components(evidence) {
		for _, group := range analyse.Group(part) {
			out.add(group)
		}
	}
	slices.SortFunc(out.Rows, func(a, b Duration) int {
		return cmp.Or(a.InPrinciple.Compare(b.InPrinciple), strings.Compare(a.Measure, b.Measure), strings.Compare(a.Decisions[0], b.Decisions[0]))
	})
	return out, nil
}

func approves(s stage.Stage) bool { return s == stage.Definitive || s == stage.Parliament }

// add takes in the steps of one measure, by date.
func (t *Durations) add(steps []analyse.Evidence) {
	var row *Duration
	unstarted := false
	for _, e := range steps {
		switch {
		case row == nil && e.Stage.Stage.InPrinciple():
			row = &Duration{Measure: e.Decision.Title, InPrinciple: e.Decision.Date()}
			row.Themes, row.Ministers = ByTheme().classesOf(e.Decision), ByMinister().classesOf(e.Decision)
		case row == nil:
			unstarted = true
		case row.Definitive.IsZero() && approves(e.Stage.Stage):
			row.Definitive = e.Decision.Date()
			row.Days = int(row.Definitive.Sub(row.InPrinciple) / (24 * time.Hour))
		}
	}
	if row == nil {
		if unstarted {
			t.Unstarted++
		}
		return
	}
	for _, e := range steps {
		row.Decisions = append(row.Decisions, e.Decision.URI.String())
	}
	t.Rows = append(t.Rows, *row)
	if row.Pending() {
		t.Pending++
	} else {
		t.Finished++
	}
}

// Spread is the distribution of days.
type Spread struct {
	N                            int
	Least, Quarter, Median, Most int
	ThreeQuarters                int
	Mean                         float64
}

// Spread is that of the finished measures; the zero value where there is none.
// Quartiles are values that occur (nearest rank).
func (t *Durations) Spread() Spread {
	var days []int
	total := 0
	for _, r := range t.Rows {
		if !r.Pending() {
			days = append(days, r.Days)
			total += r.Days
		}
	}
	n := len(days)
	if n == 0 {
		return Spread{}
	}
	slices.Sort(days)
	rank := func(share float64) int { return days[min(n-1, max(0, int(share*float64(n)+0.999999)-1))] }
	return Spread{
		N: n, Least: days[0], Quarter: rank(0.25), Median: rank(0.5), ThreeQuarters: rank(0.75), Most: days[n-1],
		Mean: float64(total) / float64(n),
	}
}

// CSV writes a row for each measure: measure, in_principle, definitive, days,
// steps, themes, ministers, decisions; the last three are lists separated by
// vertical bars. What is unknown is empty.
func (t *Durations) CSV(w io.Writer) error {
	out := csv.NewWriter(w)
	_ = out.Write([]string{"measure", "in_principle", "definitive", "days", "steps", "themes", "ministers", "decisions"})
	for _, r := range t.Rows {
		days := ""
		if !r.Pending() {
			days = strconv.Itoa(r.Days)
		}
		_ = out.Write([]string{
			r.Measure, iso(r.InPrinciple), iso(r.Definitive), days, strconv.Itoa(len(r.Decisions)),
			labels(r.Themes), labels(r.Ministers), strings.Join(r.Decisions, "|"),
		})
	}
	return flush(out)
}

func labels(list []Class) string {
	var out []string
	for _, c := range list {
		out = append(out, strings.ReplaceAll(c.Label, "|", "/"))
	}
	return strings.Join(out, "|")
}

// daysPerBar is the width of a bar of the chart, about two months.
const daysPerBar = 61

// Chart draws how many measures took how long, in steps of two months; the
// last bar holds all that took longer than two years.
func (t *Durations) Chart(opts ChartOptions) string {
	s := t.Spread()
	opts = opts.or("Tijd van eerste principiële tot definitieve goedkeuring",
		fmt.Sprintf("%d maatregelen, mediaan %d dagen. Elke balk telt twee maanden.", s.N, s.Median), 13)
	counts := make([]int, 13)
	for _, r := range t.Rows {
		if !r.Pending() {
			counts[min(r.Days/daysPerBar, len(counts)-1)]++
		}
	}
	if t.Finished == 0 {
		return ""
	}
	var bars []chart.Bar
	for i, n := range counts {
		label := fmt.Sprintf("%d tot %d maanden", 2*i, 2*i+2)
		if i == len(counts)-1 {
			label = fmt.Sprintf("%d maanden of meer", 2*i)
		}
		bars = append(bars, chart.Bar{Label: label, Parts: []chart.Part{{Value: float64(n), Class: "bar", Label: fmt.Sprintf("%s: %d", label, n)}}})
	}
	return chart.Bars(bars, chart.BarOptions{ID: opts.ID, Title: opts.Title, Description: opts.Description, LabelWidth: 150})
}
