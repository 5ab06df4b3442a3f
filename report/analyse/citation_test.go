package analyse

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestCite(t *testing.T) {
	d := housing()[0]
	c, err := Cite(d, InText, 3, 12)
	require.NoError(t, err)
	assert.Equal(t, d.Text[3:12], c.Quote)
	require.NoError(t, c.Check(d))
	for _, bad := range [][2]int{{-1, 3}, {3, 3}, {5, 3}, {0, 1 << 20}} {
		_, err := Cite(d, InText, bad[0], bad[1])
		require.ErrorIs(t, err, ErrQuote)
	}
	_, err = Cite(d, Field("onzin"), 0, 1)
	require.ErrorIs(t, err, ErrQuote)
}

func TestCheck(t *testing.T) {
	d := housing()[0]
	c, err := Cite(d, InText, 0, 30)
	require.NoError(t, err)

	changed := d
	changed.Text += " Meer."
	require.ErrorIs(t, c.Check(changed), ErrChanged)

	other := d
	other.Text = "Iets anders."
	require.ErrorIs(t, c.Check(other), ErrQuote)

	moved := c
	moved.Start, moved.End = 1, 31
	require.ErrorIs(t, moved.Check(d), ErrQuote)

	empty := c
	empty.Quote = ""
	require.ErrorIs(t, empty.Check(d), ErrQuote)

	record, err := Cite(d, InRecord, 0, len(Record(d)))
	require.NoError(t, err)
	without := d
	without.Ministers = nil
	require.Error(t, record.Check(without), "the minister is no longer in the record")
}

func TestRecord(t *testing.T) {
	assert.Equal(t, "Vlaamse Regering, vergadering van 3 juni 2022\nAn Peeters, Vlaams minister van Wonen", Record(housing()[0]))
}
