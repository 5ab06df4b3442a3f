package main

import (
	"context"
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"

	"github.com/themis-go/themis/examples/internal/corpus"
	"github.com/themis-go/themis/examples/internal/progress"
	"github.com/themis-go/themis/report"
	"github.com/themis-go/themis/report/agreement"
)

// named is a report and the name of its files.
type named struct {
	*report.Report
	slug string
}

// build makes the reports, as many at a time as there are processors.
func build(ctx context.Context, c *corpus.Corpus, agr *agreement.Agreement, sections []*agreement.Section, display *progress.Display) ([]named, error) {
	finder, err := report.NewFinder(ctx, c.Archive)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	reports := make([]named, len(sections))
	var done atomic.Int64
	var workers sync.WaitGroup
	next := make(chan int)
	for range min(runtime.GOMAXPROCS(0), len(sections)) {
		workers.Go(func() {
			for i := range next {
				rep, err := report.Build(ctx, sections[i], c.Archive, report.WithFinder(finder), report.WithAgreementTitle(agr.Title))
				if err != nil {
					cancel(fmt.Errorf("section %q: %w", sections[i].Heading(), err))
					continue
				}
				reports[i] = named{rep, sections[i].Slug}
				display.Set("report", "", done.Add(1), int64(len(sections)))
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
