package sparql

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/themis-go/themis/rdf"
)

// fatal is an error that trying again or asking for less does not mend.
type fatal struct{ err error }

func (f *fatal) Error() string { return f.err.Error() }
func (f *fatal) Unwrap() error { return f.err }

// gaveUp reports whether to stop after so many failures in a row; smallest
// tells that there is no smaller question left.
func (r *keysetRun) gaveUp(err error, failures int, smallest bool) bool {
	var f *fatal
	var b *BindError
	var tried *KeysetError // for good, at a step within this one
	switch {
	case errors.As(err, &f), errors.As(err, &b), errors.As(err, &tried), r.ctx.Err() != nil,
		errors.Is(err, context.Canceled),
		errors.Is(err, ErrSyntax), errors.Is(err, ErrDenied), errors.Is(err, ErrConfig):
		return true
	case errors.Is(err, ErrTimeout), errors.Is(err, ErrCostLimit), errors.Is(err, ErrPartial), errors.Is(err, ErrTooLarge):
		return smallest && failures >= r.attempts // it is too much for the endpoint: ask for less
	}
	return failures >= r.attempts
}

// try repeats what can not be made smaller.
func (r *keysetRun) try(step string, subjects []rdf.IRI, f func() error) error {
	for failures := 0; ; {
		err := f()
		if err == nil {
			return nil
		}
		failures++
		if r.gaveUp(err, failures, true) {
			return r.failed(step, subjects, failures, err)
		}
		r.warn(step, len(subjects), err)
	}
}

func (r *keysetRun) failed(step string, subjects []rdf.IRI, attempts int, err error) error {
	var known *KeysetError
	if errors.As(err, &known) {
		return err
	}
	e := &KeysetError{Step: step, After: r.after, Subjects: len(subjects), Attempts: attempts, Err: err}
	if r.Subjects != nil {
		e.Query = r.Subjects.Name()
	}
	if len(subjects) == 1 {
		e.Subject = subjects[0].String()
	}
	return e
}

func (r *keysetRun) warn(step string, subjects int, err error) {
	if r.Logger != nil {
		r.Logger.WarnContext(r.ctx, "keyset: try again, with less if possible", "step", step, "after", r.after, "subjects", subjects, "error", err)
	}
}

// rows sends a query and hands over each row, which must have so many columns.
func (r *keysetRun) rows(q *Query, columns int, row func([]rdf.Term) error) error {
	rows, err := r.Client.Select(r.ctx, q, r.Options...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		v := rows.Values()
		if len(v) != columns || slices.Contains(v, nil) {
			return &fatal{fmt.Errorf("the endpoint sent a row of %d terms or with an unbound variable where %d terms were due: %v", len(v), columns, v)}
		}
		if err := row(v); err != nil {
			return err
		}
	}
	var partial *PartialError
	if errors.As(rows.Err(), &partial) && (partial.Reason == PartialMaxRows || partial.Reason == PartialRowCap) {
		r.capped(int(partial.Rows))
	}
	return rows.Err()
}

// number sends a query for a single count.
func (r *keysetRun) number(q *Query) (n int64, err error) {
	got := 0
	err = r.rows(q, 1, func(row []rdf.Term) error {
		got++
		return assignCount(&n, row[0])
	})
	if err == nil && got != 1 {
		err = &CountError{What: "rows of a count", Want: 1, Got: int64(got)}
	}
	return n, err
}

func assignCount(n *int64, t rdf.Term) error {
	if err := rdf.Assign(n, t); err != nil {
		return &fatal{fmt.Errorf("the count %v: %w", t, err)}
	}
	return nil
}

// counts sends a query for IRIs with a count each.
func (r *keysetRun) counts(q *Query) (map[rdf.IRI]int, error) {
	counts := make(map[rdf.IRI]int)
	err := r.rows(q, 2, func(row []rdf.Term) error {
		iri, ok := row[0].(rdf.IRI)
		if !ok {
			return &fatal{fmt.Errorf("counted %v, which is no IRI", row[0])}
		}
		var n int64
		if err := assignCount(&n, row[1]); err != nil {
			return err
		}
		counts[iri] = int(n)
		return nil
	})
	return counts, err
}

// countsOf counts the triples of known subjects.
func (r *keysetRun) countsOf(d direction, subjects []rdf.IRI) (map[rdf.IRI]int, error) {
	q, err := d.counts.Bind(r.queries.subject, subjects)
	if err != nil {
		return nil, err
	}
	counts, err := r.counts(q)
	if err == nil && len(counts) < len(subjects) {
		for _, s := range subjects {
			if _, ok := counts[s]; !ok {
				return nil, &CountError{What: "subjects", Want: int64(len(subjects)), Got: int64(len(counts))}
			}
		}
	}
	return counts, err
}

// counted counts the triples of the subjects, of fewer at once where that fails.
func (r *keysetRun) counted(d direction, subjects []rdf.IRI) (map[rdf.IRI]int, error) {
	counts, err := r.countsOf(d, subjects)
	if err == nil {
		return counts, nil
	}
	if r.gaveUp(err, 1, false) {
		return nil, r.failed("counting the triples", subjects, 1, err)
	}
	r.warn("counting the triples", len(subjects), err)
	if half := len(subjects) / 2; half > 0 {
		if counts, err = r.counted(d, subjects[:half]); err != nil {
			return nil, err
		}
		more, err := r.counted(d, subjects[half:])
		maps.Copy(counts, more)
		return counts, err
	}
	err = r.try("counting the triples", subjects, func() error {
		counts, err = r.countsOf(d, subjects)
		return err
	})
	return counts, err
}

// fetch appends the triples of the subjects, asking for at most rowLimit rows
// at once. Without counts they are counted first.
func (r *keysetRun) fetch(dst []rdf.Triple, d direction, subjects []rdf.IRI, counts map[rdf.IRI]int) ([]rdf.Triple, error) {
	if counts == nil {
		var err error
		if counts, err = r.counted(d, subjects); err != nil {
			return dst, err
		}
	}
	for len(subjects) > 0 {
		n, rows := 1, counts[subjects[0]]
		for n < len(subjects) && rows+counts[subjects[n]] <= r.rowLimit {
			rows += counts[subjects[n]]
			n++
		}
		var err error
		switch {
		case rows == 0:
		case rows > r.rowLimit:
			dst, err = r.fetchHuge(dst, d, subjects[0])
		default:
			dst, err = r.fetchChunk(dst, d, subjects[:n], counts)
		}
		if err != nil {
			return dst, err
		}
		subjects = subjects[n:]
	}
	return dst, nil
}

// fetchChunk appends the triples of a few subjects in one request. When that
// fails it counts again and asks for each half.
func (r *keysetRun) fetchChunk(dst []rdf.Triple, d direction, subjects []rdf.IRI, counts map[rdf.IRI]int) ([]rdf.Triple, error) {
	limit := r.rowLimit
	whole, err := r.fetchOnce(dst, d, subjects, counts)
	if err == nil {
		return whole, nil
	}
	if r.gaveUp(err, 1, false) {
		return dst, r.failed("triples", subjects, 1, err)
	}
	r.warn("triples", len(subjects), err)
	if len(subjects) > 1 {
		half := len(subjects) / 2
		if dst, err = r.fetch(dst, d, subjects[:half], nil); err != nil {
			return dst, err
		}
		return r.fetch(dst, d, subjects[half:], nil)
	}
	if r.rowLimit < limit && r.rowLimit < counts[subjects[0]] {
		return r.fetchHuge(dst, d, subjects[0])
	}
	err = r.try("triples", subjects, func() error {
		counts, err := r.countsOf(d, subjects)
		if err == nil {
			whole, err = r.fetchOnce(dst, d, subjects, counts)
		}
		return err
	})
	if err == nil {
		return whole, nil
	}
	if errors.Is(err, ErrPartial) || errors.Is(err, ErrTimeout) || errors.Is(err, ErrCostLimit) {
		return r.fetchHuge(dst, d, subjects[0])
	}
	return dst, err
}

// fetchOnce sends one request and compares with the counts. On an error
// nothing has been appended.
func (r *keysetRun) fetchOnce(dst []rdf.Triple, d direction, subjects []rdf.IRI, counts map[rdf.IRI]int) ([]rdf.Triple, error) {
	q, err := d.triples.Bind(r.queries.subject, subjects)
	if err != nil {
		return dst, err
	}
	want := 0
	left := make(map[rdf.IRI]int, len(subjects))
	for _, s := range subjects {
		left[s] = counts[s]
		want += counts[s]
	}
	start := len(dst)
	dst = slices.Grow(dst, want)
	dst, err = r.triples(dst, d, q, func(subject rdf.IRI) { left[subject]-- })
	if err == nil {
		err = r.agree(want, len(dst)-start)
	}
	if err == nil {
		for _, n := range left {
			if n != 0 {
				err = &CountError{What: "triples of a subject", Want: int64(n), Got: 0}
			}
		}
	}
	if err != nil {
		return dst[:start], err
	}
	return dst, nil
}

// agree compares numbers of triples. Where fewer came than there are, the
// endpoint may cut at that number, and further requests stay below it.
func (r *keysetRun) agree(want, got int) error {
	if want == got {
		return nil
	}
	if got < want {
		r.capped(got)
	}
	return &CountError{What: "triples", Want: int64(want), Got: int64(got)}
}

// capped notes that an answer was cut at n rows: further requests stay below.
func (r *keysetRun) capped(n int) {
	const least = 50 // fewer is no cap, but an accident
	if n >= least && n <= r.rowLimit {
		r.rowLimit = max(least, n-n/10)
	}
}

// triples appends the triples of one answer and tells the subject of each.
func (r *keysetRun) triples(dst []rdf.Triple, d direction, q *Query, seen func(rdf.IRI)) ([]rdf.Triple, error) {
	err := r.rows(q, 3, func(row []rdf.Term) error {
		key, ok := row[0].(rdf.IRI)
		predicate, isIRI := row[1].(rdf.IRI)
		t := rdf.Triple{Subj: key, Pred: predicate}
		if d.inverse {
			t.Obj = key
			t.Subj, _ = row[2].(rdf.Subject)
		} else {
			t.Obj, _ = row[2].(rdf.Object)
		}
		if !ok || !isIRI || t.Subj == nil || t.Obj == nil {
			return &fatal{fmt.Errorf("%v is no triple", row)}
		}
		dst = append(dst, t)
		seen(key)
		return nil
	})
	return dst, err
}
