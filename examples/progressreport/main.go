// Progressreport writes reports on what became of a coalition agreement: what
// the council of ministers decided about each section, every sentence with the
// decisions that prove it.
//
//	go run ./examples/progressreport
//	go run ./examples/progressreport -from https://themis.vlaanderen.be/sparql -archive themis.db -agreement regeerakkoord.pdf -section "Preventie van radicalisering"
//	go run ./examples/progressreport -from themis.db -agreement regeerakkoord.pdf -out site
//	go run ./examples/progressreport -from themis.db -analyst openai -model llama3 -dry-run
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"

	"github.com/themis-go/themis/examples/internal/corpus"
	"github.com/themis-go/themis/examples/internal/progress"
	"github.com/themis-go/themis/harvest"
	"github.com/themis-go/themis/report"
	"github.com/themis-go/themis/report/agreement"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stdout, os.Stderr); err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "progressreport:", err)
		stop()
		os.Exit(1)
	}
}

// writers are the forms of a report, by the ending of its file.
var writers = map[string]func(io.Writer, *report.Report) error{
	"md": report.Markdown, "html": report.HTML, "json": report.JSON,
}

func run(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	s, err := parse(args, stderr)
	if err != nil {
		return err
	}
	agr, sections, err := choose(s)
	if err != nil {
		return err
	}
	out, err := newFolder(s.out)
	if err != nil {
		return err
	}
	shown := stderr
	if s.quiet {
		shown = nil
	}
	display := progress.New(shown)
	defer display.Done()
	c, err := corpus.Open(ctx, corpus.Options{From: s.from, Archive: s.archive, Since: s.since, Until: s.until, Progress: display.Harvest})
	if err != nil {
		return err
	}
	defer c.Close()
	if c.Harvest != nil {
		if partial, ok := c.Harvest.Completeness.(harvest.Partial); ok {
			display.Done()
			fmt.Fprintf(stderr, "progressreport: the harvest is not complete: %s\n", partial)
		}
	}
	r := reporter{settings: s, agreement: agr, corpus: c, display: display}
	if r.finder, err = newFinder(ctx, c.Archive, s.since, s.until); err != nil {
		return err
	}
	if s.dryRun {
		return r.estimate(ctx, sections, stdout)
	}
	reports, err := r.build(ctx, sections)
	if err != nil {
		return err
	}
	whole := len(s.sections) == 0 && len(reports) > 1
	for _, rep := range reports {
		for _, format := range s.formats {
			if whole && format == "html" {
				continue // the site has them
			}
			if err := out.write(rep.section.Slug+"."+format, func(w io.Writer) error { return writers[format](w, rep.Report) }); err != nil {
				return err
			}
		}
	}
	switch {
	case whole && slices.Contains(s.formats, "html"):
		err = r.site(ctx, out, reports)
	case len(reports) > 1:
		err = out.write("index.html", func(w io.Writer) error { return index(w, agr, reports, s.formats) })
	}
	if err != nil {
		return err
	}
	display.Done()
	return out.list(stdout)
}

// choose reads the agreement and finds the sections in it.
func choose(s settings) (*agreement.Agreement, []*agreement.Section, error) {
	agr := agreement.Sample()
	if s.agreement != "" {
		var err error
		if agr, err = agreement.ReadFile(s.agreement); err != nil {
			return nil, nil, err
		}
	}
	if len(s.sections) == 0 {
		return agr, agr.Sections, nil
	}
	var sections []*agreement.Section
	for _, query := range s.sections {
		section, err := agr.Section(query)
		if err != nil {
			return nil, nil, err
		}
		if !slices.Contains(sections, section) {
			sections = append(sections, section)
		}
	}
	return agr, sections, nil
}
