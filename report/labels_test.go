package report

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/themis-go/themis/report/analyse"
	"github.com/themis-go/themis/report/stage"
)

func TestLabels(t *testing.T) {
	nl, err := LabelsOf("")
	require.NoError(t, err)
	assert.Equal(t, "definitief beslist", nl.Status(analyse.Decided))
	assert.Contains(t, nl.AboutStatus(analyse.NothingFound), "geen beslissing")
	assert.Equal(t, "goedgekeurd", nl.Stage(stage.Definitive))
	en, err := LabelsOf(English)
	require.NoError(t, err)
	assert.Equal(t, "5 March 2021", en.Date("2021-03-05"))
	assert.Equal(t, "date unknown", en.Date(""))
	_, err = LabelsOf("fr")
	require.Error(t, err)
	icon, err := StatusIcon(analyse.Decided)
	require.NoError(t, err)
	all, err := StatusIcons()
	require.NoError(t, err)
	for _, s := range analyse.Statuses() {
		assert.Contains(t, string(all), `id="i-`+string(s)+`"`)
	}
	assert.Contains(t, string(icon), `href="#i-decided"`)
	assert.Equal(t, "a b", OneLine("a\u202e\n\tb\x00"))
}
