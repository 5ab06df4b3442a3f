package rdf

import "iter"

// Graph is a set of triples with look-ups by subject, predicate and object.
// Iteration follows the order of insertion. The zero value is an empty graph
// ready for use. A Graph may be read by many goroutines, written by one.
type Graph struct {
	ids     map[Term]int32
	terms   []Term
	triples []ids3
	at      map[ids3]int32
	live    int
	by      [3]map[int32][]int32 // subject, predicate, object → positions in triples
}

// ids3 is a triple by the numbers of its terms; removed triples have subject -1.
type ids3 [3]int32

// NewGraph returns a graph that holds the given triples.
func NewGraph(triples ...Triple) *Graph {
	g := new(Graph)
	for _, t := range triples {
		g.Add(t)
	}
	return g
}

// Len returns the number of triples.
func (g *Graph) Len() int { return g.live }

func (g *Graph) intern(t Term) int32 {
	t = Comparable(t)
	if id, ok := g.ids[t]; ok {
		return id
	}
	if g.ids == nil {
		g.ids = make(map[Term]int32)
		g.at = make(map[ids3]int32)
		for i := range g.by {
			g.by[i] = make(map[int32][]int32)
		}
	}
	id := int32(len(g.terms))
	g.terms = append(g.terms, t)
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
		g.by[i][id] = append(g.by[i][id], pos)
	}
	g.live++
	return true
}

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
	g.triples[pos] = ids3{-1, -1, -1}
	g.live--
	return true
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

func (g *Graph) key(t Triple) (ids3, bool) {
	if t.Subj == nil || t.Pred == nil || t.Obj == nil {
		return ids3{}, false
	}
	s, oks := g.find(t.Subj)
	p, okp := g.find(t.Pred)
	o, oko := g.find(t.Obj)
	return ids3{s, p, o}, oks && okp && oko
}

func (g *Graph) triple(k ids3) Triple {
	return Triple{Subj: g.terms[k[0]].(Subject), Pred: g.terms[k[1]].(Predicate), Obj: g.terms[k[2]].(Object)}
}

// Match yields the triples that have the given subject, predicate and object;
// nil stands for any.
func (g *Graph) Match(s, p, o Term) iter.Seq[Triple] {
	return func(yield func(Triple) bool) {
		var want ids3
		best, narrowed := []int32(nil), false
		for i, t := range [3]Term{s, p, o} {
			want[i] = -1
			if t == nil {
				continue
			}
			id, ok := g.find(t)
			if !ok {
				return
			}
			want[i] = id
			if list := g.by[i][id]; !narrowed || len(list) < len(best) {
				best, narrowed = list, true
			}
		}
		emit := func(k ids3) bool {
			for i, id := range want {
				if id >= 0 && k[i] != id {
					return true
				}
			}
			return k[0] < 0 || yield(g.triple(k))
		}
		if narrowed {
			for _, pos := range best {
				if !emit(g.triples[pos]) {
					return
				}
			}
			return
		}
		for _, k := range g.triples {
			if !emit(k) {
				return
			}
		}
	}
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
