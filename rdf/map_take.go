package rdf

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"time"
)

// take gives a value to field i. It returns why the field leaves the value
// out, or an error that ends the mapping.
func (d *graphDecoder) take(f *filling, i int, value Term) (why, err error) {
	fp, state := f.plan.fields[i], f.state(i)
	dst := fieldAt(f.dst, fp.index, true)
	switch {
	case fp.kind == fieldMap:
		why, err = d.takeText(fp, dst, value)
	case fp.kind == fieldMany:
		why, err = d.takeMore(f, fp, dst, value)
	case state.count > 0:
		why, err = d.takeSecond(f, fp, state, dst, value)
	default:
		why, err = d.store(f, fp, dst, value)
		state.exact = f.rest == nil || len(f.rest.forms) == 0 || !f.rest.hasForm(fp, value)
	}
	if err != nil {
		if d.c.mode == modeLax && errors.Is(err, ErrValue) && !isNested(err) {
			return err, nil
		}
		return nil, d.fieldError(f, fp, value, err)
	}
	if why == nil {
		if state.count == 0 {
			state.first = value
		}
		state.count++
		f.found = true
	}
	return why, nil
}

// isNested reports whether err already tells of a resource.
func isNested(err error) bool {
	var e *MappingError
	return errors.As(err, &e) && e.Subject != nil
}

// store converts a value, or fills a nested struct, into dst. dst is zero
// after an error.
func (d *graphDecoder) store(f *filling, fp *fieldPlan, dst reflect.Value, value Term) (why, err error) {
	if fp.nested != nil {
		why, err := d.storeLink(f, fp, dst, value)
		if f.rest != nil && err == nil && why == nil && fp.kind == fieldOne && dst.IsZero() {
			f.rest.addForm(fp, value) // a blank node of which the struct holds nothing
		}
		return why, err
	}
	if err := fp.assign(dst, value, d.c); err != nil {
		dst.SetZero() // a field's own method may have written to it
		return nil, err
	}
	if f.rest != nil && !fp.givesBack(dst, value, d.c) {
		f.rest.addForm(fp, value)
	}
	return nil, nil
}

// takeMore appends a value to a slice.
func (d *graphDecoder) takeMore(f *filling, fp *fieldPlan, dst reflect.Value, value Term) (why, err error) {
	n := dst.Len()
	dst.Grow(1)
	dst.SetLen(n + 1)
	elem := dst.Index(n)
	elem.SetZero()
	if why, err = d.store(f, fp, elem, value); why != nil || err != nil {
		dst.SetLen(n)
		if n == 0 {
			dst.SetZero()
		}
	}
	return why, err
}

// takeSecond decides about one more value where one is expected.
func (d *graphDecoder) takeSecond(f *filling, fp *fieldPlan, state *fieldState, dst reflect.Value, value Term) (why, err error) {
	if fp.nested != nil && fp.nested.excludes(d.g, value) {
		return ErrClass, nil
	}
	if fp.nested == nil && fp.sameValue(dst, value, d.c) {
		if f.rest != nil {
			if state.exact {
				f.rest.addForm(fp, state.first)
				state.exact = false
			}
			f.rest.addForm(fp, value)
		}
		return nil, nil
	}
	return d.tooMany(fp, state.first)
}

// tooMany is the reason, or the error, for a value beyond the first.
func (d *graphDecoder) tooMany(fp *fieldPlan, first Term) (why, err error) {
	if fp.first || d.c.firstWins || d.c.mode == modeLax {
		return ErrMany, nil
	}
	return nil, fmt.Errorf("%w (the first is %s): make the field a slice, or add the tag option first", ErrMany, termText(first))
}

// takeText stores a text under its language.
func (d *graphDecoder) takeText(fp *fieldPlan, dst reflect.Value, value Term) (why, err error) {
	l, err := textLiteral(value)
	if err != nil {
		return nil, err
	}
	if dst.IsNil() {
		dst.Set(reflect.MakeMap(fp.typ))
	}
	key := reflect.ValueOf(strings.ToLower(l.Lang())).Convert(fp.typ.Key())
	text := reflect.ValueOf(l.String()).Convert(fp.elem)
	before := dst.MapIndex(key)
	switch {
	case fp.mapMany && before.IsValid():
		dst.SetMapIndex(key, reflect.Append(before, text))
	case fp.mapMany:
		dst.SetMapIndex(key, reflect.Append(reflect.Zero(fp.typ.Elem()), text))
	case !before.IsValid():
		dst.SetMapIndex(key, text)
	case before.String() != l.String():
		if why, err := d.tooMany(fp, value); err == nil {
			return why, nil
		}
		return nil, fmt.Errorf("%w for its language (the first is %q): make the field a map[string][]string, or add the tag option first", ErrMany, before.String())
	}
	return nil, nil
}

// givesBack reports whether Marshal makes the same term of the Go value alone.
func (fp *fieldPlan) givesBack(v reflect.Value, t Term, c *mapConfig) bool {
	if fp.exact {
		return true
	}
	if fp.encode == nil || fp.leavesOut(v) {
		return false
	}
	if l, ok := t.(Literal); ok && fp.plainText { // the common case, without making the term
		want := XSDString
		switch {
		case len(fp.langs) > 0 && fp.langs[0] != "*":
			return strings.EqualFold(l.Lang(), fp.langs[0])
		case fp.datatype != (IRI{}):
			want = fp.datatype
		}
		return l.Lang() == "" && plain(l).DataType == want
	}
	back, err := fp.encode(v, fp, c)
	return err == nil && back != nil && TermsEqual(back, t)
}

// leavesOut reports whether Marshal takes the value of a field for absent.
func (fp *fieldPlan) leavesOut(v reflect.Value) bool {
	if !fp.omitZero || !v.IsZero() {
		return false
	}
	// A required number may be 0; nothing can stand for no time or no term.
	return !fp.required || v.Kind() == reflect.Pointer || v.Kind() == reflect.Interface || fp.elem == typeTime
}

// sameValue reports whether t converts to the Go value v.
func (fp *fieldPlan) sameValue(v reflect.Value, t Term, c *mapConfig) bool {
	other := reflect.New(fp.elem).Elem()
	if err := fp.assign(other, t, c); err != nil {
		return false
	}
	switch {
	case fp.elem == typeTime:
		return v.Interface().(time.Time).Equal(other.Interface().(time.Time))
	case v.CanFloat() && v.Float() != v.Float(): // NaN
		return other.Float() != other.Float()
	}
	return reflect.DeepEqual(v.Interface(), other.Interface())
}

// storeLink fills a nested struct from the resource that value names.
func (d *graphDecoder) storeLink(f *filling, fp *fieldPlan, dst reflect.Value, value Term) (why, err error) {
	switch value.(type) {
	case IRI, Blank:
	default:
		return nil, valueErrorf("a struct takes an IRI or a blank node, the value is %s", kindOf(value))
	}
	plan := fp.nested
	if plan.excludes(d.g, value) {
		return ErrClass, nil
	}
	reference := func(target reflect.Value, reason error) error {
		d.c.ignored(d.newError(f, fp, value, reason))
		if plan.id == nil {
			return nil
		}
		return plan.setID(target, value, d.c)
	}
	target := dst
	key := nodeKey{value, plan.typ}
	node := d.met[key]
	switch {
	case fp.pointer && node != nil && node.pointer.IsValid():
		dst.Set(node.pointer)
		return nil, nil
	case fp.pointer:
		p := reflect.New(plan.typ)
		dst.Set(p)
		target = p.Elem()
	case node != nil && node.pointerDone:
		dst.Set(node.pointer.Elem())
		return nil, nil
	}
	switch {
	case node != nil && node.valueDone:
		target.Set(node.value)
		if fp.pointer {
			node.pointer, node.pointerDone = target.Addr(), true
		}
		return nil, nil
	case node != nil && !fp.pointer:
		return nil, reference(target, ErrCycle)
	case f.depth >= d.c.maxDepth:
		if !d.c.cutDepth {
			return nil, fmt.Errorf("%w: more than %d links away; bound it with rdf.LinkDepth", ErrDepth, d.c.maxDepth)
		}
		return nil, reference(target, ErrDepth)
	}
	if node == nil {
		node = new(nestedNode)
		if d.met == nil {
			d.met = make(map[nodeKey]*nestedNode)
		}
		d.met[key] = node
	}
	if fp.pointer {
		node.pointer = target.Addr()
	} else {
		node.value = target
	}
	if _, err := d.fill(plan, value, target, f.depth+1); err != nil {
		return nil, err
	}
	if fp.pointer {
		node.pointerDone = true
	} else {
		node.valueDone = true
	}
	return nil, nil
}

// excludes reports whether the graph says that a resource is of another class:
// it has values for a property that the type fixes, and not the fixed one.
func (p *structPlan) excludes(g *Graph, resource Term) bool {
	subject, ok := resource.(Subject)
	if !ok {
		return false // a literal is an error of its own
	}
	for _, f := range p.fixed {
		if !g.Has(f.of(subject)) && g.Object(resource, f.predicate) != nil {
			return true
		}
	}
	return false
}
