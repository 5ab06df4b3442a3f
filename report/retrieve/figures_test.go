package retrieve

import (
	"fmt"
	"math"
	"slices"
)

// figures are those of score_retrieval.py that count here, over sections.
type figures struct {
	Pool, All, Recall float64 // nDCG@20 within the pool and over all; recall@50 over all
	Judged, Own       float64 // strict nDCG@20 on the two sets of grades
}

func (f figures) String() string {
	return fmt.Sprintf("pool %.3f  all %.3f  recall@50 %.3f  judged %.3f  own %.3f", f.Pool, f.All, f.Recall, f.Judged, f.Own)
}

// mean is one number for comparing settings.
func (f figures) mean() float64 {
	return (1.5*f.Pool + f.All + 0.7*f.Recall + 0.7*f.Judged + 0.5*f.Own) / 4.4
}

// relevance is a section with what is known to bear on it.
type relevance struct {
	section string
	pool    []int // documents
	cited   map[int]bool
	judged  map[int]int // grades; nil where none
	own     map[int]int
}

func discount(i int) float64 { return 1 / math.Log2(float64(i)+2) }

// one scores the ranking of one section; absent figures are negative.
func (r *relevance) one(ranking []int) figures {
	f := figures{-1, -1, -1, -1, -1}
	if len(r.cited) > 0 {
		ideal := 0.0
		for i := range min(20, len(r.cited)) {
			ideal += discount(i)
		}
		f.Pool, f.All, f.Recall = 0, 0, 0
		pooled := 0
		for i, d := range ranking {
			if r.cited[d] {
				if i < 20 {
					f.All += discount(i) / ideal
				}
				if i < 50 {
					f.Recall += 1 / float64(len(r.cited))
				}
			}
			if slices.Contains(r.pool, d) {
				if r.cited[d] && pooled < 20 {
					f.Pool += discount(pooled) / ideal
				}
				pooled++
			}
		}
	}
	f.Judged, f.Own = graded(ranking, r.judged), graded(ranking, r.own)
	return f
}

func graded(ranking []int, grades map[int]int) float64 {
	var all []int
	for _, g := range grades {
		all = append(all, g)
	}
	slices.SortFunc(all, func(a, b int) int { return b - a })
	if len(all) == 0 || all[0] == 0 {
		return -1
	}
	gain := func(g, i int) float64 { return (math.Pow(2, float64(g)) - 1) * discount(i) }
	got, ideal := 0.0, 0.0
	for i := range min(20, len(all)) {
		ideal += gain(all[i], i)
	}
	for i := range min(20, len(ranking)) {
		got += gain(grades[ranking[i]], i)
	}
	return got / ideal
}

// average is the mean of each figure over the sections that have it.
func average(list []figures) figures {
	mean := func(of func(figures) float64) float64 {
		sum, n := 0.0, 0.0
		for _, f := range list {
			if x := of(f); x >= 0 {
				sum, n = sum+x, n+1
			}
		}
		if n == 0 {
			return 0
		}
		return sum / n
	}
	return figures{
		mean(func(f figures) float64 { return f.Pool }), mean(func(f figures) float64 { return f.All }),
		mean(func(f figures) float64 { return f.Recall }), mean(func(f figures) float64 { return f.Judged }),
		mean(func(f figures) float64 { return f.Own }),
	}
}
