package stage

import "regexp"

// Form is the legal form of the text that a decision is about.
type Form int

// The legal forms. NoForm is where the decision names none of them.
const (
	NoForm Form = iota
	DraftDecreePreliminary
	DraftDecree
	DraftOrderPreliminary
	DraftOrder
	Decree
	MinisterialOrder
	Agreement
	Note
)

var forms = [...]struct {
	label   string
	pattern *regexp.Regexp
}{
	NoForm:                 {"", nil},
	DraftDecreePreliminary: {"voorontwerp van decreet", regexp.MustCompile(`\bvoorontwerp van (?:\w+)?decreet\b`)},
	DraftDecree:            {"ontwerpdecreet", regexp.MustCompile(`\bontwerp(?: van (?:\w+)?)?decreet\b`)},
	DraftOrderPreliminary:  {"voorontwerp van besluit", regexp.MustCompile(`\bvoorontwerp (?:van )?(?:\w+)?besluit\b`)},
	DraftOrder:             {"ontwerpbesluit", regexp.MustCompile(`\b(?:ontwerpbesluit(?:en)?|ontwerp van (?:\w+)?besluit)\b`)},
	Decree:                 {"decreet", regexp.MustCompile(`\bbekrachtiging en afkondiging van het (?:\w+)?decreet\b`)},
	MinisterialOrder:       {"ministerieel besluit", regexp.MustCompile(`\bministeri[eë]+le? besluit(?:en)?\b`)},
	Agreement:              {"overeenkomst", regexp.MustCompile(`\b(?:\w*overeenkomst|samenwerkingsakkoord|protocol|convenant|\w+convenant|addendum)\b`)},
	Note:                   {"nota", regexp.MustCompile(`\b(?:concept|visie|start|beleids|inrichtings)nota\b`)},
}

// String is the Dutch name, empty for NoForm.
func (f Form) String() string {
	if f < 0 || int(f) >= len(forms) {
		return ""
	}
	return forms[f].label
}

// formOf finds, in fields in lower case, the form that stands first in the subtitle, else in the
// title, else in the text; on a tie the one that is listed first.
func formOf(fields [3]string) Form {
	for _, field := range [...]Field{Subtitle, Title, Text} {
		found, at := NoForm, -1
		for f := DraftDecreePreliminary; int(f) < len(forms); f++ {
			loc := forms[f].pattern.FindStringIndex(fields[field])
			if loc != nil && (at < 0 || loc[0] < at) {
				found, at = f, loc[0]
			}
		}
		if found != NoForm {
			return found
		}
	}
	return NoForm
}
