package rdf

import "iter"

// Graph is a set of triples with look-ups by subject, predicate and object.
// Iteration follows the order of insertion; it may change the graph: what it
// adds may or may not be met, what it removes is not. The zero value is an
// empty graph ready for use. A Graph may be read by many goroutines, written
// by one.
type Graph struct {
	ids     map[Term]int32
	terms   []graphTerm
	triples []ids3
	at      map[ids3]int32 // positions in triples
	removed int            // how many were, ever
}

// ids3 is a triple by the numbers of its terms; a removed one stays in its
// position until the next compact, with subject -1.
type ids3 [3]int32

// A graphTerm is a term, and where the triples are that it is the subject, the
// predicate and the object of.
type graphTerm struct {
	Term
	at [3][]int32
}

// NewGraph returns a graph that holds the given triples.
func NewGraph(triples ...Triple) *Graph {
	g := new(Graph)
	for _, t := range triples {
		g.Add(t)
	}
	return g
}

// Len returns the number of triples.
func (g *Graph) Len() int { return len(g.at) }

func (g *Graph) intern(t Term) int32 {
	t = Comparable(t)
	if id, ok := g.ids[t]; ok {
		return id
	}
	if g.ids == nil {
		g.ids = make(map[Term]int32)
		g.at = make(map[ids3]int32)
	}
	id := int32(len(g.terms))
	g.terms = append(g.terms, graphTerm{Term: t})
	g.ids[t] = id
	return id
}

func (g *Graph) find(t Term) (int32, bool) {
	id, ok := g.ids[Comparable(t)]
	return id, ok
}

// Add adds t and reports whether the graph did not hold it yet. A triple with
// a nil term is not added.
func (g *Graph) Add(t Triple) bool {
	if t.Subj == nil || t.Pred == nil || t.Obj == nil {
		return false
	}
	key := ids3{g.intern(t.Subj), g.intern(t.Pred), g.intern(t.Obj)}
	if _, ok := g.at[key]; ok {
		return false
	}
	pos := int32(len(g.triples))
	g.triples = append(g.triples, key)
	g.at[key] = pos
	for i, id := range key {
		list := &g.terms[id].at[i]
		*list = append(*list, pos)
	}
	return true
}

// minRemoved is how many removed triples are worth a compact.
const minRemoved = 256

// Remove takes t out and reports whether the graph held it.
func (g *Graph) Remove(t Triple) bool {
	key, ok := g.key(t)
	if !ok {
		return false
	}
	pos, ok := g.at[key]
	if !ok {
		return false
	}
	delete(g.at, key)
	g.triples[pos][0] = -1
	g.removed++
	if dead := len(g.triples) - len(g.at); dead >= minRemoved && dead > len(g.at) {
		g.compact()
	}
	return true
}

// compact builds the graph anew without what was removed.
func (g *Graph) compact() {
	fresh := Graph{removed: g.removed}
	for _, k := range g.triples {
		if k[0] >= 0 {
			fresh.Add(tripleOf(g.terms, k))
		}
	}
	*g = fresh
}

// Has reports whether the graph holds t.
func (g *Graph) Has(t Triple) bool {
	key, ok := g.key(t)
	if !ok {
		return false
	}
	_, ok = g.at[key]
	return ok
}

func (g *Graph) key(t Triple) (key ids3, ok bool) {
	for i, term := range [3]Term{t.Subj, t.Pred, t.Obj} {
		if term == nil {
			return key, false
		}
		if key[i], ok = g.find(term); !ok {
			return key, false
		}
	}
	return key, true
}

func tripleOf(terms []graphTerm, k ids3) Triple {
	return Triple{
		Subj: terms[k[0]].Term.(Subject), Pred: terms[k[1]].Term.(Predicate), Obj: terms[k[2]].Term.(Object),
	}
}

// Match yields the triples that have the given subject, predicate and object;
// nil stands for any.
func (g *Graph) Match(s, p, o Term) iter.Seq[Triple] {
	return func(yield func(Triple) bool) {
		want := ids3{-1, -1, -1}
		shortest, narrowed := []int32(nil), false
		for i, t := range [3]Term{s, p, o} {
			if t == nil {
				continue
			}
			id, ok := g.find(t)
			if !ok {
				return
			}
			want[i] = id
			if list := g.terms[id].at[i]; !narrowed || len(list) < len(shortest) {
				shortest, narrowed = list, true
			}
		}
		// The walk goes on over these when yield changes the graph.
		triples, terms, removed := g.triples, g.terms, g.removed
		emit := func(k ids3) bool {
			if !k.matches(want) {
				return true
			}
			t := tripleOf(terms, k)
			return g.removed != removed && !g.Has(t) || yield(t)
		}
		if narrowed {
			for _, pos := range shortest {
				if !emit(triples[pos]) {
					return
				}
			}
			return
		}
		for _, k := range triples {
			if !emit(k) {
				return
			}
		}
	}
}

// matches reports whether the triple was not removed and has the wanted terms;
// -1 stands for any.
func (k ids3) matches(want ids3) bool {
	for i, id := range want {
		if id >= 0 && k[i] != id {
			return false
		}
	}
	return k[0] >= 0
}

// All yields every triple.
func (g *Graph) All() iter.Seq[Triple] { return g.Match(nil, nil, nil) }

// Objects yields the objects of the triples with this subject and predicate.
func (g *Graph) Objects(s, p Term) iter.Seq[Term] {
	return func(yield func(Term) bool) {
		for t := range g.Match(s, p, nil) {
			if !yield(t.Obj) {
				return
			}
		}
	}
}

// Object returns the first object for this subject and predicate, nil when
// there is none.
func (g *Graph) Object(s, p Term) Term {
	for o := range g.Objects(s, p) {
		return o
	}
	return nil
}

// Subjects yields, once each, the subjects of the triples with this predicate
// and object; nil stands for any.
func (g *Graph) Subjects(p, o Term) iter.Seq[Term] {
	return func(yield func(Term) bool) {
		seen := make(map[Term]bool)
		for t := range g.Match(nil, p, o) {
			if !seen[t.Subj] {
				seen[t.Subj] = true
				if !yield(t.Subj) {
					return
				}
			}
		}
	}
}
