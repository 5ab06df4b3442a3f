package retrieve

import (
	"regexp"
	"strings"

	"github.com/themis-go/themis/internal/dutch"
	"github.com/themis-go/themis/report/agreement"
)

// Commitment is a sentence or clause of a section that commits the government
// to something.
type Commitment struct {
	Text string
	// Start and End are where Text stands in the section's text, in bytes.
	Start, End int
}

// What commits: the government that acts or is to act, something that is going
// to be, or must be.
var (
	commits = regexp.MustCompile(`(?i)\b(?:we|wij|vlaanderen|de vlaamse (?:regering|overheid)|de (?:bevoegde )?ministers?|de regering)\b.{0,80}?\b(?:` +
		`zullen|zal|willen|wil|gaan|moet|moeten|[a-zë]{3,}en|[a-zë]{3,}t)\b|` +
		`\b(?:er (?:komt|komen)|wordt|worden|zal|zullen|dient te|dienen te|moet|moeten)\b`)
	// What only tells: the past and the state of things.
	tells = regexp.MustCompile(`(?i)^(?:de afgelopen|afgelopen|vandaag|momenteel|sinds|in 20[01]\d\b|vorige legislatuur|tijdens de vorige|het is (?:een|de)\b|dit is\b|er (?:is|zijn|was|waren)\b)`)
	// Clauses are parted where a new one has a verb of its own.
	clauses = regexp.MustCompile(`;\s+|(?:\.\s+|,\s+)?(?:•|▪|–|- )\s*|,? (?:en|maar) (?:we|wij|er (?:komt|komen))\b`)
)

// shortest is how many words that are not stop words a commitment has at least.
const shortest = 2

// Commitments splits a section into its promises, in the order of the text.
// Sentences that only describe, look back, or are too short to look for are
// left out. It returns nil for a section that commits to nothing.
func Commitments(s *agreement.Section) []Commitment {
	var out []Commitment
	for _, sentence := range dutch.Sentences(s.Text) {
		text := s.Text[sentence.Start:sentence.End]
		if tells.MatchString(text) && !strings.Contains(text, " we ") || !commits.MatchString(text) {
			continue
		}
		for _, part := range split(text) {
			clause := text[part.Start:part.End]
			if !commits.MatchString(clause) || content(clause) < shortest {
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
