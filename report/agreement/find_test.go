package agreement

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const findLines = `{"path":["1 — Onderwijs","1.1 Uitdagingen en visie"],"text":"a"}
{"path":["1 — Onderwijs","1.2 Voorstellen","1.2.1 Kwaliteit"],"text":"b"}
{"path":["1 — Onderwijs","1.2 Voorstellen","1.2.2 Leerkrachten & coördinatie"],"text":"c"}
{"path":["2 — Wonen","2.1 Uitdagingen en visie"],"text":"d"}
{"path":["2 — Wonen","1.2.1 Kwaliteit"],"text":"e"}
`

func TestFind(t *testing.T) {
	a, err := Read(strings.NewReader(findLines), JSONLines)
	require.NoError(t, err)
	for query, want := range map[string][]string{
		"Leerkrachten":                         {"c"},
		"leerkrachten coordinatie":             {"c"},
		"LEERKR":                               {"c"},
		"1.2.2":                                {"c"},
		"1.2.2.":                               {"c"},
		"1.2.2 Leerkrachten":                   {"c"},
		"1.2.1":                                {"b", "e"},
		"1.2.1 Wonen":                          {"e"},
		"kwaliteit wonen":                      {"e"},
		"Uitdagingen en visie":                 {"a", "d"},
		"1.2":                                  {"b", "c"},
		"2":                                    {"d", "e"},
		"2_—_Wonen_-_2.1_Uitdagingen_en_visie": {"d"},
		"2_—_Wonen__-_2.1_Uitdagingen_en__visie": {"d"},
		"wonen-2-1-uitdagingen-en-visie":         {"d"},
		"Defensie":                               nil,
		"9.9":                                    nil,
		"":                                       nil,
	} {
		var got []string
		for _, s := range a.Find(query) {
			got = append(got, s.Text)
		}
		assert.Equal(t, want, got, query)
	}
}

func TestSectionErrors(t *testing.T) {
	a, err := Read(strings.NewReader(findLines), JSONLines)
	require.NoError(t, err)

	_, err = a.Section("Defensie")
	require.ErrorIs(t, err, ErrNotFound)
	assert.NotErrorIs(t, err, ErrAmbiguous)

	_, err = a.Section("1.2.1")
	require.ErrorIs(t, err, ErrAmbiguous)
	var query *QueryError
	require.ErrorAs(t, err, &query)
	assert.Len(t, query.Candidates, 2)
	assert.ErrorContains(t, err, "“1 — Onderwijs › 1.2 Voorstellen › 1.2.1 Kwaliteit”; “2 — Wonen › 1.2.1 Kwaliteit”")
	assert.NotContains(t, err.Error(), "\n")
}

func TestFindHeadingWithIntroduction(t *testing.T) {
	a, err := Read(strings.NewReader("# 1 Wonen\n\n## 1.1 Huren\n\nInleiding.\n\n### 1.1.1 Premie\n\nTekst.\n\n### 1.1.2 Leeg\n"), Markdown)
	require.NoError(t, err)
	assert.Len(t, a.Sections, 1)
	s, err := a.Section("1.1")
	require.NoError(t, err)
	assert.Equal(t, "Inleiding.", s.Text)
	s, err = a.Section("Wonen")
	require.ErrorIs(t, err, ErrAmbiguous, "the introduction and the section below it")
	assert.Nil(t, s)
}

func TestFold(t *testing.T) {
	assert.Equal(t, "cafe o o i systeem", Fold("  Café, O&O&I-systeem."))
	assert.Equal(t, "", Fold("— …"))
}
