package harvest

import (
	"time"

	"github.com/themis-go/themis/rdf"
)

// EventKind says what happened to a resource.
type EventKind string

// The kinds of [Event].
const (
	// Added: the resource was not there before.
	Added EventKind = "added"
	// Changed: properties of the resource changed.
	Changed EventKind = "changed"
	// Superseded: a revision took the resource's place (prov:wasRevisionOf).
	Superseded EventKind = "superseded"
	// Withdrawn: the source does not publish the resource any more.
	Withdrawn EventKind = "withdrawn"
)

// Event is a change that a run found in the source. The first run into an
// archive makes none.
type Event struct {
	ID      int64 // grows; see archive.After
	Run     int64
	At      time.Time // when it was found, UTC
	Kind    EventKind
	Subject rdf.IRI
	Classes []rdf.IRI
	// Meeting is the meeting whose publication brought the event; zero where unknown.
	Meeting rdf.IRI
	// By is the resource that took its place; only for Superseded.
	By rdf.IRI
	// Properties are the predicates whose values changed; only for Changed.
	Properties []rdf.IRI
}
