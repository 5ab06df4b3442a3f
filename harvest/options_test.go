package harvest

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/themis-go/themis/rdf"
)

func TestDates(t *testing.T) {
	midnight := time.Date(2023, 3, 26, 0, 0, 0, 0, time.UTC) // the day on which summer time begins
	c, err := newConfig([]Option{Since(midnight), Until(midnight)})
	require.NoError(t, err)
	assert.Equal(t, "2023-03-25T23:00:00Z", c.since.UTC().Format(time.RFC3339))
	assert.Equal(t, "2023-03-26T22:00:00Z", c.until.UTC().Format(time.RFC3339), "a day of 23 hours")
	assert.True(t, c.wanted(Meeting{Start: time.Date(2023, 3, 25, 23, 0, 0, 0, time.UTC)}))
	assert.False(t, c.wanted(Meeting{Start: time.Date(2023, 3, 26, 22, 0, 0, 0, time.UTC)}))
	late, err := newConfig([]Option{Since(time.Date(2023, 6, 1, 22, 30, 0, 0, time.UTC))})
	require.NoError(t, err)
	assert.Equal(t, "2023-06-01T22:00:00Z", late.since.UTC().Format(time.RFC3339), "the 2nd in Brussels")
	open, err := newConfig([]Option{Since(time.Time{}), Until(time.Time{})})
	require.NoError(t, err)
	assert.False(t, open.dated())
}

func TestWrongOptions(t *testing.T) {
	for name, opts := range map[string][]Option{
		"dates":       {Since(time.Date(2024, 1, 2, 0, 0, 0, 0, time.UTC)), Until(time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC))},
		"page":        {PageSize(0)},
		"concurrency": {Concurrency(0)},
		"rate":        {Rate(-1)},
	} {
		_, err := newConfig(opts)
		assert.ErrorIs(t, err, ErrOptions, name)
	}
}

func TestPace(t *testing.T) {
	local := &config{}
	assert.Zero(t, newPace(local, "http://127.0.0.1:8890/sparql").every)
	assert.Zero(t, newPace(local, "http://localhost/sparql").every)
	assert.Equal(t, 500*time.Millisecond, newPace(local, "https://themis.vlaanderen.be/sparql").every)
	assert.Equal(t, 100*time.Millisecond, newPace(&config{rate: 10, rateSet: true}, "http://127.0.0.1/").every)
	assert.Zero(t, newPace(&config{rateSet: true}, "https://themis.vlaanderen.be/sparql").every)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	p := &pace{every: time.Hour}
	require.ErrorIs(t, p.wait(ctx), context.Canceled)
}

func TestCutInto(t *testing.T) {
	subjects := make([]subject, 0, 10)
	for i := range 10 {
		subjects = append(subjects, subject{iri: rdf.MustIRI("urn:" + string(rune('a'+i))), triples: int64(i)})
	}
	parts := cutInto("c", "", subjects, 9)
	var sizes []int64
	after := ""
	for _, p := range parts {
		assert.Equal(t, after, p.after)
		after = p.subjects[len(p.subjects)-1].iri.String()
		sizes = append(sizes, p.triples())
	}
	assert.Equal(t, []int64{6, 9, 6, 7, 8, 9}, sizes, "a subject is never divided")
	assert.Empty(t, cutInto("", "", nil, 9))
}

func TestCounts(t *testing.T) {
	classes := []count{{"http://example.org/A", 1, 2}, {"http://example.org/B", 3, 4}}
	got, total := parseCounts(formatCounts(classes, 9))
	assert.Equal(t, classes, got)
	assert.Equal(t, int64(9), total)
	got, total = parseCounts("")
	assert.Empty(t, got)
	assert.Zero(t, total)
	now := []count{{"http://example.org/B", 3, 5}, {"http://example.org/C", 1, 1}}
	assert.Equal(t, []count{{class: "http://example.org/A"}, now[0], now[1]}, changedCounts(classes, now))
}

func TestCompletenessText(t *testing.T) {
	assert.Equal(t, "complete", Complete{}.String())
	p := Partial{Reasons: []Reason{{"a", "x"}, {"b", "y"}, {"c", "z"}, {"d", "w"}}}
	assert.Equal(t, "partial: a: x; b: y; c: z; and 1 more", p.String())
	assert.Equal(t, Completeness(Complete{}), Manifest{Complete: true}.Completeness())
}
