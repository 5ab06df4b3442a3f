package report

import (
	"slices"
	"strings"

	"github.com/themis-go/themis/harvest"
	"github.com/themis-go/themis/internal/dutch"
	"github.com/themis-go/themis/report/analyse"
)

// asking are stems of words that questions are made of and that say nothing of
// their subject.
var asking = stemSet(`wat welke welk wanneer waar waarom hoe hoeveel wie waarover heeft hebben is zijn werd werden beslist besliste
	besliste beslissing beslissingen goedgekeurd keurde goed gekeurd gedaan doet deed gaat ging over rond omtrent inzake sinds recent
	recente laatste staat staan komt kwam doen wil wilde plannen plan maatregel maatregelen genomen nam vertel geef toon zeg vraag antwoord overzicht vlaanderen vlaams vlaamse regering overheid minister ministers
	what which when where why how many much who has have is are was were decided decision decisions about government flemish the a an of in on for to and by`)

func stemSet(words string) map[string]bool {
	set := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		set[dutch.Stem(dutch.Fold(w))] = true
	}
	return set
}

// mostOf is the share of a question's words, by weight, that a decision must
// have to bear on it.
const mostOf = 0.6

// bearing keeps the evidence that bears on a question, in its order: see [Ask].
func bearing(question string, evidence []analyse.Evidence) []analyse.Evidence {
	words, years := subjectWords(question)
	if len(words) == 0 {
		return nil
	}
	has := make([]map[string]bool, len(evidence))
	in := map[string]int{}
	for i, e := range evidence {
		has[i] = wordsIn(e.Decision, words)
		for w := range has[i] {
			in[w]++
		}
	}
	// A word that few of the best decisions have tells more than one that all
	// have; one that none has is most likely what was asked about.
	weight := map[string]float64{}
	total := 0.0
	for _, w := range words {
		weight[w] = 3
		if len(evidence) > 0 {
			weight[w] -= 2 * float64(in[w]) / float64(len(evidence))
		}
		total += weight[w]
	}
	var out, inYears []analyse.Evidence
	for i, e := range evidence {
		covered := 0.0
		for w := range has[i] {
			covered += weight[w]
		}
		if covered < mostOf*total {
			continue
		}
		out = append(out, e)
		if years[e.Decision.Date().Year()] {
			inYears = append(inYears, e)
		}
	}
	if len(inYears) > 0 {
		out = inYears
	}
	return withSteps(out[:min(len(out), answerEvidence)], evidence)
}

// withSteps adds the other steps of the measures that were kept, so that none
// looks as if it had come no further.
func withSteps(kept, all []analyse.Evidence) []analyse.Evidence {
	dossiers, has := map[int]bool{}, map[string]bool{}
	for _, e := range kept {
		dossiers[e.Dossier] = e.Dossier > 0
		has[e.Decision.URI.String()] = true
	}
	for _, e := range all {
		if dossiers[e.Dossier] && !has[e.Decision.URI.String()] {
			kept = append(kept, e)
		}
	}
	return kept
}

// subjectWords are the stems of the words that tell what a question is about,
// sorted, and the years that it names.
func subjectWords(question string) ([]string, map[int]bool) {
	var words, plain []string
	for _, t := range dutch.Analyse(question) {
		plain = append(plain, t.Text)
		if !t.Part && !dutch.IsStop(t.Text) && !asking[t.Stem] && !dutch.IsOfficialese(t.Stem) {
			words = append(words, t.Stem)
		}
	}
	years := yearsIn(plain)
	words = slices.DeleteFunc(words, func(w string) bool { return len(yearsIn([]string{w})) > 0 })
	slices.Sort(words)
	return slices.Compact(words), years
}

// compoundPart is the least number of letters of a word that is looked for
// within compounds.
const compoundPart = 5

// wordsIn are those of some stems that a decision has, also as a part of a
// compound.
func wordsIn(d harvest.Decision, stems []string) map[string]bool {
	out := map[string]bool{}
	text := d.Title + "\n" + d.Subtitle + "\n" + d.Text[:min(len(d.Text), 100_000)]
	for _, m := range d.Ministers {
		text += "\n" + m.Name()
	}
	for _, t := range d.Themes {
		text += "\n" + t.Label
	}
	own := map[string]bool{}
	for _, t := range dutch.Analyse(text) {
		own[t.Stem] = true
	}
	for _, stem := range stems {
		if own[stem] {
			out[stem] = true
			continue
		}
		if len(stem) < compoundPart {
			continue
		}
		for o := range own {
			if strings.HasPrefix(o, stem) || strings.HasSuffix(o, stem) {
				out[stem] = true
				break
			}
		}
	}
	return out
}
