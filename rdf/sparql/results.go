package sparql

import (
	"bytes"
	"fmt"
	"io"
	"mime"
	"slices"

	"github.com/themis-go/themis/rdf"
)

// ResultFormat is a serialisation of SPARQL query results.
type ResultFormat int

// The result formats of SPARQL 1.1. CSV carries no term types: what is not a
// blank node is read as xsd:string.
const (
	JSON ResultFormat = iota + 1
	XML
	CSV
	TSV
)

var resultFormats = [...]struct {
	name, mediaType string
}{
	JSON: {"JSON", "application/sparql-results+json"},
	XML:  {"XML", "application/sparql-results+xml"},
	CSV:  {"CSV", "text/csv"},
	TSV:  {"TSV", "text/tab-separated-values"},
}

// String returns the format's name: JSON, XML, CSV or TSV.
func (f ResultFormat) String() string {
	if f < JSON || f > TSV {
		return fmt.Sprintf("ResultFormat(%d)", int(f))
	}
	return resultFormats[f].name
}

// MediaType returns the format's registered media type.
func (f ResultFormat) MediaType() string {
	if f < JSON || f > TSV {
		return ""
	}
	return resultFormats[f].mediaType
}

// resultFormatOf returns the format that a Content-Type names, 0 when it
// names none.
func resultFormatOf(contentType string) ResultFormat {
	media, _, err := mime.ParseMediaType(contentType)
	if err != nil {
		return 0
	}
	switch media {
	case "application/sparql-results+json", "application/json":
		return JSON
	case "application/sparql-results+xml", "application/xml", "text/xml":
		return XML
	case "text/csv":
		return CSV
	case "text/tab-separated-values":
		return TSV
	}
	return 0
}

// resultDecoder reads one result document, a row a call.
type resultDecoder interface {
	// next reads a row into the solution; false without an error means that
	// the document was complete.
	next() (bool, error)
	solution() *solution
}

// solution is what a decoder has read: the variables, the row last read, and
// the answer to an ASK.
type solution struct {
	vars    []string
	row     []rdf.Term // one for each variable, nil: unbound
	boolean *bool
}

// maxVars bounds the variables of a document whose rows bring new ones.
const maxVars = 10_000

// column returns the place of the variable name, adding it when it is new. The
// guess is looked at first: rows name their variables in one order.
func (s *solution) column(name []byte, guess int) (int, bool) {
	if guess < len(s.vars) && s.vars[guess] == string(name) {
		return guess, true
	}
	for i, v := range s.vars {
		if v == string(name) {
			return i, true
		}
	}
	if len(s.vars) >= maxVars {
		return 0, false
	}
	s.vars = append(s.vars, string(name))
	s.row = append(s.row, nil)
	return len(s.vars) - 1, true
}

// declare sets the variables that a head names, in its order; what rows have
// brought before stays behind them.
func (s *solution) declare(vars []string) error {
	if dup := firstDuplicate(vars); dup != "" {
		return fmt.Errorf("the head names the variable %q twice", dup)
	}
	early := s.vars
	s.vars = slices.Clone(vars)
	for _, v := range early {
		if !slices.Contains(s.vars, v) {
			s.vars = append(s.vars, v)
		}
	}
	s.row = make([]rdf.Term, len(s.vars))
	return nil
}

func firstDuplicate(names []string) string {
	seen := make(map[string]bool, len(names))
	for _, n := range names {
		if seen[n] {
			return n
		}
		seen[n] = true
	}
	return ""
}

// newResultDecoder returns the decoder for a document in the given format;
// for format 0 the document's first bytes tell. A document that cannot be
// results at all (a page, null, nothing) is an error that wraps ErrNotResults.
func newResultDecoder(r io.Reader, format ResultFormat, conf decodeConfig) (resultDecoder, error) {
	src := newSource(r)
	if conf.maxTerm > 0 {
		src.maxTerm = conf.maxTerm
	}
	terms := newInterner()
	terms.repair = conf.repair
	if format != CSV && format != TSV {
		found, err := src.sniff(format)
		if err != nil {
			return nil, err
		}
		format = found
	}
	switch format {
	case JSON:
		return &jsonDecoder{source: src, terms: terms}, nil
	case XML:
		return newXMLDecoder(src, terms), nil
	case CSV:
		return newCSVDecoder(src, terms), nil
	default:
		return newTSVDecoder(src, terms), nil
	}
}

// decodeConfig is what options change about decoding.
type decodeConfig struct {
	maxTerm int
	repair  bool
}

// sniff skips a byte order mark and blanks, and checks that what follows can
// be a document of the format (0: finds the format).
func (s *source) sniff(format ResultFormat) (ResultFormat, error) {
	for len(s.buf) < 3 && s.fill() {
	}
	if bytes.HasPrefix(s.buf, []byte("\xef\xbb\xbf")) {
		s.pos = 3
	}
	s.mark = -1
	c, ok := s.peekNonBlank()
	start := s.offset()
	want := format
	switch {
	case !ok && s.err != io.EOF:
		return 0, s.fail(format, start, "the answer broke off before it began", s.broken())
	case !ok:
		return 0, s.fail(format, start, "it is empty", ErrNotResults)
	case c == '{':
		format = JSON
	case c == '<':
		format = XML
	default:
		format = 0
	}
	if format == 0 || want != 0 && want != format {
		for len(s.buf)-s.pos < 160 && s.fill() {
		}
		msg := "it is neither results JSON nor XML"
		switch near := bytes.ToLower(s.buf[s.pos:]); {
		case bytes.HasPrefix(near, []byte("<html")) || bytes.HasPrefix(near, []byte("<!doctype html")):
			msg = "it is a web page"
		case want != 0:
			msg = fmt.Sprintf("it is no results %s", want)
		}
		return 0, s.fail(want, start, msg, ErrNotResults)
	}
	return format, nil
}

// peekNonBlank skips white space and returns the byte behind it, unread.
func (s *source) peekNonBlank() (byte, bool) {
	for {
		for s.pos < len(s.buf) {
			switch c := s.buf[s.pos]; c {
			case ' ', '\n', '\t', '\r':
				s.pos++
			default:
				return c, true
			}
		}
		if !s.fill() {
			return 0, false
		}
	}
}
