package archive

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"hash/maphash"
	"iter"
	"strings"
	"sync/atomic"
	"time"

	"github.com/themis-go/themis/harvest"
	"github.com/themis-go/themis/internal/description"
	"github.com/themis-go/themis/rdf"
)

// Begin starts a run that writes to the archive; [harvest.Run] calls it. Where
// another run is under way, in this process or another, the error is [ErrLocked].
func (a *Archive) Begin(ctx context.Context, run harvest.RunInfo) (harvest.Session, error) {
	return a.begin(ctx, run)
}

// session implements harvest.Session.
type session struct {
	a         *Archive
	lock      *writerLock
	info      harvest.RunInfo
	run       int64
	initial   bool        // no run has been complete yet
	virgin    bool        // nothing was there when the run began
	changed   atomic.Bool // the decisions are not up to date with the triples
	classes   map[string]int64
	documents map[string]int64
	seen      map[seenKey]struct{}
	seed      maphash.Seed
	stmts     map[string]*sql.Stmt
	ended     bool
}

type seenKey struct {
	document int64
	subject  uint64
}

func (a *Archive) begin(ctx context.Context, run harvest.RunInfo) (*session, error) {
	if a.readOnly {
		return nil, a.fail("begin a run", ErrReadOnly)
	}
	lock, err := a.lock(ctx)
	if err != nil {
		return nil, a.fail("begin a run", err)
	}
	s := &session{
		a: a, lock: lock, info: run, seed: maphash.MakeSeed(),
		classes: make(map[string]int64), documents: make(map[string]int64),
		seen: make(map[seenKey]struct{}), stmts: make(map[string]*sql.Stmt),
	}
	if err := s.start(ctx); err != nil {
		return nil, errors.Join(a.fail("begin a run", err), s.Close())
	}
	return s, nil
}

func (s *session) start(ctx context.Context) error {
	if err := s.a.update(ctx, "begin a run", func(tx *sql.Tx) error {
		var ended, resources int
		if err := tx.QueryRowContext(ctx, "SELECT COUNT(*) FROM run WHERE ended IS NOT NULL AND json_extract(manifest, '$.complete')").Scan(&ended); err != nil {
			return err
		}
		if err := tx.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM resource)").Scan(&resources); err != nil {
			return err
		}
		s.initial, s.virgin = ended == 0, resources == 0
		res, err := tx.ExecContext(ctx, "INSERT INTO run (kind, address, library, started) VALUES (?, ?, ?, ?)",
			s.info.Source.Kind, s.info.Source.Address, s.info.Library, millis(s.info.Started))
		if err != nil {
			return err
		}
		s.run, err = res.LastInsertId()
		return err
	}); err != nil {
		return err
	}
	// What a run that was broken off has changed is not in the decisions yet.
	stale, err := meta(ctx, s.a.write, "stale")
	if err == nil {
		s.changed.Store(stale == "1")
	} else if !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	return nil
}

// stmt returns the prepared statement for a text, bound to tx. The writing
// connection is one, so that a statement is prepared once.
func (s *session) stmt(ctx context.Context, tx *sql.Tx, text string) (*sql.Stmt, error) {
	st, ok := s.stmts[text]
	if !ok {
		var err error
		if st, err = tx.PrepareContext(ctx, text); err != nil {
			return nil, err
		}
		return st, nil
	}
	return tx.StmtContext(ctx, st), nil
}

// prepare makes the statements that each batch uses many times. It must not be
// called within a transaction: there is one connection only.
func (s *session) prepare(ctx context.Context) error {
	if len(s.stmts) > 0 {
		return nil
	}
	for _, text := range []string{sqlFind, sqlInsert, sqlLink, sqlUnlink, sqlEnd, sqlExtend} {
		st, err := s.a.write.PrepareContext(ctx, text)
		if err != nil {
			return err
		}
		s.stmts[text] = st
	}
	return nil
}

func (s *session) Run() int64    { return s.run }
func (s *session) Initial() bool { return s.initial }

// Close ends the session. A run that did not finish stays marked as broken off.
func (s *session) Close() error {
	var errs []error
	for _, st := range s.stmts {
		errs = append(errs, st.Close())
	}
	s.stmts = nil
	errs = append(errs, s.lock.release())
	return s.a.fail("end the run", errors.Join(errs...))
}

func (s *session) Checkpoint(ctx context.Context, key string) (string, error) {
	var v string
	err := s.a.read.QueryRowContext(ctx, "SELECT value FROM checkpoint WHERE key = ?", key).Scan(&v)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return v, s.a.fail("read the checkpoint "+key, err)
}

func (s *session) Document(ctx context.Context, uri string) (harvest.DocumentState, error) {
	var d harvest.DocumentState
	err := s.a.read.QueryRowContext(ctx, "SELECT url, etag, modified, size, sha256 FROM document WHERE uri = ?", uri).
		Scan(&d.URL, &d.ETag, &d.LastModified, &d.Size, &d.SHA256)
	if errors.Is(err, sql.ErrNoRows) {
		return d, nil
	}
	return d, s.a.fail("read the state of "+uri, err)
}

func (s *session) Known(ctx context.Context, class string) iter.Seq2[harvest.Counted, error] {
	return func(yield func(harvest.Counted, error) bool) {
		fail := func(err error) { yield(harvest.Counted{}, s.a.fail("list the subjects of "+class, err)) }
		sets, err := classSets(ctx, s.a.read, class)
		if err != nil {
			fail(err)
			return
		}
		if len(sets) == 0 {
			return
		}
		untyped := ""
		if class == "" { // one document may give the class, another only more properties
			untyped = " AND NOT EXISTS (SELECT 1 FROM resource o WHERE o.subject = r.subject AND o.ended IS NULL AND o.classes <> r.classes)"
		}
		rows, err := s.a.read.QueryContext(ctx, "SELECT subject, SUM(triples) FROM resource r INDEXED BY resource_class WHERE ended IS NULL AND classes IN ("+
			strings.Join(sets, ", ")+")"+untyped+" GROUP BY subject ORDER BY subject")
		if err != nil {
			fail(err)
			return
		}
		defer rows.Close()
		for rows.Next() {
			var c harvest.Counted
			if err := rows.Scan(&c.Key, &c.Triples); err != nil {
				fail(err)
				return
			}
			if !yield(c, nil) {
				return
			}
		}
		if err := rows.Err(); err != nil {
			fail(err)
		}
	}
}

// classSets returns the numbers of the sets of classes that have a class.
func classSets(ctx context.Context, q querier, class string) ([]string, error) {
	rows, err := q.QueryContext(ctx, "SELECT id, iris FROM classes")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []string
	for rows.Next() {
		var id int64
		var iris string
		if err := rows.Scan(&id, &iris); err != nil {
			return nil, err
		}
		for iri := range strings.SplitSeq(iris, "\n") {
			if iri == class {
				out = append(out, fmt.Sprint(id))
				break
			}
		}
	}
	return out, rows.Err()
}

func (s *session) Describe(ctx context.Context, subject rdf.Term) (description.Description, error) {
	d, err := describe(ctx, s.a.read, description.Key(subject))
	return d, s.a.fail("read "+subject.String(), err)
}

// describe returns what all documents say of a subject.
func describe(ctx context.Context, q querier, key string) (description.Description, error) {
	d := description.Description{Subject: key}
	rows, err := q.QueryContext(ctx, "SELECT body, triples FROM resource WHERE subject = ? AND ended IS NULL ORDER BY id", key)
	if err != nil {
		return d, err
	}
	defer rows.Close()
	for rows.Next() {
		var body []byte
		var n int
		if err := rows.Scan(&body, &n); err != nil {
			return d, err
		}
		if d.Body == nil {
			d.Body, d.Triples = body, n
		} else {
			d.Body, d.Triples = description.Merge(d.Body, body)
		}
	}
	return d, rows.Err()
}

func (s *session) Pointing(ctx context.Context, predicate, target rdf.IRI) ([]string, error) {
	keys, err := pointing(ctx, s.a.read, predicate.String(), target.String())
	return keys, s.a.fail("look up who points to "+target.String(), err)
}

func pointing(ctx context.Context, q querier, predicate, target string) ([]string, error) {
	id, ok := linkIDs[predicate]
	if !ok {
		return nil, fmt.Errorf("the predicate %s is not indexed", predicate)
	}
	return texts(q.QueryContext(ctx, sqlPointing, target, id))
}

// sqlPointing selects who points to a target by a predicate.
const sqlPointing = "SELECT DISTINCT r.subject FROM link l JOIN resource r ON r.id = l.resource WHERE l.target = ? AND l.predicate = ? ORDER BY r.subject"

// texts reads rows of one column.
func texts(rows *sql.Rows, err error) ([]string, error) {
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []string
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			return nil, err
		}
		out = append(out, s)
	}
	return out, rows.Err()
}

func millis(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

func fromMillis(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms).UTC()
}
