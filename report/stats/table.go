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

// Row is one class of a [Table].
type Row struct {
	Class     Class
	Decisions int
	// Share is Decisions as a part of [Table].Decisions, from 0 to 1.
	Share float64
	// First and Last are the days, at midnight UTC, of the first and the last
	// decision with a known date; zero where there is none.
	First, Last time.Time
}

// Table counts decisions by class.
type Table struct {
	Dimension string
	Rows      []Row
	// Decisions is the number of decisions that were read: what shares are of.
	Decisions int
	// Unclassified is how many of them belong to no class.
	Unclassified int
}

// Count counts decisions by a dimension. It keeps no decision in memory. The
// stream's first error ends it.
func Count(decisions iter.Seq2[harvest.Decision, error], by Dimension) (*Table, error) {
	if err := by.check(); err != nil {
		return nil, err
	}
	t := &Table{Dimension: by.Name}
	found := newTally[Row]()
	for d, err := range decisions {
		if err != nil {
			return nil, fmt.Errorf("stats: count by %s: %w", by.Name, err)
		}
		t.Decisions++
		classes := by.classesOf(d)
		if len(classes) == 0 {
			t.Unclassified++
		}
		for _, c := range classes {
			found.row(c).add(d.Date())
		}
	}
	for _, c := range found.classes(by, func(r *Row) int { return r.Decisions }) {
		row := *found.rows[c.Key]
		row.Class = c
		if t.Decisions > 0 {
			row.Share = float64(row.Decisions) / float64(t.Decisions)
		}
		t.Rows = append(t.Rows, row)
	}
	return t, nil
}

func (r *Row) add(date time.Time) {
	r.Decisions++
	if date.IsZero() {
		return
	}
	if r.First.IsZero() || date.Before(r.First) {
		r.First = date
	}
	if date.After(r.Last) {
		r.Last = date
	}
}

// CSV writes the rows as comma-separated values (RFC 4180, lines end with a line
// feed) in UTF-8: the dimension's key, label, decisions, share, first, last.
// Shares have four decimals, dates are 2021-03-05; unknown is empty.
func (t *Table) CSV(w io.Writer) error {
	out := csv.NewWriter(w)
	// Write buffers; Error below returns what it met.
	_ = out.Write([]string{t.Dimension, "label", "decisions", "share", "first", "last"})
	for _, r := range t.Rows {
		_ = out.Write([]string{
			r.Class.Key, r.Class.Label, strconv.Itoa(r.Decisions), strconv.FormatFloat(r.Share, 'f', 4, 64), iso(r.First), iso(r.Last),
		})
	}
	return flush(out)
}

func flush(out *csv.Writer) error {
	out.Flush()
	if err := out.Error(); err != nil {
		return fmt.Errorf("stats: write CSV: %w", err)
	}
	return nil
}

func iso(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.DateOnly)
}

// ChartOptions are the words of a chart.
type ChartOptions struct {
	// ID makes the names in the chart distinct within a page; empty: "chart".
	ID string
	// Title and Description are read out to those who do not see the chart.
	// Empty, they name the dimension.
	Title, Description string
	// Most is the number of classes to draw; 0 is 20 for a table and 12 for a
	// series. The table beside the chart has them all.
	Most int
	// Href returns where the label of a class leads; nil: nowhere.
	Href func(Class) string
}

func (o ChartOptions) or(title, description string, most int) ChartOptions {
	if o.ID == "" {
		o.ID = "chart"
	}
	if o.Title == "" {
		o.Title = title
	}
	if o.Description == "" {
		o.Description = description
	}
	if o.Most <= 0 {
		o.Most = most
	}
	return o
}

// Chart draws the rows as bars, as SVG for a page with the style chart.Style;
// chart.Document makes a file of it. A table without rows gives nothing.
func (t *Table) Chart(opts ChartOptions) string {
	opts = opts.or("Beslissingen per "+t.Dimension, fmt.Sprintf("%d beslissingen; een beslissing telt mee in elke rij waartoe ze behoort.", t.Decisions), 20)
	var bars []chart.Bar
	for _, r := range t.Rows[:min(len(t.Rows), opts.Most)] {
		b := chart.Bar{Label: r.Class.Label, Parts: []chart.Part{{
			Value: float64(r.Decisions), Class: "bar", Label: fmt.Sprintf("%s: %d", r.Class.Label, r.Decisions),
		}}}
		if opts.Href != nil {
			b.Href = opts.Href(r.Class)
		}
		bars = append(bars, b)
	}
	return chart.Bars(bars, chart.BarOptions{ID: opts.ID, Title: opts.Title, Description: opts.Description})
}
