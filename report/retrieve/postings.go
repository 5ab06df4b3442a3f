package retrieve

import "math"

// The settings of BM25F, found by cross-validation on the development half
// (see README.md): a word in the title counts three times.
var (
	fieldWeights = [fields]float32{fieldTitle: 3, fieldSubtitle: 1, fieldText: 1, fieldDocuments: 0.4}
	fieldLengths = [fields]float32{fieldTitle: 0.4, fieldSubtitle: 0.7, fieldText: 0.7, fieldDocuments: 0.8}
)

const (
	saturation = 1.4 // k1
	// rarity is the power of the inverse document frequency in the ranking.
	rarity = 1.6
	// leastCorpus is the number of decisions that a corpus is taken to have at
	// least when it is told how rare a word is: in a handful of decisions on one
	// subject the words that name it are in most, and would weigh nothing.
	leastCorpus = 1000
)

// inverse is the weight of a word that df of a corpus's documents have.
func inverse(docs int, df float64) float64 {
	return math.Log(1 + (float64(max(docs, leastCorpus))-df+0.5)/(df+0.5))
}

// posting is a document that has a term.
type posting struct {
	doc  uint32
	bm   float32 // saturated frequency, without the weight of the term
	unit float32 // weight of the term in the document's vector of length one
}

// postings are the documents by term.
type postings struct {
	lists [][]posting
	idf   []float32
	rare  []float32 // idf to the power of rarity
}

// invert makes the postings of documents.
func invert(docs []document, lex *lexicon) *postings {
	n := len(lex.terms)
	p := &postings{lists: make([][]posting, n), idf: make([]float32, n), rare: make([]float32, n)}
	df := make([]int, n)
	var average [fields]float64
	for i := range docs {
		for _, o := range docs[i].terms {
			df[o.id]++
		}
		for f, x := range docs[i].length {
			average[f] += float64(x) / float64(len(docs))
		}
	}
	total := 0
	for id, count := range df {
		x := inverse(len(docs), float64(count))
		p.idf[id], p.rare[id] = float32(x), float32(math.Pow(x, rarity))
		total += count
	}
	all := make([]posting, total) // one array, cut in lists
	for id, count := range df {
		p.lists[id], all = all[:0:count], all[count:]
	}
	for i := range docs {
		d := &docs[i]
		var scale [fields]float32
		for f := range scale {
			scale[f] = fieldWeights[f]
			if average[f] > 0 {
				scale[f] /= 1 - fieldLengths[f] + fieldLengths[f]*d.length[f]/float32(average[f])
			}
		}
		unit := d.tfidf(p.idf, lex.official)
		for j, o := range d.terms {
			tf := float32(o.fold(scale))
			p.lists[o.id] = append(p.lists[o.id], posting{uint32(i), tf / (tf + saturation), unit[j].weight})
		}
	}
	return p
}

// scores are those of every document, by number.
type scores []float32

// bm25 sums the query's terms over their documents.
func (p *postings) bm25(query []term, docs int) scores {
	out := make(scores, docs)
	for _, q := range query {
		w := q.weight * p.rare[q.id]
		for _, x := range p.lists[q.id] {
			out[x.doc] += w * x.bm
		}
	}
	return out
}

// bm25AndCosine does both in one pass. unknown words count in the cosine as
// words that one decision might have had.
func (p *postings) bm25AndCosine(query []term, unknown, docs int) (bm, cosine scores) {
	bm, cosine = make(scores, docs), make(scores, docs)
	norm := 0.0
	for _, q := range query {
		x := float64(q.weight * p.idf[q.id])
		norm += x * x
	}
	most := inverse(docs, 0)
	norm += float64(unknown) * most * most
	if norm == 0 {
		return bm, cosine
	}
	scale := float32(1 / math.Sqrt(norm))
	for _, q := range query {
		w, c := q.weight*p.rare[q.id], q.weight*p.idf[q.id]*scale
		for _, x := range p.lists[q.id] {
			bm[x.doc] += w * x.bm
			cosine[x.doc] += c * x.unit
		}
	}
	return bm, cosine
}
