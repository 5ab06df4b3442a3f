package harvest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"
)

// Result is what a [Run] did.
type Result struct {
	Manifest Manifest
	// Completeness is [Complete] or [Partial].
	Completeness Completeness
	// Requests is the number of requests sent, Received of triples that came.
	Requests, Received int64
}

// Run harvests a source into an archive and brings its decisions, counts and
// digests up to date. Where the archive holds the source's data already, only
// what changed is asked for; where an earlier run broke off, this one goes on.
//
// The result tells by [Result.Completeness] whether everything is there: a run
// may end without error and yet lack a file that could not be read, or a class
// whose counts the source did not meet. An error is what ended the run before
// its time; what came before is in the archive, and the result tells what.
func Run(ctx context.Context, src Source, arc Archive, opts ...Option) (*Result, error) {
	c, err := newConfig(opts)
	if err != nil {
		return nil, err
	}
	info := RunInfo{Source: src.Info(), Library: LibraryVersion(), Started: time.Now().UTC().Truncate(time.Millisecond), Since: c.since, Until: c.until}
	session, err := arc.Begin(ctx, info)
	if err != nil {
		return nil, err
	}
	r := &runner{config: c, session: session, info: info}
	failed := src.harvest(ctx, r)
	if failed != nil {
		r.lack(info.Source.String(), failed.Error())
	}
	outcome := Outcome{Completeness: r.completeness(), Expected: r.expected, Windows: r.windows}
	r.update(Update{Stage: "join"})
	// What came is to be of use even where the context has ended.
	finish, cancel := context.WithTimeout(context.WithoutCancel(ctx), finishTime)
	defer cancel()
	m, err := session.Finish(finish, outcome)
	err = errors.Join(failed, err, session.Close())
	return &Result{Manifest: m, Completeness: outcome.Completeness, Requests: r.requests, Received: r.triples}, err
}

// finishTime bounds what is done behind a run that was cancelled.
const finishTime = 10 * time.Minute

// runner is what a source knows of the run. Its methods are for many
// goroutines; the session is for one.
type runner struct {
	*config
	session Session
	info    RunInfo

	mu       sync.Mutex
	windows  []Window
	reasons  []Reason
	expected []ClassCount
	requests int64
	triples  int64
}

func (r *runner) update(u Update) {
	r.mu.Lock()
	defer r.mu.Unlock()
	u.Triples, u.Requests = r.triples, r.requests
	if r.progress != nil {
		r.progress(u)
	}
}

// note is an update that only says something.
func (r *runner) note(format string, args ...any) {
	r.update(Update{Stage: "note", Message: fmt.Sprintf(format, args...)})
}

func (r *runner) request() {
	r.mu.Lock()
	r.requests++
	r.mu.Unlock()
}

func (r *runner) received(triples int) {
	r.mu.Lock()
	r.triples += int64(triples)
	r.mu.Unlock()
}

func (r *runner) lack(what, why string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	reason := Reason{What: what, Why: why}
	if !slices.Contains(r.reasons, reason) {
		r.reasons = append(r.reasons, reason)
	}
}

func (r *runner) window(w Window) {
	r.mu.Lock()
	r.windows = append(r.windows, w)
	r.mu.Unlock()
}

func (r *runner) completeness() Completeness {
	if len(r.reasons) == 0 {
		return Complete{}
	}
	return Partial{Reasons: r.reasons}
}
