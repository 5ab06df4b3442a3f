package report

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/themis-go/themis/harvest"
	"github.com/themis-go/themis/report/agreement"
	"github.com/themis-go/themis/report/analyse"
	"github.com/themis-go/themis/report/stage"
)

// Corpus gives the decisions of an archive by URI. An unknown URI is an error
// that matches archive.ErrNotFound or [ErrUnknownDecision].
type Corpus interface {
	Decision(ctx context.Context, uri string) (harvest.Decision, error)
}

// ErrUnknownDecision is what a [Corpus] other than an archive returns for a URI
// that it does not hold.
var ErrUnknownDecision = errors.New("report: no such decision")

// ErrNoFinder is returned by [Build] for a corpus in which nothing can be
// searched, when no [WithFinder] is given.
var ErrNoFinder = errors.New("report: the corpus cannot be searched; give a finder with report.WithFinder")

// Finder finds the decisions that bear on a section.
type Finder interface {
	Find(ctx context.Context, section *agreement.Section) (Found, error)
}

// Found is what a [Finder] found.
type Found struct {
	// Evidence is in order of relevance, best first. A zero Stage is filled in.
	Evidence []analyse.Evidence
	Promises []analyse.Promise
	// Ranker names the method of retrieval and its version, Cutoff tells why
	// there are no more decisions.
	Ranker, Cutoff string
}

// Option changes how [Build] works.
type Option func(*options)

type options struct {
	analyst   analyse.Analyst
	finder    Finder
	searcher  Searcher // of Ask
	language  Language
	title     string
	agreement string
	generated time.Time
	archive   *Archive
	judge     Judge
}

// WithAnalyst sets the analyst; the default is analyse.Extractive().
func WithAnalyst(a analyse.Analyst) Option { return func(o *options) { o.analyst = a } }

// WithFinder sets what finds the decisions; the default searches the archive.
func WithFinder(f Finder) Option { return func(o *options) { o.finder = f } }

// WithLanguage sets the language of headings and labels; the default is Dutch.
// Findings stay in the language of the decisions.
func WithLanguage(l Language) Option { return func(o *options) { o.language = l } }

// WithTitle replaces the title that is made of the section's.
func WithTitle(title string) Option { return func(o *options) { o.title = title } }

// WithAgreementTitle names the agreement in the report.
func WithAgreementTitle(title string) Option { return func(o *options) { o.agreement = title } }

// WithGenerated puts a time in the report. Without it a report holds none, and
// is the same whenever it is made.
func WithGenerated(t time.Time) Option { return func(o *options) { o.generated = t } }

// WithArchive names the data in the report's method.
func WithArchive(a Archive) Option { return func(o *options) { o.archive = &a } }

// WithJudge sets the measure of support behind the report's checks; the
// default is lexical and needs no network.
func WithJudge(j Judge) Option { return func(o *options) { o.judge = j } }

// Build makes the report about a section. A section for which nothing is found
// gives a report that says so. Citations that do not hold are kept and marked,
// see [Report.Checks]; the analyst's own errors end the build.
func Build(ctx context.Context, section *agreement.Section, corpus Corpus, opts ...Option) (*Report, error) {
	o := options{analyst: analyse.Extractive(), language: Dutch, judge: lexical{}}
	for _, set := range opts {
		set(&o)
	}
	if section == nil {
		return nil, errors.New("report: no section given")
	}
	if _, err := catalogueOf(o.language); err != nil {
		return nil, err
	}
	if err := o.complete(ctx, corpus); err != nil {
		return nil, err
	}
	found, err := o.finder.Find(ctx, section)
	if err != nil {
		return nil, fmt.Errorf("report: find decisions for %q: %w", section.Heading(), err)
	}
	for i := range found.Evidence {
		e := &found.Evidence[i]
		if e.Stage.Stage == stage.Other && e.Stage.Matches == nil {
			e.Stage = stage.Of(e.Decision)
		}
	}
	in := analyse.Input{Section: section, Promises: found.Promises, Evidence: found.Evidence}
	analysis, err := o.analyst.Analyse(ctx, in)
	if err != nil {
		return nil, fmt.Errorf("report: analyse %q: %w", section.Heading(), err)
	}
	b := builder{options: o, in: in, found: found, analysis: analysis}
	rep := b.build()
	if err := check(ctx, rep, evidenceCorpus(found.Evidence), o.judge); err != nil {
		return nil, err
	}
	return rep, nil
}

// evidenceCorpus lets citations be checked against the decisions that the
// analyst saw.
func evidenceCorpus(list []analyse.Evidence) memory {
	m := memory{}
	for _, e := range list {
		m[e.Decision.URI.String()] = e.Decision
	}
	return m
}

// memory is a corpus of the decisions at hand.
type memory map[string]harvest.Decision

func (m memory) Decision(_ context.Context, uri string) (harvest.Decision, error) {
	d, ok := m[uri]
	if !ok {
		return harvest.Decision{}, fmt.Errorf("%s: %w", uri, ErrUnknownDecision)
	}
	return d, nil
}

// builder puts a report together.
type builder struct {
	options
	in       analyse.Input
	found    Found
	analysis *analyse.Analysis

	rep     *Report
	numbers map[string]int // reference numbers by URI
}

func (b *builder) build() *Report {
	s := b.in.Section
	b.numbers = map[string]int{}
	b.rep = &Report{
		Version: Version, Language: b.language, Agreement: b.agreement,
		Section: Section{
			Key: s.Key, Number: s.Number, Title: s.Title, Part: s.Part, Text: s.Text,
			Path: append([]string{}, s.Path...),
		},
		Promises: []Promise{}, Findings: []Finding{}, Conclusion: []Statement{}, References: []Reference{},
	}
	for _, p := range b.in.Promises {
		b.rep.Promises = append(b.rep.Promises, Promise{
			Text: p.Text, Start: p.Start, End: p.End, Status: analyse.NothingFound, Findings: []int{},
		})
	}
	for i, f := range b.analysis.Findings {
		b.rep.Findings = append(b.rep.Findings, b.finding(i, f))
	}
	for _, st := range b.analysis.Conclusion {
		b.rep.Conclusion = append(b.rep.Conclusion, b.statement(st))
	}
	for i := range b.rep.Findings { // now that every reference has its number
		for _, uri := range b.analysis.Findings[i].Decisions {
			if n, ok := b.numbers[uri]; ok {
				b.rep.Findings[i].Steps = append(b.rep.Findings[i].Steps, n)
			}
		}
	}
	b.frame()
	b.rep.Method = Method{
		Ranker: b.found.Ranker, Cutoff: b.found.Cutoff, Analyst: b.analyst.Name(), Model: b.analysis.Model,
		Support: b.judge.Name(), Retrieved: len(b.found.Evidence), Struck: b.analysis.Struck, Usage: b.analysis.Usage,
		Archive: b.archive,
	}
	if !b.generated.IsZero() {
		b.rep.Method.Generated = b.generated.UTC().Format(time.RFC3339)
	}
	return b.rep
}

func (b *builder) finding(index int, f analyse.Finding) Finding {
	out := Finding{
		Measure: f.Measure, Stage: f.Stage, Status: analyse.StatusOfFinding(b.in, f), First: isoDate(f.First), Last: isoDate(f.Last),
		Promises: []int{}, Steps: []int{}, Statements: []Statement{},
	}
	for _, p := range f.Promises {
		if p < 0 || p >= len(b.rep.Promises) {
			continue
		}
		out.Promises = append(out.Promises, p)
		promise := &b.rep.Promises[p]
		promise.Findings = append(promise.Findings, index)
		promise.Status = analyse.Furthest(promise.Status, out.Status)
	}
	for _, st := range f.Statements {
		out.Statements = append(out.Statements, b.statement(st))
	}
	return out
}

func (b *builder) statement(st analyse.Statement) Statement {
	out := Statement{Text: strings.TrimSpace(st.Text), Citations: []Citation{}, Counts: st.Counts}
	for _, c := range st.Citations {
		out.Citations = append(out.Citations, Citation{
			Reference: b.number(c.URI), Field: c.Field, Quote: c.Quote, Start: c.Start, End: c.End, Digest: c.Digest,
		})
	}
	return out
}

// number returns the number of a decision's reference and adds it at its first
// citation.
func (b *builder) number(uri string) int {
	if n, ok := b.numbers[uri]; ok {
		return n
	}
	n := len(b.rep.References)
	b.numbers[uri] = n
	ref := Reference{URI: uri}
	for _, e := range b.in.Evidence {
		if e.Decision.URI.String() == uri {
			ref = newReference(e)
			break
		}
	}
	ref.Number = n
	b.rep.References = append(b.rep.References, ref)
	return n
}

// openingLength is the number of letters of a decision that a reference shows.
const openingLength = 320

func newReference(e analyse.Evidence) Reference {
	d := e.Decision
	ref := Reference{
		URI: d.URI.String(), Date: isoDate(d.Date()), Title: oneLine(d.Title), Subtitle: oneLine(d.Subtitle),
		Opening: shorten(oneLine(d.Text), openingLength), Kind: string(d.Kind), Stage: e.Stage.Stage,
		Ministers: []Minister{}, Themes: []Theme{}, Documents: []Document{},
	}
	for _, m := range e.Stage.Matches {
		ref.StageWords = append(ref.StageWords, oneLine(m.Words))
	}
	for _, m := range d.Ministers {
		uri := m.Person.String()
		if uri == "" {
			uri = m.Mandatee.String()
		}
		ref.Ministers = append(ref.Ministers, Minister{URI: uri, Name: oneLine(m.Name()), Title: oneLine(m.Title)})
	}
	for _, t := range d.Themes {
		ref.Themes = append(ref.Themes, Theme{URI: t.URI.String(), Label: oneLine(t.Label)})
	}
	for _, doc := range d.Documents {
		ref.Documents = append(ref.Documents, Document{URI: doc.URI.String(), Title: oneLine(doc.Title), Type: oneLine(doc.TypeLabel)})
	}
	return ref
}

func isoDate(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.DateOnly)
}
