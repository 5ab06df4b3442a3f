package archive

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"hash"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/themis-go/themis/harvest"
	"github.com/themis-go/themis/internal/description"
)

// refreshBatch is how many decisions are brought up to date in one transaction.
const refreshBatch = 200

// Finish brings the decisions up to date, counts and digests what the archive
// holds, stores the manifest and ends the run.
func (s *session) Finish(ctx context.Context, o harvest.Outcome) (harvest.Manifest, error) {
	if err := s.Refresh(ctx); err != nil {
		return harvest.Manifest{}, err
	}
	m, err := s.a.measure(ctx, s.a.write)
	if err != nil {
		return harvest.Manifest{}, s.a.fail("compute the digests", err)
	}
	m.Version, m.Library, m.Source = harvest.ManifestVersion, s.info.Library, s.info.Source
	m.Started, m.Ended = s.info.Started.UTC(), time.Now().UTC().Truncate(time.Millisecond)
	m.Since, m.Until = s.info.Since, s.info.Until
	m.Expected, m.Windows = o.Expected, o.Windows
	switch c := o.Completeness.(type) {
	case harvest.Complete:
		m.Complete = true
	case harvest.Partial:
		m.Reasons = c.Reasons
	}
	err = s.a.update(ctx, "end the run", func(tx *sql.Tx) error {
		sequence, err := meta(ctx, tx, "sequence")
		if err == nil {
			m.Sequence, _ = strconv.ParseInt(sequence, 10, 64)
		} else if err != sql.ErrNoRows {
			return err
		}
		if err := tx.QueryRowContext(ctx, "SELECT COUNT(*) FROM run").Scan(&m.Runs); err != nil {
			return err
		}
		data, err := json.Marshal(m)
		if err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, "UPDATE run SET ended = ?, manifest = ? WHERE id = ?", millis(m.Ended), data, s.run)
		return err
	})
	return m, err
}

// Refresh brings all decisions up to date where something changed. It may run
// beside Put; what that changes meanwhile is seen by the next Refresh.
func (s *session) Refresh(ctx context.Context) (err error) {
	if !s.changed.Swap(false) {
		return nil
	}
	defer func() {
		if err != nil {
			s.changed.Store(true)
		}
	}()
	after := ""
	for done := false; !done; {
		err := s.a.update(ctx, "join the decisions", func(tx *sql.Tx) error {
			keys, err := nextNews(ctx, tx, after)
			if err != nil {
				return err
			}
			m := newMaterialiser(ctx, tx, time.Now(), time.Time{})
			touched := false
			for _, key := range keys {
				changed, err := m.refresh(key)
				if err != nil {
					return err
				}
				touched = touched || changed
				after = key
			}
			if done = len(keys) < refreshBatch; done && !s.changed.Load() {
				if err := setMeta(ctx, tx, "stale", "0"); err != nil {
					return err
				}
			}
			if touched {
				return bump(ctx, tx)
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// nextNews returns the keys of news items and of decisions, which may have lost
// theirs, behind a key.
func nextNews(ctx context.Context, tx *sql.Tx, after string) ([]string, error) {
	return texts(tx.QueryContext(ctx, `
		SELECT key FROM (
			SELECT r.subject AS key FROM link l JOIN resource r ON r.id = l.resource WHERE l.target = ? AND l.predicate = ?
			UNION
			SELECT '<' || uri || '>' FROM decision WHERE valid_to IS NULL
		) WHERE key > ? ORDER BY key LIMIT ?`, newsItemType, linkIDs[dctType], after, refreshBatch))
}

// tally counts and digests the triples of one class, or all.
type tally struct {
	hash              hash.Hash
	subjects, triples int64
}

func (t *tally) add(lines []byte, n int) {
	if t.hash == nil {
		t.hash = sha256.New()
	}
	t.hash.Write(lines)
	t.subjects++
	t.triples += int64(n)
}

func (t *tally) sum() string {
	if t.hash == nil {
		t.hash = sha256.New()
	}
	return hex.EncodeToString(t.hash.Sum(nil))
}

// measure counts and digests what the archive holds now, in one pass.
func (a *Archive) measure(ctx context.Context, q querier) (m harvest.Manifest, err error) {
	var all tally
	byClass := make(map[string]*tally)
	var buf []byte
	for d, err := range current(ctx, q) {
		if err != nil {
			return m, err
		}
		buf = description.AppendNTriples(buf[:0], d.Subject, d.Body)
		all.add(buf, d.Triples)
		classes := d.Classes
		if len(classes) == 0 {
			classes = []string{""}
		}
		for _, c := range classes {
			t := byClass[c]
			if t == nil {
				t = new(tally)
				byClass[c] = t
			}
			t.add(buf, d.Triples)
		}
	}
	m.Subjects, m.Triples, m.Digest = all.subjects, all.triples, all.sum()
	for class, t := range byClass {
		m.Classes = append(m.Classes, harvest.ClassCount{Class: class, Subjects: t.subjects, Triples: t.triples, Digest: t.sum()})
	}
	slices.SortFunc(m.Classes, func(x, y harvest.ClassCount) int { return strings.Compare(x.Class, y.Class) })
	err = q.QueryRowContext(ctx, "SELECT COUNT(*) FROM decision WHERE valid_to IS NULL").Scan(&m.Decisions)
	return m, err
}

// current yields what the archive holds now, in order of subject.
func current(ctx context.Context, q querier) func(yield func(description.Description, error) bool) {
	const query = `SELECT r.subject, c.iris, r.triples, r.body
		FROM resource r INDEXED BY resource_current JOIN classes c ON c.id = r.classes
		WHERE r.ended IS NULL ORDER BY r.subject`
	return resources(ctx, q, query)
}

// resources yields the descriptions that a query selects in order of subject;
// those of one subject are united.
func resources(ctx context.Context, q querier, query string, args ...any) func(yield func(description.Description, error) bool) {
	return func(yield func(description.Description, error) bool) {
		rows, err := q.QueryContext(ctx, query, args...)
		if err != nil {
			yield(description.Description{}, err)
			return
		}
		defer rows.Close()
		var last description.Description
		for rows.Next() {
			var d description.Description
			var classes string
			if err := rows.Scan(&d.Subject, &classes, &d.Triples, &d.Body); err != nil {
				yield(description.Description{}, err)
				return
			}
			if classes != "" {
				d.Classes = strings.Split(classes, "\n")
			}
			if d.Subject == last.Subject {
				last.Body, last.Triples = description.Merge(last.Body, d.Body)
				if !slices.Equal(last.Classes, d.Classes) {
					last.Classes = classesOf(last.Body)
				}
				continue
			}
			if last.Subject != "" && !yield(last, nil) {
				return
			}
			last = d
		}
		if err := rows.Err(); err != nil {
			yield(description.Description{}, err)
			return
		}
		if last.Subject != "" {
			yield(last, nil)
		}
	}
}
