package export

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/themis-go/themis/harvest"
	"github.com/themis-go/themis/rdf"
)

// Row is a decision as [JSONLines] and [Parquet] write it: a line or row can
// be read back into it. Texts are Dutch.
type Row struct {
	// URI is that of the news item, the key of a row.
	URI  string   `json:"uri" parquet:"uri"`
	UUID Optional `json:"uuid" parquet:"uuid,optional"`
	// Date is the day of the meeting in Brussels; null where the meeting is unknown.
	Date *Day `json:"date" parquet:"date,date"`
	// Issued is when the news item was exported by the publisher, not when the
	// decision was taken.
	Issued   *time.Time `json:"issued" parquet:"issued,timestamp(microsecond)"`
	Title    Optional   `json:"title" parquet:"title,optional"`
	Subtitle Optional   `json:"subtitle" parquet:"subtitle,optional"`
	// Text is plain text; paragraphs are separated by a line feed.
	Text Optional `json:"text" parquet:"text,optional"`
	// HTML is as published and untrusted.
	HTML Optional `json:"html" parquet:"html,optional"`
	// Kind is "Nota" or "Mededeling".
	Kind Optional `json:"kind" parquet:"kind,optional,dict"`
	// Positions of the news item within its meeting; a few have two.
	Positions  []int64    `json:"positions" parquet:"positions,list"`
	AgendaItem AgendaItem `json:"agenda_item" parquet:"agenda_item"`
	Meeting    Meeting    `json:"meeting" parquet:"meeting"`
	// Government is the URI of the government at the time of the meeting.
	Government Optional   `json:"government" parquet:"government,optional,dict"`
	Ministers  []Minister `json:"ministers" parquet:"ministers,list"`
	Themes     []Theme    `json:"themes" parquet:"themes,list"`
	Documents  []Document `json:"documents" parquet:"documents,list"`
}

// AgendaItem is the agenda item of a decision. Its fields are null where it is
// unknown.
type AgendaItem struct {
	URI        Optional `json:"uri" parquet:"uri,optional"`
	Title      Optional `json:"title" parquet:"title,optional"`
	ShortTitle Optional `json:"short_title" parquet:"short_title,optional"`
	// Position on the agenda; 0 where unknown.
	Position int64 `json:"position" parquet:"position"`
}

// Meeting is the meeting of the council of ministers.
type Meeting struct {
	URI        Optional   `json:"uri" parquet:"uri,optional,dict"`
	Start      *time.Time `json:"start" parquet:"start,timestamp(microsecond)"`
	Type       Optional   `json:"type" parquet:"type,optional,dict"`
	Identifier Optional   `json:"identifier" parquet:"identifier,optional,dict"`
}

// Minister is a person in the portfolio of the time of the meeting.
type Minister struct {
	Mandatee   Optional `json:"mandatee" parquet:"mandatee,optional,dict"`
	Person     Optional `json:"person" parquet:"person,optional,dict"`
	GivenName  Optional `json:"given_name" parquet:"given_name,optional,dict"`
	FamilyName Optional `json:"family_name" parquet:"family_name,optional,dict"`
	// Title is the portfolio.
	Title Optional `json:"title" parquet:"title,optional,dict"`
	// Rank is the order of precedence in the government, 0 where unknown.
	Rank int64 `json:"rank" parquet:"rank"`
}

// Theme is a policy subject.
type Theme struct {
	URI        Optional `json:"uri" parquet:"uri,optional,dict"`
	Label      Optional `json:"label" parquet:"label,optional,dict"`
	Deprecated bool     `json:"deprecated" parquet:"deprecated"`
}

// Document is an attachment.
type Document struct {
	URI       Optional   `json:"uri" parquet:"uri,optional"`
	Title     Optional   `json:"title" parquet:"title,optional"`
	Type      Optional   `json:"type" parquet:"type,optional,dict"`
	TypeLabel Optional   `json:"type_label" parquet:"type_label,optional,dict"`
	Issued    *time.Time `json:"issued" parquet:"issued,timestamp(microsecond)"`
	Files     []File     `json:"files" parquet:"files,list"`
}

// File is a file of a document.
type File struct {
	URI  Optional `json:"uri" parquet:"uri,optional"`
	Name Optional `json:"name" parquet:"name,optional"`
	// Size is in bytes, 0 where unknown.
	Size int64 `json:"size" parquet:"size"`
	// Format is a media type.
	Format    Optional `json:"format" parquet:"format,optional,dict"`
	Extension Optional `json:"extension" parquet:"extension,optional,dict"`
}

// Optional is a text that may be absent: it is null in JSON and Parquet where
// it is empty.
type Optional string

// MarshalJSON writes null for the empty text.
func (o Optional) MarshalJSON() ([]byte, error) {
	if o == "" {
		return []byte("null"), nil
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(string(o)); err != nil {
		return nil, err
	}
	return bytes.TrimRight(b.Bytes(), "\n"), nil
}

// UnmarshalJSON reads null as the empty text.
func (o *Optional) UnmarshalJSON(data []byte) error {
	var s *string
	if err := json.Unmarshal(data, &s); err != nil {
		return err
	}
	*o = ""
	if s != nil {
		*o = Optional(*s)
	}
	return nil
}

// Day is a calendar day, in days since 1 January 1970. Its text is ISO 8601:
// 2021-03-05.
type Day int32

const secondsOfDay = 24 * 60 * 60

// DayOf returns the day of t in t's own location.
func DayOf(t time.Time) Day {
	y, m, d := t.Date()
	return Day(time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix() / secondsOfDay)
}

// Time returns the beginning of the day in UTC.
func (d Day) Time() time.Time { return time.Unix(int64(d)*secondsOfDay, 0).UTC() }

// String returns the day as ISO 8601.
func (d Day) String() string { return d.Time().Format(time.DateOnly) }

// MarshalText returns the day as ISO 8601.
func (d Day) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what MarshalText writes.
func (d *Day) UnmarshalText(text []byte) error {
	t, err := time.Parse(time.DateOnly, string(text))
	if err != nil {
		return fmt.Errorf("export: day %q: want the form 2021-03-05", text)
	}
	*d = DayOf(t)
	return nil
}

// NewRow returns the row of a decision. It shares no memory with it.
func NewRow(d harvest.Decision) Row {
	r := Row{
		URI: d.URI.String(), UUID: text(d.UUID), Issued: instant(d.Issued),
		Title: text(d.Title), Subtitle: text(d.Subtitle), Text: text(d.Text), HTML: text(d.HTML),
		Kind:      text(d.Kind),
		Positions: make([]int64, 0, len(d.Positions)),
		AgendaItem: AgendaItem{
			URI: iri(d.AgendaItem.URI), Title: text(d.AgendaItem.Title),
			ShortTitle: text(d.AgendaItem.ShortTitle), Position: int64(d.AgendaItem.Position),
		},
		Meeting: Meeting{
			URI: iri(d.Meeting.URI), Start: instant(d.Meeting.Start),
			Type: iri(d.Meeting.Type), Identifier: text(d.Meeting.Identifier),
		},
		Government: iri(d.Government),
		Ministers:  make([]Minister, 0, len(d.Ministers)),
		Themes:     make([]Theme, 0, len(d.Themes)),
		Documents:  make([]Document, 0, len(d.Documents)),
	}
	if date := d.Date(); !date.IsZero() {
		day := DayOf(date)
		r.Date = &day
	}
	for _, p := range d.Positions {
		r.Positions = append(r.Positions, int64(p))
	}
	for _, m := range d.Ministers {
		r.Ministers = append(r.Ministers, Minister{
			Mandatee: iri(m.Mandatee), Person: iri(m.Person), GivenName: text(m.GivenName),
			FamilyName: text(m.FamilyName), Title: text(m.Title), Rank: int64(m.Rank),
		})
	}
	for _, t := range d.Themes {
		r.Themes = append(r.Themes, Theme{URI: iri(t.URI), Label: text(t.Label), Deprecated: t.Deprecated})
	}
	for _, doc := range d.Documents {
		r.Documents = append(r.Documents, newDocument(doc))
	}
	return r
}

func newDocument(d harvest.Document) Document {
	out := Document{
		URI: iri(d.URI), Title: text(d.Title), Type: iri(d.Type), TypeLabel: text(d.TypeLabel),
		Issued: instant(d.Issued), Files: make([]File, 0, len(d.Files)),
	}
	for _, f := range d.Files {
		out.Files = append(out.Files, File{
			URI: iri(f.URI), Name: text(f.Name), Size: f.Size,
			Format: text(f.Format), Extension: text(f.Extension),
		})
	}
	return out
}

// text returns s with what is not UTF-8 replaced, for no format holds it.
func text[S ~string](s S) Optional { return Optional(strings.ToValidUTF8(string(s), "\ufffd")) }

// iri returns an IRI without brackets; "" for the zero one.
func iri(i rdf.IRI) Optional { return text(i.String()) }

// instant returns t in UTC, nil for the zero time.
func instant(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	t = t.UTC()
	return &t
}
