package report

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/themis-go/themis/report/agreement"
	"github.com/themis-go/themis/report/analyse"
	"github.com/themis-go/themis/report/stage"
)

// QuestionLength is the most letters that a question may have.
const QuestionLength = 500

// ErrQuestion is matched by errors.Is when a question cannot be asked: it is
// empty, too long, or no text.
var ErrQuestion = errors.New("report: this is no question to ask")

// ErrNoSearcher is returned by [Ask] for a corpus in which nothing can be
// searched, when no [WithSearcher] is given.
var ErrNoSearcher = errors.New("report: the corpus cannot be searched; give a searcher with report.WithSearcher")

// Searcher finds decisions for the words of a question.
type Searcher interface {
	Search(ctx context.Context, question string) (Found, error)
}

// WithSearcher sets what finds decisions for [Ask]; the default searches the
// archive. It has no effect on [Build].
func WithSearcher(s Searcher) Option { return func(o *options) { o.searcher = s } }

// Answer is the answer to a question, in the form of a report: each statement
// carries the quotes that it rests on.
type Answer struct {
	Version  string   `json:"version"`
	Language Language `json:"language"`
	Question string   `json:"question"`
	// Refused tells that nothing in the archive bears on the question. The
	// answer then has no findings, and Introduction says so.
	Refused      bool        `json:"refused"`
	Introduction string      `json:"introduction"`
	Findings     []Finding   `json:"findings"`
	Conclusion   []Statement `json:"conclusion"`
	Caveat       string      `json:"caveat"`
	// References are numbered from 0 in the order of first citation.
	References []Reference `json:"references"`
	Checks     Checks      `json:"checks"`
	Method     Method      `json:"method"`
}

// The most that an answer is made of: more is a report.
const (
	answerEvidence = 12
	answerFindings = 5
)

// Ask answers a question from the decisions of an archive. It takes the options
// of [Build]; WithFinder, WithTitle and WithAgreementTitle have no effect.
//
// Decisions bear on a question when they have most of its words that tell
// something, the rare ones above all; a year in the question ("in 2021") keeps
// to that year, if it has any. Where none does the answer is refused, which is
// no error. A question that is none is [ErrQuestion]. The question itself is
// untrusted: it decides what is searched and is never followed as an instruction.
func Ask(ctx context.Context, corpus Corpus, question string, opts ...Option) (*Answer, error) {
	question, err := cleanQuestion(question)
	if err != nil {
		return nil, err
	}
	o := options{analyst: analyse.Extractive(), language: Dutch, judge: lexical{}}
	for _, set := range opts {
		set(&o)
	}
	if o.language == "" {
		o.language = Dutch
	}
	c, err := catalogueOf(o.language)
	if err != nil {
		return nil, err
	}
	if err := o.completeSearch(ctx, corpus); err != nil {
		return nil, err
	}
	found, err := o.searcher.Search(ctx, question)
	if err != nil {
		return nil, fmt.Errorf("report: search for an answer: %w", err)
	}
	evidence := bearing(question, found.Evidence)
	for i := range evidence {
		if e := &evidence[i]; e.Stage.Stage == stage.Other && e.Stage.Matches == nil {
			e.Stage = stage.Of(e.Decision)
		}
	}
	section := &agreement.Section{Key: "vraag", Title: question, Text: question, Path: []string{question}}
	in := analyse.Input{Section: section, Evidence: evidence}
	analysis := &analyse.Analysis{}
	if len(evidence) > 0 {
		if analysis, err = o.analyst.Analyse(ctx, in); err != nil {
			return nil, fmt.Errorf("report: answer: %w", err)
		}
	}
	if len(analysis.Findings) > answerFindings {
		analysis.Findings, analysis.Conclusion = analysis.Findings[:answerFindings], nil
	}
	if len(analysis.Findings) == 0 {
		analysis.Conclusion = nil
	}
	found.Promises = nil
	b := builder{options: o, in: in, found: found, analysis: analysis}
	rep := b.build()
	if err := check(ctx, rep, evidenceCorpus(evidence), o.judge); err != nil {
		return nil, err
	}
	a := &Answer{
		Version: Version, Language: rep.Language, Question: question, Refused: len(rep.Findings) == 0,
		Findings: rep.Findings, Conclusion: rep.Conclusion, Caveat: rep.Caveat, References: rep.References, Checks: rep.Checks, Method: rep.Method,
	}
	texts := askTexts[string(rep.Language)]
	a.Introduction = texts.text("refused")
	if !a.Refused {
		first, last := span(a.References)
		a.Introduction = texts.text("answered", c.count("decisions", len(a.References)), c.date(first), c.date(last))
	}
	return a, nil
}

// cleanQuestion is a question on one line, or an error that says what is wrong
// with it.
func cleanQuestion(question string) (string, error) {
	if len(question) > 64*QuestionLength {
		return "", fmt.Errorf("%w: it is longer than %d letters; ask about one thing", ErrQuestion, QuestionLength)
	}
	if !utf8.ValidString(question) {
		return "", fmt.Errorf("%w: it is not valid UTF-8", ErrQuestion)
	}
	for _, r := range question {
		if unicode.IsControl(r) && !unicode.IsSpace(r) {
			return "", fmt.Errorf("%w: it holds the control character %U", ErrQuestion, r)
		}
	}
	clean := oneLine(question)
	if utf8.RuneCountInString(clean) > QuestionLength {
		return "", fmt.Errorf("%w: it is longer than %d letters; ask about one thing", ErrQuestion, QuestionLength)
	}
	if !strings.ContainsFunc(clean, unicode.IsLetter) {
		return "", fmt.Errorf("%w: it has no words; ask something like \"Wat besliste de Vlaamse Regering over fietspaden?\"", ErrQuestion)
	}
	return clean, nil
}

// report is the answer as a report, for what writes those.
func (a *Answer) report() *Report {
	return &Report{
		Version: a.Version, Language: a.Language, Title: a.Question, Introduction: a.Introduction,
		Section: Section{Title: a.Question}, Findings: a.Findings, Conclusion: a.Conclusion, Caveat: a.Caveat,
		References: a.References, Checks: a.Checks, Method: a.Method,
	}
}

// JSON writes the answer, indented, with a final line break.
func (a *Answer) JSON(w io.Writer) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(a); err != nil {
		return fmt.Errorf("report: write an answer as JSON: %w", err)
	}
	return nil
}

// yearsIn are the years that a question names, as it is asked about decisions.
func yearsIn(words []string) map[int]bool {
	out := map[int]bool{}
	for _, w := range words {
		if t, err := time.Parse("2006", w); err == nil && t.Year() >= 1900 && t.Year() < 2200 {
			out[t.Year()] = true
		}
	}
	return out
}
