package analyse

import (
	"github.com/themis-go/themis/report/stage"
	"github.com/themis-go/themis/report/status"
)

// Status tells how far the decisions that were found go, see package status.
type Status = status.Status

// The statuses, as in package status.
const (
	NothingFound = status.None
	Announced    = status.Announced
	Changed      = status.Changed
	InPrinciple  = status.InPrinciple
	Decided      = status.Decided
	Funded       = status.Funded
)

// Statuses returns every status, the furthest first.
func Statuses() []Status { return status.All() }

// StatusOf tells how far a stage goes.
func StatusOf(s stage.Stage) Status { return status.Of(s) }

// StatusOfFinding tells how far the decisions of a finding go, by their stages
// and dates in the evidence; where that holds none of them, by the finding's
// own stage.
func StatusOfFinding(in Input, f Finding) Status {
	var steps []status.Step
	for _, uri := range f.Decisions {
		for _, e := range in.Evidence {
			if e.Decision.URI.String() == uri {
				steps = append(steps, status.Step{Stage: e.Stage.Stage, Date: e.Decision.Date()})
				break
			}
		}
	}
	if len(steps) == 0 {
		return status.Of(f.Stage)
	}
	return status.OfSteps(steps)
}

// Furthest returns the further of two statuses.
func Furthest(a, b Status) Status { return status.Furthest(a, b) }
