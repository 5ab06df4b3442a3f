package agreement

import (
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/themis-go/themis/internal/sharedtest"
)

const sampleLines = `{"key":"k1","path":["1 — Wonen ","1.1 Visie"],"number":"1.1","title":"Visie","text":"1.1 Visie We ver-beteren de wonin-gen."}
{"path":["1 — Wonen ","1.2 Huur","1.2.1 Premies"],"number":"1.2.1","title":"Premies","text":"1.2.1. Premies: We verhogen de premies."}

{"path":["2 — Dierenwelzijn"],"number":"2","title":"— Dierenwelzijn","text":"2 Dierenwelzijn Dieren voelen."}
`

func TestReadJSONLines(t *testing.T) {
	a, err := Read(strings.NewReader(sampleLines), JSONLines)
	require.NoError(t, err)
	require.Len(t, a.Sections, 3)
	require.Len(t, a.Chapters, 2)

	visie := a.Sections[0]
	assert.Equal(t, "k1", visie.Key)
	assert.Equal(t, "We verbeteren de woningen.", visie.Text)
	assert.Equal(t, []string{"1 — Wonen", "1.1 Visie"}, visie.Path)
	assert.Equal(t, 2, visie.Level)
	assert.Same(t, a.Chapters[0], visie.Parent)

	premies := a.Sections[1]
	assert.Equal(t, "1_—_Wonen_-_1.2_Huur_-_1.2.1_Premies", premies.Key)
	assert.Equal(t, "We verhogen de premies.", premies.Text)
	assert.Equal(t, "1.2", premies.Parent.Number)
	assert.Equal(t, "Huur", premies.Parent.Title)

	assert.Equal(t, "Dierenwelzijn", a.Sections[2].Title)
	assert.Equal(t, "3 Dierenwelzijn", (&Section{Number: "3", Title: "Dierenwelzijn"}).Heading())
}

func TestReadJSONLinesErrors(t *testing.T) {
	for name, test := range map[string]struct {
		in   string
		line int
	}{
		"not JSON": {"{\"path\":[\"1 A\"],\"text\":\"x\"}\nhello\n", 2},
		"no path":  {"{\"text\":\"x\"}\n", 1},
		"twice":    {"{\"path\":[\"1 A\"],\"text\":\"x\"}\n{\"path\":[\"1 A\"],\"text\":\"y\"}\n", 2},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Read(strings.NewReader(test.in), JSONLines)
			var syntax *SyntaxError
			require.ErrorAs(t, err, &syntax)
			assert.Equal(t, test.line, syntax.Line)
		})
	}
	_, err := Read(strings.NewReader(""), JSONLines)
	require.ErrorIs(t, err, ErrEmpty)
}

func TestReadRealJSONLines(t *testing.T) {
	f, err := os.Open(sharedtest.Path(t, "data/agreement.jsonl"))
	require.NoError(t, err)
	defer f.Close()
	a, err := Read(f, JSONLines)
	require.NoError(t, err)
	assert.Len(t, a.Sections, 224)

	s, err := a.Section("Preventie van radicalisering")
	require.NoError(t, err)
	assert.Equal(t, "2.2.9", s.Number)
	assert.Equal(t, "2_—_Binnenlands_bestuur_en_stedenbeleid__-_2.2_Concrete_voorstellen_-_2.2.9_Preventie_van_radicalisering", s.Key)
	assert.Equal(t, "binnenlands-2-2-9-preventie-van-radicalisering", s.Slug)
	assert.True(t, strings.HasPrefix(s.Text, "De Vlaamse regering gaat voor"), s.Text[:60])
	for _, s := range a.Sections {
		assert.NotContains(t, s.Title, "—")
		assert.False(t, strings.HasPrefix(s.Text, s.Number+" "), "%s: the heading is still in the text", s.Key)
	}
}
