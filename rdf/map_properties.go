package rdf

import (
	"iter"
	"slices"
)

// Properties keeps, in a field tagged `rdf:"*"`, what no other field of its
// struct maps: properties and values, in graph order. It also remembers how
// the mapped values were written ("0042" for 42, the language of a text, the
// datatype of a date), so that [Marshal] writes a value that was not changed
// as it was read. The zero value is empty and ready for use.
type Properties struct {
	list []property
	// forms are terms of mapped fields that the Go value alone does not give back.
	forms []form
	// absent are the fixed values of the struct that the resource lacked.
	absent []property
}

type property struct {
	predicate IRI
	value     Term
}

type form struct {
	property
	inverse bool
	field   string // Go name
}

// Len returns the number of values that no field maps.
func (p Properties) Len() int { return len(p.list) }

// All yields the properties and values that no field maps.
func (p Properties) All() iter.Seq2[IRI, Term] {
	return func(yield func(IRI, Term) bool) {
		for _, x := range p.list {
			if !yield(x.predicate, x.value) {
				return
			}
		}
	}
}

// Get returns the first value of a property, nil when there is none.
func (p Properties) Get(predicate IRI) Term {
	for _, x := range p.list {
		if x.predicate == predicate {
			return x.value
		}
	}
	return nil
}

// Values returns all values of a property.
func (p Properties) Values(predicate IRI) []Term {
	var values []Term
	for _, x := range p.list {
		if x.predicate == predicate {
			values = append(values, x.value)
		}
	}
	return values
}

// Add adds a value; nil is not added.
func (p *Properties) Add(predicate IRI, value Term) {
	if value != nil {
		p.list = append(p.list, property{predicate, Comparable(value)})
	}
}

// Remove takes out all values of a property.
func (p *Properties) Remove(predicate IRI) {
	// A new list: copies of a Properties share the old one.
	p.list = slices.DeleteFunc(slices.Clone(p.list), func(x property) bool { return x.predicate == predicate })
}

func (p *Properties) addForm(fp *fieldPlan, t Term) {
	p.forms = append(p.forms, form{property{fp.predicate, Comparable(t)}, fp.inverse, fp.name})
}

func (p *Properties) hasForm(fp *fieldPlan, t Term) bool {
	return slices.ContainsFunc(p.forms, func(f form) bool {
		return f.predicate == fp.predicate && f.inverse == fp.inverse && f.field == fp.name && f.value == Comparable(t)
	})
}

func (p Properties) isZero() bool {
	return len(p.list) == 0 && len(p.forms) == 0 && len(p.absent) == 0
}
