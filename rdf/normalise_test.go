package rdf

import (
	"testing"

	krdf "github.com/knakk/rdf"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestNormalize(t *testing.T) {
	for _, tc := range []struct{ datatype, in, want string }{
		{"boolean", "1", "true"},
		{"boolean", "0", "false"},
		{"boolean", " true ", "true"},
		{"boolean", "TRUE", "TRUE"},
		{"integer", "0042", "42"},
		{"integer", "+0", "0"},
		{"integer", "-0", "0"},
		{"integer", "-007", "-7"},
		{"integer", "99999999999999999999", "99999999999999999999"},
		{"integer", "1.0", "1.0"},
		{"integer", "1.", "1."},
		{"integer", "", ""},
		{"integer", "4 2", "4 2"},
		{"unsignedByte", "007", "7"},
		{"decimal", "1.50", "1.5"},
		{"decimal", ".5", "0.5"},
		{"decimal", "-00.250", "-0.25"},
		{"decimal", ".", "."},
		{"decimal", "1e3", "1e3"},
		{"decimal", "--1", "--1"},
		{"double", "1000.0", "1.0E3"},
		{"double", "1e-07", "1.0E-7"},
		{"double", "-0", "-0.0E0"},
		{"double", "+INF", "INF"},
		{"double", "-INF", "-INF"},
		{"double", "NaN", "NaN"},
		{"double", "0x10", "0x10"},
		{"double", "1_0", "1_0"},
		{"double", "infinity", "infinity"},
		{"double", "", ""},
		{"float", "0.1", "1.0E-1"},
		{"dateTime", "2019-10-11T08:00:00.000Z", "2019-10-11T08:00:00Z"},
		{"dateTime", "2019-10-11T08:00:00.120", "2019-10-11T08:00:00.12"},
		{"dateTime", "2019-10-11T10:00:00+02:00", "2019-10-11T08:00:00Z"},
		{"dateTime", "2019-12-31T23:30:00.5-05:30", "2020-01-01T05:00:00.5Z"},
		{"dateTime", "2019-12-31T24:00:00Z", "2020-01-01T00:00:00Z"},
		{"dateTime", "2019-12-31T24:00:01Z", "2019-12-31T24:00:01Z"},
		{"dateTime", "0000-01-01T00:00:00+14:00", "0000-01-01T00:00:00+14:00"},
		{"dateTime", "9999-12-31T23:00:00-02:00", "9999-12-31T23:00:00-02:00"},
		{"dateTime", "-0044-03-15T12:00:00Z", "-0044-03-15T12:00:00Z"},
		{"dateTime", "2019-02-29T00:00:00Z", "2019-02-29T00:00:00Z"},
		{"dateTime", "2019-10-11T08:00:00.Z", "2019-10-11T08:00:00.Z"},
		{"dateTime", "2019-10-11T08:00:00,5Z", "2019-10-11T08:00:00,5Z"},
		{"dateTime", "2019-10-11T08:00:00+15:00", "2019-10-11T08:00:00+15:00"},
		{"dateTime", "2019-10-11T08:00:00*02:00", "2019-10-11T08:00:00*02:00"},
		{"dateTime", "2019-10-11", "2019-10-11"},
		{"date", "2024-02-29+00:00", "2024-02-29Z"},
		{"date", "2024-02-29-00:00", "2024-02-29Z"},
		{"date", "2024-02-29+01:00", "2024-02-29+01:00"},
		{"date", " 2024-02-29 ", "2024-02-29"},
		{"date", "2023-02-29", "2023-02-29"},
		{"time", "10:00:00.500+00:00", "10:00:00.5Z"},
		{"time", "10:00:00.0+02:00", "10:00:00+02:00"},
		{"time", "25:00:00", "25:00:00"},
		{"gYear", "02024", "02024"},
		{"string", " x ", " x "},
	} {
		l := NewTyped(tc.in, MustIRI(nsXSD+tc.datatype))
		got := Normalize(l)
		assert.Equal(t, tc.want, got.String(), "%s %q", tc.datatype, tc.in)
		assert.Equal(t, l.DataType, got.DataType)
		assert.Equal(t, got, Normalize(got), "%s %q: the normal form is normal", tc.datatype, tc.in)
	}
	assert.Equal(t, NewTyped("2", XSDInteger), Normalize(NewTyped("2.0", XSDDecimal)))
	assert.Equal(t, NewTyped("x", MustIRI("a:b")), Normalize(NewTyped("x", MustIRI("a:b"))))
}

func TestNormalizeForeignLiterals(t *testing.T) {
	boxed, err := krdf.NewLiteral(true)
	require.NoError(t, err)
	assert.Equal(t, NewBoolean(true), Normalize(boxed))
	tagged, err := NewLang("x", "NL-be")
	require.NoError(t, err)
	lower, err := NewLang("x", "nl-be")
	require.NoError(t, err)
	assert.Equal(t, lower, Normalize(tagged))
}

func FuzzNormalize(f *testing.F) {
	for _, seed := range []string{"1", "-0.50", "1e3", "2019-10-11T10:00:00.10+02:00", "24:00:00", "2024-02-29Z"} {
		f.Add(seed)
	}
	kinds := []IRI{XSDBoolean, XSDInteger, XSDDecimal, XSDDouble, XSDDateTime, XSDDate, MustIRI(nsXSD + "time"), MustIRI(nsXSD + "float")}
	f.Fuzz(func(t *testing.T, s string) {
		for _, kind := range kinds {
			once := Normalize(NewTyped(s, kind))
			require.Equal(t, once, Normalize(once), kind.String())
		}
	})
}
