package report

import (
	"context"
	"errors"
	"fmt"

	"github.com/themis-go/themis/harvest"
	"github.com/themis-go/themis/report/analyse"
)

// Verdict tells whether a citation holds.
type Verdict string

// The verdicts.
const (
	// OK: the quote stands in the decision, whose text is the one that was cited.
	OK Verdict = "ok"
	// QuoteNotFound: the decision does not say what is quoted.
	QuoteNotFound Verdict = "quote-not-found"
	// UnknownDecision: the archive has never held the decision.
	UnknownDecision Verdict = "decision-unknown"
	// Superseded: the quote stands in the decision, but its text has been
	// published anew since and is another one.
	Superseded Verdict = "superseded"
	// Withdrawn: the archive held the decision and its publication was withdrawn.
	Withdrawn Verdict = "withdrawn"
)

// Verdicts returns every verdict, OK first.
func Verdicts() []Verdict {
	return []Verdict{OK, QuoteNotFound, UnknownDecision, Superseded, Withdrawn}
}

// Stale is a citation that no longer holds.
type Stale struct {
	// Finding is the index of the finding, -1 for the conclusion; Statement and
	// Citation are indexes within it.
	Finding, Statement, Citation int
	URI                          string
	Verdict                      Verdict
	Err                          error // why
}

// Verification is the result of [Verify].
type Verification struct {
	Checks Checks
	// Stale are the citations whose verdict is not OK, in the order of the report.
	Stale []Stale
}

// Verify checks the citations of a report against an archive, which may be
// newer than the one it was made from. The report is not changed.
func Verify(ctx context.Context, rep *Report, corpus Corpus) (*Verification, error) {
	if rep == nil {
		return nil, errors.New("report: no report given")
	}
	c := checker{corpus: corpus, judge: lexical{}, seen: map[string]looked{}}
	v := &Verification{}
	var err error
	v.Checks, err = c.run(ctx, rep, func(finding, statement, citation int, cited Citation, verdict Verdict, why error) {
		if verdict != OK {
			v.Stale = append(v.Stale, Stale{finding, statement, citation, uriOf(rep, cited.Reference), verdict, why})
		}
	})
	return v, err
}

// check gives each citation its verdict and the report its Checks.
func check(ctx context.Context, rep *Report, corpus Corpus, judge Judge) error {
	c := checker{corpus: corpus, judge: judge, seen: map[string]looked{}}
	var err error
	rep.Checks, err = c.run(ctx, rep, func(finding, statement, citation int, _ Citation, verdict Verdict, _ error) {
		list := rep.Conclusion
		if finding >= 0 {
			list = rep.Findings[finding].Statements
		}
		list[statement].Citations[citation].Verdict = verdict
	})
	return err
}

func uriOf(rep *Report, number int) string {
	ref, ok := rep.Reference(number)
	if !ok {
		return ""
	}
	return ref.URI
}

type looked struct {
	d   harvest.Decision
	err error
}

type checker struct {
	corpus Corpus
	judge  Judge
	seen   map[string]looked
	fates  fates
}

type each func(finding, statement, citation int, c Citation, v Verdict, why error)

func (c *checker) run(ctx context.Context, rep *Report, tell each) (Checks, error) {
	sums := Checks{Verdicts: map[Verdict]int{}, Recall: 1, Precision: 1}
	recall, precision := mean{}, mean{}
	visit := func(finding int, list []Statement) error {
		for i, st := range list {
			var sources []string
			for j, cited := range st.Citations {
				verdict, source, why, err := c.verdict(ctx, uriOf(rep, cited.Reference), cited)
				if err != nil {
					return err
				}
				tell(finding, i, j, cited, verdict, why)
				sums.Citations++
				sums.Verdicts[verdict]++
				sources = append(sources, source)
			}
			if st.Counts || len(st.Citations) == 0 && finding < 0 {
				continue // counts findings, or says that nothing was found
			}
			r, p, err := judge(ctx, c.judge, st.Text, sources)
			if err != nil {
				return err
			}
			recall.add(r)
			for _, one := range p {
				precision.add(one)
			}
		}
		return nil
	}
	for f := range rep.Findings {
		if err := visit(f, rep.Findings[f].Statements); err != nil {
			return Checks{}, err
		}
	}
	if err := visit(-1, rep.Conclusion); err != nil {
		return Checks{}, err
	}
	sums.Recall, sums.Precision = recall.value(), precision.value()
	return sums, nil
}

// verdict checks one citation. source is what may support a statement: the
// quote, with the title and the record of the decision; empty where the
// citation does not hold at all.
func (c *checker) verdict(ctx context.Context, uri string, cited Citation) (v Verdict, source string, why, err error) {
	d, why := c.look(ctx, uri)
	switch {
	case errors.Is(why, context.Canceled), errors.Is(why, context.DeadlineExceeded):
		return "", "", nil, why
	case errors.Is(why, ErrWithdrawn):
		return Withdrawn, "", why, nil
	case isUnknown(why) || uri == "":
		fate, err := c.fates.of(ctx, c.corpus, uri)
		switch fate {
		case harvest.Withdrawn:
			return Withdrawn, "", fmt.Errorf("%w: %w", ErrWithdrawn, why), err
		case harvest.Superseded:
			return Superseded, "", why, err
		}
		return UnknownDecision, "", why, err
	case why != nil:
		return "", "", nil, fmt.Errorf("report: look up %s: %w", uri, why)
	}
	quote := analyse.Citation{
		URI: uri, Field: cited.Field, Quote: cited.Quote, Start: cited.Start, End: cited.End, Digest: cited.Digest,
	}
	source = cited.Quote + "\n" + d.Title + "\n" + analyse.Record(d)
	why = quote.Check(d)
	switch {
	case why == nil:
		return OK, source, nil, nil
	case errors.Is(why, analyse.ErrChanged):
		return Superseded, source, why, nil
	}
	return QuoteNotFound, "", why, nil
}

func (c *checker) look(ctx context.Context, uri string) (harvest.Decision, error) {
	if l, ok := c.seen[uri]; ok {
		return l.d, l.err
	}
	d, err := c.corpus.Decision(ctx, uri)
	c.seen[uri] = looked{d, err}
	return d, err
}

type mean struct{ sum, n float64 }

func (m *mean) add(yes bool) {
	m.n++
	if yes {
		m.sum++
	}
}

func (m *mean) value() float64 {
	if m.n == 0 {
		return 1
	}
	return m.sum / m.n
}
