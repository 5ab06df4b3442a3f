package dutch

import (
	"maps"
	"math"
	"strings"
	"unicode/utf8"
)

// Splitter splits compounds into the words of a vocabulary:
// "radicaliseringspreventie" into "radicalisering" and "preventie". It is
// immutable and safe for use by several goroutines.
type Splitter struct {
	counts map[string]int
	total  float64
}

// Limits of what a splitter takes for a part.
const (
	minCompound = 8  // letters of a word that may be a compound
	maxCompound = 60 // longer ones are left alone: the work is quadratic
	minPart     = 4  // letters of a part; some words of three are listed
	minSeen     = 2  // times that a part was seen by itself
)

// NewSplitter makes a splitter that knows the words of v as they are now, but
// for names, which were seen with a capital only.
func NewSplitter(v *Vocabulary) *Splitter {
	s := &Splitter{counts: map[string]int{}}
	for word, n := range v.counts {
		if n >= minSeen && isPartWord(word) && !v.isName(word) {
			s.counts[word] = n
			s.total += float64(n)
		}
	}
	return s
}

// Words returns the words that the splitter takes for parts, with how often
// each was seen; a vocabulary of them makes the same splitter again.
func (s *Splitter) Words() map[string]int { return maps.Clone(s.counts) }

// isPartWord tells whether a word can be a part of a compound at all.
func isPartWord(word string) bool {
	n := utf8.RuneCountInString(word)
	if n < minPart && !shortParts[word] || n > maxCompound {
		return false
	}
	for _, r := range word {
		if r < 'a' || r > 'z' {
			return false
		}
	}
	if _, stop := stopWords[word]; stop || particles[word] || suffixes[word] {
		return false
	}
	return true
}

// Split returns the parts of a compound, folded, without the letters that
// link them, or nil where the word is none. The word is folded first; hyphens
// are kept boundaries.
func (s *Splitter) Split(word string) []string {
	folded := Fold(word)
	if strings.ContainsRune(folded, '-') {
		return nil // its parts are words already, see Analyse
	}
	n := len(folded)
	if n < minCompound || n > maxCompound || !isLetters(folded) || unsplit[folded] {
		return nil
	}
	return s.split(folded)
}

// split finds the cheapest way through the word, each part costing what it is
// rare. A single part costs nothing less than two: words that are known whole
// are split too, since "projectsubsidie" is about a project and a subsidy.
func (s *Splitter) split(word string) []string {
	n := len(word)
	type step struct {
		cost  float64
		from  int    // where the part starts
		part  string // without link
		parts int
	}
	best := make([]step, n+1)
	for i := 1; i <= n; i++ {
		best[i].cost = math.Inf(1)
	}
	for from := 0; from < n; from++ {
		if math.IsInf(best[from].cost, 1) {
			continue
		}
		for to := from + 3; to <= n; to++ {
			if from == 0 && to == n {
				continue // the word itself
			}
			part, ok := s.part(word[from:to], to == n)
			if !ok || from > 0 && linkClash(word, from) {
				continue
			}
			cost := best[from].cost + s.cost(part, word[from:to])
			if cost < best[to].cost {
				best[to] = step{cost, from, part, best[from].parts + 1}
			}
		}
	}
	if math.IsInf(best[n].cost, 1) || best[n].parts < 2 {
		return nil
	}
	parts := make([]string, best[n].parts)
	for i, at := best[n].parts-1, n; i >= 0; i-- {
		parts[i], at = best[at].part, best[at].from
	}
	if s.whole(word, best[n].cost) {
		return nil
	}
	return parts
}

// cost is what a part costs: its rarity, a fee for each part, so that few
// long parts win over many short ones, and a fee for a link.
func (s *Splitter) cost(part, piece string) float64 {
	c := 10 + math.Log(s.total/float64(s.counts[part]))
	if len(part) != len(piece) {
		c += 1.5
	}
	if len(part) <= 4 {
		c += 3
	}
	return c
}

// whole tells that a frequent word is better left whole than split into rare
// parts.
func (s *Splitter) whole(word string, cost float64) bool {
	n := s.counts[word]
	return n > 0 && cost > 3*(10+math.Log(s.total/float64(n)))+6
}

// part returns the word that a piece stands for: the piece itself, or the
// piece without the letters that link it to the next.
func (s *Splitter) part(piece string, last bool) (string, bool) {
	if !last {
		// "beleids" stands in texts too ("beleids- en begrotingsnota"), but is
		// "beleid" with a link.
		for _, link := range [...]string{"s", "en", "n", "e", "er"} {
			base, ok := strings.CutSuffix(piece, link)
			if ok && s.counts[base] > s.counts[piece] && linkable(base, link) {
				return base, true
			}
		}
	}
	if s.counts[piece] > 0 {
		return piece, true
	}
	return "", false
}

// linkable keeps links to where Dutch has them.
func linkable(base, link string) bool {
	switch link {
	case "s":
		return !strings.HasSuffix(base, "s")
	case "er":
		return base == "kind" || base == "ei" || base == "rund" || base == "lied" || base == "blad"
	case "n":
		return strings.HasSuffix(base, "e")
	case "e", "en":
		return !strings.HasSuffix(base, "e")
	}
	return true
}

// linkClash rules out boundaries within a digraph: "ch", "ij", "ng", "ie".
func linkClash(word string, at int) bool {
	switch word[at-1 : at+1] {
	case "ch", "ij", "ie", "oe", "ui", "eu", "ou", "au", "aa", "ee", "oo", "uu":
		return true
	}
	return false
}

func isLetters(word string) bool {
	for i := 0; i < len(word); i++ {
		if word[i] < 'a' || word[i] > 'z' {
			return false
		}
	}
	return true
}

var (
	// shortParts are words of three letters that are parts of compounds.
	shortParts = lookup(`bos bus wet zee weg dak gas web bal bed bad net net pak pol vak vee wol jaar eis tol rit bel
		kas mes zin hof dal hal tak taxi mest gft kmo eu pps ict vzw`)
	// particles are the first parts of verbs and of what is made of them:
	// "goedkeuring", "samenwerking", "terugbetaling" are no compounds.
	particles = lookup(`aan achter achteruit af bij binnen boven buiten door dicht goed gelijk her hoog in laag los mede mee mis
		na neer om omhoog on onder ont op open over rond samen stil stop tegen terug toe tussen uit vast ver vol voor voorop
		voort vrij weer wel waar daar hier waard plaats deel kennis inter trans multi anti semi super eerste tweede
		derde zelf welk alle ander eigen niet mijn haar hun deze over heen groot klein nieuw kort lang`)
	// suffixes make words of words, and also stand by themselves.
	suffixes = lookup(`heid heden lijk lijke schap schappen ing ingen baar bare loos loze zaam zame achtig matig matige vol
		volle rijk rijke vrij vrije arme lijks waarts tal tallen gewijs stens ling lingen aties atie ering eren erend
		erende elijk elijke isch ische eel ele aal iteit iteiten aire heer enaar aren ters ster teur tore ders ende
		enden rend rende aard gaan gang gesteld gestelde gezet gevend gevende gegeven nemen neming nemer`)
	// unsplit look like compounds and are none.
	unsplit = lookup(`vlaanderen onderwijs gemeente gemeenten minister overheid overheden`)
)
