package retrieve

import (
	"math"
	"strings"

	"github.com/themis-go/themis/internal/dutch"
	"github.com/themis-go/themis/report/agreement"
)

// queryPower dampens words that are repeated in a section.
const queryPower = 0.7

// query is what is looked for.
type query struct {
	text  string // for vectors of a language model
	terms []term
	areas []uint32 // terms of the chapter, for the policy field
	// unknown is how many of its words no decision has.
	unknown int
}

// sectionQuery makes the query of a section. The heading counts once more
// than the text; headings above it tell the policy field.
func (ix *Index) sectionQuery(s *agreement.Section) query {
	text := s.Heading() + "\n" + s.Text
	sum, unknown := ix.weigh(text)
	title, _ := ix.weigh(s.Title)
	for id, w := range title {
		sum[id] += w
	}
	return query{text: text, terms: sum.sorted(), areas: ix.fieldTerms(s), unknown: unknown}
}

// textQuery makes the query of a text.
func (ix *Index) textQuery(text string) query {
	words, unknown := ix.weigh(text)
	return query{text: text, terms: words.sorted(), unknown: unknown}
}

// weigh counts the words of a text, dampened, and those that are unknown.
func (ix *Index) weigh(text string) (b bag, unknown int) {
	b = bag{}
	unknown = ix.lex.look(text, func(_ dutch.Token, t term) { b[t.id] += t.weight })
	for id, n := range b {
		w := float32(math.Pow(float64(n), queryPower))
		if ix.lex.official[id] {
			w *= officialWeight
		}
		b[id] = w
	}
	return b, unknown
}

// fieldTerms are the words of the part and the chapter, which name a policy
// field.
func (ix *Index) fieldTerms(s *agreement.Section) []uint32 {
	text := s.Part
	if len(s.Path) > 0 {
		text += "\n" + s.Path[0]
	}
	return ix.areaTerms(text)
}

func (ix *Index) areaTerms(text string) []uint32 {
	seen := bag{}
	ix.lex.look(text, func(_ dutch.Token, t term) {
		if !ix.lex.official[t.id] {
			seen[t.id]++
		}
	})
	out := make([]uint32, 0, len(seen))
	for _, t := range seen.sorted() {
		out = append(out, t.id)
	}
	return out
}

// words returns the words that a query is made of, most telling first; they
// explain what was looked for.
func (ix *Index) words(q query, n int) []string {
	s := make(scores, len(ix.lex.terms))
	for _, t := range q.terms {
		s[t.id] = t.weight * ix.post.rare[t.id]
	}
	var out []string
	for _, id := range s.top(n) {
		out = append(out, ix.lex.terms[id])
	}
	return out
}

// firstLine shortens a text for messages.
func firstLine(text string) string {
	text, _, _ = strings.Cut(strings.TrimSpace(text), "\n")
	if r := []rune(text); len(r) > 80 {
		return string(r[:79]) + "…"
	}
	return text
}
