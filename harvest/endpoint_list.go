package harvest

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/themis-go/themis/internal/description"
	"github.com/themis-go/themis/rdf"
	"github.com/themis-go/themis/rdf/sparql"
)

// listLimit is how many subjects are listed in one request: below what
// endpoints commonly cut at.
const listLimit = 5000

// subject is an IRI and how many triples it has, as the endpoint counts.
type subject struct {
	iri     rdf.IRI
	triples int64
}

// count is a class and what the endpoint counts of it.
type count struct {
	class             string // empty: no class
	subjects, triples int64
}

// classes asks for the classes and their counts, and the triples of all. The
// counts must add up: fewer classes than there are would show nowhere else.
func (h *endpointRun) classes(ctx context.Context) (classes []count, total int64, err error) {
	h.update(Update{Stage: "count"})
	for range h.tries {
		if classes, err = h.askClasses(ctx); err != nil {
			return nil, 0, err
		}
		if total, err = h.number(ctx, "total"); err != nil || sumOf(classes) >= total {
			return classes, total, err
		}
		untyped, err := h.number(ctx, "untyped")
		if err != nil || sumOf(classes)+untyped >= total {
			return classes, total, err
		}
		h.note("the endpoint counts %d triples, but %d of its classes and %d without class: counting again", total, sumOf(classes), untyped)
	}
	return nil, 0, fmt.Errorf("harvest: %s: %w", h.document, ErrCounts)
}

func (h *endpointRun) askClasses(ctx context.Context) (classes []count, err error) {
	err = h.rows(ctx, "classes", func() { classes = nil }, func(row *sparql.Rows) error {
		var class rdf.Term
		var c count
		if err := row.Scan(&class, &c.subjects, &c.triples); err != nil {
			return err
		}
		if iri, ok := class.(rdf.IRI); ok {
			c.class = iri.String()
			classes = append(classes, c)
		}
		return nil
	})
	slices.SortFunc(classes, func(a, b count) int { return strings.Compare(a.class, b.class) })
	return classes, err
}

// expect notes what the endpoint counts, for the manifest.
func (h *endpointRun) expect(classes []count) {
	h.expected = nil
	for _, c := range classes {
		h.expected = append(h.expected, ClassCount{Class: c.class, Subjects: c.subjects, Triples: c.triples})
	}
}

// number asks a query whose answer is one number.
func (h *endpointRun) number(ctx context.Context, query string, binds ...sparql.QueryOption) (n int64, err error) {
	for range h.tries {
		got := false
		err = h.rows(ctx, query, nil, func(row *sparql.Rows) error {
			got = true
			return row.Scan(&n)
		}, binds...)
		if err != nil || got {
			return n, err
		}
	}
	return 0, fmt.Errorf("harvest: the query %s: %w", query, sparql.ErrNoRows)
}

// collect reads all that a query selects, in parts: each asks for what comes
// behind the last of the part before. want is how many there are; where it is
// -1, the end is where twice nothing follows, for an answer that was cut may be
// empty. An answer that was cut otherwise does no harm.
func collect[T any](ctx context.Context, h *endpointRun, query string, want int64, key func(T) string, scan func(*sparql.Rows) (T, error), binds ...sparql.QueryOption) ([]T, error) {
	var all []T
	after := ""
	for empty := 0; empty < 2; {
		var page []T
		err := h.rows(ctx, query, func() { page = nil }, func(row *sparql.Rows) error {
			v, err := scan(row)
			page = append(page, v)
			return err
		}, append(slices.Clone(binds), sparql.Bind("after", after), sparql.Bind("limit", listLimit))...)
		if err != nil {
			return nil, err
		}
		if empty++; len(page) > 0 {
			empty = 0
		}
		for _, v := range page {
			after = max(after, key(v))
		}
		if all = append(all, page...); want >= 0 && int64(len(all)) >= want {
			break
		}
	}
	byKey := func(a, b T) int { return strings.Compare(key(a), key(b)) }
	slices.SortStableFunc(all, byKey)
	return slices.CompactFunc(all, func(a, b T) bool { return key(a) == key(b) }), nil
}

// list asks for all subjects of a class, in order. want is how many there are,
// or -1. Where the list stays shorter it is returned with a reason noted.
func (h *endpointRun) list(ctx context.Context, c count) ([]subject, error) {
	name := "list-untyped"
	var binds []sparql.QueryOption
	if c.class != "" {
		iri, err := rdf.NewIRI(c.class)
		if err != nil {
			return nil, err
		}
		name, binds = "list", []sparql.QueryOption{sparql.Bind("class", iri)}
	}
	for try := 1; ; try++ {
		all, err := collect(ctx, h, name, c.subjects, func(s subject) string { return s.iri.String() }, scanSubject, binds...)
		if err != nil || c.subjects < 0 || int64(len(all)) == c.subjects {
			return all, err
		}
		h.note("%s: the endpoint counts %d subjects and lists %d", c.name(), c.subjects, len(all))
		if try == listTries {
			return all, nil // the counts at the end tell whether the data changed
		}
	}
}

// listTries is how often a list is asked for that is shorter than counted.
const listTries = 2

func scanSubject(row *sparql.Rows) (s subject, err error) {
	return s, row.Scan(&s.iri, &s.triples)
}

func bySubject(a, b subject) int { return strings.Compare(a.iri.String(), b.iri.String()) }

// counts asks how many triples some subjects have; those that have none are
// left out.
func (h *endpointRun) counts(ctx context.Context, iris []rdf.IRI) ([]subject, error) {
	var all []subject
	for part := range slices.Chunk(iris, sparql.MaxValues) {
		var page []subject
		err := h.rows(ctx, "count-some", func() { page = page[:0] }, func(row *sparql.Rows) error {
			var s subject
			if err := row.Scan(&s.iri, &s.triples); err != nil {
				return err
			}
			if s.triples > 0 {
				page = append(page, s)
			}
			return nil
		}, sparql.Bind("s", part))
		if err != nil {
			return nil, err
		}
		all = append(all, page...)
	}
	slices.SortFunc(all, bySubject)
	return all, nil
}

// iriOf returns the IRI of a key; false for blank nodes.
func iriOf(key string) (rdf.IRI, bool) {
	t, err := description.Term(key)
	if err != nil {
		return rdf.IRI{}, false
	}
	iri, ok := t.(rdf.IRI)
	return iri, ok
}
