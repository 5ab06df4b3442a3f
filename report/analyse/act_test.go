package analyse

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/themis-go/themis/internal/dutch"
)

func TestParseAct(t *testing.T) {
	const date = "3 juni 2022"
	for in, want := range map[string]string{
		"De Vlaamse Regering keurt het besluit goed.":                                            "Op " + date + " keurde de Vlaamse Regering het besluit goed.",
		"De Vlaamse Regering hecht nu ook haar definitieve goedkeuring aan het plan .":           "Op " + date + " hechtte de Vlaamse Regering haar definitieve goedkeuring aan het plan.",
		"De Vlaamse regering kent 5 miljoen euro toe en reserveert daarvoor middelen.":           "Op " + date + " kende de Vlaamse Regering 5 miljoen euro toe en reserveerde daarvoor middelen.",
		"De Vlaamse Regering keurt een besluit goed dat de zorg- en welzijnsregels wijzigt.":     "Op " + date + " keurde de Vlaamse Regering een besluit goed dat de zorg- en welzijnsregels wijzigt.",
		"Na advies van de Raad van State keurt de Vlaamse Regering het plan definitief goed.":    "Na advies van de Raad van State keurde de Vlaamse Regering op " + date + " het plan definitief goed.",
		"Daarom keurt de Vlaamse Regering het plan goed.":                                        "Op " + date + " keurde de Vlaamse Regering het plan goed.",
		"In uitvoering hiervan keurt de Vlaamse Regering het plan goed.":                         "Op " + date + " keurde de Vlaamse Regering het plan goed.",
		"De Vlaamse Regering keurt daarom, na advies van de SERV, het plan goed.":                "Op " + date + " keurde de Vlaamse Regering na advies van de SERV het plan goed.",
		"De Vlaamse Regering keurt het plan goed dat dit regelt, en neemt kennis van de raming.": "Op " + date + " keurde de Vlaamse Regering het plan goed dat dit regelt, en nam kennis van de raming.",
		"De Vlaamse Regering past het besluit aan.":                                              "Op " + date + " paste de Vlaamse Regering het besluit aan.",
		"De Vlaamse Regering keurt het ontwerp van convenant 227.":                               "", // was cut before "goed"
		"De Vlaamse Regering hechtte eerder haar goedkeuring aan het plan.":                      "",
		"De Vlaamse Regering besliste eind maart 2021 over het plan.":                            "",
		"De Vlaamse Regering beslist in april 2021 over het plan.":                               "",
		"De Vlaamse Regering wil gezinnen ondersteunen.":                                         "",
		"De Vlaamse Regering keurt het besluit goed dat hun deelname regelt.":                    "", // whose?
		"De Vlaamse Regering keurt het besluit goed dat gemeenten en hun besturen helpt.":        "Op " + date + " keurde de Vlaamse Regering het besluit goed dat gemeenten en hun besturen helpt.",
		"De minister keurt het plan goed.":                                                       "",
		"De Vlaamse Regering keurt het plan goed":                                                "", // not a sentence
		"Zij vond het goed: dat keurt de Vlaamse Regering goed.":                                 "",
	} {
		d := decision("X", day(2022, 6, 3), "Titel", "", in)
		a, ok := parseAct(d, dutch.Span{Start: 0, End: len(in)})
		if want == "" {
			assert.False(t, ok, "%s\n%s", in, a.words)
			continue
		}
		require.True(t, ok, in)
		assert.Equal(t, want, a.words)
	}
}

func TestActIsTheSentenceThatTellsTheStage(t *testing.T) {
	d := decision("X", day(2022, 6, 3), "Ontwerpbesluit premies", "",
		"De Vlaamse Regering wijzigt de naam van het fonds.\nNa advies van de Raad van State hecht de Vlaamse Regering haar definitieve goedkeuring aan het besluit over de premies.")
	a, ok := actOf(evidenceOf(d)[0])
	require.True(t, ok)
	assert.Contains(t, a.words, "definitieve goedkeuring")
}

func TestObject(t *testing.T) {
	for _, test := range []struct{ title, subtitle, want string }{
		{"Huurpremie", "Voorontwerp van decreet over de huurpremie", "het voorontwerp van decreet over de huurpremie"},
		{"Conceptnota woonbeleid", "", "de conceptnota woonbeleid"},
		{"VAPH-programma", "", "het VAPH-programma"},
		{"Stand van “zaken”.", "", "“Stand van ‘zaken’”"},
		{"Twee plannen", "A. Ontwerpbesluit: een\nB. Ontwerpbesluit: twee", "“Twee plannen”"},
	} {
		got, _ := object(evidenceOf(decision("X", day(2022, 6, 3), test.title, test.subtitle, ""))[0])
		assert.Equal(t, test.want, got)
	}
}

func TestDate(t *testing.T) {
	assert.Equal(t, "3 juni 2022", Date(day(2022, 6, 3)))
	assert.Equal(t, "a, b en c", enumerate([]string{"a", "b", "c"}))
	assert.Empty(t, enumerate(nil))
}

func TestTells(t *testing.T) {
	assert.True(t, tells("Op 3 juni keurde de regering het plan voor woonloketten goed.", "Plan woonloketten"))
	assert.False(t, tells("Op 3 juni kende de regering 400.000 euro subsidie toe.", "Boeren op een Kruispunt vzw: begeleiding van veehouders"))
	assert.False(t, tells("Op 3 juni hechtte de regering haar goedkeuring aan het decreet dat deze aanpassingen regelt.", "Wijziging decreet lokaal cultuurbeleid"))
}
