package harvest

import (
	"time"

	"github.com/themis-go/themis/rdf"
)

// Body is a government, a legislature or what they are the temporary form of
// (besluit:Bestuursorgaan).
type Body struct {
	_     struct{} `rdf:"@type,besluit:Bestuursorgaan"`
	URI   rdf.IRI  `rdf:"@id"`
	UUID  string   `rdf:"mu:uuid"`
	Label string   `rdf:"skos:prefLabel,lang=nl|*,first"`
	// SpecialisationOf is the body that this one is for a time: a government is
	// a specialisation of "the Flemish Government".
	SpecialisationOf rdf.IRI `rdf:"generiek:isTijdspecialisatieVan"`
	// Generation and Invalidation are when it began and ended.
	Generation   *Instant       `rdf:"prov:qualifiedGeneration"`
	Invalidation *Instant       `rdf:"prov:qualifiedInvalidation"`
	Members      []rdf.IRI      `rdf:"prov:hadMember"` // mandatees
	Posts        []rdf.IRI      `rdf:"org:hasPost"`    // mandates
	Governs      []rdf.IRI      `rdf:"besluit:bestuurt"`
	Class        []rdf.IRI      `rdf:"org:classification"`
	Rest         rdf.Properties `rdf:"*"`
}

// In tells whether the body existed at t.
func (b Body) In(t time.Time) bool {
	if b.Generation != nil && t.Before(b.Generation.Time) {
		return false
	}
	return b.Invalidation == nil || t.Before(b.Invalidation.Time)
}

// Instant is the beginning or the end of a [Body] (prov:Generation,
// prov:Invalidation).
type Instant struct {
	URI  rdf.IRI        `rdf:"@id"`
	UUID string         `rdf:"mu:uuid"`
	Time time.Time      `rdf:"prov:atTime"` // UTC
	Rest rdf.Properties `rdf:"*"`
}
