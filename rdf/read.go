package rdf

import (
	"errors"
	"fmt"
	"io"
	"iter"
)

// Limits that hold unless an option says otherwise.
const (
	DefaultMaxTokenSize = 64 << 20 // bytes
	DefaultMaxNesting   = 1000     // of [ ], ( ) and XML elements
)

// ErrUnsupportedFormat is the error for a format that a function cannot read or write.
var ErrUnsupportedFormat = errors.New("unsupported format")

// A ReadOption changes how [Read], [ReadQuads] and [ReadGraph] read.
type ReadOption func(*readConfig)

type readConfig struct {
	base     string
	lenient  func(*SyntaxError)
	scope    string
	maxToken int
	maxDepth int
}

func newReadConfig(opts []ReadOption) *readConfig {
	c := &readConfig{maxToken: DefaultMaxTokenSize, maxDepth: DefaultMaxNesting}
	for _, o := range opts {
		o(c)
	}
	return c
}

// Base sets the absolute IRI against which relative IRIs of the document are
// resolved (RFC 3986, 5.1), such as the address that it was fetched from.
// Without it a relative IRI is an error, unless the document sets a base.
func Base(iri string) ReadOption { return func(c *readConfig) { c.base = iri } }

// Lenient makes reading go on after a syntax error: report is called with it,
// the bad statement is skipped and the next one is read. Triples of the bad
// statement that were complete before the error are kept. In N-Triples and
// N-Quads a statement is a line; in Turtle reading resumes after the next full
// stop that ends a statement, or at the next line that begins, unindented, as
// a statement does; in RDF/XML it is the element of a property or a node.
// Errors of the reader, tokens beyond [MaxTokenSize] and a document that is not
// well-formed XML still end the stream.
func Lenient(report func(*SyntaxError)) ReadOption {
	return func(c *readConfig) {
		c.lenient = report
		if report == nil {
			c.lenient = func(*SyntaxError) {}
		}
	}
}

// BlankScope puts prefix (letters, digits, underscores) before the label of
// every blank node. Labels are scoped to their document, yet are kept as
// written: give each document its own prefix before you put several of them
// into one graph, or nodes that have nothing in common become one.
func BlankScope(prefix string) ReadOption { return func(c *readConfig) { c.scope = prefix } }

// MaxTokenSize sets how many bytes one token (a literal, an IRI; in N-Triples
// and N-Quads a line) may have: the bound of the reader's memory. The default
// is [DefaultMaxTokenSize].
func MaxTokenSize(bytes int) ReadOption { return func(c *readConfig) { c.maxToken = bytes } }

// MaxNesting sets how deep anonymous blank nodes, collections and XML elements
// may nest. The default is [DefaultMaxNesting].
func MaxNesting(n int) ReadOption { return func(c *readConfig) { c.maxDepth = n } }

// A parser reads one document and hands each statement to emit, until emit
// returns false, which is no error.
type parser interface {
	parse(emit func(Quad) bool) error
}

func newParser(r io.Reader, f Format, opts []ReadOption) (parser, error) {
	c := newReadConfig(opts)
	switch f {
	case NTriples, NQuads:
		return newLineParser(r, f, c), nil
	case Turtle:
		return newTurtleParser(r, c)
	case RDFXML:
		return newRDFXMLParser(r, c), nil
	}
	return nil, fmt.Errorf("rdf: reading %s: %w", f, ErrUnsupportedFormat)
}

// Read yields the triples of a document as they are read, in constant memory
// and in the calling goroutine. The stream ends after the first error, which
// comes with a zero triple and is a [*SyntaxError] or the reader's own error;
// with [Lenient] it goes on after syntax errors. The sequence can be ranged
// over once. Of a format with graphs the triples of all graphs are yielded.
func Read(r io.Reader, f Format, opts ...ReadOption) iter.Seq2[Triple, error] {
	return func(yield func(Triple, error) bool) {
		p, err := newParser(r, f, opts)
		if err == nil {
			err = p.parse(func(q Quad) bool { return yield(q.Triple, nil) })
		}
		if err != nil {
			yield(Triple{}, err)
		}
	}
}

// ReadQuads is [Read] for quads; a nil Ctx is the default graph, where every
// triple of a format without graphs is.
func ReadQuads(r io.Reader, f Format, opts ...ReadOption) iter.Seq2[Quad, error] {
	return func(yield func(Quad, error) bool) {
		p, err := newParser(r, f, opts)
		if err == nil {
			err = p.parse(func(q Quad) bool { return yield(q, nil) })
		}
		if err != nil {
			yield(Quad{}, err)
		}
	}
}

// ReadGraph reads a whole document into a graph. On an error it returns what
// was read until then with the error.
func ReadGraph(r io.Reader, f Format, opts ...ReadOption) (*Graph, error) {
	g := NewGraph()
	for t, err := range Read(r, f, opts...) {
		if err != nil {
			return g, err
		}
		g.Add(t)
	}
	return g, nil
}
