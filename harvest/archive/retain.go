package archive

import (
	"context"
	"database/sql"
	"slices"
	"strings"
	"time"

	"github.com/themis-go/themis/harvest"
)

// Retain ends what other documents than these say: what an earlier source said
// and this one does not, is said no more.
func (s *session) Retain(ctx context.Context, documents []string) error {
	if err := s.prepare(ctx); err != nil {
		return s.a.fail("write", err)
	}
	keep := make(map[string]bool, len(documents))
	for _, d := range documents {
		keep[d] = true
	}
	return s.a.update(ctx, "end what is said no more", func(tx *sql.Tx) error {
		others, err := otherDocuments(ctx, tx, keep)
		if err != nil {
			return err
		}
		p := &putter{session: s, ctx: ctx, tx: tx, batch: new(harvest.Batch), at: time.Now()}
		for _, id := range others {
			subjects, err := subjectsOf(ctx, tx, id)
			if err != nil {
				return err
			}
			for _, key := range subjects {
				if err := p.remove(key, id); err != nil {
					return err
				}
			}
			if _, err := tx.ExecContext(ctx, "UPDATE document SET url = '', etag = '', modified = '', size = 0, sha256 = '' WHERE id = ?", id); err != nil {
				return err
			}
		}
		if !p.touched {
			return nil
		}
		if p.relevant {
			s.changed.Store(true)
			if err := setMeta(ctx, tx, "stale", "1"); err != nil {
				return err
			}
		}
		return bump(ctx, tx)
	})
}

func otherDocuments(ctx context.Context, q querier, keep map[string]bool) ([]int64, error) {
	rows, err := q.QueryContext(ctx, "SELECT id, uri FROM document ORDER BY id")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var ids []int64
	for rows.Next() {
		var id int64
		var uri string
		if err := rows.Scan(&id, &uri); err != nil {
			return nil, err
		}
		if !keep[uri] {
			ids = append(ids, id)
		}
	}
	return ids, rows.Err()
}

func subjectsOf(ctx context.Context, q querier, document int64) ([]string, error) {
	return texts(q.QueryContext(ctx, "SELECT subject FROM resource WHERE document = ? AND ended IS NULL ORDER BY subject", document))
}

// Counts returns how many subjects and triples there are of each class.
func (s *session) Counts(ctx context.Context) ([]harvest.ClassCount, error) {
	counts, err := s.counts(ctx)
	return counts, s.a.fail("count", err)
}

func (s *session) counts(ctx context.Context) ([]harvest.ClassCount, error) {
	// A subject that several documents describe counts once; its triples are
	// those of all, of which some may be the same: Finish counts exactly.
	rows, err := s.a.read.QueryContext(ctx, `
		SELECT c.iris, COUNT(DISTINCT r.subject), SUM(r.triples)
		FROM resource r INDEXED BY resource_class JOIN classes c ON c.id = r.classes
		WHERE r.ended IS NULL GROUP BY c.iris`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	sums := make(map[string]harvest.ClassCount)
	for rows.Next() {
		var iris string
		var subjects, triples int64
		if err := rows.Scan(&iris, &subjects, &triples); err != nil {
			return nil, err
		}
		for class := range strings.SplitSeq(iris, "\n") {
			c := sums[class]
			c.Class, c.Subjects, c.Triples = class, c.Subjects+subjects, c.Triples+triples
			sums[class] = c
		}
	}
	out := make([]harvest.ClassCount, 0, len(sums))
	for _, c := range sums {
		out = append(out, c)
	}
	slices.SortFunc(out, func(a, b harvest.ClassCount) int { return strings.Compare(a.Class, b.Class) })
	return out, rows.Err()
}
