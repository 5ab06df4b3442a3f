package retrieve

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/themis-go/themis/harvest"
)

// subjects makes decisions on two subjects that share no word, in words that
// change from one decision to the next, and with the same formal words in all.
func subjects(tb testing.TB, n int) []harvest.Decision {
	tb.Helper()
	words := [2][]string{
		{"fietspad", "fietsbrug", "fietssnelweg", "fietsstalling", "trapper", "zadel"},
		{"woning", "huurprijs", "verhuurder", "renovatie", "kamer", "woonpremie"},
	}
	var out []harvest.Decision
	for i := range n {
		w := words[i%2]
		pick := func(k int) string { return w[(i/2+k)%len(w)] }
		out = append(out, harvest.Decision{
			URI:   iri(tb, fmt.Sprintf("%snieuwsbericht/s%d", base, i)),
			Title: pick(0) + " en " + pick(1) + " nummer" + fmt.Sprint(i%7),
			Text:  "Het overleg besprak " + pick(2) + " grondig. Later volgt " + pick(3) + " opnieuw. De vergadering noemde " + pick(4) + " tijdig.",
		})
	}
	return out
}

func TestRefine(t *testing.T) {
	list := subjects(t, refineLeast)
	ix := build(list, nil)
	within, across := 0.0, 0.0
	for i := range 40 {
		within += float64(dot(ix.placeOf(uint32(i)), ix.placeOf(uint32(i+2))))
		across += float64(dot(ix.placeOf(uint32(i)), ix.placeOf(uint32(i+1))))
	}
	assert.Greater(t, within/40, across/40+0.3, "decisions on one subject are near each other")
	again := build(list, nil)
	require.Equal(t, ix.space, again.space, "the same corpus gives the same space")
}
