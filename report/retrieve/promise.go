package retrieve

import (
	"cmp"
	"slices"

	"github.com/themis-go/themis/report/agreement"
)

// Promise is a commitment of a section with the decisions that bear on it.
type Promise struct {
	Commitment
	// Hits are positions in Result.Hits, those that bear most on it first.
	Hits []int
	// Status tells how far the decisions go.
	Status Status
}

const (
	// promiseShare is the part of a commitment's weight that a decision must
	// cover with its words, and promiseBest the part for the decision that
	// covers most.
	promiseShare = 0.3
	promiseBest  = 0.22
	promiseHits  = 12
)

// promises finds for each commitment of a section which of the section's
// relevant hits bear on it: those with enough of its words, rare words
// weighing more.
func (ix *Index) promises(s *agreement.Section, hits []Hit) []Promise {
	var out []Promise
	for _, c := range Commitments(s) {
		p := Promise{Commitment: c}
		words, unknown := ix.weigh(c.Text)
		var need float32
		for id, w := range words {
			need += w * ix.post.idf[id]
		}
		// Words that no decision has are part of what is to be covered.
		need += float32(unknown) * ix.rarest()
		type cover struct {
			hit   int
			share float32
		}
		var covers []cover
		for i, h := range hits {
			if !h.Relevant || need == 0 {
				continue
			}
			var have float32
			for _, o := range ix.docs[ix.byURI[h.URI]].terms {
				have += words[o.id] * ix.post.idf[o.id] * min(1, float32(o.fold(fieldWeights)))
			}
			covers = append(covers, cover{i, have / need})
		}
		slices.SortStableFunc(covers, func(a, b cover) int { return cmp.Compare(b.share, a.share) })
		for i, x := range covers {
			if len(p.Hits) < promiseHits && (x.share >= promiseShare || i == 0 && x.share >= promiseBest) {
				p.Hits = append(p.Hits, x.hit)
			}
		}
		var of []Hit
		for _, i := range p.Hits {
			of = append(of, hits[i])
		}
		p.Status = StatusOf(of)
		out = append(out, p)
	}
	return out
}

// rarest is the weight of a word that one decision has.
func (ix *Index) rarest() float32 {
	var most float32
	for _, x := range ix.post.idf {
		most = max(most, x)
	}
	return most
}
