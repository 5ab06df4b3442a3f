package chart

import (
	"fmt"
	"slices"
)

// Bar is one bar of a chart, made of parts.
type Bar struct {
	Label string
	Href  string // where the label leads; optional
	Parts []Part
}

// Part is a part of a [Bar].
type Part struct {
	Value float64
	Class string // a status or bar
	Label string // shown when pointed at
}

// BarOptions are the words and measures of a bar chart.
type BarOptions struct {
	ID, Title, Description string
	Width                  float64 // in pixels; 0 is 720
	LabelWidth             float64 // of the labels at the left; 0 is 220
	Whole                  bool    // every bar is as wide as the chart: shares, not counts
}

// The measures of a bar chart in pixels.
const (
	barHeight = 18.0
	barStep   = 28.0
	barTotal  = 52.0 // for the number behind a bar
)

// Bars draws horizontal bars, one below the other, each with its total.
// Without bars the result is empty.
func Bars(bars []Bar, opts BarOptions) string {
	if len(bars) == 0 {
		return ""
	}
	width, labels := opts.Width, opts.LabelWidth
	if width == 0 {
		width = 720
	}
	if labels == 0 {
		labels = 220
	}
	most := 0.0
	for _, b := range bars {
		most = max(most, total(b))
	}
	room := width - labels - barTotal
	var s svg
	links := slices.ContainsFunc(bars, func(b Bar) bool { return b.Href != "" })
	s.open("chart bars", opts.ID, opts.Title, opts.Description, width, barStep*float64(len(bars))+4, links)
	for i, b := range bars {
		y := barStep*float64(i) + 4
		if b.Href != "" {
			s.printf(`<a href="%s">`, attr(b.Href))
		}
		s.label("c-label", labels-10, y+barHeight/2+4, "end", clip(b.Label, int(labels/6.6)))
		if b.Href != "" {
			s.WriteString("</a>")
		}
		sum, x := total(b), labels
		whole := most
		if opts.Whole {
			whole = sum
		}
		for _, p := range b.Parts {
			if p.Value <= 0 || whole <= 0 {
				continue
			}
			w := room * p.Value / whole
			s.printf(`<rect class="c-%s" x="%s" y="%s" width="%s" height="%s"><title>%s</title></rect>`, attr(p.Class), num(x), num(y), num(w), num(barHeight), text(p.Label))
			x += w
		}
		s.label("c-total", x+6, y+barHeight/2+4, "start", fmt.Sprintf("%g", sum))
	}
	s.close()
	return s.String()
}

func total(b Bar) float64 {
	sum := 0.0
	for _, p := range b.Parts {
		sum += max(p.Value, 0)
	}
	return sum
}

func clip(s string, n int) string {
	runes := []rune(s)
	if len(runes) <= n || n < 2 {
		return s
	}
	return string(runes[:n-1]) + "…"
}
