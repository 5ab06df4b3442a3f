package sparql

import (
	"fmt"
	"slices"
	"strings"
)

// Form is what a request text is: one of the four query forms, or an update.
type Form uint8

// The forms of SPARQL 1.1. FormUnknown is the form of a text that could not
// be parsed.
const (
	FormUnknown Form = iota
	FormSelect
	FormConstruct
	FormDescribe
	FormAsk
	FormUpdate
)

// String returns the keyword: SELECT, CONSTRUCT, DESCRIBE, ASK or UPDATE.
func (f Form) String() string {
	switch f {
	case FormSelect:
		return "SELECT"
	case FormConstruct:
		return "CONSTRUCT"
	case FormDescribe:
		return "DESCRIBE"
	case FormAsk:
		return "ASK"
	case FormUpdate:
		return "UPDATE"
	}
	return "unknown"
}

// Query is a parsed SPARQL 1.1 query or update request. It is immutable and
// may be used by many goroutines: [Query.Bind] and [Query.Named] return
// changed copies.
type Query struct {
	*parsed
	name  string
	err   error
	bound []binding
}

// parsed is what is known of a text, shared by all queries made from it.
type parsed struct {
	text   string
	form   Form
	places []place  // where variables stand, in order
	blocks []block  // VALUES blocks of one variable, in order
	vars   []string // what a SELECT returns
	all    bool     // SELECT *
	raw    bool     // not parsed
	parts  parts    // of a SELECT
}

// parts are where the pieces of a SELECT query lie: the prologue before start,
// then the projection, FROM … between datasets and datasetsEnd, and the pattern
// between group, a {, and end, behind its }.
type parts struct {
	start, datasets, datasetsEnd, group, end int
	// bare: no expression is projected and nothing follows the pattern.
	bare bool
}

// role tells what the grammar allows at the place of a variable.
type role uint8

const (
	roleTerm    role = iota // any IRI or literal
	roleSubject             // an IRI
	roleIRI                 // an IRI: predicates, GRAPH, SERVICE, DESCRIBE
	roleCount               // a number after LIMIT or OFFSET
	roleVar                 // a variable and nothing else
	roleHeader              // the header of a block: the values are filled in there
)

// place is one occurrence of a variable.
type place struct {
	start, end int
	name       string
	role       role
	// constant tells that the grammar has no variable here (LIMIT ?n): the
	// query can be sent only after a value was bound.
	constant bool
	why      string // for roleVar: what the variable does there
}

// block is the inside of the braces of VALUES ?name { … }.
type block struct {
	start, end int
	name       string
	row        bool // VALUES (?name) { (…) }: each value stands in parentheses
}

// Parse reads a query or an update request. The whole grammar of SPARQL 1.1 is
// checked, so that a mistake is found here, with line and column, and not by
// an endpoint; whether prefixes are declared is left to the endpoint, since
// many declare some themselves. Virtuoso's DEFINE is accepted in the prologue;
// a text that uses another extension of the language can be sent with [Raw].
//
// The grammar is extended at one point: a variable may stand where it has only
// a constant, namely in LIMIT ?n, OFFSET ?n, FROM ?g, USING ?g, WITH ?g,
// INSERT DATA { … } and the like. Such a variable is a parameter: [Query.Err]
// reports it until [Query.Bind] has given it a value.
//
// The error is a *[QueryError].
func Parse(text string) (*Query, error) {
	q := Text(text)
	return q, q.err
}

// Text is [Parse] for texts that stand in a program: the error, if any, is
// kept in the query and reported by [Query.Err], [Query.Bind] and every method
// that sends the query.
func Text(text string) *Query {
	text = strings.TrimPrefix(text, "\ufeff")
	p, err := parse(text)
	if err != nil {
		return &Query{parsed: &parsed{text: text}, err: err}
	}
	return &Query{parsed: p}
}

// MustParse is [Parse] for package variables: it panics on an error.
func MustParse(text string) *Query {
	q, err := Parse(text)
	if err != nil {
		panic(err)
	}
	return q
}

// Raw returns a query whose text is sent as it is, for dialects that [Parse]
// refuses. The caller says what form it has. Nothing can be bound in it.
func Raw(form Form, text string) *Query {
	return &Query{parsed: &parsed{text: text, form: form, raw: true}}
}

// Name returns the name given by a [Bank] or by [Query.Named]; it stands in
// errors and traces.
func (q *Query) Name() string { return q.name }

// Named returns the query under another name.
func (q *Query) Named(name string) *Query {
	c := *q
	c.name = name
	if e, ok := c.err.(*QueryError); ok {
		named := *e
		named.Name = name
		c.err = &named
	}
	return &c
}

// Form returns what the request is.
func (q *Query) Form() Form { return q.form }

// Err returns why the query can not be sent: its text could not be parsed, or
// a parameter that the grammar wants as a constant, such as LIMIT ?n, has no
// value yet.
func (q *Query) Err() error {
	if q.err != nil {
		return q.err
	}
	for _, p := range q.places {
		if p.constant && !q.isBound(p.name) {
			return q.errorAt(p.start, fmt.Sprintf("?%s stands for a constant: give it a value with Bind(%q, …)", p.name, p.name))
		}
	}
	return nil
}

// Vars returns the variables of a SELECT, in the order of its projection. For
// SELECT * these are the variables in scope, in the order of their appearance
// (the endpoint may order them otherwise), without those that are bound. For
// other forms it is nil.
func (q *Query) Vars() []string {
	vars := slices.Clone(q.vars)
	if q.all {
		vars = slices.DeleteFunc(vars, func(v string) bool { return q.isBound(v) && !q.hasBlock(v) })
	}
	return vars
}

// Text returns the query as it was parsed, before any binding.
func (q *Query) Text() string { return q.text }

// QueryError tells why a text is no SPARQL 1.1, or where a parameter is missing.
type QueryError struct {
	Name         string // of the query, if it has one
	Line, Column int    // 1-based, in characters
	Near         string // the text at that place, shortened
	Msg          string
}

// Error names the query, the place and what was expected there.
func (e *QueryError) Error() string {
	name := "query"
	if e.Name != "" {
		name += " " + e.Name
	}
	near := ""
	if e.Near != "" {
		near = fmt.Sprintf(" near %q", e.Near)
	}
	return fmt.Sprintf("sparql: %s: line %d, column %d%s: %s", name, e.Line, e.Column, near, e.Msg)
}

// Is reports [ErrSyntax], so that a mistake found here and one that an endpoint
// reports are told alike.
func (e *QueryError) Is(target error) bool { return target == ErrSyntax }

func (q *Query) errorAt(offset int, msg string) *QueryError {
	e := errorAt(q.text, offset, msg)
	e.Name = q.name
	return e
}

func errorAt(src string, offset int, msg string) *QueryError {
	e := &QueryError{Msg: msg}
	e.Line, e.Column = position(src, offset)
	const most = 24
	near := src[min(offset, len(src)):]
	if n := strings.IndexAny(near, "\r\n"); n >= 0 {
		near = near[:n]
	}
	if r := []rune(near[:min(len(near), 4*most)]); len(r) > most {
		near = string(r[:most]) + "…"
	}
	e.Near = near
	return e
}
