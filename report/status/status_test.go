package status

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/themis-go/themis/report/stage"
)

func TestOfSteps(t *testing.T) {
	day := func(n int) time.Time { return time.Date(2021, 1, n, 0, 0, 0, 0, time.UTC) }
	tests := []struct {
		name  string
		steps []Step
		want  Status
	}{
		{"none", nil, None},
		{"a note", []Step{{Stage: stage.Noted}}, Announced},
		{"advice", []Step{{Stage: stage.Advice}}, Announced},
		{"other", []Step{{Stage: stage.Other}}, Announced},
		{"principle", []Step{{Stage: stage.Noted}, {Stage: stage.PrincipleSecond}}, InPrinciple},
		{"decided", []Step{{Stage: stage.Principle, Date: day(1)}, {Stage: stage.Promulgated, Date: day(2)}}, Decided},
		{"people appointed", []Step{{Stage: stage.Appointed}}, Decided},
		{"funded", []Step{{Stage: stage.Funded}, {Stage: stage.Definitive}}, Funded},
		{"changed after", []Step{{stage.Definitive, day(1), 1}, {stage.Amended, day(2), 1}}, Changed},
		{"changed before", []Step{{stage.Definitive, day(2), 1}, {stage.Amended, day(1), 1}}, Decided},
		{"changed and decided anew", []Step{{stage.Definitive, day(1), 1}, {stage.Amended, day(2), 1}, {stage.Principle, day(3), 1}}, Decided},
		{"another was changed", []Step{{stage.Definitive, day(1), 1}, {stage.Amended, day(2), 2}}, Decided},
		{"only changed", []Step{{Stage: stage.Amended}}, Changed},
	}
	for _, tt := range tests {
		assert.Equal(t, tt.want, OfSteps(tt.steps), tt.name)
	}
}

func TestOrder(t *testing.T) {
	all := All()
	require.Len(t, all, 6)
	for i := 1; i < len(all); i++ {
		assert.Positive(t, Compare(all[i-1], all[i]))
		assert.Equal(t, all[i-1], Furthest(all[i], all[i-1]))
	}
	assert.Zero(t, Compare(Status("unheard of"), None))
}

func TestVerdict(t *testing.T) {
	v := Verdict{Outcome: Kept, By: "A. Onderzoeker", Source: "https://example.org/onderzoek"}
	require.NoError(t, v.Valid())
	require.ErrorContains(t, Verdict{Outcome: "gedeeltelijk"}.Valid(), "none of")
	require.ErrorContains(t, Verdict{Outcome: Broken, Source: "x"}.Valid(), "name")
	require.ErrorContains(t, Verdict{Outcome: Broken, By: "x"}.Valid(), "source")
}
