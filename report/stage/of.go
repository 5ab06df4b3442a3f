package stage

import (
	"slices"
	"strings"

	"github.com/themis-go/themis/harvest"
	"github.com/themis-go/themis/internal/dutch"
)

// Field is a part of a decision that words are found in.
type Field int

// The fields of a decision.
const (
	Title Field = iota
	Subtitle
	Text
)

// String is the name of the field.
func (f Field) String() string {
	return [...]string{"title", "subtitle", "text"}[f]
}

// Match are words of a decision that speak for a stage.
type Match struct {
	Field Field
	// Words is the text of the field from byte Start up to byte End.
	Words      string
	Start, End int
}

// Result is the stage of a decision and why.
type Result struct {
	Stage Stage
	// Matches are the words that decided, in the order title, subtitle, text.
	// They are empty where nothing but the type of agenda item did.
	Matches []Match
	// Confidence is from 0 to 1: 0.9 and more where the decision says so
	// itself, about 0.7 where it follows from the kind of text, 0.5 and less
	// where it is a guess for want of words.
	Confidence float64
	// Form is the legal form of what was decided on.
	Form Form
}

// Of returns the stage of a decision.
func Of(d harvest.Decision) Result {
	doc := read(d)
	for _, rule := range rules {
		if matches := rule.apply(&doc); matches != nil {
			return Result{Stage: rule.stage, Matches: matches, Confidence: rule.confidence, Form: doc.form}
		}
	}
	return Result{Stage: Other, Confidence: 0.3, Form: doc.form}
}

// document is a decision made ready for the rules.
type document struct {
	fields    [3]string
	lower     [3]string
	sentences []dutch.Span // of the text
	kind      harvest.Kind
	form      Form
	found     map[*pattern][]Match // what act found; rules ask more than once
}

// readLength is the number of bytes of a text that are read; the longest news
// item is a tenth of it. It keeps a hostile item of megabytes from taking minutes.
const readLength = 100_000

func read(d harvest.Decision) document {
	if len(d.Text) > readLength {
		d.Text = strings.ToValidUTF8(d.Text[:readLength], "")
	}
	doc := document{fields: [3]string{d.Title, d.Subtitle, d.Text}, kind: d.Kind, found: map[*pattern][]Match{}}
	for f, text := range doc.fields {
		// A field whose length changes in lower case is read as it is, so that
		// offsets hold; none was ever seen.
		if doc.lower[f] = strings.ToLower(text); len(doc.lower[f]) != len(text) {
			doc.lower[f] = text
		}
	}
	doc.sentences = dutch.Sentences(d.Text)
	doc.form = formOf(doc.lower)
	return doc
}

// heading finds a pattern in the title or the subtitle.
func (d *document) heading(p *pattern) []Match {
	var out []Match
	for _, f := range [...]Field{Title, Subtitle} {
		if loc := p.find(d.lower[f]); loc != nil {
			out = append(out, d.match(f, loc[0], loc[1]))
		}
	}
	return out
}

// act finds a pattern in the sentences of the text.
func (d *document) act(p *pattern) []Match {
	m, known := d.found[p]
	if known {
		return m
	}
	for _, s := range d.sentences {
		if loc := p.find(d.lower[Text][s.Start:s.End]); loc != nil {
			m = []Match{d.match(Text, s.Start+loc[0], s.Start+loc[1])}
			break
		}
	}
	d.found[p] = m
	return m
}

func (d *document) match(f Field, start, end int) Match {
	return Match{Field: f, Words: d.fields[f][start:end], Start: start, End: end}
}

// empty tells whether the decision has no text.
func (d *document) empty() bool { return strings.TrimSpace(d.fields[Text]) == "" }

// join puts matches in the order of the fields, once each.
func join(lists ...[]Match) []Match {
	all := slices.Concat(lists...)
	slices.SortFunc(all, func(a, b Match) int {
		if a.Field != b.Field {
			return int(a.Field) - int(b.Field)
		}
		return a.Start - b.Start
	})
	return slices.Compact(all)
}
