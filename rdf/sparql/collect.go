package sparql

import (
	"context"
	"fmt"
	"iter"
	"reflect"

	"github.com/themis-go/themis/rdf"
)

// Select sends a SELECT query and yields its rows as values of T, as they
// arrive. Where it ends with an error, that is the last it yields. Stopping
// early closes the connection.
//
// T is a struct whose fields take the variables by name, or one value for a
// query of one variable, or one of map[string]rdf.Term, []rdf.Term and
// [rdf.Triple] (from ?s ?p ?o). A field's variable is named by its tag
// `sparql:"name"`, else it is the field's name, else the local name of the
// predicate in its tag rdf, in any case; `sparql:"-"` passes a field over.
// Every variable must have a field and every field a variable, unless [Lax] is
// given. Terms are converted as [rdf.Assign] does; an unbound variable gives
// the zero value, a nil pointer for pointers.
func Select[T any](ctx context.Context, c *Client, q *Query, opts ...QueryOption) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		rows, err := c.Select(ctx, q, opts...)
		if err != nil {
			var none T
			yield(none, err)
			return
		}
		All[T](rows)(yield)
	}
}

// All yields the rows that are left as values of T, see [Select], and closes
// them. After an error it stops.
func All[T any](rows *Rows) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		defer rows.Close()
		s := newRowScanner(rows, reflect.TypeFor[T]())
		for rows.Next() {
			var v T
			if err := s.scan(reflect.ValueOf(&v).Elem()); err != nil {
				var none T
				yield(none, err)
				return
			}
			if !yield(v, nil) {
				return
			}
		}
		if err := rows.Err(); err != nil {
			var none T
			yield(none, err)
		}
	}
}

// CollectRows returns the rows that are left as values of T, see [Select], and
// closes them. With an error it returns the rows that came before it.
func CollectRows[T any](rows *Rows) ([]T, error) {
	var all []T
	for v, err := range All[T](rows) {
		if err != nil {
			return all, err
		}
		all = append(all, v)
	}
	return all, nil
}

// CollectExactlyOne returns the only row as a value of T, see [Select], and
// closes the rows. It fails with [ErrNoRows] or [ErrTooManyRows].
func CollectExactlyOne[T any](rows *Rows) (T, error) {
	var one, none T
	n := 0
	for v, err := range All[T](rows) {
		if err != nil {
			return none, err
		}
		if n++; n > 1 {
			return none, fmt.Errorf("sparql: %w", ErrTooManyRows)
		}
		one = v
	}
	if n == 0 {
		return none, fmt.Errorf("sparql: %w", ErrNoRows)
	}
	return one, nil
}

// CollectSolutions returns the rows that are left in the form of knakk/sparql's
// Results.Solutions, one map of bound variables to terms for each, and closes
// them. The terms are of knakk's types, as all terms of this module are.
func CollectSolutions(rows *Rows) ([]map[string]rdf.Term, error) {
	return CollectRows[map[string]rdf.Term](rows)
}
