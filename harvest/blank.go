package harvest

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	"github.com/themis-go/themis/internal/description"
	"github.com/themis-go/themis/rdf"
)

// maxBlankTriples bounds the triples with blank nodes of one source: they must
// be held in memory together to get names that do not depend on the source.
const maxBlankTriples = 100_000

// ErrManyBlanks is the error of a source with too many blank nodes.
var ErrManyBlanks = errors.New("the source has too many triples with blank nodes")

// blankNodes gathers the triples that have blank nodes. A store and a file name
// the same node differently, so at the end all get their canonical labels
// (RDFC-1.0). Themis itself publishes none.
type blankNodes struct{ quads []rdf.Quad }

// take keeps t where it has a blank node, and tells so.
func (b *blankNodes) take(t rdf.Triple) bool {
	_, subject := t.Subj.(rdf.Blank)
	_, object := t.Obj.(rdf.Blank)
	if !subject && !object {
		return false
	}
	if len(b.quads) <= maxBlankTriples {
		if l, ok := t.Obj.(rdf.Literal); ok {
			t.Obj = rdf.Normalize(l)
		}
		b.quads = append(b.quads, rdf.Quad{Triple: t})
	}
	return true
}

// blanksDocument is the document under which they are stored.
func blanksDocument(source string) string { return source + "#blank-nodes" }

// put names the nodes and stores their triples.
func (b *blankNodes) put(ctx context.Context, s Session, source string) error {
	batch := Batch{Document: blanksDocument(source), Begin: true, End: true}
	if len(b.quads) > maxBlankTriples {
		return fmt.Errorf("harvest: %w: more than %d", ErrManyBlanks, maxBlankTriples)
	}
	if len(b.quads) > 0 {
		canonical, err := rdf.Canonical(b.quads)
		if err != nil {
			return fmt.Errorf("harvest: name the blank nodes: %w", err)
		}
		var build description.Builder
		for t, err := range rdf.Read(bytes.NewReader(canonical.NQuads), rdf.NQuads) {
			if err != nil {
				return fmt.Errorf("harvest: name the blank nodes: %w", err)
			}
			build.Add(t)
		}
		batch.Put = build.Take()
	}
	return s.Put(ctx, batch)
}
