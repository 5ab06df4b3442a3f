package retrieve

import (
	"slices"
	"time"

	"github.com/themis-go/themis/report/stage"
)

const (
	// dossierTitle is the share of the titles' weight that two steps of one
	// measure have in common.
	dossierTitle = 0.6
	// dossierAlone is that share where neither decision is a step on the way to
	// a law: what grants money, calls for projects or is noted is a measure of
	// its own, unless its title says nearly the same.
	dossierAlone = 0.85
	// dossierText is how near their words must be.
	dossierText = 0.35
	// dossierSpan is the longest time from one step to another.
	dossierSpan = 4 * 366 * 24 * time.Hour
)

// findDossiers groups the successive steps of one measure: decisions with
// nearly the same title, near each other in words and in time, of a same
// minister's portfolio. It returns a number for each document, from 1, in
// order of the first step; 0 for a document that stands alone.
//
// Each decision joins the dossier of a decision that it resembles only if it
// resembles that dossier's first step too, so that chains do not drift.
func (ix *Index) findDossiers() []int {
	order := make([]uint32, len(ix.docs))
	for i := range order {
		order[i] = uint32(i)
	}
	slices.SortStableFunc(order, func(a, b uint32) int { return ix.docs[a].date.Compare(ix.docs[b].date) })
	group := make([]int, len(ix.docs)) // index in firsts, plus one
	var firsts []uint32
	size := []int{}
	for _, d := range order {
		for _, n := range ix.near[d] {
			g := group[n.doc]
			if g == 0 || n.cosine < dossierText || !ix.sameMeasure(n.doc, d) {
				continue
			}
			if first := firsts[g-1]; first != n.doc && !ix.sameMeasure(first, d) {
				continue
			}
			group[d] = g
			size[g-1]++
			break
		}
		if group[d] == 0 {
			firsts, size = append(firsts, d), append(size, 1)
			group[d] = len(firsts)
		}
	}
	number, next := make([]int, len(firsts)), 1
	for g := range firsts {
		if size[g] > 1 {
			number[g] = next
			next++
		}
	}
	for d := range group {
		group[d] = number[group[d]-1]
	}
	return group
}

// sameMeasure tells whether b can be a later step of the measure of a.
func (ix *Index) sameMeasure(a, b uint32) bool {
	x, y := &ix.docs[a], &ix.docs[b]
	if !x.date.IsZero() && !y.date.IsZero() && y.date.Sub(x.date).Abs() > dossierSpan {
		return false
	}
	if !share1(x.areas, y.areas) && len(x.areas) > 0 && len(y.areas) > 0 {
		return false
	}
	if !follows(x.stage, y.stage) {
		return false
	}
	need := dossierTitle
	if !makesLaw(x.stage) && !makesLaw(y.stage) {
		need = dossierAlone
	}
	return ix.titleLikeness(x.title, y.title) >= need
}

// makesLaw tells the steps that only a law or an order takes.
func makesLaw(s stage.Stage) bool {
	return s.InPrinciple() || s == stage.Advice || s == stage.Parliament || s == stage.Promulgated
}

// follows tells whether a stage can come after another in one measure. What
// was decided definitively is not approved in principle after that: then it is
// changed, which is a measure of its own.
func follows(before, after stage.Stage) bool {
	done := before.Binding() || before == stage.Appointed
	return !(done && (after.InPrinciple() || after == stage.Advice))
}

// titleLikeness is the weight of the words that two titles share, as a part
// of that of all their words.
func (ix *Index) titleLikeness(a, b []uint32) float64 {
	var common, all float64
	for i, j := 0, 0; i < len(a) || j < len(b); {
		switch {
		case j == len(b) || i < len(a) && a[i] < b[j]:
			all += float64(ix.post.idf[a[i]])
			i++
		case i == len(a) || b[j] < a[i]:
			all += float64(ix.post.idf[b[j]])
			j++
		default:
			common += float64(ix.post.idf[a[i]])
			all += float64(ix.post.idf[a[i]])
			i++
			j++
		}
	}
	if all == 0 {
		return 0
	}
	return common / all
}

// share1 tells whether two ordered lists have an element in common.
func share1(a, b []uint32) bool {
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] == b[j]:
			return true
		case a[i] < b[j]:
			i++
		default:
			j++
		}
	}
	return false
}
