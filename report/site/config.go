package site

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"net/url"
	"strings"

	"github.com/themis-go/themis/harvest"
	"github.com/themis-go/themis/report"
	"github.com/themis-go/themis/report/agreement"
)

// Config says what a site is made of. Agreement, Decisions and Report are
// required.
type Config struct {
	Agreement *agreement.Agreement
	// Decisions are all that the site shows, such as those of an archive. They
	// are read once, in any order, and kept in memory until the site is written.
	Decisions iter.Seq2[harvest.Decision, error]
	// Report makes the report about a section. It is called once for each of
	// the agreement's Sections, by as many goroutines at once as there are
	// processors.
	Report func(context.Context, *agreement.Section) (*report.Report, error)
	// Manifest names the data; optional.
	Manifest *harvest.Manifest
	// Language is that of headings and labels; empty is Dutch. Give
	// report.WithLanguage to the reports too.
	Language report.Language
	// Title names the site; empty is the agreement's title.
	Title string
	// BaseURL is the address at which the site will be served, which feeds
	// name; optional. It must be http or https.
	BaseURL string
	// Reports adds the reports themselves to the downloads, as JSON Lines; they
	// take about as much room as all other downloads.
	Reports bool
	// Progress, where it is set, is told how far the writing is. It is called
	// by one goroutine at a time.
	Progress func(Progress)
}

// Progress tells how far the writing of a site is.
type Progress struct {
	// Phase is "decisions", "reports", "pages" or "data".
	Phase string
	// Done of Total steps are done; Total is 0 where it is not known.
	Done, Total int
}

// ErrConfig is matched by errors.Is when a [Config] lacks something or
// contradicts itself.
var ErrConfig = errors.New("site: the configuration is incomplete")

func (c *Config) check() error {
	switch {
	case c.Agreement == nil || len(c.Agreement.Sections) == 0:
		return fmt.Errorf("%w: give an agreement with at least one section", ErrConfig)
	case c.Decisions == nil:
		return fmt.Errorf("%w: give the decisions, such as arc.Decisions(ctx)", ErrConfig)
	case c.Report == nil:
		return fmt.Errorf("%w: give a function that makes the report about a section", ErrConfig)
	}
	if _, err := textsOf(c.Language); err != nil {
		return fmt.Errorf("%w: %w", ErrConfig, err)
	}
	if c.BaseURL != "" {
		u, err := url.Parse(c.BaseURL)
		if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
			return fmt.Errorf("%w: the base address %q is none of the web; give one such as https://example.org/voortgang/", ErrConfig, c.BaseURL)
		}
		if !strings.HasSuffix(c.BaseURL, "/") {
			c.BaseURL += "/"
		}
	}
	if c.Language == "" {
		c.Language = report.Dutch
	}
	return nil
}
