package rdf

import (
	"crypto"
	"errors"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestCanonicalIsTheSameForAnyLabels(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 8))
	for _, doc := range []string{
		"", "<s> <p> 1 .", "[] <p> [], [] .", ring(6, "a"), ring(3, "a") + ring(3, "b"), clique(4),
		"<s> <p> (1 2 (3 [ <q> () ])) .",
	} {
		g := parsedGraph(t, doc)
		want, err := CanonicalGraph(g)
		require.NoError(t, err)
		for range 5 {
			got, err := CanonicalGraph(relabelled(t, g, random))
			require.NoError(t, err)
			assert.Equal(t, string(want), string(got))
		}
	}
}

func TestCanonicalLabels(t *testing.T) {
	var quads []Quad
	for q, err := range ReadQuads(strings.NewReader("_:x <a:p> _:y _:g .\n_:x <a:p> _:y _:g .\n_:y <a:p> \"é\\u0001\" .\n"), NQuads) {
		require.NoError(t, err)
		quads = append(quads, q)
	}
	got, err := Canonical(quads)
	require.NoError(t, err)
	assert.Len(t, got.Labels, 3)
	x, y, g := got.Labels["x"], got.Labels["y"], got.Labels["g"]
	assert.Contains(t, string(got.NQuads), "_:"+x+" <a:p> _:"+y+" _:"+g+" .\n")
	assert.Contains(t, string(got.NQuads), "_:"+y+" <a:p> \"é\\u0001\" .\n")
	assert.Equal(t, 2, strings.Count(string(got.NQuads), "\n"))

	other, err := Canonical(quads, CanonicalHash(crypto.SHA384))
	require.NoError(t, err)
	assert.Len(t, other.Labels, 3)
	_, err = Canonical(quads, CanonicalHash(crypto.MD4))
	require.ErrorContains(t, err, "not linked")
}

func TestCanonicalGivesUp(t *testing.T) {
	_, err := CanonicalGraph(parsedGraph(t, clique(12)))
	require.ErrorIs(t, err, ErrTooComplex)
	var complexity *ComplexityError
	require.True(t, errors.As(err, &complexity))
	assert.Equal(t, 12, complexity.Blanks)
	assert.Equal(t, 51_200, complexity.Limit)

	_, err = CanonicalGraph(parsedGraph(t, clique(5)), WorkLimit(3))
	require.ErrorIs(t, err, ErrTooComplex)
	_, err = CanonicalGraph(parsedGraph(t, clique(5)), WorkLimit(1_000_000))
	require.NoError(t, err)
}
