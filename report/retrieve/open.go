package retrieve

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/themis-go/themis/harvest"
	"github.com/themis-go/themis/harvest/archive"
	"github.com/themis-go/themis/report/stage"
)

const (
	indexKey   = "retrieve/index"
	vectorsKey = "retrieve/vectors"
	// relearn is the share of decisions that may be new before the vocabulary
	// and the latent space are learnt anew.
	relearn = 0.1
)

// Open returns the index of an archive. It is kept in the archive and brought
// up to date: an archive that did not change costs the reading of the index,
// one that did costs the analysis of the decisions that are new or different,
// and the counts and neighbours of all. An archive that was opened for reading
// only gives an index too, which is then not kept.
//
// The archive must stay open as long as the index is used.
func Open(ctx context.Context, a *archive.Archive, opts ...Option) (*Index, error) {
	s := apply(opts)
	version, err := a.Version(ctx)
	if err != nil {
		return nil, fmt.Errorf("retrieve: %w", err)
	}
	ix, kept, err := load(ctx, a)
	if err != nil {
		return nil, err
	}
	if ix == nil || kept != version {
		if ix, err = refresh(ctx, a, ix); err != nil {
			return nil, err
		}
		if err = put(ctx, a, indexKey, ix.encode(version)); err != nil {
			return nil, err
		}
	}
	ix.lookup = a.Decision
	if s.embedder == nil {
		return ix, ix.configure(ctx, s, nil, nil)
	}
	data, err := a.Blob(ctx, vectorsKey+"/"+s.embedder.Name())
	if err != nil && !errors.Is(err, archive.ErrNotFound) {
		return nil, fmt.Errorf("retrieve: %w", err)
	}
	known := decodeVectors(s.embedder.Name(), data)
	var failed error
	all := func(yield func(harvest.Decision) bool) {
		for d, err := range a.Decisions(ctx) {
			if err != nil {
				failed = err
				return
			}
			if !yield(d) {
				return
			}
		}
	}
	if err := errors.Join(ix.configure(ctx, s, all, known), failed); err != nil {
		return nil, err
	}
	if len(ix.vectors.of) != len(known.of) {
		err = put(ctx, a, vectorsKey+"/"+s.embedder.Name(), ix.vectors.encode())
	}
	return ix, err
}

// load reads the index that the archive keeps; nil where it keeps none that
// this version can use.
func load(ctx context.Context, a *archive.Archive) (ix *Index, version string, err error) {
	data, err := a.Blob(ctx, indexKey)
	if errors.Is(err, archive.ErrNotFound) {
		return nil, "", nil
	}
	if err != nil {
		return nil, "", fmt.Errorf("retrieve: read the index: %w", err)
	}
	ix, version, err = decode(data)
	if err != nil {
		return nil, "", nil // an index of another version, or damaged: it is made anew
	}
	return ix, version, nil
}

// put keeps derived data, where the archive may be written.
func put(ctx context.Context, a *archive.Archive, key string, data []byte) error {
	if err := a.PutBlob(ctx, key, data); err != nil && !errors.Is(err, archive.ErrReadOnly) {
		return fmt.Errorf("retrieve: keep %s: %w", key, err)
	}
	return nil
}

// refresh indexes what is new in an archive, or all of it where there is no
// index yet or much has changed.
func refresh(ctx context.Context, a *archive.Archive, old *Index) (*Index, error) {
	var list []harvest.Decision
	for d, err := range a.Decisions(ctx) {
		if err != nil {
			return nil, fmt.Errorf("retrieve: read decisions: %w", err)
		}
		list = append(list, d)
	}
	texts, err := attachments(ctx, a, list)
	if err != nil {
		return nil, err
	}
	if old == nil {
		return build(list, texts), nil
	}
	changed := 0
	kept := make([]int, len(list)) // position in the old index, or -1
	for i, d := range list {
		kept[i] = -1
		if doc, ok := old.byURI[d.URI.String()]; ok && old.docs[doc].digest == digest(d, texts(d)) {
			kept[i] = int(doc)
		} else {
			changed++
		}
	}
	if float64(changed+max(len(list)-old.learnt, 0)) > relearn*float64(len(list)) {
		return build(list, texts), nil
	}
	docs := make([]document, len(list))
	for i, d := range list {
		if kept[i] >= 0 {
			docs[i] = old.docs[kept[i]]
		} else {
			docs[i] = old.lex.analyse(d, stage.Of(d).Stage, texts(d))
		}
	}
	old.docs = docs
	old.connect()
	old.space.grow(len(old.lex.terms))
	old.placeAll(old.rows())
	return old, nil
}

// attachments returns a function that gives the text of a decision's
// documents, as far as the archive has them.
func attachments(ctx context.Context, a *archive.Archive, list []harvest.Decision) (func(harvest.Decision) string, error) {
	wanted := map[string]bool{}
	for _, d := range list {
		for _, doc := range d.Documents {
			wanted[doc.URI.String()] = true
		}
	}
	texts := map[string][]string{}
	if len(wanted) > 0 {
		for t, err := range a.DocumentTexts(ctx, "") {
			if err != nil {
				return nil, fmt.Errorf("retrieve: read the texts of documents: %w", err)
			}
			if uri := t.Document.String(); wanted[uri] && t.Text != "" {
				texts[uri] = append(texts[uri], t.Text)
			}
		}
	}
	return func(d harvest.Decision) string {
		var out []string
		for _, doc := range d.Documents {
			out = append(out, texts[doc.URI.String()]...)
		}
		slices.Sort(out)
		return strings.Join(out, "\n")
	}, nil
}

// grow gives terms that came after the space was learnt a place: none.
func (s *space) grow(terms int) {
	if missing := terms*s.size - len(s.terms); missing > 0 {
		s.terms = append(s.terms, make([]float32, missing)...)
	}
}
