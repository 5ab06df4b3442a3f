package status

import (
	"errors"
	"fmt"
	"time"
)

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
		return fmt.Errorf("status: outcome %q is none of kept, partially kept, broken", v.Outcome)
	case v.By == "":
		return errors.New("status: a verdict needs the name of who gives it")
	case v.Source == "":
		return errors.New("status: a verdict needs a source")
	}
	return nil
}
