package rdf

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"hash"
)

// ErrNotSorted is the error of [Digest.Add] for a quad that comes too early or twice.
var ErrNotSorted = errors.New("rdf: the quads of a digest must come sorted by their N-Quads lines, each once")

// Digest is the SHA-256 of a stream of quads as sorted canonical N-Quads, the
// figure that sha256sum gives for such a file. Blank nodes count by their
// labels: give them canonical ones first ([Canonical]).
type Digest struct {
	hash       hash.Hash
	line, last []byte
	count      int
}

// NewDigest returns a digest of no quads.
func NewDigest() *Digest { return &Digest{hash: sha256.New()} }

// Add adds the next quad. Its line must come after the one before, in byte
// order; if not, it is not added and the error is [ErrNotSorted].
func (d *Digest) Add(q Quad) error {
	d.line = AppendQuad(d.line[:0], q)
	if d.count > 0 && bytes.Compare(d.line, d.last) <= 0 {
		return ErrNotSorted
	}
	d.hash.Write(d.line)
	d.line, d.last = d.last, d.line
	d.count++
	return nil
}

// Len returns the number of quads added.
func (d *Digest) Len() int { return d.count }

// Sum returns the digest of the quads added so far in hexadecimal.
func (d *Digest) Sum() string { return hex.EncodeToString(d.hash.Sum(nil)) }
