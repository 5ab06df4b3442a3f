package analyse

import (
	"regexp"
	"strings"

	"github.com/themis-go/themis/internal/dutch"
)

// supportShare is the share of the words of a statement that what it cites
// must hold.
const supportShare = 0.6

// frame are the stems of the words with which statements are put together;
// they need no support.
var frame = stemSet(`eerdere eerder stap stappen bevoegd was waren minister ministers vergadering nieuwe derde
	goedkeuring principiële definitieve behandeling mededeling kennisneming toekenning middelen wijziging aanstelling
	vraag advies maatregel maatregelen gevonden beslist procedure archief vermeld aangekondigd kennis genomen agenda
	stond keurde goed nam besliste één twee drie vier vijf zes zeven acht negen tien elf twaalf betrekking afspraak
	afspraken minstens beslissing beslissingen volgens regeerakkoord sectie kende toe zonder goedgekeurd bekrachtigd gefinancierd`)

var numerals = regexp.MustCompile(`\d[\d.,]*`)

// Support is the share of a statement's words that the sources hold, between 0
// and 1, and 0 where a number of the statement stands in none of them. It is
// an offline measure of entailment: it cannot tell a denial from a claim, but
// finds what no source speaks of. A statement without words of its own is
// supported.
func Support(statement string, sources ...string) float64 {
	have := map[string]bool{}
	digits := map[string]bool{}
	for _, s := range sources {
		for _, t := range dutch.Analyse(s) {
			have[t.Stem] = true
		}
		for _, n := range numerals.FindAllString(s, -1) {
			digits[strings.Trim(n, ".,")] = true
		}
	}
	for _, n := range numerals.FindAllString(statement, -1) {
		if !digits[strings.Trim(n, ".,")] {
			return 0
		}
	}
	need, found := 0, 0
	seen := map[string]bool{}
	for _, t := range dutch.Analyse(statement) {
		if seen[t.Stem] || frame[t.Stem] || t.Part || dutch.IsStop(t.Text) || dutch.IsOfficialese(t.Stem) {
			continue
		}
		seen[t.Stem] = true
		need++
		if have[t.Stem] || hasForm(have, t.Stem) {
			found++
		}
	}
	if need == 0 {
		return 1
	}
	return float64(found) / float64(need)
}

// hasForm tells whether another form of a word is there, which the stemmer keeps
// apart: "stijgt" and "stijgen".
func hasForm(have map[string]bool, stem string) bool {
	for other := range have {
		short, long := min(len(stem), len(other)), max(len(stem), len(other))
		if long-short > 2 {
			continue
		}
		same := 0
		for same < short && stem[same] == other[same] {
			same++
		}
		if same >= max(4, short-1) {
			return true
		}
	}
	return false
}

// Supported tells whether sources hold enough of a statement.
func Supported(statement string, sources ...string) bool {
	return Support(statement, sources...) >= supportShare
}
