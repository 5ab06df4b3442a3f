package rdf

import (
	"fmt"
	"reflect"
	"slices"
)

// taggedField is a struct field with an rdf tag, own or of an embedded struct.
type taggedField struct {
	owner reflect.Type // the struct type that is mapped
	field reflect.StructField
	index []int
	text  string
	tag   fieldTag
}

func (f taggedField) errorf(format string, args ...any) error {
	return &TagError{Type: f.owner, Field: f.field.Name, Tag: f.text, Msg: fmt.Sprintf(format, args...)}
}

// role is what no two fields may be: two fields of the same Go name, two @id,
// two *. Empty for blank fields.
func (f taggedField) roles() []string {
	if f.field.Name == "_" {
		return nil
	}
	roles := []string{f.field.Name}
	if f.tag.name == "@id" || f.tag.name == "*" {
		roles = append(roles, f.tag.name)
	}
	return roles
}

// collectFields returns the tagged fields of t and of the structs embedded in
// it, in order. As in Go, a field hides those of the same name that lie deeper.
func collectFields(t reflect.Type) ([]taggedField, error) {
	var all []taggedField
	if err := walkFields(t, t, nil, []reflect.Type{t}, &all); err != nil {
		return nil, err
	}
	shallowest := make(map[string]int)
	for _, f := range all {
		for _, role := range f.roles() {
			if d, ok := shallowest[role]; !ok || len(f.index) < d {
				shallowest[role] = len(f.index)
			}
		}
	}
	var visible []taggedField
	taken := make(map[string]taggedField)
	for _, f := range all {
		hidden := false
		for _, role := range f.roles() {
			if len(f.index) > shallowest[role] {
				hidden = true
			} else if other, ok := taken[role]; ok {
				return nil, f.errorf("the field %s (index %v) already is %s", other.field.Name, other.index, role)
			} else {
				taken[role] = f
			}
		}
		if !hidden {
			visible = append(visible, f)
		}
	}
	return visible, nil
}

func walkFields(owner, t reflect.Type, index []int, path []reflect.Type, all *[]taggedField) error {
	for i := range t.NumField() {
		field := t.Field(i)
		at := append(slices.Clone(index), i)
		text, tagged := field.Tag.Lookup("rdf")
		f := taggedField{owner: owner, field: field, index: at, text: text}
		if !tagged {
			if err := walkEmbedded(f, path, all); err != nil {
				return err
			}
			continue
		}
		if text == "-" {
			continue
		}
		if !field.IsExported() && field.Name != "_" {
			return f.errorf("the field is not exported and cannot be set")
		}
		var err error
		if f.tag, err = parseTag(text); err != nil {
			return f.errorf("%v", err)
		}
		*all = append(*all, f)
	}
	return nil
}

func walkEmbedded(f taggedField, path []reflect.Type, all *[]taggedField) error {
	if !f.field.Anonymous {
		return nil
	}
	t, pointer := f.field.Type, false
	if t.Kind() == reflect.Pointer {
		t, pointer = t.Elem(), true
	}
	if t.Kind() != reflect.Struct || slices.Contains(path, t) {
		return nil
	}
	before := len(*all)
	if err := walkFields(f.owner, t, f.index, append(slices.Clone(path), t), all); err != nil {
		return err
	}
	if pointer && !f.field.IsExported() && len(*all) > before {
		return f.errorf("an embedded pointer to an unexported struct cannot be set; embed the struct itself")
	}
	return nil
}

// fieldAt returns the field at index; embedded nil pointers on the way are
// allocated when alloc is set, else the result is invalid.
func fieldAt(v reflect.Value, index []int, alloc bool) reflect.Value {
	if len(index) == 1 {
		return v.Field(index[0])
	}
	for i, x := range index {
		if i > 0 && v.Kind() == reflect.Pointer {
			if v.IsNil() {
				if !alloc {
					return reflect.Value{}
				}
				v.Set(reflect.New(v.Type().Elem()))
			}
			v = v.Elem()
		}
		v = v.Field(x)
	}
	return v
}
