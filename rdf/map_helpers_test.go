package rdf

import (
	"math/big"
	"reflect"
	"testing"

	"github.com/stretchr/testify/require"
)

func ptr[T any](v T) *T { return &v }

func newBigInt(t testing.TB, s string) *big.Int {
	t.Helper()
	n, ok := new(big.Int).SetString(s, 10)
	require.True(t, ok)
	return n
}

// newOf returns a pointer to a zero value of v's type.
func newOf(v any) any { return reflect.New(reflect.TypeOf(v)).Interface() }

// elemOf returns what p points to.
func elemOf(p any) any { return reflect.ValueOf(p).Elem().Interface() }

// writeTerm returns the term that Marshal writes for what p points to; nil for
// maps, not-a-number and what has none.
func writeTerm(t testing.TB, p any) Term {
	t.Helper()
	v := reflect.ValueOf(p).Elem()
	if v.Kind() == reflect.Slice && v.Type().Elem().Kind() != reflect.Uint8 {
		v = v.Index(0)
	}
	encode := scalarEncoder(v.Type())
	if encode == nil {
		return nil
	}
	term, err := encode(v, new(fieldPlan), defaultConfig)
	require.NoError(t, err)
	if term != nil && term.String() == "NaN" {
		return nil
	}
	return term
}

// anyField returns a field of a struct, or what it points to.
func anyField(v any, name string) any {
	f := reflect.ValueOf(v).FieldByName(name)
	if f.Kind() == reflect.Pointer {
		f = f.Elem()
	}
	return f.Interface()
}
