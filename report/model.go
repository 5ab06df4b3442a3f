package report

import (
	"github.com/themis-go/themis/report/analyse"
	"github.com/themis-go/themis/report/stage"
)

// Version is that of the report's JSON form, described by report/schema. A
// change that old readers cannot follow raises the first number.
const Version = "1.0"

// Report is a progress report about one section of an agreement. Dates are
// days in Brussels, as YYYY-MM-DD; empty where unknown. Texts are plain.
type Report struct {
	Version  string   `json:"version"`
	Language Language `json:"language"`
	Title    string   `json:"title"`
	// Agreement is the title of the agreement; empty where unknown.
	Agreement string  `json:"agreement,omitempty"`
	Section   Section `json:"section"`
	// Introduction and Caveat frame the report; they claim nothing about decisions.
	Introduction string      `json:"introduction"`
	Promises     []Promise   `json:"promises"`
	Findings     []Finding   `json:"findings"`
	Conclusion   []Statement `json:"conclusion"`
	Caveat       string      `json:"caveat"`
	// References are numbered from 0 in the order of first citation; each is
	// cited and none is missing.
	References []Reference `json:"references"`
	Checks     Checks      `json:"checks"`
	Method     Method      `json:"method"`
}

// Section is the section of the agreement that the report is about.
type Section struct {
	Key    string   `json:"key"`
	Number string   `json:"number,omitempty"`
	Title  string   `json:"title"`
	Path   []string `json:"path"`
	Part   string   `json:"part,omitempty"`
	Text   string   `json:"text"`
}

// Heading is the number and the title.
func (s Section) Heading() string {
	if s.Number == "" {
		return s.Title
	}
	return s.Number + " " + s.Title
}

// Promise is a commitment of the section.
type Promise struct {
	// Text stands in the section's text from byte Start up to byte End.
	Text  string `json:"text"`
	Start int    `json:"start"`
	End   int    `json:"end"`
	// Status tells how far the decisions found go, not whether the promise was kept.
	Status analyse.Status `json:"status"`
	// Findings are indexes of the findings that bear on it.
	Findings []int `json:"findings"`
}

// Finding is one measure with the decisions about it.
type Finding struct {
	Measure  string         `json:"measure"`
	Promises []int          `json:"promises"` // indexes
	Stage    stage.Stage    `json:"stage"`
	Status   analyse.Status `json:"status"`
	First    string         `json:"first"`
	Last     string         `json:"last"`
	// Steps are the numbers of the references of the measure, by date.
	Steps      []int       `json:"steps"`
	Statements []Statement `json:"statements"`
}

// Statement is a sentence with its citations. One without citations says that
// nothing was found.
type Statement struct {
	Text      string     `json:"text"`
	Citations []Citation `json:"citations"`
	// Counts tells that the statement counts the report's own findings: its
	// citations show which, and are not expected to say it.
	Counts bool `json:"counts,omitempty"`
}

// Citation is a quote that supports a statement.
type Citation struct {
	Reference int           `json:"reference"` // its number
	Field     analyse.Field `json:"field"`
	// Quote stands in the field's text from byte Start up to byte End; Digest
	// is the SHA-256 of that whole text.
	Quote   string  `json:"quote"`
	Start   int     `json:"start"`
	End     int     `json:"end"`
	Digest  string  `json:"digest"`
	Verdict Verdict `json:"verdict"`
}

// Reference is a decision that the report cites.
type Reference struct {
	Number   int    `json:"number"`
	URI      string `json:"uri"`
	Date     string `json:"date"`
	Title    string `json:"title"`
	Subtitle string `json:"subtitle,omitempty"`
	// Opening is the beginning of the decision's text.
	Opening    string      `json:"opening,omitempty"`
	Kind       string      `json:"kind,omitempty"` // of agenda item: Nota or Mededeling
	Stage      stage.Stage `json:"stage"`
	StageWords []string    `json:"stageWords,omitempty"` // the words that tell the stage
	Ministers  []Minister  `json:"ministers"`
	Themes     []Theme     `json:"themes"`
	Documents  []Document  `json:"documents"`
}

// Minister is a minister in charge, with the title at the time.
type Minister struct {
	URI   string `json:"uri,omitempty"` // of the person, else of the mandatee
	Name  string `json:"name"`
	Title string `json:"title,omitempty"`
}

// Theme is a policy theme.
type Theme struct {
	URI   string `json:"uri"`
	Label string `json:"label,omitempty"`
}

// Document is an attachment of a decision.
type Document struct {
	URI   string `json:"uri"`
	Title string `json:"title"`
	Type  string `json:"type,omitempty"`
}

// Method tells how the report was made.
type Method struct {
	Ranker    string         `json:"ranker,omitempty"`
	Analyst   string         `json:"analyst"`
	Model     string         `json:"model,omitempty"`
	Support   string         `json:"support"` // the measure behind Checks
	Retrieved int            `json:"retrieved"`
	Cutoff    string         `json:"cutoff,omitempty"` // why no more decisions were looked at
	Struck    analyse.Struck `json:"struck"`
	Usage     analyse.Usage  `json:"usage"`
	Archive   *Archive       `json:"archive,omitempty"`
	// Generated is the time given by the caller, RFC 3339; empty otherwise.
	Generated string `json:"generated,omitempty"`
}

// Archive names the data that the report was made from.
type Archive struct {
	Source    string `json:"source,omitempty"`
	Decisions int    `json:"decisions,omitempty"`
	From      string `json:"from,omitempty"`
	Until     string `json:"until,omitempty"`
	Harvested string `json:"harvested,omitempty"` // RFC 3339
	Digest    string `json:"digest,omitempty"`
}

// Checks is the result of checking every citation.
type Checks struct {
	Citations int             `json:"citations"`
	Verdicts  map[Verdict]int `json:"verdicts"`
	// Recall is the share of statements that what they cite supports;
	// Precision the share of citations that their statement needs or that
	// support it by themselves. Both are 1 where there is nothing to check.
	// Statements that count findings are left out.
	Recall    float64 `json:"recall"`
	Precision float64 `json:"precision"`
}

// Reference returns the reference with this number, and whether there is one.
func (r *Report) Reference(number int) (Reference, bool) {
	if number < 0 || number >= len(r.References) {
		return Reference{}, false
	}
	return r.References[number], true
}
