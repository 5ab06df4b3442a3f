// Package stage tells which step of the procedure a decision of the
// government takes: announced, noted, approved in principle, advice asked,
// definitively approved, submitted to parliament, promulgated, funded,
// appointed, amended.
//
// It reads the decision's own words. [Of] looks for the sentence in which the
// government acts now ("hecht haar principiële goedkeuring", "kent een subsidie
// toe") and leaves aside what is only recalled ("na principiële goedkeuring in
// mei") or foreseen ("wordt daarna definitief goedgekeurd"). The words that
// decided are in the result, so that a reader can check it.
package stage

import (
	"fmt"
)

// Stage is a step of the procedure. Stages are ordered: of two steps that one
// decision takes, the greater is the further one.
type Stage int

// The stages, in order. From Funded on they stand beside the way of a
// regulation from draft to law.
const (
	// Other is none of the stages below: an opinion on a federal bill, the
	// start of a planning procedure, or words that tell nothing.
	Other Stage = iota
	// Announced: a communication tells what is going to happen.
	Announced
	// Noted: notice is taken of a note, vision, report, plan or answer.
	Noted
	// Advice: a draft is approved and advice on it is asked, with no word on
	// whether that is in principle.
	Advice
	// Principle: approved in principle for the first time.
	Principle
	// PrincipleSecond: approved in principle again, mostly after advice.
	PrincipleSecond
	// PrincipleThird: approved in principle for the third time.
	PrincipleThird
	// Definitive: approved with nothing left for the government to approve.
	Definitive
	// Parliament: a draft decree is submitted to the Flemish Parliament.
	Parliament
	// Promulgated: a decree that parliament has passed is ratified and promulgated.
	Promulgated
	// Funded: money is granted, reserved or moved to a purpose.
	Funded
	// Appointed: people are appointed, dismissed, put forward or designated.
	Appointed
	// Amended: an earlier decision is withdrawn, ended, corrected or prolonged.
	Amended
)

var stages = [...]struct{ name, label string }{
	Other:           {"other", "andere"},
	Announced:       {"announced", "aangekondigd"},
	Noted:           {"noted", "kennisgenomen"},
	Advice:          {"advice", "advies gevraagd"},
	Principle:       {"principle", "principieel goedgekeurd"},
	PrincipleSecond: {"principle2", "opnieuw principieel goedgekeurd"},
	PrincipleThird:  {"principle3", "voor de derde keer principieel goedgekeurd"},
	Definitive:      {"definitive", "definitief goedgekeurd"},
	Parliament:      {"parliament", "ingediend bij het Vlaams Parlement"},
	Promulgated:     {"promulgated", "bekrachtigd en afgekondigd"},
	Funded:          {"funded", "middelen toegekend"},
	Appointed:       {"appointed", "personen aangesteld"},
	Amended:         {"amended", "gewijzigd of ingetrokken"},
}

// All returns every stage in order.
func All() []Stage {
	all := make([]Stage, len(stages))
	for i := range all {
		all[i] = Stage(i)
	}
	return all
}

// String is the English name in lower case, as [Parse] reads it.
func (s Stage) String() string {
	if s < 0 || int(s) >= len(stages) {
		return fmt.Sprintf("stage(%d)", int(s))
	}
	return stages[s].name
}

// Label is the Dutch name for readers, as in "definitief goedgekeurd".
func (s Stage) Label() string {
	if s < 0 || int(s) >= len(stages) {
		return stages[Other].label
	}
	return stages[s].label
}

// Binding tells whether the government has bound itself: definitively
// approved, or beyond, or money granted.
func (s Stage) Binding() bool {
	return s == Definitive || s == Parliament || s == Promulgated || s == Funded
}

// InPrinciple tells whether the stage is one of the approvals in principle.
func (s Stage) InPrinciple() bool {
	return s == Principle || s == PrincipleSecond || s == PrincipleThird
}

// MarshalText writes the name.
func (s Stage) MarshalText() ([]byte, error) {
	if s < 0 || int(s) >= len(stages) {
		return nil, fmt.Errorf("stage %d: no such stage", int(s))
	}
	return []byte(s.String()), nil
}

// UnmarshalText reads a name.
func (s *Stage) UnmarshalText(text []byte) error {
	parsed, err := Parse(string(text))
	if err != nil {
		return err
	}
	*s = parsed
	return nil
}

// Parse returns the stage of a name such as "principle2".
func Parse(name string) (Stage, error) {
	for i := range stages {
		if stages[i].name == name {
			return Stage(i), nil
		}
	}
	return Other, fmt.Errorf("stage %q is unknown; the names are those of stage.All()", name)
}
