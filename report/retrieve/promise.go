package retrieve

import (
	"cmp"
	"slices"
	"strings"

	"github.com/themis-go/themis/harvest"
	"github.com/themis-go/themis/internal/dutch"
	"github.com/themis-go/themis/report/agreement"
	"github.com/themis-go/themis/report/status"
)

// Promise is a commitment of a section with the decisions that bear on it.
type Promise struct {
	Commitment
	// Hits are positions in Result.Hits, those that bear most on it first.
	// Empty where decisions were not read, see [WithoutDecisions].
	Hits []int
	// Status tells how far the decisions go.
	Status status.Status
}

const (
	// promiseShare is the part of a promise's distinctive words that one passage
	// of a decision must have, by weight, and promiseWords the least number of
	// those words; promiseMost is the part for which two words will do.
	promiseShare = 0.38
	promiseWords = 3
	promiseMost  = 0.55
	promiseHits  = 12
	// promiseBeside is the part of what the best decision covers that the
	// others must.
	promiseBeside = 0.7
	// plainWeight is what words of plans and promises count, which tell nothing
	// of the subject.
	plainWeight = 0.15
	// unknownWeight is what a word that no decision has counts of the rarest that
	// one has: often it is another form of a word that they have.
	unknownWeight = 0.6
)

// want is a word of a promise.
type want struct {
	own    uint32
	known  bool // whether any decision has it as it is
	parts  []uint32
	weight float64
}

// promises finds for each commitment of a section which of the section's
// relevant hits bear on it: those with a passage, read with its title, that has
// enough of its distinctive words and one of the two most distinctive. A word that all decisions about the section
// have, or that every plan has, distinguishes little.
func (ix *Index) promises(s *agreement.Section, hits []Hit) []Promise {
	var passages [][]map[uint32]bool
	var at []int // positions in hits
	common := map[uint32]int{}
	for i, h := range hits {
		if !h.Relevant || h.Decision.URI == (harvest.Decision{}).URI {
			continue
		}
		passages, at = append(passages, ix.passages(h.Decision)), append(at, i)
		for _, o := range ix.docs[ix.byURI[h.URI]].terms {
			common[o.id]++
		}
	}
	var out []Promise
	for _, c := range Commitments(s) {
		p := Promise{Commitment: c}
		wants := ix.wants(c.Text, common, len(at))
		type cover struct {
			hit   int
			share float64
		}
		var covers []cover
		for i, list := range passages {
			best := 0.0
			for _, passage := range list {
				if share, words := covered(wants, passage); words >= promiseWords || words == 2 && share >= promiseMost {
					best = max(best, share)
				}
			}
			if best >= promiseShare {
				covers = append(covers, cover{at[i], best})
			}
		}
		slices.SortStableFunc(covers, func(a, b cover) int { return cmp.Compare(b.share, a.share) })
		var of []status.Step
		for _, x := range covers[:min(promiseHits, len(covers))] {
			if x.share < promiseBeside*covers[0].share {
				break
			}
			p.Hits = append(p.Hits, x.hit)
			h := hits[x.hit]
			measure := h.Dossier
			if measure == 0 {
				measure = -1 - x.hit // it stands alone
			}
			of = append(of, status.Step{Stage: h.Stage, Date: h.Date, Measure: measure})
		}
		p.Status = status.OfSteps(of)
		out = append(out, p)
	}
	return out
}

// passages are the terms of the title and subtitle, and of each stretch of
// sentences with those.
func (ix *Index) passages(d harvest.Decision) []map[uint32]bool {
	read := func(into map[uint32]bool, text string) map[uint32]bool {
		ix.lex.look(text, func(_ dutch.Token, t term) { into[t.id] = true })
		return into
	}
	head := read(map[uint32]bool{}, d.Title+"\n"+d.Subtitle)
	out := []map[uint32]bool{head}
	text := d.Text
	if len(text) > passageBytes {
		text = text[:strings.LastIndexByte(text[:passageBytes], ' ')+1]
	}
	var before map[uint32]bool
	for _, s := range dutch.Sentences(text) {
		own := read(map[uint32]bool{}, text[s.Start:s.End])
		passage := make(map[uint32]bool, len(head)+len(before)+len(own))
		for _, set := range []map[uint32]bool{head, before, own} {
			for id := range set {
				passage[id] = true
			}
		}
		out = append(out, passage)
		before = own
	}
	return out
}

// wants are the words of a promise with what they weigh, the most distinctive
// first.
func (ix *Index) wants(text string, common map[uint32]int, decisions int) []want {
	var out []want
	seen := map[string]bool{}
	for _, token := range dutch.Analyse(text) {
		if token.Part || dutch.IsStop(token.Text) || seen[token.Stem] {
			continue
		}
		seen[token.Stem] = true
		w := want{weight: float64(ix.rarest())}
		if id, ok := ix.lex.ids[token.Stem]; ok {
			w.own, w.known, w.weight = id, true, float64(ix.post.idf[id])
			// From one, for a word that no relevant decision has, down to a
			// fifth for one that all have.
			w.weight *= 1 - 0.8*float64(common[id])/float64(max(decisions, 1))
		}
		for _, part := range ix.lex.parts(token) {
			if id, ok := ix.lex.ids[part]; ok {
				w.parts = append(w.parts, id)
			}
		}
		if !w.known && len(w.parts) == 0 {
			w.weight *= unknownWeight
		}
		if plain[token.Stem] || dutch.IsOfficialese(token.Stem) {
			w.weight *= plainWeight
		}
		out = append(out, w)
	}
	slices.SortStableFunc(out, func(a, b want) int { return cmp.Compare(b.weight, a.weight) })
	return out
}

// covered is the share of the weight of words that a passage has, and how many
// distinctive words those are; none where the two most distinctive are missing.
func covered(wants []want, passage map[uint32]bool) (share float64, words int) {
	have, all, told := 0.0, 0.0, false
	for i, w := range wants {
		all += w.weight
		got := 0.0
		if w.known && passage[w.own] {
			got = 1
		} else if len(w.parts) > 0 {
			for _, id := range w.parts {
				if passage[id] {
					got += partWeight / float64(len(w.parts))
				}
			}
		}
		have += got * w.weight
		if got >= partWeight && w.weight > 1.5 {
			words++
			told = told || i < 2
		}
	}
	if all == 0 || !told {
		return 0, 0
	}
	return have / all, words
}

// plain are stems of the words of plans and promises.
var plain = stemmed(`we wij zetten inzetten inzet verder versterken versterkt versterking ondersteunen ondersteund ondersteuning
	zorgen voorzien maken werken werk gaan nemen nagaan onderzoeken bekijken evalueren evaluatie geëvalueerd verhogen verlagen
	verbeteren bevorderen stimuleren gestimuleerd faciliteren realiseren ontwikkelen uitbouwen uitwerken uitgewerkt creëren
	vereenvoudigen optimaliseren hervormen aanpassen bijsturen bijgestuurd opvolgen monitoren gemonitord waken bieden geven laten
	blijven houden stellen leggen brengen komen krijgen vragen sterk sterker meer minder extra nieuw nieuwe bijkomende bestaande
	huidige mogelijk mogelijkheden mogelijkheid nodig nodige maximaal zoveel snel sneller beter betere goed goede belangrijk
	belangrijke bijzondere specifieke aandacht kader beleid aanpak doel doelstelling doelstellingen maatregel maatregelen
	initiatief initiatieven actie acties stap stappen manier wijze vorm rol taak verantwoordelijkheid samenwerking samenwerken
	overleg partners betrokken sector sectoren jaar jaren regeerperiode legislatuur vlaanderen vlaamse vlaams regering overheid
	overheden uiterlijk voldoende gericht gerichte grote kleine verschillende daarbij daarom hierbij daarnaast hiervoor oog
	basis vlak gebied kwaliteit kwaliteitsvol efficiënt efficiënte effectief effectieve duurzaam duurzame integraal integrale
	uitvoeren uitvoering uitgevoerd uitrol uitrollen invoeren invoering toekomst toekomstgericht ruimte waar alle elke
	optimaal gebruiken gebruik inspanning inspanningen middelen stelsel systeem resultaten tegelijk zodat hun onze eigen
	versneld versnellen garanderen vrijwaren behouden wegwerken opstarten opmaken voeren richten focussen focus mensen personen
	groep groepen kwetsbare bereiken begeleid begeleiden bijzonder steunen visie opnemen opneemt fijnmazig fijnmazige ingeslagen weg wegen onderliggend onderliggende`)

func stemmed(words string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(words) {
		set[dutch.Stem(dutch.Fold(w))] = true
	}
	return set
}

// passageBytes is the length of text in which passages are looked for.
const passageBytes = 100_000

// rarest is the weight of a word that one decision has.
func (ix *Index) rarest() float32 { return float32(inverse(len(ix.docs), 1)) }
