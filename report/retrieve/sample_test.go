package retrieve

import (
	"fmt"
	"testing"
	"time"

	"github.com/themis-go/themis/harvest"
	"github.com/themis-go/themis/report/agreement"
)

// sample is a small corpus of decisions made for tests: two steps of one
// measure on the rent of homes, their relatives, and other things.
func sample(tb testing.TB) []harvest.Decision {
	tb.Helper()
	rows := []struct{ title, subtitle, text, date, portfolio string }{
		{
			"Huurpremie voor kwetsbare huurders", "Voorontwerp van besluit van de Vlaamse Regering over de huurpremie",
			"De Vlaamse Regering hecht haar principiële goedkeuring aan het besluit over de huurpremie. Kwetsbare huurders op de private huurmarkt krijgen een premie. Over dit besluit wordt het advies ingewonnen van de Raad van State.",
			"2021-03-05", "Vlaams minister van Wonen",
		},
		{
			"Huurpremie voor kwetsbare huurders", "Ontwerpbesluit van de Vlaamse Regering over de huurpremie",
			"Na advies van de Raad van State keurt de Vlaamse Regering definitief het besluit goed over de huurpremie voor kwetsbare huurders op de private huurmarkt.",
			"2021-07-09", "Vlaams minister van Wonen",
		},
		{
			"Sociale huisvestingsmaatschappijen: woonmaatschappijen", "",
			"De Vlaamse Regering keurt de vorming van woonmaatschappijen goed. De huisvestingsmaatschappij en het verhuurkantoor gaan samen in de woonmaatschappij.",
			"2020-10-30", "Vlaams minister van Wonen",
		},
		{
			"Fietssnelwegen: projectsubsidie aan de provincies", "Ontwerpbesluit tot toekenning van een projectsubsidie",
			"De Vlaamse Regering kent een projectsubsidie van 10 miljoen euro toe aan de provincies voor fietssnelwegen.",
			"2022-05-13", "Vlaams minister van Mobiliteit",
		},
		{
			"Verkeersveiligheid rond scholen", "",
			"De Vlaamse Regering keurt het reglement goed voor veilige schoolroutes. Gemeenten krijgen een subsidie per veilige route.",
			"2022-06-24", "Vlaams minister van Mobiliteit",
		},
		{
			"Erkenning van woonzorgcentra", "Voorontwerp van besluit",
			"De Vlaamse Regering wijzigt principieel het besluit over de erkenning van woonzorgcentra en de zorgverleners.",
			"2023-01-20", "Vlaams minister van Welzijn",
		},
		{
			"Subsidies voor huurdersbonden", "Ontwerpbesluit tot toekenning van subsidies",
			"De Vlaamse Regering kent 2 miljoen euro subsidies toe aan de huurdersbonden, voor de begeleiding van huurders.",
			"2023-02-10", "Vlaams minister van Wonen",
		},
	}
	var out []harvest.Decision
	for i, r := range rows {
		start, err := time.Parse(time.DateOnly, r.date)
		if err != nil {
			tb.Fatal(err)
		}
		out = append(out, harvest.Decision{
			URI: iri(tb, fmt.Sprintf("%snieuwsbericht/%d", base, i)), Title: r.title, Subtitle: r.subtitle, Text: r.text, Kind: harvest.Nota,
			Meeting:   harvest.MeetingRef{URI: iri(tb, fmt.Sprintf("%svergaderactiviteit/%d", base, i)), Start: start.Add(9 * time.Hour)},
			Ministers: []harvest.Minister{{Mandatee: iri(tb, base+"mandataris/"+fmt.Sprint(len(r.portfolio))), Title: r.portfolio}},
		})
	}
	return out
}

// renting is a section that goes with the sample.
func renting() *agreement.Section {
	chapter := &agreement.Section{Number: "4", Title: "Wonen", Path: []string{"4 — Wonen"}, Level: 1}
	s := &agreement.Section{
		Key: "4-2", Number: "4.2", Title: "Huurmarkt", Path: []string{"4 — Wonen", "4.2 Huurmarkt"}, Level: 2, Parent: chapter,
		Text: "Vandaag is huren duur. We voeren een huurpremie in voor kwetsbare huurders op de private huurmarkt. " +
			"Er komen meer veilige fietssnelwegen. De sterrenkijkers krijgen een eigen planetarium en we bouwen een telescoop.",
	}
	chapter.Children = []*agreement.Section{s}
	return s
}
