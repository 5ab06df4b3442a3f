package report

import (
	"bytes"
	"context"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/themis-go/themis/harvest"
	"github.com/themis-go/themis/rdf"
	"github.com/themis-go/themis/report/agreement"
	"github.com/themis-go/themis/report/analyse"
)

var update = flag.Bool("update", false, "write the golden files anew")

func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		require.NoError(t, os.WriteFile(path, got, 0o644))
	}
	want, err := os.ReadFile(path)
	require.NoError(t, err, "run the test with -update to write it")
	assert.Equal(t, string(want), string(got))
}

func day(y, m, d int) time.Time {
	return time.Date(y, time.Month(m), d, 9, 0, 0, 0, harvest.Brussels).UTC()
}

func iri(s string) rdf.IRI { return rdf.MustIRI(s) }

func decision(id string, date time.Time, title, subtitle, text string, ministers ...harvest.Minister) harvest.Decision {
	return harvest.Decision{
		URI: iri("http://themis.vlaanderen.be/id/nieuwsbericht/" + id), Title: title, Subtitle: subtitle, Text: text,
		Kind: harvest.Nota, Meeting: harvest.MeetingRef{Start: date}, Ministers: ministers,
		Themes: []harvest.ThemeRef{{URI: iri("http://example.org/thema/wonen"), Label: "Wonen"}},
	}
}

var (
	peeters = harvest.Minister{Person: iri("http://example.org/persoon/1"), GivenName: "An", FamilyName: "Peeters", Title: "Vlaams minister van Wonen"}
	janssen = harvest.Minister{Person: iri("http://example.org/persoon/2"), GivenName: "Jo", FamilyName: "Janssen", Title: "Vlaams minister van Begroting"}
)

// housing is a measure of three steps, a grant, and a note without text.
func housing() []harvest.Decision {
	note := decision("E", day(2022, 11, 18), "Stand van zaken woonloketten", "", "", janssen)
	note.Kind = harvest.Mededeling
	grant := decision("D", day(2022, 9, 9), "Subsidie woonloketten", "",
		"De Vlaamse Regering kent een subsidie van 302.000 euro toe aan de steden en gemeenten en reserveert hiervoor middelen op de begroting.", peeters, janssen)
	grant.Documents = []harvest.Document{{URI: iri("http://example.org/stuk/1"), Title: "VR 2022 0909 DOC.0001", TypeLabel: "Nota"}}
	return []harvest.Decision{
		decision("C", day(2022, 6, 3), "Ontwerpdecreet huurpremie", "Ontwerpdecreet over de huurpremie voor gezinnen",
			"De huurmarkt staat onder druk.\nNa advies van de Raad van State hecht de Vlaamse Regering nu ook haar definitieve goedkeuring aan het ontwerpdecreet over de huurpremie voor gezinnen.\nHet ontwerpdecreet voorziet in een hogere huurpremie voor gezinnen met kinderen.\nHet ontwerpdecreet wordt nu ingediend bij het Vlaams Parlement.", peeters),
		decision("A", day(2021, 11, 19), "Voorontwerp van decreet huurpremie", "Voorontwerp van decreet over de huurpremie voor gezinnen",
			"De Vlaamse Regering keurt het voorontwerp van decreet over de huurpremie voor gezinnen principieel goed.", peeters),
		decision("B", day(2022, 3, 4), "Voorontwerp van decreet huurpremie", "Voorontwerp van decreet over de huurpremie voor gezinnen",
			"Na advies van de SERV keurt de Vlaamse Regering het voorontwerp van decreet over de huurpremie voor gezinnen opnieuw principieel goed.", janssen),
		grant,
		note,
	}
}

// huren is the section of the tests.
func huren(t testing.TB) *agreement.Section {
	a, err := agreement.Read(strings.NewReader(
		"## 4 — Wonen\n\n### 4.2 Huren\n\nWe verhogen de huurpremie voor gezinnen met kinderen.\n\nElke gemeente krijgt een woonloket.\n\nWe schaffen de verkooprechten af.\n"), agreement.Markdown)
	require.NoError(t, err)
	s, err := a.Section("Huren")
	require.NoError(t, err)
	return s
}

// shelf is a corpus in which everything is found for every section, and each
// line of the section is a promise.
type shelf []harvest.Decision

func (s shelf) Decision(_ context.Context, uri string) (harvest.Decision, error) {
	for _, d := range s {
		if d.URI.String() == uri {
			return d, nil
		}
	}
	return harvest.Decision{}, ErrUnknownDecision
}

func (s shelf) Find(_ context.Context, section *agreement.Section) (Found, error) {
	found := Found{Ranker: "test/1", Cutoff: "all of them"}
	for i, d := range s {
		found.Evidence = append(found.Evidence, analyse.Evidence{Decision: d, Score: 1 / float64(i+1)})
	}
	at := 0
	for _, line := range strings.Split(section.Text, "\n") {
		if line != "" {
			found.Promises = append(found.Promises, analyse.Promise{Text: line, Start: at, End: at + len(line)})
		}
		at += len(line) + 1
	}
	return found, nil
}

func huurReport(t testing.TB, opts ...Option) *Report {
	rep, err := Build(context.Background(), huren(t), shelf(housing()), opts...)
	require.NoError(t, err)
	return rep
}

func render(t testing.TB, f func(*bytes.Buffer) error) []byte {
	var b bytes.Buffer
	require.NoError(t, f(&b))
	return b.Bytes()
}

func markdownOf(t testing.TB, rep *Report) string {
	return string(render(t, func(b *bytes.Buffer) error { return Markdown(b, rep) }))
}
