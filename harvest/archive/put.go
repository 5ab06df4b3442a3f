package archive

import (
	"context"
	"database/sql"
	"hash/maphash"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/themis-go/themis/harvest"
	"github.com/themis-go/themis/internal/description"
)

const (
	sqlFind   = "SELECT id, run, body, valid_from FROM resource WHERE subject = ? AND document = ? AND ended IS NULL"
	sqlInsert = "INSERT INTO resource (subject, classes, document, run, valid_from, triples, body) VALUES (?, ?, ?, ?, ?, ?, ?)"
	sqlExtend = "UPDATE resource SET body = ?, triples = ?, classes = ? WHERE id = ?"
	sqlEnd    = "UPDATE resource SET ended = ?, valid_to = ? WHERE id = ?"
	sqlLink   = "INSERT OR IGNORE INTO link (target, predicate, resource) VALUES (?, ?, ?)"
	sqlUnlink = "DELETE FROM link WHERE target = ? AND predicate = ? AND resource = ?"
)

// Put applies a batch in one transaction.
func (s *session) Put(ctx context.Context, b harvest.Batch) error {
	if err := s.prepare(ctx); err != nil {
		return s.a.fail("write", err)
	}
	err := s.a.update(ctx, "write", func(tx *sql.Tx) error {
		p := &putter{session: s, ctx: ctx, tx: tx, batch: &b, at: time.Now()}
		return p.apply()
	})
	if err != nil { // numbers that were given in the transaction are void
		clear(s.classes)
		clear(s.documents)
	}
	return err
}

// putter applies one batch.
type putter struct {
	*session
	ctx      context.Context
	tx       *sql.Tx
	batch    *harvest.Batch
	document int64
	at       time.Time
	touched  bool // the contents changed
	relevant bool // decisions may have changed
	// revisions tells by what the subjects that go are replaced.
	revisions map[string]string
	news      map[string]bool // keys of news items to bring up to date
}

func (p *putter) apply() (err error) {
	if p.document, err = p.documentID(p.batch.Document); err != nil {
		return err
	}
	if p.batch.Begin {
		for k := range p.seen {
			if k.document == p.document {
				delete(p.seen, k)
			}
		}
	}
	p.noteRevisions()
	for i := range p.batch.Put {
		if err := p.put(&p.batch.Put[i]); err != nil {
			return err
		}
	}
	for _, key := range p.batch.Remove {
		if err := p.remove(key, 0); err != nil {
			return err
		}
	}
	if p.batch.End {
		if err := p.endDocument(); err != nil {
			return err
		}
	}
	if st := p.batch.State; st != nil {
		if _, err := p.tx.ExecContext(p.ctx, "UPDATE document SET url = ?, etag = ?, modified = ?, size = ?, sha256 = ? WHERE id = ?",
			st.URL, st.ETag, st.LastModified, st.Size, st.SHA256, p.document); err != nil {
			return err
		}
	}
	if err := p.decisions(); err != nil {
		return err
	}
	for key, value := range p.batch.Checkpoints {
		if err := setCheckpoint(p.ctx, p.tx, key, value); err != nil {
			return err
		}
	}
	if !p.touched {
		return nil
	}
	return bump(p.ctx, p.tx)
}

// decisions brings the decisions up to date, or notes that they are not.
func (p *putter) decisions() error {
	if !p.relevant {
		return nil
	}
	if p.batch.Meeting.String() == "" || p.changed.Load() {
		if p.changed.Swap(true) {
			return nil
		}
		return setMeta(p.ctx, p.tx, "stale", "1")
	}
	// What a decision is joined from may change though its news item does not.
	keys, err := members(p.ctx, p.tx, p.batch.Meeting.String())
	if err != nil {
		return err
	}
	for _, key := range keys {
		if p.news == nil {
			p.news = make(map[string]bool)
		}
		p.news[key] = true
	}
	m := newMaterialiser(p.ctx, p.tx, p.at, p.batch.Valid)
	for _, key := range slices.Sorted(maps.Keys(p.news)) {
		if _, err := m.refresh(key); err != nil {
			return err
		}
	}
	return nil
}

func setCheckpoint(ctx context.Context, tx *sql.Tx, key, value string) error {
	var err error
	if value == "" {
		_, err = tx.ExecContext(ctx, "DELETE FROM checkpoint WHERE key = ?", key)
	} else {
		_, err = tx.ExecContext(ctx, "INSERT INTO checkpoint (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value", key, value)
	}
	return err
}

func (p *putter) documentID(uri string) (int64, error) {
	if id, ok := p.documents[uri]; ok {
		return id, nil
	}
	if _, err := p.tx.ExecContext(p.ctx, "INSERT OR IGNORE INTO document (uri) VALUES (?)", uri); err != nil {
		return 0, err
	}
	var id int64
	if err := p.tx.QueryRowContext(p.ctx, "SELECT id FROM document WHERE uri = ?", uri).Scan(&id); err != nil {
		return 0, err
	}
	p.documents[uri] = id
	return id, nil
}

func (p *putter) classesID(classes []string) (int64, error) {
	iris := strings.Join(classes, "\n")
	if id, ok := p.classes[iris]; ok {
		return id, nil
	}
	if _, err := p.tx.ExecContext(p.ctx, "INSERT OR IGNORE INTO classes (iris) VALUES (?)", iris); err != nil {
		return 0, err
	}
	var id int64
	if err := p.tx.QueryRowContext(p.ctx, "SELECT id FROM classes WHERE iris = ?", iris).Scan(&id); err != nil {
		return 0, err
	}
	p.classes[iris] = id
	return id, nil
}

func (p *putter) noteRevisions() {
	for i := range p.batch.Put {
		d := &p.batch.Put[i]
		for line := range description.Lines(d.Body) {
			if description.Predicate(line) != provWasRevisionOf {
				continue
			}
			if old, ok := description.ObjectIRI(line); ok {
				if p.revisions == nil {
					p.revisions = make(map[string]string)
				}
				p.revisions["<"+old+">"] = strings.Trim(d.Subject, "<>")
			}
		}
	}
}

const provWasRevisionOf = "http://www.w3.org/ns/prov#wasRevisionOf"

func (p *putter) put(d *description.Description) error {
	key := seenKey{p.document, maphash.String(p.seed, d.Subject)}
	_, again := p.seen[key]
	p.seen[key] = struct{}{}
	if p.virgin && !again {
		return p.insert(d)
	}
	find, err := p.stmt(p.ctx, p.tx, sqlFind)
	if err != nil {
		return err
	}
	var id, run, from int64
	var body []byte
	switch err := find.QueryRowContext(p.ctx, d.Subject, p.document).Scan(&id, &run, &body, &from); {
	case err == sql.ErrNoRows:
		return p.insertNew(d)
	case err != nil:
		return err
	}
	if again {
		merged, n := description.Merge(body, d.Body)
		if n == strings.Count(string(body), "\n") {
			return nil
		}
		union := description.Description{Subject: d.Subject, Body: merged, Triples: n, Classes: classesOf(merged)}
		if run == p.run {
			return p.extend(id, &union)
		}
		return p.replace(id, from, body, &union)
	}
	if string(body) == string(d.Body) {
		return nil
	}
	return p.replace(id, from, body, d)
}

// classesOf returns the classes that a body states.
func classesOf(body []byte) []string {
	const rdfType = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
	var out []string
	for line := range description.Lines(body) {
		if description.Predicate(line) == rdfType {
			if c, ok := description.ObjectIRI(line); ok {
				out = append(out, c)
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// insertNew also notes the event.
func (p *putter) insertNew(d *description.Description) error {
	if !p.initial {
		var known int
		if err := p.tx.QueryRowContext(p.ctx, "SELECT EXISTS (SELECT 1 FROM resource WHERE subject = ? AND ended IS NULL)", d.Subject).Scan(&known); err != nil {
			return err
		}
		if known == 0 {
			if err := p.event(harvest.Added, d.Subject, d.Classes, ""); err != nil {
				return err
			}
		}
	}
	return p.insert(d)
}

func (p *putter) insert(d *description.Description) error {
	p.note(d)
	classes, err := p.classesID(d.Classes)
	if err != nil {
		return err
	}
	st, err := p.stmt(p.ctx, p.tx, sqlInsert)
	if err != nil {
		return err
	}
	res, err := st.ExecContext(p.ctx, d.Subject, classes, p.document, p.run, millis(p.batch.Valid), d.Triples, d.Body)
	if err != nil {
		return err
	}
	id, err := res.LastInsertId()
	if err != nil {
		return err
	}
	return p.link(sqlLink, id, d)
}

func (p *putter) link(text string, id int64, d *description.Description) error {
	all := links(d)
	if len(all) == 0 {
		return nil
	}
	st, err := p.stmt(p.ctx, p.tx, text)
	if err != nil {
		return err
	}
	for _, l := range all {
		if _, err := st.ExecContext(p.ctx, l.target, l.predicate, id); err != nil {
			return err
		}
	}
	return nil
}

// extend adds to a version that this run made.
func (p *putter) extend(id int64, d *description.Description) error {
	p.note(d)
	classes, err := p.classesID(d.Classes)
	if err != nil {
		return err
	}
	st, err := p.stmt(p.ctx, p.tx, sqlExtend)
	if err != nil {
		return err
	}
	if _, err := st.ExecContext(p.ctx, d.Body, d.Triples, classes, id); err != nil {
		return err
	}
	return p.link(sqlLink, id, d)
}

// replace ends a version and puts another in its place.
func (p *putter) replace(id, from int64, old []byte, d *description.Description) error {
	before := description.Description{Subject: d.Subject, Body: old, Classes: classesOf(old)}
	if err := p.end(id, from, &before); err != nil {
		return err
	}
	if !p.initial {
		var changed []string
		onlyOld, onlyNew := description.Diff(old, d.Body)
		for _, line := range append(onlyOld, onlyNew...) {
			changed = append(changed, description.Predicate(line))
		}
		slices.Sort(changed)
		if err := p.event(harvest.Changed, d.Subject, d.Classes, strings.Join(slices.Compact(changed), "\n")); err != nil {
			return err
		}
	}
	return p.insert(d)
}

// end ends a version.
func (p *putter) end(id, from int64, d *description.Description) error {
	p.note(d)
	st, err := p.stmt(p.ctx, p.tx, sqlEnd)
	if err != nil {
		return err
	}
	until := millis(p.batch.Valid)
	if until <= from {
		until = millis(p.at)
	}
	if _, err := st.ExecContext(p.ctx, p.run, until, id); err != nil {
		return err
	}
	return p.link(sqlUnlink, id, d)
}

// remove ends what documents say of a subject: all of them, or one.
func (p *putter) remove(key string, document int64) error {
	rows, err := p.tx.QueryContext(p.ctx, "SELECT id, document, valid_from, body FROM resource WHERE subject = ? AND ended IS NULL", key)
	if err != nil {
		return err
	}
	type version struct {
		id, document, from int64
		body               []byte
	}
	var versions []version
	for rows.Next() {
		var v version
		if err := rows.Scan(&v.id, &v.document, &v.from, &v.body); err != nil {
			rows.Close()
			return err
		}
		versions = append(versions, v)
	}
	if err := rows.Err(); err != nil {
		return err
	}
	left := 0
	var classes []string
	for _, v := range versions {
		if document != 0 && v.document != document {
			left++
			continue
		}
		d := description.Description{Subject: key, Body: v.body, Classes: classesOf(v.body)}
		classes = d.Classes
		if err := p.end(v.id, v.from, &d); err != nil {
			return err
		}
	}
	if p.initial || left > 0 || len(versions) == 0 {
		return nil
	}
	if by := p.revisions[key]; by != "" {
		return p.event(harvest.Superseded, key, classes, by)
	}
	return p.event(harvest.Withdrawn, key, classes, "")
}

// endDocument ends what the document said and was not seen again.
func (p *putter) endDocument() error {
	if p.virgin {
		return nil
	}
	before, err := texts(p.tx.QueryContext(p.ctx, "SELECT subject FROM resource WHERE document = ? AND ended IS NULL AND run < ?", p.document, p.run))
	if err != nil {
		return err
	}
	var gone []string
	for _, subject := range before {
		if _, ok := p.seen[seenKey{p.document, maphash.String(p.seed, subject)}]; !ok {
			gone = append(gone, subject)
		}
	}
	for _, key := range gone {
		if err := p.remove(key, p.document); err != nil {
			return err
		}
	}
	return nil
}

// note remembers that something changed, and news items to bring their decisions
// up to date where the batch is of one meeting.
func (p *putter) note(d *description.Description) {
	p.touched = true
	p.relevant = p.relevant || joined(d.Classes)
	if p.batch.Meeting.String() == "" {
		return
	}
	if strings.Contains(string(d.Body), "<"+dctType+"> <"+newsItemType+">") {
		if p.news == nil {
			p.news = make(map[string]bool)
		}
		p.news[d.Subject] = true
	}
}

// event stores an event of the run.
func (p *putter) event(kind harvest.EventKind, key string, classes []string, detail string) error {
	if !strings.HasPrefix(key, "<") {
		return nil // blank nodes have no name to tell
	}
	id, err := p.classesID(classes)
	if err != nil {
		return err
	}
	_, err = p.tx.ExecContext(p.ctx, "INSERT INTO event (run, at, kind, subject, classes, meeting, detail) VALUES (?, ?, ?, ?, ?, ?, ?)",
		p.run, millis(p.at), string(kind), strings.Trim(key, "<>"), id, p.batch.Meeting.String(), detail)
	return err
}
