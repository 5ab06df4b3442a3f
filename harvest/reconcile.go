package harvest

import (
	"bytes"
	"context"
	"iter"

	"github.com/themis-go/themis/rdf"
)

// Quads is what [Reconcile] compares. *archive.Archive is one.
type Quads interface {
	// Quads yields all triples sorted by their canonical N-Quads lines.
	Quads(ctx context.Context) iter.Seq2[rdf.Quad, error]
}

// Difference is a subject of which one side says something that the other does not.
type Difference struct {
	Subject      rdf.Subject
	OnlyA, OnlyB []rdf.Triple
}

// Reconcile compares what two roads have brought, such as an archive of the
// endpoint and one of the dumps. It yields the subjects that differ, in order,
// and nothing where both hold the same. Both are streamed.
func Reconcile(ctx context.Context, a, b Quads) iter.Seq2[Difference, error] {
	return func(yield func(Difference, error) bool) {
		nextA, stopA := iter.Pull2(a.Quads(ctx))
		defer stopA()
		nextB, stopB := iter.Pull2(b.Quads(ctx))
		defer stopB()
		sideA, sideB := &side{next: nextA}, &side{next: nextB}
		var d Difference
		// add notes a triple and yields the difference of the subject before.
		add := func(t rdf.Triple, fromA bool) bool {
			if d.Subject != nil && d.Subject != t.Subj {
				if !yield(d, nil) {
					return false
				}
				d = Difference{}
			}
			if d.Subject = t.Subj; fromA {
				d.OnlyA = append(d.OnlyA, t)
			} else {
				d.OnlyB = append(d.OnlyB, t)
			}
			return true
		}
		sideA.advance()
		sideB.advance()
		for (sideA.ok || sideB.ok) && sideA.err == nil && sideB.err == nil {
			switch order := sideA.compare(sideB); {
			case order < 0:
				if !add(sideA.quad.Triple, true) {
					return
				}
				sideA.advance()
			case order > 0:
				if !add(sideB.quad.Triple, false) {
					return
				}
				sideB.advance()
			default:
				sideA.advance()
				sideB.advance()
			}
		}
		if d.Subject != nil && sideA.err == nil && sideB.err == nil && !yield(d, nil) {
			return
		}
		for _, s := range []*side{sideA, sideB} {
			if s.err != nil {
				yield(Difference{}, s.err)
				return
			}
		}
	}
}

// side is one of the two streams; an error ends it.
type side struct {
	next func() (rdf.Quad, error, bool)
	quad rdf.Quad
	line []byte
	ok   bool
	err  error
}

func (s *side) advance() {
	s.quad, s.err, s.ok = s.next()
	if s.err != nil {
		s.ok = false
	}
	if s.ok {
		s.line = rdf.AppendQuad(s.line[:0], s.quad)
	}
}

func (s *side) compare(o *side) int {
	switch {
	case !o.ok:
		return -1
	case !s.ok:
		return 1
	}
	return bytes.Compare(s.line, o.line)
}
