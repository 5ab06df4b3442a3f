package archive

import (
	"encoding/json"
	"time"

	"github.com/themis-go/themis/harvest"
	"github.com/themis-go/themis/rdf"
)

// record is a decision as it is stored: rdf.IRI has no JSON form of its own.
type record struct {
	URI        string           `json:"uri"`
	UUID       string           `json:"uuid,omitempty"`
	Title      string           `json:"title,omitempty"`
	Subtitle   string           `json:"subtitle,omitempty"`
	HTML       string           `json:"html,omitempty"`
	Text       string           `json:"text,omitempty"`
	Issued     time.Time        `json:"issued,omitzero"`
	Positions  []int            `json:"positions,omitempty"`
	Kind       string           `json:"kind,omitempty"`
	Item       recordItem       `json:"item"`
	Meeting    recordMeeting    `json:"meeting"`
	Government string           `json:"government,omitempty"`
	Ministers  []recordMinister `json:"ministers,omitempty"`
	Themes     []recordTheme    `json:"themes,omitempty"`
	Documents  []recordDocument `json:"documents,omitempty"`
}

type recordItem struct {
	URI        string `json:"uri,omitempty"`
	Title      string `json:"title,omitempty"`
	ShortTitle string `json:"short,omitempty"`
	Position   int    `json:"position,omitempty"`
}

type recordMeeting struct {
	URI        string    `json:"uri,omitempty"`
	Start      time.Time `json:"start,omitzero"`
	Type       string    `json:"type,omitempty"`
	Identifier string    `json:"identifier,omitempty"`
}

type recordMinister struct {
	Mandatee   string `json:"mandatee"`
	Person     string `json:"person,omitempty"`
	GivenName  string `json:"given,omitempty"`
	FamilyName string `json:"family,omitempty"`
	Title      string `json:"title,omitempty"`
	Rank       int    `json:"rank,omitempty"`
}

type recordTheme struct {
	URI        string `json:"uri"`
	Label      string `json:"label,omitempty"`
	Deprecated bool   `json:"deprecated,omitempty"`
}

type recordDocument struct {
	URI       string       `json:"uri"`
	Title     string       `json:"title,omitempty"`
	Type      string       `json:"type,omitempty"`
	TypeLabel string       `json:"typeLabel,omitempty"`
	Issued    time.Time    `json:"issued,omitzero"`
	Files     []recordFile `json:"files,omitempty"`
}

type recordFile struct {
	URI       string `json:"uri"`
	Name      string `json:"name,omitempty"`
	Size      int64  `json:"size,omitempty"`
	Format    string `json:"format,omitempty"`
	Extension string `json:"extension,omitempty"`
}

func encodeDecision(d harvest.Decision) ([]byte, error) {
	r := record{
		URI: d.URI.String(), UUID: d.UUID, Title: d.Title, Subtitle: d.Subtitle, HTML: d.HTML, Text: d.Text,
		Issued: d.Issued, Positions: d.Positions, Kind: string(d.Kind), Government: d.Government.String(),
		Item:    recordItem{d.AgendaItem.URI.String(), d.AgendaItem.Title, d.AgendaItem.ShortTitle, d.AgendaItem.Position},
		Meeting: recordMeeting{d.Meeting.URI.String(), d.Meeting.Start, d.Meeting.Type.String(), d.Meeting.Identifier},
	}
	for _, m := range d.Ministers {
		r.Ministers = append(r.Ministers, recordMinister{m.Mandatee.String(), m.Person.String(), m.GivenName, m.FamilyName, m.Title, m.Rank})
	}
	for _, t := range d.Themes {
		r.Themes = append(r.Themes, recordTheme{t.URI.String(), t.Label, t.Deprecated})
	}
	for _, doc := range d.Documents {
		rd := recordDocument{URI: doc.URI.String(), Title: doc.Title, Type: doc.Type.String(), TypeLabel: doc.TypeLabel, Issued: doc.Issued}
		for _, f := range doc.Files {
			rd.Files = append(rd.Files, recordFile{f.URI.String(), f.Name, f.Size, f.Format, f.Extension})
		}
		r.Documents = append(r.Documents, rd)
	}
	return json.Marshal(r)
}

func decodeDecision(data []byte) (harvest.Decision, error) {
	var r record
	if err := json.Unmarshal(data, &r); err != nil {
		return harvest.Decision{}, err
	}
	var bad error
	iri := func(s string) rdf.IRI {
		if s == "" {
			return rdf.IRI{}
		}
		i, err := rdf.NewIRI(s)
		if err != nil && bad == nil {
			bad = err
		}
		return i
	}
	d := harvest.Decision{
		URI: iri(r.URI), UUID: r.UUID, Title: r.Title, Subtitle: r.Subtitle, HTML: r.HTML, Text: r.Text,
		Issued: r.Issued, Positions: r.Positions, Kind: harvest.Kind(r.Kind), Government: iri(r.Government),
		AgendaItem: harvest.AgendaItemRef{URI: iri(r.Item.URI), Title: r.Item.Title, ShortTitle: r.Item.ShortTitle, Position: r.Item.Position},
		Meeting:    harvest.MeetingRef{URI: iri(r.Meeting.URI), Start: r.Meeting.Start, Type: iri(r.Meeting.Type), Identifier: r.Meeting.Identifier},
	}
	for _, m := range r.Ministers {
		d.Ministers = append(d.Ministers, harvest.Minister{Mandatee: iri(m.Mandatee), Person: iri(m.Person),
			GivenName: m.GivenName, FamilyName: m.FamilyName, Title: m.Title, Rank: m.Rank})
	}
	for _, t := range r.Themes {
		d.Themes = append(d.Themes, harvest.ThemeRef{URI: iri(t.URI), Label: t.Label, Deprecated: t.Deprecated})
	}
	for _, doc := range r.Documents {
		h := harvest.Document{URI: iri(doc.URI), Title: doc.Title, Type: iri(doc.Type), TypeLabel: doc.TypeLabel, Issued: doc.Issued}
		for _, f := range doc.Files {
			h.Files = append(h.Files, harvest.File{URI: iri(f.URI), Name: f.Name, Size: f.Size, Format: f.Format, Extension: f.Extension})
		}
		d.Documents = append(d.Documents, h)
	}
	return d, bad
}
