package main

import (
	"context"
	"fmt"
	"io"
	"runtime"
	"sync"
	"sync/atomic"

	"github.com/themis-go/themis/examples/internal/corpus"
	"github.com/themis-go/themis/examples/internal/progress"
	"github.com/themis-go/themis/report"
	"github.com/themis-go/themis/report/agreement"
	"github.com/themis-go/themis/report/analyse"
)

// reporter makes reports.
type reporter struct {
	settings
	agreement *agreement.Agreement
	corpus    *corpus.Corpus
	finder    report.Finder
	display   *progress.Display
}

// sectionReport is a report and the section that it is about.
type sectionReport struct {
	*report.Report
	section *agreement.Section
}

// build makes the reports, as many at a time as there are processors; a
// language model is asked about one section after the other.
func (r reporter) build(ctx context.Context, sections []*agreement.Section) ([]sectionReport, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	reports := make([]sectionReport, len(sections))
	atOnce := min(runtime.GOMAXPROCS(0), len(sections))
	if r.model != nil {
		atOnce = 1
	}
	var done atomic.Int64
	var workers sync.WaitGroup
	next := make(chan int)
	for range atOnce {
		workers.Go(func() {
			for i := range next {
				if ctx.Err() != nil {
					continue
				}
				rep, err := report.Build(ctx, sections[i], r.corpus.Archive, report.WithFinder(r.finder),
					report.WithAnalyst(r.analyst), report.WithLanguage(r.language), report.WithAgreementTitle(r.agreement.Title))
				if err != nil {
					cancel(fmt.Errorf("section %q: %w", sections[i].Heading(), err))
					continue
				}
				reports[i] = sectionReport{rep, sections[i]}
				r.display.Set("report", "", done.Add(1), int64(len(sections)))
			}
		})
	}
	for i := range sections {
		next <- i
	}
	close(next)
	workers.Wait()
	return reports, context.Cause(ctx)
}

// estimate tells what a language model would be asked, and asks nothing.
func (r reporter) estimate(ctx context.Context, sections []*agreement.Section, w io.Writer) error {
	var all analyse.Estimate
	for i, section := range sections {
		found, err := r.finder.Find(ctx, section)
		if err != nil {
			return fmt.Errorf("section %q: %w", section.Heading(), err)
		}
		all = all.Add(r.model.Estimate(analyse.Input{Section: section, Promises: found.Promises, Evidence: found.Evidence}))
		r.display.Set("estimate", "", int64(i+1), int64(len(sections)))
	}
	r.display.Done()
	_, err := fmt.Fprintf(w, "%d sections, at most %s; nothing was sent\n", len(sections), all)
	return err
}
