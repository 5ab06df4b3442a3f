package report

import (
	"fmt"
	"strings"
	"time"

	"github.com/themis-go/themis/report/analyse"
	"github.com/themis-go/themis/report/stage"
)

// Language is a language for the headings and labels of reports (BCP 47).
type Language string

// The languages that there are texts for.
const (
	Dutch   Language = "nl"
	English Language = "en"
)

// Languages returns the languages that there are texts for, the default first.
func Languages() []Language { return []Language{Dutch, English} }

// catalogue holds the texts of one language by name. A text is a format of
// package fmt where its name says so.
type catalogue map[string]string

// catalogueOf returns the texts of a language; an empty language is Dutch.
func catalogueOf(l Language) (catalogue, error) {
	switch l {
	case Dutch, "":
		return dutchTexts, nil
	case English:
		return englishTexts, nil
	}
	return nil, fmt.Errorf("report: no texts in language %q; there are nl and en", l)
}

// text returns a text, with its arguments filled in. A name that is unknown is
// shown as it is; a test makes sure that there is none.
func (c catalogue) text(name string, args ...any) string {
	t, ok := c[name]
	if !ok {
		return name
	}
	if len(args) == 0 {
		return t
	}
	return fmt.Sprintf(t, args...)
}

// status is the label of a status.
func (c catalogue) status(s analyse.Status) string { return c.text("status " + string(s)) }

// verdict is the label of a verdict.
func (c catalogue) verdict(v Verdict) string { return c.text("verdict " + string(v)) }

// stage is the label of a stage.
func (c catalogue) stage(s stage.Stage) string { return c.text("stage " + s.String()) }

// date writes a day given as YYYY-MM-DD in words.
func (c catalogue) date(iso string) string {
	t, err := time.Parse(time.DateOnly, iso)
	if err != nil {
		return c.text("unknown date")
	}
	months := strings.Fields(c.text("months"))
	return fmt.Sprintf("%d %s %d", t.Day(), months[t.Month()-1], t.Year())
}

// count writes a number with its noun, whose one and many forms stand in a
// text separated by a bar: "%d beslissing|%d beslissingen".
func (c catalogue) count(name string, n int) string {
	one, many, _ := strings.Cut(c.text(name), "|")
	if n == 1 {
		return fmt.Sprintf(one, n)
	}
	return fmt.Sprintf(many, n)
}

var dutchTexts = catalogue{
	"title":                    "Voortgangsrapportage naleving regeerakkoord op gebied van %s",
	"agreement section":        "Regeerakkoord Sectie",
	"introduction":             "Inleiding",
	"introduction text":        "Deze voortgangsrapportage legt wat de Vlaamse Regering zich voornam in %s van het regeerakkoord naast de beslissingen die zij sindsdien nam. %s",
	"section named":            "sectie %s (%s)",
	"section unnumbered":       "de sectie “%s”",
	"found between":            "In het archief werden %s gevonden die daarop betrekking hebben, van %s tot en met %s.",
	"found on":                 "In het archief werd één beslissing gevonden die daarop betrekking heeft, van %s.",
	"found none":               "In het archief werd geen beslissing gevonden die daarop betrekking heeft.",
	"findings":                 "Belangrijkste bevindingen",
	"promised":                 "Volgens het regeerakkoord: %s %s.",
	"based on":                 "Op basis van de beschikbare documenten nam de Vlaamse Regering daarover deze beslissingen:",
	"conclusion":               "Conclusie",
	"remark":                   "Opmerking",
	"caveat":                   "Dit rapport is gemaakt op basis van de beschikbare data en verwijst tussen vierkante haken naar de beslissingen waarop het steunt. Het zegt wat beslist werd, niet of het is uitgevoerd. Alle informatie hangt af van de exacte inhoud van de genoemde documenten; voor een volledig beeld dienen die in hun geheel te worden bekeken.",
	"references":               "Referenties",
	"at a glance":              "In één oogopslag",
	"promises":                 "Afspraken",
	"promise":                  "Afspraak",
	"no promises":              "In deze sectie werden geen afzonderlijke afspraken herkend.",
	"timeline":                 "Tijdlijn",
	"timeline description":     "Elke stip is een beslissing, geplaatst naar datum en naar stap in de procedure. Stappen van één maatregel zijn verbonden.",
	"timeline as table":        "De tijdlijn als tabel",
	"timeline small":           "Kleine stippen staan voor de maatregelen zonder bespreking.",
	"more measures":            "Nog %d maatregel|Nog %d maatregelen",
	"and more about":           "Eén lijn per beslissing. De titel leidt naar de volledige tekst, bij de vergadering waarop ze genomen werd.",
	"other findings":           "Andere beslissingen over deze sectie",
	"see also finding":         "Zie ook bevinding %d",
	"no finding":               "Geen beslissing gevonden in het archief.",
	"text of agreement":        "Tekst van het regeerakkoord",
	"quotes":                   "Aangehaald uit de beslissing",
	"quote from title":         "Titel van de beslissing",
	"quote from subtitle":      "Ondertitel van de beslissing",
	"quote from text":          "Tekst van de beslissing",
	"quote from record":        "Gegevens van de beslissing",
	"to reference":             "Naar referentie %d",
	"citation of":              "Verwijzing %d",
	"close":                    "Sluiten",
	"method":                   "Methode",
	"method analyst":           "Analyse",
	"method model":             "Taalmodel",
	"method ranker":            "Zoekmethode",
	"method retrieved":         "Gevonden beslissingen",
	"method cutoff":            "Grens",
	"method checks":            "Verwijzingen nagekeken",
	"method checks value":      "%d, waarvan %d kloppen",
	"method recall":            "Uitspraken gesteund door hun bron",
	"method precision":         "Verwijzingen die ertoe doen",
	"method support":           "Maat voor steun",
	"method struck":            "Geschrapt uit het antwoord van het model",
	"method struck value":      "%d onbekende verwijzingen, %d uitspraken zonder steun, %d zonder verwijzing, %d verzonnen adressen",
	"method archive":           "Archief",
	"method archive value":     "%s beslissingen van %s tot en met %s",
	"method harvested":         "Opgehaald",
	"method digest":            "Digest van het archief",
	"method generated":         "Gemaakt",
	"method version":           "Versie van het formaat",
	"skip":                     "Naar de inhoud",
	"contents":                 "Inhoud",
	"made with":                "Gemaakt met themis uit de open data van de Vlaamse Regering.",
	"date":                     "Datum",
	"decision":                 "Beslissing",
	"step":                     "Stap",
	"minister":                 "Bevoegd",
	"theme":                    "Thema",
	"documents":                "Documenten",
	"decisions":                "%d beslissing|%d beslissingen",
	"measures":                 "%d maatregel|%d maatregelen",
	"promises counted":         "%d afspraak|%d afspraken",
	"warning checks":           "%d verwijzing klopt niet met het archief en is gemerkt.|%d verwijzingen kloppen niet met het archief en zijn gemerkt.",
	"unknown date":             "datum onbekend",
	"months":                   "januari februari maart april mei juni juli augustus september oktober november december",
	"months short":             "jan feb mrt apr mei jun jul aug sep okt nov dec",
	"status funded":            "middelen toegekend",
	"status decided":           "definitief beslist",
	"status principle":         "principieel goedgekeurd",
	"status changed":           "gewijzigd of ingetrokken",
	"status announced":         "aangekondigd",
	"status none":              "niets gevonden",
	"status funded about":      "de Vlaamse Regering kende er geld voor toe",
	"status decided about":     "definitief goedgekeurd, ingediend bij het parlement, bekrachtigd of benoemd",
	"status principle about":   "principieel goedgekeurd, zonder definitieve goedkeuring onder wat gevonden werd",
	"status changed about":     "gewijzigd, stopgezet of ingetrokken na een eerdere beslissing",
	"status announced about":   "aangekondigd, ter kennis genomen, voor advies voorgelegd of anders behandeld",
	"status none about":        "geen beslissing gevonden; dat betekent niet dat er niets gebeurde",
	"verdict ok":               "klopt",
	"verdict quote-not-found":  "citaat niet teruggevonden",
	"verdict decision-unknown": "beslissing onbekend",
	"verdict superseded":       "sindsdien vervangen",
	"verdict withdrawn":        "ingetrokken",
	"lane mentioned":           "vermeld",
	"lane principle":           "in principe",
	"lane definitive":          "goedgekeurd",
	"lane parliament":          "parlement",
	"lane funded":              "middelen",
	"stage other":              "behandeld",
	"stage announced":          "aangekondigd",
	"stage noted":              "kennisgenomen",
	"stage advice":             "advies gevraagd",
	"stage principle":          "principieel goedgekeurd",
	"stage principle2":         "opnieuw principieel goedgekeurd",
	"stage principle3":         "voor de derde keer principieel goedgekeurd",
	"stage definitive":         "goedgekeurd",
	"stage parliament":         "ingediend bij het Vlaams Parlement",
	"stage promulgated":        "bekrachtigd en afgekondigd",
	"stage funded":             "middelen toegekend",
	"stage appointed":          "personen aangesteld",
	"stage amended":            "gewijzigd of ingetrokken",
}

var englishTexts = catalogue{
	"title":                    "Progress report on the coalition agreement: %s",
	"agreement section":        "Section of the coalition agreement",
	"introduction":             "Introduction",
	"introduction text":        "This report sets what the Flemish Government undertook in %s of its coalition agreement beside the decisions that it has taken since. %s",
	"section named":            "section %s (%s)",
	"section unnumbered":       "the section “%s”",
	"found between":            "The archive holds %s that bear on it, from %s to %s.",
	"found on":                 "The archive holds one decision that bears on it, of %s.",
	"found none":               "The archive holds no decision that bears on it.",
	"findings":                 "Main findings",
	"promised":                 "The coalition agreement says: %s %s.",
	"based on":                 "On the basis of the documents available, the Flemish Government took these decisions (findings are in the language of the decisions):",
	"conclusion":               "Conclusion",
	"remark":                   "Note",
	"caveat":                   "This report was made from the data available and refers in square brackets to the decisions that it rests on. It tells what was decided, not whether it was carried out. All information depends on the exact content of the documents named; for a full picture these should be read as a whole.",
	"references":               "References",
	"at a glance":              "At a glance",
	"promises":                 "Promises",
	"promise":                  "Promise",
	"no promises":              "No separate promises were recognised in this section.",
	"timeline":                 "Timeline",
	"timeline description":     "Each dot is a decision, placed by date and by step of the procedure. Steps of one measure are joined.",
	"timeline as table":        "The timeline as a table",
	"timeline small":           "Small dots stand for the measures that are not discussed.",
	"more measures":            "%d more measure|%d more measures",
	"and more about":           "One line for each decision. The title leads to the whole text, with the meeting that took it.",
	"other findings":           "Other decisions about this section",
	"see also finding":         "See also finding %d",
	"no finding":               "No decision found in the archive.",
	"text of agreement":        "Text of the agreement",
	"quotes":                   "Quoted from the decision",
	"quote from title":         "Title of the decision",
	"quote from subtitle":      "Subtitle of the decision",
	"quote from text":          "Text of the decision",
	"quote from record":        "Record of the decision",
	"to reference":             "To reference %d",
	"citation of":              "Reference %d",
	"close":                    "Close",
	"method":                   "Method",
	"method analyst":           "Analysis",
	"method model":             "Language model",
	"method ranker":            "Retrieval",
	"method retrieved":         "Decisions found",
	"method cutoff":            "Limit",
	"method checks":            "Citations checked",
	"method checks value":      "%d, of which %d hold",
	"method recall":            "Statements supported by their source",
	"method precision":         "Citations that matter",
	"method support":           "Measure of support",
	"method struck":            "Struck from the model's answer",
	"method struck value":      "%d unknown references, %d unsupported statements, %d without citation, %d invented addresses",
	"method archive":           "Archive",
	"method archive value":     "%s decisions from %s to %s",
	"method harvested":         "Harvested",
	"method digest":            "Digest of the archive",
	"method generated":         "Made",
	"method version":           "Version of the format",
	"skip":                     "Skip to the content",
	"contents":                 "Contents",
	"made with":                "Made with themis from the open data of the Flemish Government.",
	"date":                     "Date",
	"decision":                 "Decision",
	"step":                     "Step",
	"minister":                 "In charge",
	"theme":                    "Theme",
	"documents":                "Documents",
	"decisions":                "%d decision|%d decisions",
	"measures":                 "%d measure|%d measures",
	"promises counted":         "%d promise|%d promises",
	"warning checks":           "%d citation does not hold against the archive and is marked.|%d citations do not hold against the archive and are marked.",
	"unknown date":             "date unknown",
	"months":                   "January February March April May June July August September October November December",
	"months short":             "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
	"status funded":            "funded",
	"status decided":           "definitively decided",
	"status principle":         "approved in principle",
	"status changed":           "amended or withdrawn",
	"status announced":         "announced",
	"status none":              "nothing found",
	"status funded about":      "the Flemish Government granted money for it",
	"status decided about":     "approved definitively, submitted to parliament, promulgated, or people appointed",
	"status principle about":   "approved in principle, with no definitive approval among what was found",
	"status changed about":     "amended, ended or withdrawn after an earlier decision",
	"status announced about":   "announced, noted, submitted for advice or otherwise treated",
	"status none about":        "no decision found; that does not mean that nothing happened",
	"verdict ok":               "holds",
	"verdict quote-not-found":  "quote not found",
	"verdict decision-unknown": "decision unknown",
	"verdict superseded":       "superseded since",
	"verdict withdrawn":        "withdrawn",
	"lane mentioned":           "mentioned",
	"lane principle":           "in principle",
	"lane definitive":          "approved",
	"lane parliament":          "parliament",
	"lane funded":              "funds",
	"stage other":              "treated",
	"stage announced":          "announced",
	"stage noted":              "noted",
	"stage advice":             "advice asked",
	"stage principle":          "approved in principle",
	"stage principle2":         "approved in principle again",
	"stage principle3":         "approved in principle for the third time",
	"stage definitive":         "approved",
	"stage parliament":         "submitted to the Flemish Parliament",
	"stage promulgated":        "ratified and promulgated",
	"stage funded":             "funds granted",
	"stage appointed":          "people appointed",
	"stage amended":            "amended or withdrawn",
}
