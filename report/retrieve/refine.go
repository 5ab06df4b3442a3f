package retrieve

import (
	"math"
	"math/rand/v2"

	"github.com/themis-go/themis/harvest"
	"github.com/themis-go/themis/internal/dutch"
)

// How the latent space is refined.
const (
	refineBatch   = 64    // decisions that are told apart at once
	refineRounds  = 6     // times that each decision is seen
	refineMost    = 20000 // decisions seen in all, however large the corpus
	refineStep    = 0.15
	refineFocus   = 10 // the inverse of the temperature
	refineHeading = 3  // terms that a heading must have to stand for a decision
	// refineLeast is the corpus from which there is enough to learn from.
	refineLeast = 500
)

// passage is the terms of a stretch of text.
type passage []uint32

// passages returns the heading of a decision and the sentences of its text.
func (l *lexicon) passages(d harvest.Decision) []passage {
	terms := func(text string) passage {
		var p passage
		l.look(text, func(_ dutch.Token, t term) { p = append(p, t.id) })
		return p
	}
	out := []passage{terms(d.Title + "\n" + d.Subtitle)}
	for _, s := range dutch.Sentences(d.Text) {
		if p := terms(d.Text[s.Start:s.End]); len(p) > 0 {
			out = append(out, p)
		}
	}
	return out
}

// refine moves the terms of the space so that two parts of the same decision,
// its heading and its text, or one half of its sentences and the other, are
// nearer than parts of different decisions. That teaches which words tell what
// a text is about, whatever else it says. The same corpus gives the same space.
func (s *space) refine(list []harvest.Decision, lex *lexicon, idf []float32) {
	if s.size == 0 || len(list) < refineLeast {
		return
	}
	all := make([][]passage, len(list))
	inParallel(len(list), func(i int) { all[i] = lex.passages(list[i]) })
	r := rand.New(rand.NewPCG(latentSeed, 1))
	seen := 0
	for seen < min(refineRounds*len(list), refineMost) {
		order := r.Perm(len(list))
		for b := 0; b+refineBatch <= len(order) && seen < refineMost; b += refineBatch {
			batch := make([]pair, refineBatch)
			for i, n := range order[b : b+refineBatch] {
				left, right := halves(all[n], r)
				batch[i] = pair{left: part{terms: weigh(left, lex, idf)}, right: part{terms: weigh(right, lex, idf)}}
			}
			s.step(batch)
			seen += refineBatch
		}
	}
}

// pair are two parts of one decision.
type pair struct{ left, right part }

// part is a part of a decision, where it is in the space, how long its vector
// was before it was made one, and where it is drawn.
type part struct {
	terms        []term
	place, slope []float32
	length       float32
}

// halves parts a decision in two.
func halves(all []passage, r *rand.Rand) (left, right []passage) {
	if len(all) < 2 || len(all[0]) > refineHeading && r.IntN(2) == 0 {
		left, right = all[1:], all[:1]
		if len(left) == 0 {
			left = right
		}
		return left, right
	}
	for _, p := range all {
		if r.IntN(2) == 0 {
			left = append(left, p)
		} else {
			right = append(right, p)
		}
	}
	if len(left) == 0 || len(right) == 0 {
		return all, all[:1]
	}
	return left, right
}

// weigh makes the vector of passages, of length one.
func weigh(list []passage, lex *lexicon, idf []float32) []term {
	counts := bag{}
	for _, p := range list {
		for _, id := range p {
			counts[id]++
		}
	}
	out, sum := counts.sorted(), 0.0
	for i, t := range out {
		w := math.Log1p(float64(t.weight)) * float64(idf[t.id])
		if lex.official[t.id] {
			w *= officialWeight
		}
		out[i].weight = float32(w)
		sum += w * w
	}
	if sum > 0 {
		for i := range out {
			out[i].weight /= float32(math.Sqrt(sum))
		}
	}
	return out
}

// step draws the parts of each pair to each other and away from those of the
// others in the batch: one step down the softmax loss.
func (s *space) step(batch []pair) {
	inParallel(len(batch), func(i int) {
		for _, p := range [...]*part{&batch[i].left, &batch[i].right} {
			p.place, p.slope = make([]float32, s.size), make([]float32, s.size)
			for _, t := range p.terms {
				axpy(t.weight, s.term(t.id), p.place)
			}
			p.length = float32(math.Sqrt(float64(dot(p.place, p.place)))) + 1e-9
			for j := range p.place {
				p.place[j] /= p.length
			}
		}
	})
	pull := make([][]float32, len(batch))
	inParallel(len(batch), func(i int) {
		row, sum := make([]float32, len(batch)), 0.0
		for j := range batch {
			x := math.Exp(refineFocus * float64(dot(batch[i].left.place, batch[j].right.place)))
			row[j] = float32(x)
			sum += x
		}
		for j := range row {
			row[j] /= float32(sum)
		}
		row[i]--
		pull[i] = row
	})
	inParallel(len(batch), func(i int) {
		for j := range batch {
			axpy(pull[i][j], batch[j].right.place, batch[i].left.slope)
			axpy(pull[j][i], batch[j].left.place, batch[i].right.slope)
		}
	})
	for i := range batch {
		for _, p := range [...]*part{&batch[i].left, &batch[i].right} {
			// Along the sphere: what would only lengthen the vector goes.
			axpy(-dot(p.place, p.slope), p.place, p.slope)
			for _, t := range p.terms {
				axpy(-refineStep*t.weight/p.length, p.slope, s.term(t.id))
			}
		}
	}
}
