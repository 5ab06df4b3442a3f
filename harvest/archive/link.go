package archive

import (
	"slices"

	"github.com/themis-go/themis/harvest"
	"github.com/themis-go/themis/internal/description"
)

// linkIDs are the predicates that are indexed by their object, with the numbers
// that stand for them in the table link. A number never changes its meaning.
var linkIDs = map[string]int{
	"http://purl.org/dc/terms/hasPart":                                    1,
	"http://www.w3.org/ns/prov#generated":                                 2,
	"http://www.w3.org/ns/prov#wasDerivedFrom":                            3,
	"https://data.vlaanderen.be/ns/dossier#Collectie.bestaatUit":          4,
	"https://data.vlaanderen.be/ns/dossier#Dossier.bestaatUit":            5,
	"http://www.semanticdesktop.org/ontologies/2007/01/19/nie#dataSource": 6,
	"https://data.vlaanderen.be/ns/besluitvorming#isAgendaVoor":           7,
	"http://www.w3.org/ns/prov#used":                                      8,
	"http://purl.org/dc/terms/subject":                                    9,
	"http://www.w3.org/ns/prov#hadMember":                                 10,
	"http://www.w3.org/ns/prov#wasRevisionOf":                             11,
	"http://purl.org/dc/terms/type":                                       12,
	"https://data.vlaanderen.be/ns/besluitvorming#heeftBijlage":           13,
}

const (
	dctType    = "http://purl.org/dc/terms/type"
	dctSubject = "http://purl.org/dc/terms/subject"

	classDataset      = "http://www.w3.org/ns/dcat#Dataset"
	classDistribution = "http://www.w3.org/ns/dcat#Distribution"
)

type link struct {
	target    string
	predicate int
}

// links returns what of a description is indexed by object. Types are indexed
// for news items alone, and subjects for the catalogue: the others would make
// up half of the index and are not asked for.
func links(d *description.Description) []link {
	catalogue := slices.Contains(d.Classes, classDataset) || slices.Contains(d.Classes, classDistribution)
	var out []link
	for line := range description.Lines(d.Body) {
		p := description.Predicate(line)
		id, ok := linkIDs[p]
		if !ok || p == dctSubject && !catalogue {
			continue
		}
		target, ok := description.ObjectIRI(line)
		if !ok || p == dctType && target != newsItemType {
			continue
		}
		out = append(out, link{target, id})
	}
	return out
}

var newsItemType = harvest.TypeNewsItem.String()
