package stats

import (
	"cmp"
	"slices"
	"strings"

	"github.com/themis-go/themis/report/analyse"
)

// components parts evidence in such a way that no two decisions whose titles
// are alike are parted: grouping looks at each pair, and parts are small.
// Decisions in different parts share none of their rarest words, of which those
// that are alike share at least one (they have more than half of their words in
// common).
func components(evidence []analyse.Evidence) [][]analyse.Evidence {
	words := make([][]string, len(evidence))
	in := map[string]int{}
	for i, e := range evidence {
		words[i] = analyse.Subject(e)
		for _, w := range words[i] {
			in[w]++
		}
	}
	root := make([]int, len(evidence))
	for i := range root {
		root[i] = i
	}
	find := func(i int) int {
		for root[i] != i {
			root[i] = root[root[i]]
			i = root[i]
		}
		return i
	}
	join := func(i, j int) {
		a, b := find(i), find(j)
		root[max(a, b)] = min(a, b)
	}
	first, dossier := map[string]int{}, map[int]int{}
	for i, list := range words {
		slices.SortFunc(list, func(a, b string) int { return cmp.Or(cmp.Compare(in[a], in[b]), strings.Compare(a, b)) })
		for _, w := range list[:(len(list)+1)/2] {
			if j, ok := first[w]; ok {
				join(i, j)
			} else {
				first[w] = i
			}
		}
		if n := evidence[i].Dossier; n > 0 {
			if j, ok := dossier[n]; ok {
				join(i, j)
			} else {
				dossier[n] = i
			}
		}
	}
	at := map[int]int{}
	var parts [][]analyse.Evidence
	for i, e := range evidence {
		r := find(i)
		p, ok := at[r]
		if !ok {
			p = len(parts)
			at[r], parts = p, append(parts, nil)
		}
		parts[p] = append(parts[p], e)
	}
	return parts
}
