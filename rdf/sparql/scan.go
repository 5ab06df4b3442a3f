package sparql

import (
	"encoding"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/themis-go/themis/rdf"
)

// scanConfig is what options change about turning rows into Go values.
type scanConfig struct {
	lax    bool
	assign []rdf.MapOption
}

// ScanError tells which value of which row does not fit where it should go.
type ScanError struct {
	QueryName string   // of the query, if it has one
	Row       int64    // from 1
	Variable  string   // without its mark; empty when the row as a whole is meant
	Value     rdf.Term // nil: unbound
	Field     string   // Go name of the struct's field, if it is for one
	Err       error
}

// Error names row, variable, value and field.
func (e *ScanError) Error() string {
	var b strings.Builder
	b.WriteString("sparql: ")
	if e.QueryName != "" {
		b.WriteString(e.QueryName)
		b.WriteString(": ")
	}
	fmt.Fprintf(&b, "row %d", e.Row)
	if e.Variable != "" {
		fmt.Fprintf(&b, ", ?%s", e.Variable)
	}
	if e.Value != nil {
		value := string(rdf.AppendTerm(nil, e.Value))
		fmt.Fprintf(&b, " = %s", shorten(value))
	}
	if e.Field != "" {
		fmt.Fprintf(&b, ", field %s", e.Field)
	}
	fmt.Fprintf(&b, ": %v", e.Err)
	return b.String()
}

// Unwrap returns the cause.
func (e *ScanError) Unwrap() error { return e.Err }

// rowScanner reads rows into values of one type. It is made for one Rows.
type rowScanner struct {
	rows   *Rows
	kind   scanKind
	typ    reflect.Type
	fields []scanField
	plan   []int // for each variable the place of its field, -1: none
	vars   int   // how many variables plan was made for
	err    error
}

type scanKind uint8

const (
	scanScalar scanKind = iota // the only variable
	scanStruct                 // fields by name
	scanMap                    // map[string]rdf.Term
	scanTerms                  // []rdf.Term
	scanTriple                 // rdf.Triple from ?s ?p ?o
)

// scanField is a field of a struct and the variables that may fill it.
type scanField struct {
	index  []int
	name   string // of the field
	tagged string // from the tag sparql
	local  string // from the tag rdf: the local name of the predicate
}

var (
	termType   = reflect.TypeFor[rdf.Term]()
	mapType    = reflect.TypeFor[map[string]rdf.Term]()
	termsType  = reflect.TypeFor[[]rdf.Term]()
	tripleType = reflect.TypeFor[rdf.Triple]()
	// scalarTypes are structs that stand for one value.
	scalarTypes = [...]reflect.Type{reflect.TypeFor[rdf.IRI](), reflect.TypeFor[rdf.Blank](),
		reflect.TypeFor[rdf.Literal](), reflect.TypeFor[time.Time]()}
	unmarshalerType     = reflect.TypeFor[rdf.Unmarshaler]()
	textUnmarshalerType = reflect.TypeFor[encoding.TextUnmarshaler]()
)

func newRowScanner(rows *Rows, typ reflect.Type) *rowScanner {
	s := &rowScanner{rows: rows, typ: typ, vars: -1}
	switch {
	case typ == mapType:
		s.kind = scanMap
	case typ == termsType:
		s.kind = scanTerms
	case typ == tripleType:
		s.kind = scanTriple
		s.fields = []scanField{{name: "Subj", tagged: "s"}, {name: "Pred", tagged: "p"}, {name: "Obj", tagged: "o"}}
	case isRecord(typ):
		s.kind = scanStruct
		s.fields = structFields(nil, typ, nil)
	}
	return s
}

// isRecord reports whether typ is a struct whose fields take the variables of
// a row.
func isRecord(typ reflect.Type) bool {
	if typ.Kind() != reflect.Struct {
		return false
	}
	for _, scalar := range scalarTypes {
		if typ == scalar {
			return false
		}
	}
	p := reflect.PointerTo(typ)
	return !p.Implements(unmarshalerType) && !p.Implements(textUnmarshalerType)
}

// structFields lists the fields of typ that take variables; those of embedded
// structs count as its own.
func structFields(fields []scanField, typ reflect.Type, path []int) []scanField {
	for i := range typ.NumField() {
		f := typ.Field(i)
		index := append(append([]int(nil), path...), i)
		tag, hasTag := f.Tag.Lookup("sparql")
		tag, _, _ = strings.Cut(tag, ",")
		rdfTag, _, _ := strings.Cut(f.Tag.Get("rdf"), ",")
		switch {
		case tag == "-", f.Name == "_", !hasTag && (rdfTag == "-" || rdfTag == "*" || rdfTag == "@type"):
			continue
		case f.Anonymous && !hasTag && isRecord(f.Type):
			fields = structFields(fields, f.Type, index)
			continue
		case !f.IsExported():
			continue
		}
		fields = append(fields, scanField{index: index, name: f.Name, tagged: strings.TrimLeft(tag, "?$"), local: localName(rdfTag)})
	}
	return fields
}

// localName returns the part of a predicate's name that may name a variable:
// title for dct:title, id for @id.
func localName(predicate string) string {
	predicate = strings.TrimSuffix(strings.TrimLeft(predicate, "^@<"), ">")
	return predicate[strings.LastIndexAny(predicate, ":/#.")+1:]
}

// match finds the field of each variable: by the tag sparql, by the field's
// name, by the local name in the tag rdf, in this order, the latter two in any
// case.
func (s *rowScanner) match() {
	vars := s.rows.sol.vars
	s.vars, s.err = len(vars), nil
	s.plan = make([]int, len(vars))
	taken := make([]bool, len(s.fields))
	for i := range s.plan {
		s.plan[i] = -1
	}
	for _, fits := range []func(f scanField, v string) bool{
		func(f scanField, v string) bool { return f.tagged == v },
		func(f scanField, v string) bool { return f.tagged == "" && strings.EqualFold(f.name, v) },
		func(f scanField, v string) bool { return f.tagged == "" && strings.EqualFold(f.local, v) },
	} {
		for i, v := range vars {
			for j, f := range s.fields {
				if s.plan[i] < 0 && !taken[j] && fits(f, v) {
					s.plan[i], taken[j] = j, true
				}
			}
		}
	}
	if s.rows.scan.lax {
		return
	}
	for i, v := range vars {
		// Queries made by For name the resource, also for types that do not.
		resource := v == "id" && slices.ContainsFunc(s.fields, func(f scanField) bool { return f.local != "" })
		if s.plan[i] < 0 && !resource {
			s.err = &ScanError{Row: s.rows.n, Variable: v,
				Err: fmt.Errorf("%v has no field for it; add one tagged `sparql:%q`, or use Lax", s.typ, v)}
			return
		}
	}
	for j, f := range s.fields {
		if !taken[j] {
			s.err = &ScanError{Row: s.rows.n, Field: f.name,
				Err: fmt.Errorf("the rows of variables %v have none for it; tag it `sparql:\"-\"`, or use Lax", vars)}
			return
		}
	}
}

// scan reads the current row into v, which is settable and zero.
func (s *rowScanner) scan(v reflect.Value) error {
	err := s.scanRow(v)
	if e, ok := err.(*ScanError); ok && s.rows.call != nil {
		e.QueryName = s.rows.call.describe().QueryName
	}
	return err
}

func (s *rowScanner) scanRow(v reflect.Value) error {
	sol := s.rows.sol
	switch s.kind {
	case scanMap:
		m := make(map[string]rdf.Term, len(sol.row))
		for i, t := range sol.row {
			if t != nil {
				m[sol.vars[i]] = t
			}
		}
		v.Set(reflect.ValueOf(m))
		return nil
	case scanTerms:
		v.Set(reflect.ValueOf(append([]rdf.Term(nil), sol.row...)))
		return nil
	case scanScalar:
		if len(sol.vars) != 1 {
			return &ScanError{Row: s.rows.n, Err: fmt.Errorf("%v takes one variable, the rows have %v; use a struct", s.typ, sol.vars)}
		}
		return s.assign(v, 0, "")
	}
	if s.vars != len(sol.vars) {
		s.match()
	}
	if s.err != nil {
		return s.err
	}
	if s.kind == scanTriple {
		return s.scanTriple(v.Addr().Interface().(*rdf.Triple))
	}
	for i, j := range s.plan {
		if j < 0 {
			continue
		}
		f := &s.fields[j]
		if err := s.assign(v.FieldByIndex(f.index), i, f.name); err != nil {
			return err
		}
	}
	return nil
}

// assign converts the term of variable i into v.
func (s *rowScanner) assign(v reflect.Value, i int, field string) error {
	t := s.rows.sol.row[i]
	if t == nil {
		v.SetZero()
		return nil
	}
	if err := rdf.Assign(v.Addr().Interface(), t, s.rows.scan.assign...); err != nil {
		return &ScanError{Row: s.rows.n, Variable: s.rows.sol.vars[i], Value: t, Field: field, Err: err}
	}
	return nil
}

// scanTriple makes a triple of ?s ?p ?o.
func (s *rowScanner) scanTriple(t *rdf.Triple) error {
	for i, j := range s.plan {
		var ok bool
		switch term := s.rows.sol.row[i]; j {
		case 0:
			t.Subj, ok = term.(rdf.Subject)
		case 1:
			t.Pred, ok = term.(rdf.Predicate)
		case 2:
			t.Obj, ok = term.(rdf.Object)
		default:
			ok = true
		}
		if !ok {
			return &ScanError{Row: s.rows.n, Variable: s.rows.sol.vars[i], Value: s.rows.sol.row[i], Field: s.fields[j].name,
				Err: fmt.Errorf("it cannot stand there in a triple")}
		}
	}
	return nil
}
