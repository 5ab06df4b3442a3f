package archive

import (
	"context"
	"iter"

	"github.com/themis-go/themis/internal/description"
	"github.com/themis-go/themis/rdf"
)

// Quads yields all triples that the archive holds now, in the default graph,
// sorted as their canonical N-Quads lines are: written by rdf.NQuads they are
// the text of which Manifest.Digest is the SHA-256.
func (a *Archive) Quads(ctx context.Context) iter.Seq2[rdf.Quad, error] {
	return func(yield func(rdf.Quad, error) bool) {
		for d, err := range current(ctx, a.read) {
			if err != nil {
				yield(rdf.Quad{}, a.fail("read triples", err))
				return
			}
			if !yieldQuads(d, yield) {
				return
			}
		}
	}
}

func yieldQuads(d description.Description, yield func(rdf.Quad, error) bool) bool {
	for t, err := range description.Triples(d.Subject, d.Body) {
		if err != nil {
			yield(rdf.Quad{}, err)
			return false
		}
		if !yield(rdf.Quad{Triple: t}, nil) {
			return false
		}
	}
	return true
}

// Graph returns what the archive holds now of some subjects. Pass it to
// rdf.Decode with a struct of harvest or of your own. Subjects that the archive
// does not know add nothing.
func (a *Archive) Graph(ctx context.Context, subjects ...rdf.Term) (*rdf.Graph, error) {
	g := rdf.NewGraph()
	for _, s := range subjects {
		d, err := describe(ctx, a.read, description.Key(s))
		if err == nil {
			err = description.AddTo(g, d.Subject, d.Body)
		}
		if err != nil {
			return nil, a.fail("read "+s.String(), err)
		}
	}
	return g, nil
}
