package rdf

import (
	"reflect"
	"slices"
)

// remembered are the terms as which the values of a resource were read, by
// field and by the term that would be written for them; that is nil for nested
// structs and for types that cannot be written.
type remembered map[formKey][]Term

type formKey struct {
	field *fieldPlan
	term  Term
}

// remembered orders the forms of a resource by what they are forms of.
func (e *graphEncoder) remembered(plan *structPlan, forms []form) remembered {
	if len(forms) == 0 {
		return nil
	}
	byField := make(map[form]*fieldPlan, len(plan.fields))
	for _, fp := range plan.fields {
		byField[form{property{predicate: fp.predicate}, fp.inverse, fp.name}] = fp
	}
	r := make(remembered, len(forms))
	for _, f := range forms {
		fp := byField[form{property{predicate: f.predicate}, f.inverse, f.field}]
		if fp == nil {
			continue
		}
		key := formKey{field: fp}
		if fp.encode != nil {
			v := reflect.New(fp.elem).Elem()
			if fp.assign(v, f.value, e.read) != nil {
				continue
			}
			var err error
			if key.term, err = fp.encode(v, fp, e.c); err != nil {
				continue
			}
		}
		r[key] = append(r[key], f.value)
	}
	return r
}

// take returns how the value v was read, where written is the term that would
// be written for it: for a slice one form, which is used up, else all.
func (r remembered) take(fp *fieldPlan, v reflect.Value, written Term, c *mapConfig) []Term {
	if len(r) == 0 {
		return nil
	}
	key := formKey{fp, written}
	all := r[key]
	switch {
	case fp.encode == nil: // what cannot be written is found by its value
		same := func(t Term) bool { return fp.sameValue(v, t, c) }
		if fp.kind == fieldOne {
			return slices.DeleteFunc(slices.Clone(all), func(t Term) bool { return !same(t) })
		}
		i := slices.IndexFunc(all, same)
		if i < 0 {
			return nil
		}
		one := all[i]
		r[key] = slices.Delete(all, i, i+1)
		return []Term{one}
	case written == nil || len(all) == 0:
		return nil
	case fp.kind == fieldMany:
		r[key] = all[1:]
		return all[:1]
	}
	return all
}
