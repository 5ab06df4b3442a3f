package rdf

import (
	"net/netip"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

type base struct {
	_     struct{} `rdf:"@type,ex:Thing"`
	_     struct{} `rdf:"@prefix,ex,http://example.org/"`
	URI   IRI      `rdf:"@id"`
	Label string   `rdf:"skos:prefLabel"`
}

type Extra struct {
	Note string `rdf:"skos:note"`
}

func TestUnmarshalEmbedded(t *testing.T) {
	type book struct {
		_ struct{} `rdf:"@type,schema:Book"`
		base
		*Extra
		Label string `rdf:"dct:title"` // hides base.Label, as in Go
	}
	// The prefix ex of base is known to the type that embeds it.
	g := graphOf(t,
		"ex:b", "rdf:type", "ex:Thing",
		"ex:b", "rdf:type", "schema:Book",
		"ex:b", "dct:title", str("Boek"),
		"ex:b", "skos:note", str("met een noot"),
		"ex:b", "skos:prefLabel", str("niet gevraagd"),
		"ex:c", "rdf:type", "schema:Book",
		"ex:d", "rdf:type", "ex:Thing", "ex:d", "rdf:type", "schema:Book", "ex:d", "dct:title", str("Zonder noot"),
	)
	var books []book
	for b, err := range DecodeAll[book](g) {
		require.NoError(t, err)
		books = append(books, b)
	}
	require.Len(t, books, 2, "c lacks the class of the embedded struct")
	assert.Equal(t, ex(t, "ex:b"), books[0].URI)
	assert.Equal(t, "Boek", books[0].Label)
	assert.Empty(t, books[0].base.Label)
	require.NotNil(t, books[0].Extra)
	assert.Equal(t, "met een noot", books[0].Note)
	assert.Nil(t, books[1].Extra, "allocated only for a value")
	back, err := Marshal(books)
	require.NoError(t, err)
	assert.Equal(t, 7, back.Len(), "all but the label that no field maps, and what is said of c")
}

type box[T any] struct {
	Value T `rdf:"schema:value"`
}

func TestUnmarshalGenericType(t *testing.T) {
	g := graphOf(t, "ex:a", "schema:value", str("7"))
	n, err := Decode[box[int]](g, ex(t, "ex:a"))
	require.NoError(t, err)
	assert.Equal(t, box[int]{7}, n)
	s, err := Decode[*box[[]string]](g, ex(t, "ex:a"))
	require.NoError(t, err)
	assert.Equal(t, &box[[]string]{[]string{"7"}}, s)
}

func TestUnmarshalSubjects(t *testing.T) {
	blank := termOf(t, "_:b7")
	g := graphOf(t, "ex:a", "dct:title", str("A"), blank, "dct:title", str("B"))
	type byTerm struct {
		ID    Term   `rdf:"@id"`
		Title string `rdf:"dct:title"`
	}
	type byString struct {
		ID    namedString `rdf:"@id"`
		Title string      `rdf:"dct:title"`
	}
	type byIRI struct {
		ID    IRI    `rdf:"@id"`
		Title string `rdf:"dct:title"`
	}
	type byBlank struct {
		ID    Blank  `rdf:"@id"`
		Title string `rdf:"dct:title"`
	}
	a, err := Decode[byTerm](g, ex(t, "ex:a"))
	require.NoError(t, err)
	assert.Equal(t, byTerm{ex(t, "ex:a"), "A"}, a)
	b, err := Decode[byString](g, blank)
	require.NoError(t, err)
	assert.Equal(t, byString{"_:b7", "B"}, b)
	c, err := Decode[byIRI](g, blank)
	require.NoError(t, err)
	assert.Equal(t, byIRI{Title: "B"}, c, "an rdf.IRI stays zero for a blank node")
	_, err = Decode[byBlank](g, ex(t, "ex:a"))
	require.ErrorIs(t, err, ErrValue)
	for _, v := range []any{a, b, c} {
		back, err := Marshal(v)
		require.NoError(t, err)
		assert.Equal(t, 1, back.Len())
	}
	back, err := Marshal(b)
	require.NoError(t, err)
	assert.True(t, back.Has(Triple{Subj: blank.(Subject), Pred: ex(t, "dct:title"), Obj: str("B")}))
	_, err = Decode[byTerm](g, str("x"))
	require.ErrorIs(t, err, ErrValue, "a literal is no subject")
	_, err = Decode[byTerm](g, nil)
	require.Error(t, err)
}

func TestUnmarshalIRIText(t *testing.T) {
	type page struct {
		Themes []string       `rdf:"dct:subject,iri"`
		Holder string         `rdf:"^prov:hadMember"`
		Host   *string        `rdf:"schema:url,iri"`
		Addr   *netip.Addr    `rdf:"schema:ip"`
		Alias  []namedString  `rdf:"skos:altLabel,lang=nl"`
		Any    []any          `rdf:"schema:about"`
		Lits   []Literal      `rdf:"skos:note"`
		Skip   map[int]string `rdf:"-"`
		Other  chan int
	}
	g := graphOf(t,
		"ex:a", "dct:subject", "ex:t1", "ex:a", "dct:subject", "ex:t2", "ex:g", "prov:hadMember", "ex:a",
		"ex:a", "schema:url", "ex:url", "ex:a", "schema:ip", str("::1"),
		"ex:a", "skos:altLabel", lang(t, "een", "nl"), "ex:a", "skos:altLabel", lang(t, "two", "en"), "ex:a", "skos:altLabel", lang(t, "twee", "NL"),
		"ex:a", "schema:about", "_:x", "ex:a", "schema:about", str("x"), "ex:a", "skos:note", typed(t, "01", "xsd:int"),
	)
	p, err := Decode[page](g, ex(t, "ex:a"))
	require.NoError(t, err)
	assert.Equal(t, page{
		Themes: []string{"http://example.org/t1", "http://example.org/t2"}, Holder: "http://example.org/g",
		Host: ptr("http://example.org/url"), Addr: ptr(netip.MustParseAddr("::1")), Alias: []namedString{"een", "twee"},
		Any: []any{termOf(t, "_:x"), str("x")}, Lits: []Literal{typed(t, "01", "xsd:int")},
	}, p)
	_, err = Decode[page](graphOf(t, "ex:a", "dct:subject", str("x")), ex(t, "ex:a"))
	require.EqualError(t, err, `rdf: <http://example.org/a> <http://purl.org/dc/terms/subject> "x" (field page.Themes): the field takes an IRI, the value is a literal`)
}

func TestTagErrors(t *testing.T) {
	type inner struct {
		Bad chan int `rdf:"dct:title"`
	}
	tests := []struct {
		name string
		use  func() error
		msg  string
	}{
		{"unknown prefix", describeErr[struct {
			Title string `rdf:"dc:title"`
		}], "Title `rdf:\"dc:title\"`: \"dc:title\": the prefix \"dc\" is not declared"},
		{"no prefix", describeErr[struct {
			Title string `rdf:"title"`
		}], "Title `rdf:\"title\"`: \"title\" is no prefixed name: want prefix:local"},
		{"unclosed IRI", describeErr[struct {
			Title string `rdf:"<http://example.org/title"`
		}], "Title `rdf:\"<http://example.org/title\"`: \"<http://example.org/title\": the closing > is missing"},
		{"empty", describeErr[struct {
			Title string `rdf:",required"`
		}], "Title `rdf:\",required\"`: the tag begins with no property; want prefix:name, <IRI>, @id, @type or *"},
		{"unknown option", describeErr[struct {
			Title string `rdf:"dct:title,omitempty"`
		}], "Title `rdf:\"dct:title,omitempty\"`: unknown option \"omitempty\"; want lang=…, required, first, iri, type=… or value=…"},
		{"option without value", describeErr[struct {
			Title string `rdf:"dct:title,lang="`
		}], "Title `rdf:\"dct:title,lang=\"`: the option \"lang=\" has no value"},
		{"bad language", describeErr[struct {
			Title string `rdf:"dct:title,lang=n1"`
		}], "Title `rdf:\"dct:title,lang=n1\"`: \"n1\" is no language tag; want the form nl or nl-BE, several separated by |, * for any"},
		{"language of a number", describeErr[struct {
			N int `rdf:"dct:title,lang=nl"`
		}], "N `rdf:\"dct:title,lang=nl\"`: lang needs a field for text, not int"},
		{"unsupported type", describeErr[inner], "inner.Bad `rdf:\"dct:title\"`: no RDF term can be converted to chan int; let the type implement rdf.Unmarshaler or encoding.TextUnmarshaler"},
		{"unsupported type, nested", describeErr[struct {
			In []*inner `rdf:"dct:subject"`
		}], "inner.Bad `rdf:\"dct:title\"`: no RDF term can be converted to chan int; let the type implement rdf.Unmarshaler or encoding.TextUnmarshaler (nested in "},
		{"slice of slices", describeErr[struct {
			Bad [][]string `rdf:"dct:title"`
		}], "Bad `rdf:\"dct:title\"`: no RDF term can be converted to [][]string"},
		{"map of numbers", describeErr[struct {
			Bad map[string]int `rdf:"dct:title"`
		}], "Bad `rdf:\"dct:title\"`: a map must be map[string]string or map[string][]string: texts by language tag, not map[string]int"},
		{"no tags", describeErr[struct{ Title string }], "the struct has no field with an rdf tag"},
		{"no struct", describeErr[int], "rdf: int: only structs can be mapped"},
		{"not exported", describeErr[struct {
			title string `rdf:"dct:title"`
		}], "title `rdf:\"dct:title\"`: the field is not exported and cannot be set"},
		{"two subjects", describeErr[struct {
			A IRI `rdf:"@id"`
			B IRI `rdf:"@id"`
		}], "B `rdf:\"@id\"`: the field A (index [0]) already is @id"},
		{"subject of no use", describeErr[struct {
			A int `rdf:"@id"`
		}], "A `rdf:\"@id\"`: an @id is an rdf.IRI, rdf.Term, rdf.Blank, string or type with text methods, not int"},
		{"subject with option", describeErr[struct {
			A IRI `rdf:"@id,required"`
		}], "A `rdf:\"@id,required\"`: @id takes no options"},
		{"rest of another type", describeErr[struct {
			Rest map[IRI][]Term `rdf:"*"`
		}], "Rest `rdf:\"*\"`: the field for everything else must be of type rdf.Properties"},
		{"class on a field", describeErr[struct {
			Class IRI `rdf:"@type,dossier:Stuk"`
		}], "Class `rdf:\"@type,dossier:Stuk\"`: a fixed value, class or prefix stands on a blank field: _ struct{}"},
		{"property on a blank field", describeErr[struct {
			_ struct{} `rdf:"dct:title"`
		}], "_ `rdf:\"dct:title\"`: a blank field needs @type,prefix:Class or a property with value=…"},
		{"class without name", describeErr[struct {
			_ struct{} `rdf:"@type"`
		}], "_ `rdf:\"@type\"`: want @type,prefix:Class"},
		{"prefix without IRI", describeErr[struct {
			_ struct{} `rdf:"@prefix,ex"`
		}], "_ `rdf:\"@prefix,ex\"`: want @prefix,name,IRI"},
		{"datatype of a link", describeErr[struct {
			A IRI `rdf:"dct:subject,type=xsd:anyURI"`
		}], "A `rdf:\"dct:subject,type=xsd:anyURI\"`: type= has no meaning here: inverse properties, languages and RDF terms have no other datatype"},
		{"iri of a number", describeErr[struct {
			A int `rdf:"dct:subject,iri"`
		}], "A `rdf:\"dct:subject,iri\"`: iri needs a string or a type with text methods, not int"},
		{"option of a nested struct", describeErr[struct {
			A government `rdf:"dct:subject,lang=nl"`
		}], "A `rdf:\"dct:subject,lang=nl\"`: a nested struct takes none of lang, iri and type"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			err := test.use()
			require.ErrorIs(t, err, ErrTag)
			var tag *TagError
			require.ErrorAs(t, err, &tag)
			assert.ErrorContains(t, err, test.msg)
		})
	}
}

type hidden struct {
	Title string `rdf:"dct:title"`
}

type inItself struct {
	*inItself
	Title string `rdf:"dct:title"`
}

func TestEmbeddingErrors(t *testing.T) {
	err := describeErr[struct{ *hidden }]()
	require.ErrorContains(t, err, "hidden: an embedded pointer to an unexported struct cannot be set; embed the struct itself")
	require.NoError(t, describeErr[struct{ hidden }]())
	require.NoError(t, describeErr[inItself]())
	require.ErrorContains(t, describeErr[struct {
		hidden
		*Extra
		base
		government
	}](), "URI `rdf:\"@id\"`: the field URI (index [2 2]) already is URI")
}

func describeErr[T any]() error {
	_, err := Describe[T]()
	return err
}

func TestUseErrors(t *testing.T) {
	g := newsGraph(t)
	for name, v := range map[string]any{"nil": nil, "no pointer": newsItem{}, "nil pointer": (*newsItem)(nil), "no struct": new(int)} {
		require.ErrorIs(t, Unmarshal(g, ex(t, "ex:item/1"), v), ErrTag, name)
	}
	for name, v := range map[string]any{"nil": nil, "nil pointer": (*newsItem)(nil), "no struct": 5, "slice of no struct": []int{5}} {
		_, err := Marshal(v)
		require.ErrorIs(t, err, ErrTag, name)
	}
	_, err := Decode[newsItem](g, ex(t, "ex:nobody"))
	require.EqualError(t, err, "rdf: <http://example.org/nobody> (field newsItem): the graph holds nothing about the subject")
	require.ErrorIs(t, err, ErrNoSubject)
	_, err = Decode[newsItem](nil, ex(t, "ex:nobody"))
	require.ErrorIs(t, err, ErrNoSubject)
	for _, err := range DecodeAll[box[int]](g) {
		require.ErrorIs(t, err, ErrNoClass)
		require.ErrorIs(t, err, ErrTag)
	}
}

func TestNamespacesOfTags(t *testing.T) {
	type item struct {
		Title string `rdf:"voc:title"`
	}
	require.ErrorIs(t, describeErr[item](), ErrTag)
	one := WithNamespaces(Namespaces{"voc": "http://example.org/one#"})
	two := WithNamespaces(Namespaces{"voc": "http://example.org/two#"})
	for _, opt := range []MapOption{one, two, one} {
		g, err := Marshal(item{"x"}, opt)
		require.NoError(t, err)
		s, err := Describe[item](opt)
		require.NoError(t, err)
		for triple := range g.All() {
			assert.Equal(t, s.Fields[0].Predicate, triple.Pred)
		}
	}
	s, err := Describe[item](two)
	require.NoError(t, err)
	assert.Equal(t, "http://example.org/two#title", s.Fields[0].Predicate.String())

	type own struct {
		_     struct{} `rdf:"@prefix,voc:,<http://example.org/a,b#>"`
		Title string   `rdf:"voc:title"`
		Plain string   `rdf:"<http://example.org/p,q>,required"`
	}
	s, err = Describe[own]()
	require.NoError(t, err)
	assert.Equal(t, "http://example.org/a,b#title", s.Fields[0].Predicate.String())
	assert.Equal(t, "http://example.org/p,q", s.Fields[1].Predicate.String())
	assert.False(t, s.Fields[1].Optional)
}
