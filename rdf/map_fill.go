package rdf

import (
	"fmt"
	"reflect"
	"slices"
)

// graphDecoder fills one struct and those nested in it.
type graphDecoder struct {
	g *Graph
	c *mapConfig
	// met are the nested resources, each by its type; made when first needed.
	met map[nodeKey]*nestedNode
}

type nodeKey struct {
	subject Term
	typ     reflect.Type
}

// nestedNode is a resource that is, or is being, filled: as the target of a
// pointer, as a value, or both.
type nestedNode struct {
	pointer, value         reflect.Value
	pointerDone, valueDone bool
}

func decodeRoot(g *Graph, subject Term, plan *structPlan, dst reflect.Value, c *mapConfig) error {
	if g == nil {
		g = new(Graph)
	}
	d := &graphDecoder{g: g, c: c}
	if plan.nests() {
		d.met = map[nodeKey]*nestedNode{{Comparable(subject), plan.typ}: {pointer: dst.Addr()}}
	}
	found, err := d.fill(plan, subject, dst, 0)
	if err == nil && !found {
		err = &MappingError{Subject: subject, Field: plan.name, Err: ErrNoSubject}
	}
	return err
}

func (p *structPlan) nests() bool {
	return slices.ContainsFunc(p.fields, func(fp *fieldPlan) bool { return fp.nested != nil })
}

// filling is the state of one struct that is being filled.
type filling struct {
	plan    *structPlan
	subject Term
	dst     reflect.Value
	rest    *Properties    // nil where the struct keeps no leftovers
	states  []fieldState   // of many fields
	few     [16]fieldState // instead, of few fields, to spare an allocation
	waiting []waiting
	depth   int
	found   bool // some field has a value
}

func (f *filling) state(i int) *fieldState {
	if f.states != nil {
		return &f.states[i]
	}
	return &f.few[i]
}

// fieldState is what a field has taken so far.
type fieldState struct {
	count int
	first Term
	exact bool // first is what Marshal writes
	// best is the tier of the best language among the waiting values, once ranked.
	best   int
	ranked bool
}

// waiting is a value of a property with fields that choose by language.
type waiting struct {
	slot  *slot
	pred  IRI
	value Term
	taken bool
	why   error
}

// fill fills dst and reports whether the graph holds anything about subject.
func (d *graphDecoder) fill(plan *structPlan, subject Term, dst reflect.Value, depth int) (bool, error) {
	f := filling{plan: plan, subject: subject, dst: dst, depth: depth}
	if len(plan.fields) > len(f.few) {
		f.states = make([]fieldState, len(plan.fields))
	}
	if plan.rest != nil {
		f.rest = fieldAt(dst, plan.rest, true).Addr().Interface().(*Properties)
	}
	if plan.id != nil {
		if err := plan.setID(dst, subject, d.c); err != nil {
			return false, d.fieldError(&f, plan.id, nil, err)
		}
	}
	known, fixed, err := d.forward(&f)
	if err != nil {
		return known, err
	}
	for i := range f.waiting {
		if err := d.settle(&f, i); err != nil {
			return known, err
		}
	}
	linked := false
	for _, i := range plan.backward {
		found, err := d.backward(&f, i)
		if err != nil {
			return known, err
		}
		linked = linked || found
	}
	// Of what is only linked to nothing is required.
	if known || linked && depth == 0 {
		if err := d.complete(&f, fixed); err != nil {
			return known, err
		}
	}
	if f.rest != nil && (known || linked) {
		f.rememberFixed(d.g)
	}
	return known || linked, nil
}

// forward hands out the triples whose subject is filled. It counts the fixed
// values met.
func (d *graphDecoder) forward(f *filling) (known bool, fixed int, err error) {
	for triple := range d.g.Match(f.subject, nil, nil) {
		pred, value := triple.Pred.(IRI), Term(triple.Obj)
		known = true
		s := f.plan.slots[pred]
		if s == nil {
			if err := d.unmapped(f, pred, value); err != nil {
				return known, fixed, err
			}
			continue
		}
		w := waiting{slot: s, pred: pred, value: value, why: ErrMany}
		for _, k := range s.fixed {
			if f.plan.fixed[k].value == value {
				fixed++
				w.taken = true
			}
		}
		choose := false
		for _, i := range s.fields {
			fp := f.plan.fields[i]
			if len(fp.wanted(d.c)) > 0 {
				choose = true
				continue
			}
			why, err := d.take(f, i, value)
			if err != nil {
				return known, fixed, err
			}
			w.note(why)
		}
		if len(s.fields) == 0 && !w.taken {
			w.why = ErrUnmapped
		}
		switch {
		case choose:
			f.waiting = append(f.waiting, w)
		case !w.taken:
			if err := d.leave(f, w); err != nil {
				return known, fixed, err
			}
		}
	}
	return known, fixed, nil
}

// wanted returns the languages that the field chooses by; none when it takes
// whatever comes.
func (fp *fieldPlan) wanted(c *mapConfig) []string {
	if len(fp.langs) == 0 && len(c.langs) > 0 && fp.text && fp.kind == fieldOne && !fp.inverse && !fp.iri {
		return c.langs
	}
	return fp.langs
}

// note records whether a field took the value, or why not.
func (w *waiting) note(why error) {
	if why == nil {
		w.taken = true
	} else {
		w.why = why
	}
}

// settle gives the i-th waiting value to the fields that choose it.
func (d *graphDecoder) settle(f *filling, i int) error {
	w := &f.waiting[i]
	for _, k := range w.slot.fields {
		langs := f.plan.fields[k].wanted(d.c)
		if len(langs) == 0 {
			continue
		}
		state := f.state(k)
		if !state.ranked {
			state.best, state.ranked = noLang, true
			for _, other := range f.waiting {
				if other.pred == w.pred {
					state.best = min(state.best, langTier(langs, other.value))
				}
			}
		}
		if tier := langTier(langs, w.value); tier > state.best || tier == noLang {
			w.note(ErrLanguage)
			continue
		}
		why, err := d.take(f, k, w.value)
		if err != nil {
			return err
		}
		w.note(why)
	}
	if w.taken {
		return nil
	}
	return d.leave(f, *w)
}

// backward takes the subjects that point here.
func (d *graphDecoder) backward(f *filling, i int) (linked bool, err error) {
	fp := f.plan.fields[i]
	for t := range d.g.Match(nil, fp.predicate, f.subject) {
		linked = true
		why, err := d.take(f, i, t.Subj)
		if err != nil {
			return true, err
		}
		if why != nil {
			d.c.ignored(d.newError(f, fp, t.Subj, why))
		}
	}
	return linked, nil
}

// unmapped keeps or reports a property that no field maps.
func (d *graphDecoder) unmapped(f *filling, pred IRI, value Term) error {
	if f.rest != nil {
		f.rest.list = append(f.rest.list, property{pred, value})
		return nil
	}
	if d.c.mode != modeStrict && d.c.report == nil {
		return nil
	}
	e := &MappingError{Subject: f.subject, Predicate: pred, Value: value, Field: f.plan.name, Err: ErrUnmapped}
	if d.c.mode == modeStrict {
		return e
	}
	d.c.ignored(e)
	return nil
}

// leave keeps and reports a value that the fields of its property did not take.
func (d *graphDecoder) leave(f *filling, w waiting) error {
	if w.why == ErrUnmapped {
		return d.unmapped(f, w.pred, w.value)
	}
	if f.rest != nil {
		f.rest.list = append(f.rest.list, property{w.pred, w.value})
	} else if d.c.mode == modeStrict && w.why == ErrClass {
		return d.newError(f, f.plan.fields[w.slot.fields[0]], w.value, w.why)
	}
	d.c.ignored(d.newError(f, f.plan.fields[w.slot.fields[0]], w.value, w.why))
	return nil
}

// complete checks what the type asks of a resource: fixed values and required
// fields.
func (d *graphDecoder) complete(f *filling, fixed int) error {
	if d.c.mode == modeStrict && fixed < len(f.plan.fixed) {
		for _, x := range f.plan.fixed {
			if !d.g.Has(x.of(f.subject.(Subject))) {
				return &MappingError{Subject: f.subject, Predicate: x.predicate, Value: x.value, Field: f.plan.name,
					Err: fmt.Errorf("%w: this value is missing", ErrClass)}
			}
		}
	}
	if !f.plan.required {
		return nil
	}
	for i, fp := range f.plan.fields {
		if fp.required && f.state(i).count == 0 {
			return d.newError(f, fp, nil, ErrRequired)
		}
	}
	return nil
}

// rememberFixed notes which fixed values the resource lacks, and for one that
// has nothing else that it is more than a reference.
func (f *filling) rememberFixed(g *Graph) {
	has := false
	for _, x := range f.plan.fixed {
		if g.Has(x.of(f.subject.(Subject))) {
			has = true
		} else {
			f.rest.absent = append(f.rest.absent, property{x.predicate, x.value})
		}
	}
	if has && !f.found && f.rest.isZero() {
		x := f.plan.fixed[0]
		f.rest.forms = append(f.rest.forms, form{property: property{x.predicate, x.value}})
	}
}

func (d *graphDecoder) newError(f *filling, fp *fieldPlan, value Term, err error) *MappingError {
	return &MappingError{Subject: f.subject, Predicate: fp.predicate, Inverse: fp.inverse, Value: value, Field: fp.label, Err: err}
}

// fieldError returns err as a MappingError of this field, unless it is one of
// a nested resource.
func (d *graphDecoder) fieldError(f *filling, fp *fieldPlan, value Term, err error) error {
	if isNested(err) {
		return err
	}
	return d.newError(f, fp, value, err)
}
