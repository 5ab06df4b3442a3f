package rdf

import (
	"cmp"
	"slices"
	"strconv"
)

// Diff returns the triples that only one of two graphs has, in the order of
// each graph; nothing for graphs that are [Equal]. Blank nodes have no names
// to compare: they are matched by what is said about them. In onlyB a blank
// node that matches one of a's bears a's label, and no other bears a label of
// a's, so that a without onlyA and with onlyB is Equal to b. The matching is
// exact for groups of connected blank nodes that did not change, and a good
// guess, by the number of like triples, for the others.
func Diff(a, b *Graph) (onlyA, onlyB []Triple) {
	ids := make(termIDs)
	x, y := newIsoGraph(a, ids), newIsoGraph(b, ids)
	m := &isoMatch{x: x, y: y, to: matchComponents(x, y), from: filled(len(y.blanks))}
	for i, j := range m.to {
		if j >= 0 {
			m.from[j] = int32(i)
		}
	}
	m.guess()

	in := func(g *isoGraph, k isoTriple) bool {
		_, ok := g.set[k]
		return ok || g.ground[k]
	}
	number := func(numbers map[Blank]int32, t Term) int32 {
		if b, ok := t.(Blank); ok {
			return -1 - numbers[b]
		}
		return ids.id(t)
	}
	numbersX, numbersY := x.numbers(), y.numbers()
	for t := range a.All() {
		k := isoTriple{number(numbersX, t.Subj), number(numbersX, t.Pred), number(numbersX, t.Obj)}
		if k, ok := m.mapped(k); !ok || !in(y, k) {
			onlyA = append(onlyA, t)
		}
	}
	back := &isoMatch{to: m.from}
	label := m.labels()
	for t := range b.All() {
		k := isoTriple{number(numbersY, t.Subj), number(numbersY, t.Pred), number(numbersY, t.Obj)}
		if k, ok := back.mapped(k); !ok || !in(x, k) {
			if s, ok := t.Subj.(Blank); ok {
				t.Subj = label[numbersY[s]]
			}
			if o, ok := t.Obj.(Blank); ok {
				t.Obj = label[numbersY[o]]
			}
			onlyB = append(onlyB, t)
		}
	}
	return onlyA, onlyB
}

func (x *isoGraph) numbers() map[Blank]int32 {
	numbers := make(map[Blank]int32, len(x.blanks))
	for i, b := range x.blanks {
		numbers[b] = int32(i)
	}
	return numbers
}

// labels returns the blank nodes of y as they are called beside those of x.
func (m *isoMatch) labels() []Blank {
	taken := m.x.numbers()
	for _, b := range m.y.blanks {
		if _, ok := taken[b]; !ok {
			taken[b] = -1
		}
	}
	list := make([]Blank, len(m.y.blanks))
	for j, b := range m.y.blanks {
		if i := m.from[j]; i >= 0 {
			list[j] = m.x.blanks[i]
			continue
		}
		list[j] = b
		for n := 1; taken[list[j]] >= 0; n++ {
			// NewBlank refuses nothing but an empty label.
			fresh, _ := NewBlank(b.String() + "-" + strconv.Itoa(n))
			if _, ok := taken[fresh]; !ok {
				taken[fresh] = -1
				list[j] = fresh
				break
			}
		}
	}
	return list
}

// maxGuesses bounds how many candidates are weighed for one node.
const maxGuesses = 256

// guess pairs the nodes that are left by how many triples they have in common
// with ground and paired terms, until no more pairs are found.
func (m *isoMatch) guess() {
	for found := true; found; {
		found = false
		index := make(map[isoTriple][]int32)
		for j := range m.y.blanks {
			if m.from[j] < 0 {
				for _, pos := range m.y.at[j] {
					k := m.y.triples[pos].without(int32(j))
					index[k] = append(index[k], int32(j))
				}
			}
		}
		for i := range m.x.blanks {
			if m.to[i] >= 0 {
				continue
			}
			if j := m.likest(int32(i), index); j >= 0 {
				m.to[i], m.from[j] = j, int32(i)
				found = true
			}
		}
	}
}

// noTerm stands where the node is that a triple is looked at from.
const noTerm = -1 << 31

func (t isoTriple) without(i int32) isoTriple {
	for _, place := range [2]int{0, 2} {
		if t[place] == -1-i {
			t[place] = noTerm
		}
	}
	return t
}

// likest returns the unpaired node of y that has the most triples in common
// with node i of x, -1 where none has any.
func (m *isoMatch) likest(i int32, index map[isoTriple][]int32) int32 {
	var lists [][]int32
	for _, pos := range m.x.at[i] {
		k := m.x.triples[pos].without(i)
		known := true
		for _, place := range [2]int{0, 2} {
			if n, blank := blankIndex(k[place]); blank && k[place] != noTerm {
				known = known && m.to[n] >= 0
				if known {
					k[place] = -1 - m.to[n]
				}
			}
		}
		if list := index[k]; known && len(list) > 0 {
			lists = append(lists, list)
		}
	}
	// Rare triples first: they say more, and there are fewer nodes to weigh.
	slices.SortStableFunc(lists, func(a, b []int32) int { return cmp.Compare(len(a), len(b)) })
	score := make(map[int32]int)
	best := int32(-1)
	for _, list := range lists {
		for _, j := range list {
			if m.from[j] >= 0 || len(score) >= maxGuesses && score[j] == 0 {
				continue
			}
			score[j]++
			if best < 0 || score[j] > score[best] {
				best = j
			}
		}
	}
	return best
}
