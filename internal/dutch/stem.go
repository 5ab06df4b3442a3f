package dutch

import (
	"strings"

	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/dutch"
)

// Stem returns the stem of a folded word: Snowball's Dutch algorithm, with
// the plurals that it leaves alone ("subsidies", "thema's") made singular
// first. Words with a digit, an ampersand or a point are left as they are.
func Stem(folded string) string {
	if len(folded) < 4 || len(folded) > 64 || strings.ContainsAny(folded, "&.0123456789") {
		return folded
	}
	if i := strings.LastIndexByte(folded, '-'); i >= 0 {
		return folded[:i+1] + Stem(folded[i+1:]) // the last part bears the ending
	}
	word := singular(folded)
	env := snowballstem.NewEnv(word)
	dutch.Stem(env)
	return env.Current()
}

// singular undoes the plurals in -s after a vowel, for which Snowball has no
// rule.
func singular(word string) string {
	if base, ok := strings.CutSuffix(word, "'s"); ok {
		return base
	}
	for _, ending := range [...]string{"ies", "ees", "eaus"} {
		if strings.HasSuffix(word, ending) && len(word) > len(ending)+2 {
			return word[:len(word)-1]
		}
	}
	return word
}

// stemWord returns the stem of a word as written.
func stemWord(word string) string {
	folded := Fold(word)
	if strings.IndexByte(folded, ' ') >= 0 {
		folded = strings.ReplaceAll(folded, " ", "-") // "LIVC R" is "LIVC-R"
	}
	if strings.IndexByte(folded, '.') > 0 && (folded[0] < '0' || folded[0] > '9') {
		folded = strings.ReplaceAll(folded, ".", "") // "i.v.m" is "ivm"
	}
	return Stem(folded)
}
