package harvest

import (
	"time"

	"github.com/themis-go/themis/rdf"
)

// Publication is the activity that published, or published again, what a
// meeting decided (prov:Activity). One that generated no agenda retracts the
// meeting.
type Publication struct {
	_    struct{} `rdf:"@type,prov:Activity"`
	URI  rdf.IRI  `rdf:"@id"`
	UUID string   `rdf:"mu:uuid"`
	Type rdf.IRI  `rdf:"dct:type"`
	// Started is when it was published, UTC.
	Started time.Time `rdf:"prov:startedAtTime"`
	Meeting rdf.IRI   `rdf:"prov:used"`
	// Generated are the agenda and the agenda items.
	Generated []rdf.IRI      `rdf:"prov:generated"`
	Rest      rdf.Properties `rdf:"*"`
}
