package harvest

import (
	"time"

	"github.com/themis-go/themis/rdf"
)

// Attachment is a document of a decision (dossier:Stuk). Its type hangs on its
// [Series].
type Attachment struct {
	_      struct{}       `rdf:"@type,dossier:Stuk"`
	URI    rdf.IRI        `rdf:"@id"`
	UUID   string         `rdf:"mu:uuid"`
	Title  string         `rdf:"dct:title"`
	Issued time.Time      `rdf:"dct:issued"` // UTC
	Files  []rdf.IRI      `rdf:"prov:value"`
	Rest   rdf.Properties `rdf:"*"`
}
