package report

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	xhtml "golang.org/x/net/html"

	"github.com/themis-go/themis/report/analyse"
	"github.com/themis-go/themis/report/stage"
)

// manyFindings is a report with more findings than a brief page shows in full.
func manyFindings(n int) *Report {
	rep := &Report{Version: Version, Language: Dutch, Title: "Veel", Checks: Checks{Verdicts: map[Verdict]int{OK: 2 * n}, Citations: 2 * n}}
	for i := range n {
		cite := []Citation{{Reference: i, Field: analyse.InText, Quote: fmt.Sprintf("Aangehaald %d.", i), Verdict: OK}}
		rep.References = append(rep.References, Reference{
			Number: i, URI: fmt.Sprintf("http://themis.vlaanderen.be/id/nieuwsbericht/%d", i), Date: "2021-03-05",
			Title: fmt.Sprintf("Maatregel %d", i), Stage: stage.Definitive,
		})
		rep.Findings = append(rep.Findings, Finding{
			Measure: fmt.Sprintf("Maatregel %d", i), Stage: stage.Definitive, Status: analyse.StatusOf(stage.Definitive), Steps: []int{i},
			Statements: []Statement{{Text: "Een.", Citations: cite}, {Text: "Twee.", Citations: cite}, {Text: "Drie.", Citations: cite}},
		})
		rep.Conclusion = append(rep.Conclusion, Statement{Text: "Besluit.", Citations: cite})
	}
	last := n - 1
	rep.Findings[last].Promises = []int{0}
	rep.Promises = []Promise{{Text: "Wij beloven iets.", Status: analyse.StatusOf(stage.Definitive), Findings: []int{last}}}
	return rep
}

func brief(t *testing.T, rep *Report) string {
	return string(render(t, func(b *bytes.Buffer) error {
		return HTMLFragment(b, rep, LinkDecisions(func(string) string { return "../vergadering/2021-03-05.html#b-1" }))
	}))
}

func TestBriefShowsTheFirstFindingsInFull(t *testing.T) {
	const n = fullFindings + 5
	page := brief(t, manyFindings(n))
	assert.Equal(t, fullFindings, strings.Count(page, `<article class="finding"`))
	assert.Contains(t, page, fmt.Sprintf(`id="bevinding-%d"`, n), "the one of a promise is among them, though it is the last")
	assert.Equal(t, fullFindings, strings.Count(page, `<div class="quote"`), "each has its quotes in one panel")
	assert.Contains(t, page, "Nog 5 maatregelen")
	assert.NotContains(t, page, "Drie.", "what repeats the steps is left out")
	ids := briefIDs(t, page)
	for i := range n {
		assert.Equal(t, 1, ids[fmt.Sprintf("ref-%d", i)], "reference %d has one place", i)
		assert.Contains(t, page, fmt.Sprintf("Maatregel %d", i))
	}
}

func TestBriefOfFewFindings(t *testing.T) {
	page := brief(t, manyFindings(2))
	assert.NotContains(t, page, `id="meer"`)
	assert.NotContains(t, page, "Kleine stippen")
	assert.Equal(t, 2, strings.Count(page, `<article class="finding"`))
}

// TestBriefShowsWhatDoesNotHold checks that no verdict hides in a line.
func TestBriefShowsWhatDoesNotHold(t *testing.T) {
	rep := manyFindings(fullFindings + 5)
	at := fullFindings + 2
	rep.Findings[at].Statements[2].Citations = []Citation{{Reference: at, Field: analyse.InText, Quote: "Verdwenen.", Verdict: QuoteNotFound}}
	page := brief(t, rep)
	assert.Contains(t, page, fmt.Sprintf(`id="bevinding-%d"`, at+1))
	assert.Contains(t, page, "citaat niet teruggevonden")
	assert.Contains(t, page, "Verdwenen.")
}

func TestBriefOfOldReport(t *testing.T) {
	rep := manyFindings(fullFindings + 2)
	rep.Findings[fullFindings].Steps = []int{99, -1}
	rep.Promises[0].Findings = []int{55, -1}
	briefIDs(t, brief(t, rep))
}

// briefIDs counts ids, and checks that links within the page lead to one.
func briefIDs(t *testing.T, page string) map[string]int {
	root, err := xhtml.Parse(strings.NewReader(page))
	require.NoError(t, err)
	ids := map[string]int{}
	var wanted []string
	for n := range root.Descendants() {
		for _, a := range n.Attr {
			switch a.Key {
			case "id":
				ids[a.Val]++
			case "href":
				if to, ok := strings.CutPrefix(a.Val, "#"); ok {
					wanted = append(wanted, to)
				}
			case "popovertarget":
				wanted = append(wanted, a.Val)
			}
		}
	}
	for _, id := range wanted {
		assert.Equal(t, 1, ids[id], "id %s", id)
	}
	return ids
}
