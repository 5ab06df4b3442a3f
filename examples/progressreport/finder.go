package main

import (
	"context"
	"time"

	"github.com/themis-go/themis/harvest/archive"
	"github.com/themis-go/themis/report"
	"github.com/themis-go/themis/report/agreement"
	"github.com/themis-go/themis/report/analyse"
)

// newFinder searches an archive, which may hold more meetings than those that
// were asked for.
func newFinder(ctx context.Context, a *archive.Archive, since, until time.Time) (report.Finder, error) {
	f, err := report.NewFinder(ctx, a)
	if err != nil || since.IsZero() && until.IsZero() {
		return f, err
	}
	return dated{f, since, until}, nil
}

// dated leaves out what was decided before since or after until.
type dated struct {
	report.Finder
	since, until time.Time
}

func (f dated) Find(ctx context.Context, section *agreement.Section) (report.Found, error) {
	found, err := f.Finder.Find(ctx, section)
	var kept []analyse.Evidence
	for _, e := range found.Evidence {
		day := e.Decision.Date()
		if day.Before(f.since) || !f.until.IsZero() && day.After(f.until) {
			continue
		}
		kept = append(kept, e)
	}
	found.Evidence = kept
	return found, err
}
