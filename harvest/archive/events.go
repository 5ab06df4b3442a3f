package archive

import (
	"context"
	"iter"
	"strings"

	"github.com/themis-go/themis/harvest"
	"github.com/themis-go/themis/rdf"
)

// Events yields, oldest first, the changes that runs found behind the event
// numbered after: 0 begins with the first. Keep the ID of the last event that
// you have handled to go on there.
func (a *Archive) Events(ctx context.Context, after int64) iter.Seq2[harvest.Event, error] {
	return func(yield func(harvest.Event, error) bool) {
		fail := func(err error) { yield(harvest.Event{}, a.fail("read events", err)) }
		rows, err := a.read.QueryContext(ctx, `SELECT e.id, e.run, e.at, e.kind, e.subject, c.iris, e.meeting, e.detail
			FROM event e JOIN classes c ON c.id = e.classes WHERE e.id > ? ORDER BY e.id`, after)
		if err != nil {
			fail(err)
			return
		}
		defer rows.Close()
		for rows.Next() {
			var e harvest.Event
			var at int64
			var kind, subject, classes, meeting, detail string
			if err := rows.Scan(&e.ID, &e.Run, &at, &kind, &subject, &classes, &meeting, &detail); err != nil {
				fail(err)
				return
			}
			e.At, e.Kind = fromMillis(at), harvest.EventKind(kind)
			var iris iriReader
			e.Subject, e.Meeting = iris.one(subject), iris.one(meeting)
			e.Classes = iris.many(classes)
			switch e.Kind {
			case harvest.Changed:
				e.Properties = iris.many(detail)
			case harvest.Superseded:
				e.By = iris.one(detail)
			}
			if iris.err != nil {
				fail(iris.err)
				return
			}
			if !yield(e, nil) {
				return
			}
		}
		if err := rows.Err(); err != nil {
			fail(err)
		}
	}
}

// iriReader makes IRIs of stored texts and remembers the first error.
type iriReader struct{ err error }

func (r *iriReader) one(s string) rdf.IRI {
	if s == "" {
		return rdf.IRI{}
	}
	iri, err := rdf.NewIRI(s)
	if err != nil && r.err == nil {
		r.err = err
	}
	return iri
}

func (r *iriReader) many(lines string) (out []rdf.IRI) {
	for s := range strings.SplitSeq(lines, "\n") {
		if s != "" {
			out = append(out, r.one(s))
		}
	}
	return out
}
