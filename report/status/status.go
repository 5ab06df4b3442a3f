// Package status says how far the decisions that were found about a promise or
// a measure go. It is a statement about the evidence, not about the world: a
// promise without a decision may be kept in another way. Whether one was kept
// is for people to say, see [Verdict].
package status

import (
	"time"

	"github.com/themis-go/themis/report/stage"
)

// Status tells how far decisions go.
type Status string

// The statuses, from nothing to money.
const (
	// None: no decision was found.
	None Status = "none"
	// Announced: announced, noted, submitted for advice or otherwise treated.
	Announced Status = "announced"
	// Changed: the last step withdrew, ended or amended what was decided.
	Changed Status = "changed"
	// InPrinciple: approved in principle.
	InPrinciple Status = "principle"
	// Decided: approved definitively, submitted to parliament, promulgated, or
	// people appointed.
	Decided Status = "decided"
	// Funded: money was granted.
	Funded Status = "funded"
)

// order lists the statuses, the furthest first.
var order = [...]Status{Funded, Decided, InPrinciple, Changed, Announced, None}

// All returns every status, the furthest first.
func All() []Status { return order[:] }

// Of tells how far one stage goes.
func Of(s stage.Stage) Status {
	switch {
	case s == stage.Funded:
		return Funded
	case s.Binding() || s == stage.Appointed:
		return Decided
	case s.InPrinciple():
		return InPrinciple
	case s == stage.Amended:
		return Changed
	}
	return Announced
}

// Step is one decision about a measure.
type Step struct {
	Stage stage.Stage
	// Date is the day of the decision; the zero time where unknown.
	Date time.Time
	// Measure is the same number for the steps of one measure.
	Measure int
}

// OfSteps tells how far steps go: the furthest of any measure, or Changed where
// the latest step of the measure that went furthest withdrew or amended it.
func OfSteps(steps []Step) Status {
	best, at := None, 0
	for i, s := range steps {
		if x := Of(s.Stage); x.rank() > best.rank() {
			best, at = x, i
		}
	}
	var last time.Time
	for _, s := range steps {
		if s.Measure != steps[at].Measure || s.Date.Before(last) {
			continue
		}
		last = s.Date
		if Of(s.Stage) == Changed {
			best = Changed
		} else if best == Changed {
			best = furthestOf(steps, s.Measure)
		}
	}
	return best
}

// furthestOf is the furthest step of one measure.
func furthestOf(steps []Step, measure int) Status {
	best := None
	for _, s := range steps {
		if s.Measure == measure {
			best = Furthest(best, Of(s.Stage))
		}
	}
	return best
}

// rank orders statuses from none to funded.
func (s Status) rank() int {
	for i, t := range order {
		if s == t {
			return len(order) - 1 - i
		}
	}
	return 0
}

// Compare is negative where a goes less far than b, positive where it goes
// further, and zero where they are the same.
func Compare(a, b Status) int { return a.rank() - b.rank() }

// Furthest returns the further of two statuses.
func Furthest(a, b Status) Status {
	if b.rank() > a.rank() {
		return b
	}
	return a
}
