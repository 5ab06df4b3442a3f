package retrieve

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/themis-go/themis/report/stage"
)

func TestStatusOf(t *testing.T) {
	day := func(n int) time.Time { return time.Date(2021, 1, n, 0, 0, 0, 0, time.UTC) }
	tests := []struct {
		name string
		hits []Hit
		want Status
	}{
		{"none", nil, NoneFound},
		{"a note", []Hit{{Stage: stage.Noted}}, Announced},
		{"advice", []Hit{{Stage: stage.Advice}}, Announced},
		{"other", []Hit{{Stage: stage.Other}}, Announced},
		{"principle", []Hit{{Stage: stage.Noted}, {Stage: stage.PrincipleSecond}}, InPrinciple},
		{"decided", []Hit{{Stage: stage.Principle, Date: day(1)}, {Stage: stage.Promulgated, Date: day(2)}}, Decided},
		{"funded", []Hit{{Stage: stage.Funded}, {Stage: stage.Definitive}}, Funded},
		{"changed after", []Hit{{Stage: stage.Definitive, Date: day(1), Dossier: 1}, {Stage: stage.Amended, Date: day(2), Dossier: 1}}, Changed},
		{"changed before", []Hit{{Stage: stage.Definitive, Date: day(2), Dossier: 1}, {Stage: stage.Amended, Date: day(1), Dossier: 1}}, Decided},
		{"another was changed", []Hit{{Stage: stage.Definitive, Date: day(1), Dossier: 1}, {Stage: stage.Amended, Date: day(2), Dossier: 2}}, Decided},
		{"only changed", []Hit{{Stage: stage.Amended}}, Changed},
	}
	for _, tt := range tests {
		assert.Equal(t, tt.want, StatusOf(tt.hits), tt.name)
	}
	assert.Equal(t, "definitief beslist", Decided.Label())
	assert.Equal(t, "decided", Decided.String())
	assert.Equal(t, "status(99)", Status(99).String())
	assert.Equal(t, NoneFound.Label(), Status(-1).Label())
	text, err := Funded.MarshalText()
	require.NoError(t, err)
	assert.Equal(t, "funded", string(text))
}

func TestVerdict(t *testing.T) {
	v := Verdict{Outcome: Kept, By: "A. Onderzoeker", Source: "https://example.org/onderzoek"}
	require.NoError(t, v.Valid())
	require.ErrorContains(t, Verdict{Outcome: "gedeeltelijk"}.Valid(), "none of")
	require.ErrorContains(t, Verdict{Outcome: Broken, Source: "x"}.Valid(), "name")
	require.ErrorContains(t, Verdict{Outcome: Broken, By: "x"}.Valid(), "source")
}
