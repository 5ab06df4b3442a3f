package harvest

import "github.com/themis-go/themis/rdf"

// Series is the versions of one document (dossier:Serie).
type Series struct {
	_     struct{}       `rdf:"@type,dossier:Serie"`
	URI   rdf.IRI        `rdf:"@id"`
	UUID  string         `rdf:"mu:uuid"`
	Type  rdf.IRI        `rdf:"dct:type"` // a concept: note, decree, advice, …
	Parts []rdf.IRI      `rdf:"dossier:Collectie.bestaatUit"`
	Rest  rdf.Properties `rdf:"*"`
}
