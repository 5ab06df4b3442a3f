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

// classes asks for the classes and their counts, and the triples of all.
func (h *endpointRun) classes(ctx context.Context) (classes []count, total int64, err error) {
	h.update(Update{Stage: "count"})
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
	if err != nil {
		return nil, 0, err
	}
	slices.SortFunc(classes, func(a, b count) int { return strings.Compare(a.class, b.class) })
	total, err = h.number(ctx, "total")
	return classes, total, err
}

// number asks a query whose answer is one number.
func (h *endpointRun) number(ctx context.Context, query string, binds ...sparql.QueryOption) (n int64, err error) {
	got := false
	err = h.rows(ctx, query, nil, func(row *sparql.Rows) error {
		got = true
		return row.Scan(&n)
	}, binds...)
	if err == nil && !got {
		err = fmt.Errorf("harvest: the query %s: %w", query, sparql.ErrNoRows)
	}
	return n, err
}

// list asks for all subjects of a class, in order. want is how many there are,
// or -1. An answer that was cut does no harm: the list goes on behind it, until
// nothing follows.
func (h *endpointRun) list(ctx context.Context, class string, want int64) ([]subject, error) {
	name := "list-untyped"
	var binds []sparql.QueryOption
	if class != "" {
		iri, err := rdf.NewIRI(class)
		if err != nil {
			return nil, err
		}
		name, binds = "list", []sparql.QueryOption{sparql.Bind("class", iri)}
	}
	var all []subject
	after := ""
	for {
		var page []subject
		err := h.rows(ctx, name, func() { page = page[:0] }, func(row *sparql.Rows) error {
			var s subject
			if err := row.Scan(&s.iri, &s.triples); err != nil {
				return err
			}
			page = append(page, s)
			return nil
		}, append(binds, sparql.Bind("after", after), sparql.Bind("limit", listLimit))...)
		if err != nil {
			return nil, err
		}
		// A page that is not in order cannot be gone on behind.
		if !slices.IsSortedFunc(page, bySubject) {
			slices.SortFunc(page, bySubject)
		}
		all = append(all, page...)
		if len(page) == 0 || want >= 0 && int64(len(all)) >= want {
			break
		}
		after = page[len(page)-1].iri.String()
	}
	slices.SortFunc(all, bySubject)
	return slices.CompactFunc(all, func(a, b subject) bool { return a.iri == b.iri }), nil
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
