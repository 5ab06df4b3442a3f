package dutch

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// MendHyphens joins the words of a text that the lines of a PDF have broken
// ("verschil-lende" becomes "verschillende", "pati-enten" "patiënten") and
// leaves hyphens that belong to a word ("O&O&I-systeem", "Vlaams-Europees",
// "re-integratie", "zorg- en welzijnsraad").
//
// It decides by evidence: what the word looks like, and how often the joined
// word, the hyphenated word and the two parts were seen. The evidence is the
// vocabulary (clean texts added with [Vocabulary.Add], the document itself
// with [Vocabulary.AddBroken]); a nil vocabulary stands for that of text
// alone.
func MendHyphens(text string, v *Vocabulary) string {
	if v == nil {
		v = NewVocabulary()
		v.AddBroken(text)
	}
	var b strings.Builder
	b.Grow(len(text))
	done := 0
	for _, t := range Analyse(text) {
		if t.Part || !strings.ContainsFunc(t.Text, isHyphen) {
			continue
		}
		b.WriteString(text[done:t.Start])
		b.WriteString(v.mendWord(t.Text))
		done = t.End
	}
	b.WriteString(text[done:])
	return b.String()
}

// mendWord decides for each hyphen of a word, from left to right.
func (v *Vocabulary) mendWord(word string) string {
	if v.Count(word) > 1 && hyphenated[Fold(word)] {
		return word
	}
	parts := strings.FieldsFunc(word, isHyphen)
	if len(parts) < 2 || isPhrase(parts) {
		return word
	}
	hyphens := hyphensOf(word)
	out := parts[0]
	for i, part := range parts[1:] {
		last := out[strings.LastIndexFunc(out, isHyphen)+1:]
		rest := ""
		if i+2 < len(parts) {
			rest = strings.Join(parts[i+2:], "")
		}
		switch joined := last + part; {
		case v.joins(last, part, rest):
			out = out[:len(out)-len(last)] + v.form(joined)
		default:
			out += string(hyphens[i]) + part
		}
	}
	return out
}

func hyphensOf(word string) []rune {
	var out []rune
	for _, r := range word {
		if isHyphen(r) {
			out = append(out, r)
		}
	}
	return out
}

// isPhrase tells words like "race-to-the-bottom", "up-to-date", "face-to-face".
func isPhrase(parts []string) bool {
	for _, p := range parts[1 : len(parts)-1] {
		if len(p) <= 3 && phraseWords[Fold(p)] {
			return true
		}
	}
	return false
}

// joins tells whether the hyphen between left and right is one of a line
// break. rest is what follows right in the same word, if anything: it may
// take both to make a word ("samenwerkingsover-eenkomst").
func (v *Vocabulary) joins(left, right, rest string) bool {
	if keptByForm(left, right) {
		return false
	}
	l, r := Fold(left), Fold(right)
	joined, whole := v.Count(left+right), v.Count(left+"-"+right)
	clash := vowelsClash(l, r) && len(r) >= 5 && v.isWord(right)
	switch {
	case hyphenated[l+"-"+r], isPair(l, r):
		return false
	case clash && joined < 3 && (joined == 0 || v.isWord(left)):
		return false
	case joined > 0 && joined >= whole:
		return true
	case whole > 0:
		return false
	case keptPrefixes[l], len(r) >= 5 && (bothAdjectives(l, r) || inflected(l)):
		return false
	case rest != "" && v.Count(left+right+rest) > 0:
		return true
	}
	// Neither was seen. A fragment shows that a line was broken here; two
	// words make a compound, which Dutch writes as one, unless its vowels
	// clash or the first is a name.
	if !v.isWord(left) || !v.isWord(right) {
		return !vowelsClash(l, r) || !v.isWord(left) || !v.startsWord(right)
	}
	return !vowelsClash(l, r) && !v.isName(left)
}

// isPair tells two equals: "win-win", "woon-werkverkeer", "secretaris-generaal".
func isPair(left, right string) bool {
	if left == strings.TrimSuffix(right, "s") || titles[right] {
		return true
	}
	for _, second := range pairs[left] {
		if strings.HasPrefix(right, second) {
			return true
		}
	}
	return false
}

// keptByForm tells the hyphens that stand whatever was seen: after or before
// an abbreviation, a number, a single letter, or a capital within the word.
func keptByForm(left, right string) bool {
	first, _ := utf8.DecodeRuneInString(right)
	if unicode.IsUpper(first) || unicode.IsDigit(first) {
		return true
	}
	last, _ := utf8.DecodeLastRuneInString(left)
	if !unicode.IsLetter(last) {
		return true // a digit or an ampersand
	}
	if utf8.RuneCountInString(left) == 1 && !strings.Contains("aeiou", strings.ToLower(left)) {
		return true // e-government has a vowel, but see keptPrefixes
	}
	upper := 0
	for _, r := range left {
		if unicode.IsUpper(r) || unicode.IsDigit(r) || r == '&' {
			upper++
		}
	}
	return upper >= 2 || unicode.IsUpper(last)
}

// vowelsClash tells whether Dutch spelling puts a hyphen between two parts of
// a compound because their vowels would be read as one ("zee-eend").
func vowelsClash(left, right string) bool {
	if left == "" || right == "" {
		return false
	}
	switch left[len(left)-1:] + right[:1] {
	case "aa", "ae", "ai", "au", "ee", "ei", "eu", "ie", "ii", "ij", "oe", "oi", "oo", "ou", "ui", "uu":
		return true
	}
	return false
}

// bothAdjectives tells pairs like "etnisch-culturele", "sociaal-economische".
func bothAdjectives(left, right string) bool {
	return hasEnding(left, "isch", "iek", "eel", "aal", "ief", "lijk", "air") &&
		hasEnding(right, "isch", "ische", "eel", "ele", "aal", "ale", "ief", "ieve", "lijk", "lijke", "air", "aire")
}

// inflected tells the first word of "persoonlijke-assistentiebudget".
func inflected(word string) bool {
	return word == "lage" || word == "hoge" || word == "vrije" ||
		hasEnding(word, "lijke", "bare", "ische", "iele", "ele", "iale", "ale", "ieve")
}

func hasEnding(word string, endings ...string) bool {
	for _, e := range endings {
		if strings.HasSuffix(word, e) && len(word) > len(e)+2 {
			return true
		}
	}
	return false
}

// isWord tells whether a part was seen as a word by itself.
func (v *Vocabulary) isWord(part string) bool {
	return utf8.RuneCountInString(part) >= 2 && v.Count(part) > 0
}

// startsWord tells whether a part of some length has a known word in front,
// so that it can be a word of its own ("eigenaarschap").
func (v *Vocabulary) startsWord(part string) bool {
	for n := len(part); n >= 5; n-- {
		if v.Count(part[:n]) > 0 {
			return true
		}
	}
	return false
}

func lookup(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}

var (
	// keptPrefixes keep their hyphen before any word that does not show that
	// the two are written as one.
	keptPrefixes = lookup(`ex niet non kandidaat socio e i vice oud quasi kmo kmo's wkk pps epc ict hoc`)
	// hyphenated are words that are written with a hyphen.
	hyphenated = lookup(`re-integratie re-integreren re-integratietraject minister-president ministers-presidenten
		follow-up start-up start-ups spin-off spin-offs scale-up scale-ups know-how e-mail trade-off quick-win
		quick-wins digital-first top-down bottom-up ad-hoc co-creatie co-creatief co-teaching co-ouderschap
		co-existentie co-financiering co-educatie co-productie publieke-private privaat-publieke privaat-private
		publiek-private publiek-privaat publiek-publieke zij-instroom zij-instromer zij-instromers`)
	phraseWords = lookup(`to the en of de het van in op by and for aan tot als as a`)
	titles      = lookup(`generaal generaals president presidenten`)
	// pairs are words that stand as equals before a hyphen and what follows.
	pairs = map[string][]string{
		"woon": {"werk", "school"}, "werk": {"gezin", "prive", "zorg"}, "arbeid": {"prive", "zorg"},
		"man": {"vrouw"}, "kosten": {"baten"}, "vraag": {"aanbod"}, "ouder": {"kind"}, "mens": {"dier"},
		"noord": {"zuid"}, "oost": {"west"}, "kip": {"ei"}, "in": {"uit"},
	}
)
