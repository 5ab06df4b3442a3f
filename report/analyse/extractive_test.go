package analyse

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/themis-go/themis/harvest"
	"github.com/themis-go/themis/internal/realdata"
	"github.com/themis-go/themis/rdf"
	"github.com/themis-go/themis/report/agreement"
	"github.com/themis-go/themis/report/internal/published"
	"github.com/themis-go/themis/report/stage"
)

var update = flag.Bool("update", false, "write the golden files anew")

func day(y, m, d int) time.Time {
	return time.Date(y, time.Month(m), d, 9, 0, 0, 0, harvest.Brussels).UTC()
}

func decision(id string, date time.Time, title, subtitle, text string, ministers ...harvest.Minister) harvest.Decision {
	return harvest.Decision{
		URI: rdf.MustIRI("http://themis.vlaanderen.be/id/nieuwsbericht/" + id), Title: title, Subtitle: subtitle, Text: text,
		Kind: harvest.Nota, Meeting: harvest.MeetingRef{Start: date}, Ministers: ministers,
	}
}

var (
	peeters = harvest.Minister{GivenName: "An", FamilyName: "Peeters", Title: "Vlaams minister van Wonen"}
	janssen = harvest.Minister{GivenName: "Jo", FamilyName: "Janssen", Title: "Vlaams minister van Begroting"}
)

// housing is a measure of three steps, a grant, and a note without text.
func housing() []harvest.Decision {
	note := decision("E", day(2022, 11, 18), "Stand van zaken woonloketten", "", "", janssen)
	note.Kind = harvest.Mededeling
	return []harvest.Decision{
		decision("C", day(2022, 6, 3), "Ontwerpdecreet huurpremie", "Ontwerpdecreet over de huurpremie voor gezinnen",
			"De huurmarkt staat onder druk.\nNa advies van de Raad van State hecht de Vlaamse Regering nu ook haar definitieve goedkeuring aan het ontwerpdecreet over de huurpremie voor gezinnen.\nHet ontwerpdecreet voorziet in een hogere huurpremie voor gezinnen met kinderen.\nHet ontwerpdecreet wordt nu ingediend bij het Vlaams Parlement.", peeters),
		decision("A", day(2021, 11, 19), "Voorontwerp van decreet huurpremie", "Voorontwerp van decreet over de huurpremie voor gezinnen",
			"De Vlaamse Regering keurt het voorontwerp van decreet over de huurpremie voor gezinnen principieel goed.", peeters),
		decision("B", day(2022, 3, 4), "Voorontwerp van decreet huurpremie", "Voorontwerp van decreet over de huurpremie voor gezinnen",
			"Na advies van de SERV keurt de Vlaamse Regering het voorontwerp van decreet over de huurpremie voor gezinnen opnieuw principieel goed.", janssen),
		decision("D", day(2022, 9, 9), "Subsidie woonloketten", "",
			"De Vlaamse Regering kent een subsidie van 302.000 euro toe aan de steden en gemeenten en reserveert hiervoor middelen op de begroting.", peeters, janssen),
		note,
	}
}

func housingInput() Input {
	section := &agreement.Section{Number: "4.2", Title: "Huren", Text: "We verhogen de huurpremie voor gezinnen met kinderen.\nElke gemeente krijgt een woonloket.\nWe schaffen de verkooprechten af."}
	var promises []Promise
	at := 0
	for _, line := range strings.Split(section.Text, "\n") {
		promises = append(promises, Promise{Text: line, Start: at, End: at + len(line)})
		at += len(line) + 1
	}
	return Input{Section: section, Promises: promises, Evidence: evidenceOf(housing()...)}
}

func printed(a *Analysis) string {
	var b strings.Builder
	for i, f := range a.Findings {
		fmt.Fprintf(&b, "%d. %s [%s; promises %v; %s – %s]\n", i+1, f.Measure, f.Stage, f.Promises, f.First.Format(time.DateOnly), f.Last.Format(time.DateOnly))
		for _, s := range f.Statements {
			printStatement(&b, s)
		}
	}
	b.WriteString("Conclusion\n")
	for _, s := range a.Conclusion {
		printStatement(&b, s)
	}
	return b.String()
}

func printStatement(b *strings.Builder, s Statement) {
	fmt.Fprintf(b, "   %s\n", s.Text)
	for _, c := range s.Citations {
		fmt.Fprintf(b, "      %s %s[%d:%d] %q\n", c.URI[strings.LastIndex(c.URI, "/")+1:], c.Field, c.Start, c.End, c.Quote)
	}
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		require.NoError(t, os.WriteFile(path, []byte(got), 0o644))
	}
	want, err := os.ReadFile(path)
	require.NoError(t, err, "run the test with -update to write it")
	assert.Equal(t, string(want), got)
}

func TestExtractive(t *testing.T) {
	in := housingInput()
	a, err := Extractive().Analyse(context.Background(), in)
	require.NoError(t, err)
	golden(t, "housing.golden", printed(a))

	again, err := Extractive().Analyse(context.Background(), in)
	require.NoError(t, err)
	assert.Equal(t, a, again, "the same input gives the same analysis")
	checkHolds(t, in, a)

	one, err := Extractive(MaxFindings(1)).Analyse(context.Background(), in)
	require.NoError(t, err)
	assert.Len(t, one.Findings, 1)
}

// checkHolds checks that every statement is cited, every citation quotes
// exactly, and every statement is supported by what it cites.
func checkHolds(t *testing.T, in Input, a *Analysis) {
	t.Helper()
	byURI := map[string]harvest.Decision{}
	for _, e := range in.Evidence {
		byURI[e.Decision.URI.String()] = e.Decision
	}
	for _, f := range a.Findings {
		require.NotEmpty(t, f.Statements, f.Measure)
		for _, s := range f.Statements {
			require.NotEmpty(t, s.Citations, s.Text)
			var sources []string
			for _, c := range s.Citations {
				d, ok := byURI[c.URI]
				require.True(t, ok, c.URI)
				require.NoError(t, c.Check(d))
				sources = append(sources, c.Quote, Record(d), d.Title)
			}
			assert.True(t, Supported(s.Text, sources...), "%.2f %s\n%v", Support(s.Text, sources...), s.Text, sources)
		}
	}
}

func TestExtractiveNothing(t *testing.T) {
	a, err := Extractive().Analyse(context.Background(), Input{Section: &agreement.Section{Title: "Huren", Text: "Iets."}})
	require.NoError(t, err)
	assert.Empty(t, a.Findings)
	require.Len(t, a.Conclusion, 1)
	assert.Empty(t, a.Conclusion[0].Citations)
}

func TestExtractiveReal(t *testing.T) {
	section, err := realdata.Agreement(t).Section("Preventie van radicalisering")
	require.NoError(t, err)
	in := Input{Section: section, Evidence: evidenceOf(published.Decisions(t)...)}
	a, err := Extractive().Analyse(context.Background(), in)
	require.NoError(t, err)
	checkHolds(t, in, a)
	assert.Len(t, a.Findings, 8, "thirteen decisions about eight measures")
	assert.Equal(t, stage.Parliament, a.Findings[0].Stage)
	assert.Len(t, a.Findings[0].Decisions, 3)
	assert.Len(t, a.Findings[1].Decisions, 4)
}

// TestExtractiveRealDecisions checks decisions by themselves, every fifth of
// the corpus: nothing that is written about one may be more than it says.
func TestExtractiveRealDecisions(t *testing.T) {
	all := realdata.Decisions(t)
	supported, total, acts := 0, 0, 0
	for i := 0; i < len(all); i += 5 {
		d := all[i]
		in := Input{Section: &agreement.Section{Title: "x", Text: "y"}, Evidence: evidenceOf(d)}
		a, err := Extractive().Analyse(context.Background(), in)
		require.NoError(t, err, d.URI)
		require.Len(t, a.Findings, 1)
		if _, ok := actOf(in.Evidence[0]); ok {
			acts++
		}
		for _, s := range a.Findings[0].Statements {
			total++
			var sources []string
			for _, c := range s.Citations {
				require.NoError(t, c.Check(d), d.URI)
				sources = append(sources, c.Quote, Record(d), d.Title)
			}
			if Supported(s.Text, sources...) {
				supported++
			} else if total-supported < 5 {
				t.Logf("unsupported: %.2f %s", Support(s.Text, sources...), s.Text)
			}
		}
	}
	t.Logf("%d decisions, %d with a sentence in which the government acts; %d of %d statements supported", (len(all)+4)/5, acts, supported, total)
	assert.Greater(t, float64(supported), 0.99*float64(total))
}
