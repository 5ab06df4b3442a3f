package archive

import (
	"strings"

	"github.com/themis-go/themis/internal/dutch"
)

// stems returns a text as the stems of its words, which is what is indexed.
func stems(text string) string {
	var b strings.Builder
	for _, t := range dutch.Analyse(text) {
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(t.Stem)
	}
	return b.String()
}

// matchQuery returns the full-text query for a text that a person typed: all
// its words must occur, in any form; words between quotes must follow each
// other. It is empty where the text has no word.
func matchQuery(text string) string {
	var terms []string
	for i, part := range strings.Split(text, `"`) {
		quoted := i%2 == 1
		var words []string
		for _, t := range dutch.Analyse(part) {
			if t.Part || !quoted && dutch.IsStop(t.Text) {
				continue
			}
			words = append(words, t.Stem)
		}
		if quoted {
			if len(words) > 0 {
				terms = append(terms, quote(strings.Join(words, " ")))
			}
			continue
		}
		for _, w := range words {
			terms = append(terms, quote(w))
		}
	}
	if len(terms) == 0 && strings.TrimSpace(text) != "" { // only stop words
		for _, t := range dutch.Analyse(text) {
			terms = append(terms, quote(t.Stem))
		}
	}
	return strings.Join(terms, " ")
}

func quote(s string) string { return `"` + strings.ReplaceAll(s, `"`, `""`) + `"` }
