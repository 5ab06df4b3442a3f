// Harvest copies what Themis publishes into an archive, prints what is there per
// class, and the manifest that proves it.
//
//	go run ./examples/harvest -archive themis.db                                  # the embedded sample
//	go run ./examples/harvest -from https://themis.vlaanderen.be/sparql -archive themis.db
//	go run ./examples/harvest -from ./dumps -archive themis.db -since 2023-01-01
//	go run ./examples/harvest -archive themis.db -verify
//	go run ./examples/harvest -archive themis.db -export csv,jsonl,nq,ttl,parquet -export-dir out
//	go run ./examples/harvest -archive themis.db -push http://127.0.0.1:8890/sparql-auth -push-graph http://example.org/themis
//	go run ./examples/harvest -archive themis.db -documents pdf -since 2023-12-01
//
// An archive that is there is only harvested into with -from when it is
// verified, exported, pushed or completed with documents.
//
// Run it again to bring the archive up to date, or to go on after it broke off.
// The exit status is 0 when everything is there, 1 when the harvest failed, and
// 3 when it ended but something is missing.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/themis-go/themis/examples/internal/corpus"
	"github.com/themis-go/themis/harvest"
	"github.com/themis-go/themis/harvest/archive"
)

var errPartial = errors.New("not everything is there; run again, or see the reasons above")

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	err := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	if err == nil || errors.Is(err, flag.ErrHelp) {
		return
	}
	fmt.Fprintln(os.Stderr, "harvest:", oneLine(err))
	if errors.Is(err, errPartial) {
		os.Exit(3)
	}
	os.Exit(1)
}

func oneLine(err error) string {
	text := strings.Join(strings.Fields(strings.ReplaceAll(err.Error(), "\n", "; ")), " ")
	return strings.TrimPrefix(text, "harvest: ")
}

func run(ctx context.Context, args []string, out, status io.Writer) error {
	flags := flag.NewFlagSet("harvest", flag.ContinueOnError)
	flags.SetOutput(status)
	from := flags.String("from", "", "SPARQL endpoint `URL`, or path of a file or folder of RDF (empty: the embedded sample)")
	file := flags.String("archive", "", "`FILE` to keep the harvest in; it is made if absent")
	since := flags.String("since", "", "harvest meetings from this `DATE` on (2023-01-31)")
	until := flags.String("until", "", "harvest meetings up to this `DATE`")
	full := flags.Bool("full", false, "read everything again, not only what changed")
	verify := flags.Bool("verify", false, "compute the digests of the archive again; without -from, harvest nothing")
	quiet := flags.Bool("quiet", false, "do not show progress")
	var outputs outputs
	outputs.flags(flags)
	if err := flags.Parse(args); err != nil {
		return err
	}
	if flags.NArg() > 0 {
		return fmt.Errorf("unknown argument %q: sources are given with -from", flags.Arg(0))
	}
	if *file == "" {
		return errors.New("where to? give -archive FILE")
	}
	options, first, last, err := dates(*since, *until)
	if err != nil {
		return err
	}
	if *full {
		options = append(options, harvest.Full())
	}
	if !*quiet {
		options = append(options, harvest.Progress(show(status)))
		outputs.status = status
	}
	if *verify && *from == "" && !outputs.wanted() {
		arc, err := archive.Open(*file, archive.ReadOnly())
		if err != nil {
			return err
		}
		defer arc.Close()
		return verified(ctx, arc, out)
	}
	_, absent := os.Stat(*file)
	arc, err := archive.Open(*file)
	if err != nil {
		return err
	}
	defer arc.Close()
	if outputs.wanted() && *from == "" && absent == nil {
		if *verify {
			if err := verified(ctx, arc, out); err != nil {
				return err
			}
		}
		return outputs.run(ctx, arc, first, last, out)
	}
	src, err := corpus.Source(*from)
	if err != nil {
		return err
	}
	result, err := harvest.Run(ctx, src, arc, options...)
	if err != nil {
		return err
	}
	if err := report(out, result.Manifest); err != nil {
		return err
	}
	if *verify {
		if err := verified(ctx, arc, out); err != nil {
			return err
		}
	}
	if err := outputs.run(ctx, arc, first, last, out); err != nil {
		return err
	}
	if partial, ok := result.Completeness.(harvest.Partial); ok {
		for _, reason := range partial.Reasons {
			fmt.Fprintln(status, "missing:", reason)
		}
		return errPartial
	}
	return nil
}

func dates(since, until string) (options []harvest.Option, first, last time.Time, err error) {
	for _, d := range []struct {
		name, value string
		option      func(time.Time) harvest.Option
		date        *time.Time
	}{{"since", since, harvest.Since, &first}, {"until", until, harvest.Until, &last}} {
		if d.value == "" {
			continue
		}
		t, err := time.Parse(time.DateOnly, d.value)
		if err != nil {
			return nil, first, last, fmt.Errorf("-%s %q: want a date like 2023-01-31", d.name, d.value)
		}
		*d.date = t
		options = append(options, d.option(t))
	}
	return options, first, last, nil
}

// show prints a line for each class or stage as it begins, and each remark.
func show(w io.Writer) func(harvest.Update) {
	last := ""
	start := time.Now()
	return func(u harvest.Update) {
		at := time.Since(start).Round(100 * time.Millisecond)
		if u.Message != "" {
			fmt.Fprintf(w, "%8v  %s\n", at, u.Message)
			return
		}
		if key := u.Stage + u.What; key == last {
			return
		} else {
			last = key
		}
		count := ""
		if u.Total > 0 {
			count = fmt.Sprintf("  %d of %d", u.Done, u.Total)
		}
		fmt.Fprintf(w, "%8v  %d triples  %s %s%s\n", at, u.Triples, u.Stage, u.What, count)
	}
}

// report prints the counts per class and the manifest.
func report(out io.Writer, m harvest.Manifest) error {
	table := tabwriter.NewWriter(out, 0, 4, 2, ' ', tabwriter.AlignRight)
	counted := make(map[string]string)
	for _, c := range m.Expected {
		counted[c.Class] = fmt.Sprintf("%d/%d", c.Subjects, c.Triples)
	}
	fmt.Fprintln(table, "subjects\ttriples\tsource's count\t\tclass")
	for _, c := range m.Classes {
		name := c.Class
		if name == "" {
			name = "(none)"
		}
		fmt.Fprintf(table, "%d\t%d\t%s\t\t%s\n", c.Subjects, c.Triples, counted[c.Class], name)
	}
	fmt.Fprintf(table, "%d\t%d\t\t\t%s\n", m.Subjects, m.Triples, "all")
	if err := table.Flush(); err != nil {
		return err
	}
	fmt.Fprintf(out, "\n%d decisions; %v\n\n", m.Decisions, m.Completeness())
	m.Windows, m.Expected = nil, nil // long, and shown above; they are in the archive
	text, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(out, "%s\n", text)
	return err
}

func verified(ctx context.Context, arc *archive.Archive, out io.Writer) error {
	m, err := arc.Verify(ctx)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(out, "verified: %d triples, %d decisions, SHA-256 %s\n", m.Triples, m.Decisions, m.Digest)
	return err
}
