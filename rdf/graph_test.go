package rdf

import (
	"slices"
	"testing"

	krdf "github.com/knakk/rdf"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestGraph(t *testing.T) {
	s, p, q := MustIRI("a:s"), MustIRI("a:p"), MustIRI("a:q")
	one := Triple{Subj: s, Pred: p, Obj: NewInteger(1)}
	two := Triple{Subj: s, Pred: p, Obj: NewInteger(2)}
	other := Triple{Subj: p, Pred: q, Obj: s}

	var g Graph
	assert.Zero(t, g.Len())
	assert.False(t, g.Has(one))
	assert.False(t, g.Remove(one))
	assert.Nil(t, g.Object(s, p))
	assert.Empty(t, slices.Collect(g.All()))

	assert.True(t, g.Add(one))
	assert.False(t, g.Add(one))
	assert.True(t, g.Add(two))
	assert.True(t, g.Add(other))
	assert.False(t, g.Add(Triple{Subj: s, Pred: p}), "a nil term is no term")
	assert.False(t, g.Has(Triple{}))
	assert.False(t, g.Remove(Triple{Subj: s, Pred: p, Obj: NewInteger(3)}))
	assert.Equal(t, []Triple{one, two, other}, slices.Collect(g.All()))

	// A literal that another library boxed is the same literal.
	boxed, err := krdf.NewLiteral(1)
	require.NoError(t, err)
	assert.True(t, g.Has(Triple{Subj: s, Pred: p, Obj: boxed}))

	for _, tc := range []struct {
		s, p, o Term
		want    []Triple
	}{
		{s, nil, nil, []Triple{one, two}},
		{nil, p, nil, []Triple{one, two}},
		{nil, nil, s, []Triple{other}},
		{s, p, NewInteger(2), []Triple{two}},
		{s, q, nil, nil},
		{nil, nil, NewInteger(9), nil},
	} {
		assert.Equal(t, tc.want, slices.Collect(g.Match(tc.s, tc.p, tc.o)))
	}
	assert.Equal(t, []Term{NewInteger(1), NewInteger(2)}, slices.Collect(g.Objects(s, p)))
	assert.Equal(t, NewInteger(1), g.Object(s, p))
	assert.Equal(t, []Term{s}, slices.Collect(g.Subjects(p, nil)))
	assert.Equal(t, []Term{s, p}, slices.Collect(g.Subjects(nil, nil)))

	assert.True(t, g.Remove(one))
	assert.Equal(t, 2, g.Len())
	assert.Equal(t, []Triple{two}, slices.Collect(g.Match(s, nil, nil)))
	assert.Equal(t, NewInteger(2), g.Object(s, p))
	assert.True(t, g.Add(one), "what was removed can be added again")
	assert.Equal(t, []Triple{two, other, one}, slices.Collect(g.All()))
}

func TestGraphIterationStops(t *testing.T) {
	s, p := MustIRI("a:s"), MustIRI("a:p")
	g := NewGraph(Triple{Subj: s, Pred: p, Obj: s}, Triple{Subj: s, Pred: p, Obj: p})
	for range g.All() {
		break
	}
	for range g.Match(s, nil, nil) {
		break
	}
	for range g.Objects(s, p) {
		break
	}
	for range g.Subjects(p, nil) {
		break
	}
	assert.Equal(t, 2, g.Len())
}

// A graph that is changed over and over does not grow.
func TestGraphForgetsWhatWasRemoved(t *testing.T) {
	g := NewGraph()
	s, p := MustIRI("a:s"), MustIRI("a:p")
	for i := range int64(10_000) {
		triple := Triple{Subj: s, Pred: p, Obj: NewInteger(i)}
		require.True(t, g.Add(triple))
		if i > 0 {
			require.True(t, g.Remove(Triple{Subj: s, Pred: p, Obj: NewInteger(i - 1)}))
		}
	}
	assert.Equal(t, 1, g.Len())
	assert.Equal(t, []Term{NewInteger(9999)}, slices.Collect(g.Objects(s, p)))
	assert.Less(t, len(g.triples), 1000)
	assert.Less(t, len(g.terms), 1000)
}

func TestGraphMayChangeWhileItIsRead(t *testing.T) {
	s, p := MustIRI("a:s"), MustIRI("a:p")
	g := NewGraph()
	for i := range int64(200) {
		g.Add(Triple{Subj: s, Pred: p, Obj: NewInteger(i)})
	}
	seen := make(map[Term]int)
	for triple := range g.Match(s, p, nil) {
		seen[triple.Obj]++
		g.Remove(triple)
	}
	assert.Len(t, seen, 200)
	assert.Zero(t, g.Len())
}
