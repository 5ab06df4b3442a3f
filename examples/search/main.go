// Search finds decisions of the Flemish Government by words, best first, each
// with the sentence that has most of them, and with -why the reasons.
//
//	go run ./examples/search preventie van radicalisering              # the embedded sample
//	go run ./examples/search -from themis.db huurpremie
//	go run ./examples/search -from http://127.0.0.1:8890/sparql -why fietssnelwegen
//
// The archive named by -from keeps the index, so that the next search is quick.
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
	"time"

	"golang.org/x/term"

	"github.com/themis-go/themis/examples/internal/corpus"
	"github.com/themis-go/themis/examples/internal/progress"
	"github.com/themis-go/themis/report/retrieve"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	err := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	if err == nil || errors.Is(err, flag.ErrHelp) {
		return
	}
	fmt.Fprintln(os.Stderr, "search:", strings.Join(strings.Fields(err.Error()), " "))
	stop()
	os.Exit(1)
}

func run(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	flags := flag.NewFlagSet("search", flag.ContinueOnError)
	flags.SetOutput(stderr)
	from := flags.String("from", "", "where decisions come from: a SPARQL `endpoint` (http…), a file or folder of RDF, an archive (.db); empty: the embedded sample")
	limit := flags.Int("n", 10, "how many decisions to show")
	why := flags.Bool("why", false, "tell why each decision ranks where it does")
	all := flags.Bool("all", false, "show decisions below the cut-off too")
	quiet := flags.Bool("quiet", false, "show no progress")
	if err := flags.Parse(args); err != nil {
		return err
	}
	words := strings.Join(flags.Args(), " ")
	switch {
	case strings.TrimSpace(words) == "":
		return errors.New("give words to search for, as in: search preventie van radicalisering")
	case *limit < 1:
		return fmt.Errorf("-n %d: want 1 or more", *limit)
	}
	shown := stderr
	if *quiet {
		shown = nil
	}
	display := progress.New(shown)
	defer display.Done()
	c, err := corpus.Open(ctx, corpus.Options{From: *from, Progress: display.Harvest})
	if err != nil {
		return err
	}
	defer c.Close()
	ix, err := retrieve.Open(ctx, c.Archive)
	if err != nil {
		return err
	}
	display.Done()
	res, err := ix.Search(ctx, words, retrieve.Limit(max(*limit, 50)))
	if err != nil {
		return err
	}
	hits := res.Relevant()
	if *all {
		hits = res.Hits
	}
	fmt.Fprintln(stdout, res.Reason)
	for i, hit := range hits[:min(*limit, len(hits))] {
		show(stdout, i+1, hit, ix, words)
		if !*why {
			continue
		}
		x, err := ix.ExplainSearch(ctx, words, hit.URI)
		if err != nil {
			return err
		}
		if _, err := x.WriteTo(stdout); err != nil {
			return err
		}
	}
	return nil
}

// show writes a decision with the words marked: in bold on a terminal, between
// asterisks elsewhere.
func show(w io.Writer, number int, hit retrieve.Hit, ix *retrieve.Index, words string) {
	before, after := "*", "*"
	if f, ok := w.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		before, after = "\x1b[1m", "\x1b[0m"
	}
	d := hit.Decision
	title, sentence := ix.Highlight(words, plain(d.Title), plain(d.Text))
	date := "????-??-??"
	if !hit.Date.IsZero() {
		date = hit.Date.Format(time.DateOnly)
	}
	fmt.Fprintf(w, "\n%d. %s (%s, %s, %.0f %%)\n", number, title.Mark(before, after), date, hit.Stage.Label(), 100*hit.Probability)
	if sentence.Text != "" {
		fmt.Fprintf(w, "   %s\n", sentence.Mark(before, after))
	}
	fmt.Fprintf(w, "   %s\n", hit.URI)
}

// plain takes out the characters that could command a terminal.
func plain(text string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' || r == 0x7f || r >= 0x80 && r < 0xa0 {
			return -1
		}
		return r
	}, text)
}
