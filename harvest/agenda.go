package harvest

import (
	"time"

	"github.com/themis-go/themis/rdf"
)

// Agenda is the public agenda of a meeting (besluitvorming:Agenda).
type Agenda struct {
	_        struct{}  `rdf:"@type,besluitvorming:Agenda"`
	URI      rdf.IRI   `rdf:"@id"`
	UUID     string    `rdf:"mu:uuid"`
	Title    string    `rdf:"dct:title"`
	Created  time.Time `rdf:"dct:created"`  // UTC
	Modified time.Time `rdf:"dct:modified"` // UTC
	Status   rdf.IRI   `rdf:"besluitvorming:agendaStatus"`
	Meeting  rdf.IRI   `rdf:"besluitvorming:isAgendaVoor"`
	Items    []rdf.IRI `rdf:"dct:hasPart"`
	// DerivedFrom is the agenda as the government knows it; it is not published.
	DerivedFrom rdf.IRI `rdf:"prov:wasDerivedFrom"`
	// RevisionOf is the agenda of the publication before, which is not there any more.
	RevisionOf rdf.IRI        `rdf:"prov:wasRevisionOf"`
	Rest       rdf.Properties `rdf:"*"`
}
