package analyse

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"github.com/themis-go/themis/harvest"
	"github.com/themis-go/themis/report/agreement"
	"github.com/themis-go/themis/report/stage"
)

// Evidence is a decision that a retriever found for a section.
type Evidence struct {
	Decision harvest.Decision
	Stage    stage.Result
	// Score is the retriever's; only the order matters.
	Score float64
	// Dossier is the same positive number for the successive steps of one
	// measure; 0 where unknown.
	Dossier int
	// Promises are indexes of the promises the decision bears on: empty for
	// none, nil where the retriever does not tell.
	Promises []int
}

// Promise is one commitment of a section, in the agreement's own words.
type Promise struct {
	Text string
	// Start and End are where Text stands in the section's text, in bytes.
	Start, End int
}

// Input is what an analyst works on.
type Input struct {
	Section  *agreement.Section
	Promises []Promise
	// Evidence is in order of relevance, best first.
	Evidence []Evidence
}

// Analyst derives findings from evidence. It must not claim what no decision
// says: each statement carries citations. The same input gives the same
// analysis, as far as that is in the analyst's power.
type Analyst interface {
	// Name tells which analyst it is and which version, for the report's method.
	Name() string
	// Analyse returns findings in the order in which they are to be read. No
	// evidence gives an analysis without findings, not an error.
	Analyse(ctx context.Context, in Input) (*Analysis, error)
}

// Analysis is what an analyst found.
type Analysis struct {
	Findings   []Finding
	Conclusion []Statement
	// Model is the language model that was used, if any.
	Model string
	// Struck counts what was taken out of a model's answer.
	Struck Struck
	// Usage is what a model's answers cost.
	Usage Usage
}

// Struck counts what had to be taken out of an analyst's answer because it did
// not hold.
type Struck struct {
	UnknownReferences int `json:"unknownReferences"` // markers that name no decision
	Unsupported       int `json:"unsupported"`       // statements that what they cite does not support
	Uncited           int `json:"uncited"`           // statements without a citation
	InventedURIs      int `json:"inventedUris"`      // addresses that are no decision's
}

// Usage is what was asked of a language model.
type Usage struct {
	Requests     int `json:"requests"` // answered by the server, not from the cache
	Cached       int `json:"cached"`
	InputTokens  int `json:"inputTokens"`
	OutputTokens int `json:"outputTokens"`
}

// Finding is one measure: the successive decisions about one subject, and what
// they say.
type Finding struct {
	// Measure names it in the words of the latest decision's title.
	Measure string
	// Promises are indexes of the promises that it bears on; none where it
	// bears on the section as a whole.
	Promises []int
	// Stage is the furthest step taken.
	Stage stage.Stage
	// Decisions are the URIs of the steps by date, earliest first.
	Decisions []string
	// First and Last are the dates of the first and the last step.
	First, Last time.Time
	Statements  []Statement
}

// Statement is one sentence, or a few that belong together, with what supports
// it. A conclusion may hold statements that nothing was found, which cite nothing.
type Statement struct {
	Text      string
	Citations []Citation
	// Counts tells that the statement counts the report's own findings: its
	// citations show which, and are not expected to say it.
	Counts bool
}

// byDate orders evidence by the day of the meeting, then by place on the
// agenda, then by URI.
func byDate(list []Evidence) {
	slices.SortStableFunc(list, func(a, b Evidence) int {
		return cmp.Or(
			a.Decision.Date().Compare(b.Decision.Date()),
			cmp.Compare(a.Decision.AgendaItem.Position, b.Decision.AgendaItem.Position),
			strings.Compare(a.Decision.URI.String(), b.Decision.URI.String()),
		)
	})
}
