package retrieve

import (
	"context"
	"fmt"
	"iter"
	"math"

	"github.com/themis-go/themis/harvest"
)

// Embedder turns texts into vectors that are near each other where the texts
// mean much the same. It is safe for use by several goroutines.
type Embedder interface {
	// Name names the model; vectors of different names are never compared.
	Name() string
	// Embed returns one vector for each text, all of the same length.
	Embed(ctx context.Context, texts []string) ([][]float32, error)
}

// embedLimit is how many characters of a text are sent to a model.
const embedLimit = 6000

// embedBatch is how many texts are sent at once.
const embedBatch = 32

// vectors are those of a language model, of length one.
type vectors struct {
	model  string
	of     map[uint64][]float32 // by the digest of the document
	byDoc  [][]float32
	client Embedder
}

// embedAll gives every document a vector; those of kept are not asked for
// again.
func embedAll(ctx context.Context, e Embedder, ix *Index, decisions iter.Seq[harvest.Decision], kept *vectors) (*vectors, error) {
	v := &vectors{model: e.Name(), of: map[uint64][]float32{}, byDoc: make([][]float32, len(ix.docs)), client: e}
	if kept == nil || kept.model != v.model {
		kept = &vectors{}
	}
	var texts []string
	var waiting []uint32
	flush := func() error {
		if len(texts) == 0 {
			return nil
		}
		got, err := embed(ctx, e, texts)
		if err != nil {
			return err
		}
		for i, d := range waiting {
			v.byDoc[d], v.of[ix.docs[d].digest] = got[i], got[i]
		}
		texts, waiting = texts[:0], waiting[:0]
		return nil
	}
	for d := range decisions {
		doc, ok := ix.byURI[d.URI.String()]
		if !ok {
			continue
		}
		if old, ok := kept.of[ix.docs[doc].digest]; ok {
			v.byDoc[doc], v.of[ix.docs[doc].digest] = old, old
			continue
		}
		texts, waiting = append(texts, cut(d.Title+"\n"+d.Subtitle+"\n"+d.Text)), append(waiting, doc)
		if len(texts) == embedBatch {
			if err := flush(); err != nil {
				return nil, err
			}
		}
	}
	return v, flush()
}

func cut(text string) string {
	if r := []rune(text); len(r) > embedLimit {
		return string(r[:embedLimit])
	}
	return text
}

// embed asks for vectors and checks them.
func embed(ctx context.Context, e Embedder, texts []string) ([][]float32, error) {
	got, err := e.Embed(ctx, texts)
	if err != nil {
		return nil, fmt.Errorf("retrieve: vectors of %s: %w", e.Name(), err)
	}
	if len(got) != len(texts) {
		return nil, fmt.Errorf("retrieve: %s gave %d vectors for %d texts", e.Name(), len(got), len(texts))
	}
	for _, v := range got {
		if len(v) == 0 || len(v) != len(got[0]) {
			return nil, fmt.Errorf("retrieve: %s gave vectors of different lengths", e.Name())
		}
		for _, x := range v {
			if math.IsNaN(float64(x)) || math.IsInf(float64(x), 0) {
				return nil, fmt.Errorf("retrieve: %s gave a vector with a value that is no number", e.Name())
			}
		}
		normalise(v)
	}
	return got, nil
}

// scores compares a text with the chosen documents; the mean of the ten best
// is one.
func (v *vectors) scores(ctx context.Context, text string, chosen []uint32) ([]float32, error) {
	got, err := embed(ctx, v.client, []string{cut(text)})
	if err != nil {
		return nil, err
	}
	all := make(scores, len(v.byDoc))
	for _, d := range chosen {
		if own := v.byDoc[d]; len(own) == len(got[0]) {
			all[d] = max(dot(own, got[0]), 0)
		}
	}
	all = all.scaled()
	out := make([]float32, len(chosen))
	for i, d := range chosen {
		out[i] = all[d]
	}
	return out, nil
}
