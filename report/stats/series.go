package stats

import (
	"encoding/csv"
	"fmt"
	"io"
	"iter"
	"strconv"
	"time"

	"github.com/themis-go/themis/harvest"
	"github.com/themis-go/themis/report/chart"
)

// Period is the step of a time series.
type Period int

// The periods, of the calendar in Brussels.
const (
	Year Period = iota
	Quarter
	Month
)

// Of names the period that holds a day: "2021", "2021-Q1" or "2021-03".
func (p Period) Of(day time.Time) string {
	switch p {
	case Quarter:
		return fmt.Sprintf("%04d-Q%d", day.Year(), (int(day.Month())+2)/3)
	case Month:
		return day.Format("2006-01")
	}
	return day.Format("2006")
}

// start is the first day of the period that holds a day.
func (p Period) start(day time.Time) time.Time {
	month := time.January
	switch p {
	case Quarter:
		month = (day.Month()-1)/3*3 + 1
	case Month:
		month = day.Month()
	}
	return time.Date(day.Year(), month, 1, 0, 0, 0, 0, time.UTC)
}

func (p Period) next(start time.Time) time.Time {
	switch p {
	case Quarter:
		return start.AddDate(0, 3, 0)
	case Month:
		return start.AddDate(0, 1, 0)
	}
	return start.AddDate(1, 0, 0)
}

// Line is one class of a [Series].
type Line struct {
	Class Class
	// Decisions has a number for each of [Series].Periods.
	Decisions []int
}

// Series counts decisions by class and period.
type Series struct {
	Dimension string
	Period    Period
	// Periods are all from the first to the last with a decision; those
	// between without one are there too.
	Periods []string
	// Lines are in order of their totals, or in that of the dimension.
	Lines []Line
	// Totals has the number of decisions of each period: what a share of a
	// period is of. A decision of two classes is in it once.
	Totals []int
	// Decisions is the number of decisions read, Undated how many of them have
	// no date, which are in no period.
	Decisions, Undated int
}

// maxPeriods bounds a series: a wrong date must not make it endless.
const maxPeriods = 12 * 400

// Over counts decisions by a dimension over time: decisions of each minister
// per year, of each theme per quarter.
func Over(decisions iter.Seq2[harvest.Decision, error], by Dimension, period Period) (*Series, error) {
	if err := by.check(); err != nil {
		return nil, err
	}
	s := &Series{Dimension: by.Name, Period: period}
	found := newTally[map[time.Time]int]()
	totals := map[time.Time]int{}
	var first, last time.Time
	for d, err := range decisions {
		if err != nil {
			return nil, fmt.Errorf("stats: count by %s over time: %w", by.Name, err)
		}
		s.Decisions++
		date := d.Date()
		if date.IsZero() {
			s.Undated++
			continue
		}
		at := period.start(date)
		totals[at]++
		if first.IsZero() || at.Before(first) {
			first = at
		}
		if at.After(last) {
			last = at
		}
		for _, c := range by.classesOf(d) {
			row := found.row(c)
			if *row == nil {
				*row = map[time.Time]int{}
			}
			(*row)[at]++
		}
	}
	var starts []time.Time
	for at := first; !first.IsZero() && !at.After(last); at = period.next(at) {
		if len(starts) == maxPeriods {
			return nil, fmt.Errorf("stats: decisions from %s to %s are more than %d periods; one of the dates is wrong", iso(first), iso(last), maxPeriods)
		}
		starts = append(starts, at)
		s.Periods = append(s.Periods, period.Of(at))
		s.Totals = append(s.Totals, totals[at])
	}
	for _, c := range found.classes(by, func(row *map[time.Time]int) int { return sum(*row) }) {
		line := Line{Class: c, Decisions: make([]int, len(starts))}
		for i, at := range starts {
			line.Decisions[i] = (*found.rows[c.Key])[at]
		}
		s.Lines = append(s.Lines, line)
	}
	return s, nil
}

func sum(row map[time.Time]int) int {
	n := 0
	for _, v := range row {
		n += v
	}
	return n
}

// CSV writes a row for each class and period, also where it is 0: period, the
// dimension's key, label, decisions, total (of the period).
func (s *Series) CSV(w io.Writer) error {
	out := csv.NewWriter(w)
	_ = out.Write([]string{"period", s.Dimension, "label", "decisions", "total"})
	for _, l := range s.Lines {
		for i, p := range s.Periods {
			_ = out.Write([]string{p, l.Class.Key, l.Class.Label, strconv.Itoa(l.Decisions[i]), strconv.Itoa(s.Totals[i])})
		}
	}
	return flush(out)
}

// Chart draws each class as a small chart of its own, all to the same scale,
// so that any number of them can be told apart without colours.
func (s *Series) Chart(opts ChartOptions) string {
	opts = opts.or("Beslissingen per "+s.Dimension+" over de tijd", "Een klein diagram per rij, alle op dezelfde schaal.", 12)
	var panels []chart.Panel
	for _, l := range s.Lines[:min(len(s.Lines), opts.Most)] {
		p := chart.Panel{Label: l.Class.Label}
		if opts.Href != nil {
			p.Href = opts.Href(l.Class)
		}
		for i, n := range l.Decisions {
			p.Points = append(p.Points, chart.Point{Label: s.Periods[i], Value: float64(n)})
		}
		panels = append(panels, p)
	}
	return chart.Panels(panels, chart.PanelOptions{ID: opts.ID, Title: opts.Title, Description: opts.Description})
}
