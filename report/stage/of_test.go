package stage_test

import (
	"encoding/json"
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/themis-go/themis/harvest"
	"github.com/themis-go/themis/report/stage"
)

func TestOf(t *testing.T) {
	note := func(title, subtitle, text string) harvest.Decision {
		return harvest.Decision{Kind: harvest.Nota, Title: title, Subtitle: subtitle, Text: text}
	}
	told := func(title string) harvest.Decision { return harvest.Decision{Kind: harvest.Mededeling, Title: title} }
	tests := []struct {
		d    harvest.Decision
		want stage.Stage
	}{
		{note("Huurpremie", "Voorontwerp van besluit", "De Vlaamse Regering hecht haar principiële goedkeuring aan het besluit."), stage.Principle},
		{note("Huurpremie", "", "Na advies keurt de Vlaamse Regering opnieuw principieel het besluit goed."), stage.PrincipleSecond},
		{note("Huurpremie", "", "De Vlaamse Regering keurt het besluit voor de derde keer principieel goed."), stage.PrincipleThird},
		{note("Huurpremie", "Ontwerpbesluit", "Na principiële goedkeuring in mei keurt de Vlaamse Regering definitief het besluit goed."), stage.Definitive},
		{note("Huurpremie", "", "De Vlaamse Regering keurt het besluit goed. Hierover wordt het advies ingewonnen van de Raad van State."), stage.Advice},
		{note("Huurdecreet", "Ontwerpdecreet", "De Vlaamse Regering hecht haar definitieve goedkeuring aan het ontwerpdecreet. Het wordt ingediend bij het Vlaams Parlement."), stage.Parliament},
		{note("Huurdecreet", "Bekrachtiging en afkondiging van het decreet", "De Vlaamse Regering beslist tot bekrachtiging en afkondiging van het decreet."), stage.Promulgated},
		{note("Subsidie huurdersbonden", "", "De Vlaamse Regering kent een subsidie van 2 miljoen euro toe aan de huurdersbonden."), stage.Funded},
		{note("Raad van bestuur: vervanging lid", "", "De Vlaamse Regering stelt een nieuw lid aan."), stage.Appointed},
		{note("Opzegging van het samenwerkingsakkoord", "", "De Vlaamse Regering beslist om het akkoord op te zeggen."), stage.Amended},
		{note("Conceptnota 'Wonen'", "", "De Vlaamse Regering keurt de conceptnota goed."), stage.Noted},
		{note("Jaarverslag", "", "De Vlaamse Regering neemt kennis van het verslag."), stage.Noted},
		{note("Wetsvoorstel: standpuntbepaling", "", "De Vlaamse Regering stemt in met het voorontwerp van wet."), stage.Other},
		{note("Uitvoeringsplan", "", "De Vlaamse Regering keurt het uitvoeringsplan goed."), stage.Definitive},
		{told("Conceptnota: “Wonen”"), stage.Noted},
		{told("Zending van een minister naar Parijs: programma"), stage.Announced},
		{harvest.Decision{}, stage.Other},
	}
	for _, tt := range tests {
		got := stage.Of(tt.d)
		assert.Equal(t, tt.want, got.Stage, "%s: %s", tt.d.Title, tt.d.Text)
		assert.Positive(t, got.Confidence)
		assert.LessOrEqual(t, got.Confidence, 1.0)
		fields := map[stage.Field]string{stage.Title: tt.d.Title, stage.Subtitle: tt.d.Subtitle, stage.Text: tt.d.Text}
		for _, m := range got.Matches {
			assert.Equal(t, fields[m.Field][m.Start:m.End], m.Words)
		}
	}
}

func TestForm(t *testing.T) {
	for subtitle, want := range map[string]stage.Form{
		"Voorontwerp van decreet tot wijziging":                                stage.DraftDecreePreliminary,
		"Ontwerpdecreet over wonen":                                            stage.DraftDecree,
		"Ontwerp van kaderdecreet":                                             stage.DraftDecree,
		"Voorontwerp van besluit":                                              stage.DraftOrderPreliminary,
		"Ontwerpbesluit van de Vlaamse Regering tot wijziging van het decreet": stage.DraftOrder,
		"Bekrachtiging en afkondiging van het decreet":                         stage.Decree,
		"Ontwerp van samenwerkingsovereenkomst":                                stage.Agreement,
		"Visienota":                                                            stage.Note,
		"":                                                                     stage.NoForm,
	} {
		assert.Equal(t, want, stage.Of(harvest.Decision{Subtitle: subtitle}).Form, subtitle)
	}
	assert.Equal(t, "ontwerpdecreet", stage.DraftDecree.String())
	assert.Empty(t, stage.Form(99).String())
}

func TestNames(t *testing.T) {
	for _, s := range stage.All() {
		parsed, err := stage.Parse(s.String())
		require.NoError(t, err)
		assert.Equal(t, s, parsed)
		assert.NotEmpty(t, s.Label())
		data, err := json.Marshal(s)
		require.NoError(t, err)
		var back stage.Stage
		require.NoError(t, json.Unmarshal(data, &back))
		assert.Equal(t, s, back)
	}
	_, err := stage.Parse("onbekend")
	require.ErrorContains(t, err, "unknown")
	_, err = stage.Stage(99).MarshalText()
	require.Error(t, err)
	assert.Equal(t, "stage(99)", stage.Stage(99).String())
	assert.True(t, stage.Funded.Binding())
	assert.False(t, stage.Principle.Binding())
	assert.True(t, stage.PrincipleThird.InPrinciple())
}

func FuzzOf(f *testing.F) {
	f.Add("Titel", "Ontwerpdecreet", "De Vlaamse Regering keurt principieel goed. Ze kent 2 miljoen euro toe.", "Nota")
	f.Add("İİ", "ǅ", "\xff Principiële", "Mededeling")
	f.Fuzz(func(t *testing.T, title, subtitle, text, kind string) {
		d := harvest.Decision{Title: title, Subtitle: subtitle, Text: text, Kind: harvest.Kind(kind)}
		got := stage.Of(d)
		require.Contains(t, stage.All(), got.Stage)
		fields := [...]string{title, subtitle, text}
		for _, m := range got.Matches {
			require.Equal(t, fields[m.Field][m.Start:m.End], m.Words)
		}
		require.Equal(t, got, stage.Of(d))
	})
}

func ExampleOf() {
	got := stage.Of(harvest.Decision{
		Title: "Huurpremie voor kwetsbare huurders",
		Text:  "De Vlaamse Regering hecht haar principiële goedkeuring aan het besluit.",
	})
	fmt.Println(got.Stage.Label())
	fmt.Println(got.Matches[0].Words)
	// Output:
	// principieel goedgekeurd
	// hecht haar principiële
}

func BenchmarkOf(b *testing.B) {
	d := harvest.Decision{
		Title: "Subsidie huurdersbonden", Subtitle: "Ontwerpbesluit van de Vlaamse Regering tot toekenning van een subsidie",
		Text: "De huurdersbonden begeleiden huurders. De Vlaamse Regering kent een subsidie van 2 miljoen euro toe aan de huurdersbonden. De minister voert dit uit.",
	}
	for b.Loop() {
		stage.Of(d)
	}
}
