package harvest

import "github.com/themis-go/themis/rdf"

// Dossier is the documents of one matter (dossier:Dossier).
type Dossier struct {
	_     struct{}       `rdf:"@type,dossier:Dossier"`
	URI   rdf.IRI        `rdf:"@id"`
	UUID  string         `rdf:"mu:uuid"`
	Parts []rdf.IRI      `rdf:"dossier:Dossier.bestaatUit"`
	Rest  rdf.Properties `rdf:"*"`
}
