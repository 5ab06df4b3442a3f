package harvest

import (
	"time"

	"github.com/themis-go/themis/rdf"
)

// Mandate is a post in a body (mandaat:Mandaat).
type Mandate struct {
	_    struct{}       `rdf:"@type,mandaat:Mandaat"`
	URI  rdf.IRI        `rdf:"@id"`
	UUID string         `rdf:"mu:uuid"`
	Role rdf.IRI        `rdf:"org:role"`
	Rest rdf.Properties `rdf:"*"`
}

// Role is the function of a [Mandate]: minister-president, minister (org:Role).
type Role struct {
	_      struct{}       `rdf:"@type,org:Role"`
	URI    rdf.IRI        `rdf:"@id"`
	UUID   string         `rdf:"mu:uuid"`
	Label  string         `rdf:"skos:prefLabel,lang=nl|*,first"`
	Scheme rdf.IRI        `rdf:"skos:inScheme"`
	Rest   rdf.Properties `rdf:"*"`
}

// Election is what makes a legislature (mandaat:RechtstreekseVerkiezing).
type Election struct {
	_       struct{}       `rdf:"@type,mandaat:RechtstreekseVerkiezing"`
	URI     rdf.IRI        `rdf:"@id"`
	UUID    string         `rdf:"mu:uuid"`
	Date    time.Time      `rdf:"mandaat:datum,type=xsd:date"`
	Elected rdf.IRI        `rdf:"mandaat:steltSamen"`
	Rest    rdf.Properties `rdf:"*"`
}
