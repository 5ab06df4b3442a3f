package archive

import (
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/themis-go/themis/harvest"
	"github.com/themis-go/themis/internal/description"
	"github.com/themis-go/themis/rdf"
)

const (
	nsDCT   = "http://purl.org/dc/terms/"
	nsProv  = "http://www.w3.org/ns/prov#"
	dctPart = nsDCT + "hasPart"

	provGenerated = nsProv + "generated"
	provUsed      = nsProv + "used"
	provStarted   = nsProv + "startedAtTime"
	hadMember     = nsProv + "hadMember"
	agendaFor     = "https://data.vlaanderen.be/ns/besluitvorming#isAgendaVoor"
	hasAttachment = "https://data.vlaanderen.be/ns/besluitvorming#heeftBijlage"
	inSeries      = "https://data.vlaanderen.be/ns/dossier#Collectie.bestaatUit"

	// cacheLimit bounds what a materialiser remembers; beyond it, it begins anew.
	cacheLimit = 4096
)

// materialiser keeps the table of decisions up to date with the triples.
type materialiser struct {
	ctx    context.Context
	tx     *sql.Tx
	at     time.Time // now
	valid  time.Time // when what changed was published; zero: unknown
	bodies map[string][]byte
	agenda map[string]holder
	stmts  map[string]*sql.Stmt
	// governments are the keys of those that had a mandatee as member.
	governments map[string][]string
}

// unjoined are the classes of which nothing enters a decision.
var unjoined = map[string]bool{
	classDataset: true, classDistribution: true,
	"http://www.w3.org/ns/dcat#Catalog":                 true,
	"https://data.vlaanderen.be/ns/dossier#Dossier":     true,
	"http://data.vlaanderen.be/ns/mandaat#Mandaat":      true,
	"http://www.w3.org/ns/org#Role":                     true,
	"http://xmlns.com/foaf/0.1/Organization":            true,
	"http://www.w3.org/2004/02/skos/core#ConceptScheme": true,
}

// joined tells whether a subject of these classes may enter a decision.
func joined(classes []string) bool {
	for _, c := range classes {
		if !unjoined[c] {
			return true
		}
	}
	return len(classes) == 0
}

// holder is the agenda or activity that holds an agenda item.
type holder struct {
	key     string
	meeting string
	started time.Time
}

func newMaterialiser(ctx context.Context, tx *sql.Tx, at, valid time.Time) *materialiser {
	return &materialiser{ctx: ctx, tx: tx, at: at, valid: valid,
		bodies: make(map[string][]byte), agenda: make(map[string]holder), governments: make(map[string][]string), stmts: make(map[string]*sql.Stmt)}
}

func (m *materialiser) prepare(text string) (*sql.Stmt, error) {
	if st := m.stmts[text]; st != nil {
		return st, nil
	}
	st, err := m.tx.PrepareContext(m.ctx, text) // closed with the transaction
	if err == nil {
		m.stmts[text] = st
	}
	return st, err
}

// describe returns what is said of a subject; nil where nothing is.
func (m *materialiser) describe(key string) ([]byte, error) {
	st, err := m.prepare("SELECT body FROM resource WHERE subject = ? AND ended IS NULL ORDER BY id")
	if err != nil {
		return nil, err
	}
	rows, err := st.QueryContext(m.ctx, key)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []byte
	for rows.Next() {
		var body []byte
		if err := rows.Scan(&body); err != nil {
			return nil, err
		}
		if all == nil {
			all = body
		} else {
			all, _ = description.Merge(all, body)
		}
	}
	return all, rows.Err()
}

// shared is describe for what many decisions refer to.
func (m *materialiser) shared(key string) ([]byte, error) {
	if body, ok := m.bodies[key]; ok {
		return body, nil
	}
	body, err := m.describe(key)
	if err == nil {
		if len(m.bodies) >= cacheLimit {
			clear(m.bodies)
		}
		m.bodies[key] = body
	}
	return body, err
}

func (m *materialiser) pointing(predicate, target string) ([]string, error) {
	st, err := m.prepare(sqlPointing)
	if err != nil {
		return nil, err
	}
	return texts(st.QueryContext(m.ctx, target, linkIDs[predicate]))
}

// refresh brings the decision of one news item up to date and tells whether it
// changed.
func (m *materialiser) refresh(key string) (changed bool, err error) {
	body, err := m.describe(key)
	if err != nil {
		return false, err
	}
	uri := strings.Trim(key, "<>")
	if !bytes.Contains(body, []byte("<"+dctType+"> <"+newsItemType+">")) {
		return m.withdraw(uri)
	}
	g := rdf.NewGraph()
	c := &closure{materialiser: m, g: g}
	published, err := c.newsItem(key, body)
	if err != nil {
		return false, err
	}
	subject, err := description.Term(key)
	if err != nil {
		return false, err
	}
	iri, ok := subject.(rdf.IRI)
	if !ok {
		return false, nil
	}
	d, err := harvest.Join(g, iri)
	if errors.Is(err, harvest.ErrNoNewsItem) {
		return m.withdraw(uri)
	}
	if err != nil {
		return false, err
	}
	return m.store(d, published)
}

// withdraw ends a decision whose news item is gone.
func (m *materialiser) withdraw(uri string) (bool, error) {
	id, _, from, err := m.current(uri)
	if err != nil || id == 0 {
		return false, err
	}
	return true, m.end(id, from)
}

func (m *materialiser) current(uri string) (id int64, hash []byte, from int64, err error) {
	st, err := m.prepare("SELECT id, hash, valid_from FROM decision WHERE uri = ? AND valid_to IS NULL")
	if err != nil {
		return 0, nil, 0, err
	}
	err = st.QueryRowContext(m.ctx, uri).Scan(&id, &hash, &from)
	if errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	return id, hash, from, err
}

// end closes the version of a decision: it stays in the archive's history, but
// not in its index.
func (m *materialiser) end(id, from int64) error {
	until := millis(m.valid)
	if until <= from {
		until = max(millis(m.at), from+1)
	}
	if _, err := m.tx.ExecContext(m.ctx, "UPDATE decision SET valid_to = ? WHERE id = ?", until, id); err != nil {
		return err
	}
	if _, err := m.tx.ExecContext(m.ctx, "DELETE FROM decision_text WHERE rowid = ?", id); err != nil {
		return err
	}
	return nil
}

func (m *materialiser) store(d harvest.Decision, published time.Time) (bool, error) {
	data, err := encodeDecision(d)
	if err != nil {
		return false, err
	}
	sum := sha256.Sum256(data)
	id, hash, from, err := m.current(d.URI.String())
	if err != nil {
		return false, err
	}
	if id != 0 {
		if bytes.Equal(hash, sum[:]) {
			return false, nil
		}
		old := m.valid
		if m.valid.IsZero() {
			m.valid = published
		}
		err := m.end(id, from)
		m.valid = old
		if err != nil {
			return false, err
		}
	}
	position := d.AgendaItem.Position
	if len(d.Positions) > 0 {
		position = d.Positions[0]
	}
	start := millis(published)
	if id != 0 && start <= from { // changed without a new publication
		start = millis(m.at)
	}
	st, err := m.prepare("INSERT INTO decision (uri, day, position, kind, meeting, valid_from, hash, data) VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
	if err != nil {
		return false, err
	}
	res, err := st.ExecContext(m.ctx, d.URI.String(), dayNumber(d.Date()), position, string(d.Kind), d.Meeting.URI.String(), start, sum[:], data)
	if err != nil {
		return false, err
	}
	if id, err = res.LastInsertId(); err != nil {
		return false, err
	}
	return true, m.index(id, d)
}

func (m *materialiser) index(id int64, d harvest.Decision) error {
	about, err := m.prepare("INSERT OR IGNORE INTO decision_about (iri, decision) VALUES (?, ?)")
	if err != nil {
		return err
	}
	for _, iri := range aboutOf(d) {
		if _, err := about.ExecContext(m.ctx, iri, id); err != nil {
			return err
		}
	}
	text, err := m.prepare("INSERT INTO decision_text (rowid, title, subtitle, body) VALUES (?, ?, ?, ?)")
	if err != nil {
		return err
	}
	_, err = text.ExecContext(m.ctx, id, stems(d.Title), stems(d.Subtitle), stems(d.Text))
	return err
}

// aboutOf returns the IRIs by which decisions are filtered.
func aboutOf(d harvest.Decision) []string {
	var out []string
	for _, t := range d.Themes {
		out = append(out, t.URI.String())
	}
	for _, m := range d.Ministers {
		out = append(out, m.Mandatee.String(), m.Person.String())
	}
	out = append(out, d.Government.String())
	slices.Sort(out)
	out = slices.Compact(out)
	return slices.DeleteFunc(out, func(s string) bool { return s == "" })
}

// dayNumber is the number of days since 1970; -1 for the zero time.
func dayNumber(t time.Time) int64 {
	if t.IsZero() {
		return -1
	}
	return int64(t.Sub(time.Unix(0, 0)) / (24 * time.Hour))
}
