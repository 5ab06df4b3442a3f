package archive

import (
	"context"
	"fmt"
	"iter"
	"strings"
	"time"

	"github.com/themis-go/themis/harvest"
	"github.com/themis-go/themis/internal/description"
	"github.com/themis-go/themis/rdf"
)

// All yields the resources of T's class that the archive holds now, in order of
// URI: of harvest.Person, harvest.Concept, or a struct of your own with a class
// in its tags (`rdf:"@type,…"`). Fields for inverse properties ("^prov:hadMember")
// are filled for the properties by which the model is joined. An error about one
// resource does not end the stream; one of the archive does.
func All[T any](ctx context.Context, a *Archive, opts ...rdf.MapOption) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var zero T
		shape, err := rdf.Describe[T](opts...)
		if err != nil {
			yield(zero, err)
			return
		}
		if shape.Class == (rdf.IRI{}) {
			yield(zero, fmt.Errorf("archive: %T: %w", zero, rdf.ErrNoClass))
			return
		}
		sets, err := classSets(ctx, a.read, shape.Class.String())
		if err != nil {
			yield(zero, a.fail("list resources", err))
			return
		}
		if len(sets) == 0 {
			return
		}
		// The values of link fields are looked up while the rows are read.
		query := `SELECT r.subject, c.iris, r.triples, r.body FROM resource r INDEXED BY resource_class JOIN classes c ON c.id = r.classes
			WHERE r.ended IS NULL AND r.classes IN (` + strings.Join(sets, ", ") + `) ORDER BY r.subject`
		for d, err := range resources(ctx, a.read, query) {
			if err != nil {
				yield(zero, a.fail("read resources", err))
				return
			}
			v, ok, err := decodeOne[T](ctx, a, d, shape, opts)
			if err == nil && !ok {
				continue
			}
			if !yield(v, err) {
				return
			}
		}
	}
}

func decodeOne[T any](ctx context.Context, a *Archive, d description.Description, shape rdf.Shape, opts []rdf.MapOption) (v T, ok bool, err error) {
	g := rdf.NewGraph()
	if err := description.AddTo(g, d.Subject, d.Body); err != nil {
		return v, false, err
	}
	subject, err := description.Term(d.Subject)
	if err != nil {
		return v, false, err
	}
	for _, f := range shape.Fixed {
		if !g.Has(rdf.Triple{Subj: subject, Pred: f.Predicate, Obj: f.Value}) {
			return v, false, nil
		}
	}
	for _, f := range shape.Fields {
		if f.Inverse {
			if err := addInverse(ctx, a, g, subject, f.Predicate); err != nil {
				return v, false, err
			}
		} else if f.Nested != nil {
			for o := range g.Objects(subject, f.Predicate) {
				if err := addSubject(ctx, a, g, o); err != nil {
					return v, false, err
				}
			}
		}
	}
	v, err = rdf.Decode[T](g, subject, opts...)
	return v, true, err
}

func addInverse(ctx context.Context, a *Archive, g *rdf.Graph, subject rdf.Subject, predicate rdf.IRI) error {
	iri, ok := subject.(rdf.IRI)
	if _, indexed := linkIDs[predicate.String()]; !ok || !indexed {
		return nil
	}
	keys, err := pointing(ctx, a.read, predicate.String(), iri.String())
	if err != nil {
		return err
	}
	for _, key := range keys {
		s, err := description.Term(key)
		if err != nil {
			return err
		}
		g.Add(rdf.Triple{Subj: s, Pred: predicate, Obj: iri})
	}
	return nil
}

func addSubject(ctx context.Context, a *Archive, g *rdf.Graph, o rdf.Term) error {
	if _, literal := o.(rdf.Literal); literal {
		return nil
	}
	d, err := describe(ctx, a.read, description.Key(o))
	if err != nil {
		return err
	}
	return description.AddTo(g, d.Subject, d.Body)
}

// Persons yields the persons who are or were ministers.
func (a *Archive) Persons(ctx context.Context) iter.Seq2[harvest.Person, error] {
	return All[harvest.Person](ctx, a)
}

// Mandatees yields who held which portfolio, and when.
func (a *Archive) Mandatees(ctx context.Context) iter.Seq2[harvest.Mandatee, error] {
	return All[harvest.Mandatee](ctx, a)
}

// MinistersAt yields the mandatees who held a portfolio at t, from all
// governments in office then, with who they are.
func (a *Archive) MinistersAt(ctx context.Context, t time.Time) iter.Seq2[harvest.Minister, error] {
	return func(yield func(harvest.Minister, error) bool) {
		for m, err := range a.Mandatees(ctx) {
			if err != nil {
				if !yield(harvest.Minister{}, err) {
					return
				}
				continue
			}
			if m.Start.IsZero() || !m.In(t) {
				continue
			}
			minister := harvest.Minister{Mandatee: m.URI, Person: m.Person, Title: m.Title, Rank: m.Rank}
			g, err := a.Graph(ctx, m.Person)
			if err == nil && g.Len() > 0 {
				var p harvest.Person
				if p, err = rdf.Decode[harvest.Person](g, m.Person, rdf.FirstWins()); err == nil {
					minister.GivenName, minister.FamilyName = p.GivenName, p.FamilyName
				}
			}
			if !yield(minister, err) {
				return
			}
		}
	}
}

// Governments yields the governments and the other bodies.
func (a *Archive) Governments(ctx context.Context) iter.Seq2[harvest.Body, error] {
	return All[harvest.Body](ctx, a, rdf.FirstWins())
}

// Meetings yields the meetings.
func (a *Archive) Meetings(ctx context.Context) iter.Seq2[harvest.Meeting, error] {
	return All[harvest.Meeting](ctx, a, rdf.FirstWins())
}

// Concepts yields the entries of one code list, deprecated ones too, or of all
// where scheme is the zero IRI.
func (a *Archive) Concepts(ctx context.Context, scheme rdf.IRI) iter.Seq2[harvest.Concept, error] {
	return func(yield func(harvest.Concept, error) bool) {
		for c, err := range All[harvest.Concept](ctx, a, rdf.FirstWins()) {
			if err == nil && scheme != (rdf.IRI{}) && !contains(c.Schemes, scheme) && !contains(c.TopOf, scheme) {
				continue
			}
			if !yield(c, err) {
				return
			}
		}
	}
}

func contains(list []rdf.IRI, iri rdf.IRI) bool {
	for _, x := range list {
		if x == iri {
			return true
		}
	}
	return false
}

// Code lists of Themis, for [Archive.Concepts].
var (
	SchemeThemes        = rdf.MustIRI("http://themis.vlaanderen.be/id/concept-scheme/459cbdb0-86ff-4106-879c-6aecda7d3dcc")
	SchemePolicyDomains = rdf.MustIRI("http://themis.vlaanderen.be/id/concept-scheme/f4981a92-8639-4da4-b1e3-0e1371feaa81")
	SchemePolicyFields  = rdf.MustIRI("http://themis.vlaanderen.be/id/concept-scheme/0012aad8-d6e5-49e2-af94-b1bebd484d5b")
)
