package rdf

import (
	"errors"
	"math"
	"math/big"
	"net/netip"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// lines returns the triples of a graph in N-Triples, sorted, with language
// tags in lower case, which are the same tags.
func lines(g *Graph) []string {
	var all []string
	for t := range g.All() {
		var b []byte
		for _, term := range []Term{t.Subj, t.Pred, t.Obj} {
			s := string(AppendTerm(nil, term))
			if l, ok := term.(Literal); ok && l.Lang() != "" {
				s = strings.TrimSuffix(s, l.Lang()) + strings.ToLower(l.Lang())
			}
			b = append(append(b, s...), ' ')
		}
		all = append(all, string(b))
	}
	slices.Sort(all)
	return slices.Compact(all)
}

func TestMarshalForms(t *testing.T) {
	type all struct {
		URI     IRI               `rdf:"@id"`
		Text    string            `rdf:"ex:text"`
		NL      string            `rdf:"ex:nl,lang=nl|en"`
		HTML    string            `rdf:"ex:html,type=rdf:HTML"`
		Link    string            `rdf:"ex:link,iri"`
		True    bool              `rdf:"ex:true"`
		MuBool  *bool             `rdf:"ex:muBool,type=<http://mu.semte.ch/vocabularies/typed-literals/boolean>"`
		Int     int8              `rdf:"ex:int"`
		Long    uint64            `rdf:"ex:long,type=xsd:unsignedLong"`
		Zero    int               `rdf:"ex:zero,required"`
		Absent  int               `rdf:"ex:absent"`
		Double  float64           `rdf:"ex:double"`
		Float   float32           `rdf:"ex:float"`
		Money   float64           `rdf:"ex:money,type=xsd:decimal"`
		Rat     *big.Rat          `rdf:"ex:rat"`
		Big     *big.Int          `rdf:"ex:big"`
		Time    time.Time         `rdf:"ex:time"`
		Date    time.Time         `rdf:"ex:date,type=xsd:date"`
		Year    time.Time         `rdf:"ex:year,type=xsd:gYear"`
		Month   *time.Time        `rdf:"ex:month,type=xsd:gYearMonth"`
		Stamp   time.Time         `rdf:"ex:stamp,type=xsd:dateTimeStamp"`
		Wait    time.Duration     `rdf:"ex:wait"`
		Blob    []byte            `rdf:"ex:blob"`
		Hex     []byte            `rdf:"ex:hex,type=xsd:hexBinary"`
		Raw     []byte            `rdf:"ex:raw,type=xsd:string"`
		Addr    netip.Addr        `rdf:"ex:addr"`
		Temp    celsius           `rdf:"ex:temp"`
		Term    Term              `rdf:"ex:term"`
		None    Term              `rdf:"ex:none"`
		Blank   Blank             `rdf:"ex:blank"`
		Literal Literal           `rdf:"ex:literal"`
		Named   namedIRI          `rdf:"ex:named"`
		Many    []int             `rdf:"ex:many"`
		Nils    []*int            `rdf:"ex:nils"`
		Holder  string            `rdf:"^ex:holds"`
		_       struct{}          `rdf:"@prefix,ex,http://example.org/"`
		_       struct{}          `rdf:"@type,ex:All,ex:Each"`
		Types   []IRI             `rdf:"a"`
		Labels  map[string]string `rdf:"ex:labels"`
	}
	at := time.Date(2020, 7, 1, 23, 30, 0, 250_000_000, time.FixedZone("CEST", 7200))
	g, err := Marshal(&all{
		URI: ex(t, "ex:a"), Text: "t", NL: "n", HTML: "<p>", Link: "http://example.org/l", True: true, MuBool: ptr(false), Int: -5,
		Long: math.MaxUint64, Double: 1.5, Float: 0.1, Money: 0.1, Rat: big.NewRat(5, 4), Big: newBigInt(t, "12345678901234567890"),
		Time: at, Date: at, Year: at, Month: &at, Stamp: at, Wait: -90 * time.Second, Blob: []byte("hallo"), Hex: []byte{0xab}, Raw: []byte("raw"),
		Addr: netip.MustParseAddr("::1"), Temp: 20.5, Term: ex(t, "ex:t"), Blank: termOf(t, "_:x").(Blank), Literal: typed(t, "007", "xsd:int"),
		Named: namedIRI(ex(t, "ex:n")), Many: []int{2, 0, 2}, Nils: []*int{nil, ptr(1)}, Holder: "http://example.org/h", Types: []IRI{ex(t, "ex:Other")},
		Labels: map[string]string{"nl": "huis", "": "domus"},
	}, InZone(time.UTC))
	require.NoError(t, err)
	xsd := "http://www.w3.org/2001/XMLSchema#"
	var got []string
	for _, line := range lines(g) {
		line = strings.ReplaceAll(line, xsd, "xsd:")
		line = strings.ReplaceAll(line, "<http://www.w3.org/1999/02/22-rdf-syntax-ns#", "<rdf:")
		got = append(got, strings.TrimSpace(strings.ReplaceAll(line, "http://example.org/", "")))
	}
	assert.Equal(t, []string{
		`<a> <addr> "::1"`,
		`<a> <big> "12345678901234567890"^^<xsd:integer>`,
		`<a> <blank> _:x`,
		`<a> <blob> "aGFsbG8="^^<xsd:base64Binary>`,
		`<a> <date> "2020-07-01"^^<xsd:date>`,
		`<a> <double> "1.5E0"^^<xsd:double>`,
		`<a> <float> "1.0E-1"^^<xsd:float>`,
		`<a> <hex> "AB"^^<xsd:hexBinary>`,
		`<a> <html> "<p>"^^<rdf:HTML>`,
		`<a> <int> "-5"^^<xsd:integer>`,
		`<a> <labels> "domus"`,
		`<a> <labels> "huis"@nl`,
		`<a> <link> <l>`,
		`<a> <literal> "007"^^<xsd:int>`,
		`<a> <long> "18446744073709551615"^^<xsd:unsignedLong>`,
		`<a> <many> "0"^^<xsd:integer>`,
		`<a> <many> "2"^^<xsd:integer>`,
		`<a> <money> "0.1"^^<xsd:decimal>`,
		`<a> <month> "2020-07"^^<xsd:gYearMonth>`,
		`<a> <muBool> "false"^^<http://mu.semte.ch/vocabularies/typed-literals/boolean>`,
		`<a> <named> <n>`,
		`<a> <nils> "1"^^<xsd:integer>`,
		`<a> <nl> "n"@nl`,
		`<a> <rat> "1.25"^^<xsd:decimal>`,
		`<a> <raw> "raw"`,
		`<a> <stamp> "2020-07-01T21:30:00.25Z"^^<xsd:dateTimeStamp>`,
		`<a> <temp> "20.5°C"^^<celsius>`,
		`<a> <term> <t>`,
		`<a> <text> "t"`,
		`<a> <time> "2020-07-01T21:30:00.25Z"^^<xsd:dateTime>`,
		`<a> <true> "true"^^<xsd:boolean>`,
		`<a> <wait> "-PT90S"^^<xsd:dayTimeDuration>`,
		`<a> <year> "2020"^^<xsd:gYear>`,
		`<a> <zero> "0"^^<xsd:integer>`,
		`<a> <rdf:type> <All>`,
		`<a> <rdf:type> <Each>`,
		`<a> <rdf:type> <Other>`,
		`<h> <holds> <a>`,
	}, got)
}

// refuser cannot be written; reader can be read and not written.
type refuser string

func (refuser) MarshalRDF() (Term, error) { return nil, errors.New("not today") }

type reader string

func (r *reader) UnmarshalRDF(t Term) error { *r = reader(t.String()); return nil }

func TestMarshalErrors(t *testing.T) {
	uri := ex(t, "ex:a")
	tests := []struct {
		name string
		v    any
		want error
		msg  string
	}{
		{"required text", newsItem{URI: uri, Rest: Properties{}}, nil, ""},
		{"required pointer", struct {
			A *int `rdf:"schema:value,required"`
		}{}, ErrRequired, "rdf: _:b0 <http://schema.org/value>"},
		{"required time", struct {
			A time.Time `rdf:"schema:value,required"`
		}{}, ErrRequired, "required value is missing"},
		{"required slice", struct {
			A []int `rdf:"schema:value,required"`
		}{}, ErrRequired, "required value is missing"},
		{"required struct", struct {
			A *mandatee `rdf:"schema:value,required"`
		}{}, ErrRequired, "required value is missing"},
		{"empty IRI", struct {
			A []IRI `rdf:"schema:value"`
		}{make([]IRI, 1)}, ErrValue, "the IRI is empty"},
		{"empty blank node", struct {
			A []Term `rdf:"schema:value"`
		}{[]Term{Blank{}}}, ErrValue, "the blank node has no label"},
		{"no IRI", struct {
			A string `rdf:"schema:value,iri"`
		}{"a b"}, ErrValue, `rdf: IRI "a b"`},
		{"literal as subject", struct {
			A Term `rdf:"@id"`
		}{str("x")}, ErrValue, `"x" cannot be a subject`},
		{"literal as inverse", struct {
			A Term `rdf:"^schema:value"`
		}{str("x")}, ErrValue, `"x" cannot be a subject`},
		{"name that is none", struct {
			A string `rdf:"@id"`
		}{"a b"}, ErrValue, `rdf: IRI "a b"`},
		{"no decimal", struct {
			A *big.Rat `rdf:"schema:value"`
		}{big.NewRat(1, 3)}, ErrValue, "1/3 has no finite decimal form"},
		{"infinite decimal", struct {
			A float64 `rdf:"schema:value,type=xsd:decimal"`
		}{math.Inf(1)}, ErrValue, "+Inf cannot be written as a decimal"},
		{"language that is none", struct {
			A map[string]string `rdf:"schema:value"`
		}{map[string]string{"n1": "x"}}, ErrValue, `language tag "n1"`},
		{"own method", struct {
			A refuser `rdf:"schema:value"`
		}{"x"}, ErrValue, "not today"},
		{"cannot be written", struct {
			A reader `rdf:"schema:value"`
		}{"x"}, ErrValue, "rdf.reader can be read and not written: it has no MarshalRDF or MarshalText"},
		{"no term", struct {
			A any `rdf:"schema:value"`
		}{5}, ErrValue, "int is no rdf.Term"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := Marshal(test.v)
			if test.want == nil {
				require.NoError(t, err, "text and numbers may be empty")
				return
			}
			require.ErrorIs(t, err, test.want)
			require.ErrorContains(t, err, test.msg)
			var mapping *MappingError
			require.ErrorAs(t, err, &mapping)
			require.NotEmpty(t, mapping.Field)
		})
	}
}

func TestMarshalBlankNodes(t *testing.T) {
	type part struct {
		Name string `rdf:"dct:title"`
	}
	type whole struct {
		ID    Term    `rdf:"@id"`
		Parts []*part `rdf:"dct:hasPart"`
		See   Term    `rdf:"rdfs:seeAlso"`
	}
	same := &part{"same"}
	// The caller's own label is the one that a new blank node would get first.
	g, err := Marshal(whole{Parts: []*part{same, {"other"}, same}, See: termOf(t, "_:b1")})
	require.NoError(t, err)
	want := graphOf(t,
		"_:w", "dct:hasPart", "_:p1", "_:w", "dct:hasPart", "_:p2", "_:w", "rdfs:seeAlso", "_:see",
		"_:p1", "dct:title", str("same"), "_:p2", "dct:title", str("other"),
	)
	assert.True(t, Equal(want, g), "%v", lines(g))
}

func TestRoundTripKeepsForms(t *testing.T) {
	type item struct {
		URI       IRI        `rdf:"@id"`
		Title     string     `rdf:"dct:title,lang=nl"`
		Public    bool       `rdf:"ex:public"`
		Positions []int      `rdf:"schema:position"`
		Issued    time.Time  `rdf:"dct:issued"`
		Rest      Properties `rdf:"*"`
		Parts     []item     `rdf:"dct:hasPart"`
		_         struct{}   `rdf:"@type,ex:Item"`
		_         struct{}   `rdf:"@prefix,ex,http://example.org/"`
	}
	g := graphOf(t,
		"ex:a", "rdf:type", "ex:Item",
		"ex:a", "dct:title", lang(t, "Titel", "nl-BE"),
		"ex:a", "dct:title", lang(t, "Title", "en"),
		"ex:a", "ex:public", typed(t, "0", "xsd:boolean"),
		"ex:a", "schema:position", str("012"),
		"ex:a", "schema:position", typed(t, "12", "xsd:int"),
		"ex:a", "schema:position", typed(t, "7", "xsd:integer"),
		"ex:a", "dct:issued", typed(t, "2020-07-01", "xsd:date"),
		"ex:a", "ex:other", "_:b",
		"ex:a", "dct:hasPart", "ex:typed", "ex:a", "dct:hasPart", "ex:untyped", "ex:a", "dct:hasPart", "ex:unknown",
		"ex:typed", "rdf:type", "ex:Item",
		"ex:untyped", "dct:title", str("zonder klasse en taal"),
	)
	a, err := Decode[item](g, ex(t, "ex:a"))
	require.NoError(t, err)
	assert.Equal(t, []int{12, 12, 7}, a.Positions)
	back, err := Marshal(a)
	require.NoError(t, err)
	assert.Equal(t, lines(g), lines(back), "nothing lost, nothing added")

	// What is changed is written anew, the rest as it was read.
	a.Title, a.Positions, a.Public = "Nieuw", []int{7, 12, 8}, true
	a.Rest.Remove(ex(t, "ex:other"))
	a.Rest.Add(ex(t, "ex:more"), str("meer"))
	a.Rest.Add(ex(t, "ex:more"), nil)
	back, err = Marshal(a)
	require.NoError(t, err)
	onlyOld, onlyNew := Diff(g, back)
	assert.ElementsMatch(t, lines(NewGraph(onlyOld...)), lines(graphOf(t,
		"ex:a", "dct:title", lang(t, "Titel", "nl-BE"), "ex:a", "ex:public", typed(t, "0", "xsd:boolean"),
		"ex:a", "schema:position", typed(t, "12", "xsd:int"), "ex:a", "ex:other", "_:b",
	)))
	assert.ElementsMatch(t, lines(NewGraph(onlyNew...)), lines(graphOf(t,
		"ex:a", "dct:title", lang(t, "Nieuw", "nl"), "ex:a", "ex:public", NewBoolean(true),
		"ex:a", "schema:position", NewInteger(8), "ex:a", "ex:more", str("meer"),
	)))
}

func TestProperties(t *testing.T) {
	var p Properties
	title, note := ex(t, "dct:title"), ex(t, "skos:note")
	p.Add(title, str("a"))
	p.Add(note, str("b"))
	p.Add(title, str("c"))
	assert.Equal(t, 3, p.Len())
	assert.Equal(t, str("a"), p.Get(title))
	assert.Nil(t, p.Get(ex(t, "dct:subject")))
	assert.Equal(t, []Term{str("a"), str("c")}, p.Values(title))
	copied := p
	p.Remove(title)
	assert.Equal(t, 1, p.Len())
	assert.Equal(t, 3, copied.Len())
	for predicate, value := range copied.All() {
		assert.Equal(t, title, predicate)
		assert.Equal(t, str("a"), value)
		break
	}
	_, err := Marshal(struct {
		Rest Properties `rdf:"*"`
	}{Properties{list: []property{{title, IRI{}}}}})
	require.ErrorIs(t, err, ErrValue)
	_, err = Marshal(struct {
		Rest Properties `rdf:"*"`
	}{Properties{list: []property{{IRI{}, title}}}})
	require.ErrorIs(t, err, ErrValue)
}

// shout has its methods on the pointer.
type shout struct{ text string }

func (s *shout) UnmarshalText(b []byte) error { s.text = strings.ToUpper(string(b)); return nil }
func (s *shout) MarshalText() ([]byte, error) {
	if s.text == "NO" {
		return nil, errors.New("cannot shout")
	}
	return []byte(s.text), nil
}

// boxed is a term with its methods on the pointer.
type boxed struct{ of Term }

func (r *boxed) UnmarshalRDF(t Term) error { r.of = t; return nil }
func (r *boxed) MarshalRDF() (Term, error) { return r.of, nil }

func TestMarshalMethodsOfPointers(t *testing.T) {
	type item struct {
		Name  shout   `rdf:"dct:title,lang=nl"`
		Names []shout `rdf:"skos:altLabel"`
		Ring  boxed   `rdf:"dct:relation"`
		Maybe *boxed  `rdf:"dct:source"`
		Link  shout   `rdf:"schema:url,iri"`
		ID    shout   `rdf:"@id"`
	}
	g := graphOf(t,
		"ex:A", "dct:title", lang(t, "hallo", "nl"), "ex:A", "skos:altLabel", str("dag"), "ex:A", "dct:relation", "ex:b",
		"ex:A", "schema:url", "ex:C",
	)
	v, err := Decode[item](g, ex(t, "ex:A"))
	require.NoError(t, err)
	assert.Equal(t, item{Name: shout{"HALLO"}, Names: []shout{{"DAG"}}, Ring: boxed{ex(t, "ex:b")}, Link: shout{"HTTP://EXAMPLE.ORG/C"}, ID: shout{"HTTP://EXAMPLE.ORG/A"}}, v)
	for _, v := range []any{v, &v} { // the struct itself cannot be addressed
		back, err := Marshal(v)
		require.NoError(t, err)
		assert.Equal(t, []string{
			`<HTTP://EXAMPLE.ORG/A> <http://purl.org/dc/terms/relation> <http://example.org/b> `,
			`<HTTP://EXAMPLE.ORG/A> <http://purl.org/dc/terms/title> "HALLO"@nl `,
			`<HTTP://EXAMPLE.ORG/A> <http://schema.org/url> <HTTP://EXAMPLE.ORG/C> `,
			`<HTTP://EXAMPLE.ORG/A> <http://www.w3.org/2004/02/skos/core#altLabel> "DAG" `,
		}, lines(back))
	}
	_, err = Marshal(item{Name: shout{"NO"}})
	require.ErrorIs(t, err, ErrValue)
	_, err = Marshal(item{Ring: boxed{IRI{}}})
	require.ErrorIs(t, err, ErrValue)
	back, err := Marshal(item{Maybe: new(boxed)})
	require.NoError(t, err)
	assert.Zero(t, back.Len(), "a method may say that there is no value")
}

func TestMarshalYears(t *testing.T) {
	for year, want := range map[int]string{-44: "-0044", 0: "0000", 33: "0033", 12020: "12020"} {
		g, err := Marshal(struct {
			A time.Time `rdf:"schema:value,type=xsd:gYear"`
			B time.Time `rdf:"schema:value"`
		}{time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC)})
		require.NoError(t, err)
		var got []string
		for triple := range g.All() {
			got = append(got, triple.Obj.String())
		}
		assert.Equal(t, []string{want, want + "-01-01T00:00:00Z"}, got)
	}
}

func TestPropertiesOfAnotherType(t *testing.T) {
	type source struct {
		Number int        `rdf:"schema:position"`
		Rest   Properties `rdf:"*"`
	}
	type target struct {
		ID   IRI        `rdf:"@id"`
		Rest Properties `rdf:"*"`
	}
	g := graphOf(t, "ex:a", "schema:position", str("012"), "ex:a", "mu:uuid", str("x"))
	s, err := Decode[source](g, ex(t, "ex:a"))
	require.NoError(t, err)
	back, err := Marshal(target{ex(t, "ex:a"), s.Rest})
	require.NoError(t, err)
	assert.Equal(t, lines(g), lines(back), "what no field of the other type maps is written as it was read")
}

func TestRoundTripOfTypesThatCannotBeWritten(t *testing.T) {
	type item struct {
		ID   IRI        `rdf:"@id"`
		One  reader     `rdf:"schema:value"`
		Many []reader   `rdf:"schema:position"`
		Rest Properties `rdf:"*"`
	}
	g := graphOf(t,
		"ex:a", "schema:value", str("x"), "ex:a", "schema:value", lang(t, "x", "nl"),
		"ex:a", "schema:position", str("1"), "ex:a", "schema:position", str("2"), "ex:a", "schema:position", typed(t, "1", "xsd:integer"),
	)
	v, err := Decode[item](g, ex(t, "ex:a"))
	require.NoError(t, err)
	assert.Equal(t, []reader{"1", "2", "1"}, v.Many)
	back, err := Marshal(v)
	require.NoError(t, err, "what was read can be written as it was read")
	assert.Equal(t, lines(g), lines(back))
	v.Many[1] = "3"
	_, err = Marshal(v)
	require.ErrorContains(t, err, "rdf.reader can be read and not written")
}
