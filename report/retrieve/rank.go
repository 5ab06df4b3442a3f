package retrieve

import (
	"context"
	"math"
	"slices"
)

// Weights are those of the rankers in the sum that orders decisions. Each
// ranker's scores are scaled so that the mean of its ten best is one.
type Weights struct {
	BM25      float64 // words, by field
	Cosine    float64 // words, of the decision as a whole
	Feedback  float64 // words, with those of the best decisions added
	Neighbour float64 // words of the decision and of those like it
	Latent    float64 // what words mean in the corpus
	Field     float64 // chapter and portfolios, from 0 to 1
	Vectors   float64 // a language model, where there is one
}

// DefaultWeights were found by coordinate ascent on the development half of
// the judged sections; README.md has the cross-validation.
var DefaultWeights = Weights{BM25: 0.13, Cosine: 0.33, Feedback: 0.2, Neighbour: 0.2, Latent: 0.33, Field: 0.2, Vectors: 0.5}

const (
	// candidates is how many decisions get to the rankers that cost more.
	candidates = 1500
	// maxHits is how many decisions a ranking has at most.
	maxHits = 200

	feedbackDocs   = 20
	feedbackTerms  = 300
	feedbackWeight = 0.5
	latentDocs     = 20
)

// parts are the scores of one decision by ranker, scaled.
type parts struct {
	bm25, cosine, feedback, neighbour, latent, field, vector float32
	// likeness is the cosine itself, which tells how near the decision is
	// whatever else there is.
	likeness float32
}

func (p parts) sum(w Weights) float64 {
	return w.BM25*float64(p.bm25) + w.Cosine*float64(p.cosine) + w.Feedback*float64(p.feedback) +
		w.Neighbour*float64(p.neighbour) + w.Latent*float64(p.latent) + w.Field*float64(p.field) + w.Vectors*float64(p.vector)
}

// ranked is a document with its scores.
type ranked struct {
	doc   uint32
	score float64
	parts parts
}

// rank orders the documents for a query, best first, at most limit.
func (ix *Index) rank(ctx context.Context, q query, limit int) ([]ranked, error) {
	n := len(ix.docs)
	if n == 0 || len(q.terms) == 0 {
		return nil, ctx.Err()
	}
	bm, raw := ix.post.bm25AndCosine(q.terms, q.unknown, n)
	bm = bm.scaled()
	cosine := raw.scaled()
	feedback := ix.post.bm25(ix.feedback(q.terms, bm), n).scaled()
	neighbour := bm.smooth(ix.near).scaled()
	if err := ctx.Err(); err != nil {
		return nil, err
	}

	first := make(scores, n)
	for i := range first {
		first[i] = bm[i] + cosine[i] + feedback[i] + neighbour[i]
	}
	chosen := first.top(candidates)
	latent := ix.latentScores(q, bm, chosen)
	field := ix.fieldScores(q.areas, chosen)
	var vector []float32
	if ix.vectors != nil {
		var err error
		if vector, err = ix.vectors.scores(ctx, q.text, chosen); err != nil {
			return nil, err
		}
	}
	out := make([]ranked, len(chosen))
	for i, d := range chosen {
		p := parts{
			bm25: bm[d], cosine: cosine[d], feedback: feedback[d], neighbour: neighbour[d],
			latent: latent[i], field: field[i], likeness: raw[d],
		}
		if vector != nil {
			p.vector = vector[i]
		}
		out[i] = ranked{d, p.sum(ix.weights), p}
	}
	slices.SortFunc(out, func(a, b ranked) int {
		switch {
		case a.score > b.score:
			return -1
		case a.score < b.score:
			return 1
		}
		return int(a.doc) - int(b.doc)
	})
	return out[:min(limit, len(out))], nil
}

// feedback adds the words of the best documents to those of the query, half
// and half, as relevance models do.
func (ix *Index) feedback(terms []term, bm scores) []term {
	model := scores(make([]float32, len(ix.lex.terms)))
	best := bm.top(feedbackDocs)
	for _, d := range best {
		w := bm[d] / bm[best[0]]
		for _, t := range ix.docs[d].tfidf(ix.post.idf, ix.lex.official) {
			model[t.id] += w * t.weight
		}
	}
	added := model.top(feedbackTerms)
	var own, extra float32
	for _, t := range terms {
		own += t.weight
	}
	for _, id := range added {
		extra += model[id]
	}
	mixed := bag{}
	for _, t := range terms {
		mixed[t.id] += (1 - feedbackWeight) * t.weight / own
	}
	for _, id := range added {
		mixed[id] += feedbackWeight * model[id] / extra
	}
	return mixed.sorted()
}

// latentScores compares places in the latent space: that of the query, drawn
// half-way to those of the best documents, with each candidate's.
func (ix *Index) latentScores(q query, bm scores, chosen []uint32) []float32 {
	weighted := make([]term, len(q.terms))
	for i, t := range q.terms {
		weighted[i] = term{t.id, t.weight * ix.post.idf[t.id]}
	}
	own := ix.space.place(weighted)
	center := make([]float32, ix.space.size)
	for _, s := range bm.shares(latentDocs) {
		axpy(s.weight, ix.placeOf(s.doc), center)
	}
	normalise(center)
	axpy(1, own, center)
	normalise(center)
	all := make(scores, len(ix.docs))
	for _, d := range chosen {
		all[d] = max(dot(center, ix.placeOf(d)), 0)
	}
	all = all.scaled()
	out := make([]float32, len(chosen))
	for i, d := range chosen {
		out[i] = all[d]
	}
	return out
}

// fieldScores tells which share of the chapter's words the portfolios of a
// decision's ministers have, rare words weighing more.
func (ix *Index) fieldScores(areas []uint32, chosen []uint32) []float32 {
	out := make([]float32, len(chosen))
	weights, sum := map[uint32]float32{}, float32(0)
	for _, t := range areas {
		if df := ix.areaDF[t]; df > 0 {
			weights[t] = float32(math.Log(float64(max(len(ix.docs), leastCorpus)) / float64(df)))
			sum += weights[t]
		}
	}
	if sum <= 0 {
		return out
	}
	for i, d := range chosen {
		for _, t := range ix.docs[d].areas {
			out[i] += weights[t] / sum
		}
	}
	return out
}
