package sparql

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"unicode"

	"github.com/themis-go/themis/rdf"
)

// ForOption changes a query that is made from a struct, see [For] and [Load].
type ForOption func(*forConfig)

type forConfig struct {
	subjects  []rdf.IRI
	some      bool
	graphs    []rdf.IRI
	prologue  string
	where     string
	modifiers string
	depth     int
	mapping   []rdf.MapOption
	keyset    Keyset
}

// ForSubjects restricts the query to these resources, at most [MaxValues] of
// them for [For], any number for [Load].
func ForSubjects(iris ...rdf.IRI) ForOption {
	return func(c *forConfig) { c.subjects, c.some = append(c.subjects, iris...), true }
}

// ForGraphs asks in these graphs (FROM) and not in the endpoint's default graph.
func ForGraphs(graphs ...rdf.IRI) ForOption {
	return func(c *forConfig) { c.graphs = append(c.graphs, graphs...) }
}

// ForWhere adds a graph pattern. The resource is ?id in it, and the variables of
// the fields are known by their names (see [For]). Other variables can be
// bound in the query that For returns, and prefixes are declared by
// [ForPrologue].
func ForWhere(pattern string) ForOption {
	return func(c *forConfig) { c.where += "\n  " + pattern }
}

// ForPrologue adds PREFIX and BASE declarations for ForWhere and ForModifiers.
func ForPrologue(prologue string) ForOption {
	return func(c *forConfig) { c.prologue += prologue + "\n" }
}

// ForModifiers adds what stands behind the pattern, such as
// "ORDER BY ?title LIMIT ?n". [Load] has its own order and does not take it.
func ForModifiers(modifiers string) ForOption {
	return func(c *forConfig) { c.modifiers += "\n" + modifiers }
}

// ForDepth bounds how many links [Load] follows from a resource into nested
// structs. A type that can hold itself needs it.
func ForDepth(n int) ForOption { return func(c *forConfig) { c.depth = n } }

// ForMapping sets how [Load] maps triples, and the namespaces of tags for both.
func ForMapping(opts ...rdf.MapOption) ForOption {
	return func(c *forConfig) { c.mapping = append(c.mapping, opts...) }
}

// ForPages sets how [Load] pages: sizes, limits, attempts, options, logger.
// Client, Subjects, Predicates and Inverse are set by Load.
func ForPages(k Keyset) ForOption { return func(c *forConfig) { c.keyset = k } }

// subjectVar is the variable of the resource in queries made from structs.
const subjectVar = "id"

// For makes a SELECT query from a struct type: what its tags say is the
// pattern, and [Select] of the same type reads the rows.
//
//	type Theme struct {
//		_     struct{} `rdf:"@type,skos:Concept"`
//		URI   rdf.IRI  `rdf:"@id"`
//		Label string   `rdf:"skos:prefLabel,required,lang=nl"`
//		Note  string   `rdf:"skos:note"`
//	}
//	q, err := sparql.For[Theme]()
//	for theme, err := range sparql.Select[Theme](ctx, client, q) { … }
//
// The query has the triples of class and fixed values and of each field with
// the option required; the other fields are OPTIONAL. Inverse properties are
// followed backwards. lang= keeps texts of these languages and without one. The
// variable of a field has its name in the tag sparql, or the field's name with
// a small first letter; the resource is ?id, also where it is not a field.
//
// A row holds one value for each field, so that a resource with two values of a
// property gives two rows, whatever the struct says. What a row can not hold
// at all is refused: slices, maps by language, nested structs, the field for
// the rest. [Load] reads these, and every resource once: prefer it where a
// property may be repeated. For is for tables: flat rows, an order, a LIMIT.
func For[T any](opts ...ForOption) (*Query, error) {
	c := newForConfig(opts)
	shape, err := rdf.DescribeType(reflect.TypeFor[T](), c.mapping...)
	if err != nil {
		return nil, err
	}
	s := &structQuery{config: c, shape: shape}
	return s.rows()
}

func newForConfig(opts []ForOption) *forConfig {
	c := new(forConfig)
	for _, opt := range opts {
		opt(c)
	}
	return c
}

// structQuery writes queries for one shape. The whole is parsed, so that
// nothing but one valid query comes out.
type structQuery struct {
	config *forConfig
	shape  *rdf.Shape
	vars   []string
	body   strings.Builder
	err    error
}

func (s *structQuery) refuse(format string, args ...any) {
	if s.err == nil {
		s.err = fmt.Errorf("sparql: %w: a query for %v: %s", ErrConfig, s.shape.Type, fmt.Sprintf(format, args...))
	}
}

// iri writes an IRI; tags and options are checked like values.
func (s *structQuery) iri(i rdf.IRI) string {
	text, err := formatIRI(i.String())
	if err != nil {
		s.refuse("%v", err)
	}
	return text
}

func (s *structQuery) line(format string, args ...any) {
	fmt.Fprintf(&s.body, "\n  "+format, args...)
}

// head opens the pattern with what selects the resources.
func (s *structQuery) head() {
	if s.config.some {
		s.line("VALUES ?%s { }", subjectVar)
	}
	for _, f := range s.shape.Fixed {
		s.line("?%s %s %s .", subjectVar, s.iri(f.Predicate), s.iri(f.Value))
	}
}

func (s *structQuery) triple(f rdf.FieldShape, variable string) string {
	if f.Inverse {
		return fmt.Sprintf("?%s %s ?%s .", variable, s.iri(f.Predicate), subjectVar)
	}
	return fmt.Sprintf("?%s %s ?%s .%s", subjectVar, s.iri(f.Predicate), variable, languages(f.Lang, variable))
}

// languages keeps texts of these languages and untagged ones.
func languages(langs []string, variable string) string {
	if len(langs) == 0 || slices.Contains(langs, "*") {
		return ""
	}
	filter := fmt.Sprintf(` FILTER(LANG(?%s) = ""`, variable)
	for _, lang := range langs {
		filter += fmt.Sprintf(` || LANGMATCHES(LANG(?%s), "%s")`, variable, lang)
	}
	return filter + ")"
}

// rows writes the flat SELECT.
func (s *structQuery) rows() (*Query, error) {
	if s.shape.Rest != "" {
		s.refuse("the field %s keeps the rest of the properties, which no row has: use Load", s.shape.Rest)
	}
	if s.shape.ID != "" {
		s.vars = append(s.vars, subjectVar)
	}
	s.head()
	var optional []string
	anchored := s.config.some || s.config.where != "" || len(s.shape.Fixed) > 0
	for _, f := range s.shape.Fields {
		switch {
		case f.Many, f.ByLang:
			s.refuse("the field %s takes many values, a row has one: use Load", f.Name)
		case f.Nested != nil:
			s.refuse("the field %s is a struct of its own, a row has one value: use Load, or take the IRI", f.Name)
		}
		name := s.variable(f)
		if f.Optional {
			optional = append(optional, "OPTIONAL { "+s.triple(f, name)+" }")
			continue
		}
		anchored = true
		s.line("%s", s.triple(f, name))
	}
	if !anchored {
		s.refuse("nothing in it tells which resources are meant: give it a class, a required field, ForWhere or ForSubjects")
	}
	s.body.WriteString(s.config.where)
	for _, o := range optional {
		s.line("%s", o)
	}
	if len(s.vars) == 0 {
		s.refuse("it has no field for a variable")
	}
	return s.finish("?"+strings.Join(s.vars, " ?"), s.config.modifiers)
}

// variable names and projects the variable of a field.
func (s *structQuery) variable(f rdf.FieldShape) string {
	tag, _, _ := strings.Cut(s.shape.Type.FieldByIndex(f.Index).Tag.Get("sparql"), ",")
	name := strings.TrimLeft(tag, "?$")
	if name == "" || name == "-" {
		name = lowerFirst(f.Name)
	}
	if name == subjectVar || slices.Contains(s.vars, name) {
		s.refuse("the variable ?%s would stand for two fields: name that of %s in a tag `sparql:\"…\"`", name, f.Name)
	}
	s.vars = append(s.vars, name)
	return name
}

// lowerFirst makes the capitals that a name begins with small: URI → uri,
// HTMLText → htmlText, Title → title.
func lowerFirst(name string) string {
	r := []rune(name)
	for i := range r {
		if !unicode.IsUpper(r[i]) || i > 0 && i+1 < len(r) && unicode.IsLower(r[i+1]) {
			break
		}
		r[i] = unicode.ToLower(r[i])
	}
	return string(r)
}

// finish writes the query around the pattern and parses it.
func (s *structQuery) finish(projection, modifiers string) (*Query, error) {
	from := ""
	for _, g := range s.config.graphs {
		from += "\nFROM " + s.iri(g)
	}
	if s.err != nil {
		return nil, s.err
	}
	q, err := Parse(s.config.prologue + "SELECT " + projection + from + "\nWHERE {" + s.body.String() + "\n}" + modifiers)
	if err != nil {
		return nil, fmt.Errorf("sparql: a query for %v: %w", s.shape.Type, err)
	}
	q = q.Named("for " + typeName(s.shape.Type))
	if !s.config.some {
		return q, nil
	}
	return q.Bind(subjectVar, s.config.subjects)
}

func typeName(t reflect.Type) string {
	if t.Name() != "" {
		return t.Name()
	}
	return "struct"
}
