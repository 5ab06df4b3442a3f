package rdf

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// reports collects what was ignored, as "predicate value: reason".
func reports(list *[]string) MapOption {
	return Report(func(e *MappingError) {
		reason := e.Err
		for _, known := range []error{ErrValue, ErrMany, ErrLanguage, ErrUnmapped, ErrClass, ErrCycle, ErrDepth} {
			if errors.Is(e.Err, known) {
				reason = known
			}
		}
		*list = append(*list, fmt.Sprintf("%s %s: %v", DefaultNamespaces().Shorten(e.Predicate), termText(e.Value), reason))
	})
}

func TestUnmarshalLanguages(t *testing.T) {
	nl, be, en, none := lang(t, "huis", "NL"), lang(t, "woning", "nl-BE"), lang(t, "house", "en"), str("domus")
	fr := lang(t, "maison", "fr-be")
	tests := []struct {
		name string
		tag  func(*Graph) (string, error)
		in   []Literal
		want string
	}{
		{"exact, in any case", decodeText[struct {
			V string `rdf:"skos:prefLabel,lang=nl"`
		}], []Literal{en, be, none, nl}, "huis"},
		{"longer tag", decodeText[struct {
			V string `rdf:"skos:prefLabel,lang=nl"`
		}], []Literal{en, none, be}, "woning"},
		{"untagged", decodeText[struct {
			V string `rdf:"skos:prefLabel,lang=nl"`
		}], []Literal{en, none, fr}, "domus"},
		{"none", decodeText[struct {
			V string `rdf:"skos:prefLabel,lang=nl"`
		}], []Literal{en, fr}, ""},
		{"second choice", decodeText[struct {
			V string `rdf:"skos:prefLabel,lang=de|en"`
		}], []Literal{none, nl, en}, "house"},
		{"longer tag of first choice before second", decodeText[struct {
			V string `rdf:"skos:prefLabel,lang=nl|en"`
		}], []Literal{none, en, be}, "woning"},
		{"any rather than none", decodeText[struct {
			V string `rdf:"skos:prefLabel,lang=de|*"`
		}], []Literal{fr}, "maison"},
		{"a longer tag is asked for", decodeText[struct {
			V string `rdf:"skos:prefLabel,lang=nl-be"`
		}], []Literal{nl, none}, "domus"},
		{"literal", decodeText[struct {
			V Literal `rdf:"skos:prefLabel,lang=nl"`
		}], []Literal{en, nl}, "huis"},
		{"pointer to term", decodeText[struct {
			V *Term `rdf:"skos:prefLabel,lang=nl"`
		}], []Literal{en, nl}, "huis"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			g := NewGraph()
			for _, l := range test.in {
				g.Add(Triple{Subj: ex(t, "ex:a"), Pred: ex(t, "skos:prefLabel"), Obj: l})
			}
			got, err := test.tag(g)
			require.NoError(t, err)
			assert.Equal(t, test.want, got)
		})
	}
}

// decodeText returns the field V of the only subject as text.
func decodeText[T any](g *Graph) (string, error) {
	for triple := range g.All() {
		v, err := Decode[T](g, triple.Subj)
		field := fmt.Sprint(anyField(v, "V"))
		return field, err
	}
	return "", ErrNoSubject
}

func TestUnmarshalLanguagesTogether(t *testing.T) {
	type concept struct {
		NL     string              `rdf:"skos:prefLabel,lang=nl"`
		FR     string              `rdf:"skos:prefLabel,lang=fr"`
		Labels map[string]string   `rdf:"skos:prefLabel"`
		Alt    map[string][]string `rdf:"skos:altLabel"`
		Rest   Properties          `rdf:"*"`
	}
	g := graphOf(t,
		"ex:a", "skos:prefLabel", lang(t, "huis", "nl"), "ex:a", "skos:prefLabel", lang(t, "maison", "fr"),
		"ex:a", "skos:prefLabel", lang(t, "Haus", "de-AT"), "ex:a", "skos:prefLabel", str("domus"),
		"ex:a", "skos:altLabel", lang(t, "woning", "nl"), "ex:a", "skos:altLabel", lang(t, "thuis", "nl"),
	)
	c, err := Decode[concept](g, ex(t, "ex:a"))
	require.NoError(t, err)
	assert.Equal(t, "huis", c.NL)
	assert.Equal(t, "maison", c.FR)
	assert.Equal(t, map[string]string{"nl": "huis", "fr": "maison", "de-at": "Haus", "": "domus"}, c.Labels)
	assert.Equal(t, map[string][]string{"nl": {"woning", "thuis"}}, c.Alt)
	assert.Zero(t, c.Rest.Len())
	back, err := Marshal(&c)
	require.NoError(t, err)
	assert.Equal(t, 6, back.Len())

	g.Add(Triple{Subj: ex(t, "ex:a"), Pred: ex(t, "skos:prefLabel"), Obj: lang(t, "pand", "nl")})
	_, err = Decode[concept](g, ex(t, "ex:a"))
	require.ErrorIs(t, err, ErrMany)
	c, err = Decode[concept](g, ex(t, "ex:a"), FirstWins())
	require.NoError(t, err)
	assert.Equal(t, "huis", c.Labels["nl"])
	assert.Equal(t, []Term{lang(t, "pand", "nl")}, c.Rest.Values(ex(t, "skos:prefLabel")), "no field took it")
}

func TestLangPreference(t *testing.T) {
	type concept struct {
		Label string   `rdf:"skos:prefLabel"`
		Alt   []string `rdf:"skos:altLabel"`
	}
	g := graphOf(t,
		"ex:a", "skos:prefLabel", lang(t, "maison", "fr"), "ex:a", "skos:prefLabel", lang(t, "huis", "nl-BE"),
		"ex:a", "skos:altLabel", lang(t, "un", "fr"), "ex:a", "skos:altLabel", lang(t, "een", "nl"),
	)
	_, err := Decode[concept](g, ex(t, "ex:a"))
	require.EqualError(t, err, `rdf: <http://example.org/a> <http://www.w3.org/2004/02/skos/core#prefLabel> "huis"@nl-BE (field concept.Label): `+
		`more than one value where one is expected (the first is "maison"@fr): make the field a slice, or add the tag option first`)
	for want, opt := range map[string]MapOption{"huis": LangPreference("en", "NL"), "maison": LangPreference("fr"), "": nil} {
		var ignored []string
		c, err := Decode[concept](g, ex(t, "ex:a"), opt, reports(&ignored))
		if opt == nil {
			require.ErrorIs(t, err, ErrMany)
			continue
		}
		require.NoError(t, err)
		assert.Equal(t, concept{want, []string{"un", "een"}}, c, "slices take all")
		assert.Len(t, ignored, 1)
	}
	_, err = Decode[concept](g, ex(t, "ex:a"), LangPreference("de"))
	require.ErrorIs(t, err, ErrMany, "any language is two languages")
}

func TestUnmarshalTwoValues(t *testing.T) {
	type item struct {
		Title    string `rdf:"dct:title"`
		Position int    `rdf:"schema:position,first"`
	}
	g := graphOf(t,
		"ex:a", "schema:position", str("12"), "ex:a", "schema:position", str("3"),
		"ex:a", "dct:title", str("Landbouw"), "ex:a", "dct:title", lang(t, "Landbouw", "nl"),
	)
	var ignored []string
	got, err := Decode[item](g, ex(t, "ex:a"), reports(&ignored))
	require.NoError(t, err)
	assert.Equal(t, item{"Landbouw", 12}, got, "the same text with and without language is one value")
	assert.Equal(t, []string{`schema:position "3": more than one value where one is expected`}, ignored)

	g.Add(Triple{Subj: ex(t, "ex:a"), Pred: ex(t, "dct:title"), Obj: str("Visserij")})
	_, err = Decode[item](g, ex(t, "ex:a"))
	require.ErrorIs(t, err, ErrMany)
	var mapping *MappingError
	require.ErrorAs(t, err, &mapping)
	assert.Equal(t, &MappingError{Subject: ex(t, "ex:a"), Predicate: ex(t, "dct:title"), Value: str("Visserij"), Field: "item.Title", Err: mapping.Err}, mapping)
	for _, opt := range []MapOption{FirstWins(), Lax()} {
		got, err = Decode[item](g, ex(t, "ex:a"), opt)
		require.NoError(t, err)
		assert.Equal(t, item{"Landbouw", 12}, got)
	}
}

func TestStrict(t *testing.T) {
	type item struct {
		_     struct{} `rdf:"@type,dossier:Stuk"`
		Title string   `rdf:"dct:title"`
		Rank  int      `rdf:"mandaat:rangorde"`
	}
	a := ex(t, "ex:a")
	tests := []struct {
		name string
		g    *Graph
		want error
	}{
		{"as it should be", graphOf(t, a, "rdf:type", "dossier:Stuk", a, "dct:title", str("x"), a, "mandaat:rangorde", typed(t, "1", "xsd:long")), nil},
		{"unmapped property", graphOf(t, a, "rdf:type", "dossier:Stuk", a, "mu:uuid", str("x")), ErrUnmapped},
		{"second class", graphOf(t, a, "rdf:type", "dossier:Stuk", a, "rdf:type", "ex:Thing"), ErrUnmapped},
		{"no class", graphOf(t, a, "dct:title", str("x")), ErrClass},
		{"integer as string", graphOf(t, a, "rdf:type", "dossier:Stuk", a, "mandaat:rangorde", str("1")), ErrValue},
		{"integer for text", graphOf(t, a, "rdf:type", "dossier:Stuk", a, "dct:title", typed(t, "1", "xsd:integer")), ErrValue},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := Decode[item](test.g, a)
			require.NoError(t, err, "fine when not strict")
			_, err = Decode[item](test.g, a, Strict())
			if test.want == nil {
				require.NoError(t, err)
				return
			}
			require.ErrorIs(t, err, test.want)
		})
	}
}

func TestLaxAndReport(t *testing.T) {
	type item struct {
		Issued    time.Time   `rdf:"dct:issued"`
		Positions []int       `rdf:"schema:position"`
		Subject   string      `rdf:"dct:subject"`
		Holder    *government `rdf:"prov:wasAttributedTo"`
		Temp      celsius     `rdf:"schema:value"`
		Need      string      `rdf:"dct:title,required"`
	}
	a := ex(t, "ex:a")
	g := graphOf(t,
		a, "dct:issued", str("gisteren"), a, "dct:issued", str("2020-01-01"),
		a, "schema:position", str("twee"), a, "schema:position", str("3"), a, "schema:position", str("vier"),
		a, "dct:subject", "ex:theme", a, "prov:wasAttributedTo", str("de regering"), a, "schema:value", str("warm"),
		a, "mu:uuid", str("x"), a, "dct:title", str("Titel"),
	)
	_, err := Decode[item](g, a)
	require.EqualError(t, err, `rdf: <http://example.org/a> <http://purl.org/dc/terms/issued> "gisteren" (field item.Issued): `+
		`not a date or time: want the form of xsd:dateTime, xsd:date, xsd:gYearMonth or xsd:gYear`)
	var ignored []string
	got, err := Decode[item](g, a, Lax(), reports(&ignored))
	require.NoError(t, err)
	assert.Equal(t, item{Issued: time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC), Positions: []int{3}, Subject: "http://example.org/theme", Need: "Titel"}, got)
	assert.Equal(t, []string{
		`dct:issued "gisteren": value does not fit the field`,
		`schema:position "twee": value does not fit the field`,
		`schema:position "vier": value does not fit the field`,
		`prov:wasAttributedTo "de regering": value does not fit the field`,
		`schema:value "warm": value does not fit the field`,
		`mu:uuid "x": no field maps this property`,
	}, ignored)
	g.Remove(Triple{Subj: a, Pred: ex(t, "dct:title"), Obj: str("Titel")})
	_, err = Decode[item](g, a, Lax())
	require.ErrorIs(t, err, ErrRequired, "required stays required")
	require.EqualError(t, err, `rdf: <http://example.org/a> <http://purl.org/dc/terms/title> (field item.Need): required value is missing`)
}

type node struct {
	URI   IRI      `rdf:"@id"`
	Name  string   `rdf:"dct:title"`
	Next  *node    `rdf:"ex:next"`
	_     struct{} `rdf:"@prefix,ex,http://example.org/"`
	Inner []value  `rdf:"ex:value"`
}

type value struct {
	URI   IRI      `rdf:"@id"`
	Name  string   `rdf:"dct:title"`
	_     struct{} `rdf:"@prefix,ex,http://example.org/"`
	Inner []value  `rdf:"ex:value"`
	Node  *node    `rdf:"ex:node"`
}

func TestUnmarshalCycles(t *testing.T) {
	g := graphOf(t,
		"ex:1", "dct:title", str("een"), "ex:2", "dct:title", str("twee"),
		"ex:1", "ex:next", "ex:2", "ex:2", "ex:next", "ex:1",
		"ex:a", "dct:title", str("a"), "ex:b", "dct:title", str("b"), "ex:c", "dct:title", str("c"),
		"ex:a", "ex:value", "ex:b", "ex:b", "ex:value", "ex:a", "ex:a", "ex:value", "ex:c", "ex:c", "ex:value", "ex:b", "ex:b", "ex:value", "ex:b",
	)
	var one node
	require.NoError(t, Unmarshal(g, ex(t, "ex:1"), &one))
	assert.Equal(t, "twee", one.Next.Name)
	assert.Same(t, &one, one.Next.Next, "also the struct that is filled")
	back, err := Marshal(&one)
	require.NoError(t, err)
	assert.Equal(t, 4, back.Len())

	var ignored []string
	a, err := Decode[value](g, ex(t, "ex:a"), reports(&ignored))
	require.NoError(t, err)
	require.Len(t, a.Inner, 2)
	b := a.Inner[0]
	assert.Equal(t, "b", b.Name)
	assert.Equal(t, []value{{URI: ex(t, "ex:a")}, {URI: ex(t, "ex:b")}}, b.Inner, "within itself only the @id")
	assert.Equal(t, b, a.Inner[1].Inner[0])
	assert.Equal(t, []string{
		"<http://example.org/value> <http://example.org/a>: resource is nested within itself",
		"<http://example.org/value> <http://example.org/b>: resource is nested within itself",
	}, ignored)
	back, err = Marshal(a)
	require.NoError(t, err)
	assert.Equal(t, 8, back.Len(), "references add nothing, and lose nothing here")
}

func TestUnmarshalWideAndDeep(t *testing.T) {
	// 40 layers of two resources that each link to both of the next layer: 2^40 ways.
	g := NewGraph()
	link := func(from, to string) {
		g.Add(Triple{Subj: ex(t, from), Pred: ex(t, "ex:value"), Obj: ex(t, to)})
	}
	for i := range 40 {
		for _, from := range []string{"a", "b"} {
			for _, to := range []string{"a", "b"} {
				link(fmt.Sprintf("ex:%s%d", from, i), fmt.Sprintf("ex:%s%d", to, i+1))
			}
		}
	}
	v, err := Decode[value](g, ex(t, "ex:a0"))
	require.NoError(t, err)
	back, err := Marshal(v)
	require.NoError(t, err)
	assert.Equal(t, g.Len()-2, back.Len(), "all but the links of b0, which nothing links to")

	chain := NewGraph()
	for i := range defaultDepth + 10 {
		chain.Add(Triple{Subj: ex(t, fmt.Sprintf("ex:%d", i)), Pred: ex(t, "ex:next"), Obj: ex(t, fmt.Sprintf("ex:%d", i+1))})
	}
	_, err = Decode[node](chain, ex(t, "ex:0"))
	require.ErrorIs(t, err, ErrDepth)
	var ignored []string
	n, err := Decode[node](chain, ex(t, "ex:0"), LinkDepth(2), reports(&ignored))
	require.NoError(t, err)
	assert.Equal(t, &node{URI: ex(t, "ex:3")}, n.Next.Next.Next)
	assert.Equal(t, []string{"<http://example.org/next> <http://example.org/3>: structs are nested too deep"}, ignored)
	n, err = Decode[node](chain, ex(t, "ex:0"), LinkDepth(0))
	require.NoError(t, err)
	assert.Equal(t, &node{URI: ex(t, "ex:1")}, n.Next)

	loop := value{Inner: make([]value, 1)}
	loop.Inner[0].Inner = loop.Inner
	back, err = Marshal(loop)
	require.NoError(t, err, "a slice within itself is a cycle")
	assert.Equal(t, 2, back.Len())
	long := &node{}
	for range defaultDepth + 10 {
		long = &node{Next: long}
	}
	_, err = Marshal(long)
	require.ErrorIs(t, err, ErrDepth)
}

func TestUnmarshalPointerAndValueOfOneResource(t *testing.T) {
	type both struct {
		Pointer *value `rdf:"dct:creator"`
		Value   value  `rdf:"dct:publisher"`
		Again   *value `rdf:"dct:contributor"`
	}
	g := graphOf(t, "ex:p", "dct:title", str("P"))
	for _, order := range [][]string{{"dct:creator", "dct:publisher", "dct:contributor"}, {"dct:publisher", "dct:contributor", "dct:creator"}} {
		for _, p := range order {
			g.Add(Triple{Subj: ex(t, "ex:"+order[0][4:]), Pred: ex(t, p), Obj: ex(t, "ex:p")})
		}
		b, err := Decode[both](g, ex(t, "ex:"+order[0][4:]))
		require.NoError(t, err)
		assert.Equal(t, value{URI: ex(t, "ex:p"), Name: "P"}, b.Value)
		assert.Equal(t, &b.Value, b.Pointer)
		assert.Same(t, b.Pointer, b.Again)
	}
}

func TestUnmarshalDividesByClass(t *testing.T) {
	type agenda struct {
		_   struct{} `rdf:"@type,besluitvorming:Agenda"`
		URI IRI      `rdf:"@id"`
	}
	type agendaItem struct {
		_   struct{} `rdf:"@type,besluit:Agendapunt"`
		URI IRI      `rdf:"@id"`
	}
	type publication struct {
		Agenda agenda        `rdf:"prov:generated"`
		Items  []*agendaItem `rdf:"prov:generated"`
		Rest   Properties    `rdf:"*"`
	}
	type agendaOnly struct {
		Agenda *agenda `rdf:"prov:generated"`
	}
	g := graphOf(t,
		"ex:p", "prov:generated", "ex:i1", "ex:p", "prov:generated", "ex:agenda", "ex:p", "prov:generated", "ex:i2", "ex:p", "prov:generated", "ex:x",
		"ex:i1", "rdf:type", "besluit:Agendapunt", "ex:i2", "rdf:type", "besluit:Agendapunt",
		"ex:agenda", "rdf:type", "besluitvorming:Agenda", "ex:x", "rdf:type", "ex:Thing",
	)
	p, err := Decode[publication](g, ex(t, "ex:p"))
	require.NoError(t, err)
	assert.Equal(t, ex(t, "ex:agenda"), p.Agenda.URI)
	require.Len(t, p.Items, 2)
	assert.Equal(t, ex(t, "ex:i2"), p.Items[1].URI)
	assert.Equal(t, []Term{ex(t, "ex:x")}, p.Rest.Values(ex(t, "prov:generated")))
	var ignored []string
	o, err := Decode[agendaOnly](g, ex(t, "ex:p"), reports(&ignored))
	require.NoError(t, err)
	assert.Equal(t, ex(t, "ex:agenda"), o.Agenda.URI)
	assert.Len(t, ignored, 3)
	_, err = Decode[agendaOnly](g, ex(t, "ex:p"), Strict())
	require.ErrorIs(t, err, ErrClass)
}
