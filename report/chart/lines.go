package chart

import (
	"fmt"
	"math"
	"strings"
)

// Point is a value of a series with the name of its place on the axis.
type Point struct {
	Label string
	Value float64
}

// LineOptions are the words and measures of a line chart.
type LineOptions struct {
	ID, Title, Description string
	Width, Height          float64 // in pixels; 0 is 720 by 220
}

// Line draws a series of values in order. Without points the result is empty.
func Line(points []Point, opts LineOptions) string {
	if len(points) == 0 {
		return ""
	}
	width, height := opts.Width, opts.Height
	if width == 0 {
		width = 720
	}
	if height == 0 {
		height = 220
	}
	const left, right, top, bottom = 44.0, 16.0, 12.0, 28.0
	most := 0.0
	for _, p := range points {
		most = max(most, p.Value)
	}
	step := niceStep(most / 4)
	ceiling := math.Max(step, math.Ceil(most/step)*step)
	x := func(i int) float64 {
		if len(points) == 1 {
			return (left + width - right) / 2
		}
		return left + (width-left-right)*float64(i)/float64(len(points)-1)
	}
	y := func(v float64) float64 { return top + (height-top-bottom)*(1-v/ceiling) }
	var s svg
	s.open("chart lines", opts.ID, opts.Title, opts.Description, width, height, false)
	for v := 0.0; v <= ceiling+step/2; v += step {
		s.line("c-grid", left, y(v), width-right, y(v))
		s.label("c-value", left-8, y(v)+4, "end", fmt.Sprintf("%g", v))
	}
	every := max(1, int(math.Ceil(float64(len(points))*64/(width-left-right))))
	var path strings.Builder
	for i, p := range points {
		if i%every == 0 {
			s.label("c-label", x(i), height-8, "middle", p.Label)
		}
		fmt.Fprintf(&path, "%s%s %s", map[bool]string{true: "M", false: "L"}[i == 0], num(x(i)), num(y(p.Value)))
	}
	s.printf(`<path class="c-series" d="%s"/>`, path.String())
	for i, p := range points {
		s.printf(`<circle class="c-dot c-bar" cx="%s" cy="%s" r="3.5"><title>%s: %s</title></circle>`, num(x(i)), num(y(p.Value)), text(p.Label), fmt.Sprintf("%g", p.Value))
	}
	s.close()
	return s.String()
}

// niceStep rounds a distance up to 1, 2 or 5 times a power of ten.
func niceStep(v float64) float64 {
	if v <= 0 {
		return 1
	}
	power := math.Pow(10, math.Floor(math.Log10(v)))
	for _, m := range []float64{1, 2, 5} {
		if v <= m*power {
			return math.Max(m*power, 1)
		}
	}
	return math.Max(10*power, 1)
}
