package export

import (
	"fmt"
	"io"
	"iter"
	"slices"

	"github.com/themis-go/themis/rdf"
)

// NQuads writes quads as N-Quads, a line each, in the order in which they come
// and with their graphs, and returns how many it wrote. It stops at the first
// error, of the stream or of w, and returns it.
func NQuads(w io.Writer, quads iter.Seq2[rdf.Quad, error]) (n int, err error) {
	return writeQuads(newNQuadsSink(w), quads)
}

// Turtle writes the triples of quads as Turtle and returns how many it wrote:
// a triple that directly repeats within its subject is written once. Turtle
// has no graphs, so theirs are left out.
//
// The triples of a subject stand together and are ordered by predicate,
// rdf:type first, provided that the stream brings them one after another, as an
// archive does. A subject that comes up again later starts a second block,
// which means the same. Memory is bounded by the largest subject, and by 65,536
// triples.
func Turtle(w io.Writer, quads iter.Seq2[rdf.Quad, error]) (n int, err error) {
	return writeQuads(newTurtleSink(w), quads)
}

// quadSink is what quads are written to. count is the number of those that are
// in the document.
type quadSink interface {
	write(rdf.Quad) error
	close() error
	count() int
}

func writeQuads(s quadSink, quads iter.Seq2[rdf.Quad, error]) (n int, err error) {
	read := 0
	for q, err := range quads {
		read++
		if err != nil {
			return s.count(), fmt.Errorf("export: read quad %d: %w", read, err)
		}
		if err := s.write(q); err != nil {
			return s.count(), fmt.Errorf("export: quad %d: %w", read, err)
		}
	}
	if err := s.close(); err != nil {
		return s.count(), fmt.Errorf("export: %w", err)
	}
	return s.count(), nil
}

type nquadsSink struct {
	w *rdf.Writer
	n int
}

func newNQuadsSink(w io.Writer) *nquadsSink { return &nquadsSink{w: rdf.NewWriter(w, rdf.NQuads)} }

func (s *nquadsSink) write(q rdf.Quad) error {
	if err := s.w.WriteQuad(q); err != nil {
		return fmt.Errorf("write N-Quads: %w", err)
	}
	s.n++
	return nil
}

func (s *nquadsSink) close() error {
	if err := s.w.Close(); err != nil {
		return fmt.Errorf("write N-Quads: %w", err)
	}
	return nil
}

func (s *nquadsSink) count() int { return s.n }

// maxGroup bounds how many triples of one subject are held to be put in order.
const maxGroup = 1 << 16

type turtleSink struct {
	w     *rdf.Writer
	group []rdf.Triple // of one subject
	n     int
}

func newTurtleSink(w io.Writer) *turtleSink { return &turtleSink{w: rdf.NewWriter(w, rdf.Turtle)} }

func (s *turtleSink) write(q rdf.Quad) error {
	if len(s.group) > 0 && (s.group[0].Subj != q.Subj || len(s.group) == maxGroup) {
		if err := s.flush(); err != nil {
			return err
		}
	}
	q.Obj, _ = rdf.Comparable(q.Obj).(rdf.Object)
	s.group = append(s.group, q.Triple)
	return nil
}

func (s *turtleSink) flush() error {
	rank := map[rdf.Predicate]int{rdf.RDFType: -1}
	for _, t := range s.group {
		if _, ok := rank[t.Pred]; !ok {
			rank[t.Pred] = len(rank)
		}
	}
	slices.SortStableFunc(s.group, func(a, b rdf.Triple) int { return rank[a.Pred] - rank[b.Pred] })
	written := make(map[rdf.Triple]struct{}, len(s.group))
	for _, t := range s.group {
		if _, ok := written[t]; ok {
			continue
		}
		written[t] = struct{}{}
		if err := s.w.Write(t); err != nil {
			return fmt.Errorf("write Turtle: %w", err)
		}
		s.n++
	}
	s.group = s.group[:0]
	return nil
}

func (s *turtleSink) close() error {
	if err := s.flush(); err != nil {
		return err
	}
	if err := s.w.Close(); err != nil {
		return fmt.Errorf("write Turtle: %w", err)
	}
	return nil
}

func (s *turtleSink) count() int { return s.n }
