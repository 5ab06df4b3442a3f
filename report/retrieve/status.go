package retrieve

import (
	"fmt"
	"time"

	"github.com/themis-go/themis/report/stage"
)

// Status tells how far the decisions that bear on a promise go. It is a
// statement on the evidence that was found, not a verdict: see [Verdict].
type Status int

// The statuses, in order.
const (
	// NoneFound: no decision was found.
	NoneFound Status = iota
	// Announced: notes, plans and communications, and drafts on which advice
	// was asked.
	Announced
	// InPrinciple: approved in principle.
	InPrinciple
	// Decided: definitively approved, or further.
	Decided
	// Funded: money was granted or reserved.
	Funded
	// Changed: the last step withdrew, ended or amended what was decided.
	Changed
)

var statusNames = [...]struct{ name, label string }{
	NoneFound:   {"none", "geen beslissing gevonden"},
	Announced:   {"announced", "aangekondigd"},
	InPrinciple: {"principle", "principieel goedgekeurd"},
	Decided:     {"decided", "definitief beslist"},
	Funded:      {"funded", "middelen toegekend"},
	Changed:     {"changed", "gewijzigd of ingetrokken"},
}

// String is the English name.
func (s Status) String() string {
	if s < 0 || int(s) >= len(statusNames) {
		return fmt.Sprintf("status(%d)", int(s))
	}
	return statusNames[s].name
}

// Label is the Dutch name for readers.
func (s Status) Label() string {
	if s < 0 || int(s) >= len(statusNames) {
		return statusNames[NoneFound].label
	}
	return statusNames[s].label
}

// MarshalText writes the name.
func (s Status) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// StatusOf tells how far hits go: the furthest step of any of them, or Changed
// where the latest decision of that measure withdrew or amended it.
func StatusOf(hits []Hit) Status {
	best, at := NoneFound, -1
	for i, h := range hits {
		if s := statusOf(h.Stage); s > best && s != Changed {
			best, at = s, i
		}
	}
	var last time.Time
	changed := false
	for _, h := range hits {
		// What was changed is the measure that went furthest; where dossiers are
		// not known any change counts that came after.
		if at >= 0 && hits[at].Dossier != h.Dossier {
			continue
		}
		if !h.Date.Before(last) {
			last, changed = h.Date, h.Stage == stage.Amended
		}
	}
	if changed || best == NoneFound && len(hits) > 0 {
		return Changed
	}
	return best
}

func statusOf(s stage.Stage) Status {
	switch s {
	case stage.Principle, stage.PrincipleSecond, stage.PrincipleThird:
		return InPrinciple
	case stage.Definitive, stage.Parliament, stage.Promulgated, stage.Appointed:
		return Decided
	case stage.Funded:
		return Funded
	case stage.Amended:
		return Changed
	}
	return Announced
}

// Outcome is what a person finds became of a promise.
type Outcome string

// The outcomes.
const (
	Kept          Outcome = "kept"
	PartiallyKept Outcome = "partially kept"
	Broken        Outcome = "broken"
)

// Verdict is a person's judgement on a promise. Nothing in this library gives
// one; it is kept and shown with who gave it and on what ground.
type Verdict struct {
	Outcome Outcome
	By      string // who judges
	Source  string // where the ground is published, an address
	Date    time.Time
}

// Valid tells whether the verdict says who gives it and on what ground.
func (v Verdict) Valid() error {
	switch {
	case v.Outcome != Kept && v.Outcome != PartiallyKept && v.Outcome != Broken:
		return fmt.Errorf("retrieve: outcome %q is none of kept, partially kept, broken", v.Outcome)
	case v.By == "":
		return fmt.Errorf("retrieve: a verdict needs the name of who gives it")
	case v.Source == "":
		return fmt.Errorf("retrieve: a verdict needs a source")
	}
	return nil
}
