package documents

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"
	"time"

	"github.com/themis-go/themis/harvest"
	"github.com/themis-go/themis/internal/dutch"
	"github.com/themis-go/themis/internal/pdftext"
	"github.com/themis-go/themis/rdf"
)

// TextStore keeps the text of documents, and makes it searchable if it can. An
// archive is one.
type TextStore interface {
	// DocumentTextDigest returns the SHA-256 of the file whose text is kept for
	// a file, the empty string where none is.
	DocumentTextDigest(ctx context.Context, file rdf.IRI) (string, error)
	// PutDocumentText keeps a text in the place of an earlier one of the file.
	PutDocumentText(ctx context.Context, text harvest.DocumentText) error
}

// ExtractOption changes how text is read.
type ExtractOption func(*extractConfig)

type extractConfig struct {
	timeout time.Duration
	maxSize int64
	again   bool
}

// ExtractTimeout bounds the time for one file; the default is 2 minutes.
func ExtractTimeout(d time.Duration) ExtractOption {
	return func(c *extractConfig) { c.timeout = d }
}

// ExtractMaxSize sets the size in bytes beyond which a file is not read, for
// it is held in memory; the default is 64 MiB.
func ExtractMaxSize(n int64) ExtractOption { return func(c *extractConfig) { c.maxSize = n } }

// Again reads files whose text is stored already, too.
func Again() ExtractOption { return func(c *extractConfig) { c.again = true } }

// Extract reads the text of the PDFs of the folder that the store does not have
// yet, stores it and yields it. A file that gives no text is stored with the
// reason, so that it is not tried again. The failure of one file to be read from disk
// is yielded as a *[FileError] and the others go on; another error ends it.
//
// The first file takes some seconds longer, until the parser is ready.
func (f *Folder) Extract(ctx context.Context, store TextStore, opts ...ExtractOption) iter.Seq2[harvest.DocumentText, error] {
	c := extractConfig{timeout: 2 * time.Minute, maxSize: 64 << 20}
	for _, o := range opts {
		o(&c)
	}
	return func(yield func(harvest.DocumentText, error) bool) {
		reader := pdftext.NewReader()
		defer reader.Close()
		for rec := range f.Records() {
			if !strings.HasSuffix(rec.Path, ".pdf") {
				continue
			}
			text, skip, err := f.extract(ctx, reader, store, rec, c)
			if skip {
				continue
			}
			var one *FileError
			if !yield(text, err) || err != nil && !errors.As(err, &one) {
				return
			}
		}
	}
}

func (f *Folder) extract(ctx context.Context, reader *pdftext.Reader, store TextStore, rec Record, c extractConfig) (t harvest.DocumentText, skip bool, err error) {
	if err := ctx.Err(); err != nil {
		return t, false, fmt.Errorf("documents: %w", err)
	}
	stored, err := store.DocumentTextDigest(ctx, rec.File)
	if err != nil {
		return t, false, fmt.Errorf("documents: the store of texts: %w", err)
	}
	if stored == rec.SHA256 && !c.again {
		return t, true, nil
	}
	t = harvest.DocumentText{File: rec.File, Document: rec.Document, SHA256: rec.SHA256}
	if rec.Size > c.maxSize {
		t.Problem = fmt.Sprintf("the file has %d bytes, more than the %d that are read", rec.Size, c.maxSize)
	} else {
		data, err := f.read(rec)
		if err != nil {
			return t, false, &FileError{File: rec.File, Err: err}
		}
		if err := readText(ctx, reader, data, c.timeout, &t); err != nil {
			return t, false, fmt.Errorf("documents: file %s: %w", rec.File, err)
		}
	}
	if err := store.PutDocumentText(ctx, t); err != nil {
		return t, false, fmt.Errorf("documents: store the text of %s: %w", rec.File, err)
	}
	return t, false, nil
}

func (f *Folder) read(rec Record) ([]byte, error) {
	if err := f.verify(rec); err != nil { // the text must be that of the digest
		return nil, err
	}
	file, err := f.root.Open(rec.Path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return io.ReadAll(io.LimitReader(file, rec.Size))
}

// readText sets the text, or the problem. The error is that of ctx or of the
// parser's machinery, not of the document.
func readText(ctx context.Context, reader *pdftext.Reader, data []byte, timeout time.Duration, t *harvest.DocumentText) error {
	bounded, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	pages, err := reader.Read(bounded, data)
	switch {
	case err == nil:
		t.Pages, t.Text = len(pages), join(pages)
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.Is(err, context.DeadlineExceeded):
		t.Problem = fmt.Sprintf("reading it takes longer than %s", timeout)
	case errors.Is(err, pdftext.ErrUnreadable), errors.Is(err, pdftext.ErrNoText):
		t.Problem = err.Error()
	default:
		return err
	}
	return nil
}

// join makes running text of the lines of pages.
func join(pages []pdftext.Page) string {
	var b strings.Builder
	broken, ended := false, true
	for _, p := range pages {
		for _, l := range p.Lines {
			switch {
			case b.Len() == 0:
			case broken:
				b.WriteByte('-')
			case ended:
				b.WriteByte('\n')
			default:
				b.WriteByte(' ')
			}
			b.WriteString(l.Text)
			broken, ended = l.Hyphen, strings.HasSuffix(l.Text, ".") || strings.HasSuffix(l.Text, ":")
		}
	}
	return dutch.MendHyphens(b.String(), nil)
}
