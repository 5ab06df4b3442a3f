package rdf

import (
	"math"
	"testing"
	"time"
	"unicode/utf8"

	krdf "github.com/knakk/rdf"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestNewIRI(t *testing.T) {
	for _, good := range []string{"http://example.org/é?q#f", "urn:x", "relative", "#f"} {
		iri, err := NewIRI(good)
		require.NoError(t, err)
		assert.Equal(t, good, iri.String())
	}
	for _, bad := range []string{"", "a b", "a\tb", "a<b", "a>b", `a"b`, "a{b", "a}b", "a|b", "a^b", "a`b", `a\b`, "a\x00b"} {
		_, err := NewIRI(bad)
		require.Error(t, err, "%q", bad)
		assert.Contains(t, err.Error(), "rdf: IRI")
	}
	assert.Panics(t, func() { MustIRI("a b") })
}

func TestNewLang(t *testing.T) {
	for _, tag := range []string{"nl", "nl-BE", "zh-Hant-HK", "de-1996", "x-a-b-c-d", "NL"} {
		for _, text := range []string{"", "tekst", "é🍀\n\"\\\t\r\x01"} {
			l, err := NewLang(text, tag)
			require.NoError(t, err, tag)
			assert.Equal(t, text, l.String())
			assert.Equal(t, tag, l.Lang())
			assert.Equal(t, RDFLangString, l.DataType)
		}
	}
	for _, tag := range []string{"", "-", "nl-", "-nl", "nl--be", "1a", "nl_BE", "n l", "é"} {
		_, err := NewLang("x", tag)
		assert.Error(t, err, tag)
	}
}

func TestLiterals(t *testing.T) {
	for _, tc := range []struct {
		got            Literal
		lexical, local string
	}{
		{NewString("x"), "x", "string"},
		{NewInteger(-42), "-42", "integer"},
		{NewBoolean(true), "true", "boolean"},
		{NewDouble(1000), "1.0E3", "double"},
		{NewDouble(0.1), "1.0E-1", "double"},
		{NewDouble(math.Inf(1)), "INF", "double"},
		{NewDouble(math.Inf(-1)), "-INF", "double"},
		{NewDouble(math.NaN()), "NaN", "double"},
		{NewDateTime(time.Date(2024, 1, 31, 12, 0, 0, 120_000_000, time.FixedZone("", 3600))), "2024-01-31T11:00:00.12Z", "dateTime"},
	} {
		assert.Equal(t, tc.lexical, tc.got.String())
		assert.Equal(t, nsXSD+tc.local, tc.got.DataType.String())
	}
}

func TestComparable(t *testing.T) {
	for _, v := range []any{true, 42, "x", 1.5, time.Unix(0, 0)} {
		foreign, err := krdf.NewLiteral(v)
		require.NoError(t, err)
		ours := NewTyped(foreign.String(), foreign.DataType)
		assert.Equal(t, Term(ours), Comparable(foreign))
		assert.True(t, TermsEqual(ours, foreign))
	}
	assert.Equal(t, Term(NewString("x")), Comparable(NewString("x")))
	assert.Equal(t, Term(MustIRI("a:b")), Comparable(MustIRI("a:b")))
	assert.Nil(t, Comparable(nil))
}

func TestTermsEqual(t *testing.T) {
	nl, err := NewLang("x", "nl")
	require.NoError(t, err)
	upper, err := NewLang("x", "NL")
	require.NoError(t, err)
	b, err := NewBlank("a:b")
	require.NoError(t, err)
	assert.True(t, TermsEqual(nil, nil))
	assert.True(t, TermsEqual(nl, upper))
	assert.True(t, TermsEqual(b, b))
	assert.True(t, TermsEqual(NewString("x"), Literal(krdf.NewTypedLiteral("x", XSDString))))
	for _, pair := range [][2]Term{
		{nil, nl}, {nl, nil}, {nl, NewString("x")}, {MustIRI("a:b"), b}, {MustIRI("x"), NewString("x")},
		{NewInteger(1), NewString("1")}, {NewInteger(1), NewTyped("01", XSDInteger)},
	} {
		assert.False(t, TermsEqual(pair[0], pair[1]), "%v %v", pair[0], pair[1])
	}
}

func FuzzNewLang(f *testing.F) {
	f.Add("x", "nl-BE")
	f.Add("é\"\\\n", "zh-Hant-HK")
	f.Fuzz(func(t *testing.T, text, tag string) {
		l, err := NewLang(text, tag)
		if err != nil || !utf8.ValidString(text) {
			return
		}
		require.Equal(t, text, l.String())
		require.Equal(t, tag, l.Lang())
	})
}
