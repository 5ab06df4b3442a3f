package rdf

import (
	"fmt"
	"reflect"
	"strings"
)

// structPlan is what reflection found about a struct type, made once.
type structPlan struct {
	typ    reflect.Type
	name   string
	id     *fieldPlan // nil where the struct has no @id
	rest   []int      // index of the `rdf:"*"` field; nil where there is none
	fields []*fieldPlan
	fixed  []fixedValue
	slots  map[IRI]*slot // what the properties of a resource go to
	// backward are the fields whose property points to the resource.
	backward []int
	required bool // some field is required
}

// slot is where the values of one property go.
type slot struct {
	fields []int
	fixed  []int
}

// fixedValue is a triple that every resource of a struct type has.
type fixedValue struct {
	predicate IRI
	value     IRI
	triple    Triple // without subject
}

// of returns the triple about this subject.
func (f fixedValue) of(subject Subject) Triple {
	t := f.triple
	t.Subj = subject
	return t
}

type fieldKind uint8

const (
	fieldOne  fieldKind = iota // one value
	fieldMany                  // a slice of values
	fieldMap                   // texts by language
)

// fieldPlan is one mapped field.
type fieldPlan struct {
	name      string // Go name
	label     string // with the type, for errors
	index     []int
	typ       reflect.Type
	predicate IRI
	inverse   bool
	required  bool
	first     bool
	iri       bool
	langs     []string
	datatype  IRI // zero where the Go type decides
	kind      fieldKind
	elem      reflect.Type // of one value
	assign    assignFunc   // nil for nested structs and maps
	encode    encodeFunc   // nil for those, and for types that cannot be written
	exact     bool         // terms are kept as they are
	text      bool         // takes language-tagged text
	plainText bool         // a string without methods of its own
	omitZero  bool         // the zero value stands for absent
	nested    *structPlan
	pointer   bool // elem is a pointer to the nested struct
	mapMany   bool // the map's values are slices
}

// planBuilder makes the plans of a type and of all types nested in it.
type planBuilder struct {
	cache *planCache
	made  map[reflect.Type]*structPlan
}

// planFor returns the plan of the struct type t.
func (pc *planCache) planFor(t reflect.Type) (*structPlan, error) {
	if p, ok := pc.plans.Load(t); ok {
		return p.(*structPlan), nil
	}
	b := &planBuilder{cache: pc, made: make(map[reflect.Type]*structPlan)}
	p, err := b.build(t)
	if err != nil {
		return nil, err
	}
	for t, made := range b.made {
		pc.plans.LoadOrStore(t, made)
	}
	return p, nil
}

func (b *planBuilder) build(t reflect.Type) (*structPlan, error) {
	if p, ok := b.cache.plans.Load(t); ok {
		return p.(*structPlan), nil
	}
	if p, ok := b.made[t]; ok {
		return p, nil // a type within itself; its plan is being made
	}
	if t.Kind() != reflect.Struct {
		return nil, &TagError{Type: t, Msg: "only structs can be mapped"}
	}
	p := &structPlan{typ: t, name: typeText(t), slots: make(map[IRI]*slot)}
	b.made[t] = p
	found, err := collectFields(t)
	if err != nil {
		return nil, err
	}
	if len(found) == 0 {
		return nil, &TagError{Type: t, Msg: "the struct has no field with an rdf tag, and the type is no rdf.Unmarshaler or encoding.TextUnmarshaler"}
	}
	ns := b.cache.ns
	for _, f := range found {
		if f.tag.name != "@prefix" {
			continue
		}
		if ns, err = withPrefix(ns, f.tag); err != nil {
			return nil, f.errorf("%v", err)
		}
	}
	for _, f := range found {
		if err := b.add(p, f, ns); err != nil {
			return nil, err
		}
	}
	return p, nil
}

// withPrefix adds the prefix that a @prefix tag declares to a copy of ns.
func withPrefix(ns Namespaces, tag fieldTag) (Namespaces, error) {
	if len(tag.args) < 2 {
		return nil, fmt.Errorf("want @prefix,name,IRI")
	}
	iri := strings.Trim(strings.Join(tag.args[1:], ","), "<>")
	if _, err := NewIRI(iri); err != nil {
		return nil, err
	}
	all := make(Namespaces, len(ns)+1)
	for prefix, base := range ns {
		all[prefix] = base
	}
	all[strings.TrimSuffix(tag.args[0], ":")] = iri
	return all, nil
}

// add takes one tagged field into the plan.
func (b *planBuilder) add(p *structPlan, f taggedField, ns Namespaces) error {
	tag := f.tag
	if f.field.Name == "_" {
		return p.addFixed(f, ns)
	}
	if tag.value != "" || tag.name == "@prefix" || len(tag.args) > 0 {
		return f.errorf("a fixed value, class or prefix stands on a blank field: _ struct{}")
	}
	if tag.name == "*" {
		if f.field.Type != reflect.TypeFor[Properties]() {
			return f.errorf("the field for everything else must be of type rdf.Properties")
		}
		if !f.tag.plain() {
			return f.errorf("* takes no options")
		}
		p.rest = f.index
		return nil
	}
	fp := &fieldPlan{
		name: f.field.Name, label: p.name + "." + f.field.Name, index: f.index, typ: f.field.Type, elem: f.field.Type,
		inverse: tag.inverse, required: tag.required, first: tag.first, iri: tag.iri, langs: tag.langs,
	}
	var err error
	switch tag.name {
	case "@id":
		return p.addID(fp, f)
	case "@type":
		fp.predicate = RDFType
	default:
		if fp.predicate, err = ns.Expand(tag.name); err != nil {
			return f.errorf("%s", plainMessage(err))
		}
	}
	if tag.datatype != "" {
		if fp.datatype, err = ns.Expand(tag.datatype); err != nil {
			return f.errorf("%s", plainMessage(err))
		}
	}
	if err := b.setType(fp, f); err != nil {
		return err
	}
	i := len(p.fields)
	p.fields = append(p.fields, fp)
	p.required = p.required || fp.required
	if fp.inverse {
		p.backward = append(p.backward, i)
		return nil
	}
	s := p.slot(fp.predicate)
	s.fields = append(s.fields, i)
	return nil
}

func (p *structPlan) slot(predicate IRI) *slot {
	s := p.slots[predicate]
	if s == nil {
		s = new(slot)
		p.slots[predicate] = s
	}
	return s
}

// addFixed takes a tag on a blank field: a class, a fixed value, a prefix.
func (p *structPlan) addFixed(f taggedField, ns Namespaces) error {
	predicate, values := RDFType, f.tag.args
	switch {
	case f.tag.name == "@prefix":
		return nil
	case f.tag.inverse:
		return f.errorf("a fixed value cannot be inverse")
	case f.tag.name == "@type":
		if len(values) == 0 {
			return f.errorf("want @type,prefix:Class")
		}
	case f.tag.value == "":
		return f.errorf("a blank field needs @type,prefix:Class or a property with value=…")
	default:
		var err error
		if predicate, err = ns.Expand(f.tag.name); err != nil {
			return f.errorf("%s", plainMessage(err))
		}
		values = []string{f.tag.value}
	}
	for _, v := range values {
		iri, err := ns.Expand(v)
		if err != nil {
			return f.errorf("%s", plainMessage(err))
		}
		s := p.slot(predicate)
		s.fixed = append(s.fixed, len(p.fixed))
		p.fixed = append(p.fixed, fixedValue{predicate, iri, Triple{Pred: predicate, Obj: iri}})
	}
	return nil
}

func (p *structPlan) addID(fp *fieldPlan, f taggedField) error {
	t := fp.typ
	texts := t.Kind() == reflect.String || reflect.PointerTo(t).Implements(typeTextUnmarshaler) && t != typeTime
	terms := t == typeIRI || t == typeBlank || t.Kind() == reflect.Interface || reflect.PointerTo(t).Implements(typeUnmarshaler) ||
		t.Kind() == reflect.Struct && (t.ConvertibleTo(typeIRI) || t.ConvertibleTo(typeBlank))
	fp.assign, fp.encode = scalarAssigner(t), scalarEncoder(t)
	if fp.assign == nil || !texts && !terms {
		return f.errorf("an @id is an rdf.IRI, rdf.Term, rdf.Blank, string or type with text methods, not %s", t)
	}
	if !f.tag.plain() {
		return f.errorf("@id takes no options")
	}
	fp.text = !terms
	p.id = fp
	return nil
}

// setType finds how values of the field's type are read and written.
func (b *planBuilder) setType(fp *fieldPlan, f taggedField) error {
	t := fp.typ
	if fp.assign = scalarAssigner(t); fp.assign == nil && t.Kind() == reflect.Slice {
		fp.kind, fp.elem = fieldMany, t.Elem()
		fp.assign = scalarAssigner(t.Elem())
	}
	if fp.assign == nil && t.Kind() == reflect.Map {
		return setMap(fp, f)
	}
	if fp.assign == nil {
		return b.setNested(fp, f)
	}
	fp.encode = scalarEncoder(fp.elem)
	base := fp.elem
	for base.Kind() == reflect.Pointer {
		base = base.Elem()
	}
	fp.text = base.Kind() == reflect.String || base == typeLiteral || base.Kind() == reflect.Interface ||
		reflect.PointerTo(base).Implements(typeTextUnmarshaler) && base != typeTime
	fp.exact = base == typeIRI || base == typeBlank || base == typeLiteral || base.Kind() == reflect.Interface
	fp.omitZero = fp.kind == fieldOne
	if reflect.PointerTo(fp.elem).Implements(typeUnmarshaler) {
		fp.text, fp.exact = true, false
	}
	fp.plainText = fp.elem.Kind() == reflect.String && !fp.iri && !fp.inverse && !hasMethods(fp.elem)
	switch {
	case len(fp.langs) > 0 && (fp.inverse || !fp.text):
		return f.errorf("lang needs a field for text, not %s", t)
	case fp.datatype != (IRI{}) && (fp.inverse || fp.exact || len(fp.langs) > 0 || fp.iri):
		return f.errorf("type= has no meaning here: inverse properties, languages and RDF terms have no other datatype")
	case fp.iri && len(fp.langs) > 0:
		return f.errorf("iri and lang exclude each other")
	case fp.iri || fp.inverse && base.Kind() == reflect.String:
		if base.Kind() != reflect.String && !reflect.PointerTo(base).Implements(typeTextUnmarshaler) {
			return f.errorf("iri needs a string or a type with text methods, not %s", t)
		}
		fp.iri = true
		fp.assign, fp.encode = assignIRIText, encodeIRIText(fp.encode)
	}
	return nil
}

// hasMethods reports whether values of t read or write themselves.
func hasMethods(t reflect.Type) bool {
	p := reflect.PointerTo(t)
	return p.Implements(typeUnmarshaler) || p.Implements(typeMarshaler) || p.Implements(typeTextUnmarshaler) || p.Implements(typeTextMarshaler)
}

func setMap(fp *fieldPlan, f taggedField) error {
	t := fp.typ
	fp.kind, fp.text = fieldMap, true
	value := t.Elem()
	if value.Kind() == reflect.Slice {
		fp.mapMany, value = true, value.Elem()
	}
	if t.Key().Kind() != reflect.String || value.Kind() != reflect.String {
		return f.errorf("a map must be map[string]string or map[string][]string: texts by language tag, not %s", t)
	}
	if fp.inverse || fp.iri || len(fp.langs) > 0 || fp.datatype != (IRI{}) {
		return f.errorf("a map of texts by language takes none of ^, iri, lang and type")
	}
	fp.elem = value
	return nil
}

func (b *planBuilder) setNested(fp *fieldPlan, f taggedField) error {
	t := fp.elem
	if t.Kind() == reflect.Pointer {
		fp.pointer, t = true, t.Elem()
	}
	if t.Kind() != reflect.Struct {
		return f.errorf("no RDF term can be converted to %s; let the type implement rdf.Unmarshaler or encoding.TextUnmarshaler", fp.typ)
	}
	if len(fp.langs) > 0 || fp.iri || fp.datatype != (IRI{}) {
		return f.errorf("a nested struct takes none of lang, iri and type")
	}
	nested, err := b.build(t)
	if err != nil {
		return fmt.Errorf("%w (nested in %s)", err, fp.label)
	}
	fp.nested = nested
	return nil
}

// plainMessage is an error's message without the package's name before it.
func plainMessage(err error) string { return strings.TrimPrefix(err.Error(), "rdf: ") }
