package analyse

import "github.com/themis-go/themis/report/stage"

// Status tells how far the decisions that were found go. It is a statement
// about the archive, not about the world: a promise without a decision may be
// kept in another way.
type Status string

// The statuses, from none to decided.
const (
	// NothingFound: no decision in the archive bears on it.
	NothingFound Status = "none"
	// Mentioned: announced, noted, amended or otherwise treated.
	Mentioned Status = "mentioned"
	// Underway: approved in principle, or advice asked.
	Underway Status = "underway"
	// Decided: approved definitively, promulgated, or money granted.
	Decided Status = "decided"
)

// Statuses lists them from decided to none, the order in which they are shown.
var statuses = [...]Status{Decided, Underway, Mentioned, NothingFound}

// Statuses returns every status, the furthest first.
func Statuses() []Status { return statuses[:] }

// StatusOf tells how far a stage goes.
func StatusOf(s stage.Stage) Status {
	switch {
	case s.Binding() || s == stage.Appointed:
		return Decided
	case s.InPrinciple() || s == stage.Advice:
		return Underway
	}
	return Mentioned
}

// rank orders statuses from none to decided.
func (s Status) rank() int {
	for i, t := range statuses {
		if s == t {
			return len(statuses) - 1 - i
		}
	}
	return 0
}

// Furthest returns the further of two statuses.
func Furthest(a, b Status) Status {
	if b.rank() > a.rank() {
		return b
	}
	return a
}
