package report

import (
	"html/template"
	"sort"
	"time"

	"github.com/themis-go/themis/report/analyse"
	"github.com/themis-go/themis/report/chart"
	"github.com/themis-go/themis/report/stage"
)

// lanes are the rows of a timeline from top to bottom: the stages that they hold.
var lanes = []struct {
	name   string // of the text of its label
	stages []stage.Stage
}{
	{"lane mentioned", []stage.Stage{stage.Other, stage.Announced, stage.Noted, stage.Amended}},
	{"lane principle", []stage.Stage{stage.Advice, stage.Principle, stage.PrincipleSecond, stage.PrincipleThird}},
	{"lane definitive", []stage.Stage{stage.Definitive, stage.Appointed}},
	{"lane parliament", []stage.Stage{stage.Parliament, stage.Promulgated}},
	{"lane funded", []stage.Stage{stage.Funded}},
}

func laneOf(s stage.Stage) int {
	for i, l := range lanes {
		for _, other := range l.stages {
			if s == other {
				return i
			}
		}
	}
	return 0
}

// timeline draws the references by date and stage, and lists them.
func (w *viewer) timeline() {
	group := map[int]int{} // finding by reference
	for i, f := range w.rep.Findings {
		if len(f.Steps) > 1 {
			for _, n := range f.Steps {
				group[n] = i + 1
			}
		}
	}
	used := map[int]bool{}
	for _, r := range w.rep.References {
		used[laneOf(r.Stage)] = true
	}
	var labels []string
	row := map[int]int{}
	for i, l := range lanes {
		if used[i] {
			row[i] = len(labels)
			labels = append(labels, w.c.text(l.name))
		}
	}
	var events []chart.Event
	for _, r := range w.rep.References {
		date, err := time.Parse(time.DateOnly, r.Date)
		if err != nil {
			continue
		}
		label := "[" + itoa(r.Number) + "] " + w.c.date(r.Date) + ", " + w.c.stage(r.Stage)
		if !w.brief {
			label += ": " + oneLine(r.Title)
		}
		e := chart.Event{
			Date: date, Lane: row[laneOf(r.Stage)], Group: group[r.Number] - 1, Class: string(analyse.StatusOf(r.Stage)),
			Label: label,
			Href:  "#ref-" + itoa(r.Number), Mark: itoa(r.Number),
			Small: w.brief && w.choice.lines[r.Number],
		}
		events = append(events, e)
		if w.brief {
			continue // the list of references has the same
		}
		w.v.Events = append(w.v.Events, eventView{r.Number, r.Date, w.c.date(r.Date), w.c.stage(r.Stage), oneLine(r.Title)})
	}
	sort.SliceStable(w.v.Events, func(i, j int) bool { return w.v.Events[i].ISO < w.v.Events[j].ISO })
	// The chart escapes all words in it and holds nothing but shapes, words and
	// links to fragments of this page.
	w.v.Timeline = template.HTML(chart.Timeline(events, chart.TimelineOptions{
		ID: "tl", Title: w.c.text("timeline"), Description: w.c.text("timeline description"), Lanes: labels,
	}))
}
