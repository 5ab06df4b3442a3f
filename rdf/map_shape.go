package rdf

import (
	"reflect"
	"slices"
)

// Shape is what a struct type asks of a graph: its class and, field by field,
// the properties that its tags name. A query can be made from it.
type Shape struct {
	// Type is the struct type.
	Type reflect.Type
	// Class is the first class that a blank field declares; zero when none does.
	Class IRI
	// Fixed are the triples that every resource of the type has, the class among them.
	Fixed []FixedValue
	// ID is the Go name of the field tagged @id, IDIndex its index (see
	// [reflect.Value.FieldByIndex]); empty where there is none.
	ID      string
	IDIndex []int
	// Fields are the mapped properties in the order of the struct's fields,
	// those of embedded structs included.
	Fields []FieldShape
	// Rest is the Go name of the field tagged *; empty where there is none.
	Rest string
}

// FixedValue is a property and value that every resource of a type has.
type FixedValue struct {
	Predicate IRI
	Value     IRI
}

// FieldShape is one mapped field.
type FieldShape struct {
	// Name is the Go name of the field, Index its index in the struct (see
	// [reflect.Value.FieldByIndex]) and Type its Go type.
	Name  string
	Index []int
	Type  reflect.Type
	// Predicate is the property; when Inverse, it is followed from object to
	// subject: the resource is the object.
	Predicate IRI
	Inverse   bool
	// Optional: the resource may lack the property (no option required).
	Optional bool
	// Many: the field takes any number of values (slices, and maps by language).
	Many bool
	// First: of several values the first is taken; else they are an error.
	First bool
	// Lang are the wanted languages, lower case, best first; "*" is any.
	Lang []string
	// ByLang: the field is a map from language to text.
	ByLang bool
	// Link: the values are IRIs or blank nodes, not literals.
	Link bool
	// Datatype is that of the option type=; zero where the Go type decides.
	Datatype IRI
	// Nested is the shape of the struct that the value links to; nil for
	// single values. The shape of a type within itself points to itself.
	Nested *Shape
}

// Describe returns the shape of the struct type T, or why it cannot be mapped.
// Of the options only [WithNamespaces] has a meaning here.
func Describe[T any](opts ...MapOption) (Shape, error) {
	s, err := DescribeType(reflect.TypeFor[T](), opts...)
	if err != nil {
		return Shape{}, err
	}
	return *s, nil
}

// DescribeType is [Describe] for a type known at run time: a struct or a
// pointer to one.
func DescribeType(t reflect.Type, opts ...MapOption) (*Shape, error) {
	if t == nil {
		return nil, &TagError{Msg: "only structs can be mapped"}
	}
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	plan, err := defaultConfig.with(opts).plans.planFor(t)
	if err != nil {
		return nil, err
	}
	return plan.shape(make(map[*structPlan]*Shape)), nil
}

func (p *structPlan) shape(made map[*structPlan]*Shape) *Shape {
	if s, ok := made[p]; ok {
		return s
	}
	s := &Shape{Type: p.typ}
	made[p] = s
	for _, f := range p.fixed {
		if f.predicate == RDFType && s.Class == (IRI{}) {
			s.Class = f.value
		}
		s.Fixed = append(s.Fixed, FixedValue{f.predicate, f.value})
	}
	if p.id != nil {
		s.ID, s.IDIndex = p.id.name, slices.Clone(p.id.index)
	}
	if p.rest != nil {
		s.Rest = p.typ.FieldByIndex(p.rest).Name
	}
	for _, fp := range p.fields {
		base := fp.elem
		for base.Kind() == reflect.Pointer {
			base = base.Elem()
		}
		f := FieldShape{
			Name: fp.name, Index: slices.Clone(fp.index), Type: fp.typ,
			Predicate: fp.predicate, Inverse: fp.inverse, Optional: !fp.required,
			Many: fp.kind != fieldOne, First: fp.first, Lang: slices.Clone(fp.langs), ByLang: fp.kind == fieldMap,
			Link:     fp.iri || fp.inverse || fp.nested != nil || base == typeIRI || base == typeBlank,
			Datatype: fp.datatype,
		}
		if fp.nested != nil {
			f.Nested = fp.nested.shape(made)
		}
		s.Fields = append(s.Fields, f)
	}
	return s
}
