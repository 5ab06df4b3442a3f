package analyse

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"

	"github.com/themis-go/themis/harvest"
)

// Field is the part of a decision that a citation quotes.
type Field string

// The fields that can be quoted. InRecord is what [Record] returns.
const (
	InTitle    Field = "title"
	InSubtitle Field = "subtitle"
	InText     Field = "text"
	InRecord   Field = "record"
)

// Of returns the field's text of a decision.
func (f Field) Of(d harvest.Decision) string {
	switch f {
	case InTitle:
		return d.Title
	case InSubtitle:
		return d.Subtitle
	case InText:
		return d.Text
	case InRecord:
		return Record(d)
	}
	return ""
}

// Record puts in words what the record of a decision says besides its text: on
// the first line the date of the meeting, then a line per minister with name
// and title, in Dutch.
func Record(d harvest.Decision) string {
	var b strings.Builder
	if date := d.Date(); !date.IsZero() {
		b.WriteString("Vlaamse Regering, vergadering van " + Date(date))
	}
	for _, m := range d.Ministers {
		b.WriteByte('\n')
		b.WriteString(minister(m))
	}
	return strings.TrimSpace(b.String())
}

func minister(m harvest.Minister) string {
	if m.Title == "" {
		return m.Name()
	}
	return m.Name() + ", " + m.Title
}

// Citation is a quote from a decision that supports a statement.
type Citation struct {
	// URI is the decision's.
	URI string
	// Field tells which text the offsets and the digest are of.
	Field Field
	// Quote is the text of the field from byte Start up to byte End, exactly.
	Quote      string
	Start, End int
	// Digest is the SHA-256 of the field's whole text, in hexadecimal.
	Digest string
}

// ErrQuote is returned when a quote does not stand where a citation says.
var ErrQuote = errors.New("the quote does not stand in the decision")

// ErrChanged is returned when the quote still stands in the decision, but the
// text around it is another one than was cited.
var ErrChanged = errors.New("the decision's text has changed since it was cited")

// Cite quotes the bytes from start up to end of a field of a decision.
func Cite(d harvest.Decision, f Field, start, end int) (Citation, error) {
	text := f.Of(d)
	if start < 0 || end > len(text) || start >= end {
		return Citation{}, fmt.Errorf("analyse: quote [%d:%d] of the %s of %s, which has %d bytes: %w", start, end, f, d.URI, len(text), ErrQuote)
	}
	return Citation{URI: d.URI.String(), Field: f, Quote: text[start:end], Start: start, End: end, Digest: Digest(text)}, nil
}

// Digest is the SHA-256 of a text in hexadecimal.
func Digest(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

// Check tells whether the citation holds against the decision as it is now:
// nil, [ErrQuote], or [ErrChanged] where only the text around the quote differs.
func (c Citation) Check(d harvest.Decision) error {
	text := c.Field.Of(d)
	if c.Quote == "" || !strings.Contains(text, c.Quote) {
		return fmt.Errorf("analyse: %s of %s: %w", c.Field, c.URI, ErrQuote)
	}
	if Digest(text) != c.Digest {
		return fmt.Errorf("analyse: %s of %s: %w", c.Field, c.URI, ErrChanged)
	}
	if c.Start < 0 || c.End > len(text) || c.Start >= c.End || text[c.Start:c.End] != c.Quote {
		return fmt.Errorf("analyse: %s of %s, bytes %d to %d: %w", c.Field, c.URI, c.Start, c.End, ErrQuote)
	}
	return nil
}
