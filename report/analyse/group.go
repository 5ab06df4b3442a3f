package analyse

import (
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/themis-go/themis/internal/dutch"
	"github.com/themis-go/themis/report/stage"
)

// Group puts the successive steps of one measure together: decisions with the
// same dossier number, and for those without one, decisions whose names speak
// of the same subject. Groups are in order of their most relevant decision,
// the decisions of a group by date.
func Group(evidence []Evidence) [][]Evidence {
	var groups [][]Evidence
	byDossier := map[int]int{}
	var names []name // of the groups
	for _, e := range evidence {
		if e.Dossier > 0 {
			if g, ok := byDossier[e.Dossier]; ok {
				groups[g] = append(groups[g], e)
				continue
			}
			byDossier[e.Dossier] = len(groups)
			groups, names = append(groups, []Evidence{e}), append(names, name{})
			continue
		}
		own := nameOf(e)
		at := -1
		for g, other := range names {
			if other.words != nil && alike(own, other) {
				at = g
				break
			}
		}
		if at < 0 {
			groups, names = append(groups, []Evidence{e}), append(names, own)
			continue
		}
		groups[at] = append(groups[at], e)
	}
	var out [][]Evidence
	for _, g := range groups {
		for _, part := range parts(g) {
			byDate(part)
			out = append(out, runs(part)...)
		}
	}
	return rejoin(out)
}

// rejoin puts steps of one name together that the retriever's dossiers or the
// forms of their texts kept apart: what is approved in principle under a title
// and then definitively under the same title is one measure.
func rejoin(groups [][]Evidence) [][]Evidence {
	var out [][]Evidence
	for _, g := range groups {
		at := slices.IndexFunc(out, func(other []Evidence) bool { return continues(other, g) || continues(g, other) })
		if at < 0 {
			out = append(out, g)
			continue
		}
		out[at] = append(slices.Clone(out[at]), g...)
		byDate(out[at])
	}
	return out
}

// continues tells whether b takes up where a ended, with an approval in
// principle at the end of a.
func continues(a, b []Evidence) bool {
	last, next := a[len(a)-1], b[0]
	gap := next.Decision.Date().Sub(last.Decision.Date())
	if !last.Stage.Stage.InPrinciple() || gap < 0 || gap > orderTakes || next.Stage.Stage == stage.Principle || !follows(last, next) {
		return false
	}
	x, y := titleWords(last), titleWords(next)
	return (next.Stage.Stage.Binding() || next.Stage.Stage.InPrinciple()) && len(x) > 0 && maps.Equal(x, y)
}

// runs parts steps, which are in order of date, where one cannot follow the
// other in one procedure: what was decided definitively is approved in
// principle again only when it is changed, and a first approval in principle
// long after another is the first of another measure.
func runs(steps []Evidence) [][]Evidence {
	var out [][]Evidence
	start := 0
	for i := 1; i < len(steps); i++ {
		if !follows(steps[i-1], steps[i]) {
			out, start = append(out, steps[start:i]), i
		}
	}
	return append(out, steps[start:])
}

// follows tells whether b can be the next step of a measure of which a is one.
func follows(a, b Evidence) bool {
	before, after := a.Stage.Stage, b.Stage.Stage
	gap := b.Decision.Date().Sub(a.Decision.Date())
	switch {
	case before.Binding() && (after.InPrinciple() || after == stage.Advice):
		return false
	case before.InPrinciple() && after == stage.Principle:
		return gap <= repeatTakes
	}
	switch b.Stage.Form {
	case stage.DraftOrderPreliminary, stage.DraftOrder:
		return gap <= orderTakes
	}
	return true
}

// parts takes a group apart that holds more than the steps of one measure. The
// steps that make law belong together; each other decision stands alone unless
// its name is nearly that of another. What was decided about a subject is told
// decision by decision, not as steps.
func parts(group []Evidence) [][]Evidence {
	if len(group) < 2 {
		return [][]Evidence{group}
	}
	var out [][]Evidence
	var names []name
	for _, e := range group {
		own := nameOf(e)
		at := -1
		for i, other := range names {
			if own.law && other.law || alike(own, other) {
				at = i
				break
			}
		}
		if at < 0 {
			out, names = append(out, []Evidence{e}), append(names, own)
			continue
		}
		out[at] = append(out[at], e)
	}
	return out
}

// procedural are stems that name the step and not the subject.
var procedural = stemSet(`voorontwerp ontwerp ontwerpdecreet ontwerpbesluit decreet besluit vlaamse regering goedkeuring
	principiële definitieve tweede derde bekrachtiging afkondiging houdende betreffende tot over wijziging regeling
	modaliteiten vaststelling advies raad state nota`)

func stemSet(words string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(words) {
		set[dutch.Stem(dutch.Fold(w))] = true
	}
	return set
}

// name is what a measure is called, and whether it makes law.
type name struct {
	words map[string]bool
	law   bool
	date  time.Time
}

// titleWords are the words of a title that tell its subject: subtitles name the
// step.
func titleWords(e Evidence) map[string]bool {
	e.Decision.Subtitle = ""
	return nameOf(e).words
}

func nameOf(e Evidence) name {
	n := name{words: map[string]bool{}, date: e.Decision.Date()}
	switch e.Stage.Form {
	case stage.DraftDecreePreliminary, stage.DraftDecree, stage.DraftOrderPreliminary, stage.DraftOrder, stage.Decree:
		n.law = true
	}
	for _, t := range dutch.Analyse(e.Decision.Title + ". " + e.Decision.Subtitle) {
		if !t.Part && !procedural[t.Stem] && !dutch.IsStop(t.Text) {
			n.words[t.Stem] = true
		}
	}
	return n
}

// The most time between two steps of one measure.
const (
	lawTakes   = 4 * 365 * 24 * time.Hour
	otherTakes = 200 * 24 * time.Hour
	// repeatTakes is from an approval in principle to another that does not say
	// that it is the second.
	repeatTakes = 150 * 24 * time.Hour
	// orderTakes is from one step of an order to the next.
	orderTakes = 600 * 24 * time.Hour
)

// alike tells whether two decisions are steps of one measure: their names share
// most of their words, short names all; one makes law where the other does.
func alike(a, b name) bool {
	if a.law != b.law {
		return false
	}
	share, takes := 0.75, otherTakes
	if a.law {
		share, takes = 0.6, lawTakes
	}
	if gap := a.date.Sub(b.date).Abs(); gap > takes {
		return false
	}
	both := 0
	for w := range a.words {
		if b.words[w] {
			both++
		}
	}
	union := len(a.words) + len(b.words) - both
	if min(len(a.words), len(b.words)) < 3 {
		return both == union && both > 0
	}
	return float64(both) >= share*float64(union)
}
