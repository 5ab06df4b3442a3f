package harvest

import (
	"time"
	_ "time/tzdata" // Brussels must be known where the system has no zone files

	"github.com/themis-go/themis/rdf"
)

// Brussels is the time zone in which the council of ministers meets and in
// which dates of meetings are shown.
var Brussels = mustZone("Europe/Brussels")

func mustZone(name string) *time.Location {
	loc, err := time.LoadLocation(name)
	if err != nil {
		panic(err) // cannot happen: the zone files are embedded
	}
	return loc
}

// Kind is the type of an agenda item.
type Kind string

// The kinds of agenda item (besluit:Agendapunt.type).
const (
	// Nota is a note on which the government decides.
	Nota Kind = "Nota"
	// Mededeling is a communication of which the government takes notice.
	Mededeling Kind = "Mededeling"
)

// Decision is the joined view of one decision of the council of ministers: the
// news item that communicates it, the agenda item and meeting it was taken
// under, and the labels of everything it refers to. Times are UTC.
type Decision struct {
	// URI is that of the news item; it stays the same over republications.
	URI  rdf.IRI
	UUID string // mu:uuid
	// Title and Subtitle are dct:title and dct:alternative; plain text.
	Title    string
	Subtitle string
	// HTML is nie:htmlContent exactly as served (several values are joined by
	// a line break), empty where the item has none. It is untrusted.
	HTML string
	// Text is the plain text: of HTML where there is any, else prov:value. It has no markup and
	// no surrounding white space; paragraphs are separated by one line break.
	Text string
	// Issued is the time of export (dct:issued), not of the decision.
	Issued time.Time
	// Positions are the schema:position values, ascending; most items have one.
	Positions []int
	// Kind is empty where the agenda item has no known type.
	Kind       Kind
	AgendaItem AgendaItemRef
	Meeting    MeetingRef
	// Government is the government of the first minister at the time of the
	// meeting; the zero IRI where no minister is known.
	Government rdf.IRI
	// Ministers are in order of rank (mandaat:rangorde), then of name.
	Ministers []Minister
	// Themes are in order of label.
	Themes []ThemeRef
	// Documents are the attachments, in order of title.
	Documents []Document
}

// AgendaItemRef is what a [Decision] shows of its agenda item.
type AgendaItemRef struct {
	URI        rdf.IRI
	Title      string // dct:title
	ShortTitle string // besluitvorming:korteTitel
	Position   int    // schema:position on the agenda
}

// MeetingRef is what a [Decision] shows of its meeting.
type MeetingRef struct {
	URI        rdf.IRI
	Start      time.Time // besluit:geplandeStart, UTC
	Type       rdf.IRI   // dct:type
	Identifier string    // dct:identifier
}

// Minister is a person in a portfolio, as it was at the time of the meeting.
type Minister struct {
	Mandatee   rdf.IRI // mandaat:Mandataris
	Person     rdf.IRI // mandaat:isBestuurlijkeAliasVan; zero where unknown
	GivenName  string  // persoon:gebruikteVoornaam
	FamilyName string  // foaf:familyName
	Title      string  // dct:title of the mandatee: the portfolio, in Dutch
	Rank       int     // mandaat:rangorde; 0 where unknown
}

// Name is the minister's given and family name.
func (m Minister) Name() string {
	if m.GivenName == "" {
		return m.FamilyName
	}
	if m.FamilyName == "" {
		return m.GivenName
	}
	return m.GivenName + " " + m.FamilyName
}

// ThemeRef is a theme (policy subject) with its Dutch label.
type ThemeRef struct {
	URI        rdf.IRI
	Label      string // skos:prefLabel; empty where the code list lacks it
	Deprecated bool   // owl:deprecated
}

// Document is an attachment of a decision.
type Document struct {
	URI       rdf.IRI
	Title     string  // dct:title
	Type      rdf.IRI // dct:type of its dossier:Serie; zero where unknown
	TypeLabel string  // skos:prefLabel of Type
	Issued    time.Time
	Files     []File
}

// File is a file of a [Document].
type File struct {
	URI       rdf.IRI
	Name      string // nfo:fileName; untrusted
	Size      int64  // nfo:fileSize in bytes; 0 where unknown
	Format    string // dct:format, a media type
	Extension string // dbpedia:fileExtension
}

// Date is the day of the meeting in Brussels, at midnight UTC; the zero time
// where the meeting is unknown.
func (d Decision) Date() time.Time { return day(d.Meeting.Start) }

// day is the day of t in Brussels, at midnight UTC; zero for the zero time.
func day(t time.Time) time.Time {
	if t.IsZero() {
		return time.Time{}
	}
	y, m, d := t.In(Brussels).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}
