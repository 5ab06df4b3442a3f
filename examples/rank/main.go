// Rank ranks the decisions of the Flemish Government for each section of a
// coalition agreement and writes a run: JSON lines of {"section": KEY,
// "ranking": [URI, …]}, at most 200 each, best first, KEY being that of the
// agreement. It is the form that evaluations of retrieval read.
//
//	go run ./examples/rank -out run.jsonl                                   # the embedded sample
//	go run ./examples/rank -from themis.db -agreement regeerakkoord.jsonl -out run.jsonl
//	go run ./examples/rank -from themis.db -agreement regeerakkoord.jsonl -section 2.2.9 -explain
//
// With -explain it tells on standard output why the first decisions rank where
// they do. With -judged FILE as well, JSON lines of {"section": KEY, "grades":
// {URI: GRADE}}, it tells so of the decisions among the first twenty that
// nobody judged, for a reader's eye.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
	"strings"

	"github.com/themis-go/themis/examples/internal/corpus"
	"github.com/themis-go/themis/examples/internal/progress"
	"github.com/themis-go/themis/report/agreement"
	"github.com/themis-go/themis/report/retrieve"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	err := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	if err == nil || errors.Is(err, flag.ErrHelp) {
		return
	}
	fmt.Fprintln(os.Stderr, "rank:", strings.Join(strings.Fields(err.Error()), " "))
	stop()
	os.Exit(1)
}

// settings are what the flags say.
type settings struct {
	from, agreement, out, judged string
	sections                     []string
	explain, quiet               bool
	limit                        int
}

func parse(args []string, stderr io.Writer) (s settings, err error) {
	flags := flag.NewFlagSet("rank", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.StringVar(&s.from, "from", "", "where decisions come from: a SPARQL `endpoint` (http…), a file or folder of RDF, an archive (.db); empty: the embedded sample")
	flags.StringVar(&s.agreement, "agreement", "", "the coalition agreement, a `file`: .jsonl, .md, .txt, .html or .pdf; empty: the embedded sample")
	flags.Func("section", "a section: its number, words of its title, or its key; may be given more than once; empty: all", func(v string) error {
		s.sections = append(s.sections, v)
		return nil
	})
	flags.StringVar(&s.out, "out", "", "the `file` of the run; empty: none")
	flags.IntVar(&s.limit, "limit", 200, "decisions for each section, 200 at most")
	flags.BoolVar(&s.explain, "explain", false, "tell why the first ten decisions of each section rank there")
	flags.StringVar(&s.judged, "judged", "", "a `file` of judgements: with -explain, tell of the first twenty those that nobody judged")
	flags.BoolVar(&s.quiet, "quiet", false, "show no progress")
	if err := flags.Parse(args); err != nil {
		return s, err
	}
	switch {
	case flags.NArg() > 0:
		return s, fmt.Errorf("unexpected argument %q: every setting is a flag, see -help", flags.Arg(0))
	case s.limit < 1 || s.limit > 200:
		return s, fmt.Errorf("-limit %d: want 1 to 200", s.limit)
	case s.out == "" && !s.explain:
		return s, errors.New("nothing to do: give -out FILE, -explain, or both")
	case s.judged != "" && !s.explain:
		return s, errors.New("-judged goes with -explain")
	}
	return s, nil
}

func run(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	s, err := parse(args, stderr)
	if err != nil {
		return err
	}
	sections, err := choose(s)
	if err != nil {
		return err
	}
	grades, err := judgements(s.judged)
	if err != nil {
		return err
	}
	var out io.Writer = io.Discard
	if s.out != "" {
		f, err := os.Create(s.out)
		if err != nil {
			return err
		}
		defer f.Close()
		out = f
	}
	shown := stderr
	if s.quiet {
		shown = nil
	}
	display := progress.New(shown)
	defer display.Done()
	c, err := corpus.Open(ctx, corpus.Options{From: s.from, Progress: display.Harvest})
	if err != nil {
		return err
	}
	defer c.Close()
	ix, err := retrieve.Open(ctx, c.Archive)
	if err != nil {
		return err
	}
	display.Done()
	buffered := bufio.NewWriter(out)
	lines := json.NewEncoder(buffered)
	lines.SetEscapeHTML(false)
	for _, section := range sections {
		res, err := ix.Section(ctx, section, retrieve.Limit(s.limit), retrieve.WithoutDecisions())
		if err != nil {
			return fmt.Errorf("section %q: %w", section.Heading(), err)
		}
		ranking := make([]string, len(res.Hits))
		for i, h := range res.Hits {
			ranking[i] = h.URI
		}
		if err := lines.Encode(line{section.Key, ranking}); err != nil {
			return err
		}
		if s.explain {
			if err := explain(ctx, stdout, ix, section, res, grades[section.Key], s.judged != ""); err != nil {
				return err
			}
		}
	}
	if err := buffered.Flush(); err != nil {
		return err
	}
	if s.out != "" {
		fmt.Fprintf(stdout, "%s: %d sections ranked over %d decisions\n", s.out, len(sections), ix.Corpus().Decisions)
	}
	return nil
}

// line is one of a run.
type line struct {
	Section string   `json:"section"`
	Ranking []string `json:"ranking"`
}

// choose reads the agreement and finds the sections in it.
func choose(s settings) ([]*agreement.Section, error) {
	agr := agreement.Sample()
	if s.agreement != "" {
		var err error
		if agr, err = agreement.ReadFile(s.agreement); err != nil {
			return nil, err
		}
	}
	if len(s.sections) == 0 {
		return agr.Sections, nil
	}
	var sections []*agreement.Section
	for _, query := range s.sections {
		section, err := agr.Section(query)
		if err != nil {
			return nil, err
		}
		if !slices.Contains(sections, section) {
			sections = append(sections, section)
		}
	}
	return sections, nil
}

// judgements reads which decisions were judged, by section.
func judgements(path string) (map[string]map[string]int, error) {
	out := map[string]map[string]int{}
	if path == "" {
		return out, nil
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	for dec := json.NewDecoder(f); dec.More(); {
		var j struct {
			Section string         `json:"section"`
			Grades  map[string]int `json:"grades"`
		}
		if err := dec.Decode(&j); err != nil {
			return nil, fmt.Errorf("%s: not JSON lines of section and grades: %w", path, err)
		}
		out[j.Section] = j.Grades
	}
	return out, nil
}

// explain tells of the first decisions why they rank where they do.
func explain(ctx context.Context, w io.Writer, ix *retrieve.Index, s *agreement.Section, res retrieve.Result, grades map[string]int, unjudged bool) error {
	fmt.Fprintf(w, "## %s\n%s\n", strings.Join(s.Path, " › "), res.Reason)
	first := 10
	if unjudged {
		first = 20
	}
	for _, h := range res.Hits[:min(first, len(res.Hits))] {
		if _, known := grades[h.URI]; known && unjudged {
			continue
		}
		x, err := ix.Explain(ctx, s, h.URI)
		if err != nil {
			return err
		}
		if _, err := x.WriteTo(w); err != nil {
			return err
		}
	}
	return nil
}
