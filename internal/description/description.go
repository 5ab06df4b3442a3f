// Package description holds what is said of one resource as bytes: its
// triples as sorted canonical N-Triples lines without the subject. In this form
// triples are compared, hashed and stored without being taken apart.
package description

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"github.com/themis-go/themis/rdf"
)

// Description is the triples of one subject. The zero value is of no use.
type Description struct {
	// Subject in canonical form: <iri> or _:label.
	Subject string
	// Classes are the IRIs of its classes, sorted.
	Classes []string
	// Body is the lines "<predicate> object .\n", sorted, each once. Their order
	// is also that of whole lines with the subject in front.
	Body []byte
	// Triples is the number of lines.
	Triples int
	// Received is the number of triples that were added, those that are the
	// same after normalisation included.
	Received int
}

// Key returns the canonical form of a subject, as in [Description.Subject].
func Key(s rdf.Term) string { return string(rdf.AppendTerm(nil, s)) }

// Term returns the term that a key stands for.
func Term(key string) (rdf.Subject, error) {
	if iri, ok := strings.CutPrefix(key, "<"); ok && strings.HasSuffix(iri, ">") {
		return rdf.NewIRI(iri[:len(iri)-1])
	}
	if label, ok := strings.CutPrefix(key, "_:"); ok {
		return rdf.NewBlank(label)
	}
	return nil, fmt.Errorf("%q is no subject", key)
}

// Builder gathers triples by subject. The zero value is ready for use.
type Builder struct {
	subjects map[string]*gathered
	last     *gathered
	lastTerm rdf.Subject
	buf      []byte
	lines    int
	bytes    int
}

type gathered struct {
	key      string
	lines    [][]byte
	classes  []string
	received int
}

// Add adds a triple in its normal form ([rdf.Normalize]).
func (b *Builder) Add(t rdf.Triple) {
	g := b.last
	if g == nil || b.lastTerm != t.Subj {
		b.buf = rdf.AppendTerm(b.buf[:0], t.Subj)
		if b.subjects == nil {
			b.subjects = make(map[string]*gathered)
		}
		if g = b.subjects[string(b.buf)]; g == nil {
			g = &gathered{key: string(b.buf)}
			b.subjects[g.key] = g
		}
		b.last, b.lastTerm = g, t.Subj
	}
	obj := t.Obj
	if l, ok := obj.(rdf.Literal); ok {
		obj = rdf.Normalize(l)
	}
	b.buf = rdf.AppendTerm(b.buf[:0], t.Pred)
	b.buf = append(b.buf, ' ')
	b.buf = rdf.AppendTerm(b.buf, obj)
	b.buf = append(b.buf, " .\n"...)
	g.lines = append(g.lines, bytes.Clone(b.buf))
	g.received++
	b.lines++
	b.bytes += len(b.buf)
	if t.Pred == rdf.Predicate(rdf.RDFType) {
		if c, ok := t.Obj.(rdf.IRI); ok {
			g.classes = append(g.classes, c.String())
		}
	}
}

// Len returns the number of triples gathered, Bytes their size.
func (b *Builder) Len() int   { return b.lines }
func (b *Builder) Bytes() int { return b.bytes }

// Take returns what was gathered, in order of subject, and empties the builder.
func (b *Builder) Take() []Description {
	out := make([]Description, 0, len(b.subjects))
	for _, g := range b.subjects {
		out = append(out, g.finish())
	}
	slices.SortFunc(out, func(x, y Description) int { return strings.Compare(x.Subject, y.Subject) })
	*b = Builder{buf: b.buf}
	return out
}

func (g *gathered) finish() Description {
	slices.SortFunc(g.lines, bytes.Compare)
	g.lines = slices.CompactFunc(g.lines, bytes.Equal)
	slices.Sort(g.classes)
	return Description{
		Subject: g.key, Classes: slices.Compact(g.classes), Body: bytes.Join(g.lines, nil),
		Triples: len(g.lines), Received: g.received,
	}
}

// Lines yields the lines of a body, each with its line break.
func Lines(body []byte) func(yield func([]byte) bool) {
	return func(yield func([]byte) bool) {
		for len(body) > 0 {
			n := bytes.IndexByte(body, '\n') + 1
			if n == 0 {
				n = len(body)
			}
			if !yield(body[:n]) {
				return
			}
			body = body[n:]
		}
	}
}

// Merge returns the union of two bodies.
func Merge(a, b []byte) (body []byte, triples int) {
	if bytes.Equal(a, b) {
		return a, bytes.Count(a, newline)
	}
	lines := make([][]byte, 0, 32)
	for l := range Lines(a) {
		lines = append(lines, l)
	}
	for l := range Lines(b) {
		lines = append(lines, l)
	}
	slices.SortFunc(lines, bytes.Compare)
	lines = slices.CompactFunc(lines, bytes.Equal)
	return bytes.Join(lines, nil), len(lines)
}

var newline = []byte{'\n'}

// Diff returns the lines that only a and only b has.
func Diff(a, b []byte) (onlyA, onlyB [][]byte) {
	inA := make(map[string]bool)
	for l := range Lines(a) {
		inA[string(l)] = true
	}
	inB := make(map[string]bool)
	for l := range Lines(b) {
		inB[string(l)] = true
		if !inA[string(l)] {
			onlyB = append(onlyB, l)
		}
	}
	for l := range Lines(a) {
		if !inB[string(l)] {
			onlyA = append(onlyA, l)
		}
	}
	return onlyA, onlyB
}

// Predicate returns the IRI at the beginning of a line.
func Predicate(line []byte) string {
	if n := bytes.IndexByte(line, '>'); n > 0 && line[0] == '<' {
		return string(line[1:n])
	}
	return ""
}

// ObjectIRI returns the object of a line where it is an IRI.
func ObjectIRI(line []byte) (string, bool) {
	_, o, ok := bytes.Cut(line, []byte("> "))
	if !ok || len(o) < 5 || o[0] != '<' {
		return "", false
	}
	n := bytes.IndexByte(o, '>')
	if n < 0 {
		return "", false
	}
	return string(o[1:n]), true
}

// AppendNTriples appends the lines of a body with the subject in front.
func AppendNTriples(dst []byte, subject string, body []byte) []byte {
	for l := range Lines(body) {
		dst = append(dst, subject...)
		dst = append(dst, ' ')
		dst = append(dst, l...)
	}
	return dst
}

// AddTo adds the triples of a body to a graph.
func AddTo(g *rdf.Graph, subject string, body []byte) error {
	for t, err := range Triples(subject, body) {
		if err != nil {
			return err
		}
		g.Add(t)
	}
	return nil
}
