package stage_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/themis-go/themis/harvest"
	"github.com/themis-go/themis/internal/htmltext"
	"github.com/themis-go/themis/internal/sharedtest"
	"github.com/themis-go/themis/rdf"
	"github.com/themis-go/themis/report/stage"
)

// label is a line of the files in testdata that hold labels given by reading.
type label struct {
	URI   string      `json:"uri"`
	Stage stage.Stage `json:"stage"`
}

func TestLabels(t *testing.T) {
	decisions := newsItems(t)
	for _, half := range []string{"labels-dev.jsonl", "labels-heldout.jsonl"} {
		t.Run(half, func(t *testing.T) {
			var labels []label
			readLines(t, "testdata/"+half, func(l label) { labels = append(labels, l) })
			table := score(t, labels, decisions)
			t.Log("\n" + table.String())
			assert.GreaterOrEqual(t, table.precision(), 0.95, "macro precision")
			assert.GreaterOrEqual(t, table.recall(), 0.88, "macro recall")
		})
	}
}

// confusion counts, per stage, the labels, what Of gave, and where both agree.
type confusion struct {
	labelled, given, right map[stage.Stage]int
	wrong                  []string
}

func score(t *testing.T, labels []label, decisions map[string]harvest.Decision) confusion {
	t.Helper()
	c := confusion{map[stage.Stage]int{}, map[stage.Stage]int{}, map[stage.Stage]int{}, nil}
	for _, l := range labels {
		d, ok := decisions[l.URI]
		require.True(t, ok, l.URI)
		got := stage.Of(d)
		c.labelled[l.Stage]++
		c.given[got.Stage]++
		if got.Stage == l.Stage {
			c.right[l.Stage]++
		} else {
			c.wrong = append(c.wrong, fmt.Sprintf("%s is %v, got %v", l.URI, l.Stage, got.Stage))
		}
	}
	return c
}

func (c confusion) macro(of map[stage.Stage]int) float64 {
	sum, n := 0.0, 0
	for s := range c.labelled {
		n++
		if of[s] > 0 {
			sum += float64(c.right[s]) / float64(of[s])
		}
	}
	return sum / float64(n)
}

func (c confusion) precision() float64 { return c.macro(c.given) }
func (c confusion) recall() float64    { return c.macro(c.labelled) }

func (c confusion) String() string {
	out := fmt.Sprintf("%-12s %8s %5s %9s %6s\n", "stage", "labelled", "given", "precision", "recall")
	right, all := 0, 0
	for _, s := range stage.All() {
		if c.labelled[s] == 0 && c.given[s] == 0 {
			continue
		}
		p, r := 0.0, 0.0
		if c.given[s] > 0 {
			p = float64(c.right[s]) / float64(c.given[s])
		}
		if c.labelled[s] > 0 {
			r = float64(c.right[s]) / float64(c.labelled[s])
		}
		out += fmt.Sprintf("%-12v %8d %5d %9.3f %6.3f\n", s, c.labelled[s], c.given[s], p, r)
		right, all = right+c.right[s], all+c.labelled[s]
	}
	out += fmt.Sprintf("%-12s %8d %5d %9.3f %6.3f   accuracy %.3f\n", "macro", all, all, c.precision(), c.recall(), float64(right)/float64(all))
	return out
}

// newsItems reads the real news items by URI.
func newsItems(t *testing.T) map[string]harvest.Decision {
	t.Helper()
	out := map[string]harvest.Decision{}
	type item struct {
		URI      string `json:"uri"`
		Title    string `json:"title"`
		Subtitle string `json:"alternativeTitle"`
		HTML     any    `json:"htmlContent"`
		Kind     string `json:"agendaitemType"`
	}
	readLines(t, sharedtest.Path(t, "data/newsitems.jsonl"), func(i item) {
		d := harvest.Decision{URI: rdf.IRI{}, Title: i.Title, Subtitle: i.Subtitle, Kind: harvest.Kind(i.Kind)}
		switch h := i.HTML.(type) {
		case string:
			d.HTML = h
		case []any:
			for _, v := range h {
				d.HTML += fmt.Sprint(v) + "\n"
			}
		}
		d.Text = htmltext.Text(d.HTML)
		out[i.URI] = d
	})
	return out
}

func readLines[T any](t *testing.T, path string, add func(T)) {
	t.Helper()
	f, err := os.Open(path)
	require.NoError(t, err)
	defer f.Close()
	sc := bufio.NewScanner(f)
	for sc.Buffer(nil, 1<<24); sc.Scan(); {
		var v T
		require.NoError(t, json.Unmarshal(sc.Bytes(), &v))
		add(v)
	}
	require.NoError(t, sc.Err())
}
