package analyse

import (
	"math"
	"slices"

	"github.com/themis-go/themis/internal/dutch"
)

// The shares of a promise's weight that a measure must cover to bear on it.
const (
	bearsOn     = 0.30 // whatever other promises it covers
	bearsOnBest = 0.16 // the promise that it covers best
)

// assign tells on which promises each measure bears: those the retriever
// names, else those whose words it holds, rare words weighing more.
func assign(promises []Promise, groups [][]Evidence) [][]int {
	out := make([][]int, len(groups))
	if len(promises) == 0 {
		return out
	}
	words := make([]map[string]bool, len(promises))
	for i, p := range promises {
		words[i] = stems(p.Text)
	}
	texts := make([]map[string]bool, len(groups))
	seen := map[string]int{}
	for g, group := range groups {
		texts[g] = map[string]bool{}
		for _, e := range group {
			for w := range stems(e.Decision.Title + ". " + e.Decision.Subtitle + ". " + e.Decision.Text) {
				texts[g][w] = true
			}
		}
		for w := range texts[g] {
			seen[w]++
		}
	}
	weight := func(w string) float64 {
		return math.Log(1 + float64(len(groups)+1)/float64(seen[w]+1))
	}
	for g, group := range groups {
		told := false
		for _, e := range group {
			told = told || e.Promises != nil
			for _, p := range e.Promises {
				if p >= 0 && p < len(promises) && !slices.Contains(out[g], p) {
					out[g] = append(out[g], p)
				}
			}
		}
		if told {
			slices.Sort(out[g])
			continue
		}
		best, bestShare := -1, 0.0
		for p, need := range words {
			have, all := 0.0, 0.0
			for w := range need {
				all += weight(w)
				if texts[g][w] {
					have += weight(w)
				}
			}
			if all == 0 {
				continue
			}
			share := have / all
			if share >= bearsOn {
				out[g] = append(out[g], p)
			}
			if share > bestShare {
				best, bestShare = p, share
			}
		}
		if len(out[g]) == 0 && bestShare >= bearsOnBest {
			out[g] = append(out[g], best)
		}
	}
	return out
}

// stems are the stems of a text's words that carry a subject.
func stems(text string) map[string]bool {
	set := map[string]bool{}
	for _, t := range dutch.Analyse(text) {
		if !dutch.IsStop(t.Text) && !dutch.IsOfficialese(t.Stem) {
			set[t.Stem] = true
		}
	}
	return set
}
