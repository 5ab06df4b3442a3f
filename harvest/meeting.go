package harvest

import (
	"time"

	"github.com/themis-go/themis/rdf"
)

// Meeting is a meeting of the council of ministers (besluit:Vergaderactiviteit).
type Meeting struct {
	_    struct{} `rdf:"@type,besluit:Vergaderactiviteit"`
	URI  rdf.IRI  `rdf:"@id"`
	UUID string   `rdf:"mu:uuid"`
	// Start is the planned start, UTC.
	Start time.Time `rdf:"besluit:geplandeStart"`
	// HeldBy is the body that meets.
	HeldBy rdf.IRI `rdf:"besluitvorming:isGehoudenDoor"`
	// Type is a concept: ordinary, by electronic procedure, special, …
	Type     rdf.IRI `rdf:"dct:type"`
	Location string  `rdf:"prov:atLocation"`
	// Identifier is the number of the meeting in its year, as text.
	Identifier string `rdf:"dct:identifier"`
	// DocumentsDue is when publication of the documents was planned, UTC.
	DocumentsDue time.Time      `rdf:"themis:geplandePublicatieDatumDocumenten"`
	Rest         rdf.Properties `rdf:"*"`
}

// Date is the day of the meeting in Brussels, at midnight UTC.
func (m Meeting) Date() time.Time { return day(m.Start) }
