package harvest

import (
	"time"

	"github.com/themis-go/themis/rdf"
)

// FileObject is a file (nfo:FileDataObject): the logical one that documents
// refer to, or the physical one that has it as its Source.
type FileObject struct {
	_    struct{} `rdf:"@type,nfo:FileDataObject"`
	URI  rdf.IRI  `rdf:"@id"`
	UUID string   `rdf:"mu:uuid"`
	// Name is not to be trusted as a name on disk.
	Name   string `rdf:"nfo:fileName"`
	Size   int64  `rdf:"nfo:fileSize"` // bytes
	Format string `rdf:"dct:format"`   // media type
	// Extension has a leading dot in some records. The files of the catalogue
	// have it under another property, in CatalogueExtension.
	Extension          string         `rdf:"dbpedia:fileExtension"`
	CatalogueExtension string         `rdf:"dbpediaresource:fileExtension"`
	Created            time.Time      `rdf:"dct:created"` // UTC
	Creator            rdf.IRI        `rdf:"dct:creator"`
	Source             []rdf.IRI      `rdf:"nie:dataSource"`
	Rest               rdf.Properties `rdf:"*"`
}
