package retrieve

import (
	"regexp"
	"strings"

	"github.com/themis-go/themis/internal/dutch"
	"github.com/themis-go/themis/report/agreement"
)

// Commitment is a sentence or clause of a section that commits the government
// to an action or a measure.
type Commitment struct {
	Text string
	// Start and End are where Text stands in the section's text, in bytes.
	Start, End int
}

const (
	// government is who commits, of what the verb is singular.
	government = `(?:de )?vlaamse (?:regering|overheid)|vlaanderen|de (?:bevoegde |vlaamse )?minister|de regering`
	// adverbs may stand between the government and its verb.
	adverbs = `(?:(?:ook|verder|daarnaast|hierbij|daarbij|daarom|dan|dus|samen|bijgevolg|eveneens|tevens|bovendien|vanaf|meteen|zelf|zo snel mogelijk) )?`
)

// What commits: the government that acts, something that is going to be, or is
// going to be done.
var (
	weAct    = regexp.MustCompile(`(?i)\b(?:we|wij) ` + adverbs + `([\p{L}-]+en|doen|gaan)\b|\b([\p{L}-]+en|doen|gaan) (?:we|wij)\b`)
	itActs   = regexp.MustCompile(`(?i)\b(?:` + government + `) ` + adverbs + `(\p{L}+)\b|\b(\p{L}+) (?:` + government + `)\b`)
	comes    = regexp.MustCompile(`(?i)\ber (?:komt|komen)\b`)
	isDone   = regexp.MustCompile(`(?i)\b(?:wordt|worden)\b`)
	willBe   = regexp.MustCompile(`(?i)\b(?:zal|zullen)\b`)
	deed     = regexp.MustCompile(`(?i)\b(?:\p{L}{0,12}ge\p{L}{2,}(?:d|t|en)|(?:her|ver|be|ont|voor|onder)\p{L}{2,}(?:d|t|en))\b`)
	measures = regexp.MustCompile(`(?i)\b\p{L}*(?:voeren|richten|bouwen|schaffen|hervormen|verhogen|verlagen|verplichten|rollen|breiden|starten|realiseren|` +
		`creëren|invoeren|uitwerken|opmaken|aanpassen|wijzigen|evalueren|lanceren|investeren|financieren|subsidiëren|verankeren|opstellen|` +
		`vereenvoudigen|digitaliseren|vervangen|verlengen|verdubbelen|halveren|renoveren|aanleggen|oprichten)\b`)
	// subordinate opens a clause that tells of others or of a purpose.
	subordinate = regexp.MustCompile(`(?i)(?:^|[ (])(?:die|dat|waar\p{L}*|zodat|opdat|omdat|doordat|zoals|indien|wanneer|terwijl|hoewel|zolang|nadat|voordat|totdat)\b|(?:^|, )als\b`)
	// describes are passives that tell how things are.
	describes = regexp.MustCompile(`(?i)\b(?:(?:ge)?kenmerkt|geconfronteerd|beschouwd|gezien|ervaren|verwacht|genoemd|bedoeld|besproken|bepaald door|veroorzaakt|gedragen|bedreigd)\b|\b(?:kan|kunnen|mag|mogen|moet|moeten|zou|zouden|dient|dienen) `)
)

// attitudes are verbs that say what the government thinks, is or aims at.
var attitudes = verbSet(`willen wil moeten moet kunnen kan mogen mag hebben heeft zijn is geloven gelooft vinden vindt
	zien ziet beseffen beseft weten weet denken denkt blijven blijft streven streeft hechten hecht staan staat leven leeft
	hopen hoopt menen meent verwachten verwacht beschouwen beschouwt beschikken beschikt wensen wenst kiezen kiest gaan gaat
	erkennen erkent onderschrijven onderschrijft bekennen vertrekken vertrekt houden houdt delen deelt ambiëren ambieert
	geven geeft waarderen waardeert behoren behoort kennen kent tellen telt bevinden bevindt liggen ligt stellen stelt zal zullen
	hoeven hoeft worden wordt werd werden was waren had hadden komen komt spreken spreekt dromen droomt wonen woont
	in op aan van voor naar met tot uit bij door over en of maar dat die als om te is dan er een het de ook niet samen
	vormen vormt behalen behaalt scoren scoort verdienen verdient krijgen krijgt lopen loopt tegen binnen buiten tussen
	onze eigen heel vanuit zonder onder alle meer`)

// idioms are attitudes of more words, and the words that make an action of a
// verb that is an attitude by itself.
var (
	idioms = regexp.MustCompile(`(?i)\b(?:werkt? .{0,30}samen met (?:de )?andere\b|gaan?t? (?:voor|uit van|ervan|akkoord)|kiezen (?:resoluut |bewust |voluit )?voor|hechten .{0,30}belang|houden (?:rekening|vast)|staan (?:voor|achter|open)|geven .{0,40}(?:voorrang|prioriteit|belang|vertrouwen))`)
	acts   = regexp.MustCompile(`(?i)\b(?:gaan|gaat|zullen|zal)\b.*\b\p{L}{3,}en\b|\b(?:geven|geeft)\b.*\b(?:uitvoering|vorm|gemeenten|besturen|scholen|een|meer|extra|subsidie\p{L}*)\b|\b(?:stellen|stelt)\b.*\b(?:op|in|aan|vast|ter beschikking|bij)\b|\b(?:delen|deelt)\b.*\bmee\b`)
)

func verbSet(words string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(words) {
		set[w] = true
	}
	return set
}

// What only tells: the past and the state of things.
var tells = regexp.MustCompile(`(?i)^(?:de afgelopen|afgelopen|vandaag|momenteel|sinds|in 20[01]\d\b|vorige legislatuur|tijdens de vorige|het is (?:een|de)\b|dit is\b|er (?:is|zijn|was|waren)\b)`)

// Clauses are parted where a new one has a verb of its own.
var clauses = regexp.MustCompile(`;\s+|(?:\.\s+|,\s+)?(?:•|▪)\s*|[.,:]?\s[–-]\s+|,? (?:en|maar) (?:we|wij|er (?:komt|komen))\b`)

// isCommitment tells whether a clause says that the government does or will do
// something: not what it thinks, how things are, or what others do.
func isCommitment(clause string) bool {
	main := clause
	for _, at := range subordinate.FindAllStringIndex(clause, -1) {
		if at[0] > 0 { // a sentence that opens with a condition has its promise behind it
			main = clause[:at[0]]
			break
		}
	}
	if at := subordinate.FindStringIndex(clause); at != nil && at[0] == 0 {
		if _, rest, ok := strings.Cut(clause, ", "); ok {
			main = rest
		}
	}
	if governmentActs(weAct, main) || governmentActs(itActs, main) || comes.MatchString(main) {
		return true
	}
	if describes.MatchString(main) {
		return false
	}
	if at := isDone.FindStringIndex(main); at != nil {
		return deed.MatchString(main[:at[0]]) || deed.MatchString(main[at[1]:])
	}
	return willBe.MatchString(main) && measures.MatchString(main)
}

// governmentActs tells whether a verb beside the government is one of action.
func governmentActs(subject *regexp.Regexp, main string) bool {
	for _, m := range subject.FindAllStringSubmatch(main, -1) {
		verb := strings.ToLower(m[1] + m[2])
		switch {
		case verb == "wil" || verb == "willen" || verb == "zal" || verb == "zullen":
			if measures.MatchString(main) {
				return true
			}
		case !attitudes[verb] && (strings.HasSuffix(verb, "en") || strings.HasSuffix(verb, "t") || verb == "doen"):
			return true
		case attitudes[verb] && acts.MatchString(main) && !idioms.MatchString(main):
			switch verb {
			case "gaan", "gaat", "geven", "geeft", "stellen", "stelt", "delen", "deelt":
				return true
			}
		}
	}
	return false
}

// shortest is how many words that are not stop words a commitment has at least.
const shortest = 2

// Commitments splits a section into its promises, in the order of the text.
// Sentences that only describe, look back, or are too short to look for are
// left out. It returns nil for a section that commits to nothing.
func Commitments(s *agreement.Section) []Commitment {
	var out []Commitment
	for _, sentence := range dutch.Sentences(s.Text) {
		text := s.Text[sentence.Start:sentence.End]
		if tells.MatchString(text) && !strings.Contains(text, " we ") {
			continue
		}
		for _, part := range split(text) {
			clause := text[part.Start:part.End]
			if !isCommitment(clause) || content(clause) < shortest {
				continue
			}
			out = append(out, Commitment{clause, sentence.Start + part.Start, sentence.Start + part.End})
		}
	}
	return out
}

// split parts a sentence into clauses that each can stand alone; a sentence
// whose clauses cannot is left whole.
func split(text string) []dutch.Span {
	whole := []dutch.Span{{Start: 0, End: len(text)}}
	var out []dutch.Span
	start := 0
	for _, at := range clauses.FindAllStringIndex(text, -1) {
		next := at[1]
		if words := strings.TrimLeft(text[at[0]:at[1]], ",; "); strings.HasPrefix(words, "en ") || strings.HasPrefix(words, "maar ") {
			next = at[1] - len(words) + strings.IndexByte(words, ' ') + 1 // "we" belongs to the clause
		}
		if hyphen := strings.ContainsAny(text[at[0]:at[1]], "–-"); hyphen && (strings.HasPrefix(text[next:], "en ") || strings.HasPrefix(text[next:], "of ")) {
			continue // "groene - en restwarmte" is one thing
		}
		if content(text[start:at[0]]) < shortest || content(text[next:]) < shortest {
			continue
		}
		out = append(out, trim(text, start, at[0]))
		start = next
	}
	if start == 0 {
		return whole
	}
	return append(out, trim(text, start, len(text)))
}

func trim(text string, start, end int) dutch.Span {
	s := text[start:end]
	left := len(s) - len(strings.TrimLeft(s, " \n\t,;"))
	return dutch.Span{Start: start + left, End: start + len(strings.TrimRight(s, " \n\t,;"))}
}

// content counts the words that are not stop words.
func content(text string) int {
	n := 0
	for _, t := range dutch.Analyse(text) {
		if !t.Part && !dutch.IsStop(t.Text) {
			n++
		}
	}
	return n
}
