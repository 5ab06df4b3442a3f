package sparql

import (
	"math"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/themis-go/themis/rdf"
)

var iriA = rdf.MustIRI("http://e/a")

func TestBindPlaces(t *testing.T) {
	for _, c := range []struct {
		name, text string
		value      any
		want       string
	}{
		{"object", "SELECT ?s { ?s a ?x }", iriA, "SELECT ?s { ?s a <http://e/a> }"},
		{"dollar", "SELECT ?s { ?s a $x }", iriA, "SELECT ?s { ?s a <http://e/a> }"},
		{"subject and predicate", "SELECT ?o { ?x ?x ?o }", iriA, "SELECT ?o { <http://e/a> <http://e/a> ?o }"},
		{"longer names stay", "SELECT ?xy { ?xy a ?x }", iriA, "SELECT ?xy { ?xy a <http://e/a> }"},
		{"comment, string, IRI, name", "SELECT ?s { # ?x\n ?s <http://e/?x> '?x' , \"\"\"\n?x\"\"\" ; e:x ?x }", 1, "SELECT ?s { # ?x\n ?s <http://e/?x> '?x' , \"\"\"\n?x\"\"\" ; e:x 1 }"},
		{"filter", "SELECT ?s { ?s ?p ?o FILTER(?o=?x) }", "a", `SELECT ?s { ?s ?p ?o FILTER(?o= "a") }`},
		{"no growing together", "SELECT ?s { ?s ?p ?o FILTER(?o<?x&&?x-1) }", rdf.NewTyped("1", rdf.MustIRI("http://e/d")),
			`SELECT ?s { ?s ?p ?o FILTER(?o< "1"^^<http://e/d> && "1"^^<http://e/d> -1) }`},
		{"before a dot", "SELECT ?s { ?s ?p ?x.?s ?q ?x }", 5, "SELECT ?s { ?s ?p 5 .?s ?q 5 }"},
		{"property path", "SELECT ?s { ?s <a>/<b>* ?x }", iriA, "SELECT ?s { ?s <a>/<b>* <http://e/a> }"},
		{"expression in projection", "SELECT (STR(?x) AS ?y) { }", "a", `SELECT (STR("a") AS ?y) { }`},
		{"IN", "SELECT ?s { ?s ?p ?o FILTER(?o NOT IN (1,?x)) }", 2, "SELECT ?s { ?s ?p ?o FILTER(?o NOT IN (1,2)) }"},
		{"function", "ASK { FILTER(<http://e/f>(?x)) FILTER CONTAINS('a', ?x) }", "a", `ASK { FILTER(<http://e/f>("a")) FILTER CONTAINS('a', "a") }`},
		{"graph", "ASK { GRAPH ?x { ?s ?p ?o } SERVICE SILENT ?x { ?s ?p ?o } }", iriA, "ASK { GRAPH <http://e/a> { ?s ?p ?o } SERVICE SILENT <http://e/a> { ?s ?p ?o } }"},
		{"from", "SELECT ?s FROM ?x FROM NAMED ?x { ?s ?p ?o }", iriA, "SELECT ?s FROM <http://e/a> FROM NAMED <http://e/a> { ?s ?p ?o }"},
		{"limit", "SELECT ?s { ?s ?p ?o } LIMIT ?x OFFSET ?x", 10, "SELECT ?s { ?s ?p ?o } LIMIT 10 OFFSET 10"},
		{"offset alone", "SELECT ?s { ?s ?p ?o } OFFSET ?x", uint8(0), "SELECT ?s { ?s ?p ?o } OFFSET 0"},
		{"having, order", "SELECT ?s { ?s ?p ?o } GROUP BY ?s HAVING(COUNT(*) > ?x) ORDER BY DESC(?s = ?x)", 1, "SELECT ?s { ?s ?p ?o } GROUP BY ?s HAVING(COUNT(*) > 1) ORDER BY DESC(?s = 1)"},
		{"separator", "SELECT (GROUP_CONCAT(DISTINCT ?o; SEPARATOR=?x) AS ?c) { ?s ?p ?o }", ", ", `SELECT (GROUP_CONCAT(DISTINCT ?o; SEPARATOR= ", ") AS ?c) { ?s ?p ?o }`},
		{"collection, property list", "ASK { ?s ?p (?x [ ?p ?x ]) }", iriA, "ASK { ?s ?p (<http://e/a> [ ?p <http://e/a> ]) }"},
		{"subquery", "SELECT ?s { { SELECT ?s { ?s a ?x } } FILTER NOT EXISTS { ?s ?p ?x } }", iriA, "SELECT ?s { { SELECT ?s { ?s a <http://e/a> } } FILTER NOT EXISTS { ?s ?p <http://e/a> } }"},
		{"template", "CONSTRUCT { ?s e:is ?x } WHERE { ?s a ?x }", iriA, "CONSTRUCT { ?s e:is <http://e/a> } WHERE { ?s a <http://e/a> }"},
		{"describe", "DESCRIBE ?x", iriA, "DESCRIBE <http://e/a>"},
		{"insert data", "INSERT DATA { GRAPH ?x { ?x e:p ?x } }", iriA, "INSERT DATA { GRAPH <http://e/a> { <http://e/a> e:p <http://e/a> } }"},
		{"modify", "WITH ?x DELETE { ?s ?p ?x } INSERT { ?x ?p ?o } USING ?x WHERE { ?s ?p ?o }", iriA, "WITH <http://e/a> DELETE { ?s ?p <http://e/a> } INSERT { <http://e/a> ?p ?o } USING <http://e/a> WHERE { ?s ?p ?o }"},
		{"load", "LOAD ?x INTO GRAPH ?x", iriA, "LOAD <http://e/a> INTO GRAPH <http://e/a>"},
		{"row of values", "ASK { VALUES (?a ?b) { (1 ?x) (?x 2) } }", "c", `ASK { VALUES (?a ?b) { (1 "c") ("c" 2) } }`},
		{"values", "SELECT ?x { VALUES ?x { } ?x a ?y }", iriA, "SELECT ?x { VALUES ?x { <http://e/a> } ?x a ?y }"},
		{"values, list", "SELECT ?x { VALUES ?x{}?x a ?y }", []string{"a", "b"}, `SELECT ?x { VALUES ?x{ "a" "b" }?x a ?y }`},
		{"values, defaults, rows, twice", "SELECT ?x { VALUES (?x) { (1) (2) } } VALUES ?x { 1 # ?x }\n }", []any{iriA, 2}, "SELECT ?x { VALUES (?x) { (<http://e/a>) (2) } } VALUES ?x { <http://e/a> 2 }"},
		{"values, empty list", "SELECT ?x { VALUES ?x { 1 } }", []rdf.IRI{}, "SELECT ?x { VALUES ?x { } }"},
	} {
		t.Run(c.name, func(t *testing.T) {
			q, err := Parse(c.text)
			require.NoError(t, err)
			b, err := q.Bind("x", c.value)
			require.NoError(t, err)
			assert.Equal(t, c.want, b.String())
			assert.Equal(t, c.text, q.String(), "the query itself is unchanged")
			assert.Equal(t, c.text, b.Text())
			_, err = Parse(b.String())
			require.NoError(t, err)
			assert.NoError(t, b.Err())
		})
	}
}

func TestBindRefuses(t *testing.T) {
	long := make([]int, MaxValues+1)
	for _, c := range []struct {
		name, text string
		value      any
		want       string
	}{
		{"projection", "SELECT ?x { ?x a ?y }", iriA, "line 1, column 8: it is projected by SELECT, where no value can stand: rename the parameter, or add VALUES ?x { }"},
		{"projection of a subquery", "SELECT ?y { { SELECT ?x { ?x a ?y } } }", iriA, "is projected by SELECT"},
		{"AS", "SELECT (1 AS ?x) { }", iriA, "names an expression (AS)"},
		{"BIND AS", "ASK { BIND(1 AS ?x) }", 1, "names an expression (AS)"},
		{"GROUP BY", "SELECT ?s { ?s a ?x } GROUP BY ?x", iriA, "is grouped by"},
		{"GROUP BY AS", "SELECT ?s { ?s a ?x } GROUP BY (1 AS ?x)", iriA, "names an expression"},
		{"ORDER BY", "SELECT ?s { ?s a ?x } ORDER BY ?x", iriA, "is ordered by"},
		{"BOUND", "ASK { ?s a ?x FILTER(BOUND(?x)) }", iriA, "is tested by BOUND"},
		{"header", "ASK { VALUES (?x ?y) { (1 2) } }", 1, "stands in a VALUES block of several variables"},
		{"unused", "ASK { ?s ?p ?o }", 1, "the query has no variable of this name"},
		{"only in a comment", "ASK { # ?x\n}", 1, "the query has no variable of this name"},
		{"literal as subject", "ASK { ?x ?p ?o }", "a", "the subject of a triple is an IRI"},
		{"literal as predicate", "ASK { ?s ?x ?o }", 1, "only an IRI can stand here"},
		{"literal as graph", "ASK { GRAPH ?x {} }", 1, "only an IRI can stand here"},
		{"limit", "SELECT ?s {} LIMIT ?x", -1, "an integer that is not negative"},
		{"limit, text", "SELECT ?s {} LIMIT ?x", "1", "an integer that is not negative"},
		{"list without block", "ASK { ?s a ?x }", []rdf.IRI{iriA}, "write VALUES ?x { } into the pattern"},
		{"too long", "ASK { VALUES ?x {} }", long, "1001 values are too many for one query, the most is 1000"},
		{"nil", "ASK { ?s a ?x }", nil, "nil is no value"},
		{"nil pointer", "ASK { ?s a ?x }", (*string)(nil), "nil pointer"},
		{"blank", "ASK { ?s a ?x }", mustBlank(t), "blank node stands for any node"},
		{"blank in a list", "ASK { VALUES ?x {} }", []rdf.Term{iriA, mustBlank(t)}, "member 1: a blank node"},
		{"nested list", "ASK { VALUES ?x {} }", [][]int{{1}}, "member 0: a list in a list"},
		{"map", "ASK { ?s a ?x }", map[string]int{}, "a map[string]int is no value"},
		{"bytes", "ASK { ?s a ?x }", []byte("a"), "pass it as a string"},
		{"relative IRI", "ASK { ?s a ?x }", rdf.MustIRI("a"), "it has no scheme"},
		{"no IRI", "ASK { ?s a ?x }", rdf.IRI{}, "it has no scheme"},
		{"NUL", "ASK { ?s a ?x }", "a\x00b", "U+0000"},
		{"UTF-8", "ASK { ?s a ?x }", "a\xffb", "not valid UTF-8"},
		{"datatype", "ASK { ?s a ?x }", rdf.NewTyped("a", rdf.MustIRI("b")), "datatype: IRI"},
	} {
		t.Run(c.name, func(t *testing.T) {
			q, err := Parse(c.text)
			require.NoError(t, err)
			_, err = q.Named("mine").Bind("x", c.value)
			var be *BindError
			require.ErrorAs(t, err, &be)
			assert.Equal(t, "x", be.Name)
			assert.ErrorContains(t, err, "sparql: query mine: bind ?x: ")
			assert.ErrorContains(t, err, c.want)
		})
	}
}

func mustBlank(t *testing.T) rdf.Blank {
	b, err := rdf.NewBlank("b")
	require.NoError(t, err)
	return b
}

func TestBindValues(t *testing.T) {
	nl, err := rdf.NewLang("hé", "nl-BE")
	require.NoError(t, err)
	type myString string
	type myTime time.Time
	five := 5
	at := time.Date(2024, 5, 1, 12, 0, 0, 5e8, time.FixedZone("", 7200))
	for _, c := range []struct {
		value any
		want  string
	}{
		{"a\"b\\c\n\r\t\u0001\x7f é🍀", `"a\"b\\c\n\r\t\u0001\u007F é🍀"`},
		{"?s <x> } # ", `"?s <x> } # "`},
		{myString("a"), `"a"`},
		{TypedString("a"), `"a"^^<http://www.w3.org/2001/XMLSchema#string>`},
		{rdf.NewString("a"), `"a"`},
		{nl, `"hé"@nl-BE`},
		{true, "true"},
		{int8(-5), "-5"},
		{uint64(math.MaxUint64), "18446744073709551615"},
		{&five, "5"},
		{rdf.NewInteger(7), "7"},
		{rdf.NewInteger(-7), `"-7"^^<http://www.w3.org/2001/XMLSchema#integer>`},
		{rdf.NewTyped("007x", rdf.XSDInteger), `"007x"^^<http://www.w3.org/2001/XMLSchema#integer>`},
		{1.5, `"1.5E0"^^<http://www.w3.org/2001/XMLSchema#double>`},
		{float32(0.1), `"1.0E-1"^^<http://www.w3.org/2001/XMLSchema#double>`},
		{math.Inf(-1), `"-INF"^^<http://www.w3.org/2001/XMLSchema#double>`},
		{math.NaN(), `"NaN"^^<http://www.w3.org/2001/XMLSchema#double>`},
		{at, `"2024-05-01T10:00:00.5Z"^^<http://www.w3.org/2001/XMLSchema#dateTime>`},
		{myTime(at), `"2024-05-01T10:00:00.5Z"^^<http://www.w3.org/2001/XMLSchema#dateTime>`},
		{rdf.NewBoolean(false), `"false"^^<http://www.w3.org/2001/XMLSchema#boolean>`},
		{rdf.MustIRI("urn:uuid:1"), "<urn:uuid:1>"},
		{rdf.Term(iriA), "<http://e/a>"},
	} {
		q, err := Text("ASK { ?s ?p ?x }").Bind("x", c.value)
		require.NoError(t, err, "%v", c.value)
		assert.Equal(t, "ASK { ?s ?p "+c.want+" }", q.String())
	}
}

func TestBindSeveral(t *testing.T) {
	q := MustParse("SELECT ?s { VALUES ?s { } ?s ?p ?b . FILTER(?c > ?a) } LIMIT ?n")
	require.ErrorContains(t, q.Err(), `?n stands for a constant: give it a value with Bind("n", …)`)
	one, err := q.Bind("a", 1)
	require.NoError(t, err)
	left, err := one.Bind("b", "left")
	require.NoError(t, err)
	right, err := one.Bind("b", "right")
	require.NoError(t, err)
	right, err = right.Bind("n", 3)
	require.NoError(t, err)
	require.NoError(t, right.Err())
	require.Error(t, left.Err())
	assert.Contains(t, left.String(), `"left"`)
	assert.Equal(t, `SELECT ?s { VALUES ?s { } ?s ?p "right" . FILTER(?c > 1) } LIMIT 3`, right.String())
	_, err = right.Bind("a", 2)
	require.ErrorContains(t, err, "it has a value already")
}

func TestVarsAfterBind(t *testing.T) {
	q, err := Text("SELECT * { ?s ?p ?o VALUES ?v { 1 } }").Bind("o", 1)
	require.NoError(t, err)
	q, err = q.Bind("v", []int{1, 2})
	require.NoError(t, err)
	assert.Equal(t, []string{"s", "p", "v"}, q.Vars())
	vars := q.Vars()
	vars[0] = "changed"
	assert.Equal(t, []string{"s", "p", "v"}, q.Vars())
}

// significant returns the tokens that count, as text for all but terms.
func significant(t *testing.T, text string) []string {
	t.Helper()
	var out []string
	for _, tok := range requireLossless(t, text) {
		if tok.kind != kSpace && tok.kind != kComment {
			out = append(out, tok.text(text))
		}
	}
	return out
}

// FuzzBind proves that no value changes the structure of a query: the tokens
// before and after are the same, but that one term stands for each variable.
func FuzzBind(f *testing.F) {
	for _, s := range []string{"a", `"`, `\`, `\"`, "'''", "\n", "} ; DROP ALL #", "?s", "\\u0022", "http://e/>", "a\x00", "\xff", "é🍀\u2028", "nl-BE", "x-1"} {
		f.Add(s, int64(len(s)), 0.5)
	}
	const query = "SELECT ?s ?y {?s ?p ?x.?s ?p ?x,?x;e:q ?x FILTER(?o<?x&&?x-1 >-?x) # ?x\n VALUES ?v { 1 }\n BIND('?x' AS ?y) FILTER(?s IN(?x,?x)) }"
	const iriQuery = "SELECT ?s { ?x ?x ?x . GRAPH ?x {?s ?x ?x} FILTER(?o<?x||?x=?o) VALUES(?v){(1)}}"
	f.Fuzz(func(t *testing.T, s string, i int64, x float64) {
		values := []any{s, TypedString(s), i, x, i%2 == 0, time.Unix(i%(1<<36), 0), rdf.NewTyped(s, iriA), rdf.NewTyped("a", unchecked(s))}
		if l, err := rdf.NewLang(s, s); err == nil {
			values = append(values, l)
		}
		if l, err := rdf.NewLang(s, "nl-BE"); err == nil {
			values = append(values, l)
		}
		for _, v := range values {
			checkBind(t, query, v)
			checkBind(t, iriQuery, v)
		}
		checkBind(t, query, unchecked(s))
		checkBind(t, iriQuery, unchecked(s))
	})
}

// unchecked returns an IRI that holds anything, as a careless decoder might.
func unchecked(s string) rdf.IRI {
	iri, err := rdf.NewIRI("http://e/" + s)
	if err != nil {
		iri, _ = rdf.NewIRI(s)
	}
	return iri
}

func checkBind(t *testing.T, query string, v any) {
	t.Helper()
	q := MustParse(query)
	b, err := q.Bind("x", v)
	if err != nil {
		return
	}
	if b, err = b.Bind("v", []any{v, v}); err != nil {
		require.NoError(t, err)
	}
	got := b.String()
	one, _, err := formatValue(v)
	require.NoError(t, err)
	var term []string
	toks, err := tokenize(one[0].text)
	require.NoError(t, err)
	for _, tok := range toks[:len(toks)-1] {
		require.NotEqual(t, kSpace, tok.kind)
		term = append(term, tok.text(one[0].text))
	}
	requireTerm(t, toks[:len(toks)-1], one[0].text)
	var want []string
	before := significant(t, query)
	for i := 0; i < len(before); i++ {
		switch {
		case before[i] == "?x":
			want = append(want, term...)
		case before[i] == "1" && before[i-1] == "{":
			want = append(append(want, term...), term...)
		case before[i] == "1" && before[i-1] == "(":
			want = append(want, term...)
			want = append(want, ")", "(")
			want = append(want, term...)
		default:
			want = append(want, before[i])
		}
	}
	require.Equal(t, want, significant(t, got), got)
	_, err = Parse(got)
	require.NoError(t, err, got)
}

// requireTerm checks that the tokens are one term: an IRI, a number, a boolean,
// or a string with a language or datatype.
func requireTerm(t *testing.T, toks []token, text string) {
	t.Helper()
	var kinds []string
	for _, tok := range toks {
		kinds = append(kinds, tok.kind.String())
	}
	switch strings.Join(kinds, " ") {
	case "an IRI", "an integer", "a string", "a string a language tag":
	case "a string punctuation an IRI":
		require.Equal(t, "^^", toks[1].text(text))
	case "a word":
		require.Contains(t, []string{"true", "false"}, text)
	default:
		t.Fatalf("%q is not one term: %v", text, kinds)
	}
}
