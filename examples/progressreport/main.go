// Progressreport writes reports on what became of a coalition agreement: what
// the council of ministers decided about each section, every sentence with the
// decisions that prove it.
//
//	go run ./examples/progressreport
//	go run ./examples/progressreport -from https://themis.vlaanderen.be/sparql -archive themis.db -agreement regeerakkoord.pdf -section "Preventie van radicalisering"
//	go run ./examples/progressreport -from themis.db -agreement regeerakkoord.pdf
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
	"strings"
	"time"

	"github.com/themis-go/themis/examples/internal/corpus"
	"github.com/themis-go/themis/examples/internal/progress"
	"github.com/themis-go/themis/harvest"
	"github.com/themis-go/themis/report"
	"github.com/themis-go/themis/report/agreement"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stdout, os.Stderr); err != nil {
		fmt.Fprintln(os.Stderr, "progressreport:", err)
		stop()
		os.Exit(1)
	}
}

// settings are what the flags say.
type settings struct {
	from, archive, agreement, out string
	sections, formats             []string
	since, until                  time.Time
	quiet                         bool
}

func parse(args []string, stderr io.Writer) (s settings, err error) {
	flags := flag.NewFlagSet("progressreport", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.StringVar(&s.from, "from", "", "where decisions come from: a SPARQL `endpoint` (http…), a file or folder of RDF, an archive (.db); empty: the embedded sample")
	flags.StringVar(&s.archive, "archive", "", "the `file` in which a harvest is kept; empty: a temporary one")
	flags.StringVar(&s.agreement, "agreement", "", "the coalition agreement, a `file`: .jsonl, .md, .txt, .html or .pdf; empty: the embedded sample")
	flags.Func("section", "a section: its number, words of its title, or its key; may be given more than once; empty: all", func(v string) error {
		if v != "" {
			s.sections = append(s.sections, v)
		}
		return nil
	})
	flags.StringVar(&s.out, "out", "report", "the `folder` in which reports are written")
	formats := flags.String("format", "md,html,json", "the `forms` in which they are written")
	since := flags.String("since", "", "harvest meetings on this `date` (2006-01-02) or later")
	until := flags.String("until", "", "harvest meetings on this `date` or earlier")
	flags.BoolVar(&s.quiet, "quiet", false, "show no progress")
	if err := flags.Parse(args); err != nil {
		return s, err
	}
	if flags.NArg() > 0 {
		return s, fmt.Errorf("unexpected argument %q: every setting is a flag, see -help", flags.Arg(0))
	}
	for _, f := range strings.Split(*formats, ",") {
		f = strings.TrimSpace(f)
		if _, ok := writers[f]; !ok {
			return s, fmt.Errorf("-format %q: want md, html or json, with commas between them", f)
		}
		if !slices.Contains(s.formats, f) {
			s.formats = append(s.formats, f)
		}
	}
	if s.since, err = date("-since", *since); err != nil {
		return s, err
	}
	if s.until, err = date("-until", *until); err != nil {
		return s, err
	}
	if !s.since.IsZero() && !s.until.IsZero() && s.until.Before(s.since) {
		return s, fmt.Errorf("-since %s is later than -until %s: swap the dates", *since, *until)
	}
	return s, nil
}

func date(name, value string) (time.Time, error) {
	if value == "" {
		return time.Time{}, nil
	}
	t, err := time.Parse(time.DateOnly, value)
	if err != nil {
		return t, fmt.Errorf("%s %q: want a date such as 2023-07-07", name, value)
	}
	return t, nil
}

func run(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	s, err := parse(args, stderr)
	if err == flag.ErrHelp {
		return nil
	}
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
	reports, err := build(ctx, c, agr, sections, display)
	if err != nil {
		return err
	}
	display.Done()
	for _, rep := range reports {
		for _, format := range s.formats {
			if err := out.write(rep.slug+"."+format, func(w io.Writer) error { return writers[format](w, rep.Report) }); err != nil {
				return err
			}
		}
	}
	if len(reports) > 1 {
		if err := out.write("index.html", func(w io.Writer) error { return index(w, agr, reports, s.formats) }); err != nil {
			return err
		}
	}
	return out.list(stdout)
}

// writers are the forms of a report, by the ending of its file.
var writers = map[string]func(io.Writer, *report.Report) error{
	"md": report.Markdown, "html": report.HTML, "json": report.JSON,
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
