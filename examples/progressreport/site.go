package main

import (
	"context"

	"github.com/themis-go/themis/harvest/archive"
	"github.com/themis-go/themis/report"
	"github.com/themis-go/themis/report/agreement"
	"github.com/themis-go/themis/report/site"
)

// site writes the reports of the whole agreement as a static site.
func (r reporter) site(ctx context.Context, out *folder, reports []sectionReport) error {
	bySection := map[*agreement.Section]*report.Report{}
	for _, rep := range reports {
		bySection[rep.section] = rep.Report
	}
	manifest, err := r.corpus.Manifest(ctx)
	if err != nil {
		return err
	}
	var filters []archive.Filter
	if !r.since.IsZero() {
		filters = append(filters, archive.Since(r.since))
	}
	if !r.until.IsZero() {
		filters = append(filters, archive.Until(r.until))
	}
	result, err := site.Write(ctx, out.path, site.Config{
		Agreement: r.agreement,
		Decisions: r.corpus.Decisions(ctx, filters...),
		Report: func(_ context.Context, s *agreement.Section) (*report.Report, error) {
			return bySection[s], nil
		},
		Manifest: &manifest,
		Language: r.language,
		Progress: func(p site.Progress) { r.display.Set("site: "+p.Phase, "", int64(p.Done), int64(p.Total)) },
	})
	if err != nil {
		return err
	}
	out.site(result)
	return nil
}
