package dutch

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Vocabulary counts the words of texts, folded. The zero value is not ready;
// use [NewVocabulary]. It is not safe for use by several goroutines while
// texts are being added.
type Vocabulary struct {
	counts map[string]int    // folded word → times seen
	lower  map[string]bool   // folded words seen without a capital in front
	forms  map[string]string // folded word → lower-case form, where accents differ
}

// NewVocabulary returns a vocabulary of the given clean texts.
func NewVocabulary(texts ...string) *Vocabulary {
	v := &Vocabulary{counts: map[string]int{}, lower: map[string]bool{}, forms: map[string]string{}}
	for _, t := range texts {
		v.Add(t)
	}
	return v
}

// Add counts the words of a text, hyphenated words as a whole and by part.
func (v *Vocabulary) Add(text string) {
	for _, t := range Analyse(text) {
		v.AddWord(t.Text, 1)
	}
}

// AddBroken counts the words of a text in which words were broken over lines
// and joined again with their hyphens: only words without a hyphen count.
func (v *Vocabulary) AddBroken(text string) {
	for _, t := range Analyse(text) {
		if !t.Part && !strings.ContainsFunc(t.Text, isHyphen) {
			v.AddWord(t.Text, 1)
		}
	}
}

// AddWord counts a word n times more.
func (v *Vocabulary) AddWord(word string, n int) {
	folded := Fold(word)
	v.counts[folded] += n
	if first, _ := utf8.DecodeRuneInString(word); !unicode.IsUpper(first) {
		v.lower[folded] = true
	}
	if !isPlain(word) {
		if lower := strings.ToLower(word); lower != folded && strings.ContainsFunc(lower, hasDiaeresis) {
			v.forms[folded] = lower
		}
	}
}

func hasDiaeresis(r rune) bool {
	return strings.ContainsRune("äëïöü", r)
}

// Count tells how often a word was seen, whatever its case and accents.
func (v *Vocabulary) Count(word string) int {
	if v == nil {
		return 0
	}
	return v.counts[Fold(word)]
}

// isName tells whether a word was seen with a capital only, as names are.
func (v *Vocabulary) isName(word string) bool {
	folded := Fold(word)
	return v.counts[folded] > 0 && !v.lower[folded]
}

// Len is the number of different words.
func (v *Vocabulary) Len() int {
	if v == nil {
		return 0
	}
	return len(v.counts)
}

// form returns the word with the diaeresis that the vocabulary knows for it:
// "patienten" becomes "patiënten", keeping a capital in front.
func (v *Vocabulary) form(word string) string {
	if v == nil {
		return word
	}
	form, ok := v.forms[Fold(word)]
	if !ok {
		return word
	}
	first, _ := utf8.DecodeRuneInString(word)
	if unicode.IsUpper(first) {
		r, n := utf8.DecodeRuneInString(form)
		return string(unicode.ToUpper(r)) + form[n:]
	}
	return form
}
