package sparql

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestParseForms(t *testing.T) {
	for _, c := range []struct {
		text string
		form Form
		vars []string
	}{
		{"SELECT ?a $b WHERE { ?a ?p ?b }", FormSelect, []string{"a", "b"}},
		{"PREFIX a: <b> # c\nselect distinct (count(*) as ?n) { ?s ?p ?o }", FormSelect, []string{"n"}},
		{"DEFINE input:inference 'x' SELECT ?s { ?s ?p ?o }", FormSelect, []string{"s"}},
		{"SELECT * { ?s ?p ?o . FILTER(?x > 1) }", FormSelect, []string{"s", "p", "o"}},
		{"SELECT * { { SELECT ?a { ?a ?hidden ?b } } MINUS { ?c ?d ?e } BIND(1 AS ?f) VALUES (?g ?h) { (1 UNDEF) } GRAPH ?i { ?a ?p ?a } OPTIONAL { ?j ?k [ ?l ?m ] } FILTER EXISTS { ?n ?o ?q } }", FormSelect,
			[]string{"a", "f", "g", "h", "i", "p", "j", "k", "l", "m"}},
		{"CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", FormConstruct, nil},
		{"CONSTRUCT WHERE { ?s ?p ?o }", FormConstruct, nil},
		{"DESCRIBE <a>", FormDescribe, nil},
		{"BASE <http://a/> ASK FROM <b> FROM NAMED <c> { }", FormAsk, nil},
		{"INSERT DATA { <a> <b> 1 }", FormUpdate, nil},
		{"DELETE { ?s ?p ?o } WHERE { ?s ?p ?o } ; CLEAR ALL", FormUpdate, nil},
	} {
		q, err := Parse(c.text)
		require.NoError(t, err, c.text)
		assert.Equal(t, c.form, q.Form(), c.text)
		assert.Equal(t, c.vars, q.Vars(), c.text)
		assert.Equal(t, c.text, q.String())
		assert.NoError(t, q.Err())
	}
}

func TestParseErrors(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"", "line 1, column 1: the query is empty"},
		{"# only a comment\n", "line 2, column 1: the query is empty"},
		{"SELECT WHERE { ?s ?p ?o }", `line 1, column 8 near "WHERE { ?s ?p ?o }": want *, a variable`},
		{"SELECT ?x {\n  ?x dct:title }", `line 2, column 16 near "}": want an IRI, a literal`},
		{"SELECT ?x { ?x a ?y", "column 20: want a triple, a group or '}', found the end of the query"},
		{"SELECT ?x { ?x a ?y } }", "nothing may follow"},
		{"SELECT ?x { ?x a ?y ?z a ?w }", "want '.'"},
		{"SELECT ?x { FILTER ?x > 1 }", "want an expression in parentheses"},
		{"SELECT ?x { ?x a ?y } LIMIT -1", "an integer that is not negative"},
		{"SELECT ?x { ?x a ?y } LIMIT 1 LIMIT 2", "nothing may follow"},
		{"SELECT ?x { ?x a ?y } GROUP BY", "want a variable or an expression"},
		{"SELECT ?x { ?x a ?y } ORDER BY LIMIT 1", "want a variable, ASC"},
		{"SELECT (1 AS ?x) (2 AS ?x) {}", "the name is taken already"},
		{"SELECT ?x { VALUES (?x ?y) { (1) } }", "the row has 1 values, the header 2 variables"},
		{"SELECT ?x { ?x a 'abc }", "column 18 near \"'abc }\": the string is not closed"},
		{"FROB ?x", "want SELECT, CONSTRUCT"},
		{"DELETE DATA { _:a <b> 1 }", "can not name a blank node"},
		{"CONSTRUCT { ?s ?p ?o }", "want '{'"},
		{"PREFIX a <b> ASK {}", "want a prefix that ends in a colon"},
		{"SELECT ?x { ?x a {{.Class}} }", "is {{…}} a text template"},
		{"SELECT ?x { " + strings.Repeat("{", 2000), "nested more than"},
		{"ASK { FILTER(" + strings.Repeat("(", 2000), "nested more than"},
		{"ASK { FILTER(" + strings.Repeat("!", 2000), "nested more than"},
		{"ASK { ?s " + strings.Repeat("(", 2000), "nested more than"},
		{"ASK { ?s ?p " + strings.Repeat("[ <a> ", 2000), "nested more than"},
		{"SELECT ?aVariableWithAVeryLongNameThatGoesOn ?! {}", "?!"},
	} {
		q, err := Parse(c.text)
		var qe *QueryError
		require.ErrorAs(t, err, &qe, c.text)
		assert.ErrorContains(t, err, c.want, c.text)
		assert.ErrorIs(t, err, ErrSyntax)
		assert.Equal(t, err, q.Err())
		assert.Equal(t, FormUnknown, q.Form())
		_, bindErr := q.Bind("x", 1)
		assert.Equal(t, err, bindErr)
	}
}

func TestQueryNames(t *testing.T) {
	q := Text("SELECT")
	named := q.Named("mine")
	assert.Equal(t, "", q.Name())
	assert.Equal(t, "mine", named.Name())
	assert.ErrorContains(t, named.Err(), "sparql: query mine: line 1")
	assert.ErrorContains(t, q.Err(), "sparql: query: line 1")
	assert.Panics(t, func() { MustParse("SELECT") })
	assert.Equal(t, "q", MustParse("ASK {}").Named("q").Name())
}

func TestEscapedNames(t *testing.T) {
	q := MustParse(`SELECT ?\u0078y WHERE { ?xy a ?\u00E9 } # ?\u00e9`)
	assert.Equal(t, []string{"xy"}, q.Vars())
	b, err := q.Bind("é", 1)
	require.NoError(t, err)
	assert.Equal(t, `SELECT ?\u0078y WHERE { ?xy a 1 } # ?\u00e9`, b.String())
}

func TestRaw(t *testing.T) {
	q := Raw(FormSelect, "select sum(?x) where { ?x option (transitive) }")
	assert.NoError(t, q.Err())
	assert.Equal(t, FormSelect, q.Form())
	assert.Equal(t, "select sum(?x) where { ?x option (transitive) }", q.String())
	_, err := q.Bind("x", 1)
	assert.ErrorContains(t, err, "made by Raw")
}

func TestFormString(t *testing.T) {
	var names []string
	for f := FormUnknown; f <= FormUpdate; f++ {
		names = append(names, f.String())
	}
	assert.Equal(t, []string{"unknown", "SELECT", "CONSTRUCT", "DESCRIBE", "ASK", "UPDATE"}, names)
}
