package sparql

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/themis-go/themis/rdf"
)

type forTheme struct {
	_       struct{}   `rdf:"@type,skos:Concept"`
	_       struct{}   `rdf:"skos:inScheme,value=<http://e/themes>"`
	URI     rdf.IRI    `rdf:"@id"`
	Label   string     `rdf:"skos:prefLabel,required,lang=nl|en"`
	Note    *string    `rdf:"skos:note" sparql:"remark"`
	Changed time.Time  `rdf:"dct:modified"`
	Set     rdf.IRI    `rdf:"^skos:member"`
	Other   complex128 // not mapped
}

func TestForRows(t *testing.T) {
	q, err := For[forTheme]()
	require.NoError(t, err)
	assert.Equal(t, `SELECT ?id ?label ?remark ?changed ?set
WHERE {
  ?id <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://www.w3.org/2004/02/skos/core#Concept> .
  ?id <http://www.w3.org/2004/02/skos/core#inScheme> <http://e/themes> .
  ?id <http://www.w3.org/2004/02/skos/core#prefLabel> ?label . FILTER(LANG(?label) = "" || LANGMATCHES(LANG(?label), "nl") || LANGMATCHES(LANG(?label), "en"))
  OPTIONAL { ?id <http://www.w3.org/2004/02/skos/core#note> ?remark . }
  OPTIONAL { ?id <http://purl.org/dc/terms/modified> ?changed . }
  OPTIONAL { ?set <http://www.w3.org/2004/02/skos/core#member> ?id . }
}`, q.String())
	assert.Equal(t, "for forTheme", q.Name())
	assert.Equal(t, []string{"id", "label", "remark", "changed", "set"}, q.Vars())
}

func TestForOptions(t *testing.T) {
	type item struct {
		Title string `rdf:"ex:title,required"`
	}
	ns := rdf.DefaultNamespaces()
	ns["ex"] = "http://e/"
	q, err := For[item](ForSubjects(rdf.MustIRI("http://e/1"), rdf.MustIRI("http://e/2")), ForGraphs(rdf.MustIRI("http://g/1")),
		ForPrologue("PREFIX e: <http://e/>"), ForWhere("?id e:since ?since . FILTER(?since > ?from)"), ForModifiers("ORDER BY ?title LIMIT ?n"),
		ForMapping(rdf.WithNamespaces(ns)))
	require.NoError(t, err)
	require.ErrorContains(t, q.Err(), "?n stands for a constant")
	q, err = q.Bind("from", 3)
	require.NoError(t, err)
	q, err = q.Bind("n", 10)
	require.NoError(t, err)
	assert.Equal(t, `PREFIX e: <http://e/>
SELECT ?title
FROM <http://g/1>
WHERE {
  VALUES ?id { <http://e/1> <http://e/2> }
  ?id <http://e/title> ?title .
  ?id e:since ?since . FILTER(?since > 3)
}
ORDER BY ?title LIMIT 10`, q.String())
}

func TestForRefuses(t *testing.T) {
	type inner struct {
		Name string `rdf:"foaf:name"`
	}
	check := func(want string, err error) {
		t.Helper()
		require.ErrorContains(t, err, want)
	}
	_, err := For[struct {
		_ struct{}  `rdf:"@type,skos:Concept"`
		L []string  `rdf:"skos:altLabel"`
		N time.Time `rdf:"dct:modified"`
	}]()
	check("the field L takes many values, a row has one: use Load", err)
	require.ErrorIs(t, err, ErrConfig)
	_, err = For[struct {
		_ struct{} `rdf:"@type,skos:Concept"`
		P inner    `rdf:"dct:creator"`
	}]()
	check("the field P is a struct of its own", err)
	_, err = For[struct {
		_ struct{}       `rdf:"@type,skos:Concept"`
		T string         `rdf:"dct:title"`
		R rdf.Properties `rdf:"*"`
	}]()
	check("the field R keeps the rest", err)
	_, err = For[struct {
		T string `rdf:"dct:title"`
	}]()
	check("nothing in it tells which resources are meant", err)
	_, err = For[struct {
		_ struct{} `rdf:"@type,skos:Concept"`
	}]()
	check("no field for a variable", err)
	_, err = For[struct {
		_  struct{} `rdf:"@type,skos:Concept"`
		ID string   `rdf:"dct:identifier"`
	}]()
	check("the variable ?id would stand for two fields", err)
	_, err = For[int]()
	require.Error(t, err)
	_, err = For[inner](ForWhere("?id a } UNION {"))
	check("a query for sparql.inner", err)
	_, err = For[inner](ForGraphs(rdf.MustIRI("relative")), ForWhere("?id a ?x"))
	check("no scheme", err)

	for v, err := range Load[struct {
		T string `rdf:"dct:title"`
	}](t.Context(), nil) {
		assert.Zero(t, v)
		check("nothing in it tells which resources", err)
	}
	type tree struct {
		_     struct{} `rdf:"@type,skos:Concept"`
		Above *tree    `rdf:"skos:broader"`
	}
	for _, err := range Load[tree](t.Context(), nil) {
		check("say how many links to follow with ForDepth", err)
	}
	for _, err := range Load[tree](t.Context(), nil, ForDepth(1), ForModifiers("LIMIT 1")) {
		check("takes no ForModifiers", err)
	}
	for _, err := range Load[tree](t.Context(), nil, ForDepth(1), ForSubjects(), ForWhere("?id a ?b")) {
		check("not both", err)
	}
	for _, err := range Load[tree](t.Context(), nil, ForDepth(1)) {
		check("Client is not set", err)
	}
	for _, err := range Load[int](t.Context(), nil) {
		require.Error(t, err)
	}
}

func TestLowerFirst(t *testing.T) {
	for in, want := range map[string]string{"URI": "uri", "HTMLText": "htmlText", "Title": "title", "already": "already", "ÉtéÀ": "étéÀ", "A": "a", "": ""} {
		assert.Equal(t, want, lowerFirst(in))
	}
}

// TestLoadPages: nested structs in both directions are read once a page, and
// errors of nested reading name the types.
func TestLoadPages(t *testing.T) {
	type whole struct {
		_     struct{} `rdf:"@prefix,e,http://e/"`
		URI   rdf.IRI  `rdf:"@id"`
		Value []string `rdf:"e:p0"`
	}
	type part struct {
		_      struct{}       `rdf:"@prefix,e,http://e/"`
		_      struct{}       `rdf:"@type,e:Part"`
		URI    rdf.IRI        `rdf:"@id"`
		Values []string       `rdf:"e:p0"`
		Wholes []whole        `rdf:"^e:part"`
		Rest   rdf.Properties `rdf:"*"`
	}
	f, k := newFakeStore(t, 30)
	for i := range 5 {
		f.triples = append(f.triples, rdf.Triple{Subj: rdf.MustIRI(fmt.Sprint("http://e/x", i)), Pred: rdf.MustIRI("http://e/p0"), Obj: rdf.NewString("whole")})
	}
	k.Subjects = nil
	var parts []part
	for p, err := range Load[part](t.Context(), k.Client, ForPages(k)) {
		require.NoError(t, err)
		parts = append(parts, p)
	}
	require.Len(t, parts, 30)
	for _, p := range parts {
		require.NotEmpty(t, p.Values)
		require.Len(t, p.Wholes, 1)
		require.Equal(t, []string{"whole"}, p.Wholes[0].Value)
	}

	f.fault = func(a fakeAnswer, w http.ResponseWriter) bool {
		if !strings.Contains(a.query, "http://e/x") {
			return false
		}
		http.Error(w, "no", http.StatusForbidden)
		return true
	}
	for _, err := range Load[part](t.Context(), k.Client, ForPages(k)) {
		require.ErrorIs(t, err, ErrDenied)
		require.ErrorContains(t, err, "sparql.whole in sparql.part")
	}
	for range Load[part](t.Context(), k.Client, ForSubjects(), ForPages(k)) {
		t.Fatal("no subjects, no items")
	}
}

// forItem is read back from engines: an item with links, lists and languages.
type forItem struct {
	_      struct{}          `rdf:"@prefix,e,http://e/"`
	_      struct{}          `rdf:"@type,e:Item"`
	URI    rdf.IRI           `rdf:"@id"`
	Title  string            `rdf:"e:title,required,lang=nl"`
	Labels map[string]string `rdf:"e:label"`
	Tags   []string          `rdf:"e:tag"`
	Makers []*forMaker       `rdf:"e:maker"`
	Lists  []rdf.IRI         `rdf:"^e:member"`
	Next   *forItem          `rdf:"e:next"`
}

type forMaker struct {
	_    struct{} `rdf:"@prefix,e,http://e/"`
	URI  rdf.IRI  `rdf:"@id"`
	Name string   `rdf:"e:name"`
	City forCity  `rdf:"e:city"`
}

type forCity struct {
	_    struct{} `rdf:"@prefix,e,http://e/"`
	Name string   `rdf:"e:name"`
}

const forData = `@prefix e: <http://e/> .
e:i1 a e:Item ; e:title "een"@nl , "one"@en ; e:label "l" , "m"@en ; e:tag "b" , "a" , "c" ; e:maker e:m1 , e:m2 ; e:next e:i2 ; e:unknown 5 .
e:i2 a e:Item ; e:title "twee" ; e:maker e:m2 , [ e:name "nobody" ] ; e:next e:i3 .
e:i3 a e:Item ; e:title "drie"@nl-BE ; e:next e:i1 .
e:m1 e:name "Ann" ; e:city e:c1 . e:m2 e:name "Bo" ; e:city e:c1 . e:c1 e:name "Gent" .
e:l1 e:member e:i1 , e:i2 . e:l2 e:member e:i1 .
e:x a e:Other ; e:title "no item" .
`

func requireLoad(t *testing.T, client *Client, graph rdf.IRI) {
	t.Helper()
	iri := func(name string) rdf.IRI { return rdf.MustIRI("http://e/" + name) }
	var items []forItem
	for item, err := range Load[forItem](t.Context(), client, ForGraphs(graph), ForDepth(3), ForPages(Keyset{PageSize: 2})) {
		require.NoError(t, err)
		items = append(items, item)
	}
	require.Len(t, items, 3)
	assert.Equal(t, []string{"een", "twee", "drie"}, []string{items[0].Title, items[1].Title, items[2].Title})
	one := items[0]
	assert.Equal(t, iri("i1"), one.URI)
	assert.Equal(t, map[string]string{"": "l", "en": "m"}, one.Labels)
	assert.ElementsMatch(t, []string{"a", "b", "c"}, one.Tags)
	assert.ElementsMatch(t, []rdf.IRI{iri("l1"), iri("l2")}, one.Lists)
	require.Len(t, one.Makers, 2)
	for _, m := range one.Makers {
		assert.Equal(t, map[rdf.IRI]string{iri("m1"): "Ann", iri("m2"): "Bo"}[m.URI], m.Name)
		assert.Equal(t, "Gent", m.City.Name)
	}
	require.NotNil(t, one.Next)
	require.NotNil(t, one.Next.Next)
	assert.Equal(t, "drie", one.Next.Next.Title)

	var named []string
	for item, err := range Load[forItem](t.Context(), client, ForGraphs(graph), ForDepth(1), ForSubjects(iri("i3"), iri("none"), iri("i2"))) {
		if err != nil {
			require.ErrorIs(t, err, rdf.ErrNoSubject)
			named = append(named, "no subject")
			continue
		}
		named = append(named, item.Title)
	}
	assert.Equal(t, []string{"drie", "no subject", "twee"}, named)

	named = nil
	for item, err := range Load[forItem](t.Context(), client, ForGraphs(graph), ForDepth(1),
		ForPrologue("PREFIX e: <http://e/>"), ForWhere("?list e:member ?id FILTER EXISTS { ?id e:tag ?tag }")) {
		require.NoError(t, err)
		named = append(named, item.Title)
	}
	assert.Equal(t, []string{"een"}, named)

	type flat struct {
		_     struct{} `rdf:"@prefix,e,http://e/"`
		_     struct{} `rdf:"@type,e:Item"`
		URI   string   `rdf:"@id"`
		Title string   `rdf:"e:title,required,lang=nl"`
		Next  *rdf.IRI `rdf:"e:next"`
		List  string   `rdf:"^e:member,iri"`
	}
	q, err := For[flat](ForGraphs(graph), ForModifiers("ORDER BY STR(?title) ?list"))
	require.NoError(t, err)
	var rows []string
	for row, err := range Select[flat](t.Context(), client, q) {
		require.NoError(t, err)
		require.NotNil(t, row.Next)
		rows = append(rows, strings.Join([]string{row.URI, row.Title, row.List}, " "))
	}
	assert.Equal(t, []string{"http://e/i3 drie ", "http://e/i1 een http://e/l1", "http://e/i1 een http://e/l2", "http://e/i2 twee http://e/l1"}, rows)
}
