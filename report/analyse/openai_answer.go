package analyse

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/themis-go/themis/harvest"
	"github.com/themis-go/themis/report/stage"
)

type answerCitation struct {
	Decision int    `json:"decision"`
	Quote    string `json:"quote"`
}

type answerStatement struct {
	Text      string           `json:"text"`
	Citations []answerCitation `json:"citations"`
}

type answerFinding struct {
	Measure    string            `json:"measure"`
	Promises   []int             `json:"promises"`
	Statements []answerStatement `json:"statements"`
}

type mapAnswer struct {
	Findings []answerFinding `json:"findings"`
}

type reduceAnswer struct {
	Conclusion []answerStatement `json:"conclusion"`
}

func parseMap(content string) (mapAnswer, error) {
	var a mapAnswer
	return a, parse(content, &a)
}

func parseReduce(content string) (reduceAnswer, error) {
	var a reduceAnswer
	return a, parse(content, &a)
}

// parse reads the JSON object in an answer, which may stand in a fence or
// between words.
func parse(content string, v any) error {
	from, to := strings.IndexByte(content, '{'), strings.LastIndexByte(content, '}')
	if from < 0 || to < from {
		return fmt.Errorf("no JSON object in it: %w", ErrAnswer)
	}
	if err := json.Unmarshal([]byte(content[from:to+1]), v); err != nil {
		return fmt.Errorf("%v: %w", err, ErrAnswer)
	}
	return nil
}

// maxStatement is the number of letters beyond which a statement is cut off: a
// sentence or two, not an essay.
const maxStatement = 700

// verifier turns what a model says into statements that hold.
type verifier struct {
	in     Input
	struck *Struck
}

// draft is a finding before its decisions are put in order.
type draft struct {
	measure    string
	promises   []int
	statements []Statement
}

func (v *verifier) draft(f answerFinding, shown []int) draft {
	measure, _ := Markers(v.withoutAddresses(f.Measure))
	d := draft{measure: plain(measure, 240)}
	for _, p := range f.Promises {
		if p >= 0 && p < len(v.in.Promises) && !slices.Contains(d.promises, p) {
			d.promises = append(d.promises, p)
		}
	}
	slices.Sort(d.promises)
	for _, s := range f.Statements {
		if st, ok := v.statement(s, shown); ok {
			d.statements = append(d.statements, st)
		}
	}
	return d
}

var addresses = regexp.MustCompile(`(?i)\b(?:https?|ftp|javascript|data|file):\S+|\bwww\.\S+`)

// statement checks a statement of the model against the decisions that it was
// shown. References that are none, addresses, and statements that what they
// cite does not support are struck and counted.
func (v *verifier) statement(s answerStatement, shown []int) (Statement, bool) {
	text := v.withoutAddresses(s.Text)
	text, marked := Markers(text)
	text = plain(text, maxStatement)
	if text == "" {
		v.struck.Unsupported++
		return Statement{}, false
	}
	cited := s.Citations
	for _, n := range marked {
		if !slices.ContainsFunc(cited, func(c answerCitation) bool { return c.Decision == n }) {
			cited = append(cited, answerCitation{Decision: n})
		}
	}
	out := Statement{Text: text}
	var sources []string
	unknown := 0
	for _, c := range cited {
		if !slices.Contains(shown, c.Decision) {
			v.struck.UnknownReferences++
			unknown++
			continue
		}
		d := v.in.Evidence[c.Decision].Decision
		quote, ok := findQuote(d, c.Quote)
		if !ok {
			quote, ok = supporting(d, text)
		}
		if !ok || slices.Contains(out.Citations, quote) {
			continue
		}
		out.Citations = append(out.Citations, quote)
		sources = append(sources, quote.Quote, d.Title, Record(d))
	}
	switch {
	case len(cited) == unknown:
		v.struck.Uncited++
		return Statement{}, false
	case len(out.Citations) == 0 || !Supported(text, sources...):
		v.struck.Unsupported++
		return Statement{}, false
	}
	return out, true
}

// withoutAddresses takes addresses out of a text. Those that are no decision's
// were invented.
func (v *verifier) withoutAddresses(text string) string {
	return addresses.ReplaceAllStringFunc(text, func(a string) string {
		if !slices.ContainsFunc(v.in.Evidence, func(e Evidence) bool {
			return e.Decision.URI.String() == strings.TrimRight(a, ".,;:)]")
		}) {
			v.struck.InventedURIs++
		}
		return ""
	})
}

func (v *verifier) numberOf(uri string) int {
	return slices.IndexFunc(v.in.Evidence, func(e Evidence) bool { return e.Decision.URI.String() == uri })
}

// plain makes a model's text one line of plain letters of bounded length.
func plain(s string, n int) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r), unicode.Is(unicode.Cf, r):
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, ""))
	s = strings.Join(strings.Fields(s), " ")
	if utf8.RuneCountInString(s) > n {
		s = string([]rune(s)[:n])
	}
	return s
}

// minQuote is the number of letters below which a quote proves nothing.
const minQuote = 12

// findQuote finds a quote in a decision, whatever its white space, and returns
// the exact words that stand there.
func findQuote(d harvest.Decision, quote string) (Citation, bool) {
	words := strings.Fields(strings.Trim(quote, "\"“”‘’ …."))
	if utf8.RuneCountInString(strings.Join(words, " ")) < minQuote {
		return Citation{}, false
	}
	for i, w := range words {
		words[i] = regexp.QuoteMeta(w)
	}
	if len(words) > 200 {
		return Citation{}, false
	}
	pattern, err := regexp.Compile(strings.Join(words, `\s+`))
	if err != nil {
		return Citation{}, false
	}
	for _, f := range []Field{InText, InSubtitle, InTitle, InRecord} {
		if at := pattern.FindStringIndex(f.Of(d)); at != nil {
			c, err := Cite(d, f, at[0], at[1])
			return c, err == nil
		}
	}
	return Citation{}, false
}

// supporting finds the sentence or heading of a decision that supports a
// statement best, where any does enough.
func supporting(d harvest.Decision, statement string) (Citation, bool) {
	best, bestSupport := Citation{}, 0.0
	try := func(f Field, start, end int) {
		c, err := Cite(d, f, start, end)
		if err != nil {
			return
		}
		if s := Support(statement, c.Quote, Record(d), d.Title); s > bestSupport {
			best, bestSupport = c, s
		}
	}
	for _, s := range sentences(d) {
		try(InText, s.Start, s.End)
	}
	try(InSubtitle, 0, len(d.Subtitle))
	try(InTitle, 0, len(d.Title))
	return best, bestSupport >= supportShare
}

// findings puts drafts in order: those about the same decisions together, the
// most relevant first, each with the record of its decisions.
func (v *verifier) findings(drafts []draft) []Finding {
	var merged []draft
	owner := map[string]int{} // of the decisions that lead a finding
	for _, d := range drafts {
		if len(d.statements) == 0 {
			continue
		}
		lead := d.statements[0].Citations[0].URI
		if at, ok := owner[lead]; ok {
			m := &merged[at]
			m.statements = append(m.statements, d.statements...)
			for _, p := range d.promises {
				if !slices.Contains(m.promises, p) {
					m.promises = append(m.promises, p)
				}
			}
			slices.Sort(m.promises)
			continue
		}
		owner[lead] = len(merged)
		merged = append(merged, d)
	}
	var out []Finding
	for _, d := range merged {
		out = append(out, v.finding(d))
	}
	return out
}

func (v *verifier) finding(d draft) Finding {
	f := Finding{Measure: d.measure, Promises: d.promises, Statements: d.statements, Stage: stage.Other}
	var steps []Evidence
	for _, st := range d.statements {
		for _, c := range st.Citations {
			n := v.numberOf(c.URI)
			if n >= 0 && !slices.ContainsFunc(steps, func(e Evidence) bool { return e.Decision.URI.String() == c.URI }) {
				steps = append(steps, v.in.Evidence[n])
			}
		}
	}
	byDate(steps)
	for _, e := range steps {
		f.Decisions = append(f.Decisions, e.Decision.URI.String())
		f.Stage = further(f.Stage, e.Stage.Stage)
	}
	if len(steps) > 0 {
		f.First, f.Last = steps[0].Decision.Date(), steps[len(steps)-1].Decision.Date()
		// A name is a claim too: it must be made of the decisions' words.
		var names []string
		for _, e := range steps {
			names = append(names, e.Decision.Title, e.Decision.Subtitle, e.Decision.Text)
		}
		if f.Measure == "" || !Supported(f.Measure, names...) {
			f.Measure = measureName(steps[len(steps)-1].Decision)
		}
	}
	return f
}
