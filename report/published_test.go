package report

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/themis-go/themis/internal/realdata"
	"github.com/themis-go/themis/report/analyse"
	"github.com/themis-go/themis/report/internal/published"
)

// TestPublishedReport makes the report that was published in 2024 from the
// decisions that it refers to.
func TestPublishedReport(t *testing.T) {
	section, err := realdata.Agreement(t).Section("Preventie van radicalisering")
	require.NoError(t, err)
	decisions := shelf(published.Decisions(t))
	rep, err := Build(t.Context(), section, decisions)
	require.NoError(t, err)

	assert.Len(t, rep.References, len(decisions), "it cites every decision")
	checkNumbering(t, rep)
	assert.Equal(t, rep.Checks.Citations, rep.Checks.Verdicts[OK])
	assert.InDelta(t, 1, rep.Checks.Recall, 0)
	assert.InDelta(t, 1, rep.Checks.Precision, 0)
	assert.Equal(t, analyse.Decided, rep.Findings[0].Status)
	assert.Equal(t, form, skeleton(markdownOf(t, rep)))
	for _, f := range rep.Findings {
		for _, s := range f.Statements {
			assert.NotEmpty(t, s.Citations, s.Text)
		}
	}
	t.Logf("%d citations, recall %.2f, precision %.2f, %d findings", rep.Checks.Citations, rep.Checks.Recall, rep.Checks.Precision, len(rep.Findings))

	v, err := Verify(t.Context(), rep, decisions)
	require.NoError(t, err)
	assert.Empty(t, v.Stale)
}
