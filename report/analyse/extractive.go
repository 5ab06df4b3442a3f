package analyse

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/themis-go/themis/harvest"
	"github.com/themis-go/themis/report/stage"
	"github.com/themis-go/themis/report/status"
)

// ExtractiveOption changes how [Extractive] works.
type ExtractiveOption func(*extractive)

// MaxFindings bounds the number of measures that are described, the most
// relevant first; 0, the default, is no bound.
func MaxFindings(n int) ExtractiveOption {
	return func(x *extractive) { x.maxFindings = n }
}

// Extractive returns the analyst that works offline. Its sentences are the
// decisions' own: the sentence in which the government acts, dated and put in
// the past; what the measure contains, in the words of the decision; the steps
// before; the ministers in charge. The successive steps of one measure make
// one finding. The same input gives the same analysis, byte for byte.
func Extractive(opts ...ExtractiveOption) Analyst {
	x := &extractive{}
	for _, o := range opts {
		o(x)
	}
	return x
}

type extractive struct {
	maxFindings int
}

// Name implements [Analyst].
func (x *extractive) Name() string { return "extractive/1" }

// Analyse implements [Analyst].
func (x *extractive) Analyse(ctx context.Context, in Input) (*Analysis, error) {
	groups := Group(in.Evidence)
	promises := assign(in.Promises, groups)
	if x.maxFindings > 0 && len(groups) > x.maxFindings {
		groups, promises = groups[:x.maxFindings], promises[:x.maxFindings]
	}
	w := writer{in: in, wanted: wantedStems(in), titled: map[string]bool{}}
	a := &Analysis{}
	for _, i := range readingOrder(promises) {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		f, err := w.finding(groups[i])
		if err != nil {
			return nil, err
		}
		f.Promises = promises[i]
		a.Findings = append(a.Findings, f)
	}
	a.Conclusion = Conclude(in, a.Findings)
	return a, nil
}

// readingOrder puts measures in the order of the promises they bear on, the
// most relevant first within one promise, those of no promise last.
func readingOrder(promises [][]int) []int {
	order := make([]int, len(promises))
	for i := range order {
		order[i] = i
	}
	first := func(i int) int {
		if len(promises[i]) == 0 {
			return int(^uint(0) >> 1)
		}
		return promises[i][0]
	}
	slices.SortStableFunc(order, func(a, b int) int {
		switch {
		case first(a) < first(b):
			return -1
		case first(a) > first(b):
			return 1
		}
		return 0
	})
	return order
}

// wantedStems weigh the sentences of decisions: the words of the section.
func wantedStems(in Input) map[string]bool {
	if in.Section == nil {
		return nil
	}
	return stems(in.Section.Title + ". " + in.Section.Text)
}

// writer writes the findings of one report.
type writer struct {
	in     Input
	wanted map[string]bool
	titled map[string]bool // ministers whose title was given before
}

func (w *writer) finding(steps []Evidence) (Finding, error) {
	last := steps[len(steps)-1]
	f := Finding{
		Measure: measureName(last.Decision),
		First:   steps[0].Decision.Date(),
		Last:    last.Decision.Date(),
	}
	for _, e := range steps {
		f.Decisions = append(f.Decisions, e.Decision.URI.String())
		f.Stage = further(f.Stage, e.Stage.Stage)
	}
	parts := []func([]Evidence) (*Statement, error){w.lead, w.content, w.earlier, w.ministers}
	for _, part := range parts {
		s, err := part(steps)
		if err != nil {
			return Finding{}, fmt.Errorf("analyse: %s: %w", last.Decision.URI, err)
		}
		if s != nil {
			f.Statements = append(f.Statements, *s)
		}
	}
	return f, nil
}

// further is the stage that goes further, judged by status before the order of
// stages: an amendment behind a promulgation does not undo it.
func further(a, b stage.Stage) stage.Stage {
	if n := status.Compare(StatusOf(b), StatusOf(a)); n > 0 || n == 0 && b > a {
		return b
	}
	return a
}

func measureName(d harvest.Decision) string {
	if t := strings.TrimSpace(d.Title); t != "" {
		return t
	}
	return strings.TrimSpace(d.Subtitle)
}

// lead says what was decided last: the sentence in which the government acts,
// or a frame around the name of the measure.
func (w *writer) lead(steps []Evidence) (*Statement, error) {
	e := steps[len(steps)-1]
	if a, ok := actOf(e); ok && !(anaphora.MatchString(a.words) && canFrame(e.Stage.Stage)) {
		c, err := Cite(e.Decision, InText, a.span.Start, a.span.End)
		s := &Statement{Text: a.words, Citations: []Citation{c}}
		if title := measureName(e.Decision); err == nil && !tells(a.words, title) {
			s.Text = strings.TrimSuffix(s.Text, ".") + " (" + quoted(title) + ")."
			if c, err = Cite(e.Decision, InTitle, 0, len(e.Decision.Title)); err == nil {
				s.Citations = append(s.Citations, c)
			}
		}
		return s, err
	}
	name, field := object(e)
	if whole := field.Of(e.Decision); whole == "" {
		return nil, nil
	}
	text := upperFirst(strings.Join(strings.Fields(framed(e, name)), " "))
	c, err := Cite(e.Decision, field, 0, len(field.Of(e.Decision)))
	if err != nil {
		return nil, err
	}
	s := &Statement{Text: text, Citations: []Citation{c}}
	if m, ok := stageQuote(e); ok {
		s.Citations = append(s.Citations, m)
	}
	return s, nil
}

// anaphora points to something named before.
var anaphora = regexp.MustCompile(`\b(?:deze|dit|hiervan|daarvan|ervan|(?:van|over|voor|met|in|op|aan|bij|tot) die)\b \p{Ll}`)

// tells whether a sentence says by itself what a title names: it shares some of
// its words and does not point elsewhere.
func tells(sentence, title string) bool {
	named := stems(title)
	if len(named) == 0 {
		return true
	}
	have := stems(sentence)
	shared := 0
	for s := range named {
		if have[s] {
			shared++
		}
	}
	if anaphora.MatchString(sentence) {
		return float64(shared) >= 0.6*float64(len(named))
	}
	return float64(shared) >= 0.34*float64(len(named))
}

// framed is the sentence for a decision whose own act sentence is unknown.
func framed(e Evidence, name string) string {
	date := "op " + Date(e.Decision.Date())
	if e.Decision.Date().IsZero() {
		date = "op een onbekende datum"
	}
	switch e.Stage.Stage {
	case stage.Principle:
		return date + " keurde de Vlaamse Regering " + name + " principieel goed."
	case stage.PrincipleSecond:
		return date + " keurde de Vlaamse Regering " + name + " opnieuw principieel goed."
	case stage.PrincipleThird:
		return date + " keurde de Vlaamse Regering " + name + " voor de derde keer principieel goed."
	case stage.Definitive:
		if saysDefinitive(e.Stage) {
			return date + " keurde de Vlaamse Regering " + name + " definitief goed."
		}
		return date + " keurde de Vlaamse Regering " + name + " goed."
	case stage.Parliament:
		return date + " besliste de Vlaamse Regering " + name + " in te dienen bij het Vlaams Parlement."
	case stage.Promulgated:
		return date + " bekrachtigde de Vlaamse Regering een decreet: " + name + "."
	case stage.Advice:
		return date + " vroeg de Vlaamse Regering advies over " + name + "."
	case stage.Noted:
		return date + " nam de Vlaamse Regering kennis van " + name + "."
	case stage.Funded:
		return date + " besliste de Vlaamse Regering middelen toe te kennen: " + name + "."
	case stage.Appointed:
		return date + " besliste de Vlaamse Regering over een aanstelling: " + name + "."
	}
	if e.Decision.Kind == harvest.Mededeling {
		return date + " stond " + name + " als mededeling op de agenda van de Vlaamse Regering."
	}
	return date + " stond " + name + " op de agenda van de Vlaamse Regering."
}

// canFrame tells the stages for which there is a frame that says what was done.
func canFrame(s stage.Stage) bool {
	return s != stage.Other && s != stage.Announced && s != stage.Amended
}

func saysDefinitive(r stage.Result) bool {
	for _, m := range r.Matches {
		if strings.Contains(strings.ToLower(m.Words), "definitie") {
			return true
		}
	}
	return false
}

// earlier names the steps before the last, with their dates.
func (w *writer) earlier(steps []Evidence) (*Statement, error) {
	if len(steps) < 2 {
		return nil, nil
	}
	s := &Statement{}
	var nouns []string
	dates := map[string][]string{}
	for _, e := range steps[:len(steps)-1] {
		noun := stepNoun(e)
		if dates[noun] == nil {
			nouns = append(nouns, noun)
		}
		dates[noun] = append(dates[noun], Date(e.Decision.Date()))
		c, err := stepQuote(e)
		if err != nil {
			return nil, err
		}
		s.Citations = append(s.Citations, c)
	}
	s.Text = "Eerdere stap: "
	if len(steps) > 2 {
		s.Text = "Eerdere stappen: "
	}
	var words []string
	for _, noun := range nouns {
		words = append(words, noun+" op "+enumerate(dates[noun]))
	}
	if len(nouns) < len(steps)-1 { // dates are enumerated within
		s.Text += strings.Join(words, "; ") + "."
	} else {
		s.Text += enumerate(words) + "."
	}
	return s, nil
}

// stepNoun names a step.
func stepNoun(e Evidence) string {
	switch e.Stage.Stage {
	case stage.Principle:
		return "principiële goedkeuring"
	case stage.PrincipleSecond:
		return "nieuwe principiële goedkeuring"
	case stage.PrincipleThird:
		return "derde principiële goedkeuring"
	case stage.Definitive:
		if saysDefinitive(e.Stage) {
			return "definitieve goedkeuring"
		}
		return "goedkeuring"
	case stage.Parliament:
		return "indiening bij het Vlaams Parlement"
	case stage.Promulgated:
		return "bekrachtiging en afkondiging"
	case stage.Advice:
		return "vraag om advies"
	case stage.Noted:
		return "kennisneming"
	case stage.Announced:
		return "mededeling"
	case stage.Funded:
		return "toekenning van middelen"
	case stage.Appointed:
		return "aanstelling"
	case stage.Amended:
		return "wijziging"
	}
	return "behandeling"
}

// stageQuote quotes the words that tell the stage, where they stand in the text.
func stageQuote(e Evidence) (Citation, bool) {
	for _, m := range e.Stage.Matches {
		field := fieldOf(m.Field)
		if field != InText {
			continue
		}
		start, end := sentenceAround(e.Decision.Text, m.Start, m.End)
		if c, err := Cite(e.Decision, field, start, end); err == nil {
			return c, true
		}
	}
	return Citation{}, false
}

// stepQuote quotes what shows that a step was taken: the sentence that tells
// the stage, else the official name.
func stepQuote(e Evidence) (Citation, error) {
	if c, ok := stageQuote(e); ok {
		return c, nil
	}
	for _, f := range []Field{InSubtitle, InTitle, InRecord} {
		if text := f.Of(e.Decision); text != "" {
			return Cite(e.Decision, f, 0, len(text))
		}
	}
	return Citation{}, fmt.Errorf("the decision %s has no words to quote: %w", e.Decision.URI, ErrQuote)
}

func fieldOf(f stage.Field) Field {
	switch f {
	case stage.Title:
		return InTitle
	case stage.Subtitle:
		return InSubtitle
	}
	return InText
}

// ministers says who was in charge, with the title at the time. A minister's
// title is given once in a report.
func (w *writer) ministers(steps []Evidence) (*Statement, error) {
	for len(steps) > 0 && len(steps[len(steps)-1].Decision.Ministers) == 0 {
		steps = steps[:len(steps)-1] // the last steps of a decree name none
	}
	if len(steps) == 0 {
		return nil, nil
	}
	last := steps[len(steps)-1].Decision
	names, err := w.names(last, nil)
	if err != nil {
		return nil, err
	}
	s := &Statement{Text: "Bevoegd was "}
	if len(last.Ministers) > 1 {
		s.Text = "Bevoegd waren "
	}
	s.Text += enumerate(names)
	c, err := recordQuote(last)
	if err != nil {
		return nil, err
	}
	s.Citations = append(s.Citations, c)
	known := map[string]bool{}
	for _, m := range last.Ministers {
		known[minister(m)] = true
	}
	var before []string
	for _, e := range steps[:len(steps)-1] {
		names, err := w.names(e.Decision, known)
		if err != nil {
			return nil, err
		}
		if len(names) == 0 {
			continue
		}
		before = append(before, names...)
		c, err := recordQuote(e.Decision)
		if err != nil {
			return nil, err
		}
		s.Citations = append(s.Citations, c)
	}
	if len(before) > 0 {
		s.Text += "; bij eerdere stappen ook " + enumerate(before)
	}
	s.Text += "."
	return s, nil
}

// names writes the ministers of a decision that are not known yet and marks
// them as known.
func (w *writer) names(d harvest.Decision, known map[string]bool) ([]string, error) {
	var out []string
	for _, m := range d.Ministers {
		id := minister(m)
		if known[id] {
			continue
		}
		if known != nil {
			known[id] = true
		}
		if m.Title == "" || w.titled[id] {
			out = append(out, m.Name())
			continue
		}
		w.titled[id] = true
		out = append(out, m.Name()+" ("+m.Title+")")
	}
	return out, nil
}

// recordQuote quotes the ministers in the record of a decision.
func recordQuote(d harvest.Decision) (Citation, error) {
	record := Record(d)
	start := strings.IndexByte(record, '\n') + 1
	return Cite(d, InRecord, start, len(record))
}
