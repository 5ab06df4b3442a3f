package harvest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/themis-go/themis/rdf"
	"github.com/themis-go/themis/rdf/sparql"
)

// repairs is how often a run looks again at classes whose counts moved while
// they were read.
const repairs = 3

// The keys of checkpoints.
func (h *endpointRun) keyWatermark() string { return "watermark " + h.document }
func (h *endpointRun) keyFull() string      { return "full " + h.document }
func (h *endpointRun) keyCounts() string    { return "counts " + h.document }

func (h *endpointRun) run(ctx context.Context) error {
	classes, total, err := h.classes(ctx)
	if err != nil {
		return err
	}
	if total == 0 {
		return fmt.Errorf("harvest: %s: %w", h.document, ErrEmptySource)
	}
	watermark, err := h.session.Checkpoint(ctx, h.keyWatermark())
	if err != nil {
		return err
	}
	switch {
	case h.dated():
		return h.runDated(ctx, classes)
	case watermark == "" || h.full:
		return h.runWhole(ctx, classes, total)
	}
	return h.runChanges(ctx, classes, total, watermark)
}

// runWhole reads every class. Where an earlier whole run broke off, it reads
// only what is not there yet; what changed meanwhile the next run finds by the
// watermark, which is that of the first attempt.
func (h *endpointRun) runWhole(ctx context.Context, classes []count, total int64) error {
	mark, err := h.session.Checkpoint(ctx, h.keyFull())
	if err != nil {
		return err
	}
	resumed := mark != ""
	if resumed {
		h.note("going on where the last run broke off")
	} else {
		if mark, err = h.latest(ctx); err != nil {
			return err
		}
		if err := h.session.Put(ctx, Batch{Document: h.document, Checkpoints: map[string]string{h.keyFull(): mark}}); err != nil {
			return err
		}
	}
	if err := h.syncAll(ctx, append(slices.Clone(classes), count{subjects: -1}), !resumed); err != nil {
		return err
	}
	if err := h.readBlanks(ctx); err != nil {
		return err
	}
	if classes, total, err = h.settle(ctx, classes, total); err != nil {
		return err
	}
	if err := h.session.Retain(ctx, []string{h.document, blanksDocument(h.document)}); err != nil {
		return err
	}
	return h.end(ctx, classes, total, mark)
}

// unjoined are large classes of which nothing enters a decision.
var unjoined = []string{classDataset, classDistribution, "https://data.vlaanderen.be/ns/dossier#Dossier"}

// syncAll reads what decisions are made of first, and the rest while they are made.
func (h *endpointRun) syncAll(ctx context.Context, classes []count, all bool) error {
	isRest := func(c count) bool { return slices.Contains(unjoined, c.class) }
	rest := slices.DeleteFunc(slices.Clone(classes), func(c count) bool { return !isRest(c) })
	if err := h.sync(ctx, slices.DeleteFunc(classes, isRest), all); err != nil {
		return err
	}
	refreshed := make(chan error, 1)
	go func() { refreshed <- h.session.Refresh(ctx) }()
	err := h.sync(ctx, rest, all)
	return errors.Join(err, <-refreshed)
}

// end moves the checkpoint on, unless something is missing.
func (h *endpointRun) end(ctx context.Context, classes []count, total int64, mark string) error {
	h.expect(classes)
	if len(h.reasons) > 0 {
		return nil
	}
	return h.session.Put(ctx, Batch{Document: h.document, Checkpoints: map[string]string{
		h.keyFull(): "", h.keyWatermark(): mark, h.keyCounts(): formatCounts(classes, total)}})
}

// settle counts again, and reads again the classes whose counts moved.
func (h *endpointRun) settle(ctx context.Context, before []count, total int64) ([]count, int64, error) {
	for range repairs {
		now, sum, err := h.classes(ctx)
		if err != nil {
			return nil, 0, err
		}
		moved := changedCounts(before, now)
		lacking, err := h.lacking(ctx, now)
		if err != nil {
			return nil, 0, err
		}
		for _, c := range lacking {
			if !slices.Contains(moved, c) {
				moved = append(moved, c)
			}
		}
		if len(moved) == 0 && sum == total {
			return now, sum, nil
		}
		if len(moved) == 0 || sum-total != sumOf(now)-sumOf(before) {
			moved = append(moved, count{subjects: -1})
		}
		h.note("counts differ, or changed while the data was read: looking at %d classes again", len(moved))
		before, total = now, sum
		if err := h.sync(ctx, moved, false); err != nil {
			return nil, 0, err
		}
	}
	h.lack(h.document, "the endpoint's counts were not met: the data keeps changing, or the endpoint cuts its answers; run again")
	return before, total, nil
}

// lacking returns the classes of which the archive has not as many subjects as
// the endpoint counts.
func (h *endpointRun) lacking(ctx context.Context, now []count) (out []count, err error) {
	counts, err := h.session.Counts(ctx)
	if err != nil {
		return nil, err
	}
	has := make(map[string]int64, len(counts))
	for _, c := range counts {
		has[c.Class] = c.Subjects
	}
	for _, c := range now {
		if has[c.class] != c.subjects {
			out = append(out, c)
		}
	}
	return out, nil
}

func sumOf(classes []count) (n int64) {
	for _, c := range classes {
		n += c.triples
	}
	return n
}

// changedCounts returns the classes of now, and those that are gone, whose
// counts differ.
func changedCounts(before, now []count) []count {
	was := make(map[string]count, len(before))
	for _, c := range before {
		was[c.class] = c
	}
	var out []count
	for _, c := range now {
		if was[c.class] != c {
			out = append(out, c)
		}
		delete(was, c.class)
	}
	for _, c := range was {
		out = append(out, count{class: c.class})
	}
	slices.SortFunc(out, func(a, b count) int { return strings.Compare(a.class, b.class) })
	return out
}

// formatCounts writes counts for a checkpoint, parseCounts reads them.
func formatCounts(classes []count, total int64) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d", total)
	for _, c := range classes {
		fmt.Fprintf(&b, "\n%d %d %s", c.subjects, c.triples, c.class)
	}
	return b.String()
}

func parseCounts(s string) (classes []count, total int64) {
	for i, line := range strings.Split(s, "\n") {
		var c count
		if i == 0 {
			fmt.Sscan(line, &total)
		} else if n, _ := fmt.Sscan(line, &c.subjects, &c.triples, &c.class); n == 3 {
			classes = append(classes, c)
		}
	}
	return classes, total
}

// latest asks when the catalogue last changed; the beginning of time where
// there is no catalogue.
func (h *endpointRun) latest(ctx context.Context) (string, error) {
	mark := beginning.Format(time.RFC3339Nano)
	err := h.rows(ctx, "latest", nil, func(row *sparql.Rows) error {
		var t *time.Time
		if err := row.Scan(&t); err != nil {
			return err
		}
		if t != nil {
			mark = t.UTC().Format(time.RFC3339Nano)
		}
		return nil
	})
	return mark, err
}

// beginning and end bound the dates that a query is asked about.
var (
	beginning = time.Date(1900, 1, 1, 0, 0, 0, 0, time.UTC)
	ending    = time.Date(3000, 1, 1, 0, 0, 0, 0, time.UTC)
)

// readBlanks reads the triples whose subject is a blank node, and stores all
// that have one.
func (h *endpointRun) readBlanks(ctx context.Context) error {
	n, err := h.number(ctx, "blanks")
	if err != nil {
		return err
	}
	if n > 0 {
		var got []rdf.Triple
		if err := h.rows(ctx, "blank-triples", func() { got = nil }, func(row *sparql.Rows) error {
			t, err := triple(row.Values())
			got = append(got, t)
			return err
		}); err != nil {
			return err
		}
		if int64(len(got)) != n {
			h.lack("blank nodes", fmt.Sprintf("the endpoint counts %d triples and sent %d", n, len(got)))
		}
		h.received(len(got))
		for _, t := range got {
			h.blanks.take(t)
		}
	}
	return h.blanks.put(ctx, h.session, h.document)
}
