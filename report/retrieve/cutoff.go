package retrieve

import (
	"fmt"
	"math"
	"time"
)

// DefaultCutoff is the probability from which a decision is taken to bear on
// a query. On the judged sections two of three decisions above it do, and it
// leaves out under a quarter of those that do.
const DefaultCutoff = 0.35

const (
	// leastLikeness is the cosine that the best hit must have: below it the
	// corpus has nothing, however well one decision does against the others.
	leastLikeness = 0.05
	// relativeCutoff is the part of the cut-off that the other steps of a
	// measure need.
	relativeCutoff = 0.5
)

// probability is a logistic regression on the judged sections of the
// development half: on the score, which tells how a decision does against the
// others, on how near it is in itself, and on how near it is beside the best.
func probability(r, best ranked) float64 {
	if best.parts.likeness < leastLikeness {
		return 0
	}
	near, beside := float64(r.parts.likeness), float64(r.parts.likeness/best.parts.likeness)
	return 1 / (1 + math.Exp(3.23-3.37*r.score-17.8*near+2.8*beside))
}

// cut marks the relevant hits and says why.
func (ix *Index) cut(res *Result, name string) {
	measures := map[int]bool{}
	count := 0
	for i := range res.Hits {
		h := &res.Hits[i]
		if h.Probability >= res.Cutoff {
			h.Relevant = true
			count++
			if h.Dossier > 0 {
				measures[h.Dossier] = true
			}
		}
	}
	relatives := 0
	for i := range res.Hits {
		h := &res.Hits[i]
		if !h.Relevant && measures[h.Dossier] && h.Probability >= relativeCutoff*res.Cutoff {
			h.Relevant = true
			relatives++
		}
	}
	corpus := ix.describe()
	switch {
	case count == 0 && len(res.Hits) == 0:
		res.Reason = fmt.Sprintf("Geen beslissing gevonden voor “%s” in %s: geen enkele heeft de gezochte woorden.", name, corpus)
	case count == 0:
		res.Reason = fmt.Sprintf("Geen beslissing gevonden voor “%s” in %s: de beste van %d heeft een kans van %.0f %% om erop te slaan, en vanaf %.0f %% telt ze mee.",
			name, corpus, len(res.Hits), 100*res.Hits[0].Probability, 100*res.Cutoff)
	default:
		res.Reason = fmt.Sprintf("%d beslissingen uit %s slaan met een kans van %.0f %% of meer op “%s”", count, corpus, 100*res.Cutoff, name)
		if relatives > 0 {
			res.Reason += fmt.Sprintf("; %d andere horen bij dezelfde maatregelen", relatives)
		}
		res.Reason += "."
	}
}

// describe names the corpus in Dutch.
func (ix *Index) describe() string {
	c := ix.Corpus()
	if c.First.IsZero() {
		return fmt.Sprintf("%d beslissingen", c.Decisions)
	}
	return fmt.Sprintf("%d beslissingen van %s tot %s", c.Decisions, c.First.Format(time.DateOnly), c.Last.Format(time.DateOnly))
}
