package rdf

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Package time reads the common part of xsd:dateTime: both must agree there.
func FuzzParseTime(f *testing.F) {
	for _, s := range []string{"2020-02-29T23:59:59.999+02:00", "2020-02-29", "2020-02", "-0044", "2020-01-01T24:00:00Z", "2020-05:00"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		ours, err := parseTime(s, nil)
		if err != nil {
			require.ErrorIs(t, err, ErrValue)
			return
		}
		require.Equal(t, time.UTC, ours.Location())
		if theirs, err := time.Parse(time.RFC3339Nano, s); err == nil {
			require.True(t, theirs.Equal(ours), "%v %v", theirs, ours)
		}
	})
}

func TestParseTimeInZone(t *testing.T) {
	brussels, err := time.LoadLocation("Europe/Brussels")
	require.NoError(t, err)
	for s, want := range map[string]string{
		"2020-01-15T10:00:00":       "2020-01-15T09:00:00Z",
		"2020-07-15T10:00:00":       "2020-07-15T08:00:00Z",
		"2020-07-15T10:00:00Z":      "2020-07-15T10:00:00Z",
		"2020-03-29T02:30:00":       "2020-03-29T01:30:00Z", // skipped that night
		"2020-07-15":                "2020-07-14T22:00:00Z",
		"2020-07-15T10:00:00-00:30": "2020-07-15T10:30:00Z",
	} {
		got, err := parseTime(s, brussels)
		require.NoError(t, err, s)
		assert.Equal(t, want, got.Format(time.RFC3339), s)
	}
}

func TestDurationsThereAndBack(t *testing.T) {
	for _, d := range []time.Duration{1, -1, time.Nanosecond * 100, time.Second, -90 * time.Minute, 36 * time.Hour, 1<<63 - 1} {
		g, err := Marshal(box[*time.Duration]{&d})
		require.NoError(t, err)
		for triple := range g.All() {
			got, err := Decode[box[time.Duration]](g, triple.Subj)
			require.NoError(t, err, "%v", triple.Obj)
			assert.Equal(t, d, got.Value)
		}
	}
}
