package analyse

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/themis-go/themis/harvest"
	"github.com/themis-go/themis/internal/dutch"
	"github.com/themis-go/themis/report/stage"
)

// past gives the past tense of the verbs with which the government acts in its
// news items.
var past = map[string]string{
	"beschrijft": "beschreef", "keurt": "keurde", "beslist": "besliste", "wijzigt": "wijzigde", "hecht": "hechtte", "kent": "kende",
	"stemt": "stemde", "stelt": "stelde", "voorziet": "voorzag", "neemt": "nam", "legt": "legde",
	"verlengt": "verlengde", "erkent": "erkende", "verleent": "verleende", "voert": "voerde", "geeft": "gaf",
	"past": "paste", "benoemt": "benoemde", "bepaalt": "bepaalde", "duidt": "duidde", "draagt": "droeg",
	"zet": "zette", "wijst": "wees", "lanceert": "lanceerde", "onderschrijft": "onderschreef",
	"vervangt": "verving", "selecteert": "selecteerde", "heft": "hief", "maakt": "maakte", "machtigt": "machtigde",
	"vernieuwt": "vernieuwde", "actualiseert": "actualiseerde", "verklaart": "verklaarde", "bouwt": "bouwde",
	"hernieuwt": "hernieuwde", "herbenoemt": "herbenoemde", "sluit": "sloot", "herschikt": "herschikte",
	"reserveert": "reserveerde", "verschuift": "verschoof", "besteedt": "besteedde", "bekrachtigt": "bekrachtigde",
	"ondersteunt": "ondersteunde", "financiert": "financierde", "investeert": "investeerde", "richt": "richtte",
	"breidt": "breidde", "verhoogt": "verhoogde", "trekt": "trok", "actualiseren": "actualiseerden",
}

// completes are the words that a separable verb needs in its sentence; without
// them the sentence was cut.
var completes = map[string]string{"keurt": " goed", "kent": " toe", "stemt": " in", "wijst": " a", "duidt": " aan"}

// The forms of the sentence in which the government acts: it opens with the
// government, or with something else and the government behind the verb.
var (
	direct   = regexp.MustCompile(`^De Vlaamse [Rr]egering (\p{L}+) (.+)$`)
	inverted = regexp.MustCompile(`^(.{2,140}?),? (\p{L}+) de Vlaamse [Rr]egering (.+)$`)
	// now are words that only make sense on the day itself or point back.
	now = regexp.MustCompile(`^(?:(?:nu|ook|daarom|daartoe|hiertoe|hiervoor|daarvoor|vandaag|thans|dus|eveneens|bijgevolg|hiermee|daarmee|dan ook|meteen ook|meteen),? )+`)
	// recalled tells a sentence about what was done before.
	recalled = regexp.MustCompile(`\b(?:eerder|reeds|destijds|vorige?|voordien)\b`)
	// elsewhen is another time than that of the meeting, close behind the verb.
	elsewhen = regexp.MustCompile(`^.{0,40}\b(?:eind|begin|medio|midden|in|op) (?:\d{1,2} )?(?:januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december)\b`)
	// within opens a clause whose verbs are not the government's.
	within = regexp.MustCompile(`\b(?:dat|die|waar\p{L}*|om|zodat|wanneer|indien|als)\b`)
	// pointing opens a clause that refers to a sentence before.
	pointing          = regexp.MustCompile(`(?i)^(?:daar|hier|dit|deze|die|dat|zo\b|om (?:dit|deze|die|dat)|met (?:dit|deze|die|dat)|via (?:dit|deze|die|dat)|door (?:dit|deze|die|dat)|op (?:die|deze) manier|(?:nu|ook|vandaag|vervolgens|bijgevolg|concreet|tegelijk|tevens|verder|bovendien)$|in (?:dat|dit) (?:kader|verband)|te dien einde|dan)`)
	coordinated       = regexp.MustCompile(`(?:,| en) (\p{L}+)`)
	parted            = regexp.MustCompile(`, en (\p{L}+)`)
	coordinatedSecond = regexp.MustCompile(` en \p{L}+ (\p{L}+)`)
)

// maxAct is the number of letters beyond which an act sentence is too long to
// be taken over.
const maxAct = 420

// act is the sentence of a decision in which the government acts.
type act struct {
	span  dutch.Span // in the decision's text
	words string     // the sentence, put in the past with its date
	verb  string
}

// actOf finds the sentence in which the government acts and dates it. Where
// the decision's stage was read from a sentence of the text, it is that one or none.
func actOf(e Evidence) (act, bool) {
	told := slices.ContainsFunc(e.Stage.Matches, func(m stage.Match) bool { return m.Field == stage.Text })
	for _, s := range sentences(e.Decision) {
		if told && !holdsMatch(e.Stage, s) {
			continue // it may be about something else
		}
		if a, ok := parseAct(e.Decision, s); ok {
			return a, true
		}
	}
	return act{}, false
}

// readLength is the number of bytes of a decision's text in which the act and
// the content are looked for. The longest news items are a tenth of it.
const readLength = 100_000

// sentences are those of the first part of a decision's text.
func sentences(d harvest.Decision) []dutch.Span {
	text := d.Text
	if len(text) > readLength {
		text = text[:strings.LastIndexByte(text[:readLength], ' ')+1]
	}
	return dutch.Sentences(text)
}

func holdsMatch(r stage.Result, s dutch.Span) bool {
	for _, m := range r.Matches {
		if m.Field == stage.Text && m.Start >= s.Start && m.End <= s.End {
			return true
		}
	}
	return false
}

func parseAct(d harvest.Decision, s dutch.Span) (act, bool) {
	sentence := d.Text[s.Start:s.End]
	if !strings.Contains(sentence, "Vlaamse ") {
		return act{}, false
	}
	if utf8.RuneCountInString(sentence) > maxAct || !strings.HasSuffix(sentence, ".") || d.Date().IsZero() {
		return act{}, false
	}
	sentence = strings.ReplaceAll(sentence, " .", ".")
	date := Date(d.Date())
	if recalled.MatchString(sentence) || theirs(sentence) {
		return act{}, false
	}
	if m := direct.FindStringSubmatch(sentence); m != nil && isAct(m[1], m[2]) {
		rest := withoutNow(m[2])
		return act{s, "Op " + date + " " + past[m[1]] + " de Vlaamse Regering " + inPast(rest), m[1]}, true
	}
	if m := inverted.FindStringSubmatch(sentence); m != nil && isAct(m[2], m[3]) && !strings.ContainsAny(m[1], ".;:") {
		rest := inPast(withoutNow(m[3]))
		if pointing.MatchString(m[1]) || !takesDate(m[1]) {
			return act{s, "Op " + date + " " + past[m[2]] + " de Vlaamse Regering " + rest, m[2]}, true
		}
		return act{s, m[1] + " " + past[m[2]] + " de Vlaamse Regering op " + date + " " + rest, m[2]}, true
	}
	return act{}, false
}

// theirs tells a sentence with "hun" before anyone is named that it can be of.
func theirs(sentence string) bool {
	at := possessive.FindStringIndex(sentence)
	return at != nil && !many.MatchString(sentence[:at[0]])
}

var (
	possessive = regexp.MustCompile(`\bhun\b`)
	many       = regexp.MustCompile(`\b\p{L}{3,}(?:en|s)\b|\b(?:en|VVSG|vzw)\b`)
)

// isAct tells whether a verb is one with which the government acts, and the
// rest of the sentence completes it.
func isAct(verb, rest string) bool {
	return past[verb] != "" && !elsewhen.MatchString(rest) && strings.Contains(" "+rest, completes[verb])
}

// takesDate tells the openings that read well before a dated clause: "Na advies
// van de Raad van State".
func takesDate(opening string) bool {
	first, _, _ := strings.Cut(opening, " ")
	switch first {
	case "Na", "In", "Naar", "Ter", "Op":
		return !regexpDate.MatchString(opening) && !pointsBack.MatchString(opening)
	}
	return false
}

var pointsBack = regexp.MustCompile(`\b(?:dit|deze|die|hiervan|daarvan|hierop|daarop|hieraan|daaraan)\b`)

var regexpDate = regexp.MustCompile(`\b\d{1,2} \p{L}+ 20\d\d\b|\bvorig|\bvandaag`)

// inPast puts the verbs that stand beside the first in the past too, up to the
// first clause that has a subject of its own.
func inPast(rest string) string {
	end := len(rest)
	if at := within.FindStringIndex(rest); at != nil {
		end = at[0]
	}
	change := func(m string) string {
		i := strings.LastIndexByte(m, ' ') + 1
		if p := past[m[i:]]; p != "" && m[i:] != "past" {
			return m[:i] + p
		}
		return m
	}
	near := coordinatedSecond.ReplaceAllStringFunc(coordinated.ReplaceAllStringFunc(rest[:end], change), change)
	return near + parted.ReplaceAllStringFunc(rest[end:], change) // behind a comma it is the government again
}

// withoutNow takes the words off that only make sense on the day, and the
// comma that closed an insertion they opened.
func withoutNow(rest string) string {
	m := now.FindString(rest)
	rest = rest[len(m):]
	if strings.HasSuffix(m, ", ") {
		rest = strings.Replace(rest, ", ", " ", 1)
	}
	return rest
}
