package push

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"slices"
	"strings"

	"github.com/themis-go/themis/rdf"
)

var errTerm = errors.New("a quad lacks its subject, predicate or object")

// prepare returns the triple of a quad as it is sent: without its graph, its
// blank nodes as IRIs.
func (c *config) prepare(q rdf.Quad) (rdf.Triple, error) {
	if q.Subj == nil || q.Pred == nil || q.Obj == nil {
		return rdf.Triple{}, errTerm
	}
	t := q.Triple
	if b, ok := t.Subj.(rdf.Blank); ok {
		iri, err := c.skolemise(b)
		if err != nil {
			return t, err
		}
		t.Subj = iri
	}
	if b, ok := t.Obj.(rdf.Blank); ok {
		iri, err := c.skolemise(b)
		if err != nil {
			return t, err
		}
		t.Obj = iri
	}
	return t, nil
}

// skolemise names a blank node by its label; what cannot stand in an IRI as it
// is, is percent-encoded.
func (c *config) skolemise(b rdf.Blank) (rdf.IRI, error) {
	label := ""
	if b != (rdf.Blank{}) {
		label = b.String()
	}
	var s strings.Builder
	s.WriteString(c.skolem)
	for i := range len(label) {
		switch ch := label[i]; {
		case ch >= '0' && ch <= '9' || ch >= 'a' && ch <= 'z' || ch >= 'A' && ch <= 'Z' || strings.IndexByte("-._~", ch) >= 0:
			s.WriteByte(ch)
		default:
			fmt.Fprintf(&s, "%%%02X", ch)
		}
	}
	return rdf.NewIRI(s.String())
}

// appendTriple appends the N-Triples line of a triple.
func appendTriple(dst []byte, t rdf.Triple) []byte { return rdf.AppendQuad(dst, rdf.Quad{Triple: t}) }

// normalLine is the line that digests are made of: that of the triple with its
// literal normalised, since stores do not keep lexical forms.
func normalLine(t rdf.Triple) string {
	if l, ok := t.Obj.(rdf.Literal); ok {
		t.Obj = rdf.Normalize(l)
	}
	return string(appendTriple(nil, t))
}

// digest hashes the lines of subject after subject, sorted within each.
type digest struct {
	hash    hash.Hash
	subject rdf.Subject
	lines   []string
}

func newDigest() *digest { return &digest{hash: sha256.New()} }

func (d *digest) add(t rdf.Triple) {
	if t.Subj != d.subject {
		d.flush()
		d.subject = t.Subj
	}
	d.lines = append(d.lines, normalLine(t))
}

func (d *digest) flush() {
	for _, line := range sortedSet(d.lines) {
		d.hash.Write([]byte(line))
	}
	d.lines = d.lines[:0]
}

func (d *digest) sum() string {
	d.flush()
	return hex.EncodeToString(d.hash.Sum(nil))
}

func sortedSet(lines []string) []string {
	slices.Sort(lines)
	return slices.Compact(lines)
}
