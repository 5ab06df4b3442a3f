package sparql

import (
	"context"
	"fmt"
	"iter"
	"maps"
	"reflect"
	"slices"

	"github.com/themis-go/themis/rdf"
)

// Load yields the resources of a struct type, each once and whole, from any
// endpoint:
//
//	for item, err := range sparql.Load[NewsItem](ctx, client) { … }
//
// The resources are those of T's class and fixed values (see [For]; of a type
// without, those with the required properties), restricted by [ForWhere] and
// [ForSubjects]. They are read with [Keyset], that is in pages that are proved
// complete and in the order of their IRIs (of ForSubjects, in that given), with
// only the properties that T names, or with all where T has a field for the
// rest. The triples are mapped by [rdf.Decode]: slices, languages, inverse
// properties and nested structs work as they do there. A required property that
// is missing is an error.
//
// Nested structs are read from the resources that a page links to, link by
// link, each resource once a page. Blank nodes can not be asked for by name:
// nested structs behind them stay empty, and as subjects they are an error. A
// type that can hold itself needs [ForDepth].
//
// An error of the mapping (a *[rdf.MappingError]) concerns one resource, and the
// loop may go on to the next; it is [rdf.ErrNoSubject] where ForSubjects names a
// resource that has no triples. After an error of the reading (a
// *[KeysetError]) there is no more. Memory holds a page.
func Load[T any](ctx context.Context, client *Client, opts ...ForOption) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var zero T
		l, err := newLoader[T](client, opts)
		if err != nil {
			yield(zero, err)
			return
		}
		for page, err := range l.pages(ctx) {
			if err != nil {
				yield(zero, err)
				return
			}
			g := page.Graph()
			if err := l.follow(ctx, g, page.Subjects); err != nil {
				yield(zero, err)
				return
			}
			for _, s := range page.Subjects {
				if !yield(rdf.Decode[T](g, s, l.mapping...)) {
					return
				}
			}
		}
	}
}

type loader struct {
	config  *forConfig
	shape   *rdf.Shape
	keyset  Keyset
	mapping []rdf.MapOption
}

func newLoader[T any](client *Client, opts []ForOption) (*loader, error) {
	c := newForConfig(opts)
	shape, err := rdf.DescribeType(reflect.TypeFor[T](), c.mapping...)
	if err != nil {
		return nil, err
	}
	l := &loader{config: c, shape: shape, keyset: c.keyset, mapping: c.mapping}
	s := &structQuery{config: &forConfig{prologue: c.prologue, graphs: c.graphs, where: c.where}, shape: shape}
	switch {
	case c.modifiers != "":
		s.refuse("Load has its own order and takes no ForModifiers")
	case c.some && c.where != "":
		s.refuse("Load takes ForSubjects or ForWhere, not both")
	case c.depth == 0 && recursive(shape, nil):
		s.refuse("it can hold itself: say how many links to follow with ForDepth")
	}
	if c.depth > 0 {
		l.mapping = append(slices.Clip(l.mapping), rdf.LinkDepth(c.depth))
	}
	s.head()
	if len(shape.Fixed) == 0 && !c.some {
		anchored := c.where != ""
		for _, f := range shape.Fields {
			if !f.Optional {
				s.line("%s", s.triple(f, "required"+f.Name))
				anchored = true
			}
		}
		if !anchored {
			s.refuse("nothing in it tells which resources are meant: give it a class, a required field, ForWhere or ForSubjects")
		}
	}
	s.body.WriteString(c.where)
	if l.keyset.Subjects, err = s.finish("?"+subjectVar, ""); err != nil {
		return nil, err
	}
	l.keyset.Client = client
	return l, nil
}

// recursive reports whether the shape can be reached from itself.
func recursive(s *rdf.Shape, above []*rdf.Shape) bool {
	if slices.Contains(above, s) {
		return true
	}
	above = append(slices.Clip(above), s)
	return slices.ContainsFunc(s.Fields, func(f rdf.FieldShape) bool {
		return f.Nested != nil && recursive(f.Nested, above)
	})
}

func (l *loader) pages(ctx context.Context) iter.Seq2[Page, error] {
	k := l.of(l.shape)
	if l.config.some {
		return k.PagesOf(ctx, l.config.subjects)
	}
	return k.Pages(ctx)
}

// of returns the paging for the properties of a shape.
func (l *loader) of(s *rdf.Shape) Keyset {
	k := l.keyset
	k.Predicates, k.Inverse = nil, nil
	for _, f := range s.Fields {
		if f.Inverse {
			k.Inverse = appendNew(k.Inverse, f.Predicate)
		} else {
			k.Predicates = appendNew(k.Predicates, f.Predicate)
		}
	}
	for _, f := range s.Fixed {
		k.Predicates = appendNew(k.Predicates, f.Predicate)
	}
	if s.Rest != "" {
		k.Predicates = nil
	} else if len(k.Predicates) == 0 {
		k.Predicates = []rdf.IRI{rdf.RDFType} // none would mean all
	}
	return k
}

func appendNew(list []rdf.IRI, iri rdf.IRI) []rdf.IRI {
	if slices.Contains(list, iri) {
		return list
	}
	return append(list, iri)
}

// visit is a resource read for a shape.
type visit struct {
	iri   rdf.IRI
	shape *rdf.Shape
}

// follow adds to g the triples of what the subjects link to, for nested structs.
func (l *loader) follow(ctx context.Context, g *rdf.Graph, subjects []rdf.IRI) error {
	seen := make(map[visit]bool)
	level := map[*rdf.Shape][]rdf.IRI{l.shape: subjects}
	for _, s := range subjects {
		seen[visit{s, l.shape}] = true
	}
	for depth := 1; len(level) > 0 && (l.config.depth == 0 || depth <= l.config.depth); depth++ {
		next := make(map[*rdf.Shape][]rdf.IRI)
		for _, shape := range slices.SortedFunc(maps.Keys(level), byTypeName) {
			for _, f := range shape.Fields {
				if f.Nested == nil {
					continue
				}
				for _, s := range level[shape] {
					for other := range linked(g, s, f) {
						if v := (visit{other, f.Nested}); !seen[v] {
							seen[v] = true
							next[f.Nested] = append(next[f.Nested], other)
						}
					}
				}
			}
		}
		for _, shape := range slices.SortedFunc(maps.Keys(next), byTypeName) {
			for page, err := range l.of(shape).PagesOf(ctx, next[shape]) {
				if err != nil {
					return fmt.Errorf("sparql: %v in %v: %w", shape.Type, l.shape.Type, err)
				}
				for _, t := range page.Triples {
					g.Add(t)
				}
			}
		}
		level = next
	}
	return nil
}

func byTypeName(a, b *rdf.Shape) int {
	switch x, y := a.Type.String(), b.Type.String(); {
	case x < y:
		return -1
	case x > y:
		return 1
	}
	return 0
}

// linked yields the IRIs that a field's property links a resource to.
func linked(g *rdf.Graph, s rdf.IRI, f rdf.FieldShape) iter.Seq[rdf.IRI] {
	return func(yield func(rdf.IRI) bool) {
		subject, object := rdf.Term(s), rdf.Term(nil)
		if f.Inverse {
			subject, object = object, subject
		}
		for t := range g.Match(subject, f.Predicate, object) {
			other := rdf.Term(t.Obj)
			if f.Inverse {
				other = t.Subj
			}
			if iri, ok := other.(rdf.IRI); ok && !yield(iri) {
				return
			}
		}
	}
}
