package archive

import (
	"context"
	"database/sql"
	"errors"
	"iter"
	"time"

	"github.com/themis-go/themis/harvest"
	"github.com/themis-go/themis/rdf"
)

// Snapshot is the archive as it was published at a time; see [Archive.At].
type Snapshot struct {
	a  *Archive
	at int64
}

// At returns the archive as it was published at t: with the decisions that a
// publication until then brought, in the words they then had, and without those
// that it withdrew. The archive knows only the versions that were harvested:
// what was replaced before its first harvest is not there, so that for such a
// time the meetings appear whose present version is as old.
func (a *Archive) At(t time.Time) *Snapshot { return &Snapshot{a: a, at: millis(t)} }

const versionAt = "d.valid_from <= ? AND (d.valid_to IS NULL OR d.valid_to > ?)"

// Decisions is [Archive.Decisions] at the time. [Matching] finds only what is
// still current.
func (s *Snapshot) Decisions(ctx context.Context, filters ...Filter) iter.Seq2[harvest.Decision, error] {
	return s.a.decisions(ctx, versionAt, []any{s.at, s.at}, filters)
}

// Decision is [Archive.Decision] at the time.
func (s *Snapshot) Decision(ctx context.Context, uri string) (harvest.Decision, error) {
	d, err := scanDecision(s.a.read.QueryRowContext(ctx,
		"SELECT d.data FROM decision d WHERE d.uri = ? AND "+versionAt+" ORDER BY d.valid_from DESC LIMIT 1", uri, s.at, s.at))
	if errors.Is(err, sql.ErrNoRows) {
		return d, &Error{Path: s.a.path, Op: "read the decision " + uri, Err: ErrNotFound}
	}
	return d, s.a.fail("read the decision "+uri, err)
}

// Quads yields the triples at the time, in order of subject. Those whose time of
// publication is not known, such as code lists, count as published for ever
// before the harvest that brought them.
func (s *Snapshot) Quads(ctx context.Context) iter.Seq2[rdf.Quad, error] {
	const query = `SELECT r.subject, c.iris, r.triples, r.body FROM resource r JOIN classes c ON c.id = r.classes
		WHERE r.valid_from <= ? AND (r.valid_to IS NULL OR r.valid_to > ?) ORDER BY r.subject, r.id`
	return func(yield func(rdf.Quad, error) bool) {
		for d, err := range resources(ctx, s.a.read, query, s.at, s.at) {
			if err != nil {
				yield(rdf.Quad{}, s.a.fail("read triples", err))
				return
			}
			if !yieldQuads(d, yield) {
				return
			}
		}
	}
}
