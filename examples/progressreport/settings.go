package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/themis-go/themis/report"
	"github.com/themis-go/themis/report/analyse"
)

// settings are what the flags say.
type settings struct {
	from, archive, agreement, out string
	sections, formats             []string
	since, until                  time.Time
	language                      report.Language
	quiet, dryRun                 bool

	analyst analyse.Analyst
	model   *analyse.OpenAIAnalyst // the analyst, where it is a language model
}

func parse(args []string, stderr io.Writer) (s settings, err error) {
	flags := flag.NewFlagSet("progressreport", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.StringVar(&s.from, "from", "", "where decisions come from: a SPARQL `endpoint` (http…), a file or folder of RDF, an archive (.db); empty: the archive of -archive where it exists, else the embedded sample")
	flags.StringVar(&s.archive, "archive", "", "the `file` in which a harvest is kept; empty: a temporary one")
	flags.StringVar(&s.agreement, "agreement", "", "the coalition agreement, a `file`: .jsonl, .md, .txt, .html or .pdf; empty: the embedded sample")
	flags.Func("section", "a `section`: its number, words of its title, or its key; may be given more than once; empty: all, as a site", func(v string) error {
		if v != "" {
			s.sections = append(s.sections, v)
		}
		return nil
	})
	flags.StringVar(&s.out, "out", "report", "the `folder` in which reports are written")
	formats := flags.String("format", "md,html,json", "the `forms` in which they are written")
	since := flags.String("since", "", "look at meetings on this `date` (2023-01-31) or later")
	until := flags.String("until", "", "look at meetings on this `date` or earlier")
	language := flags.String("language", "nl", "the language of headings: nl or en")
	analyst := flags.String("analyst", "extractive", "who derives the findings: extractive, or openai for a language model")
	baseURL := flags.String("base-url", "http://127.0.0.1:11434/v1", "the `address` of the language model's server; the key is in $"+analyse.KeyVariable)
	model := flags.String("model", "", "the `name` of the language model")
	cache := flags.String("cache", "", "the `folder` in which the model's answers are kept; empty: one in the user's cache")
	tokens := flags.Int("budget-tokens", 0, "the most tokens that the model may use; 0: no bound")
	flags.BoolVar(&s.dryRun, "dry-run", false, "with -analyst openai: tell what would be sent and what it costs at most, and send nothing to the model")
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
	if s.language = report.Language(*language); !slices.Contains(report.Languages(), s.language) {
		return s, fmt.Errorf("-language %q: want nl or en", *language)
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
	switch *analyst {
	case "extractive":
		if s.dryRun {
			return s, fmt.Errorf("-dry-run goes with -analyst openai: the extractive analyst sends nothing")
		}
		s.analyst = analyse.Extractive()
	case "openai":
		if *cache == "" {
			dir, err := os.UserCacheDir()
			if err != nil {
				return s, fmt.Errorf("give -cache: %w", err)
			}
			*cache = filepath.Join(dir, "themis", "model")
		}
		s.model, err = analyse.OpenAI(*baseURL, *model, analyse.WithCache(analyse.DirCache(*cache)), analyse.WithBudget(analyse.Budget{Tokens: *tokens}))
		if err != nil {
			return s, fmt.Errorf("-analyst openai: %w", err)
		}
		s.analyst = s.model
	default:
		return s, fmt.Errorf("-analyst %q: want extractive or openai", *analyst)
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
