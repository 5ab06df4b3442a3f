package site_test

import (
	"context"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/themis-go/themis/harvest"
	"github.com/themis-go/themis/rdf"
	"github.com/themis-go/themis/report"
	"github.com/themis-go/themis/report/agreement"
	"github.com/themis-go/themis/report/analyse"
	"github.com/themis-go/themis/report/site"
)

// corpus stands for an archive.
type corpus []harvest.Decision

func (c corpus) Decision(_ context.Context, uri string) (harvest.Decision, error) {
	for _, d := range c {
		if d.URI.String() == uri {
			return d, nil
		}
	}
	return harvest.Decision{}, report.ErrUnknownDecision
}

func (c corpus) Find(context.Context, *agreement.Section) (report.Found, error) {
	var found report.Found
	for _, d := range c {
		found.Evidence = append(found.Evidence, analyse.Evidence{Decision: d})
	}
	return found, nil
}

func (c corpus) all() iter.Seq2[harvest.Decision, error] {
	return func(yield func(harvest.Decision, error) bool) {
		for _, d := range c {
			if !yield(d, nil) {
				return
			}
		}
	}
}

func ExampleWrite() {
	ctx := context.Background()
	agr, err := agreement.Read(strings.NewReader("# Regeerakkoord\n\n## 1 Wonen\n\nWe verhogen de huurpremie.\n"), agreement.Markdown)
	if err != nil {
		fmt.Println(err)
		return
	}
	decisions := corpus{{
		URI: rdf.MustIRI("http://themis.vlaanderen.be/id/nieuwsbericht/1"), Title: "Huurpremie",
		Text:    "De Vlaamse Regering hecht haar definitieve goedkeuring aan het besluit over de huurpremie.",
		Meeting: harvest.MeetingRef{Start: time.Date(2021, 3, 5, 9, 0, 0, 0, time.UTC)},
	}}
	dir, err := os.MkdirTemp("", "themis")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.RemoveAll(dir)
	result, err := site.Write(ctx, filepath.Join(dir, "public"), site.Config{
		Agreement: agr,
		Decisions: decisions.all(), // arc.Decisions(ctx) of an archive
		Report: func(ctx context.Context, s *agreement.Section) (*report.Report, error) {
			return report.Build(ctx, s, decisions) // arc
		},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(filepath.Base(result.Index), result.Sections, "section,", result.Decisions, "decision")
	// Output: index.html 1 section, 1 decision
}
