package dutch

import "strings"

// IsStop tells whether a word carries no subject of its own: articles,
// pronouns, prepositions, auxiliary verbs and the officialese of government
// prose ("betreffende", "teneinde", "desgevallend"). Case and accents do not
// matter.
func IsStop(word string) bool {
	_, ok := stopWords[Fold(word)]
	return ok
}

// IsOfficialese tells whether a stem belongs to words that nearly every
// decision or promise has, whatever its subject: "Vlaams", "regering",
// "besluit", "goedkeuren", "inzetten". They are words like any other to a
// reader, but say little about what a text is about.
func IsOfficialese(stem string) bool {
	_, ok := officialeseStems[stem]
	return ok
}

var stopWords = wordSet(`
a aan aangaande aangezien achter achterna af afgelopen al aldaar aldus alhoewel alias alle allebei alleen allen
alles alsnog altijd altoos ander andere anderen anders anderszins anderzijds ben beneden bent bepaald bepaalde
betreffende bij bijgevolg bijna bijvoorbeeld bijv binnen binnenin boven bovenal bovendien bovengenoemd bovenstaand
bovenvermeld buiten bv circa conform d daar daarbij daarbinnen daardoor daarheen daarin daarmee daarna daarnaast
daarom daaromtrent daarop daaropvolgend daarover daartegen daartoe daaruit daarvan daarvoor dan dat de dd deels
den der derhalve des desbetreffende desgevallend deze dezelfde dhr die diegene dien diens dienen dient dienaangaande
dit ditmaal doch doen doet door doordat doorgaans dra dus e echt echter een eender eenieder eens eerder eerst elk
elkaar elke en enerzijds enige enigszins enkel enkele enz er erdoor erin ermee erna erop ertoe erlangs eruit ervan
ervoor etc even eveneens evenals evenwel evenzeer g gaan gaat gauw ge gebeurt gedurende geen gehad gekund geleden
gelet gelieve geweest gewoon gezien h haar had hadden hare heb hebben hebt heden heeft heel hen het hetgeen hetzelfde
hetzij hier hierbij hierbinnen hierdoor hierin hiermee hierna hiernaast hierom hierop hierover hiertegen hiertoe
hieruit hiervan hiervoor hij hoe hoewel hun i idem ieder iedere iedereen iemand iets ik immers in inclusief inderdaad
indien ingevolge ingeval intussen inzake is ivm j ja jaarlijks je jegens jij jou jouw jullie k kan klaar komen komt
kon konden krachtens kunnen kunt l langs later liever louter maar made mag maken maakt mb mbt me mede mee meer meest
meestal men met mevr mezelf mij mijn middels min minder mits mocht mochten moest moesten moet moeten mogelijk mogen
n na naar naargelang naast nabij nadat nader nadien namelijk namens nav niet niets niettegenstaande niettemin nl
noch nochtans nog nogal nooit nu nvt o of ofschoon ofwel om omdat omtrent omwille omver on ondanks onder ondertussen
onderhavig ongeveer ons onszelf onverminderd onze onzer ook op opnieuw opdat opzichte over overeenkomstig overeind
overigens p pas per precies q r reeds rond rondom s sedert sinds sindsdien slechts sommige spoedig steeds t tal tegen
tegenover tegelijk tegelijkertijd ten tenslotte tenzij teneinde ter tevens terwijl tijdens te toch toe toen
toenmaals tot totdat tussen u uit uiteraard uitgezonderd uw v vaak van vanaf vandaan vandaar vanuit vanwege vast
veel veeleer verder verschillend verschillende vervolgens via volgens volgende voor vooraf vooral vooraleer voorbij
voordat voordien voorheen voornoemd voornoemde voort voortaan vooruit voorts vrij w waar waaraan waarbij
waarbinnen waardoor waarin waarmee waarna waarnaar waarom waaronder waarop waarover waartoe waaruit waarvan
waarvoor wanneer want waren was wat we wegens wel weldra welk welke wellicht werd werden wie wiens wier wij wijze
wil wilde willen word worden wordt wou x y z zal ze zeer zegge zei zelf zelfde zelfs zich zichzelf zij zijn zijne
zijnde zo zoals zodanig zodat zodra zogenaamd zogenaamde zogenoemd zoveel zou zouden zowat zowel zulk zulke zullen
zult zodoende 's 't 'n zo'n hierboven hieronder ondermeer tov teweeg terzake terzelfdertijd dmv adhv ifv ikv hierop
`)

var officialeseStems = stemSet(`
vlaams vlaamse vlaanderen regering overheid minister ministers ministerieel besluit besluiten beslissing decreet
ontwerp ontwerpbesluit ontwerpdecreet voorontwerp goedkeuren goedgekeurd goedkeuring keurt principieel principiële
definitief definitieve mededeling nota neemt kennis beslist beslissen hecht geeft geven bekrachtigt bekrachtigen
afkondigen kondigt voorstel voorgesteld indienen betreft betrekking houdende tot wijziging wijzigen wijzigt bepaling
bepalen bepaalt bepaalde artikel artikelen advies adviezen vragen gevraagd ingewonnen akkoord samen kader beleid
maatregel maatregelen uitvoering uitvoeren uitgevoerd inzetten zetten inzet werken werk werking nieuw nieuwe bestaand
bestaande verder jaar jaren periode basis doel doelstelling doelstellingen onderzoeken voorzien voorziet bieden biedt
zorgen versterken ondersteunen rol rekening houden belangrijk belangrijke mogelijkheid mogelijkheden aanpak
legislatuur regeerakkoord regeerperiode bevoegd bevoegde bevoegdheid departement agentschap opdracht aantal eigen
gaat gaan bijzonder bijzondere specifiek specifieke algemeen algemene toepassing vaststellen vastgesteld vaststelling
regeling regels datum toekomst verschillend streven verhogen komende laten krijgen krijgt blijven blijft blijvend
`)

func wordSet(words string) map[string]struct{} {
	set := map[string]struct{}{}
	for _, w := range strings.Fields(words) {
		set[Fold(w)] = struct{}{}
	}
	return set
}

func stemSet(words string) map[string]struct{} {
	set := map[string]struct{}{}
	for _, w := range strings.Fields(words) {
		set[stemWord(w)] = struct{}{}
	}
	return set
}
