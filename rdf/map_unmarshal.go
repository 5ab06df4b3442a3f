package rdf

import (
	"iter"
	"reflect"
)

// Unmarshal fills the struct that v points to with what g says about subject,
// as the struct's tags ask:
//
//	type NewsItem struct {
//		_         struct{}          `rdf:"@type,dossier:Stuk"`
//		URI       rdf.IRI           `rdf:"@id"`
//		Title     string            `rdf:"dct:title,required"`
//		Issued    time.Time         `rdf:"dct:issued"`
//		Labels    map[string]string `rdf:"skos:prefLabel"`
//		Themes    []rdf.IRI         `rdf:"dct:subject"`
//		Mandatees []*Mandatee       `rdf:"prov:qualifiedAssociation"`
//		Rest      rdf.Properties    `rdf:"*"`
//	}
//
// # Tags
//
// A tag is a name and options, separated by commas. Fields without an rdf tag,
// or with the tag "-", are left alone. The names:
//
//   - @id: the subject. The field is an [IRI] (zero for a blank node), [Term],
//     [Subject], [Blank], string ("_:label" for a blank node) or has text methods.
//   - prefix:local, or <IRI>: the objects of this property. The prefixes are
//     those of [DefaultNamespaces], [WithNamespaces] and @prefix.
//   - ^prefix:local, ^<IRI>: the subjects from which this property points here.
//   - @type (or rdf:type, or a): the classes of the resource, as values.
//   - *: an [Properties] field, which keeps all that no field maps.
//
// The options:
//
//   - required: a resource without a value is an error ([ErrRequired]).
//   - first: of several values take the first.
//   - lang=nl, lang=nl|en: text in this language: the exact tag, in any case,
//     then a longer one (nl-BE), then the same for the next language, at last
//     untagged text; text in other languages is left out. lang=nl|* takes any
//     language rather than none. For all fields: [LangPreference].
//   - iri: a string (or type with text methods) that holds the text of an IRI.
//   - type=xsd:date: the datatype that [Marshal] writes, where the one that the
//     Go type stands for is not wanted.
//
// Blank fields say what holds for all resources of the type:
//
//   - _ struct{} `rdf:"@type,dossier:Stuk"`: their class (more than one may
//     follow, separated by commas: all of them).
//   - _ struct{} `rdf:"dct:type,value=<http://…>"`: a property with a fixed IRI.
//   - _ struct{} `rdf:"@prefix,ex,http://example.org/ns#"`: a prefix for the
//     tags of this struct.
//
// # Fields
//
// One value is converted as [Assign] says. A slice takes all values, in the
// order in which they came into the graph. Absent values leave the zero value
// or a nil pointer. A second, different value for a field that is no slice is
// an error ([ErrMany]) unless the option first, [FirstWins] or [Lax] is given;
// "Landbouw" and "Landbouw"@nl are not different for a string. A
// map[string]string takes texts by language tag in lower case, "" for
// untagged, one of each; map[string][]string takes several of each.
//
// A struct, a pointer to one, or a slice of them is filled from the resource
// that the property links to. A struct type that has a class or fixed values
// takes only resources of which the graph does not say otherwise, so that two
// fields can share a property and divide its values by class. Of a resource
// that the graph holds nothing about, the @id is filled; its required fields
// are not asked for. With pointers cycles are followed: the same resource and
// type is the same pointer. A value within itself gets only its @id.
// [LinkDepth] bounds how far links are followed.
//
// The fields of an embedded struct without tag are fields of the outer one.
//
// # Errors
//
// An error about the data is a [*MappingError]; one about the type a
// [*TagError]. A subject that the graph holds no triple about is an
// [ErrNoSubject]. After an error v may be filled in part.
func Unmarshal(g *Graph, subject Term, v any, opts ...MapOption) error {
	p := reflect.ValueOf(v)
	if p.Kind() != reflect.Pointer || p.IsNil() {
		return &TagError{Type: reflect.TypeOf(v), Msg: "Unmarshal needs a non-nil pointer to a struct"}
	}
	c := defaultConfig.with(opts)
	dst := p.Elem()
	if dst.Kind() == reflect.Pointer && dst.Type().Elem().Kind() == reflect.Struct {
		dst.Set(reflect.New(dst.Type().Elem()))
		dst = dst.Elem()
	}
	plan, err := c.plans.planFor(dst.Type())
	if err != nil {
		return err
	}
	plan.reset(dst)
	return decodeRoot(g, subject, plan, dst, c)
}

// Decode returns what g says about subject as a T, a struct or a pointer to
// one; see [Unmarshal].
func Decode[T any](g *Graph, subject Term, opts ...MapOption) (T, error) {
	return decodeAs[T](g, subject, defaultConfig.with(opts))
}

func decodeAs[T any](g *Graph, subject Term, c *mapConfig) (T, error) {
	var v, zero T
	dst := reflect.ValueOf(&v).Elem()
	if dst.Kind() == reflect.Pointer {
		dst.Set(reflect.New(dst.Type().Elem()))
		dst = dst.Elem()
	}
	plan, err := c.plans.planFor(dst.Type())
	if err != nil {
		return zero, err
	}
	if err := decodeRoot(g, subject, plan, dst, c); err != nil {
		return zero, err
	}
	return v, nil
}

// DecodeAll yields every resource in g that is of T's class and has its fixed
// values, in the order in which the graph was told so. An error
// concerns one resource, and the loop may go on to the next; a type that
// cannot be mapped or declares neither class nor fixed value ([ErrNoClass])
// gives one error and no more. The graph must not be changed meanwhile.
func DecodeAll[T any](g *Graph, opts ...MapOption) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var zero T
		c := defaultConfig.with(opts)
		t := reflect.TypeFor[T]()
		if t.Kind() == reflect.Pointer {
			t = t.Elem()
		}
		plan, err := c.plans.planFor(t)
		if err == nil && len(plan.fixed) == 0 {
			err = &noClassError{TagError{Type: t, Msg: "DecodeAll needs a class: add the field _ struct{} `rdf:\"@type,prefix:Class\"`"}}
		}
		if err != nil {
			yield(zero, err)
			return
		}
		for subject := range g.Subjects(plan.fixed[0].predicate, plan.fixed[0].value) {
			if !plan.holds(g, subject) {
				continue
			}
			if v, err := decodeAs[T](g, subject, c); !yield(v, err) {
				return
			}
		}
	}
}

// noClassError is both an [ErrNoClass] and an [ErrTag].
type noClassError struct{ TagError }

func (e *noClassError) Is(target error) bool { return target == ErrNoClass || target == ErrTag }
func (e *noClassError) Unwrap() error        { return &e.TagError }

// holds reports whether the graph gives subject all fixed values of the type.
func (p *structPlan) holds(g *Graph, subject Term) bool {
	for _, f := range p.fixed {
		if !g.Has(f.of(subject.(Subject))) {
			return false
		}
	}
	return true
}

// reset makes all mapped fields zero, so that nothing of an earlier use stays.
func (p *structPlan) reset(v reflect.Value) {
	zero := func(index []int) {
		if f := fieldAt(v, index, false); f.IsValid() {
			f.SetZero()
		}
	}
	if p.id != nil {
		zero(p.id.index)
	}
	if p.rest != nil {
		zero(p.rest)
	}
	for _, fp := range p.fields {
		zero(fp.index)
	}
}
