package site

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"

	"github.com/themis-go/themis/report"
	"github.com/themis-go/themis/report/analyse"
)

// Result tells what was written.
type Result struct {
	// Index is the path of the first page.
	Index string
	// Files and Bytes count what the site holds.
	Files int
	Bytes int64
	// Sections, Decisions and Meetings count what it shows.
	Sections, Decisions, Meetings int
}

// Write writes a site into a folder, which is made where it is absent. An
// earlier site in it is replaced: files that the new one no longer has are
// removed, and files that no site wrote are left alone; where one of them is in
// the way the error is [ErrForeignFile].
//
// Everything is written beside the folder first, and moved into it when it is
// complete. After an error, or when ctx is done, the folder is as it was.
func Write(ctx context.Context, dir string, config Config) (Result, error) {
	if err := config.check(); err != nil {
		return Result{}, err
	}
	out, err := newStaging(dir)
	if err != nil {
		return Result{}, err
	}
	defer out.remove()
	m := newModel(config)
	w := &writer{model: m, out: out}
	if err := w.write(ctx); err != nil {
		return Result{}, err
	}
	result, err := out.commit()
	if err != nil {
		return Result{}, err
	}
	result.Sections, result.Decisions, result.Meetings = len(m.sections), len(m.decisions), len(m.meetings)
	return result, nil
}

// writer writes the files of a model.
type writer struct {
	*model
	out *staging

	mu      sync.Mutex // guards progress
	reports [][]byte   // each as one line of JSON, in the order of the sections
}

func (w *writer) tell(phase string, done, total int) {
	if w.config.Progress != nil {
		w.config.Progress(Progress{phase, done, total})
	}
}

func (w *writer) write(ctx context.Context) error {
	w.tell("decisions", 0, 0)
	if err := w.read(ctx); err != nil {
		return err
	}
	w.arrange()
	w.tell("decisions", len(w.decisions), len(w.decisions))
	if err := w.buildReports(ctx); err != nil {
		return err
	}
	w.cite()
	jobs := w.pages()
	jobs = append(jobs, w.feeds()...)
	if err := w.run(ctx, "pages", jobs); err != nil {
		return err
	}
	return w.run(ctx, "data", w.data(ctx))
}

// job writes some files.
type job func() error

func (w *writer) run(ctx context.Context, phase string, jobs []job) error {
	done := 0
	return each(ctx, len(jobs), func(i int) error {
		if err := jobs[i](); err != nil {
			return err
		}
		w.mu.Lock()
		defer w.mu.Unlock()
		done++
		w.tell(phase, done, len(jobs))
		return nil
	})
}

// buildReports makes the reports, writes their pages and keeps what other pages
// show of them.
func (w *writer) buildReports(ctx context.Context) error {
	w.reports = make([][]byte, len(w.sections))
	done := 0
	return each(ctx, len(w.sections), func(i int) error {
		n := w.sections[i]
		rep, err := w.config.Report(ctx, n.section)
		if err == nil && rep == nil {
			err = errors.New("no report and no error")
		}
		if err != nil {
			return fmt.Errorf("site: report about %q: %w", n.heading(), err)
		}
		n.report.title = report.OneLine(rep.Title)
		n.report.counts = countsOf(rep)
		n.report.references = rep.References
		if w.config.Reports {
			if w.reports[i], err = json.Marshal(rep); err != nil {
				return fmt.Errorf("site: report about %q: %w", n.heading(), err)
			}
		}
		if err := w.sectionPage(i, rep); err != nil {
			return err
		}
		w.mu.Lock()
		defer w.mu.Unlock()
		done++
		w.tell("reports", done, len(w.sections))
		return nil
	})
}

// countsOf counts promises by status; findings where a section has no promises.
func countsOf(rep *report.Report) counts {
	out := counts{}
	for _, p := range rep.Promises {
		out[p.Status]++
	}
	if len(rep.Promises) == 0 {
		for _, f := range rep.Findings {
			out[f.Status]++
		}
	}
	if len(out) == 0 {
		out[analyse.NothingFound] = 1
	}
	return out
}
