package export

import (
	"bufio"
	"encoding/csv"
	"fmt"
	"io"
	"iter"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/themis-go/themis/harvest"
)

// An Option changes how decisions are written.
type Option func(*config)

type config struct {
	spreadsheet   bool
	rowGroupBytes int
	partitions    int // open at once
}

func newConfig(opts []Option) config {
	c := config{rowGroupBytes: defaultRowGroupBytes, partitions: defaultPartitions}
	for _, o := range opts {
		o(&c)
	}
	return c
}

// ForSpreadsheets makes [CSV] fit to be opened in a spreadsheet by hand. Such
// programs take a cell that begins with = + - @ (or their wide forms), a tab or
// a line break for a formula and run it; with this option an apostrophe is put before these. A
// byte order mark at the beginning tells them that the text is UTF-8.
//
// It alters data, and so it is off unless asked for: a title that begins with a
// hyphen is not the same afterwards.
func ForSpreadsheets() Option { return func(c *config) { c.spreadsheet = true } }

const byteOrderMark = "\ufeff"

// csvColumns are the columns in their order. They are documented at CSV.
var csvColumns = []struct {
	name  string
	value func(harvest.Decision) string
}{
	{"uri", func(d harvest.Decision) string { return d.URI.String() }},
	{"uuid", func(d harvest.Decision) string { return d.UUID }},
	{"date", func(d harvest.Decision) string { return formatDate(d.Date()) }},
	{"issued", func(d harvest.Decision) string { return formatTime(d.Issued) }},
	{"title", func(d harvest.Decision) string { return d.Title }},
	{"subtitle", func(d harvest.Decision) string { return d.Subtitle }},
	{"kind", func(d harvest.Decision) string { return string(d.Kind) }},
	{"positions", func(d harvest.Decision) string { return join(d.Positions, strconv.Itoa) }},
	{"meeting", func(d harvest.Decision) string { return d.Meeting.URI.String() }},
	{"meeting_start", func(d harvest.Decision) string { return formatTime(d.Meeting.Start) }},
	{"meeting_type", func(d harvest.Decision) string { return d.Meeting.Type.String() }},
	{"meeting_identifier", func(d harvest.Decision) string { return d.Meeting.Identifier }},
	{"agenda_item", func(d harvest.Decision) string { return d.AgendaItem.URI.String() }},
	{"agenda_item_title", func(d harvest.Decision) string { return d.AgendaItem.Title }},
	{"agenda_item_short_title", func(d harvest.Decision) string { return d.AgendaItem.ShortTitle }},
	{"agenda_item_position", func(d harvest.Decision) string { return formatCount(int64(d.AgendaItem.Position)) }},
	{"government", func(d harvest.Decision) string { return d.Government.String() }},
	{"ministers", func(d harvest.Decision) string { return join(d.Ministers, harvest.Minister.Name) }},
	{"portfolios", func(d harvest.Decision) string {
		return join(d.Ministers, func(m harvest.Minister) string { return m.Title })
	}},
	{"mandatees", func(d harvest.Decision) string {
		return join(d.Ministers, func(m harvest.Minister) string { return m.Mandatee.String() })
	}},
	{"persons", func(d harvest.Decision) string {
		return join(d.Ministers, func(m harvest.Minister) string { return m.Person.String() })
	}},
	{"themes", func(d harvest.Decision) string {
		return join(d.Themes, func(t harvest.ThemeRef) string { return t.Label })
	}},
	{"theme_uris", func(d harvest.Decision) string {
		return join(d.Themes, func(t harvest.ThemeRef) string { return t.URI.String() })
	}},
	{"documents", func(d harvest.Decision) string {
		return join(d.Documents, func(x harvest.Document) string { return x.Title })
	}},
	{"document_uris", func(d harvest.Decision) string {
		return join(d.Documents, func(x harvest.Document) string { return x.URI.String() })
	}},
	{"file_names", func(d harvest.Decision) string {
		return join(files(d), func(f harvest.File) string { return f.Name })
	}},
	{"file_uris", func(d harvest.Decision) string {
		return join(files(d), func(f harvest.File) string { return f.URI.String() })
	}},
	{"text", func(d harvest.Decision) string { return d.Text }},
	{"html", func(d harvest.Decision) string { return d.HTML }},
}

// CSV writes decisions as comma-separated values (RFC 4180, but lines end with
// a line feed alone) in UTF-8 without a byte order mark, and returns how many
// it wrote. The first record names the columns, in this order:
//
//	uri, uuid, date, issued, title, subtitle, kind, positions, meeting,
//	meeting_start, meeting_type, meeting_identifier, agenda_item,
//	agenda_item_title, agenda_item_short_title, agenda_item_position,
//	government, ministers, portfolios, mandatees, persons, themes, theme_uris,
//	documents, document_uris, file_names, file_uris, text, html
//
// Each decision is one record. A value that is absent is empty. The date is
// 2021-03-05, times are RFC 3339 in UTC. A column in the plural is a list: its
// members are separated by a vertical bar, and a bar or a backslash within a
// member has a backslash before it, so that nothing is lost. The lists of
// ministers have equally many members in the same order, and so have the lists
// of themes, of documents and of files; a member may be empty.
//
// Values are not altered, whatever a spreadsheet would make of them; see
// [ForSpreadsheets]. The decisions are read as fast as w takes them. CSV stops
// at the first error, of the stream or of w, and returns it.
func CSV(w io.Writer, decisions iter.Seq2[harvest.Decision, error], opts ...Option) (n int, err error) {
	return writeAll(newCSVSink(w, newConfig(opts)), decisions)
}

type csvSink struct {
	w           *csv.Writer
	buf         *bufio.Writer
	spreadsheet bool
	begun       bool
	record      []string
}

func newCSVSink(w io.Writer, c config) *csvSink {
	buf := bufio.NewWriterSize(w, bufferSize)
	return &csvSink{w: csv.NewWriter(buf), buf: buf, spreadsheet: c.spreadsheet, record: make([]string, len(csvColumns))}
}

func (s *csvSink) begin() error {
	s.begun = true
	if s.spreadsheet {
		if _, err := s.buf.WriteString(byteOrderMark); err != nil {
			return fmt.Errorf("write CSV: %w", err)
		}
	}
	for i, c := range csvColumns {
		s.record[i] = c.name
	}
	return s.writeRecord()
}

func (s *csvSink) write(d harvest.Decision) error {
	if !s.begun {
		if err := s.begin(); err != nil {
			return err
		}
	}
	for i, c := range csvColumns {
		value := strings.ToValidUTF8(c.value(d), "\ufffd")
		if s.spreadsheet {
			value = disarm(value)
		}
		s.record[i] = value
	}
	return s.writeRecord()
}

func (s *csvSink) writeRecord() error {
	if err := s.w.Write(s.record); err != nil {
		return fmt.Errorf("write CSV: %w", err)
	}
	return nil
}

func (s *csvSink) close() error {
	if !s.begun {
		if err := s.begin(); err != nil {
			return err
		}
	}
	s.w.Flush()
	if err := s.w.Error(); err != nil {
		return fmt.Errorf("write CSV: %w", err)
	}
	if err := s.buf.Flush(); err != nil {
		return fmt.Errorf("write CSV: %w", err)
	}
	return nil
}

func (s *csvSink) abort() {}

// disarm puts an apostrophe before what spreadsheets take for a formula.
func disarm(s string) string {
	if first, _ := utf8.DecodeRuneInString(s); s != "" && strings.ContainsRune("=+-@\t\r\n＝＋－＠", first) {
		return "'" + s
	}
	return s
}

var escapeMember = strings.NewReplacer(`\`, `\\`, `|`, `\|`)

// join makes one value of a list.
func join[T any](list []T, member func(T) string) string {
	var b strings.Builder
	for i, item := range list {
		if i > 0 {
			b.WriteByte('|')
		}
		_, _ = escapeMember.WriteString(&b, member(item)) // a Builder does not fail
	}
	return b.String()
}

func files(d harvest.Decision) []harvest.File {
	var out []harvest.File
	for _, doc := range d.Documents {
		out = append(out, doc.Files...)
	}
	return out
}

func formatDate(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.DateOnly)
}

func formatTime(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339Nano)
}

func formatCount(n int64) string {
	if n == 0 {
		return ""
	}
	return strconv.FormatInt(n, 10)
}
