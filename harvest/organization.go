package harvest

import "github.com/themis-go/themis/rdf"

// Organization is a minister's cabinet or another unit of the administration
// (foaf:Organization).
type Organization struct {
	_          struct{}       `rdf:"@type,foaf:Organization"`
	URI        rdf.IRI        `rdf:"@id"`
	UUID       string         `rdf:"mu:uuid"`
	Label      string         `rdf:"skos:prefLabel,lang=nl|*,first"`
	Identifier string         `rdf:"org:identifier"` // OVO code
	Members    []rdf.IRI      `rdf:"org:hasMember"`  // mandatees
	Rest       rdf.Properties `rdf:"*"`
}

// Unit is what a body governs: the Flemish Community and Region
// (besluit:Bestuurseenheid).
type Unit struct {
	_     struct{}       `rdf:"@type,besluit:Bestuurseenheid"`
	URI   rdf.IRI        `rdf:"@id"`
	UUID  string         `rdf:"mu:uuid"`
	Label string         `rdf:"skos:prefLabel,lang=nl|*,first"`
	Class []rdf.IRI      `rdf:"org:classification"`
	Rest  rdf.Properties `rdf:"*"`
}

// Agent is the publisher of the catalogue (foaf:Agent).
type Agent struct {
	_          struct{}       `rdf:"@type,foaf:Agent"`
	URI        rdf.IRI        `rdf:"@id"`
	UUID       string         `rdf:"mu:uuid"`
	Name       string         `rdf:"foaf:name,lang=nl|*,first"`
	Identifier string         `rdf:"dct:identifier"`
	Rest       rdf.Properties `rdf:"*"`
}
