package harvest

import (
	"time"

	"github.com/themis-go/themis/rdf"
)

// Catalog is the catalogue of all publications (dcat:Catalog).
type Catalog struct {
	_           struct{}  `rdf:"@type,dcat:Catalog"`
	URI         rdf.IRI   `rdf:"@id"`
	UUID        string    `rdf:"mu:uuid"`
	Title       string    `rdf:"dct:title,lang=nl|*,first"`
	Description string    `rdf:"dct:description,lang=nl|*,first"`
	Issued      time.Time `rdf:"dct:issued"` // UTC
	// Modified moves with every publication.
	Modified  time.Time      `rdf:"dct:modified"`
	Publisher rdf.IRI        `rdf:"dct:publisher"`
	Datasets  []rdf.IRI      `rdf:"dcat:dataset"`
	Rest      rdf.Properties `rdf:"*"`
}

// Dataset is one publication in the catalogue (dcat:Dataset): of a meeting, or
// of a code list. A superseded one stays, without the addresses of its
// distributions.
type Dataset struct {
	_        struct{}  `rdf:"@type,dcat:Dataset"`
	URI      rdf.IRI   `rdf:"@id"`
	UUID     string    `rdf:"mu:uuid"`
	Title    string    `rdf:"dct:title,lang=nl|*,first"`
	Type     rdf.IRI   `rdf:"dct:type"`
	Created  time.Time `rdf:"dct:created"`  // UTC
	Issued   time.Time `rdf:"dct:issued"`   // UTC
	Modified time.Time `rdf:"dct:modified"` // UTC; moves when it is superseded
	// Subject is the meeting; zero for code lists.
	Subject       rdf.IRI        `rdf:"dct:subject"`
	Distributions []rdf.IRI      `rdf:"dcat:distribution"`
	RevisionOf    rdf.IRI        `rdf:"prov:wasRevisionOf"`
	Rest          rdf.Properties `rdf:"*"`
}

// Distribution is a file of a [Dataset] (dcat:Distribution).
type Distribution struct {
	_        struct{}  `rdf:"@type,dcat:Distribution"`
	URI      rdf.IRI   `rdf:"@id"`
	UUID     string    `rdf:"mu:uuid"`
	Title    string    `rdf:"dct:title,lang=nl|*,first"`
	Type     rdf.IRI   `rdf:"dct:type"`
	Subject  rdf.IRI   `rdf:"dct:subject"`  // the FileObject
	Created  time.Time `rdf:"dct:created"`  // UTC
	Issued   time.Time `rdf:"dct:issued"`   // UTC
	Modified time.Time `rdf:"dct:modified"` // UTC
	// DownloadURL is zero for superseded publications.
	DownloadURL rdf.IRI        `rdf:"dcat:downloadURL"`
	Format      string         `rdf:"dct:format"`    // media type
	Size        int64          `rdf:"dcat:byteSize"` // bytes
	Rest        rdf.Properties `rdf:"*"`
}
