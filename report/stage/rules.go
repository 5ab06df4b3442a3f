package stage

import (
	"regexp"

	"github.com/themis-go/themis/harvest"
)

// pattern is an expression, and one that must not match in the same sentence
// or heading.
type pattern struct {
	yes, no *regexp.Regexp
}

func pat(yes string, no ...string) *pattern {
	p := &pattern{yes: regexp.MustCompile(`(?i)` + yes)}
	if len(no) > 0 {
		p.no = regexp.MustCompile(`(?i)` + no[0])
	}
	return p
}

func (p *pattern) find(s string) []int {
	loc := p.yes.FindStringIndex(s)
	if loc == nil || p.no != nil && p.no.MatchString(s) {
		return nil
	}
	return loc
}

// acts are the verbs of a government that decides, in the present tense; the
// past tense recalls, the future foresees.
const acts = `\b(?:keurt|keuren|hecht|hechten|wijzigt|past|beslist|stelt|wijst|vervangt|vernieuwt|stemt|verleent|bepaalt|heft|kent|` +
	`machtigt|regelt|actualiseert|geeft|voert|legt|erkent|breidt|verlengt|verhoogt|neemt|sluit|creëert|zet|maakt|voorziet|` +
	`hervormt|richt|implementeert|vereenvoudigt|verduidelijkt|optimaliseert|schrapt|herziet|ook|meteen|tegelijk|wordt|worden|akkoord)\b`

var (
	ratified    = pat(`\bbekrachtig(?:ing|t|en)\b.{0,12}\b(?:afkondig|kondigt|goedkeuring)\w*`, `\b(?:werd|zal|daarna)\b.{0,40}bekrachtig`)
	ratifyTitle = pat(`\bbekrachtiging en afkondiging\b`)

	// The words "in principle" in a sentence that acts, and not as what came before.
	principle = pat(acts+`.*\bprincipi(?:eel|ële)\b|\bprincipi(?:eel|ële)\b.*`+acts,
		`\bna (?:de |haar |een |zijn )?(?:eerste |tweede |eerdere |vorige )?principi|\b(?:werd|keurde|hechtte|wijzigde|besliste)\b[^,;]*\bprincipi(?:eel|ële)|\bprincipi(?:eel|ële)\w*\b[^,;]*\bgoedgekeurd(?:e)? (?:op|in|door)\b`)
	principleAgain = pat(acts+`.*\b(?:opnieuw|nogmaals|andermaal|tweede)\b.{0,60}\bprincipi(?:eel|ële)\b|\bprincipi(?:eel|ële)\b.{0,12}\b(?:opnieuw|nogmaals|andermaal)\b|`+
		`\bopnieuw\b.*`+acts+`.*\bprincipi(?:eel|ële)\b|\b(?:tweede|2de) (?:maal|keer)\b.*\bprincipi`,
		`\bna (?:de |haar |een |zijn )?(?:eerste |tweede |eerdere |vorige )?principi`)
	principleThird   = pat(`\b(?:derde|3de)\b.{0,30}\bprincipi(?:eel|ële)\b|\bprincipi(?:eel|ële)\b.{0,30}\b(?:derde|3de) (?:keer|maal)\b`)
	principleHeading = pat(`\bprincipiële (?:goedkeuring|beslissing)\b|\bprincipieel\b`)
	provisional      = pat(`\bvoorlopige? (?:aanduiding|vaststelling|afbakening|bescherming|opname)\b|\b(?:duidt|stelt)\b.{0,120}\bvoorlopig\b`, `\bdefinitie(?:f|ve)\b`)
	principleDecree  = pat(`\bprincipi(?:eel|ële)\b.*\bdecreet\b|\bdecreet\b.*\bprincipi(?:eel|ële)\b|\bprincipi(?:eel|ële)\b.*decreet`)

	definitive = pat(acts+`.*\bdefiniti(?:ef|eve)\b|\bdefiniti(?:ef|eve)\b.*`+acts,
		`\bna (?:de |haar |een )?definitieve|\b(?:zal|zullen|daarna|vervolgens|later|waarna|kan|kunnen)\b.{0,60}\bdefiniti(?:ef|eve)|\b(?:keurde|hechtte|werd)\b[^,;]*\bdefiniti(?:ef|eve)`)
	definitiveOrder = pat(`\b(?:ontwerp)?besluit(?:en)?\b`)

	toParliament = pat(`(?:decreet|\bhet|\bdit|\bdie|\bontwerpen)\b.*\b(?:ingediend|overgemaakt|bezorgd|neergelegd)\b.{0,30}\bparlement\b|\bindien\w*\b.{0,30}\b(?:bij|in) het Vlaams Parlement\b|\bdient\b.*\bin bij het Vlaams Parlement\b`,
		`\bzal\b.*\blater\b|nota\b|\brapport\b|\bverslag\b|\bgroenboek\b|\bwitboek\b|\bwerd\b.{0,60}\bingediend|\badvies\w*\b.*\bdaarna\b`)
	draftDecree = pat(`\b(?:voor)?ontwerp(?:en)?(?: van (?:\w+)?)?decreet\w*|\b\w*decreet\b`)
	finalDecree = pat(`\bontwerp(?: van (?:\w+)?)?decreet\b`, `\bvoorontwerp\b`)

	withdrawTitle = pat(`\bopzegging\b|\bstopzetting\b|\bintrekking (?:van )?(?:het |de )?(?:besluit|beslissing|samenwerking|overeenkomst|erkenning)|^intrekking\b|\bbijstelling (?:van )?(?:de )?(?:relance|middelen|verdeling|beslissing)|\bbijstellen\b|\bbeëindiging (?:van )?(?:het |de )?(?:samenwerkingsakkoord|overeenkomst|mandaat)|` +
		`\brechtzetting\b|\berratum\b|\bverlenging (?:van )?(?:de )?(?:\w*termijn\w*|looptijd|\w*duur|subsidie\w*|project\w*|geldigheid\w*|overeenkomst|beheersovereenkomst|samenwerkings\w+)|\bcorrectie (?:van )?(?:de |het )?(?:data|bedragen|besluit|beslissing|verdeling)`)
	withdraw = pat(`\b(?:beslist|trekt|zegt|zet)\b.*\b(?:op te zeggen|stop te zetten|in te trekken|bij te stellen|te beëindigen)\b|\btrekt\b.*\bbeslissing\b.*\bin\b|\btrekt\b.*\bbesluit\b.*\bin\.?$|\bzegt\b.*\b(?:akkoord|overeenkomst)\b.*\bop\b|` +
		`\bmateriële (?:rechtzetting|vergissing|fout)|\bzet\b.*\b(?:procedure|akkoord|samenwerking|project)\b.*\bstop\b|\bverlengt\b.*\b(?:termijn|looptijd|duur|overeenkomst|periode)|\btermijnen\b.*\bte verlengen\b`)

	people = pat(`\b(?:benoemt|herbenoemt|ontslaat)\b|\b(?:draagt|stelt|duidt|wijst|vaardigt)\b.*\b(?:voor|aan|af)\b.{0,60}\b(?:als|tot|ter vervanging|om)\b.*\b(?:lid|leden|bestuurder\w*|vertegenwoordiger\w*|voorzitter\w*|commissaris\w*|afgevaardigde\w*|bijzitter\w*|gouverneur|revisor|directeur\w*|ombuds\w+|administrateur\w*|waarnemer\w*|deskundige\w*|rechter\w*|voorzitster|intendant|coördinator|secretaris\w*|deel uit te maken)|` +
		`\b(?:eervol ontslag|te benoemen|aan te stellen|te vertegenwoordigen in|haar zullen vertegenwoordigen)\b|\bdraagt\b.*\b(?:leden|voorzitter|bestuurders?|kandida\w+)\b.*\bvoor\b|\bstelt\b.*\b(?:leden|samenstelling|administrateur-generaal|secretaris-generaal|regeringscommissaris\w*|leidend ambtenaar)\b.*\b(?:aan|samen|vast)\b|\bkeurt\b.*\bsamenstelling van\b.*\bgoed\b|\b(?:duidt|stelt)\b.*\baan (?:als|tot)\b.*\b(?:lid|leden|vertegenwoordig\w+)`)
	peopleTitle = pat(`\b(?:her)?benoeming(?:en)?\b|\bvervanging (?:van )?(?:het |de |een |twee |drie )?(?:\w+ )?(?:lid|leden|bestuurder|voorzitter|regerings\w+|vertegenwoordiger\w*|effectief)|\bvoordracht\b|\baanstelling (?:van )?(?:de |het |een )?(?:nieuwe? )?(?:\w+ )?(?:lid|leden|voorzitter|bestuurder\w*|regerings\w+|commissaris\w*|directeur\w*|administrateur\w*|leidend\w* )|\bontslag\b.*\b(?:lid|bestuurder|aanstelling|benoeming|regerings\w+)|`+
		`\baan(?:duiding|wijzing) (?:van )?(?:de |een |nieuwe |twee )*(?:vertegenwoordiger\w*|leden|lid|bestuurder\w*|voorzitter)|\bsamenstelling\b.*\b(?:raad|commissie|comité|jury|bestuur|kamer)|\b(?:raad|commissie|comité|jury|bestuursorgaan|orgaan|stuurgroep)\b.*\b(?:samenstelling|vertegenwoordig\w+|aanduiding|aanstelling)|\b(?:nieuwe?|vervangend) (?:lid|leden|bestuurder|voorzitter)\b|\bmandaat (?:van )?(?:administrateur|leidend|secretaris|gedelegeerd)`,
		`\bdecreet\b|regelgeving|rechtspositie|voorwaarden`)

	money = `(?:\d[\d.,]*(?:\s*(?:miljoen|miljard))?\s*(?:euro|eur)\b|€\s*\d|\b(?:half|een|twee|drie|vier|vijf) miljoen euro)`
	grant = pat(`\b(?:kent|verleent|reikt)\b.*\b\w*(?:subsidies?|steun|toelage\w*|dotatie\w*|financiering\w*|middelen|budget\w*|premies?|bijdrage\w*|vergoeding\w*|enveloppe\w*|compensatie\w*|euro|krediet\w*|waarborg\w*)\b.*\b(?:toe|uit)\b|` +
		`\bkent\b.*\btoe\b.*` + money + `|\b(?:voorziet|maakt|stelt|reserveert|trekt|investeert|bestemt|besteedt|verdeelt|zet|geeft|ondersteunt|steunt|financiert|legt|betaalt|schenkt)\b.*` + money + `|` + money + `.*\b(?:toe te kennen|vrij te maken|ter beschikking te stellen|te voorzien|te reserveren|te verdelen|toegekend|vrijgemaakt)\b|` +
		`\bbeslist\b.*\b(?:herverdeling|herverdelen|over te dragen|toe te kennen|vrij te maken|te financieren|te steunen|te ondersteunen)\b|\bkeurt\b.*\b(?:herverdeling|toekenning|subsidies?|projectsubsidies?|financiering|middelen|verdeling|dotatie|steun)\b.*` + money + `|` + money + `.*\bgoed\b|` +
		`\bverdeelt\b.*\b(?:middelen|subsidies?|budget|krediet\w*)\b|\bherverdeelt\b|\bkrijgt\b.*` + money + `|\b(?:bijkomende |extra )?subsidie van\b.*` + money + `|\bbudget voorzien van\b.*` + money + `|\bkeurt de financiering\b|\b(?:selecteert|steunt)\b.*\bprojecten\b|\bprojecten te (?:steunen|selecteren|financieren|subsidiëren)`)
	grantTitle  = pat(`\b(?:toekenning|verlening|toewijzing) van (?:een |de |twee |het |bijkomende |extra |concept|project)*(?:\w+ ){0,2}\w*(?:subsidi\w+|steun|toelage\w*|dotatie|financiering|middelen|premies?|bijdrage)\b|\bsubsidies?\b|\b(?:project|concept|werkings|investerings)subsidi\w+|\bherverdeling\w*\b|\bcofinanciering\b|\bfinanciering\b|\becologiesteun\b|\bsteun\b|\bvastlegging\b|\bdotatie\b|\bmiljoen euro\b|\bverdeling\b.*\b(?:middelen|krediet\w*|provisie)|\bprovisie\b|\boproep\b`)
	ruleOfGrant = pat(`\b(?:regels|regeling|kader|voorwaarden|reglement|criteria|stelsel|\w*subsidiebesluit|\w*subsidiereglement|procedure)\b|\bwijziging van\b|\buitvoering van het decreet\b|\boverkoepelende\b`)

	noteGoverning = pat(`\b(?:neemt|nam)\b.*\b(?:kennis|akte)\b`, `\bzal\b.{0,40}\bneemt\b`)
	noteKind      = pat(`\b(?:concept|visie|oriëntatie|strategie|discussie)nota'?s?\b|\b(?:visie|groen|wit)(?:boek|tekst)\b|\bbeleidsnota\b`)
	noteApproved  = pat(`\b(?:keurt|hecht|stemt|gaat|bespreekt)\b.*\b(?:concept|visie|oriëntatie|discussie)nota'?s?\b|\b(?:concept|visie|oriëntatie|discussie)nota'?s?\b.*\b(?:goed|goedkeuring)\b`)

	position = pat(`\bstandpuntbepaling\b|\bbetrokkenheid van de Vlaamse Regering\b`)
	opinion  = pat(`\b(?:positief|negatief|gunstig|ongunstig) advies\b`)
	planning = pat(`\bkeurt\b.*\bstartnota\b|\bopstart\b.*\bplan(?:nings)?proces`)

	adviceAsked = pat(`\b(?:wordt|worden)\b.{0,60}\badvie(?:s|zen)\b.{0,60}\b(?:ingewonnen|gevraagd|aangevraagd)\b|\bvoor advies\b.{0,80}\b(?:naar|aan|voorgelegd|overgemaakt|bezorgd|bij)\b|\b(?:wint|vraagt)\b.{0,40}\badvies\b|\badvies (?:in te winnen|te vragen)\b|\bvoor advies\b`,
		`\bnota\b|\bzullen\b`)

	missions = pat(`\bzending\b|\bmissie (?:naar|van)\b|\bprogramma$|\bwerkbezoek\b|\bstaatsbezoek\b`, `\b(?:verslag|rapport|evaluatie)\b`)
	coming   = pat(`^(?:opmaak|bijsturing|oprichting|aanpak|bijkomende afspraken|opstart|organisatie|voorbereiding|planning|timing|stappenplan|uitrol|werkwijze|plan van aanpak|aankondiging|lancering|start|procedure)\b|\b(?:plan van aanpak|stand van zaken en vervolgtraject|verdere aanpak|vervolgtraject|timing en aanpak)\b`,
		`\b(?:verslag|rapport|nota|rapportering|advies|evaluatie|vraag)\b`)

	plain = pat(acts + `.*\b(?:goed|goedkeuring|vast|toe|aan|in|uit|op|af|door)\b|\b(?:erkent|machtigt|wijzigt|vernieuwt|verlengt|vervangt|bepaalt|sluit|beslist|bekrachtigt|verklaart|geeft|gelast|belast|bevestigt|selecteert|verwerpt|weigert|aanvaardt|ondertekent|lanceert)\b`)
)

// rule gives a stage to the documents that it applies to.
type rule struct {
	stage      Stage
	confidence float64
	apply      func(*document) []Match
}

// rules are tried in order; the first that applies decides. Where a decision
// takes several steps, the rule of the furthest stands first.
var rules = []rule{
	{Promulgated, 0.97, func(d *document) []Match {
		title := d.heading(ratifyTitle)
		if act := d.act(ratified); act != nil || d.empty() {
			return join(title, act)
		}
		return title
	}},
	{Other, 0.9, func(d *document) []Match {
		if m := d.heading(position); m != nil {
			return m
		}
		if m := d.act(planning); m != nil {
			return m
		}
		return d.act(opinion)
	}},
	{Noted, 0.85, func(d *document) []Match {
		if m := d.act(noteGoverning); m != nil && d.act(definitive) == nil && d.act(principle) == nil {
			return m
		}
		if m := d.act(noteApproved); m != nil && d.heading(noteKind) != nil {
			return m
		}
		return nil
	}},
	{Parliament, 0.95, func(d *document) []Match {
		if m := d.act(toParliament); m != nil && d.decree() {
			return join(m, d.act(definitive))
		}
		if m := d.act(definitive); m != nil && d.actWith(definitive, finalDecree) != nil {
			return m
		}
		return nil
	}},
	{PrincipleThird, 0.9, func(d *document) []Match {
		if d.act(principle) == nil {
			return nil
		}
		return d.act(principleThird)
	}},
	{PrincipleSecond, 0.95, func(d *document) []Match {
		if d.finalInstead() {
			return nil
		}
		return d.act(principleAgain)
	}},
	{Principle, 0.95, func(d *document) []Match {
		if d.finalInstead() {
			return nil
		}
		if m := d.act(principle); m != nil {
			return m
		}
		if m := d.heading(provisional); m != nil {
			return join(m, d.act(provisional))
		}
		if d.act(definitive) == nil {
			return d.heading(principleHeading)
		}
		return nil
	}},
	{Amended, 0.8, func(d *document) []Match {
		if title := d.heading(withdrawTitle); title != nil && d.act(definitive) == nil {
			return join(title, d.act(withdraw))
		}
		if m := d.act(withdraw); m != nil && d.act(definitive) == nil && d.act(adviceAsked) == nil {
			return m
		}
		return nil
	}},
	{Appointed, 0.9, func(d *document) []Match {
		title := d.heading(peopleTitle)
		act := d.act(people)
		if title == nil && act == nil || d.act(definitive) != nil && act == nil {
			return nil
		}
		return join(title, act)
	}},
	{Funded, 0.85, func(d *document) []Match {
		act := d.act(grant)
		if act == nil || d.act(adviceAsked) != nil {
			return nil
		}
		title := d.heading(grantTitle)
		if d.act(definitive) != nil && (title == nil || d.heading(ruleOfGrant) != nil) {
			return nil
		}
		return join(title, act)
	}},
	{Definitive, 0.95, func(d *document) []Match { return d.act(definitive) }},
	{Advice, 0.85, func(d *document) []Match { return d.act(adviceAsked) }},
	{Announced, 0.6, func(d *document) []Match {
		if d.kind != harvest.Mededeling || !d.empty() {
			return nil
		}
		if m := d.heading(missions); m != nil {
			return m
		}
		return d.heading(coming)
	}},
	{Noted, 0.7, func(d *document) []Match {
		if d.kind == harvest.Mededeling {
			return []Match{}
		}
		return d.heading(noteKind)
	}},
	{Definitive, 0.7, func(d *document) []Match { return d.act(plain) }},
	{Funded, 0.5, func(d *document) []Match { return d.heading(grantTitle) }},
	{Definitive, 0.4, func(d *document) []Match {
		if d.form == NoForm {
			return nil
		}
		return []Match{}
	}},
}

// decree tells whether the decision is on a draft decree.
func (d *document) decree() bool {
	return d.heading(draftDecree) != nil || d.act(draftDecree) != nil
}

// finalInstead tells that a definitive approval counts and not the words in
// principle beside it: where both act, the decree in principle is the matter.
func (d *document) finalInstead() bool {
	return d.act(definitive) != nil && d.act(principleDecree) == nil
}

// actWith finds p in a sentence in which with matches too.
func (d *document) actWith(p, with *pattern) []Match {
	for _, s := range d.sentences {
		text := d.fields[Text][s.Start:s.End]
		if loc := p.find(text); loc != nil && with.find(text) != nil {
			return []Match{d.match(Text, s.Start+loc[0], s.Start+loc[1])}
		}
	}
	return nil
}
