package chart

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/themis-go/themis/report/internal/golden"
)

// wellFormed checks that a chart is XML, and returns its elements.
func wellFormed(t *testing.T, chart string) map[string]int {
	t.Helper()
	names := map[string]int{}
	dec := xml.NewDecoder(strings.NewReader(chart))
	for {
		tok, err := dec.Token()
		if errors.Is(err, io.EOF) {
			return names
		}
		require.NoError(t, err, chart)
		if el, ok := tok.(xml.StartElement); ok {
			names[el.Name.Local]++
			for _, a := range el.Attr {
				assert.NotEqual(t, "style", a.Name.Local, "no inline style")
				assert.False(t, strings.HasPrefix(a.Name.Local, "on"), a.Name.Local)
			}
		}
	}
}

func day(y, m, d int) time.Time { return time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC) }

var nasty = `</svg><script>alert("x")</script>` + "\x00\u202e&'"

func TestTimeline(t *testing.T) {
	events := []Event{
		{Date: day(2021, 3, 5), Lane: 1, Group: 0, Class: "decided", Label: "goedgekeurd", Href: "#ref-1", Mark: "1"},
		{Date: day(2020, 7, 17), Lane: 0, Group: 0, Class: "principle", Label: "principieel", Href: "#ref-0", Mark: "0"},
		{Date: day(2021, 3, 5), Lane: 1, Group: -1, Class: "announced", Label: nasty, Mark: nasty},
		{Date: day(2021, 12, 31), Lane: 1, Group: -1, Class: "none", Label: "laatste"},
		{Lane: 0, Label: "zonder datum"},
		{Date: day(2021, 1, 1), Lane: 7, Label: "zonder baan"},
	}
	chart := Timeline(events, TimelineOptions{ID: "t", Title: "Tijdlijn", Description: "Vier stappen", Lanes: []string{"in principe", "definitief " + nasty}})
	names := wellFormed(t, chart)
	assert.Equal(t, 4, names["g"])
	assert.Equal(t, 2, names["a"])
	assert.Zero(t, names["script"])
	golden.Check(t, "timeline.svg", chart)
	assert.Empty(t, Timeline(nil, TimelineOptions{}))
}

func TestTimelinePlacesDotsApart(t *testing.T) {
	var events []Event
	for range 30 {
		events = append(events, Event{Date: day(2021, 12, 30), Lane: 0, Group: -1})
	}
	xs := place(events, func(time.Time) float64 { return 690 }, 694)
	for i := 1; i < len(xs); i++ {
		assert.Greater(t, xs[i], xs[i-1])
	}
	assert.LessOrEqual(t, xs[len(xs)-1], 694.0)
	assert.Greater(t, xs[0], laneLabel)
}

func TestBars(t *testing.T) {
	bars := []Bar{
		{Label: "Wonen", Href: "wonen.html", Parts: []Part{{3, "decided", "3 beslist"}, {1, "none", "1 niets"}}},
		{Label: nasty + strings.Repeat("lang ", 20), Parts: []Part{{8, "principle", nasty}, {-1, "none", ""}}},
		{Label: "leeg"},
	}
	chart := Bars(bars, BarOptions{ID: "b", Title: "Per hoofdstuk", Description: "x"})
	names := wellFormed(t, chart)
	assert.Equal(t, 3, names["rect"])
	golden.Check(t, "bars.svg", chart)
	wellFormed(t, Bars(bars, BarOptions{ID: "b", Whole: true}))
	assert.Empty(t, Bars(nil, BarOptions{}))
}

func TestLine(t *testing.T) {
	chart := Line([]Point{{"2020", 3}, {"2021", 17}, {"2022", 0}, {nasty, 9}}, LineOptions{ID: "l", Title: "Per jaar", Description: "x"})
	names := wellFormed(t, chart)
	assert.Equal(t, 4, names["circle"])
	golden.Check(t, "line.svg", chart)
	wellFormed(t, Line([]Point{{"2020", 0}}, LineOptions{ID: "l"}))
	assert.Empty(t, Line(nil, LineOptions{}))
}

func TestNiceStep(t *testing.T) {
	for v, want := range map[float64]float64{0: 1, 0.3: 1, 1: 1, 1.2: 2, 3: 5, 7: 10, 26: 50, 180: 200} {
		assert.InDelta(t, want, niceStep(v), 1e-9, v)
	}
}

func TestTimelineSmallDots(t *testing.T) {
	day := func(n int) time.Time { return time.Date(2021, 3, n, 0, 0, 0, 0, time.UTC) }
	drawn := Timeline([]Event{
		{Date: day(1), Class: "decided", Label: "een", Href: "#a", Mark: "1", Group: -1},
		{Date: day(2), Class: "decided", Label: "twee", Href: "#b", Mark: "2", Small: true},
		{Date: day(3), Class: "decided", Label: "drie", Href: "#c", Mark: "3", Small: true},
		{Date: day(4), Class: "none", Label: "vier", Href: "#d", Mark: "4", Small: true},
	}, TimelineOptions{ID: "t", Lanes: []string{"rij"}})
	assert.Equal(t, 2, strings.Count(drawn, `class="c-small`), "a path for each class")
	assert.Regexp(t, `class="c-small s-decided" d="M[0-9.]+ [0-9.]+h0M[0-9.]+ [0-9.]+h0"`, drawn)
	assert.Equal(t, 1, strings.Count(drawn, "<a "), "small dots lead nowhere")
}
