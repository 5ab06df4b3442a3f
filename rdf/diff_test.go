package rdf

import (
	"bytes"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func tripleLines(triples []Triple) string {
	var b bytes.Buffer
	for _, t := range triples {
		b.Write(AppendQuad(nil, Quad{Triple: t}))
	}
	return b.String()
}

func TestDiff(t *testing.T) {
	for _, tc := range []struct{ name, a, b, onlyA, onlyB string }{
		{"same", "<s> <p> 1 .", "<s> <p> 1 .", "", ""},
		{"ground", "<s> <p> 'a', 'b' .", "<s> <p> 'b', 'c' .",
			"<http://e/s> <http://e/p> \"a\" .\n", "<http://e/s> <http://e/p> \"c\" .\n"},
		{"a changed value of a node", "<s> <p> _:a . _:a <name> 'x'; <n> '1' .", "<s> <p> _:b . _:b <name> 'x'; <n> '2' .",
			"_:a <http://e/n> \"1\" .\n", "_:a <http://e/n> \"2\" .\n"},
		{"a new node", "_:a <n> '1' .", "_:z <n> '1' . _:a <n> '2' .",
			"", "_:a-1 <http://e/n> \"2\" .\n"},
		{"a chain grows", "<s> <p> _:a . _:a <p> _:b . _:b <p> 'end' .", "<s> <p> _:x . _:x <p> _:y . _:y <p> 'end' ; <q> 'new' .",
			"", "_:b <http://e/q> \"new\" .\n"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			onlyA, onlyB := Diff(parsedGraph(t, tc.a), parsedGraph(t, tc.b))
			assert.Equal(t, tc.onlyA, tripleLines(onlyA))
			assert.Equal(t, tc.onlyB, tripleLines(onlyB))
		})
	}
}

func TestDiffIsAPatch(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 6))
	for range 300 {
		a := randomGraph(random, 1+random.IntN(25))
		b := relabelled(t, a, random)
		for triple := range randomGraph(random, random.IntN(4)).All() {
			b.Add(triple)
		}
		for triple := range relabelled(t, b, random).All() {
			if random.IntN(5) == 0 {
				b.Remove(triple)
			}
		}
		onlyA, onlyB := Diff(a, b)
		patched := NewGraph()
		for triple := range a.All() {
			patched.Add(triple)
		}
		for _, triple := range onlyA {
			require.True(t, patched.Remove(triple))
		}
		for _, triple := range onlyB {
			require.True(t, patched.Add(triple))
		}
		require.True(t, Equal(patched, b))
	}
}
