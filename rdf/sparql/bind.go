package sparql

import (
	"fmt"
	"slices"
	"strings"
)

// MaxValues is how many members a bound list may have. Virtuoso refuses a
// VALUES block of about 4,096 and is slow long before that.
const MaxValues = 1000

// binding is a name and its values in SPARQL syntax.
type binding struct {
	name   string
	values []string
	list   bool
}

// BindError tells why a value could not enter a query.
type BindError struct {
	Query string // name of the query, if it has one
	Name  string // of the variable, without its mark
	Msg   string
}

// Error names the query, the variable and what to do.
func (e *BindError) Error() string {
	name := "query"
	if e.Query != "" {
		name += " " + e.Query
	}
	return fmt.Sprintf("sparql: %s: bind ?%s: %s", name, e.Name, e.Msg)
}

// Bind returns the query with a value in the place of the variable ?name
// (written without its mark; $name is the same variable). There are two ways
// for a value to enter:
//
//   - Where the query has a block VALUES ?name { … } (or VALUES (?name) { … }),
//     the content of each such block is replaced by the value or by the members
//     of the list; what stood there before serves as a default, so that the
//     query can be tried in any tool. Other occurrences of the variable stay. An
//     empty list leaves an empty block, which has no solutions. A list has at
//     most [MaxValues] members.
//   - Otherwise every occurrence of the variable, in subqueries too, becomes the
//     value, which must be a single one. Where the grammar has a variable and
//     nothing else the value can not go: a projection, AS ?name, GROUP BY ?name,
//     ORDER BY ?name, BOUND(?name), a VALUES header of several variables. If
//     there is one such occurrence the binding is refused: rename the parameter,
//     or give it a VALUES block. With SELECT * a bound variable is no longer
//     returned.
//
// A value stands only where a term of its kind may: IRIs alone as subject,
// predicate, graph or service, non-negative integers alone after LIMIT and
// OFFSET. A variable in a comment, a string or an IRI is none. A value never
// changes the structure of the query: it is written as one term.
//
// The values, and what they become:
//
//	rdf.IRI                        <iri>, which must be absolute
//	rdf.Literal                    "text", "text"@nl, "text"^^<datatype>
//	string                         "text", the plain literal
//	TypedString                    "text"^^xsd:string
//	bool, int…, uint…, float…      true, 42, "1.5E0"^^xsd:double
//	time.Time                      "2024-05-01T10:00:00Z"^^xsd:dateTime, in UTC
//	slices and arrays of these     the members of a VALUES block
//
// Types whose underlying type is one of these are taken too, and pointers, if
// not nil. RDF 1.1 knows no difference between "text" and "text"^^xsd:string,
// and an rdf.Literal of the datatype xsd:string is written in the plain form;
// some stores, Virtuoso among them, keep both apart and find only the form that
// was stored. [TypedString] asks for the other one; FILTER(STR(?x) = ?value)
// finds both everywhere.
//
// A blank node is refused: in a query it would be a variable. Also refused are
// a name that the query has nowhere, or that is bound already.
//
// The error is a *[BindError], or that of [Query.Err] when the query has one.
func (q *Query) Bind(name string, value any) (*Query, error) {
	if q.err != nil {
		return nil, q.err
	}
	fail := func(format string, args ...any) (*Query, error) {
		return nil, &BindError{Query: q.name, Name: name, Msg: fmt.Sprintf(format, args...)}
	}
	if q.isBound(name) {
		return fail("it has a value already: bind it once")
	}
	values, list, err := formatValue(value)
	if err != nil {
		return fail("%v", err)
	}
	b := binding{name: name, list: list}
	for _, v := range values {
		b.values = append(b.values, v.text)
	}
	if q.hasBlock(name) {
		if len(values) > MaxValues {
			return fail("%d values are too many for one query, the most is %d: send it several times with a part of the list", len(values), MaxValues)
		}
	} else if msg := q.checkPlaces(name, values, list); msg != "" {
		return fail("%s", msg)
	}
	c := *q
	c.bound = append(slices.Clip(c.bound), b)
	return &c, nil
}

// checkPlaces returns why values can not be substituted for the variable.
func (q *Query) checkPlaces(name string, values []value, list bool) string {
	var where *place
	for i := range q.places {
		p := &q.places[i]
		if p.name != name {
			continue
		}
		if p.role == roleVar {
			line, column := position(q.text, p.start)
			return fmt.Sprintf("line %d, column %d: it %s, where no value can stand: "+
				"rename the parameter, or add VALUES ?%s { } to the pattern and the value goes there", line, column, p.why, name)
		}
		if where == nil {
			where = p
		}
	}
	switch {
	case q.raw:
		return "nothing can be bound in a query made by Raw"
	case where == nil:
		return "the query has no variable of this name: correct the name, or take the binding away"
	case list:
		return fmt.Sprintf("a list needs a block: write VALUES ?%s { } into the pattern", name)
	}
	for _, p := range q.places {
		if p.name != name {
			continue
		}
		line, column := position(q.text, p.start)
		switch {
		case p.role == roleCount && values[0].kind != valueCount:
			return fmt.Sprintf("line %d, column %d: LIMIT and OFFSET want an integer that is not negative", line, column)
		case p.role == roleSubject && values[0].kind != valueIRI:
			return fmt.Sprintf("line %d, column %d: the subject of a triple is an IRI, not a literal: pass an rdf.IRI", line, column)
		case p.role == roleIRI && values[0].kind != valueIRI:
			return fmt.Sprintf("line %d, column %d: only an IRI can stand here: pass an rdf.IRI", line, column)
		}
	}
	return ""
}

func (q *Query) isBound(name string) bool {
	return slices.ContainsFunc(q.bound, func(b binding) bool { return b.name == name })
}

func (q *Query) hasBlock(name string) bool {
	return slices.ContainsFunc(q.blocks, func(b block) bool { return b.name == name })
}

// String returns the text to send: the query with the bound values in place.
func (q *Query) String() string {
	if len(q.bound) == 0 {
		return q.text
	}
	var b strings.Builder
	size := len(q.text)
	for _, v := range q.bound {
		for _, s := range v.values {
			size += len(s) + 3
		}
	}
	b.Grow(size)
	done := 0
	places, blocks := q.places, q.blocks
	for len(places) > 0 || len(blocks) > 0 {
		if len(blocks) > 0 && (len(places) == 0 || blocks[0].start <= places[0].start) {
			block := blocks[0]
			blocks = blocks[1:]
			if v := q.binding(block.name); v != nil {
				b.WriteString(q.text[done:block.start])
				writeBlock(&b, v.values, block.row)
				done = block.end
				for len(places) > 0 && places[0].start < done {
					places = places[1:]
				}
			}
			continue
		}
		p := places[0]
		places = places[1:]
		if v := q.binding(p.name); v != nil && !q.hasBlock(p.name) {
			b.WriteString(q.text[done:p.start])
			writeTerm(&b, v.values[0], q.text, p)
			done = p.end
		}
	}
	b.WriteString(q.text[done:])
	return b.String()
}

func (q *Query) binding(name string) *binding {
	for i := range q.bound {
		if q.bound[i].name == name {
			return &q.bound[i]
		}
	}
	return nil
}

func writeBlock(b *strings.Builder, values []string, row bool) {
	b.WriteByte(' ')
	for _, v := range values {
		if row {
			b.WriteString("(" + v + ") ")
		} else {
			b.WriteString(v + " ")
		}
	}
}

// writeTerm writes v with blanks around it, except beside characters that no
// term can grow together with: "x"@nl before - or < before <iri> would.
func writeTerm(b *strings.Builder, v, src string, p place) {
	if p.start > 0 && !separates(src[p.start-1]) {
		b.WriteByte(' ')
	}
	b.WriteString(v)
	if p.end < len(src) && !separates(src[p.end]) {
		b.WriteByte(' ')
	}
}

func separates(c byte) bool {
	return isSpace(c) || strings.IndexByte("(){}[],;", c) >= 0
}
