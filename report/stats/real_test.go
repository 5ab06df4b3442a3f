package stats

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/themis-go/themis/internal/realdata"
)

// TestRealDecisions checks figures that can be counted by hand in the published
// data of 2019 to 2024.
func TestRealDecisions(t *testing.T) {
	all := realdata.Stream(realdata.Decisions(t))
	kinds, err := Count(all, ByKind())
	require.NoError(t, err)
	assert.Equal(t, 3101, kinds.Decisions)
	assert.Equal(t, 2887, kinds.Rows[0].Decisions)
	assert.Equal(t, 214, kinds.Rows[1].Decisions)
	years, err := Over(all, ByMinister(), Year)
	require.NoError(t, err)
	assert.Equal(t, []string{"2019", "2020", "2021", "2022", "2023", "2024"}, years.Periods)
	assert.Equal(t, "Zuhal Demir", years.Lines[0].Class.Label)
	durations, err := TimeToApproval(all)
	require.NoError(t, err)
	s := durations.Spread()
	assert.Greater(t, s.N, 100)
	assert.Greater(t, s.Median, 30)
	assert.Less(t, s.Median, 365)
	t.Logf("%d finished, %d pending, %d unstarted, %+v", durations.Finished, durations.Pending, durations.Unstarted, s)
}

func BenchmarkTimeToApproval(b *testing.B) {
	all := realdata.Decisions(b)
	for b.Loop() {
		if _, err := TimeToApproval(realdata.Stream(all)); err != nil {
			b.Fatal(err)
		}
	}
}
