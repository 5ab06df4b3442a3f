package chart

import (
	"fmt"
	"slices"
	"sort"
	"time"
)

// Event is a dot on a timeline.
type Event struct {
	Date  time.Time
	Lane  int    // index of its lane
	Group int    // events of one group are joined; negative for none
	Class string // of the dot's colour: a status
	Label string // shown when pointed at, and read out
	Href  string // where the dot leads; a fragment of the page or an address
	Mark  string // short text beside the dot, such as a reference's number
	// Small draws a dot that only shows that there is something: without label,
	// link, mark and group, and where its date is, though others cover it.
	Small bool
}

// TimelineOptions are the words and measures of a timeline.
type TimelineOptions struct {
	ID, Title, Description string
	// Lanes are the rows from top to bottom.
	Lanes []string
	// Width in pixels; 0 is 720.
	Width float64
}

// The measures of a timeline in pixels.
const (
	topMargin   = 8.0 // for the marks of the first lane
	laneHeight  = 38.0
	laneLabel   = 158.0
	axisHeight  = 30.0
	dotRadius   = 7.0
	rightMargin = 26.0
	dotSpacing  = 15.0 // between dots of the same lane
)

// Timeline draws events by date in lanes. Dots that would cover each other are
// moved to the side. Events without a date are left out; without any event the
// result is empty.
func Timeline(events []Event, opts TimelineOptions) string {
	var list []Event
	for _, e := range events {
		if !e.Date.IsZero() && e.Lane >= 0 && e.Lane < len(opts.Lanes) {
			list = append(list, e)
		}
	}
	if len(list) == 0 {
		return ""
	}
	sort.SliceStable(list, func(i, j int) bool { return list[i].Date.Before(list[j].Date) })
	width := opts.Width
	if width == 0 {
		width = 720
	}
	from, to := yearsAround(list[0].Date, list[len(list)-1].Date)
	scale := func(t time.Time) float64 {
		return laneLabel + (width-laneLabel-rightMargin)*float64(t.Sub(from))/float64(to.Sub(from))
	}
	height := topMargin + laneHeight*float64(len(opts.Lanes)) + axisHeight
	var s svg
	links := slices.ContainsFunc(list, func(e Event) bool { return e.Href != "" })
	s.open("chart timeline", opts.ID, opts.Title, opts.Description, width, height, links)
	grid := "" // one path, which is half as long as its lines
	for i, name := range opts.Lanes {
		y := laneMiddle(i)
		s.label("c-lane", laneLabel-16, y+4, "end", name)
		grid += fmt.Sprintf("M%s %sH%s", num(laneLabel-6), num(y), num(width-rightMargin+6))
	}
	bottom := topMargin + laneHeight*float64(len(opts.Lanes))
	for year := from; !year.After(to); year = year.AddDate(1, 0, 0) {
		x := scale(year)
		grid += fmt.Sprintf("M%s 6V%s", num(x), num(bottom))
		if year.Before(to) {
			s.label("c-year", (x+scale(year.AddDate(1, 0, 0)))/2, bottom+20, "middle", fmt.Sprint(year.Year()))
		}
	}
	s.printf(`<path class="c-grid" d="%s"/>`, grid)
	list = s.small(list, scale)
	xs := place(list, scale, width-rightMargin)
	at := map[int]int{} // the event before of each group
	for i, e := range list {
		if e.Group < 0 {
			continue
		}
		if j, ok := at[e.Group]; ok {
			y1, y2 := laneMiddle(list[j].Lane), laneMiddle(e.Lane)
			middle := (xs[j] + xs[i]) / 2
			s.printf(`<path class="c-link" d="M%s %sC%s %s %s %s %s %s"/>`, num(xs[j]), num(y1), num(middle), num(y1), num(middle), num(y2), num(xs[i]), num(y2))
		}
		at[e.Group] = i
	}
	for i, e := range list {
		y := laneMiddle(e.Lane)
		if e.Href != "" {
			s.printf(`<a href="%s">`, attr(e.Href))
		}
		s.printf(`<g class="c-event"><title>%s</title>%s`, text(e.Label), shape(e.Class, xs[i], y))
		if e.Mark != "" {
			s.label("c-mark", xs[i], y-11, "middle", e.Mark)
		}
		s.WriteString("</g>")
		if e.Href != "" {
			s.WriteString("</a>")
		}
	}
	s.close()
	return s.String()
}

// small draws the small dots and returns the other events. Those of a class are
// one path of lines without length, whose ends are round.
func (s *svg) small(list []Event, scale func(time.Time) float64) (others []Event) {
	var classes []string
	paths := map[string]string{}
	for _, e := range list {
		if !e.Small {
			others = append(others, e)
			continue
		}
		if _, ok := paths[e.Class]; !ok {
			classes = append(classes, e.Class)
		}
		paths[e.Class] += "M" + num(scale(e.Date)) + " " + num(laneMiddle(e.Lane)) + "h0"
	}
	for _, class := range classes {
		s.printf(`<path class="c-small s-%s" d="%s"/>`, attr(class), paths[class])
	}
	return others
}

func laneMiddle(lane int) float64 { return topMargin + laneHeight*(float64(lane)+0.5) }

// shape tells statuses apart by form as well as by colour.
func shape(class string, x, y float64) string {
	r := dotRadius
	switch class {
	case "principle":
		return fmt.Sprintf(`<path class="c-dot c-principle" d="M%s %sL%s %sL%s %sL%s %sZ"/>`,
			num(x), num(y-r-1), num(x+r+1), num(y), num(x), num(y+r+1), num(x-r-1), num(y))
	case "announced":
		return fmt.Sprintf(`<rect class="c-dot c-announced" x="%s" y="%s" width="%s" height="%s"/>`, num(x-r+1), num(y-r+1), num(2*r-2), num(2*r-2))
	case "funded":
		return fmt.Sprintf(`<path class="c-dot c-funded" d="M%s %sL%s %sL%s %sL%s %sL%s %sL%s %sZ"/>`, // a hexagon
			num(x), num(y-r-1), num(x+r), num(y-r/2), num(x+r), num(y+r/2), num(x), num(y+r+1), num(x-r), num(y+r/2), num(x-r), num(y-r/2))
	case "changed":
		return fmt.Sprintf(`<path class="c-dot c-changed" d="M%s %sL%s %sL%s %sZ"/>`, num(x-r-1), num(y-r), num(x+r+1), num(y-r), num(x), num(y+r+1))
	case "none":
		return fmt.Sprintf(`<circle class="c-dot c-none" cx="%s" cy="%s" r="%s"/>`, num(x), num(y), num(r-2))
	}
	return fmt.Sprintf(`<circle class="c-dot c-decided" cx="%s" cy="%s" r="%s"/>`, num(x), num(y), num(r))
}

// yearsAround are the first days of the years that hold both dates.
func yearsAround(first, last time.Time) (from, to time.Time) {
	from = time.Date(first.Year(), 1, 1, 0, 0, 0, 0, time.UTC)
	return from, time.Date(last.Year()+1, 1, 1, 0, 0, 0, 0, time.UTC)
}

// place spreads the dots of each lane so that none covers another, as near to
// their dates as that allows, and keeps them left of the limit.
func place(list []Event, scale func(time.Time) float64, limit float64) []float64 {
	xs := make([]float64, len(list))
	last := map[int]float64{}
	lanes := map[int][]int{}
	for i, e := range list {
		x := scale(e.Date)
		if before, ok := last[e.Lane]; ok && x < before+dotSpacing {
			x = before + dotSpacing
		}
		xs[i], last[e.Lane] = x, x
		lanes[e.Lane] = append(lanes[e.Lane], i)
	}
	for _, lane := range lanes {
		bound := limit
		for k := len(lane) - 1; k >= 0; k-- {
			if xs[lane[k]] > bound {
				xs[lane[k]] = bound
			}
			bound = xs[lane[k]] - min(dotSpacing, (limit-laneLabel)/float64(len(lane)))
		}
	}
	return xs
}
