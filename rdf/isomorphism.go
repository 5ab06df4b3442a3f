package rdf

import (
	"slices"
	"strings"
)

// Equal reports whether two graphs are the same graph: whether there is a
// renaming of blank nodes that turns the triples of one into those of the
// other (isomorphism, RDF 1.1 Concepts 3.6). Language tags are compared in any
// case; other literals by their lexical form: see [Normalize] for values.
func Equal(a, b *Graph) bool {
	ids := make(termIDs)
	x, y := newIsoGraph(a, ids), newIsoGraph(b, ids)
	if len(x.blanks) != len(y.blanks) || len(x.ground) != len(y.ground) || len(x.triples) != len(y.triples) {
		return false
	}
	for t := range x.ground {
		if !y.ground[t] {
			return false
		}
	}
	matched := matchComponents(x, y)
	return !slices.Contains(matched, -1)
}

// termIDs numbers ground terms, the same for both graphs of a comparison.
type termIDs map[Term]int32

func (ids termIDs) id(t Term) int32 {
	if l, ok := t.(Literal); ok && l.Lang() != "" {
		if lower := strings.ToLower(l.Lang()); lower != l.Lang() {
			if n, err := NewLang(l.String(), lower); err == nil {
				t = n
			}
		}
	}
	id, ok := ids[t]
	if !ok {
		id = int32(len(ids))
		ids[t] = id
	}
	return id
}

// isoTriple is a triple in numbers: ground terms from 0, the blank node at
// index i of its graph as -1-i.
type isoTriple [3]int32

func blankIndex(id int32) (int32, bool) { return -1 - id, id < 0 }

// isoGraph is a graph prepared for comparison.
type isoGraph struct {
	ground  map[isoTriple]bool  // the triples without blank nodes
	triples []isoTriple         // the others
	set     map[isoTriple]int32 // their positions
	origin  []Triple            // as they were
	blanks  []Blank
	at      [][]int32 // the triples at each blank node, by position
	colours []uint64
}

func newIsoGraph(g *Graph, ids termIDs) *isoGraph {
	x := &isoGraph{ground: make(map[isoTriple]bool), set: make(map[isoTriple]int32)}
	numbers := make(map[Blank]int32)
	number := func(t Term) int32 {
		b, ok := t.(Blank)
		if !ok {
			return ids.id(t)
		}
		n, ok := numbers[b]
		if !ok {
			n = int32(len(x.blanks))
			numbers[b] = n
			x.blanks = append(x.blanks, b)
			x.at = append(x.at, nil)
		}
		return -1 - n
	}
	for t := range g.All() {
		k := isoTriple{number(t.Subj), number(t.Pred), number(t.Obj)}
		if k[0] >= 0 && k[2] >= 0 {
			x.ground[k] = true
			continue
		}
		if _, ok := x.set[k]; ok {
			continue // differs in the case of a tag only
		}
		pos := int32(len(x.triples))
		x.set[k] = pos
		x.triples, x.origin = append(x.triples, k), append(x.origin, t)
		if i, ok := blankIndex(k[0]); ok {
			x.at[i] = append(x.at[i], pos)
		}
		if i, ok := blankIndex(k[2]); ok && k[2] != k[0] {
			x.at[i] = append(x.at[i], pos)
		}
	}
	x.colour()
	return x
}

// maxColourRounds bounds the refinement; what it leaves undecided, as in long
// chains of like nodes, the search decides.
const maxColourRounds = 64

// colour gives each blank node a number that depends on its surroundings but
// on no label: nodes that an isomorphism may map to each other have the same.
func (x *isoGraph) colour() {
	x.colours = make([]uint64, len(x.blanks))
	next := make([]uint64, len(x.blanks))
	classes := 1
	for range maxColourRounds {
		seen := make(map[uint64]struct{}, len(x.blanks))
		for i := range x.blanks {
			sum := mix(x.colours[i], 1)
			for _, pos := range x.at[i] {
				sum += x.seen(x.triples[pos], int32(i))
			}
			next[i] = mix(sum, 2)
			seen[next[i]] = struct{}{}
		}
		x.colours, next = next, x.colours
		if len(seen) == classes || len(seen) == len(x.blanks) {
			return
		}
		classes = len(seen)
	}
}

// seen is a number for a triple as the blank node i sees it.
func (x *isoGraph) seen(t isoTriple, i int32) uint64 {
	h := mix(uint64(uint32(t[1])), 3)
	for place, id := range [2]int32{t[0], t[2]} {
		switch j, blank := blankIndex(id); {
		case !blank:
			h = mix(h^uint64(id), 4+uint64(place))
		case j == i:
			h = mix(h, 6+uint64(place))
		default:
			h = mix(h^x.colours[j], 8+uint64(place))
		}
	}
	return h
}

// mix scatters the bits of a number (the finaliser of SplitMix64).
func mix(n, salt uint64) uint64 {
	n += salt * 0x9e3779b97f4a7c15
	n = (n ^ n>>30) * 0xbf58476d1ce4e5b9
	n = (n ^ n>>27) * 0x94d049bb133111eb
	return n ^ n>>31
}

// components returns the sets of blank nodes that triples connect.
func (x *isoGraph) components() [][]int32 {
	done := make([]bool, len(x.blanks))
	var all [][]int32
	for start := range x.blanks {
		if !done[start] {
			all = append(all, x.walk(int32(start), func(i int32) bool {
				first := !done[i]
				done[i] = true
				return first
			}))
		}
	}
	return all
}

// walk returns the blank nodes that triples connect to start, from near to
// far; visit tells whether a node was not met before.
func (x *isoGraph) walk(start int32, visit func(int32) bool) []int32 {
	visit(start)
	nodes := []int32{start}
	for next := 0; next < len(nodes); next++ {
		for _, pos := range x.at[nodes[next]] {
			t := x.triples[pos]
			for _, id := range [2]int32{t[0], t[2]} {
				if j, blank := blankIndex(id); blank && visit(j) {
					nodes = append(nodes, j)
				}
			}
		}
	}
	return nodes
}

// signature is a number that isomorphic components share.
func (x *isoGraph) signature(nodes []int32) uint64 {
	sum := uint64(len(nodes))
	for _, i := range nodes {
		sum += mix(x.colours[i], 10)
	}
	return sum
}

// matchComponents pairs the components of x and y that are isomorphic, and
// returns for each blank node of x its partner in y, -1 where there is none.
func matchComponents(x, y *isoGraph) []int32 {
	m := &isoMatch{x: x, y: y, to: filled(len(x.blanks)), from: filled(len(y.blanks))}
	bySignature := make(map[uint64][][]int32)
	for _, nodes := range y.components() {
		s := y.signature(nodes)
		bySignature[s] = append(bySignature[s], nodes)
	}
	for _, nodes := range x.components() {
		s := x.signature(nodes)
		candidates := bySignature[s]
		for i, other := range candidates {
			if len(other) == len(nodes) && m.component(nodes, other) {
				// The order of the rest must stay: like components match in order.
				bySignature[s] = slices.Delete(candidates, i, i+1)
				break
			}
		}
	}
	return m.to
}

func filled(n int) []int32 {
	list := make([]int32, n)
	for i := range list {
		list[i] = -1
	}
	return list
}

// isoMatch is a partial mapping between the blank nodes of two graphs.
type isoMatch struct {
	x, y     *isoGraph
	to, from []int32
	order    []int32 // the nodes of the component, each but the first next to an earlier one
}

// component maps the nodes of one component to those of another, by a search
// that starts at the node with the rarest colour and follows the triples.
func (m *isoMatch) component(nodes, other []int32) bool {
	count := make(map[uint64]int)
	for _, i := range nodes {
		count[m.x.colours[i]]++
	}
	start := nodes[0]
	for _, i := range nodes {
		if count[m.x.colours[i]] < count[m.x.colours[start]] {
			start = i
		}
	}
	done := make(map[int32]bool, len(nodes))
	m.order = m.x.walk(start, func(i int32) bool {
		first := !done[i]
		done[i] = true
		return first
	})
	for _, j := range other {
		if m.pair(start, j) {
			if m.extend() {
				return true
			}
			m.unpair(start)
		}
	}
	return false
}

// extend maps the nodes of order behind the first, trying for each what its
// mapped neighbour allows; a choice that leads nowhere is taken back.
func (m *isoMatch) extend() bool {
	candidates := make([][]int32, len(m.order))
	for k := 1; k < len(m.order); {
		i := m.order[k]
		if candidates[k] == nil {
			candidates[k] = append(make([]int32, 0, 1), m.candidates(i)...)
		}
		placed := false
		for len(candidates[k]) > 0 && !placed {
			j := candidates[k][0]
			candidates[k] = candidates[k][1:]
			placed = m.pair(i, j)
		}
		if placed {
			k++
			continue
		}
		candidates[k] = nil
		if k--; k == 0 {
			return false
		}
		m.unpair(m.order[k])
	}
	return true
}

// candidates returns the nodes of y that have a triple to the partner of i's
// first mapped neighbour as i has to that neighbour.
func (m *isoMatch) candidates(i int32) (list []int32) {
	for _, pos := range m.x.at[i] {
		t := m.x.triples[pos]
		place := 0 // of the neighbour
		if t[0] == -1-i {
			place = 2
		}
		n, blank := blankIndex(t[place])
		if !blank || n == i || m.to[n] < 0 {
			continue
		}
		for _, pos := range m.y.at[m.to[n]] {
			u := m.y.triples[pos]
			if j, blank := blankIndex(u[2-place]); blank && u[1] == t[1] && u[place] == -1-m.to[n] {
				list = append(list, j)
			}
		}
		return list
	}
	return nil
}

// pair maps node i of x to node j of y where their colours, the numbers of
// their triples and their triples with ground and mapped terms agree.
func (m *isoMatch) pair(i, j int32) bool {
	if m.from[j] >= 0 || m.x.colours[i] != m.y.colours[j] || len(m.x.at[i]) != len(m.y.at[j]) {
		return false
	}
	m.to[i], m.from[j] = j, i
	for _, pos := range m.x.at[i] {
		if u, ok := m.mapped(m.x.triples[pos]); ok {
			if _, ok := m.y.set[u]; !ok {
				m.unpair(i)
				return false
			}
		}
	}
	return true
}

func (m *isoMatch) unpair(i int32) {
	m.from[m.to[i]] = -1
	m.to[i] = -1
}

// mapped returns a triple of x in the numbers of y, where its nodes have partners.
func (m *isoMatch) mapped(t isoTriple) (isoTriple, bool) {
	for _, place := range [2]int{0, 2} {
		if i, blank := blankIndex(t[place]); blank {
			if m.to[i] < 0 {
				return t, false
			}
			t[place] = -1 - m.to[i]
		}
	}
	return t, true
}
