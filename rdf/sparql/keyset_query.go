package sparql

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/themis-go/themis/rdf"
)

// keysetQueries are the queries of a [Keyset], with their parameters unbound.
type keysetQueries struct {
	total    *Query // how many subjects come behind ?after
	unnamed  *Query // how many subjects are no IRIs
	list     *Query // the next ?limit subjects behind ?after
	window   *Query // how many subjects come behind ?after up to ?last
	own      direction
	inverse  direction
	subject  string // name of the variable
	after    string // names of the parameters
	last     string
	limit    string
	count    string // names of the variables of counts, predicates and the other ends of triples
	property string
	other    string
}

// direction are the queries for the triples that have known IRIs as subject
// or, inverse, as object. The IRIs enter at ?subject, predicates at ?property.
type direction struct {
	wanted     bool
	inverse    bool
	counts     *Query // triples for each IRI
	triples    *Query // the triples of some IRIs
	predicates *Query // triples of one IRI for each predicate
	some       *Query // the triples of one IRI with some predicates
	hashed     *Query // those with one predicate whose other end has a hash from ?from up to ?to
	blank      *Query // those with one predicate whose other end is a blank node
}

// newKeysetQueries takes the pattern of subjects apart and puts it into the
// queries. They are parsed as a whole again, so that each is one valid query.
func newKeysetQueries(k *Keyset) (*keysetQueries, error) {
	ks := &keysetQueries{subject: "subject"}
	prologue, datasets, pattern := "", "", ""
	if k.Subjects != nil {
		if err := k.Subjects.Err(); err != nil {
			return nil, err
		}
		q, err := Parse(k.Subjects.String()) // with its values bound
		if err != nil {
			return nil, err
		}
		if q.form != FormSelect || q.all || len(q.vars) != 1 || !q.parts.bare {
			return nil, fmt.Errorf("%w: Keyset.Subjects: want SELECT ?s WHERE { … } with one variable and nothing behind the pattern; paging adds DISTINCT, ORDER BY and LIMIT", ErrConfig)
		}
		ks.subject = q.vars[0]
		prologue, pattern = q.text[:q.parts.start], q.text[q.parts.group:q.parts.end]
		datasets = q.text[q.parts.datasets:q.parts.datasetsEnd]
		ks.name(q)
	} else {
		ks.name(nil)
	}
	c := composer{ks: ks, prologue: prologue, datasets: datasets, name: k.name()}
	if pattern != "" {
		c.pattern = pattern
		ks.total = c.query("total", `SELECT (COUNT(DISTINCT ?S) AS ?N) FROM WHERE { PATTERN FILTER(STR(?S) > ?AFTER) }`)
		ks.unnamed = c.query("unnamed", `SELECT (COUNT(DISTINCT ?S) AS ?N) FROM WHERE { PATTERN FILTER(!isIRI(?S)) }`)
		ks.list = c.query("list", `SELECT DISTINCT ?S FROM WHERE { PATTERN FILTER(STR(?S) > ?AFTER) } ORDER BY ?S LIMIT ?LIMIT`)
		ks.window = c.query("window", `SELECT (COUNT(DISTINCT ?S) AS ?N) FROM WHERE { PATTERN FILTER(STR(?S) > ?AFTER && STR(?S) <= ?LAST) }`)
	}
	ks.own = c.direction(false, k.Predicates)
	if len(k.Inverse) > 0 {
		ks.inverse = c.direction(true, k.Inverse)
	}
	return ks, c.err
}

// name chooses names that the query does not use.
func (ks *keysetQueries) name(q *Query) {
	free := func(name string) string {
		taken := func(n string) bool {
			return n == ks.subject || q != nil && slices.ContainsFunc(q.places, func(p place) bool { return p.name == n })
		}
		for taken(name) {
			name += "_"
		}
		return name
	}
	ks.after, ks.last, ks.limit = free("after"), free("last"), free("limit")
	ks.count, ks.property, ks.other = free("count"), free("property"), free("other")
}

// composer writes queries from templates in which ?S, ?P, ?O, ?N, FROM, PATTERN
// and the parameters stand for the names and pieces of the subjects' query.
type composer struct {
	ks                          *keysetQueries
	prologue, datasets, pattern string
	name                        string
	err                         error
}

func (c *composer) query(name, template string, predicates ...rdf.IRI) *Query {
	ks := c.ks
	only := ""
	if len(predicates) > 0 {
		only = "VALUES ?" + ks.property + " { }"
	}
	text := strings.NewReplacer(
		"?S", "?"+ks.subject, "?P", "?"+ks.property, "?N", "?"+ks.count, "?O", "?"+ks.other,
		"?AFTER", "?"+ks.after, "?LAST", "?"+ks.last, "?LIMIT", "?"+ks.limit,
		"FROM", c.datasets, "PATTERN", c.pattern, "ONLY", only,
	).Replace(template)
	if c.prologue != "" {
		text = strings.TrimRight(c.prologue, " \t\r\n") + "\n" + text
	}
	q, err := Parse(text)
	if err != nil {
		c.err = errors.Join(c.err, fmt.Errorf("%w: Keyset.Subjects can not be paged: %w", ErrConfig, err))
		return nil
	}
	if only != "" {
		if q, err = q.Bind(ks.property, predicates); err != nil {
			c.err = errors.Join(c.err, err)
			return nil
		}
	}
	return q.Named(c.name + "/" + name)
}

func (c *composer) direction(inverse bool, predicates []rdf.IRI) direction {
	triple, prefix := "?S ?P ?O", ""
	if inverse {
		triple, prefix = "?O ?P ?S", "inverse-"
	}
	query := func(name, projection, where string, only ...rdf.IRI) *Query {
		return c.query(prefix+name, "SELECT "+projection+" FROM WHERE { VALUES ?S { } "+where, only...)
	}
	const row = "?S ?P ?O"
	return direction{
		wanted: true, inverse: inverse,
		counts:     query("counts", "?S (COUNT(?P) AS ?N)", "OPTIONAL { ONLY "+triple+" } } GROUP BY ?S", predicates...),
		triples:    query("triples", row, "ONLY "+triple+" }", predicates...),
		predicates: query("predicates", "?P (COUNT(?O) AS ?N)", "ONLY "+triple+" } GROUP BY ?P", predicates...),
		some:       query("some", row, "VALUES ?P { } "+triple+" }"),
		hashed:     query("hashed", row, "VALUES ?P { } "+triple+" FILTER(!isBlank(?O)) FILTER(MD5(STR(?O)) >= ?from && MD5(STR(?O)) < ?to) }"),
		blank:      query("blank", row, "VALUES ?P { } "+triple+" FILTER(isBlank(?O)) }"),
	}
}
