package harvest

import "github.com/themis-go/themis/rdf"

// Person is a person who is or was a minister (person:Person).
type Person struct {
	_          struct{}       `rdf:"@type,person:Person"`
	URI        rdf.IRI        `rdf:"@id"`
	UUID       string         `rdf:"mu:uuid"`
	GivenName  string         `rdf:"persoon:gebruikteVoornaam"`
	FamilyName string         `rdf:"foaf:familyName"`
	Rest       rdf.Properties `rdf:"*"`
}

// Name is the given and the family name.
func (p Person) Name() string {
	return Minister{GivenName: p.GivenName, FamilyName: p.FamilyName}.Name()
}
