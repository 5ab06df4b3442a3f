package rdf

import (
	"bytes"
	"crypto"
	_ "crypto/sha256" // the hash of RDFC-1.0, and SHA-384 below
	_ "crypto/sha512"
	"errors"
	"fmt"
	"slices"
)

// ErrTooComplex is the error of [Canonical] for a dataset whose blank nodes
// are so alike that naming them would take too long. Find the limit that was
// exceeded with errors.As and [*ComplexityError].
var ErrTooComplex = errors.New("the blank nodes are too alike to be given canonical labels")

// ComplexityError tells that canonicalisation was given up. It is [ErrTooComplex].
type ComplexityError struct {
	Blanks int // blank nodes of the dataset
	Limit  int // steps that were allowed
}

func (e *ComplexityError) Error() string {
	return fmt.Sprintf("rdf: %v: %d of them, more than %d steps: raise WorkLimit if the source is trusted",
		ErrTooComplex, e.Blanks, e.Limit)
}

// Unwrap returns [ErrTooComplex].
func (e *ComplexityError) Unwrap() error { return ErrTooComplex }

// A CanonicalOption changes how [Canonical] works.
type CanonicalOption func(*canonicalConfig)

type canonicalConfig struct {
	hash  crypto.Hash
	limit int
}

// CanonicalHash sets the hash algorithm, which must be linked into the
// program; SHA-256, the default, SHA-384 and SHA-512 are.
func CanonicalHash(h crypto.Hash) CanonicalOption {
	return func(c *canonicalConfig) { c.hash = h }
}

// WorkLimit sets how many steps (orders of like blank nodes that are tried)
// canonicalisation may take. Small datasets can be made that need more steps
// than any computer can do. The default is 50,000 and 100 for each blank node.
func WorkLimit(steps int) CanonicalOption {
	return func(c *canonicalConfig) { c.limit = steps }
}

// Canonicalization is a dataset in canonical form.
type Canonicalization struct {
	// NQuads are the quads in canonical N-Quads, sorted by code point, each
	// once, with canonical labels c14n0, c14n1, …
	NQuads []byte
	// Labels maps each blank node's label in the dataset to its canonical one,
	// both without "_:".
	Labels map[string]string
}

// Canonical returns the canonical form of a dataset (RDFC-1.0,
// https://www.w3.org/TR/rdf-canon/): two datasets have the same one if and
// only if they are isomorphic. Literals are taken as they are written; apply
// [Normalize] first where values are meant.
func Canonical(quads []Quad, opts ...CanonicalOption) (Canonicalization, error) {
	c := &canonicalizer{
		hash:    crypto.SHA256,
		at:      make(map[Blank][]Quad),
		first:   make(map[Blank]string),
		issued:  newLabelIssuer("c14n"),
		scratch: make([]byte, 0, 512),
	}
	cfg := canonicalConfig{hash: crypto.SHA256, limit: -1}
	for _, o := range opts {
		o(&cfg)
	}
	c.hash = cfg.hash
	if !c.hash.Available() {
		return Canonicalization{}, fmt.Errorf("rdf: canonicalising: the hash %v is not linked into the program", c.hash)
	}
	quads = c.add(quads)
	c.limit = cfg.limit
	if c.limit < 0 {
		c.limit = 50_000 + 100*len(c.blanks)
	}
	if err := c.label(); err != nil {
		return Canonicalization{}, err
	}

	lines := make([][]byte, len(quads))
	for i, q := range quads {
		lines[i] = appendLabelled(nil, q, func(b Blank) string { return c.issued.labels[b] })
	}
	slices.SortFunc(lines, bytes.Compare)
	result := Canonicalization{NQuads: bytes.Join(lines, nil), Labels: make(map[string]string, len(c.blanks))}
	for _, b := range c.blanks {
		result.Labels[blankLabel(b)] = c.issued.labels[b]
	}
	return result, nil
}

// CanonicalGraph returns the canonical N-Quads of a graph: see [Canonical].
func CanonicalGraph(g *Graph, opts ...CanonicalOption) ([]byte, error) {
	quads := make([]Quad, 0, g.Len())
	for t := range g.All() {
		quads = append(quads, Quad{Triple: t})
	}
	c, err := Canonical(quads, opts...)
	return c.NQuads, err
}

// AppendQuad appends the line of canonical N-Quads for q, with its line feed;
// blank nodes keep their labels. See [AppendTerm].
func AppendQuad(dst []byte, q Quad) []byte { return appendLabelled(dst, q, nil) }

// appendLabelled is AppendQuad with other labels.
func appendLabelled(dst []byte, q Quad, label func(Blank) string) []byte {
	term := func(t Term) {
		if b, ok := t.(Blank); ok && label != nil {
			dst = append(dst, "_:"...)
			dst = append(dst, label(b)...)
			return
		}
		dst = AppendTerm(dst, t)
	}
	term(q.Subj)
	dst = append(dst, ' ')
	term(q.Pred)
	dst = append(dst, ' ')
	term(q.Obj)
	if q.Ctx != nil {
		dst = append(dst, ' ')
		term(q.Ctx)
	}
	return append(dst, " .\n"...)
}

// blankLabel returns the label of b without "_:"; the zero Blank has none.
func blankLabel(b Blank) string {
	if b == (Blank{}) {
		return ""
	}
	return b.String()
}

// add takes the quads in, and returns them without doubles.
func (c *canonicalizer) add(quads []Quad) []Quad {
	seen := make(map[Quad]bool, len(quads))
	unique := make([]Quad, 0, len(quads))
	for _, q := range quads {
		if q.Subj == nil || q.Pred == nil || q.Obj == nil {
			continue
		}
		q.Obj = Comparable(q.Obj).(Object)
		if seen[q] {
			continue
		}
		seen[q] = true
		unique = append(unique, q)
		for i, t := range [3]Term{q.Subj, q.Obj, q.Ctx} {
			b, ok := t.(Blank)
			if !ok || i > 0 && t == q.Subj || i > 1 && t == q.Obj {
				continue
			}
			if c.at[b] == nil {
				c.blanks = append(c.blanks, b)
			}
			c.at[b] = append(c.at[b], q)
		}
	}
	return unique
}
