package rdf

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
)

// Marshal returns the triples that v stands for: a struct with rdf tags, a
// pointer to one, or a slice of either. It is the inverse of [Unmarshal], with
// the same tags:
//
//   - A zero value or nil pointer of a field that holds one value is absent,
//     unless the field is required; elements of slices are always written.
//   - string is written as xsd:string or in the (first) language of its tag,
//     bool as xsd:boolean, integers as xsd:integer, float64 as xsd:double,
//     float32 as xsd:float, [big.Rat] as xsd:decimal, [time.Time] as
//     xsd:dateTime in UTC, [time.Duration] as xsd:dayTimeDuration, []byte as
//     xsd:base64Binary, types with text methods as xsd:string; the option
//     type=… asks for another datatype.
//   - A struct without @id, or with a zero one, is a blank node. The same
//     pointer is the same resource, written once; cycles are followed.
//   - A nested struct of which nothing but the @id is set is a reference: the
//     link is written, and nothing about the resource.
//   - Class and fixed values are written for all resources but references.
//   - A [Properties] field is written, and what it remembers: a value that is
//     as it was read is written as it was read, lexical form, datatype and
//     language included. With such fields in all structs a graph read and
//     written again has the same triples about the resources read.
//
// An error is a [*MappingError] or a [*TagError].
func Marshal(v any, opts ...MapOption) (*Graph, error) {
	c := defaultConfig.with(opts)
	// Remembered forms are compared as leniently as they may have been read.
	read := *c
	read.linkText, read.mode = true, modeNormal
	// Labels of new blank nodes must be none that v uses itself, which is known
	// at the end.
	for prefix := "b"; ; prefix += "b" {
		e := &graphEncoder{c: c, read: &read, g: new(Graph), prefix: prefix}
		if err := e.root(reflect.ValueOf(v)); err != nil {
			return nil, err
		}
		if !slices.ContainsFunc(e.labels, e.made) {
			return e.g, nil
		}
	}
}

// graphEncoder writes structs into a graph.
type graphEncoder struct {
	c      *mapConfig
	read   *mapConfig
	g      *Graph
	prefix string // of the labels of new blank nodes
	count  int    // of those
	labels []string
	met    map[memoryPlace]Subject
	depth  int
}

// memoryPlace is where a struct lies in memory; a struct and its first field share
// the address.
type memoryPlace struct {
	address uintptr
	typ     reflect.Type
}

// made reports whether a label is one of those given to new blank nodes.
func (e *graphEncoder) made(label string) bool {
	digits, ok := strings.CutPrefix(label, e.prefix)
	n, err := strconv.Atoi(digits)
	return ok && err == nil && n < e.count && strconv.Itoa(n) == digits
}

func (e *graphEncoder) root(v reflect.Value) error {
	for v.IsValid() && (v.Kind() == reflect.Pointer || v.Kind() == reflect.Interface) {
		v = v.Elem()
	}
	if !v.IsValid() {
		return &TagError{Msg: "Marshal needs a struct, a pointer to one or a slice of them, not nil"}
	}
	if v.Kind() == reflect.Slice || v.Kind() == reflect.Array {
		for i := range v.Len() {
			if err := e.root(v.Index(i)); err != nil {
				return err
			}
		}
		return nil
	}
	plan, err := e.c.plans.planFor(v.Type())
	if err != nil {
		return err
	}
	_, err = e.resource(v, plan, false)
	return err
}

// resource writes a struct and returns its subject.
func (e *graphEncoder) resource(v reflect.Value, plan *structPlan, nested bool) (Subject, error) {
	at := memoryPlace{typ: plan.typ}
	if v.CanAddr() {
		at.address = v.Addr().Pointer()
		if s, ok := e.met[at]; ok {
			return s, nil
		}
	}
	if e.depth >= defaultDepth {
		return nil, &MappingError{Field: plan.name, Err: fmt.Errorf("%w: more than %d links away", ErrDepth, defaultDepth)}
	}
	subject, named, err := e.subject(v, plan)
	if err != nil {
		return nil, err
	}
	if at.address != 0 {
		if e.met == nil {
			e.met = make(map[memoryPlace]Subject)
		}
		e.met[at] = subject
	}
	if nested && named && plan.isReference(v) {
		return subject, nil
	}
	e.depth++
	defer func() { e.depth-- }()
	var rest Properties
	if plan.rest != nil {
		if f := fieldAt(v, plan.rest, false); f.IsValid() {
			rest = f.Interface().(Properties)
		}
	}
	for _, x := range plan.fixed {
		if !slices.Contains(rest.absent, property{x.predicate, x.value}) {
			e.g.Add(x.of(subject))
		}
	}
	forms := e.remembered(plan, rest.forms)
	for _, fp := range plan.fields {
		f := fieldAt(v, fp.index, false)
		if !f.IsValid() {
			continue
		}
		if err := e.field(subject, fp, f, forms); err != nil {
			return nil, err
		}
	}
	return subject, e.leftovers(subject, plan, rest)
}

// subject returns the resource's name, from @id or a new blank node.
func (e *graphEncoder) subject(v reflect.Value, plan *structPlan) (s Subject, named bool, err error) {
	if plan.id != nil {
		f := fieldAt(v, plan.id.index, false)
		if f.IsValid() && !f.IsZero() {
			s, err := plan.id.subject(f, e.c)
			if err != nil {
				return nil, false, &MappingError{Field: plan.id.label, Err: err}
			}
			if s != nil {
				e.use(s)
				return s, true, nil
			}
		}
	}
	b, err := NewBlank(e.prefix + strconv.Itoa(e.count))
	e.count++
	return b, false, err
}

// subject returns the subject that an @id field holds; nil for an empty one.
func (fp *fieldPlan) subject(v reflect.Value, c *mapConfig) (Subject, error) {
	if fp.encode == nil {
		return nil, valueErrorf("%s can be read and not written: it has no MarshalRDF or MarshalText", fp.typ)
	}
	t, err := fp.encode(v, fp, c)
	if err != nil || t == nil {
		return nil, err
	}
	if !fp.text {
		s, ok := t.(Subject)
		if !ok {
			return nil, valueErrorf("%s cannot be a subject", termText(t))
		}
		return s, nil
	}
	text := t.String()
	if text == "" {
		return nil, nil
	}
	if label, ok := strings.CutPrefix(text, "_:"); ok {
		b, err := NewBlank(label)
		if err != nil {
			return nil, &wrappedValueError{err}
		}
		return b, nil
	}
	iri, err := NewIRI(text)
	if err != nil {
		return nil, &wrappedValueError{err}
	}
	return iri, nil
}

// use notes the labels of blank nodes that the caller's values hold.
func (e *graphEncoder) use(t Term) {
	if b, ok := t.(Blank); ok {
		e.labels = append(e.labels, b.String())
	}
}

// isReference reports whether nothing but the @id is set.
func (p *structPlan) isReference(v reflect.Value) bool {
	for _, fp := range p.fields {
		if f := fieldAt(v, fp.index, false); f.IsValid() && !f.IsZero() {
			return false
		}
	}
	if p.rest != nil {
		if f := fieldAt(v, p.rest, false); f.IsValid() && !f.Interface().(Properties).isZero() {
			return false
		}
	}
	return true
}

// field writes the values of one field.
func (e *graphEncoder) field(subject Subject, fp *fieldPlan, v reflect.Value, forms remembered) error {
	switch {
	case fp.required && fp.kind != fieldOne && v.Len() == 0:
		return e.newError(subject, fp, ErrRequired)
	case fp.kind == fieldMap:
		return e.texts(subject, fp, v)
	case fp.kind == fieldMany:
		for i := range v.Len() {
			if err := e.value(subject, fp, v.Index(i), forms); err != nil {
				return err
			}
		}
		return nil
	}
	return e.value(subject, fp, v, forms)
}

// value writes one value.
func (e *graphEncoder) value(subject Subject, fp *fieldPlan, v reflect.Value, forms remembered) error {
	if fp.nested != nil {
		return e.link(subject, fp, v, forms)
	}
	absent := fp.kind == fieldOne && fp.leavesOut(v)
	var t Term
	var err error
	if fp.encode != nil && (!absent || len(forms) > 0) {
		t, err = fp.encode(v, fp, e.c)
	}
	// As it was read, where it is what was read.
	if read := forms.take(fp, v, t, e.read); len(read) > 0 {
		for _, t := range read {
			e.use(t)
			if err := e.add(subject, fp, t); err != nil {
				return err
			}
		}
		return nil
	}
	switch {
	case absent && !fp.required:
		return nil
	case absent:
		err = ErrRequired
	case fp.encode == nil:
		err = valueErrorf("%s can be read and not written: it has no MarshalRDF or MarshalText", fp.elem)
	case err == nil && t == nil && fp.required:
		err = ErrRequired
	}
	if err != nil {
		return e.newError(subject, fp, err)
	}
	if t == nil {
		return nil
	}
	e.use(t)
	return e.add(subject, fp, t)
}

// link writes a nested struct and the link to it.
func (e *graphEncoder) link(subject Subject, fp *fieldPlan, v reflect.Value, forms remembered) error {
	if fp.pointer {
		v = v.Elem() // invalid for nil
	}
	if !v.IsValid() || fp.kind == fieldOne && !fp.pointer && v.IsZero() {
		// A blank node of which the struct holds nothing.
		if read := forms[formKey{fp, nil}]; len(read) > 0 {
			e.use(read[0])
			return e.add(subject, fp, read[0])
		}
		if fp.required {
			return e.newError(subject, fp, ErrRequired)
		}
		return nil
	}
	target, err := e.resource(v, fp.nested, true)
	if err != nil {
		return err
	}
	return e.add(subject, fp, target)
}

// texts writes a map by language, in the order of the tags.
func (e *graphEncoder) texts(subject Subject, fp *fieldPlan, v reflect.Value) error {
	keys := v.MapKeys()
	slices.SortFunc(keys, func(a, b reflect.Value) int { return strings.Compare(a.String(), b.String()) })
	for _, key := range keys {
		values := []reflect.Value{v.MapIndex(key)}
		if fp.mapMany {
			list := values[0]
			values = values[:0]
			for i := range list.Len() {
				values = append(values, list.Index(i))
			}
		}
		for _, text := range values {
			l := NewString(text.String())
			if tag := key.String(); tag != "" {
				var err error
				if l, err = NewLang(text.String(), tag); err != nil {
					return e.newError(subject, fp, &wrappedValueError{err})
				}
			}
			if err := e.add(subject, fp, l); err != nil {
				return err
			}
		}
	}
	return nil
}

// add writes one triple of a field.
func (e *graphEncoder) add(subject Subject, fp *fieldPlan, value Term) error {
	if _, link := value.(Literal); link && fp.inverse {
		return e.newError(subject, fp, valueErrorf("%s cannot be a subject", termText(value)))
	}
	t := Triple{Subj: subject, Pred: fp.predicate}
	if fp.inverse {
		t.Subj, t.Obj = value.(Subject), subject.(Object)
	} else {
		t.Obj = value.(Object)
	}
	e.g.Add(t)
	return nil
}

// leftovers writes what no field maps, and the remembered forms of fields that
// this type does not have: the Properties may come from another type.
func (e *graphEncoder) leftovers(subject Subject, plan *structPlan, rest Properties) error {
	for predicate, value := range rest.All() {
		value, err := checkTerm(value)
		if err == nil && predicate == (IRI{}) {
			err = valueErrorf("the property is empty")
		}
		if err != nil {
			return &MappingError{Subject: subject, Predicate: predicate, Value: value, Field: plan.name, Err: err}
		}
		e.use(value)
		e.g.Add(Triple{Subj: subject, Pred: predicate, Obj: value.(Object)})
	}
	for _, f := range rest.forms {
		if !f.inverse && plan.slots[f.predicate] == nil {
			e.use(f.value)
			e.g.Add(Triple{Subj: subject, Pred: f.predicate, Obj: f.value.(Object)})
		}
	}
	return nil
}

func (e *graphEncoder) newError(subject Subject, fp *fieldPlan, err error) error {
	return &MappingError{Subject: subject, Predicate: fp.predicate, Inverse: fp.inverse, Field: fp.label, Err: err}
}
