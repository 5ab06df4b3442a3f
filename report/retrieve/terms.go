package retrieve

import (
	"maps"
	"slices"

	"github.com/themis-go/themis/internal/dutch"
)

// partWeight is what a part of a compound counts beside the whole: a decision
// on "projectsubsidies" is one on subsidies too, but less so.
const partWeight = 0.6

// officialWeight is what a word of officialese counts, see dutch.IsOfficialese.
const officialWeight = 0.6

// term is a word of the index with a weight.
type term struct {
	id     uint32
	weight float32
}

// lexicon knows the words of a corpus as terms. It grows while a corpus is
// indexed and does not change after that.
type lexicon struct {
	terms    []string          // stems by id
	ids      map[string]uint32 // stem → id
	official []bool            // by id
	words    map[string][]term // folded word → its own term and those of its parts
	split    *dutch.Splitter
}

func newLexicon(split *dutch.Splitter) *lexicon {
	return &lexicon{ids: map[string]uint32{}, words: map[string][]term{}, split: split}
}

// add returns the id of a stem, a new one where it is unknown.
func (l *lexicon) add(stem string) uint32 {
	id, ok := l.ids[stem]
	if !ok {
		id = uint32(len(l.terms))
		l.ids[stem] = id
		l.terms = append(l.terms, stem)
		l.official = append(l.official, dutch.IsOfficialese(stem))
	}
	return id
}

// learn calls emit for each term of a text, making new terms.
func (l *lexicon) learn(text string, emit func(term)) {
	for _, token := range dutch.Analyse(text) {
		if dutch.IsStop(token.Text) {
			continue
		}
		word := dutch.Fold(token.Text)
		known, ok := l.words[word]
		if !ok {
			known = []term{{l.add(token.Stem), 1}}
			for _, part := range l.parts(token) {
				known = append(known, term{l.add(part), partWeight})
			}
			l.words[word] = known
		}
		for _, t := range known {
			emit(t)
		}
	}
}

// look calls emit for each term of a text that the index knows, with the
// token that it comes from. It changes nothing, and returns how many words the
// index does not know at all.
func (l *lexicon) look(text string, emit func(dutch.Token, term)) (unknown int) {
	for _, token := range dutch.Analyse(text) {
		if dutch.IsStop(token.Text) {
			continue
		}
		before := unknown
		unknown++
		if known, ok := l.words[dutch.Fold(token.Text)]; ok {
			unknown = before
			for _, t := range known {
				emit(token, t)
			}
			continue
		}
		if id, ok := l.ids[token.Stem]; ok {
			unknown = before
			emit(token, term{id, 1})
		}
		for _, part := range l.parts(token) {
			if id, ok := l.ids[part]; ok {
				unknown = before
				emit(token, term{id, partWeight})
			}
		}
	}
	return unknown
}

// parts are the stems of the parts of a compound. The parts of a hyphenated
// word are tokens of their own.
func (l *lexicon) parts(token dutch.Token) []string {
	if l.split == nil {
		return nil
	}
	parts := l.split.Split(token.Text)
	stems := make([]string, 0, len(parts))
	for _, p := range parts {
		if stem := dutch.Stem(p); stem != token.Stem {
			stems = append(stems, stem)
		}
	}
	return stems
}

// bag sums the weights of terms.
type bag map[uint32]float32

// sorted returns the terms in order of id, so that sums of floats do not
// depend on the order of a map.
func (b bag) sorted() []term {
	out := make([]term, 0, len(b))
	for _, id := range slices.Sorted(maps.Keys(b)) {
		out = append(out, term{id, b[id]})
	}
	return out
}
