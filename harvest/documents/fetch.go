package documents

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"sync"
	"time"

	"github.com/themis-go/themis/harvest"
	"github.com/themis-go/themis/rdf"
)

// Outcome tells what was done about a file.
type Outcome string

// The outcomes.
const (
	Downloaded Outcome = "downloaded"
	// Unchanged: the server said that the file on disk is current.
	Unchanged Outcome = "unchanged"
	// Present: the file was on disk already; the server was not asked.
	Present Outcome = "present"
)

// Result is a file that is on disk now.
type Result struct {
	Record
	Outcome Outcome
}

// wanted is a file to fetch.
type wanted struct {
	decision rdf.IRI
	date     time.Time
	document harvest.Document
	file     harvest.File
}

// Fetch downloads the files of the decisions' documents that are PDFs (see
// [Match]) into the folder, and yields a result for each as it is done, in no
// certain order. A file that several decisions share is fetched once.
//
// The failure of a file is yielded as a *[FileError], and the others go on.
// Another error ends the run and is the last that is yielded: that of the
// stream, a full disk, ctx done, or ErrUnavailable when the server was not
// available for five files in a row. In each case the next run goes on from there.
//
// The stream is read to its end before the first request, so that an archive is
// not kept busy for the hours that downloads can take.
func (f *Folder) Fetch(ctx context.Context, decisions iter.Seq2[harvest.Decision, error], opts ...Option) iter.Seq2[Result, error] {
	return func(yield func(Result, error) bool) {
		c, err := newConfig(opts)
		if err != nil {
			yield(Result{}, fmt.Errorf("documents: %w", err))
			return
		}
		list, err := plan(decisions, c.match)
		if err != nil {
			yield(Result{}, fmt.Errorf("documents: read the decisions: %w", err))
			return
		}
		if err := f.run(ctx, c, list, yield); err != nil {
			yield(Result{}, fmt.Errorf("documents: %w", err))
		}
		c.client.CloseIdleConnections()
	}
}

func plan(decisions iter.Seq2[harvest.Decision, error], match func(harvest.Document, harvest.File) bool) ([]wanted, error) {
	var list []wanted
	seen := map[rdf.IRI]bool{}
	for d, err := range decisions {
		if err != nil {
			return nil, err
		}
		for _, doc := range d.Documents {
			for _, file := range doc.Files {
				if file.URI == (rdf.IRI{}) || seen[file.URI] || !match(doc, file) {
					continue
				}
				seen[file.URI] = true
				list = append(list, wanted{decision: d.URI, date: d.Date(), document: doc, file: file})
			}
		}
	}
	return list, nil
}

type outcome struct {
	result Result
	err    error
}

// run fetches the files with several workers and yields from the caller's
// goroutine. It returns the error that ended it, or nil when the caller
// stopped or all is done; no worker is left when it returns.
func (f *Folder) run(parent context.Context, c *config, list []wanted, yield func(Result, error) bool) error {
	ctx, cancel := context.WithCancel(parent)
	jobs, outcomes := make(chan wanted), make(chan outcome)
	fetcher := &fetcher{folder: f, config: c, turns: &turns{every: interval(c.perSecond), sleep: c.sleep}}
	var workers sync.WaitGroup
	for range min(c.inFlight, max(len(list), 1)) {
		workers.Go(func() {
			for w := range jobs {
				result, err := fetcher.fetch(ctx, w)
				select {
				case outcomes <- outcome{result, err}:
				case <-ctx.Done():
					return
				}
			}
		})
	}
	workers.Go(func() {
		defer close(jobs)
		for _, w := range list {
			select {
			case jobs <- w:
			case <-ctx.Done():
				return
			}
		}
	})
	defer workers.Wait()
	defer cancel()

	unavailable := 0
	for done := range len(list) {
		var o outcome
		select {
		case o = <-outcomes:
		case <-ctx.Done():
			return parent.Err()
		}
		if err := fatal(ctx, o.err); err != nil {
			return err
		}
		if !yield(o.result, o.err) {
			return nil
		}
		if c.progress != nil {
			c.progress(done+1, len(list))
		}
		if !errors.Is(o.err, ErrUnavailable) {
			unavailable = 0
		} else if unavailable++; unavailable >= c.giveUpAfter {
			return fmt.Errorf("given up after %d files in a row: %w", unavailable, ErrUnavailable)
		}
	}
	return nil
}

// fatal returns what must end the run.
func fatal(ctx context.Context, err error) error {
	if err == nil {
		return nil
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	var local *localError
	if errors.As(err, &local) {
		return local
	}
	return nil
}

func interval(perSecond float64) time.Duration {
	if perSecond <= 0 {
		return 0
	}
	return time.Duration(float64(time.Second) / perSecond)
}

// turns spaces the starts of requests.
type turns struct {
	every time.Duration
	sleep func(context.Context, time.Duration) error
	mu    sync.Mutex
	next  time.Time
}

func (t *turns) wait(ctx context.Context) error {
	if t.every == 0 {
		return ctx.Err()
	}
	t.mu.Lock()
	now := time.Now()
	if t.next.Before(now) {
		t.next = now
	}
	wait := t.next.Sub(now)
	t.next = t.next.Add(t.every)
	t.mu.Unlock()
	return t.sleep(ctx, wait)
}
