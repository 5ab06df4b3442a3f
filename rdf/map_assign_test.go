package rdf

import (
	"encoding/json"
	"errors"
	"math"
	"math/big"
	"net/netip"
	"strings"
	"testing"
	"time"

	krdf "github.com/knakk/rdf"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

type (
	namedString string
	namedInt    int16
	namedIRI    IRI
	namedTime   time.Time
)

// celsius adds a datatype: it reads and writes itself.
type celsius float64

func (c *celsius) UnmarshalRDF(t Term) error {
	l, ok := t.(Literal)
	if !ok || !strings.HasSuffix(l.String(), "°C") {
		return errors.New("want a temperature such as 20°C")
	}
	return json.Unmarshal([]byte(strings.TrimSuffix(l.String(), "°C")), (*float64)(c))
}

func (c celsius) MarshalRDF() (Term, error) {
	text, err := json.Marshal(float64(c))
	return NewTyped(string(text)+"°C", MustIRI("http://example.org/celsius")), err
}

func TestAssign(t *testing.T) {
	iri, blank := ex(t, "ex:a"), termOf(t, "_:b1").(Blank)
	utc := func(year int, month time.Month, day, hour, minute, second, nano int) time.Time {
		return time.Date(year, month, day, hour, minute, second, nano, time.UTC)
	}
	tests := []struct {
		name string
		term Term
		want any
	}{
		{"plain string", str("Besluit"), "Besluit"},
		{"string in a language", lang(t, "Besluit", "nl"), "Besluit"},
		{"string of another datatype", typed(t, " <p>", "rdf:HTML"), " <p>"},
		{"string of an IRI", iri, "http://example.org/a"},
		{"string of a blank node", blank, "_:b1"},
		{"named string", str("x"), namedString("x")},
		{"literal of knakk's constructor", krdf.Literal{DataType: IRI{}}, ""},
		{"true", typed(t, "true", "xsd:boolean"), true},
		{"1", typed(t, "1", "xsd:boolean"), true},
		{"0 as integer", typed(t, "0", "xsd:integer"), false},
		{"mu boolean", NewTyped("true", MuBoolean), true},
		{"boolean with blanks", typed(t, " false\n", "xsd:boolean"), false},
		{"int", typed(t, "42", "xsd:integer"), 42},
		{"int with leading zeros as string", str("0042"), 42},
		{"int with sign", typed(t, "+7", "xsd:int"), int8(7)},
		{"smallest int64", typed(t, "-9223372036854775808", "xsd:integer"), int64(math.MinInt64)},
		{"int written as decimal", typed(t, "42.00", "xsd:decimal"), int32(42)},
		{"int written as double", typed(t, "4.2E1", "xsd:double"), 42},
		{"named int", str("12"), namedInt(12)},
		{"uint", str("255"), uint8(255)},
		{"uint minus zero", str("-0"), uint(0)},
		{"uint plus", str("+3"), uint64(3)},
		{"largest uint64", str("18446744073709551615"), uint64(math.MaxUint64)},
		{"double", typed(t, "1.5E-3", "xsd:double"), 0.0015},
		{"float", typed(t, ".5", "xsd:float"), float32(0.5)},
		{"float of integer", typed(t, "3", "xsd:integer"), 3.0},
		{"infinity", typed(t, "-INF", "xsd:double"), math.Inf(-1)},
		{"big integer", str("123456789012345678901234567890"), *newBigInt(t, "123456789012345678901234567890")},
		{"decimal", typed(t, "0.10", "xsd:decimal"), *big.NewRat(1, 10)},
		{"dateTime in UTC", typed(t, "2020-02-29T10:00:00Z", "xsd:dateTime"), utc(2020, 2, 29, 10, 0, 0, 0)},
		{"dateTime with zone", typed(t, "2020-07-01T10:00:00.25+02:00", "xsd:dateTime"), utc(2020, 7, 1, 8, 0, 0, 250_000_000)},
		{"dateTime without zone", typed(t, "2020-07-01T10:00:00.123456789", "xsd:dateTime"), utc(2020, 7, 1, 10, 0, 0, 123_456_789)},
		{"more than nanoseconds", typed(t, "2020-07-01T10:00:00.1234567899", "xsd:dateTime"), utc(2020, 7, 1, 10, 0, 0, 123_456_789)},
		{"end of day", typed(t, "2020-12-31T24:00:00Z", "xsd:dateTime"), utc(2021, 1, 1, 0, 0, 0, 0)},
		{"date", typed(t, "2020-07-01", "xsd:date"), utc(2020, 7, 1, 0, 0, 0, 0)},
		{"date with zone", typed(t, "2020-07-01+02:00", "xsd:date"), utc(2020, 6, 30, 22, 0, 0, 0)},
		{"date with negative zone", typed(t, "2020-07-01-05:00", "xsd:date"), utc(2020, 7, 1, 5, 0, 0, 0)},
		{"date as string", str("2020-07-01"), utc(2020, 7, 1, 0, 0, 0, 0)},
		{"month", typed(t, "2020-07", "xsd:gYearMonth"), utc(2020, 7, 1, 0, 0, 0, 0)},
		{"month with zone", typed(t, "2020-07-05:00", "xsd:gYearMonth"), utc(2020, 7, 1, 5, 0, 0, 0)},
		{"year", typed(t, "2020", "xsd:gYear"), utc(2020, 1, 1, 0, 0, 0, 0)},
		{"year with zone", typed(t, "2020-05:00", "xsd:gYear"), utc(2020, 1, 1, 5, 0, 0, 0)},
		{"year before our era", typed(t, "-0044-03-15", "xsd:date"), utc(-44, 3, 15, 0, 0, 0, 0)},
		{"year of five digits", typed(t, "12020-01-01T00:00:00Z", "xsd:dateTime"), utc(12020, 1, 1, 0, 0, 0, 0)},
		{"named time", str("2020"), namedTime(utc(2020, 1, 1, 0, 0, 0, 0))},
		{"duration", typed(t, "P1DT2H3M4.5S", "xsd:dayTimeDuration"), 26*time.Hour + 3*time.Minute + 4500*time.Millisecond},
		{"negative duration", typed(t, "-PT30M", "xsd:duration"), -30 * time.Minute},
		{"base64", typed(t, "aGFs bG8=", "xsd:base64Binary"), []byte("hallo")},
		{"hex", typed(t, "68616C6c6f", "xsd:hexBinary"), []byte("hallo")},
		{"bytes of text", str("hallo"), []byte("hallo")},
		{"IRI", iri, iri},
		{"named IRI", iri, namedIRI(iri)},
		{"blank node", blank, blank},
		{"literal as it is", typed(t, "0042", "xsd:integer"), typed(t, "0042", "xsd:integer")},
		{"address by text method", str("10.0.0.1"), netip.MustParseAddr("10.0.0.1")},
		{"own datatype", typed(t, "20.5°C", "ex:celsius"), celsius(20.5)},
		{"pointer", str("5"), ptr(5)},
		{"pointer to pointer", str("5"), ptr(ptr(5))},
		{"slice of one", str("5"), []int{5}},
		{"slice of pointers", str("5"), []*int{ptr(5)}},
		{"map by language", lang(t, "Besluit", "nl-BE"), map[string]string{"nl-be": "Besluit"}},
		{"struct with @id", iri, government{URI: iri}},
		{"pointer to struct with @id", iri, &government{URI: iri}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := newOf(test.want)
			require.NoError(t, Assign(got, test.term))
			assert.Equal(t, test.want, elemOf(got))
			require.NoError(t, Assign(got, nil), "unbound")
			assert.Zero(t, elemOf(got))
		})
	}
}

func TestAssignInterfaces(t *testing.T) {
	boxed, err := krdf.NewLiteral([]byte("x"))
	require.NoError(t, err)
	var term Term
	require.NoError(t, Assign(&term, boxed))
	assert.Equal(t, typed(t, "x", "xsd:byte"), term, "without the boxed value, so that it can be compared")
	var anything any
	require.NoError(t, Assign(&anything, str("x")))
	assert.Equal(t, str("x"), anything)
	var subject Subject
	require.NoError(t, Assign(&subject, ex(t, "ex:a")))
	assert.Equal(t, ex(t, "ex:a"), subject)
	require.ErrorIs(t, Assign(&subject, str("x")), ErrValue)
}

func TestAssignErrors(t *testing.T) {
	iri, blank := ex(t, "ex:a"), termOf(t, "_:b1")
	tests := []struct {
		name string
		term Term
		dst  any
		msg  string
	}{
		{"no integer", str("veel"), new(int), `rdf: "veel": not an integer`},
		{"empty", str(""), new(int), `rdf: "": not an integer`},
		{"Go syntax is none", str("1_000"), new(int), `rdf: "1_000": not an integer`},
		{"hexadecimal is none", str("0x10"), new(uint), `rdf: "0x10": not an integer`},
		{"too large", str("300"), new(int8), `rdf: "300": the number does not fit int8`},
		{"negative", str("-1"), new(uint), `rdf: "-1": a negative number does not fit uint`},
		{"fraction", typed(t, "1.5", "xsd:decimal"), new(int),
			`rdf: "1.5"^^<http://www.w3.org/2001/XMLSchema#decimal>: not an integer`},
		{"double beyond 2^53", str("1E300"), new(int64), `rdf: "1E300": not an integer`},
		{"no number", str("Inf"), new(float64), `rdf: "Inf": not a number`},
		{"hexadecimal float", str("0x1p-2"), new(float64), `rdf: "0x1p-2": not a number`},
		{"too large for float32", str("1e39"), new(float32), `rdf: "1e39": the number does not fit float32`},
		{"exponent in a decimal", str("1e999999999"), new(big.Rat), `rdf: "1e999999999": not a decimal`},
		{"fraction in a decimal", str("1/3"), new(big.Rat), `rdf: "1/3": not a decimal`},
		{"no boolean", str("ja"), new(bool), `rdf: "ja": not a boolean: want "true", "false", "1" or "0"`},
		{"literal for IRI", str("http://example.org/a"), new(IRI),
			`rdf: "http://example.org/a": the field takes an IRI, the value is a literal; use rdf.Term to take both`},
		{"IRI for literal", iri, new(Literal),
			`rdf: <http://example.org/a>: the field takes a literal, the value is an IRI; use rdf.Term to take both`},
		{"IRI for number", iri, new(int), `rdf: <http://example.org/a>: the field takes an integer, the value is an IRI`},
		{"IRI for blank node", iri, new(Blank),
			`rdf: <http://example.org/a>: the field takes a blank node, the value is an IRI; use rdf.Term to take both`},
		{"blank node for time", blank, new(time.Time), `rdf: _:b1: the field takes a date or time, the value is a blank node`},
		{"literal for struct", str("x"), new(government), `rdf: "x": a struct takes an IRI or a blank node, the value is a literal`},
		{"number in a map", typed(t, "1", "xsd:integer"), new(map[string]string),
			`rdf: "1"^^<http://www.w3.org/2001/XMLSchema#integer>: a map by language takes text, the value has the datatype <http://www.w3.org/2001/XMLSchema#integer>`},
		{"own datatype", str("warm"), new(celsius), `rdf: "warm": want a temperature such as 20°C`},
		{"text method", str("x"), new(netip.Addr), `rdf: "x": ParseAddr("x"): unable to parse IP`},
		{"hex", typed(t, "6", "xsd:hexBinary"), new([]byte), `rdf: "6"^^<http://www.w3.org/2001/XMLSchema#hexBinary>: encoding/hex: odd length hex string`},
		{"digits without end", str(strings.Repeat("1", maxDigits+1)), new(big.Rat),
			`rdf: "` + strings.Repeat("1", 80) + `…": a number of more than 10000 digits`},
		{"digits without end, integer", str(strings.Repeat("1", maxDigits+1)), new(big.Int),
			`rdf: "` + strings.Repeat("1", 80) + `…": a number of more than 10000 digits`},
		{"big integer", str("1.5"), new(big.Int), `rdf: "1.5": not an integer`},
		{"long value is cut", str(strings.Repeat("é", 500)), new(bool),
			`rdf: "` + strings.Repeat("é", 40) + `…": not a boolean: want "true", "false", "1" or "0"`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			before := elemOf(test.dst)
			err := Assign(test.dst, test.term)
			require.ErrorIs(t, err, ErrValue)
			assert.EqualError(t, err, test.msg)
			var mapping *MappingError
			require.ErrorAs(t, err, &mapping)
			assert.Equal(t, test.term, mapping.Value)
			assert.Equal(t, before, elemOf(test.dst), "unchanged")
		})
	}
}

func TestAssignTimesRefused(t *testing.T) {
	for _, s := range []string{
		"", "-", "20", "020-01-01", "02020-01-01", "2020-13", "2020-00", "2021-02-29", "1900-02-29", "2020-04-31", "2020-01-01T",
		"2020-01-01T10", "2020-01-01T10:00", "2020-01-01T10:00:60Z", "2020-01-01T24:00:01Z", "2020-01-01T25:00:00Z",
		"2020-01-01T10:00:00.", "2020-01-01T10:00:00.Z", "2020-01-01 10:00:00", "2020-01-01T10:00:00+15:00",
		"2020-01-01T10:00:00+14:01", "2020-01-01T10:00:00+1:00", "2020-01-01T10:00:00ZZ", "2020-1-1", "2020-01-01z",
		"10:00:00", "--01-01", "1234567890-01-01",
	} {
		var at time.Time
		require.ErrorIs(t, Assign(&at, str(s)), ErrValue, "%q", s)
		require.Zero(t, at)
	}
	for _, s := range []string{"", "P", "PT", "P1", "P1Y", "P1M", "1D", "PT1D", "P1H", "PT1S1M", "P1.5D", "PT1.S", "P1DT", "P1D1D", "P200000D", "PTT1S"} {
		var d time.Duration
		require.ErrorIs(t, Assign(&d, str(s)), ErrValue, "%q", s)
		require.Zero(t, d)
	}
}

func TestAssignOptions(t *testing.T) {
	brussels := time.FixedZone("CEST", 2*60*60)
	var at time.Time
	require.NoError(t, Assign(&at, typed(t, "2020-07-01", "xsd:date"), InZone(brussels)))
	assert.Equal(t, time.Date(2020, 6, 30, 22, 0, 0, 0, time.UTC), at)
	require.NoError(t, Assign(&at, typed(t, "2020-07-01T00:00:00Z", "xsd:dateTime"), InZone(brussels)))
	assert.Equal(t, time.Date(2020, 7, 1, 0, 0, 0, 0, time.UTC), at, "a zone of its own goes first")

	strict := Strict()
	var n int
	require.NoError(t, Assign(&n, typed(t, "5", "xsd:unsignedByte"), strict))
	require.EqualError(t, Assign(&n, str("5"), strict),
		`rdf: "5": the datatype <http://www.w3.org/2001/XMLSchema#string> is not one of an integer (strict mapping)`)
	var s string
	require.NoError(t, Assign(&s, lang(t, "x", "nl"), strict))
	require.ErrorIs(t, Assign(&s, typed(t, "5", "xsd:integer"), strict), ErrValue)
}

func TestAssignToWhatCannotBe(t *testing.T) {
	for name, dst := range map[string]any{
		"nil": nil, "no pointer": 5, "nil pointer": (*int)(nil), "nil string pointer": (*string)(nil), "channel": new(chan int),
		"function": new(func()), "map of ints": new(map[string]int), "struct without @id": new(struct {
			Title string `rdf:"dct:title"`
		}), "complex": new(complex128), "array": new([2]int), "other interface": new(error),
	} {
		t.Run(name, func(t *testing.T) {
			err := Assign(dst, str("5"))
			require.ErrorIs(t, err, ErrTag)
			var tag *TagError
			require.ErrorAs(t, err, &tag)
		})
	}
}

func FuzzAssign(f *testing.F) {
	f.Add("2020-07-01T10:00:00.123+02:00", "http://www.w3.org/2001/XMLSchema#dateTime")
	f.Add("0042", "http://www.w3.org/2001/XMLSchema#integer")
	f.Add("1e400", "http://www.w3.org/2001/XMLSchema#double")
	f.Add("P1DT2H3M4.5S", "http://www.w3.org/2001/XMLSchema#dayTimeDuration")
	f.Add("aGFsbG8=", "http://www.w3.org/2001/XMLSchema#base64Binary")
	f.Fuzz(func(t *testing.T, lexical, datatype string) {
		dt, err := NewIRI(datatype)
		if err != nil {
			dt = XSDString
		}
		term := NewTyped(lexical, dt)
		for _, dst := range []any{
			new(string), new(bool), new(int8), new(int64), new(uint16), new(float32), new(float64), new(big.Int), new(big.Rat),
			new(time.Time), new(time.Duration), new([]byte), new(Literal), new(Term), new(*int), new([]time.Time), new(map[string]string),
			new(netip.Addr), new(celsius),
		} {
			err := Assign(dst, term)
			if err != nil {
				require.ErrorIs(t, err, ErrValue)
				require.Zero(t, elemOf(dst))
				continue
			}
			// What was read can be written and read again, to the same value.
			again := newOf(elemOf(dst))
			back := writeTerm(t, dst)
			if back == nil {
				continue
			}
			require.NoError(t, Assign(again, back), "%v", back)
			if at, ok := dst.(*time.Time); ok {
				require.True(t, at.Equal(*again.(*time.Time)), "%v %v", at, back)
				continue
			}
			require.Equal(t, elemOf(dst), elemOf(again))
		}
	})
}
