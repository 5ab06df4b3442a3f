package site

import (
	"context"
	"fmt"
	"iter"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/themis-go/themis/harvest"
	"github.com/themis-go/themis/internal/dutch"
	"github.com/themis-go/themis/rdf"
	"github.com/themis-go/themis/report"
	"github.com/themis-go/themis/report/agreement"
	"github.com/themis-go/themis/report/analyse"
)

// shelf is a corpus in which a section finds the decisions whose titles share a
// word with one of its sentences; each sentence is a promise.
type shelf []harvest.Decision

func (s shelf) stream() iter.Seq2[harvest.Decision, error] {
	return func(yield func(harvest.Decision, error) bool) {
		for _, d := range s {
			if !yield(d, nil) {
				return
			}
		}
	}
}

func (s shelf) Decision(_ context.Context, uri string) (harvest.Decision, error) {
	for _, d := range s {
		if d.URI.String() == uri {
			return d, nil
		}
	}
	return harvest.Decision{}, report.ErrUnknownDecision
}

func (s shelf) Find(_ context.Context, section *agreement.Section) (report.Found, error) {
	found := report.Found{Ranker: "test/1"}
	at := 0
	for _, line := range strings.SplitAfter(section.Text, "\n") {
		if text := strings.TrimSpace(line); text != "" {
			found.Promises = append(found.Promises, analyse.Promise{Text: text, Start: at, End: at + len(text)})
		}
		at += len(line)
	}
	for _, d := range s {
		e := analyse.Evidence{Decision: d}
		for i, p := range found.Promises {
			if shares(p.Text, d.Title) {
				e.Promises = append(e.Promises, i)
			}
		}
		if e.Promises != nil {
			found.Evidence = append(found.Evidence, e)
		}
	}
	return found, nil
}

func shares(a, b string) bool {
	in := map[string]bool{}
	for _, t := range dutch.Analyse(a) {
		in[t.Stem] = !dutch.IsStop(t.Text) && !dutch.IsOfficialese(t.Stem) && len(t.Stem) > 4
	}
	for _, t := range dutch.Analyse(b) {
		if in[t.Stem] {
			return true
		}
	}
	return false
}

func (s shelf) report(opts ...report.Option) func(context.Context, *agreement.Section) (*report.Report, error) {
	return func(ctx context.Context, section *agreement.Section) (*report.Report, error) {
		return report.Build(ctx, section, s, opts...)
	}
}

var (
	an = harvest.Minister{Person: rdf.MustIRI("http://example.org/persoon/an"), GivenName: "An", FamilyName: "Peeters", Title: "Vlaams minister van Wonen"}
	jo = harvest.Minister{Person: rdf.MustIRI("http://example.org/persoon/jo"), GivenName: "Jo", FamilyName: "Janssen", Title: "Vlaams minister van Mobiliteit"}
)

func decided(id string, date time.Time, title, text string, themes []string, ministers ...harvest.Minister) harvest.Decision {
	d := harvest.Decision{
		URI: rdf.MustIRI("http://themis.vlaanderen.be/id/nieuwsbericht/" + id), Title: title, Text: text, Kind: harvest.Nota, Ministers: ministers,
		Meeting: harvest.MeetingRef{URI: rdf.MustIRI("http://themis.vlaanderen.be/id/vergaderactiviteit/" + date.Format("20060102")), Start: date},
		Issued:  date.Add(8 * time.Hour),
	}
	for _, label := range themes {
		d.Themes = append(d.Themes, harvest.ThemeRef{URI: rdf.MustIRI("http://example.org/thema/" + strings.ToLower(label)), Label: label})
	}
	return d
}

func on(y, m, d int) time.Time {
	return time.Date(y, time.Month(m), d, 9, 0, 0, 0, harvest.Brussels).UTC()
}

// fixture are eight decisions of six meetings.
func fixture() shelf {
	list := shelf{
		decided("A", on(2020, 11, 20), "Voorontwerp van decreet huurpremie", "De Vlaamse Regering keurt het voorontwerp van decreet over de huurpremie voor gezinnen principieel goed.", []string{"Wonen"}, an),
		decided("B", on(2021, 3, 5), "Ontwerpdecreet huurpremie", "De Vlaamse Regering hecht haar definitieve goedkeuring aan het ontwerpdecreet over de huurpremie voor gezinnen.", []string{"Wonen"}, an),
		decided("C", on(2021, 3, 5), "Fietssnelweg langs het kanaal", "De Vlaamse Regering kent een subsidie van 4.500.000 euro toe voor de fietssnelweg langs het kanaal.", []string{"Mobiliteit", "Wonen"}, jo, an),
		decided("D", on(2021, 10, 1), "Subsidie woonloketten", "De Vlaamse Regering kent een subsidie van 302.000 euro toe aan de gemeenten voor woonloketten.", []string{"Wonen"}, an),
		decided("E", on(2022, 2, 4), "Fietspaden in schoolomgevingen", "De Vlaamse Regering neemt kennis van de stand van zaken van de fietspaden in schoolomgevingen.", []string{"Mobiliteit"}, jo),
		decided("F", on(2022, 6, 3), "Voorontwerp van decreet basisbereikbaarheid", "De Vlaamse Regering keurt het voorontwerp van decreet over de basisbereikbaarheid principieel goed.", []string{"Mobiliteit"}, jo),
		decided("G", on(2023, 9, 8), "Ontwerpbesluit woonkwaliteit", "De Vlaamse Regering hecht haar definitieve goedkeuring aan het ontwerpbesluit over de woonkwaliteit.", []string{"Wonen"}, an),
	}
	list[3].Documents = []harvest.Document{{URI: rdf.MustIRI("http://example.org/stuk/1"), Title: "VR 2021 0110 DOC.0001 Woonloketten"}}
	list = append(list, harvest.Decision{URI: rdf.MustIRI("http://themis.vlaanderen.be/id/resource/H"), Title: "Mededeling zonder vergadering", Kind: harvest.Mededeling})
	return list
}

const agreementText = `# Regeerakkoord 2020-2025

## 1 — Wonen

We willen dat iedereen goed woont.

### 1.1 Huren

We verhogen de huurpremie voor gezinnen.

Elke gemeente krijgt hulp voor woonloketten.

We schaffen de verkooprechten af.

### 1.2 Woonkwaliteit

We bewaken de woonkwaliteit.

## 2 — Mobiliteit

### 2.1 Fietsen

We leggen fietspaden aan in schoolomgevingen.

We bouwen een fietssnelweg.

### 2.2 Openbaar vervoer

We werken aan basisbereikbaarheid.

We onderzoeken een sneltram.
`

func agreed(t testing.TB) *agreement.Agreement {
	a, err := agreement.Read(strings.NewReader(agreementText), agreement.Markdown)
	require.NoError(t, err)
	return a
}

func manifest() *harvest.Manifest {
	return &harvest.Manifest{
		Version: 1, Source: harvest.SourceInfo{Kind: "sample"}, Ended: time.Date(2024, 1, 15, 12, 0, 0, 0, time.UTC),
		Complete: true, Decisions: 8, Triples: 123456, Digest: strings.Repeat("0123456789abcdef", 4),
	}
}

func config(t testing.TB, list shelf) Config {
	return Config{Agreement: agreed(t), Decisions: list.stream(), Report: list.report(), Manifest: manifest(), Reports: true}
}

// many are the decisions several times, under other names.
func many(list []harvest.Decision, times int) []harvest.Decision {
	out := make([]harvest.Decision, 0, len(list)*times)
	for i := range times {
		for _, d := range list {
			if i > 0 {
				d.URI = rdf.MustIRI(fmt.Sprintf("%s-%d", d.URI, i))
				d.Meeting.URI = rdf.MustIRI(fmt.Sprintf("%s-%d", d.Meeting.URI, i))
				d.Meeting.Start = d.Meeting.Start.AddDate(0, 0, i)
			}
			out = append(out, d)
		}
	}
	return out
}
