package analyse

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/themis-go/themis/harvest"
	"github.com/themis-go/themis/internal/dutch"
	"github.com/themis-go/themis/internal/realdata"
	"github.com/themis-go/themis/report/agreement"
	"github.com/themis-go/themis/report/internal/fixture"
	"github.com/themis-go/themis/report/internal/golden"
	"github.com/themis-go/themis/report/internal/published"
	"github.com/themis-go/themis/report/stage"
)

// The made-up decisions, by short names.
var (
	day      = fixture.Day
	decision = fixture.Decision
	housing  = fixture.Housing
	peeters  = fixture.Peeters
	janssen  = fixture.Janssen
)

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

func TestExtractive(t *testing.T) {
	in := housingInput()
	a, err := Extractive().Analyse(context.Background(), in)
	require.NoError(t, err)
	golden.Check(t, "housing.golden", printed(a))

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

// TestContentStandsAlone checks which sentences may say what a measure contains.
func TestContentStandsAlone(t *testing.T) {
	w := writer{wanted: stems("huurpremie gezinnen gemeenten")}
	for text, want := range map[string]bool{
		"Het ontwerpdecreet voorziet in een hogere huurpremie voor gezinnen met kinderen.":           true,
		"Gezinnen met een laag inkomen krijgen een hogere huurpremie van de gemeenten.":              true,
		"Voor deze groep gezinnen wordt ook de instroom in de huurpremie stopgezet.":                 false,
		"In de praktijk blijkt echter dat gezinnen een hogere huurpremie kunnen gebruiken.":          false,
		"Op 3 juni 2021 keurde de Vlaamse Regering de huurpremie voor gezinnen goed.":                false,
		"Zodoende krijgen gezinnen een hogere huurpremie van de gemeenten waar ze wonen.":            false,
		"Over dit besluit over de huurpremie wordt nog onderhandeld met de sociale partners.":        false,
		"In uitvoering daarvan wijzigt de Vlaamse Regering principieel de huurpremie voor gezinnen.": false,
	} {
		e := evidenceOf(decision("X", day(2022, 6, 3), "Huurpremie", "", text))[0]
		assert.Equal(t, want, w.score(e, act{}, dutch.Span{Start: 0, End: len(text)}, 0) > 0, text)
	}
	assert.True(t, tells("Op 3 juni 2022 keurde de Vlaamse Regering de oproep goed voor de pool die lokale besturen helpt.", "Oproep ‘Pool ter ondersteuning van lokale besturen’"), "a relative pronoun points to nothing before")
}

// TestLeadNamesItsMeasure checks that a sentence that points to others gives
// way to one that names what was decided.
func TestLeadNamesItsMeasure(t *testing.T) {
	w := writer{titled: map[string]bool{}}
	e := evidenceOf(decision("X", day(2022, 6, 3), "Registratie van paardencarrousels", "",
		"De Vlaamse Regering hecht haar definitieve goedkeuring aan het besluit dat deze procedure regelt."))
	s, err := w.lead(e)
	require.NoError(t, err)
	assert.Equal(t, "Op 3 juni 2022 keurde de Vlaamse Regering “Registratie van paardencarrousels” definitief goed.", s.Text)
	assert.Len(t, s.Citations, 2, "the title and the sentence that tells the stage")
}

func TestAboutPromises(t *testing.T) {
	three := make([]Promise, 3)
	tests := []struct {
		promises []Promise
		findings []Finding
		want     string
	}{
		{three[:1], []Finding{{}}, "Voor de enige afspraak in deze sectie werd geen beslissing gevonden. Dat"},
		{three[:1], []Finding{{Promises: []int{0}}}, "Voor de enige afspraak in deze sectie werd minstens één beslissing gevonden."},
		{three, []Finding{{}}, "Voor geen van de drie afspraken in deze sectie afzonderlijk werd een beslissing gevonden. Dat"},
		{three, []Finding{{Promises: []int{0, 1}}}, "Voor twee van de drie afspraken in deze sectie werd minstens één beslissing gevonden; voor één niet. Dat"},
		{three, []Finding{{Promises: []int{0, 1, 2}}}, "Voor elke afspraak in deze sectie werd minstens één beslissing gevonden."},
	}
	for _, tt := range tests {
		got := aboutPromises(tt.promises, tt.findings)
		require.Len(t, got, 1)
		assert.True(t, strings.HasPrefix(got[0].Text, tt.want), got[0].Text)
	}
	assert.Empty(t, aboutPromises(nil, nil))
}
