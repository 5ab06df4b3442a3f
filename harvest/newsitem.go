package harvest

import (
	"time"

	"github.com/themis-go/themis/rdf"
)

// TypeNewsItem is the dct:type that tells a [NewsItem] from an [Attachment].
var TypeNewsItem = rdf.MustIRI("http://themis.vlaanderen.be/id/concept/document-type/63d628cb-a594-4166-8b4e-880b4214fc5b")

// NewsItem is a decision as the government communicates it (dossier:Stuk with
// dct:type [TypeNewsItem]). Its URI is of one of three families
// (nieuwsbericht, nieuwsbrief-info, resource) and stays over republications.
type NewsItem struct {
	_     struct{} `rdf:"@type,dossier:Stuk"`
	_     struct{} `rdf:"dct:type,value=<http://themis.vlaanderen.be/id/concept/document-type/63d628cb-a594-4166-8b4e-880b4214fc5b>"`
	URI   rdf.IRI  `rdf:"@id"`
	UUID  string   `rdf:"mu:uuid"`
	Title string   `rdf:"dct:title"`
	// Subtitle is the short title; many have none.
	Subtitle string `rdf:"dct:alternative"`
	// HTML is the text with markup, untrusted; most have one, some none or two.
	HTML []string `rdf:"nie:htmlContent"`
	// Text is the text without markup; older items have none.
	Text []string `rdf:"prov:value"`
	// Issued is the time of export, not of the decision. UTC.
	Issued time.Time `rdf:"dct:issued"`
	// Positions in the newsletter; some have two.
	Positions []int `rdf:"schema:position"`
	// Themes are concepts of the list of themes.
	Themes []rdf.IRI `rdf:"dct:subject"`
	// Mandatees are the ministers, each in one portfolio, see [Mandatee].
	Mandatees []rdf.IRI `rdf:"prov:qualifiedAssociation"`
	// AgendaItem is what it communicates.
	AgendaItem  rdf.IRI        `rdf:"prov:wasDerivedFrom"`
	Attachments []rdf.IRI      `rdf:"besluitvorming:heeftBijlage"`
	Rest        rdf.Properties `rdf:"*"`
}
