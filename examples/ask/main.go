// Ask answers a question from the decisions of the Flemish Government, each
// sentence with the decisions that it rests on.
//
//	go run ./examples/ask "Wat besliste de Vlaamse Regering over preventie van radicalisering?"   # the embedded sample
//	go run ./examples/ask -archive themis.db "Welke subsidies zijn er voor fietspaden?"
//	go run ./examples/ask -from http://127.0.0.1:8890/sparql -format html "…" > antwoord.html
//
// A question on which no decision bears is answered by saying so. The exit
// status is 1 when the question cannot be asked or the data cannot be read.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"

	"github.com/themis-go/themis/examples/internal/corpus"
	"github.com/themis-go/themis/report"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	err := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	if err == nil || errors.Is(err, flag.ErrHelp) {
		return
	}
	fmt.Fprintln(os.Stderr, "ask:", strings.Join(strings.Fields(err.Error()), " "))
	os.Exit(1)
}

func run(ctx context.Context, args []string, out, status io.Writer) error {
	flags := flag.NewFlagSet("ask", flag.ContinueOnError)
	flags.SetOutput(status)
	var from corpus.Options
	flags.StringVar(&from.From, "from", "", "SPARQL endpoint `URL`, or path of an archive or of a file or folder of RDF (empty: -archive, else the embedded sample)")
	flags.StringVar(&from.Archive, "archive", "", "`FILE` in which the decisions are, or in which a harvest is kept")
	format := flags.String("format", "md", "form of the answer: md, html or json")
	language := flags.String("language", "nl", "language of headings: nl or en")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if flags.NArg() != 1 {
		return errors.New(`give one question between quotes, such as "Welke subsidies zijn er voor fietspaden?"`)
	}
	if from.Archive != "" && from.From == "" {
		if _, err := os.Stat(from.Archive); err != nil {
			return fmt.Errorf("-archive %s: no such file; make it with -from, or with examples/harvest", from.Archive)
		}
	}
	var write func(*report.Answer) error
	switch *format {
	case "md":
		write = func(a *report.Answer) error { return a.Markdown(out) }
	case "html":
		write = func(a *report.Answer) error { return a.HTML(out) }
	case "json":
		write = func(a *report.Answer) error { return a.JSON(out) }
	default:
		return fmt.Errorf("-format %q: choose md, html or json", *format)
	}
	c, err := corpus.Open(ctx, from)
	if err != nil {
		return err
	}
	defer c.Close()
	answer, err := report.Ask(ctx, c.Archive, flags.Arg(0), report.WithLanguage(report.Language(*language)))
	if err != nil {
		return err
	}
	return write(answer)
}
