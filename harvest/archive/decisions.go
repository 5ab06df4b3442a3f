package archive

import (
	"context"
	"database/sql"
	"errors"
	"iter"
	"strings"
	"time"

	"github.com/themis-go/themis/harvest"
	"github.com/themis-go/themis/rdf"
)

// Filter chooses decisions; several must all hold.
type Filter func(*selection)

// selection is a query for decisions in the making.
type selection struct {
	where      []string
	args       []any
	match      string
	descending bool
	limit      int
	none       bool
}

func (s *selection) add(cond string, args ...any) {
	s.where = append(s.where, cond)
	s.args = append(s.args, args...)
}

// Since keeps decisions of meetings on the day of t in Brussels or later. A t
// at midnight UTC stands for that date itself.
func Since(t time.Time) Filter {
	return func(s *selection) { s.add("d.day >= ?", dayNumber(dateOf(t))) }
}

// Until keeps decisions of meetings on the day of t in Brussels or earlier;
// those without known date are left out. A t at midnight UTC stands for that
// date itself.
func Until(t time.Time) Filter {
	return func(s *selection) { s.add("d.day BETWEEN 0 AND ?", dayNumber(dateOf(t))) }
}

// Between is [Since] from and [Until] to, both included.
func Between(from, to time.Time) Filter {
	return func(s *selection) {
		Since(from)(s)
		Until(to)(s)
	}
}

// dateOf is the calendar date that t means, at midnight UTC.
func dateOf(t time.Time) time.Time {
	u := t.UTC()
	if u.Equal(u.Truncate(24 * time.Hour)) {
		return u
	}
	y, m, d := t.In(harvest.Brussels).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}

// Theme keeps decisions with this theme.
func Theme(theme rdf.IRI) Filter { return about(theme) }

// Minister keeps decisions of a minister: a person, or a mandatee (the person in
// one portfolio).
func Minister(personOrMandatee rdf.IRI) Filter { return about(personOrMandatee) }

// Government keeps decisions of a government.
func Government(government rdf.IRI) Filter { return about(government) }

func about(iri rdf.IRI) Filter {
	return func(s *selection) {
		s.add("d.id IN (SELECT decision FROM decision_about WHERE iri = ?)", iri.String())
	}
}

// OfMeeting keeps decisions of one meeting.
func OfMeeting(meeting rdf.IRI) Filter {
	return func(s *selection) { s.add("d.meeting = ?", meeting.String()) }
}

// OfKind keeps decisions of one kind of agenda item.
func OfKind(kind harvest.Kind) Filter {
	return func(s *selection) { s.add("d.kind = ?", string(kind)) }
}

// Matching keeps decisions whose title, subtitle or text has all words of text,
// in any form ("gemeente" finds "gemeenten"); words between double quotes must
// follow each other. Very common words count only between quotes. A text
// without words matches nothing. [Archive.At] cannot search texts.
func Matching(text string) Filter {
	return func(s *selection) {
		q := matchQuery(text)
		if q == "" {
			s.none = true
			return
		}
		if s.match != "" {
			q = s.match + " AND " + q
		}
		s.match = q
	}
}

// Limit ends the stream after n decisions; below 1 there is no limit.
func Limit(n int) Filter { return func(s *selection) { s.limit = n } }

// Descending turns the order round: the latest meeting first.
func Descending() Filter { return func(s *selection) { s.descending = true } }

// Decisions yields the decisions that pass all filters, in order of meeting
// date, then position, then URI. Those without known date come first. They are
// read as the loop goes, from the state of the archive when it began.
func (a *Archive) Decisions(ctx context.Context, filters ...Filter) iter.Seq2[harvest.Decision, error] {
	return a.decisions(ctx, "d.valid_to IS NULL", nil, filters)
}

func (a *Archive) decisions(ctx context.Context, version string, args []any, filters []Filter) iter.Seq2[harvest.Decision, error] {
	return func(yield func(harvest.Decision, error) bool) {
		s := new(selection)
		for _, f := range filters {
			f(s)
		}
		if s.none {
			return
		}
		query, args := s.query(version, args)
		rows, err := a.read.QueryContext(ctx, query, args...)
		if err != nil {
			yield(harvest.Decision{}, a.fail("select decisions", err))
			return
		}
		defer rows.Close()
		for rows.Next() {
			d, err := scanDecision(rows)
			if err != nil {
				yield(harvest.Decision{}, a.fail("read a decision", err))
				return
			}
			if !yield(d, nil) {
				return
			}
		}
		if err := rows.Err(); err != nil {
			yield(harvest.Decision{}, a.fail("read decisions", err))
		}
	}
}

func (s *selection) query(version string, args []any) (string, []any) {
	var b strings.Builder
	b.WriteString("SELECT d.data FROM decision d WHERE ")
	b.WriteString(version)
	for _, w := range s.where {
		b.WriteString(" AND ")
		b.WriteString(w)
	}
	args = append(args, s.args...)
	if s.match != "" {
		b.WriteString(" AND d.id IN (SELECT rowid FROM decision_text WHERE decision_text MATCH ?)")
		args = append(args, s.match)
	}
	if s.descending {
		b.WriteString(" ORDER BY d.day DESC, d.position DESC, d.uri DESC")
	} else {
		b.WriteString(" ORDER BY d.day, d.position, d.uri")
	}
	if s.limit > 0 {
		b.WriteString(" LIMIT ?")
		args = append(args, s.limit)
	}
	return b.String(), args
}

func scanDecision(row interface{ Scan(...any) error }) (harvest.Decision, error) {
	var data sql.RawBytes
	if rows, ok := row.(*sql.Rows); ok {
		if err := rows.Scan(&data); err != nil {
			return harvest.Decision{}, err
		}
		return decodeDecision(data)
	}
	var own []byte
	if err := row.Scan(&own); err != nil {
		return harvest.Decision{}, err
	}
	return decodeDecision(own)
}

// Decision returns the decision with this URI, that of its news item. The error
// is [ErrNotFound] where there is none, or no more.
func (a *Archive) Decision(ctx context.Context, uri string) (harvest.Decision, error) {
	d, err := scanDecision(a.read.QueryRowContext(ctx, "SELECT data FROM decision WHERE uri = ? AND valid_to IS NULL", uri))
	if errors.Is(err, sql.ErrNoRows) {
		return d, &Error{Path: a.path, Op: "read the decision " + uri, Err: ErrNotFound}
	}
	return d, a.fail("read the decision "+uri, err)
}

// Count returns how many decisions pass all filters; Limit has no effect.
func (a *Archive) Count(ctx context.Context, filters ...Filter) (int, error) {
	s := new(selection)
	for _, f := range filters {
		f(s)
	}
	if s.none {
		return 0, nil
	}
	s.limit = 0
	query, args := s.query("d.valid_to IS NULL", nil)
	var n int
	err := a.read.QueryRowContext(ctx, "SELECT COUNT(*) FROM ("+strings.Replace(query, "d.data", "1", 1)+")", args...).Scan(&n)
	return n, a.fail("count decisions", err)
}
