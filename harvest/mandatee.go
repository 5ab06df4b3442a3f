package harvest

import (
	"time"

	"github.com/themis-go/themis/rdf"
)

// Mandatee is a person in one portfolio for a time (mandaat:Mandataris). The
// URIs have two bases, mandataris and mandatee.
type Mandatee struct {
	_     struct{} `rdf:"@type,mandaat:Mandataris"`
	URI   rdf.IRI  `rdf:"@id"`
	UUID  string   `rdf:"mu:uuid"`
	Title string   `rdf:"dct:title"` // the portfolio, in Dutch
	// Start and End bound the mandate; End is zero where it has none. UTC.
	Start time.Time `rdf:"mandaat:start"`
	End   time.Time `rdf:"mandaat:einde"`
	// Rank is the order of precedence, from 1.
	Rank   int     `rdf:"mandaat:rangorde"`
	Holds  rdf.IRI `rdf:"org:holds"` // the Mandate
	Person rdf.IRI `rdf:"mandaat:isBestuurlijkeAliasVan"`
	// Governments are those that had it as a member.
	Governments []rdf.IRI      `rdf:"^prov:hadMember"`
	Rest        rdf.Properties `rdf:"*"`
}

// In tells whether the mandate was held at t: from Start on, until before End.
func (m Mandatee) In(t time.Time) bool {
	return !t.Before(m.Start) && (m.End.IsZero() || t.Before(m.End))
}
