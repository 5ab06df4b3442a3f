package stage

import (
	"regexp"
	"slices"
	"strings"

	"github.com/themis-go/themis/harvest"
)

// pattern is an expression, and one that must not match in the same sentence
// or heading. Both see the text in lower case, which is much faster than an
// expression that ignores case.
type pattern struct {
	need    []string // one of these must be in the text, in lower case; saves time
	yes, no *regexp.Regexp
}

// pat makes a pattern of what must match and, optionally, what must not. need
// are words of which every match has one, separated by bars; empty for none.
func pat(need, yes string, no ...string) *pattern {
	p := &pattern{yes: regexp.MustCompile(strings.ToLower(yes))}
	if need != "" {
		p.need = strings.Split(need, "|")
	}
	if len(no) > 0 {
		p.no = regexp.MustCompile(strings.ToLower(no[0]))
	}
	return p
}

// find returns where the pattern matches a text in lower case.
func (p *pattern) find(lower string) []int {
	if p.need != nil && !slices.ContainsFunc(p.need, func(n string) bool { return strings.Contains(lower, n) }) {
		return nil
	}
	loc := p.yes.FindStringIndex(lower)
	if loc == nil || p.no != nil && p.no.MatchString(lower) {
		return nil
	}
	return loc
}

// acts are the verbs of a government that decides, in the present tense; the
// past tense recalls, the future foresees.
const acts = `\b(?:keurt|keuren|hecht|hechten|wijzigt|past|beslist|stelt|wijst|vervangt|vernieuwt|stemt|verleent|bepaalt|heft|kent|` +
	`machtigt|regelt|actualiseert|geeft|voert|legt|erkent|breidt|verlengt|verhoogt|verlaagt|neemt|sluit|creëert|zet|maakt|voorziet|` +
	`hervormt|richt|implementeert|vereenvoudigt|verduidelijkt|optimaliseert|schrapt|herziet|ook|meteen|tegelijk|wordt|worden|akkoord|` +
	`kiest|brengt|schaft|beperkt|versterkt|introduceert|bevestigt|gaat|draagt|deelt|trekt|doet|verschuift|organiseert|versoepelt|` +
	`herschikt|verdeelt|gunt|delegeert|zorgt|laat|bakent|start|verplicht|harmoniseert|moderniseert|corrigeert|duidt)\b`

// money is an amount in euro.
const money = `(?:\d[\d.,]*\s*(?:miljoen|miljard)?\s*(?:euro|eur|usd|dollar)\b|€\s*\d|\b(?:half|een|één|twee|drie|vier|vijf|zes|tien) (?:miljoen|miljard) euro)`

// before rules out what came before: "na principiële goedkeuring in mei".
const before = `\bna (?:de |haar |een |zijn )?(?:eerste |tweede |eerdere |vorige )?`

var (
	ratified    = pat("bekrachtig", `\bbekrachtig(?:ing|t|en)\b.{0,12}\b(?:afkondig|kondigt|goedkeuring)\w*`, `\b(?:werd|zal|daarna)\b.{0,40}bekrachtig`)
	ratifyTitle = pat("afkondiging", `\bbekrachtiging en afkondiging\b`)

	principle = pat("principi", acts+`.*?\bprincipi(?:eel|ële)\b|\bprincipi(?:eel|ële)\b.*?`+acts,
		before+`principi|\b(?:werd|keurde|hechtte|wijzigde|besliste)\b[^,;]*\bprincipi(?:eel|ële)|\bprincipi(?:eel|ële)\w*\b[^,;]*\bgoedgekeurde? (?:op|in|door)\b`)
	principleAgain = pat("principi", `\b(?:opnieuw|nogmaals|andermaal|tweede)\b.{0,60}\bprincipi(?:eel|ële)\b|\bprincipi(?:eel|ële)\b.{0,12}\b(?:opnieuw|nogmaals|andermaal)\b|`+
		`\bopnieuw\b.*?`+acts+`.*?\bprincipi(?:eel|ële)\b|\b(?:tweede|2de) (?:maal|keer)\b.*?\bprincipi`,
		before+`principi`)
	principleThird   = pat("principi", `\b(?:derde|3de)\b.{0,30}\bprincipi(?:eel|ële)\b|\bprincipi(?:eel|ële)\b.{0,30}\b(?:derde|3de) (?:keer|maal)\b`)
	principleHeading = pat("principi", `\bprincipiële (?:goedkeuring|beslissing)\b|\bprincipieel\b`)
	principleDecree  = pat("principi", `\bprincipi(?:eel|ële)\b.*?decreet|decreet\b.*?\bprincipi(?:eel|ële)\b`)
	provisional      = pat("voorlopig", `\bvoorlopige? (?:aanduiding|vaststelling|afbakening|bescherming|opname)\b|\b(?:duidt|stelt)\b.{0,120}?\bvoorlopig\b`, `\bdefinitie(?:f|ve)\b`)

	definitive = pat("definitie", acts+`.*?\bdefiniti(?:ef|eve)\b|\bdefiniti(?:ef|eve)\b.*?`+acts,
		`\bna (?:de |haar |een )?definitieve|\b(?:zal|zullen|daarna|vervolgens|later|waarna|kan|kunnen)\b.{0,60}\bdefiniti(?:ef|eve)|\b(?:keurde|hechtte|werd)\b[^,;]*\bdefiniti(?:ef|eve)`)

	toParliament = pat("parlement", `(?:decreet|\bhet|\bdit|\bdie|\bontwerpen)\b.*?\b(?:ingediend|overgemaakt|bezorgd|neergelegd)\b.{0,30}\bparlement\b|\bindien\w*\b.{0,30}\b(?:bij|in) het Vlaams Parlement\b|\bdient\b.*?\bin bij het Vlaams Parlement\b`,
		`\bzal\b.*\blater\b|nota\b|\brapport\b|\bverslag\b|\bgroenboek\b|\bwitboek\b|\bwerd\b.{0,60}\bingediend|\badvies\w*\b.*\bdaarna\b`)
	draftDecree = pat("decreet", `\b(?:voor)?ontwerp(?:en)?(?: van (?:\w+)?)?decreet\w*|\b\w*decreet\b`)
	finalDecree = pat("decreet", `\bontwerp(?: van (?:\w+)?)?decreet\b`, `\bvoorontwerp\b`)

	withdrawTitle = pat("", `\bopzegging\b|^stopzetting\b|\bstopzetting (?:van )?(?:de |het )?(?:procedure|samenwerking\w*|overeenkomst|project)|: (?:stopzetting|intrekking|opheffing|beëindiging)\b|^intrekking\b|^[^,]{0,60}\b(?:tot|houdende) (?:de )?intrekking van|`+
		`\bbijstelling (?:van )?(?:de )?(?:relance|middelen|verdeling|beslissing)|\bbijstellen\b|^beëindiging\b|\bbeëindiging (?:van )?(?:het |de )?(?:samenwerkings\w+|\w*overeenkomst)|\brechtzetting\b|\berratum\b|`+
		`\bverlenging\b|\bschrapping\b|^opheffing\b|\bwijziging einddat\w+|\bontbinding\b|\b(?:met|tot)\b.{0,20}\bverlengd\b|\bcorrectie (?:van )?(?:de |het )?(?:data|bedragen|besluit|beslissing|verdeling)`,
		`\bdecreet\b|\bwijziging en verlenging\b|\baanstelling\b|\bbenoeming\b|\bmandaat\b|\bleden\b|\bvoorzitter|\bbijkomende middelen\b|\btoekenning van (?:een )?(?:subsidies?|steun)\b.*\b(?:verlenging|jaar)`)
	grantNew = pat("toekenning|toekennen|herverdeling|verdeling", `\b(?:ontwerp)?besluit(?:en)?(?: van de Vlaamse Regering)? (?:tot|over|betreffende|houdende|met betrekking tot) (?:de |het )?(?:(?:verdeling en )?toekenning|toekennen|herverdeling) van\b`, `\bwijziging van\b|\bregel(?:s|ing)\b|\bvoorwaarden\b`)
	withdraw = pat("te zeggen|stop|trek|bij te stellen|beëindig|zegt|rechtzetting|verleng|correctie|verlengd", `\b(?:beslist|trekt|zegt|zet)\b.*?\b(?:op te zeggen|stop te zetten|in te trekken|bij te stellen|te beëindigen)\b|\btrekt\b.*?\b(?:beslissing|besluit)\b.*?\bin\.?$|\bzegt\b.*?\b(?:akkoord|overeenkomst)\b.*?\bop\b|`+
		`\bmateriële rechtzetting|\bzet\b.*?\b(?:procedure|akkoord|samenwerking|project)\b.*?\bstop\b|\bverlengt\b.*?\b(?:\w*termijn|looptijd|overeenkomst|\w*duur|project|subsidieperiode)\b|\b(?:looptijd|\w*termijn|\w*duur)\b.{0,60}?\bverlengd\b|\bverlenging van de (?:looptijd|\w*termijn|\w*duur)\b|\bcorrecties?\b.*?\bgoed\b|\b(?:budgetneutrale|technische) correctie\b|\btermijnen\b.*?\bte verlengen\b|\bwordt ongewijzigd verlengd\b`)

	people = pat("benoem|ontsla|draagt|vertegenwoordig|lid|leden|bestuurder|voorzitter|commissaris|afgevaardigde|bijzitter|gouverneur|revisor|directeur|ombuds|administrateur|waarneme|deskundige|rechter|intendant|coördinator|secretaris|ambtenaar|proeftijd|in de graad van|aan te stellen als|samenstelling|mandaat|mandaten|aanstelling|deel uit te maken|kandida|als waarnemend", `\b(?:benoemt|herbenoemt|ontslaat)\b|\b(?:draagt|stelt|duidt|wijst|vaardigt)\b.*?\b(?:voor|aan|af)\b.{0,60}?\b(?:als|tot|ter vervanging|om)\b.{0,60}?\b(?:lid|leden|bestuurder\w*|vertegenwoordiger\w*|voorzitter\w*|\w*commissaris\w*|\w*afgevaardigde\w*|bijzitter\w*|gouverneur|\w*revisor|directeur\w*|ombuds\w+|administrateur\w*|waarnemer\w*|deskundige\w*|\w*rechter\w*|intendant|\w*coördinator|secretaris\w*|deel uit te maken)|`+
		`\b(?:eervol ontslag|te benoemen|herbenoemen|haar zullen vertegenwoordigen|in de graad van|tot de proeftijd|als waarnemend)\b|\b(?:verlengt|hernieuwt|beëindigt)\b.{0,40}?\b(?:mandaat|aanstelling|mandaten)\b|\b(?:machtigt|mandateert)\b.{0,60}?\b(?:te vertegenwoordigen|als vertegenwoordiger)\b|\bwordt\b.{0,60}?\b(?:aangesteld|aangeduid|benoemd) (?:als|tot)\b.{0,40}?\b(?:lid|voorzitter|bestuurder|\w*commissaris|directeur\w*|administrateur\w*|vertegenwoordiger|\w*afgevaardigde)|\baan te stellen als\b|\bdraagt\b.*?\b(?:leden|voorzitter|bestuurders?|kandida\w+)\b.*?\bvoor\b|\bstelt\b.*?\b(?:leden|administrateur-generaal|secretaris-generaal|regeringscommissaris\w*|leidend ambtenaar)\b.*?\b(?:aan|samen)\b|\b(?:duidt|wijst)\b.*?\b(?:leden|vertegenwoordigers?)\b.*?\baan\b|\b(?:duidt|stelt)\b.*?\baan (?:als|tot)\b.*?\b(?:lid|leden|vertegenwoordig\w+)|\bkeurt\b.*?\bsamenstelling\b.*?\bgoed\b.*?\b(?:delegatie|raad|comité|commissie)|\bvervangt\b.*?\bals (?:lid|bestuurder|voorzitter|vertegenwoordiger)`)
	peopleTitle = pat("", `\b(?:her)?benoeming(?:en)?\b|\bvervanging (?:van )?(?:het |de |een |twee |drie )?(?:\w+ )?(?:lid|leden|bestuurder|voorzitter|regerings\w+|vertegenwoordiger\w*|effectief)|\bvoordracht\b|\baanstelling (?:van )?(?:de |het |een )?(?:nieuwe? )?(?:\w+ )?(?:lid|leden|voorzitter|bestuurder\w*|regerings\w+|\w*commissaris\w*|directeur\w*|administrateur\w*|leidend\w*|\w*revisor|\w*coördinator)\b|\bontslag\b.*?\b(?:lid|bestuurder|aanstelling|benoeming|regerings\w+)|`+
		`\baan(?:duiding|wijzing) (?:van )?(?:de |een |nieuwe |twee |vier )*(?:\w+ )?(?:vertegenwoordiger\w*|leden|lid|bestuurder\w*|voorzitter)|\bsamenstelling\b.{0,60}?(?:(?:raad|commissies?|jury|bestuur|kamer|stuurgroep|orgaan|panel|delegatie)\b|comité)|\bafgevaardigden\b|\bvertegenwoordiging van de Vlaamse Regering\b|\bvoorzitterschap\b|(?:(?:raad|commissie|jury|bestuursorgaan|stuurgroep)\b|comité).*?\b(?:samenstelling|aanduiding|aanstelling)\b|\b(?:nieuwe?|vervangend) (?:lid|leden|bestuurder|voorzitter)\b|\bherplaatsing\b|\bvacantverklaring\b|\bmandaat (?:van )?(?:administrateur|leidend|secretaris|gedelegeerd)`,
		`decreet\b|regelgeving|rechtspositie|voorwaarden|plan van aanpak`)

	grant = pat("eur|€|usd|dollar|subsid|steun|toelage|dotatie|financier|middelen|budget|premie|bijdrage|vergoeding|enveloppe|compensatie|krediet|waarborg|herverdel|over te dragen|toe te kennen|vrij te maken|besteding|herschik|vrijgave|verdeelt|projecten|forfait|kapitaal", `\b(?:kent|verleent|reikt)\b.*?\b\w*(?:subsidies?|steun|toelage\w*|dotatie\w*|financiering\w*|middelen|budget\w*|premies?|bijdrage\w*|vergoeding\w*|enveloppe\w*|compensatie\w*|euro|krediet\w*|waarborg\w*)\b.*?\b(?:toe|uit)\b|`+
		`\bkent\b.*?\btoe\b.*?`+money+`|\b(?:voorziet|maakt|stelt|reserveert|trekt|investeert|bestemt|besteedt|verdeelt|zet|geeft|ondersteunt|steunt|financiert|legt|betaalt|schenkt|doet|herschikt|draagt|draagt bij)\b.*?`+money+`|`+money+`.*?\b(?:toe te kennen|vrij te maken|ter beschikking te stellen|te voorzien|te reserveren|te verdelen|toegekend|vrijgemaakt)\b|`+
		`\bbeslist\b.*?\b(?:herverdeling|herverdelen|middelen over te dragen|toe te kennen|vrij te maken|te financieren|te steunen|te ondersteunen)\b|\bkeurt\b.*?\b(?:herverdeling|toekenning|subsidies?|projectsubsidies?|financiering|cofinanciering|middelen|verdeling|dotatie|steun|besteding|reservering|inzet|bijdrage|budget)\b.*?`+money+`|`+money+`.*?\bgoed\b|`+
		`\bkeurt\b.*?`+money+`.*?\bgoed\b|\bgoedkeuring\b.*?\b(?:reservering|besteding|financiering|subsidie\w*|middelen|budget)\b.*?`+money+`|\bkeurt\b.*?\b(?:\w*subsidies?|budgettoewijzing|projecttoelagen|herverdeling|subsidiebesluit(?:en)?|kapitaalverhoging|dotatie)\b.*?\bgoed\b|\bbeslist\b.*?\b(?:besteding|herschikking)\b.*?`+money+`|\bvrijgave\b.*?`+money+`|`+money+`.*?\b(?:te betalen|vast te leggen)\b|\bherverdeling van\b.*?`+money+`|\bwijst\b.*?`+money+`.*?\btoe\b|\bgoedkeuring aan de \w*subsidie\b|\bherschikking van\b.*?`+money+`|\bkent\b.*?\bforfaits?\b.*?\btoe\b|`+
		`\bverdeelt\b.*?\b(?:middelen|\w*subsidies?|budget|krediet\w*)\b|\bherverdeelt\b|\bkrijgt\b.*?`+money+`|\bsubsidie van\b.*?`+money+`|\bbudget voorzien van\b.*?`+money+`|\bkeurt de (?:co)?financiering\b|\b(?:selecteert|steunt)\b.*?\bprojecten\b|\bprojecten te (?:steunen|selecteren|financieren|subsidiëren)`)
	// Money that is only said to be there: "hiervoor wordt 2 miljoen euro voorzien".
	grantPassive = pat("eur|€|usd|dollar", `\b(?:hiervoor|daarvoor|hier|waarvoor|daartoe|voor deze|voor dit|voor d[eat]t?|wordt|worden|is|zijn)\b.{0,80}?`+money+`.{0,80}?\b(?:voorzien|uitgetrokken|vrijgemaakt|toegekend|gereserveerd|ingezet|beschikbaar|vastgelegd)\b|\bgaat om\b.{0,30}`+money+`.{0,30}\bmiddelen\b|\b(?:budget|enveloppe|subsidie-enveloppe|bedrag)\b.{0,40}?\b(?:voorzien|beschikbaar|gereserveerd)\b.{0,20}?`+money)
	grantTitle   = pat("", `\b(?:toekenning|verlening|toewijzing) van (?:een |de |twee |het |bijkomende |extra |concept|project)*(?:\w+ ){0,2}\w*(?:subsidi\w+|steun|toelage\w*|dotatie|financiering|middelen|premies?|bijdrage)\b|\bsubsidies?\b|\b(?:project|concept|werkings|investerings)subsidi\w+|\bherverdeling\w*\b|\bcofinanciering\b|\bfinanciering\b|\becologiesteun\b|\bsteun\b|\bvastlegging\b|\bdotatie\b|\bmiljoen euro\b|\bverdeling\b.*?\b(?:middelen|krediet\w*|provisie)|\bprovisie\b|\boproep\b|\bkredietherschikking\b|\bexploitatiebudget\b`)
	grantProject = pat("", `\b(?:relance|veerkracht|klimaatfonds|projectoproep|oproep|project|cofinanciering|financiering|middelen|toelage|investering|subsidi)`, `reglement`)
	grantCall    = pat("oproep", `\b\w*oproep\b`, `reglement`)
	ruleOfGrant  = pat("", `\b(?:regels|regeling|kader|voorwaarden|\w*reglement|criteria|stelsel|\w*subsidiebesluit|procedure)\b|\bwijziging van\b|\buitvoering van het decreet\b|\boverkoepelende\b`)

	// What a title names that money goes into, and a sentence with an amount in
	// which the government acts.
	moneyTitle = pat("", `\b\w*(?:lening|kapitaal\w*|participatie|waarborg|investering|\w*herschikking|krediet|budget|middelen|toelage|dotatie|premie|financiering|subsidie|steun|bijdrage|klimaatfonds|veerkracht|trustfonds)(?:s|en)?\b`, `\b(?:regels|regeling|reglement|voorwaarden|besluit|criteria|kader|raamovereenkomst\w*|beheersovereenkomst\w*)\b|reglement`)
	moneyAct   = pat("euro|usd|€", `\b(?:keurt|beslist|hecht|stemt|geeft|investeert|verhoogt|herschikt|gaat akkoord|gaat de vlaamse regering nu akkoord)\b.*?`+money+`|`+money+`.*?\b(?:goed|goedgekeurd|voorzien|toegekend)\b`)

	noteGoverning = pat("neemt", `\bneemt\b.*?\b(?:kennis|akte)\b`)
	noteTitle     = pat("nota|boek|tekst", `^(?:\w+ ){0,2}['‘"“]?(?:concept|visie|oriëntatie|discussie)nota'?s?\b|^(?:visie|groen|wit)(?:boek|tekst)\b|^beleidsnota\b|\b(?:concept|visie|oriëntatie|discussie)nota'?s?$|: (?:concept|visie)nota`)
	noteAny       = pat("nota|boek|tekst", `\b(?:concept|visie|oriëntatie|discussie)nota'?s?\b|\b(?:visie|groen|wit)(?:boek|tekst)\b`)
	noteApproved  = pat("nota", `\b(?:keurt|hecht|stemt|gaat|bespreekt)\b.*?\b(?:concept|visie|oriëntatie|discussie)nota'?s?\b|\b(?:concept|visie|oriëntatie|discussie)nota'?s?\b.*?\b(?:goed|goedkeuring)\b`)

	position = pat("standpuntbepaling|betrokkenheid", `\bstandpuntbepaling\b|\bbetrokkenheid van de Vlaamse Regering\b`)
	opinion  = pat("advies|oordeel", `\b(?:geeft|verleent|brengt)\b.{0,30}?\b(?:positief|negatief|gunstig|ongunstig) (?:advies|oordeel)\b|\b(?:positief|negatief) oordeel te geven\b`)
	exempt   = pat("uitstel|afwijking|vrijstelling|uitzondering", `\b(?:uitstel|afwijking|vrijstelling|uitzondering)\b (?:aan|voor) (?:de |het )?(?:\w+ )?(?:\w*maatschappij|nv|bv|vzw|onderneming|vennootschap|bedrijf)\b|\buitstel sociale huisvestingsmaatschappij\b`)
	planning = pat("start", `\bkeurt\b.*?\b(?:startnota|startbeslissing)\b|\bopstart\b.*?\bplan(?:nings)?proces|\bbeslist\b.*?\bcomplex project\b.*?\bop te starten\b`)

	adviceAsked = pat("advi", `\b(?:wordt|worden)\b.{0,60}?\badvie(?:s|zen)\b.{0,60}?\b(?:ingewonnen|gevraagd|aangevraagd|ing)\b|\bvoor advies\b.{0,80}?\b(?:naar|aan|voorgelegd|overgemaakt|bezorgd|bij)\b|\b(?:wint|vraagt)\b.{0,40}?\badvies\b|\badvies (?:in te winnen|te vragen)\b|\bwordt nu het a`,
		`\bnota\b|\bzullen\b|\bmoeten\b|\bburgemeester|\bvoorstellen\b`)

	missions = pat("", `\bzending\b|\bmissie (?:naar|van)\b|\bprogramma$|\bwerkbezoek\b|\bstaatsbezoek\b`, `\b(?:verslag|rapport|evaluatie)\b`)
	coming   = pat("", `^(?:opmaak|bijsturing|oprichting|aanpak|vereenvoudiging|aanpassing|hervorming|deelname|invoering|herziening|bezoek|hertekening|omvorming|verderzetting|vernieuwing|traject|bijkomende afspraken|opstart|organisatie|voorbereiding|planning|timing|stappenplan|uitrol|werkwijze|plan van aanpak|aankondiging|lancering|start|procedure)\b|\b(?:aanpak|werkwijze|verdere stappen|stand van zaken en vervolgtraject|strategische transformatie|verdere aanpak|vervolgtraject|timing en aanpak)\b`,
		`verslag|rapport|nota\b|nota's|advies|evaluatie|\bvraag\b|actieplan|strategie\b|standpunt|overeenkomst|\bmonitoring|voortgang|instructie|stand van zaken|roadmap|visie`)

	plain = pat("", acts+`.*?\b(?:goed|goedkeuring|vast|toe|aan|in|uit|op|af|door|over)\b|\b(?:erkent|machtigt|wijzigt|vernieuwt|verlengt|vervangt|bepaalt|sluit|beslist|bekrachtigt|verklaart|geeft|gelast|belast|bevestigt|selecteert|verwerpt|weigert|aanvaardt|ondertekent|lanceert)\b|\bneemt\b.*?\bbeslissingen\b`)
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
		if m := d.heading(exempt); m != nil {
			return m
		}
		return d.act(opinion)
	}},
	{Noted, 0.85, func(d *document) []Match {
		if d.act(definitive) != nil || d.act(principle) != nil {
			return nil
		}
		if m := d.act(noteGoverning); m != nil && d.act(grant) == nil {
			return m
		}
		if title := d.heading(noteAny); title != nil {
			if m := d.act(noteApproved); m != nil {
				return join(title, m)
			}
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
	{Appointed, 0.9, func(d *document) []Match {
		title := d.heading(peopleTitle)
		act := d.act(people)
		if title == nil && act == nil || d.act(definitive) != nil && act == nil {
			return nil
		}
		return join(title, act)
	}},
	{Amended, 0.8, func(d *document) []Match {
		if d.heading(grantNew) != nil {
			return nil
		}
		if title := d.heading(withdrawTitle); title != nil && d.act(definitive) == nil {
			return join(title, d.act(withdraw))
		}
		if m := d.act(withdraw); m != nil && d.act(definitive) == nil && d.act(adviceAsked) == nil {
			return m
		}
		return nil
	}},
	{Funded, 0.85, func(d *document) []Match {
		title := d.heading(grantTitle)
		act := d.act(grant)
		if act == nil && (title != nil || d.heading(grantProject) != nil) && d.heading(ruleOfGrant) == nil &&
			(d.form != DraftOrder || d.heading(grantNew) != nil) {
			act = d.act(grantPassive)
		}
		if act == nil && d.act(definitive) == nil {
			if act = d.act(grantPassive); d.heading(grantCall) == nil {
				act = nil
			}
			if act == nil && !d.empty() {
				act = d.heading(grantNew)
			}
		}
		if act == nil || d.act(adviceAsked) != nil {
			return nil
		}
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
		return d.heading(noteTitle)
	}},
	{Funded, 0.6, func(d *document) []Match {
		title, act := d.heading(moneyTitle), d.act(moneyAct)
		if title == nil || act == nil || d.form == DraftOrder && d.heading(grantNew) == nil {
			return nil
		}
		return join(title, act)
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
		lower := d.lower[Text][s.Start:s.End]
		if loc := p.find(lower); loc != nil && with.find(lower) != nil {
			return []Match{d.match(Text, s.Start+loc[0], s.Start+loc[1])}
		}
	}
	return nil
}
