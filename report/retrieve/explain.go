package retrieve

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"

	"github.com/themis-go/themis/internal/dutch"
	"github.com/themis-go/themis/report/agreement"
)

// Explanation tells why a decision has its score.
type Explanation struct {
	URI         string
	Rank        int // from 1; 0 where it is not among the first candidates
	Score       float64
	Probability float64
	// Rankers are the parts of the score; they add up to it.
	Rankers []RankerScore
	// Terms are the words that the query and the decision share, those that
	// count most first.
	Terms []TermScore
	// Missing are the query's most telling words that the decision lacks.
	Missing []string
}

// RankerScore is what one ranker adds: its scaled score times its weight.
type RankerScore struct {
	Name          string
	Score, Weight float64
}

// TermScore is what one word adds to the BM25F score.
type TermScore struct {
	Term string // a stem
	// Weight is that of the word in the query, Rarity the power of its inverse
	// document frequency, Frequency that in the decision by field, dampened in
	// Saturation. Score is the product of Weight, Rarity and Saturation.
	Weight, Rarity, Saturation, Score float64
	Frequency                         map[string]float64
}

// Explain tells why a decision ranks where it does for a section.
func (ix *Index) Explain(ctx context.Context, s *agreement.Section, uri string) (Explanation, error) {
	if s == nil {
		return Explanation{}, errors.New("retrieve: no section given")
	}
	return ix.explain(ctx, ix.sectionQuery(s), uri)
}

// ExplainSearch tells why a decision ranks where it does for a text.
func (ix *Index) ExplainSearch(ctx context.Context, text, uri string) (Explanation, error) {
	return ix.explain(ctx, ix.textQuery(text), uri)
}

func (ix *Index) explain(ctx context.Context, q query, uri string) (Explanation, error) {
	doc, ok := ix.byURI[uri]
	if !ok {
		return Explanation{}, fmt.Errorf("retrieve: explain %s: %w", uri, ErrUnknown)
	}
	list, err := ix.rank(ctx, q, candidates)
	if err != nil {
		return Explanation{}, err
	}
	x := Explanation{URI: uri}
	for i, r := range list {
		if r.doc != doc {
			continue
		}
		x.Rank, x.Score, x.Probability = i+1, r.score, probability(r, list[0])
		w := ix.weights
		for _, part := range []RankerScore{
			{"BM25F", float64(r.parts.bm25), w.BM25}, {"cosine", float64(r.parts.cosine), w.Cosine},
			{"feedback", float64(r.parts.feedback), w.Feedback}, {"neighbours", float64(r.parts.neighbour), w.Neighbour},
			{"latent semantics", float64(r.parts.latent), w.Latent}, {"policy field", float64(r.parts.field), w.Field},
			{"vectors", float64(r.parts.vector), w.Vectors},
		} {
			if part.Score != 0 {
				x.Rankers = append(x.Rankers, part)
			}
		}
	}
	x.Terms, x.Missing = ix.explainTerms(q, doc)
	return x, nil
}

func (ix *Index) explainTerms(q query, doc uint32) (terms []TermScore, missing []string) {
	d := &ix.docs[doc]
	var lacks []term
	for _, t := range q.terms {
		at, ok := slices.BinarySearchFunc(d.terms, t.id, func(o occurrence, id uint32) int { return cmp.Compare(o.id, id) })
		if !ok {
			lacks = append(lacks, term{t.id, t.weight * ix.post.rare[t.id]})
			continue
		}
		s := TermScore{Term: ix.lex.terms[t.id], Weight: float64(t.weight), Rarity: float64(ix.post.rare[t.id]), Frequency: map[string]float64{}}
		for f, x := range d.terms[at].tf {
			if x > 0 {
				s.Frequency[fieldNames[f]] = float64(x)
			}
		}
		for _, p := range ix.post.lists[t.id] {
			if p.doc == doc {
				s.Saturation = float64(p.bm)
			}
		}
		s.Score = s.Weight * s.Rarity * s.Saturation
		terms = append(terms, s)
	}
	slices.SortStableFunc(terms, func(a, b TermScore) int { return cmp.Compare(b.Score, a.Score) })
	slices.SortStableFunc(lacks, func(a, b term) int { return cmp.Compare(b.weight, a.weight) })
	for _, t := range lacks[:min(10, len(lacks))] {
		missing = append(missing, ix.lex.terms[t.id])
	}
	return terms, missing
}

// WriteTo writes the explanation for a person, some lines long.
func (x Explanation) WriteTo(w io.Writer) (int64, error) {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n  rank %d, score %.3f, probability %.0f %%\n", x.URI, x.Rank, x.Score, 100*x.Probability)
	for _, r := range x.Rankers {
		fmt.Fprintf(&b, "  %-17s %.3f × %.2f = %.3f\n", r.Name, r.Score, r.Weight, r.Score*r.Weight)
	}
	for _, t := range x.Terms[:min(12, len(x.Terms))] {
		var where []string
		for _, f := range fieldNames {
			if n := t.Frequency[f]; n > 0 {
				where = append(where, fmt.Sprintf("%s %.3g", f, n))
			}
		}
		fmt.Fprintf(&b, "  %-24s %.2f × %.2f × %.2f = %.2f  (%s)\n", t.Term, t.Weight, t.Rarity, t.Saturation, t.Score, strings.Join(where, ", "))
	}
	if len(x.Missing) > 0 {
		fmt.Fprintf(&b, "  lacks: %s\n", strings.Join(x.Missing, ", "))
	}
	n, err := io.WriteString(w, b.String())
	return int64(n), err
}

// Highlight is a stretch of a text that has words of a query.
type Highlight struct {
	// Text is the sentence, and Words are where the words are in it, in bytes,
	// in order.
	Text  string
	Words []Span
}

// Span is a stretch in bytes, from Start up to End.
type Span struct{ Start, End int }

// Mark returns the sentence with each word between two marks.
func (h Highlight) Mark(before, after string) string {
	var b strings.Builder
	done := 0
	for _, w := range h.Words {
		b.WriteString(h.Text[done:w.Start] + before + h.Text[w.Start:w.End] + after)
		done = w.End
	}
	return b.String() + h.Text[done:]
}

// Highlight returns the title and the sentence of a decision that has most of
// the query's words. Either may have no words marked.
func (ix *Index) Highlight(text string, title, body string) (head, best Highlight) {
	words := bag{}
	ix.lex.look(text, func(_ dutch.Token, t term) {
		if t.weight == 1 {
			words[t.id] = ix.post.idf[t.id]
		}
	})
	head, _ = ix.mark(words, title)
	most := -1.0
	for _, s := range dutch.Sentences(body) {
		h, weight := ix.mark(words, body[s.Start:s.End])
		// Long sentences have more words of anything.
		if weight /= math.Sqrt(float64(20 + len(h.Text)/6)); weight > most {
			best, most = h, weight
		}
	}
	return head, best
}

func (ix *Index) mark(words bag, text string) (Highlight, float64) {
	h, seen, weight := Highlight{Text: text}, map[uint32]bool{}, 0.0
	ix.lex.look(text, func(token dutch.Token, t term) {
		w, ok := words[t.id]
		if !ok {
			return
		}
		if !seen[t.id] {
			seen[t.id] = true
			weight += float64(w * t.weight)
		}
		if n := len(h.Words); n == 0 || h.Words[n-1].End <= token.Start {
			h.Words = append(h.Words, Span{token.Start, token.End})
		}
	})
	return h, weight
}
