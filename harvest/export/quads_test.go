package export

import (
	"iter"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/themis-go/themis/rdf"
)

func TestNQuads(t *testing.T) {
	var b strings.Builder
	n, err := NQuads(&b, stream(quadFixture()))
	require.NoError(t, err)
	require.Equal(t, 7, n)
	golden(t, "triples.nq", b.String())
	require.Equal(t, 7, strings.Count(b.String(), "<http://mu.semte.ch/graphs/public> .\n"))
}

func TestTurtle(t *testing.T) {
	var b strings.Builder
	n, err := Turtle(&b, stream(quadFixture()))
	require.NoError(t, err)
	require.Equal(t, 6, n, "a repeated triple is written once")
	golden(t, "triples.ttl", b.String())
}

func TestTurtleOfScatteredSubjects(t *testing.T) {
	q := quadFixture()
	var b strings.Builder
	n, err := Turtle(&b, stream([]rdf.Quad{q[0], q[5], q[1]}))
	require.NoError(t, err)
	require.Equal(t, 3, n)
	require.Equal(t, 2, strings.Count(b.String(), "<"+base+"s/1>"))
}

func TestTurtleBoundsTheGroup(t *testing.T) {
	const many = maxGroup + 10
	var numbers iter.Seq2[rdf.Quad, error] = func(yield func(rdf.Quad, error) bool) {
		for i := range many {
			if !yield(quad("s/1", "http://example.org/p", rdf.NewInteger(int64(i))), nil) {
				return
			}
		}
	}
	var b strings.Builder
	s := newTurtleSink(&b)
	n, err := writeQuads(s, numbers)
	require.NoError(t, err)
	require.Equal(t, many, n)
	require.LessOrEqual(t, cap(s.group), 2*maxGroup)
}

func TestQuadsWithoutATerm(t *testing.T) {
	_, err := NQuads(&strings.Builder{}, stream([]rdf.Quad{{}}))
	require.ErrorContains(t, err, "quad 1")
	_, err = Turtle(&strings.Builder{}, stream([]rdf.Quad{{}}))
	require.ErrorContains(t, err, "nil")
}
