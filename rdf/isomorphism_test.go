package rdf

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// parsedGraph reads lines of N-Triples; <x> is short for <http://e/x>.
func parsedGraph(t testing.TB, doc string) *Graph {
	t.Helper()
	g, err := ReadGraph(strings.NewReader(doc), Turtle, Base("http://e/"))
	require.NoError(t, err)
	return g
}

func TestEqual(t *testing.T) {
	for _, tc := range []struct {
		name, a, b string
		want       bool
	}{
		{"nothing", "", "", true},
		{"same", "<s> <p> <o>, 1 .", "<s> <p> 1, <o> .", true},
		{"one more", "<s> <p> <o>, 1 .", "<s> <p> 1 .", false},
		{"another object", "<s> <p> <o> .", "<s> <p> <x> .", false},
		{"another form of a value", "<s> <p> 1 .", "<s> <p> 01 .", false},
		{"another datatype", "<s> <p> 1 .", "<s> <p> '1' .", false},
		{"tags in any case", "<s> <p> 'x'@nl-BE .", "<s> <p> 'x'@nl-be .", true},
		{"a tag in two cases", "<s> <p> 'x'@nl, 'x'@NL . _:a <p> 'x'@nl, 'x'@Nl .", "<s> <p> 'x'@nl . _:a <p> 'x'@NL .", true},
		{"other tags", "<s> <p> 'x'@nl .", "<s> <p> 'x'@fr .", false},
		{"renamed", "_:a <p> _:b .", "_:x <p> _:a .", true},
		{"turned round", "_:a <p> _:b . _:a <q> 1 .", "_:b <p> _:a . _:a <q> 1 .", false},
		{"self", "_:a <p> _:a .", "_:a <p> _:b .", false},
		{"self, both", "_:a <p> _:a .", "_:z <p> _:z .", true},
		{"blank or not", "_:a <p> 1 .", "<a> <p> 1 .", false},
		{"like nodes counted", "[] <p> 1 . [] <p> 1 . [] <p> 2 .", "[] <p> 1 . [] <p> 2 . [] <p> 2 .", false},
		{"like nodes", "[] <p> 1 . [] <p> 1 .", "[] <p> 1 . [] <p> 1 .", true},
		// Every node has the same surroundings: only a search can tell.
		{"two triangles or a hexagon", ring(3, "a") + ring(3, "b"), ring(6, "c"), false},
		{"two triangles", ring(3, "a") + ring(3, "b"), ring(3, "y") + ring(3, "x"), true},
		{"hexagons", ring(6, "a"), ring(6, "b"), true},
		// The first guess is wrong, and must be taken back.
		{"hub of rings", hub(3, 6), hub(6, 3), true},
		{"hub of other rings", hub(3, 6), hub(3, 3, 3), false},
		{"hub of many rings", hub(5, 4, 3, 6), hub(6, 3, 4, 5), true},
		{"long lists of like members", "<s> <p> (" + strings.Repeat(" 1", 3000) + ") .", "<s> <p> (" + strings.Repeat(" 1", 3000) + ") .", true},
		{"long lists that differ at the end", "<s> <p> (" + strings.Repeat(" 1", 3000) + " 2 1) .", "<s> <p> (" + strings.Repeat(" 1", 3000) + " 1 2) .", false},
	} {
		t.Run(tc.name, func(t *testing.T) {
			a, b := parsedGraph(t, tc.a), parsedGraph(t, tc.b)
			assert.Equal(t, tc.want, Equal(a, b))
			assert.Equal(t, tc.want, Equal(b, a))
			onlyA, onlyB := Diff(a, b)
			assert.Equal(t, tc.want, len(onlyA) == 0 && len(onlyB) == 0)
		})
	}
}

// ring is n blank nodes in a circle.
func ring(n int, label string) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "_:%s%d <p> _:%s%d . ", label, i, label, (i+1)%n)
	}
	return b.String()
}

// hub is a blank node connected to every node of some rings.
func hub(sizes ...int) string {
	var b strings.Builder
	for k, n := range sizes {
		label := fmt.Sprintf("r%d_", k)
		b.WriteString(ring(n, label))
		for i := range n {
			fmt.Fprintf(&b, "_:hub <q> _:%s%d . ", label, i)
		}
	}
	return b.String()
}

// clique is n blank nodes each connected to all others.
func clique(n int) string {
	var b strings.Builder
	for i := range n {
		for j := range n {
			if i != j {
				fmt.Fprintf(&b, "_:n%d <p> _:n%d . ", i, j)
			}
		}
	}
	return b.String()
}

func TestEqualOfAlikeNodes(t *testing.T) {
	a := parsedGraph(t, clique(30))
	assert.True(t, Equal(a, relabelled(t, a, rand.New(rand.NewPCG(1, 2)))))
	b := relabelled(t, a, rand.New(rand.NewPCG(1, 2)))
	for triple := range b.All() {
		b.Remove(triple)
		b.Add(Triple{Subj: triple.Obj.(Subject), Pred: MustIRI("http://e/q"), Obj: triple.Subj.(Object)})
		break
	}
	assert.False(t, Equal(a, b))
}

// relabelled is the graph in another order and with other labels.
func relabelled(t testing.TB, g *Graph, random *rand.Rand) *Graph {
	t.Helper()
	labels := make(map[Blank]Blank)
	rename := func(x Term) Term {
		b, ok := x.(Blank)
		if !ok {
			return x
		}
		if _, ok := labels[b]; !ok {
			n, err := NewBlank(fmt.Sprintf("r%d_%d", random.IntN(1_000_000), len(labels)))
			require.NoError(t, err)
			labels[b] = n
		}
		return labels[b]
	}
	var list []Triple
	for triple := range g.All() {
		list = append(list, triple)
	}
	random.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	out := NewGraph()
	for _, triple := range list {
		out.Add(Triple{Subj: rename(triple.Subj).(Subject), Pred: triple.Pred, Obj: rename(triple.Obj).(Object)})
	}
	return out
}

// randomGraph has few terms, so that many nodes look alike.
func randomGraph(random *rand.Rand, triples int) *Graph {
	term := func(blanks bool) Term {
		n := random.IntN(12)
		if n < 8 && blanks {
			b, _ := NewBlank(fmt.Sprintf("b%d", n)) // only an empty label is refused
			return b
		}
		return MustIRI(fmt.Sprintf("http://e/%d", n%3))
	}
	g := NewGraph()
	for range triples {
		g.Add(Triple{Subj: term(true).(Subject), Pred: term(false).(Predicate), Obj: term(true).(Object)})
	}
	return g
}

func TestEqualAndCanonicalAgree(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	for i := range 300 {
		a := randomGraph(random, 1+random.IntN(25))
		b := relabelled(t, a, random)
		if i%3 == 0 {
			b = randomGraph(random, a.Len())
		}
		ca, errA := CanonicalGraph(a)
		cb, errB := CanonicalGraph(b)
		require.NoError(t, errA)
		require.NoError(t, errB)
		require.Equal(t, string(ca) == string(cb), Equal(a, b), "%s\n%s", ca, cb)
	}
}
