package harvest

import (
	"context"
	"errors"
	"slices"
	"sync"

	"github.com/themis-go/themis/internal/description"
	"github.com/themis-go/themis/rdf"
)

// errStop ends what a failure elsewhere has made pointless.
var errStop = errors.New("stopped")

// class names a class for progress and reasons.
func (c count) name() string {
	if c.class == "" {
		return "resources without class"
	}
	return c.class
}

// fetched is a slice that came, or could not be got, or subjects that are gone.
type fetched struct {
	slice  slice
	put    []description.Description
	blanks []rdf.Triple
	remove []string
	window Window
	total  int64 // subjects of the class
	err    error
}

// sync brings classes up to date, several requests at a time: of the subjects
// that are listed those that differ in number of triples from what the archive
// has, or all.
func (h *endpointRun) sync(parent context.Context, classes []count, all bool) error {
	ctx, cancel := context.WithCancel(parent)
	defer cancel()
	jobs := make(chan fetched)
	results := make(chan fetched, h.concurrency) // so that requests go on while the archive writes
	var planErr error
	var workers sync.WaitGroup
	workers.Add(1)
	go func() {
		defer workers.Done()
		defer close(jobs)
		planErr = h.plan(ctx, classes, all, jobs, results)
	}()
	for range h.concurrency {
		workers.Add(1)
		go func() {
			defer workers.Done()
			for j := range jobs {
				h.work(ctx, &j)
				if !send(ctx, results, j) {
					return
				}
			}
		}()
	}
	go func() { workers.Wait(); close(results) }()
	var failed error
	doneOf := make(map[string]int64)
	for f := range results {
		if failed == nil {
			if failed = h.store(ctx, f, doneOf); failed != nil {
				cancel()
			}
		}
	}
	if failed == nil {
		failed = planErr
	}
	// What was stopped from outside may have lost slices without an error.
	if err := parent.Err(); err != nil && (failed == nil || errors.Is(failed, errStop)) {
		failed = err
	}
	return failed
}

func send(ctx context.Context, to chan<- fetched, f fetched) bool {
	select {
	case to <- f:
		return true
	case <-ctx.Done():
		return false
	}
}

// plan lists the classes and hands out slices.
func (h *endpointRun) plan(ctx context.Context, classes []count, all bool, jobs, results chan<- fetched) error {
	for _, c := range classes {
		subjects, err := h.list(ctx, c)
		if err != nil {
			return err
		}
		slices, gone, err := h.divide(ctx, c.class, subjects, all)
		if err != nil {
			return err
		}
		if len(gone) > 0 && !send(ctx, results, fetched{remove: gone, slice: slice{class: c.class}}) {
			return errStop
		}
		for _, s := range slices {
			if !send(ctx, jobs, fetched{slice: s, total: int64(len(subjects)), window: Window{
				Class: c.class, Name: name(s), ExpectedSubjects: int64(len(s.subjects)), ExpectedTriples: s.triples()}}) {
				return errStop
			}
		}
	}
	return nil
}

// divide compares a list with what the archive has, and cuts what is to be
// fetched into slices.
func (h *endpointRun) divide(ctx context.Context, class string, listed []subject, all bool) (parts []slice, gone []string, err error) {
	has := make(map[string]int64)
	for known, err := range h.session.Known(ctx, class) {
		if err != nil {
			return nil, nil, err
		}
		has[known.Key] = known.Triples
	}
	var differ []subject
	for _, s := range listed {
		key := description.Key(s.iri)
		if n, ok := has[key]; !ok || n != s.triples {
			differ = append(differ, s)
		}
		delete(has, key)
	}
	for key := range has {
		if _, ok := iriOf(key); ok {
			gone = append(gone, key)
		}
	}
	slices.Sort(gone)
	h.mu.Lock()
	page := h.page
	h.mu.Unlock()
	switch {
	case class == "":
		if all {
			differ = listed
		}
		return cutInto("", "", differ, page), gone, nil
	case all, len(differ) == len(listed):
		return cutInto(class, "", listed, page), gone, nil
	}
	return cutInto("", "", differ, page), gone, nil
}

func (h *endpointRun) work(ctx context.Context, f *fetched) {
	f.put, f.blanks, f.err = h.fetch(ctx, f.slice, &f.window)
	f.window.ReceivedSubjects = int64(len(f.put))
	for i := range f.put {
		f.window.ReceivedTriples += int64(f.put[i].Received)
	}
	f.window.ReceivedTriples += int64(len(f.blanks))
}

// store writes what came. What could not be got though the endpoint answers is
// noted, and the run goes on.
func (h *endpointRun) store(ctx context.Context, f fetched, doneOf map[string]int64) error {
	if f.err != nil {
		if ctx.Err() != nil || !cut(f.err) {
			return f.err
		}
		h.lack(name(f.slice), f.err.Error())
	}
	for _, t := range f.blanks {
		h.blanks.take(t)
	}
	if len(f.slice.subjects) > 0 {
		h.window(f.window)
	}
	if len(f.put) > 0 || len(f.remove) > 0 {
		if err := h.session.Put(ctx, Batch{Document: h.document, Put: f.put, Remove: f.remove}); err != nil {
			return err
		}
	}
	class := count{class: f.window.Class}.name()
	doneOf[class] += int64(len(f.slice.subjects))
	h.update(Update{Stage: "fetch", What: class, Done: doneOf[class], Total: f.total})
	return nil
}
