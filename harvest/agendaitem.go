package harvest

import (
	"time"

	"github.com/themis-go/themis/rdf"
)

// AgendaItem is a point on an agenda (besluit:Agendapunt).
type AgendaItem struct {
	_          struct{}  `rdf:"@type,besluit:Agendapunt"`
	URI        rdf.IRI   `rdf:"@id"`
	UUID       string    `rdf:"mu:uuid"`
	Title      string    `rdf:"dct:title"`
	ShortTitle string    `rdf:"besluitvorming:korteTitel"`
	Created    time.Time `rdf:"dct:created"`  // UTC
	Modified   time.Time `rdf:"dct:modified"` // UTC
	// Positions counts from 1 for each type of item; one value, in practice.
	Positions []int `rdf:"schema:position"`
	// Type is a concept, see KindOf.
	Type rdf.IRI `rdf:"besluit:Agendapunt.type"`
	// After is the item that was brought before this one.
	After       rdf.IRI        `rdf:"besluit:aangebrachtNa"`
	DerivedFrom rdf.IRI        `rdf:"prov:wasDerivedFrom"`
	RevisionOf  rdf.IRI        `rdf:"prov:wasRevisionOf"`
	Rest        rdf.Properties `rdf:"*"`
}

// The concepts of AgendaItem.Type.
var (
	TypeNota       = rdf.MustIRI("http://themis.vlaanderen.be/id/concept/agendapunt-type/dd47a8f8-3ad2-4d5a-8318-66fc02fe80fd")
	TypeMededeling = rdf.MustIRI("http://themis.vlaanderen.be/id/concept/agendapunt-type/8f8adcf0-58ef-4edc-9e36-0c9095fd76b0")
)

// KindOf returns the kind that a type of agenda item stands for, empty for an
// unknown one.
func KindOf(agendaItemType rdf.IRI) Kind {
	switch agendaItemType {
	case TypeNota:
		return Nota
	case TypeMededeling:
		return Mededeling
	}
	return ""
}
