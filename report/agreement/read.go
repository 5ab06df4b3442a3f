package agreement

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"
)

// Format is the form in which an agreement is written.
type Format string

// The formats that [Read] reads.
const (
	JSONLines Format = "jsonl"
	Markdown  Format = "md"
	Text      Format = "txt"
	HTML      Format = "html"
	PDF       Format = "pdf"
)

// MaxSize is the number of bytes beyond which a document is refused: an
// agreement is a book, not a library.
const MaxSize = 64 << 20

// ErrEmpty is returned for a document in which no section with text is found.
var ErrEmpty = errors.New("agreement: no section with text found; give the document's outline, or number its headings")

// FormatByName tells the format from a file's name: .jsonl or .ndjson, .md or
// .markdown, .txt or .text, .html or .htm, .pdf; in any case of letters.
func FormatByName(name string) (Format, error) {
	switch strings.ToLower(filepath.Ext(name)) {
	case ".jsonl", ".ndjson":
		return JSONLines, nil
	case ".md", ".markdown":
		return Markdown, nil
	case ".txt", ".text":
		return Text, nil
	case ".html", ".htm", ".xhtml":
		return HTML, nil
	case ".pdf":
		return PDF, nil
	}
	return "", fmt.Errorf("agreement: %q: unknown kind of file; want .jsonl, .md, .txt, .html or .pdf", name)
}

// SyntaxError tells where a document cannot be read.
type SyntaxError struct {
	Format Format
	Line   int // counted from 1; 0 where unknown
	Err    error
}

func (e *SyntaxError) Error() string {
	if e.Line > 0 {
		return fmt.Sprintf("agreement: %s, line %d: %v", e.Format, e.Line, e.Err)
	}
	return fmt.Sprintf("agreement: %s: %v", e.Format, e.Err)
}

func (e *SyntaxError) Unwrap() error { return e.Err }

// Option changes how [Read] reads.
type Option func(*settings)

type settings struct {
	ctx     context.Context
	outline []Heading
}

// WithOutline gives the headings of the document, in its order, where they
// cannot be told from the document itself; see [ReadOutline]. It has effect on
// PDF and plain text. Headings that the document lacks are ignored.
func WithOutline(outline []Heading) Option {
	return func(s *settings) { s.outline = outline }
}

// WithContext bounds the reading of a PDF, which takes some seconds.
func WithContext(ctx context.Context) Option {
	return func(s *settings) { s.ctx = ctx }
}

// Read reads an agreement in the given format. The result depends on the bytes
// of the document and the options alone.
func Read(r io.Reader, f Format, opts ...Option) (*Agreement, error) {
	set := settings{ctx: context.Background()}
	for _, o := range opts {
		o(&set)
	}
	data, err := readAll(r)
	if err != nil {
		return nil, err
	}
	var a *Agreement
	switch f {
	case JSONLines:
		a, err = readJSONLines(data)
	case Markdown:
		a = readMarkdown(data)
	case Text:
		a = readText(data, set.outline)
	case HTML:
		a = readHTML(data)
	case PDF:
		a, err = readPDF(set.ctx, data, set.outline)
	default:
		return nil, fmt.Errorf("agreement: unknown format %q", f)
	}
	if err != nil {
		return nil, err
	}
	a.finish()
	if len(a.Sections) == 0 {
		return nil, ErrEmpty
	}
	return a, nil
}

// readAll reads a document of at most MaxSize bytes.
func readAll(r io.Reader) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(r, MaxSize+1))
	if err != nil {
		return nil, fmt.Errorf("agreement: read: %w", err)
	}
	if len(data) > MaxSize {
		return nil, fmt.Errorf("agreement: the document is larger than %d MiB", MaxSize>>20)
	}
	return data, nil
}
