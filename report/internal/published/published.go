// Package published gives tests the report that was published in 2024, which is
// not part of the repository, and the decisions that it refers to.
package published

import (
	"os"
	"regexp"
	"testing"

	"github.com/themis-go/themis/harvest"
	"github.com/themis-go/themis/internal/realdata"
	"github.com/themis-go/themis/internal/sharedtest"
)

var reference = regexp.MustCompile(`\]\((http[^)]+)\)\*\* : \*\*\(`)

// Report returns the published report in Markdown.
func Report(tb testing.TB) string {
	tb.Helper()
	data, err := os.ReadFile(sharedtest.Path(tb, "data/reports/seed-report.md"))
	if err != nil {
		tb.Fatal(err)
	}
	return string(data)
}

// Decisions returns the decisions that it refers to, in its order.
func Decisions(tb testing.TB) []harvest.Decision {
	tb.Helper()
	byURI := map[string]harvest.Decision{}
	for _, d := range realdata.Decisions(tb) {
		byURI[d.URI.String()] = d
	}
	var out []harvest.Decision
	for _, m := range reference.FindAllStringSubmatch(Report(tb), -1) {
		d, ok := byURI[m[1]]
		if !ok {
			tb.Fatalf("the published report refers to %s, which is not in the corpus", m[1])
		}
		out = append(out, d)
	}
	return out
}
