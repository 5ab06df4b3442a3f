package chart

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/themis-go/themis/report/internal/golden"
)

func TestPanels(t *testing.T) {
	panels := []Panel{
		{Label: "Wonen", Href: "wonen.html", Points: []Point{{"2020", 3}, {"2021", 0}, {"2022", 12}}},
		{Label: nasty + strings.Repeat(" lang", 20), Points: []Point{{nasty, 1}}},
		{Label: "leeg"},
		{Label: "niets", Points: []Point{{"2020", 0}, {"2021", -3}}},
	}
	chart := Panels(panels, PanelOptions{ID: "p", Title: "Per thema", Description: "x"})
	names := wellFormed(t, chart)
	assert.Equal(t, 3, names["rect"], "a column for each value above 0")
	assert.Equal(t, 1, names["a"])
	golden.Check(t, "panels.svg", chart)
	assert.Empty(t, Panels(nil, PanelOptions{}))
}

func TestDocument(t *testing.T) {
	doc := Document(Panels([]Panel{{Label: "Wonen", Points: []Point{{"2020", 3}}}}, PanelOptions{ID: "p"}))
	names := wellFormed(t, doc)
	assert.Equal(t, 1, names["style"])
	assert.True(t, strings.HasPrefix(doc, "<?xml"))
	wellFormed(t, Document(""))
}
