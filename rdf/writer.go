package rdf

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"iter"
)

// ErrClosed is the error of writing to a [Writer] that was closed.
var ErrClosed = errors.New("the writer is closed")

// A WriteOption changes how a [Writer] writes.
type WriteOption func(*writeConfig)

type writeConfig struct {
	prefixes Namespaces
}

// Prefixes sets the namespaces that Turtle abbreviates; they are declared at
// the beginning. The default is [DefaultNamespaces]; nil is none.
func Prefixes(ns Namespaces) WriteOption {
	return func(c *writeConfig) { c.prefixes = ns }
}

// Writer writes triples or quads in one format, in constant memory. The first
// error stays: every later call returns it.
type Writer struct {
	w      *bufio.Writer
	f      Format
	err    error
	buf    []byte
	turtle *turtleWriter
}

// NewWriter returns a writer of N-Triples, N-Quads or Turtle. Triples are
// written in the order in which they come; Turtle writes a subject or a
// predicate that is the same as before only once, so sort by subject for a
// compact result.
func NewWriter(w io.Writer, f Format, opts ...WriteOption) *Writer {
	c := writeConfig{prefixes: DefaultNamespaces()}
	for _, o := range opts {
		o(&c)
	}
	out := &Writer{w: bufio.NewWriterSize(w, 64<<10), f: f}
	switch f {
	case NTriples, NQuads:
	case Turtle:
		out.turtle = newTurtleWriter(c.prefixes)
	default:
		out.err = fmt.Errorf("rdf: writing %s: %w: want Turtle, N-Triples or N-Quads", f, ErrUnsupportedFormat)
	}
	return out
}

// Write writes one triple.
func (w *Writer) Write(t Triple) error { return w.WriteQuad(Quad{Triple: t}) }

// WriteQuad writes one quad. It is an error when the quad is in a named graph
// and the format cannot say so, or when a term is missing.
func (w *Writer) WriteQuad(q Quad) error {
	if w.err != nil {
		return w.err
	}
	switch {
	case q.Subj == nil || q.Pred == nil || q.Obj == nil:
		w.err = errors.New("rdf: writing a triple: subject, predicate or object is nil")
	case q.Ctx != nil && !w.f.Quads():
		w.err = fmt.Errorf("rdf: writing a quad: %s cannot name the graph %s: use N-Quads, or Write for its triple alone",
			w.f, AppendTerm(nil, q.Ctx))
	}
	if w.err != nil {
		return w.err
	}
	if w.turtle != nil {
		w.buf = w.turtle.append(w.buf[:0], q.Triple)
	} else {
		w.buf = AppendQuad(w.buf[:0], q)
	}
	if _, err := w.w.Write(w.buf); err != nil {
		w.err = fmt.Errorf("rdf: writing: %w", err)
	}
	return w.err
}

// Close ends the document and flushes it; the underlying writer stays open.
// Further calls of Close return the same as the first.
func (w *Writer) Close() error {
	if errors.Is(w.err, ErrClosed) {
		return nil
	}
	if w.err != nil {
		return w.err
	}
	if w.turtle != nil {
		w.buf = w.turtle.end(w.buf[:0])
		if _, err := w.w.Write(w.buf); err != nil {
			w.err = fmt.Errorf("rdf: writing: %w", err)
			return w.err
		}
	}
	if err := w.w.Flush(); err != nil {
		w.err = fmt.Errorf("rdf: writing: %w", err)
		return w.err
	}
	w.err = fmt.Errorf("rdf: %w", ErrClosed)
	return nil
}

// Write writes a stream of triples, such as [Read] yields, as a whole document.
// It stops at the stream's first error and returns it.
func Write(w io.Writer, f Format, triples iter.Seq2[Triple, error], opts ...WriteOption) error {
	out := NewWriter(w, f, opts...)
	for t, err := range triples {
		if err != nil {
			return err
		}
		if err := out.Write(t); err != nil {
			return err
		}
	}
	return out.Close()
}
