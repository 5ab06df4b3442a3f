package export

import (
	"bufio"
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestJSONLines(t *testing.T) {
	var b strings.Builder
	n, err := JSONLines(&b, stream(fixture()))
	require.NoError(t, err)
	require.Equal(t, 3, n)
	golden(t, "decisions.jsonl", b.String())

	lines := bufio.NewScanner(strings.NewReader(b.String()))
	for _, d := range fixture() {
		require.True(t, lines.Scan())
		var row Row
		dec := json.NewDecoder(strings.NewReader(lines.Text()))
		dec.DisallowUnknownFields()
		require.NoError(t, dec.Decode(&row))
		require.Equal(t, NewRow(d), row)
	}
	require.False(t, lines.Scan())
}

func TestDay(t *testing.T) {
	for _, d := range []Day{0, -1, 18691, -719162, 2932896} {
		require.Equal(t, d, DayOf(d.Time()))
		text, err := d.MarshalText()
		require.NoError(t, err)
		var back Day
		require.NoError(t, back.UnmarshalText(text))
		require.Equal(t, d, back)
	}
	require.Equal(t, "2021-03-05", Day(18691).String())
	var d Day
	require.ErrorContains(t, d.UnmarshalText([]byte("5 maart")), "2021-03-05")
}

func TestOptional(t *testing.T) {
	for in, want := range map[Optional]string{"": "null", "a<b>&": `"a<b>&"`, "é\n": `"é\n"`, "\xff": `"\ufffd"`} {
		got, err := json.Marshal(struct{ V Optional }{in})
		require.NoError(t, err)
		_ = want
		var back struct{ V Optional }
		require.NoError(t, json.Unmarshal(got, &back))
		if in != "\xff" {
			require.Equal(t, in, back.V)
		}
		direct, err := in.MarshalJSON()
		require.NoError(t, err)
		require.Equal(t, want, string(direct))
	}
	var o Optional
	require.Error(t, json.Unmarshal([]byte("3"), &o))
}
