package harvest

import (
	"fmt"
	"strings"
	"time"
)

// ManifestVersion is the version of [Manifest]'s JSON form.
const ManifestVersion = 1

// Manifest says what an archive holds, where it came from and how that was
// proved. Its digests can be recomputed by anyone who has the same triples.
type Manifest struct {
	Version int    `json:"version"` // of this form: ManifestVersion
	Library string `json:"library"` // name and version of what harvested
	// Source is where the data came from.
	Source SourceInfo `json:"source"`
	// Started and Ended are the times of the last run, UTC.
	Started time.Time `json:"started"`
	Ended   time.Time `json:"ended"`
	// Since and Until are the dates of meetings that the run was limited to; zero: not.
	Since time.Time `json:"since,omitzero"`
	Until time.Time `json:"until,omitzero"`
	// Complete is false where Reasons says what is missing.
	Complete bool     `json:"complete"`
	Reasons  []Reason `json:"reasons,omitempty"`
	// Runs is the number of runs that the archive has seen; Sequence grows with
	// every change of its contents.
	Runs     int64 `json:"runs"`
	Sequence int64 `json:"sequence"`
	// Subjects and Triples count what the archive holds now, each once.
	Subjects int64 `json:"subjects"`
	Triples  int64 `json:"triples"`
	// Decisions is the number of decisions in the archive.
	Decisions int64 `json:"decisions"`
	// Digest is the SHA-256 of all triples as sorted canonical N-Quads lines of
	// the default graph, literals in their normal form (rdf.Normalize), in
	// hexadecimal.
	Digest string `json:"digest"`
	// Classes are in order of IRI; the subjects without class come first, with
	// an empty Class. A subject of several classes counts for each.
	Classes []ClassCount `json:"classes"`
	// Expected is what the source itself counted of each class at the end of the
	// last run, without digests; empty where it does not count (files). It agrees
	// with Classes, but for literals that are the same in their normal form.
	Expected []ClassCount `json:"expected,omitempty"`
	// Windows are what the last run asked for and got, in order.
	Windows []Window `json:"windows,omitempty"`
}

// SourceInfo names a source.
type SourceInfo struct {
	Kind    string `json:"kind"`    // endpoint, files, catalogue, sample
	Address string `json:"address"` // URL without credentials, or path
}

// String is the kind and the address.
func (s SourceInfo) String() string { return strings.TrimSpace(s.Kind + " " + s.Address) }

// ClassCount is what an archive holds of one class.
type ClassCount struct {
	Class    string `json:"class"` // IRI; empty: no class
	Subjects int64  `json:"subjects"`
	Triples  int64  `json:"triples"`
	// Digest is the SHA-256 of the triples of the class's subjects, as Manifest.Digest.
	Digest string `json:"digest,omitempty"`
}

// Window is a part of the source that was asked for at once: a range of
// subjects of one class, a meeting, a file.
type Window struct {
	Class string `json:"class,omitempty"` // IRI, where the window is of one class
	Name  string `json:"name"`            // first subject, meeting or file
	// Expected is what the source counted, Received what came; Expected is -1
	// where the source does not count (a file).
	ExpectedSubjects int64 `json:"expectedSubjects"`
	ReceivedSubjects int64 `json:"receivedSubjects"`
	ExpectedTriples  int64 `json:"expectedTriples"`
	ReceivedTriples  int64 `json:"receivedTriples"`
	// Tries is how often it was asked for; more than 1 where an answer failed or was cut.
	Tries int `json:"tries,omitempty"`
}

// Reason says what a harvest lacks and why.
type Reason struct {
	What string `json:"what"` // the class, meeting or file
	Why  string `json:"why"`
}

// String is the reason in one line.
func (r Reason) String() string { return r.What + ": " + r.Why }

// Completeness says whether a harvest has all that its source published: it is
// [Complete] or [Partial].
type Completeness interface{ completeness() }

// Complete says that every count of the source was met.
type Complete struct{}

// Partial says that something is missing.
type Partial struct{ Reasons []Reason }

func (Complete) completeness() {}
func (Partial) completeness()  {}

// String is "complete".
func (Complete) String() string { return "complete" }

// String gives the reasons in one line.
func (p Partial) String() string {
	const shown = 3
	var b strings.Builder
	b.WriteString("partial: ")
	for i, r := range p.Reasons {
		if i == shown {
			fmt.Fprintf(&b, "; and %d more", len(p.Reasons)-shown)
			break
		}
		if i > 0 {
			b.WriteString("; ")
		}
		b.WriteString(r.String())
	}
	return b.String()
}

// Completeness returns the manifest's as a type.
func (m Manifest) Completeness() Completeness {
	if m.Complete {
		return Complete{}
	}
	return Partial{Reasons: m.Reasons}
}

// Class returns the counts of one class; the zero value where there are none.
func (m Manifest) Class(iri string) ClassCount {
	for _, c := range m.Classes {
		if c.Class == iri {
			return c
		}
	}
	return ClassCount{Class: iri}
}
