package site

import (
	"context"
	"errors"

	"github.com/themis-go/themis/harvest/archive"
	"github.com/themis-go/themis/report"
	"github.com/themis-go/themis/report/agreement"
)

// OfArchive returns the [Config] of the site about an agreement with the
// decisions of an archive, its manifest, and reports made with the options
// given. The archive must stay open until the site is written.
//
//	config, err := site.OfArchive(ctx, arc, agr)
//	config.Language = report.English // or whatever else is wanted
//	result, err := site.Write(ctx, "public", config)
func OfArchive(ctx context.Context, arc *archive.Archive, agr *agreement.Agreement, opts ...report.Option) (Config, error) {
	finder, err := report.NewFinder(ctx, arc)
	if err != nil {
		return Config{}, err
	}
	first := []report.Option{report.WithFinder(finder)}
	if agr != nil {
		first = append(first, report.WithAgreementTitle(agr.Title))
	}
	opts = append(first, opts...)
	c := Config{
		Agreement: agr,
		Decisions: arc.Decisions(ctx),
		Report: func(ctx context.Context, s *agreement.Section) (*report.Report, error) {
			return report.Build(ctx, s, arc, opts...)
		},
	}
	manifest, err := arc.Manifest(ctx)
	switch {
	case err == nil:
		c.Manifest = &manifest
	case !errors.Is(err, archive.ErrEmpty):
		return Config{}, err
	}
	return c, nil
}
