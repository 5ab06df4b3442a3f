package analyse

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/themis-go/themis/report/stage"
)

// maxObject is the number of letters beyond which the official name of a
// measure is replaced by its title.
const maxObject = 240

// object names what was decided on, so that it can stand in a sentence: with
// its article where the kind of text is known ("het ontwerpdecreet over …"),
// else the title in quotation marks.
func object(e Evidence) (words string, f Field) {
	d := e.Decision
	for _, f := range []Field{InSubtitle, InTitle} {
		name := strings.TrimRight(strings.TrimSpace(f.Of(d)), ".")
		if name == "" || utf8.RuneCountInString(name) > maxObject || strings.ContainsAny(name, "\n:;“”") {
			continue
		}
		first, _, _ := strings.Cut(name, " ")
		if article := articleOf(first); article != "" {
			return article + " " + lowerFirst(name), f
		}
	}
	if form := e.Stage.Form.String(); form != "" && len(e.Stage.Matches) > 0 && e.Stage.Stage != stage.Noted && e.Stage.Stage != stage.Announced {
		if article := articleOf(form); article != "" && !strings.Contains(strings.ToLower(d.Title), form) {
			return article + " " + form + " " + quoted(d.Title), InTitle
		}
	}
	return quoted(d.Title), InTitle
}

// quoted puts a title in quotation marks; those inside become single ones.
func quoted(title string) string {
	title = strings.NewReplacer("“", "‘", "”", "’", "\"", "’").Replace(strings.TrimRight(strings.TrimSpace(title), "."))
	return "“" + title + "”"
}

// articles are by the end of the word that opens the name of a text.
var articles = []struct{ ending, article string }{
	{"ontwerp", "het"}, {"decreet", "het"}, {"ontwerpbesluit", "het"}, {"akkoord", "het"}, {"actieplan", "het"},
	{"plan", "het"}, {"protocol", "het"}, {"convenant", "het"}, {"programma", "het"}, {"rapport", "het"},
	{"verslag", "het"}, {"advies", "het"}, {"charter", "het"}, {"kaderbesluit", "het"}, {"besluit", "het"},
	{"nota", "de"}, {"overeenkomst", "de"}, {"oproep", "de"}, {"rapportering", "de"}, {"strategie", "de"},
}

func articleOf(word string) string {
	lower := strings.ToLower(word)
	for _, a := range articles {
		if strings.HasSuffix(lower, a.ending) {
			return a.article
		}
	}
	return ""
}

// lowerFirst writes the first letter small, unless the word is an abbreviation.
func lowerFirst(s string) string {
	first, n := utf8.DecodeRuneInString(s)
	second, _ := utf8.DecodeRuneInString(s[n:])
	if !unicode.IsUpper(first) || unicode.IsUpper(second) {
		return s
	}
	return string(unicode.ToLower(first)) + s[n:]
}

func upperFirst(s string) string {
	first, n := utf8.DecodeRuneInString(s)
	if n == 0 {
		return s
	}
	return string(unicode.ToUpper(first)) + s[n:]
}
