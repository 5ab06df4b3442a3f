package analyse

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/themis-go/themis/internal/dutch"
)

// The length in letters of a sentence that may stand for what a measure contains.
const (
	minContent = 45
	maxContent = 340
)

// dangling opens a sentence that is not understood without the one before.
var dangling = regexp.MustCompile(`^(?i:hij|zij|ze|hierdoor|hiernaast|daardoor|daarom|daarmee|hiermee|daarnaast|daarbij|hierbij|daarvoor|hiervoor|daarin|hierin|daartoe|hiertoe|zo|ook|die|dat|dit|deze|bovendien|verder|tevens|eveneens|tot slot|ten slotte|ten tweede|ten derde|daarop|hierop|hieruit|daaruit|bijgevolg|concreet|enerzijds|anderzijds|tegelijk|dus|dan|echter|maar|want|en|of|bv|bijv|het gaat|het betreft|er|met deze|met dit|met die|zodoende|(?:voor|over|aan|tot|volgens|onder|tijdens|binnen|ook|bij|van|vanuit) (?:deze|dit|die)|door deze|door dit|op die|op deze|via deze|om dit|om deze|om die|in dit|in deze|in die|de eerste|de tweede|een tweede|naast deze|naast dit|na deze|na dit|beide|allebei)\b`)

// vague is a subject without a name ("Het voorziet", "Het legt").
var vague = regexp.MustCompile(`^Het (?:is|wordt|werd|legt|voorziet|bevat|regelt|bepaalt|omvat|beoogt|gaat|betreft|heeft|kan|zal|moet|vormt|bestaat)\b`)

// content takes over the sentence that tells best what the measure contains:
// the one that shares most with the section, in the latest step that has one.
func (w *writer) content(steps []Evidence) (*Statement, error) {
	for i := len(steps) - 1; i >= 0; i-- {
		e := steps[i]
		a, _ := actOf(e)
		var best dutch.Span
		bestScore := 0.0
		for n, span := range sentences(e.Decision) {
			if span.Start >= a.span.Start && span.End <= a.span.End && a.verb != "" {
				continue
			}
			if i < len(steps)-1 && demonstrative.MatchString(e.Decision.Text[span.Start:span.End]) {
				continue // the step before it is not what was named
			}
			if score := w.score(e, a, span, n); score > bestScore {
				best, bestScore = span, score
			}
		}
		if bestScore > 0 {
			c, err := Cite(e.Decision, InText, best.Start, best.End)
			return &Statement{Text: tidy(c.Quote), Citations: []Citation{c}}, err
		}
	}
	return nil, nil
}

// score is 0 for a sentence that cannot stand alone.
func (w *writer) score(e Evidence, acted act, span dutch.Span, n int) float64 {
	text := e.Decision.Text[span.Start:span.End]
	length := utf8.RuneCountInString(text)
	if length < minContent || length > maxContent || !strings.HasSuffix(text, ".") || vague.MatchString(text) || procedure.MatchString(text) {
		return 0
	}
	if contrasts.MatchString(text) || dangling.MatchString(text) && !ofMeasure.MatchString(text) {
		return 0
	}
	if first, _ := utf8.DecodeRuneInString(text); !strings.ContainsRune("ABCDEFGHIJKLMNOPQRSTUVWXYZ‘“'ÉÈ", first) {
		return 0
	}
	if _, ok := parseAct(e.Decision, span); ok || governmentActs(text) {
		return 0
	}
	shared, own := 0, stems(text)
	for s := range own {
		if w.wanted[s] {
			shared++
		}
	}
	score := float64(shared+1) / float64(len(own)+8)
	if tellsContent.MatchString(text) {
		score *= 1.6
	}
	if ofMeasure.MatchString(text) {
		score *= 2
	}
	if span.Start < acted.span.Start || background.MatchString(text) {
		score *= 0.5
	}
	return score / (1 + float64(n)/40) // earlier sentences tell more
}

var (
	// ofMeasure opens a sentence about the measure that was named before.
	ofMeasure = regexp.MustCompile(`^(?:Het|De|Deze|Dit|Die|Dat) (?:nieuwe |vernieuwde )?(?:voor)?(?:ontwerp|\p{L}*decreet|\p{L}*besluit|\p{L}*plan|\p{L}*oproep|\p{L}*subsidie|\p{L}*nota|regeling|maatregel\p{L}*|\p{L}*overeenkomst|\p{L}*akkoord|\p{L}*programma|\p{L}*fonds|wijziging\p{L}*)\b`)
	// procedure is what comes next, not what the measure contains.
	procedure = regexp.MustCompile(`(?i)\badvies\b.*\b(?:ingewonnen|gevraagd|inwinnen)|\b(?:ingewonnen|gevraagd)\b.*\badvies\b|(?:ingediend bij|aangenomen door) het Vlaams Parlement|\b(?:zal|zullen)\b.*\bondertekenen|Raad van State|goedkeuring aan\b|\bonderhandel\p{L}* met|\b(?:wordt|worden) (?:nog )?(?:onderhandeld|voorgelegd)\b`)
	// background is what was before.
	background = regexp.MustCompile(`^(?:Sinds|Tot nu toe|Sedert|Momenteel|Vandaag|In (?:19|20)\d\d|In het verleden|Voordien|Vroeger)\b|\b(?:ontstond|werden opeenvolgende|reeds|daarom)\b`)
)

// acting finds the government behind or before a verb.
var acting = regexp.MustCompile(`\b(\p{L}+) de Vlaamse [Rr]egering\b|\b[Dd]e Vlaamse [Rr]egering (\p{L}+)\b`)

// governmentActs tells a sentence in which the government takes a step, which
// is no content, and out of date where it is of an earlier step.
func governmentActs(text string) bool {
	for _, m := range acting.FindAllStringSubmatch(text, -1) {
		if verb := m[1] + m[2]; past[verb] != "" || acted[verb] {
			return true
		}
	}
	return false
}

// acted are the values of past.
var acted = func() map[string]bool {
	set := map[string]bool{}
	for _, verb := range past {
		set[verb] = true
	}
	return set
}()

// contrasts points to the sentence before from within.
var contrasts = regexp.MustCompile(`^.{0,60}\b(?:echter|immers|daarentegen|dan ook)\b`)

// demonstrative opens a sentence about the text of its own step.
var demonstrative = regexp.MustCompile(`^(?:Dit|Deze|Die|Dat)\b`)

// tellsContent are verbs of sentences that say what a measure does.
var tellsContent = regexp.MustCompile(`\b(?:voorziet|regelt|bevat|legt .* vast|krijgt|krijgen|kunnen|wordt|worden|ondersteun\w*|wil|versterkt|verplicht|maakt het mogelijk|zet in|stelt)\b`)

// tidy takes out the blanks that editors leave before punctuation.
func tidy(s string) string {
	return strings.Join(strings.Fields(spaceBefore.ReplaceAllString(s, "$1")), " ")
}

var spaceBefore = regexp.MustCompile(`\s+([.,;:!?)])`)

// sentenceAround returns the sentence that holds the bytes from start to end.
func sentenceAround(text string, start, end int) (int, int) {
	for _, s := range dutch.Sentences(text) {
		if s.Start <= start && end <= s.End {
			return s.Start, s.End
		}
	}
	return start, end
}
