package harvest

import (
	"errors"
	"fmt"
	"time"
)

// ErrOptions is the error of a [Run] whose options contradict each other.
var ErrOptions = errors.New("wrong options")

// Option changes a [Run].
type Option func(*config)

type config struct {
	since, until time.Time
	progress     func(Update)
	pageTriples  int
	concurrency  int
	full         bool
	rate         float64
	rateSet      bool
	tries        int
}

const (
	defaultPage        = 5000
	defaultConcurrency = 2
	defaultRate        = 2 // requests begun in a second, for hosts other than this one
	defaultTries       = 4
)

// Since limits the run to meetings on the day of t in Brussels or later. A t at
// midnight UTC stands for that date itself. What belongs to no meeting (people,
// governments, code lists) is always harvested.
func Since(t time.Time) Option { return func(c *config) { c.since = startOf(t) } }

// Until limits the run to meetings on the day of t in Brussels or earlier.
func Until(t time.Time) Option {
	return func(c *config) {
		if !t.IsZero() {
			c.until = nextDay(startOf(t))
		}
	}
}

// startOf is the first instant in Brussels of the day that t means.
func startOf(t time.Time) time.Time {
	if t.IsZero() {
		return t
	}
	u := t.UTC()
	if !u.Equal(u.Truncate(24 * time.Hour)) {
		u = day(t)
	}
	return time.Date(u.Year(), u.Month(), u.Day(), 0, 0, 0, 0, Brussels)
}

func nextDay(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day()+1, 0, 0, 0, 0, t.Location())
}

// Progress makes the run report how far it is. f is called by one goroutine at
// a time and ought to return quickly.
func Progress(f func(Update)) Option { return func(c *config) { c.progress = f } }

// PageSize sets how many triples are asked for in one request to an endpoint;
// the default is 5,000. It must be below what the endpoint cuts at; a cut
// answer is noticed and asked for again in smaller parts.
func PageSize(triples int) Option { return func(c *config) { c.pageTriples = triples } }

// Concurrency sets how many requests are in flight at most; the default is 2.
func Concurrency(n int) Option { return func(c *config) { c.concurrency = n } }

// Rate sets how many requests are begun in a second at most; 0 is no limit. The
// default is 2, and no limit for a server on this machine.
func Rate(perSecond float64) Option {
	return func(c *config) { c.rate, c.rateSet = perSecond, true }
}

// Full reads everything again, where by default only what changed since the
// last run is.
func Full() Option { return func(c *config) { c.full = true } }

// Update tells how far a run is.
type Update struct {
	// Stage is what is being done, in English: "count", "fetch", "read", "join".
	Stage string
	// What is the class, meeting or file; empty for the run as a whole.
	What string
	// Done and Total count subjects of What, or files or meetings where the
	// stage is of those; Total is 0 where it is unknown.
	Done, Total int64
	// Triples and Requests count what the run has received and sent so far.
	Triples, Requests int64
	// Message is a remark: what was tried again, a hint. Most updates have none.
	Message string
}

func newConfig(opts []Option) (*config, error) {
	c := &config{pageTriples: defaultPage, concurrency: defaultConcurrency, tries: defaultTries}
	for _, opt := range opts {
		opt(c)
	}
	switch {
	case !c.since.IsZero() && !c.until.IsZero() && !c.since.Before(c.until):
		return nil, fmt.Errorf("harvest: %w: since %s is later than until %s: swap the dates", ErrOptions,
			c.since.In(Brussels).Format(time.DateOnly), c.until.In(Brussels).AddDate(0, 0, -1).Format(time.DateOnly))
	case c.pageTriples < 1:
		return nil, fmt.Errorf("harvest: %w: PageSize(%d): want 1 or more", ErrOptions, c.pageTriples)
	case c.concurrency < 1:
		return nil, fmt.Errorf("harvest: %w: Concurrency(%d): want 1 or more", ErrOptions, c.concurrency)
	case c.rate < 0:
		return nil, fmt.Errorf("harvest: %w: Rate(%g): want 0 or more", ErrOptions, c.rate)
	}
	return c, nil
}

// dated tells whether the run is limited to some meetings.
func (c *config) dated() bool { return !c.since.IsZero() || !c.until.IsZero() }
