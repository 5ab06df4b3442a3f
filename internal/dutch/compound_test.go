package dutch

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/themis-go/themis/internal/htmltext"
	"github.com/themis-go/themis/internal/sharedtest"
)

func TestSplit(t *testing.T) {
	v := NewVocabulary(strings.Repeat(`radicalisering preventie subsidie project beleid kind opvang infrastructuur
		erfgoed landbouw zorg verlener bouw onder wijs `, 3))
	s := NewSplitter(v)
	tests := []struct{ in, want string }{
		{"radicaliseringspreventie", "radicalisering preventie"},
		{"Projectsubsidie", "project subsidie"},
		{"beleidsproject", "beleid project"},
		{"kinderopvang", "kind opvang"},
		{"erfgoedinfrastructuur", "erfgoed infrastructuur"},
		{"zorgverlener", "zorg verlener"},
		{"onderwijs", ""},
		{"radicalisering", ""},
		{"kort", ""},
		{"O&O&I-systeem", ""},
		{"", ""},
		{strings.Repeat("zorg", 20), ""},
	}
	for _, tt := range tests {
		assert.Equal(t, tt.want, strings.Join(s.Split(tt.in), " "), tt.in)
	}
	again := NewVocabulary()
	for w, n := range s.Words() {
		again.AddWord(w, n)
	}
	assert.Equal(t, s, NewSplitter(again), "the words make the same splitter")
}

// TestCompoundsGolden holds the error rate over words drawn from real texts.
func TestCompoundsGolden(t *testing.T) {
	s := NewSplitter(newsVocabulary(t))
	rows := goldenRows(t, "testdata/compounds.txt")
	require.GreaterOrEqual(t, len(rows), 200)
	wrong := 0
	for _, row := range rows {
		if got := strings.Join(s.Split(row[0]), " "); got != row[1] {
			t.Logf("%s: got %q, want %q", row[0], got, row[1])
			wrong++
		}
	}
	t.Logf("%d words, %d wrong: %.2f %%", len(rows), wrong, 100*float64(wrong)/float64(len(rows)))
	assert.Less(t, float64(wrong)/float64(len(rows)), 0.02)
}

func newsVocabulary(t *testing.T) *Vocabulary {
	t.Helper()
	f, err := os.Open(sharedtest.Path(t, "data/newsitems.jsonl"))
	require.NoError(t, err)
	defer f.Close()
	v := NewVocabulary()
	for dec := json.NewDecoder(f); dec.More(); {
		var item struct {
			Title, AlternativeTitle string
			HTMLContent             any
		}
		require.NoError(t, dec.Decode(&item))
		v.Add(item.Title)
		v.Add(item.AlternativeTitle)
		if html, ok := item.HTMLContent.(string); ok {
			v.Add(htmltext.Text(html))
		}
	}
	return v
}

func FuzzSplit(f *testing.F) {
	s := NewSplitter(NewVocabulary(strings.Repeat("subsidie project beleid zorg bouw ", 3)))
	f.Add("projectsubsidiebeleid")
	f.Add("zorgsbouw")
	f.Fuzz(func(t *testing.T, word string) {
		if parts := s.Split(word); parts != nil {
			require.GreaterOrEqual(t, len(parts), 2)
			require.LessOrEqual(t, len(strings.Join(parts, "")), len(Fold(word)))
		}
	})
}

func ExampleSplitter_Split() {
	v := NewVocabulary("preventie van radicalisering", "radicalisering en preventie")
	fmt.Println(NewSplitter(v).Split("radicaliseringspreventie"))
	// Output: [radicalisering preventie]
}
