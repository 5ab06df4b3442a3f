package retrieve

import (
	"context"
	"fmt"
	"iter"
	"maps"
	"slices"
	"time"

	"github.com/themis-go/themis/harvest"
	"github.com/themis-go/themis/internal/dutch"
	"github.com/themis-go/themis/report/stage"
)

// Index ranks the decisions of a corpus. It does not change and is safe for
// use by several goroutines.
type Index struct {
	lex     *lexicon
	docs    []document
	byURI   map[string]uint32
	post    *postings
	near    [][]neighbour
	space   *space
	latent  []float32 // places of the documents in the space, one after the other
	dossier []int     // by document; 0 where it stands alone
	areaDF  []float32 // documents by term of their portfolios
	vectors *vectors  // of a language model; nil where there is none
	weights Weights

	learnt int // documents when vocabulary and space were learnt
	lookup func(ctx context.Context, uri string) (harvest.Decision, error)
}

// Option changes how an index is made.
type Option func(*settings)

type settings struct {
	weights  Weights
	embedder Embedder
}

// WithWeights replaces [DefaultWeights].
func WithWeights(w Weights) Option { return func(s *settings) { s.weights = w } }

// WithEmbedder adds the vectors of a language model to the ranking. Nothing
// else needs one. Making an index then sends the decisions' words to the model.
func WithEmbedder(e Embedder) Option { return func(s *settings) { s.embedder = e } }

func apply(opts []Option) settings {
	s := settings{weights: DefaultWeights}
	for _, o := range opts {
		o(&s)
	}
	return s
}

// Corpus says what an index holds.
type Corpus struct {
	Decisions   int
	First, Last time.Time // dates of the first and the last decision; UTC
}

// Corpus returns what the index holds.
func (ix *Index) Corpus() Corpus {
	c := Corpus{Decisions: len(ix.docs)}
	for i := range ix.docs {
		date := ix.docs[i].date
		if date.IsZero() {
			continue
		}
		if c.First.IsZero() || date.Before(c.First) {
			c.First = date
		}
		if date.After(c.Last) {
			c.Last = date
		}
	}
	return c
}

// New indexes decisions and keeps them in memory. An error of the sequence
// ends the indexing.
func New(ctx context.Context, decisions iter.Seq2[harvest.Decision, error], opts ...Option) (*Index, error) {
	kept := map[string]harvest.Decision{}
	var list []harvest.Decision
	for d, err := range decisions {
		if err != nil {
			return nil, fmt.Errorf("retrieve: read decisions: %w", err)
		}
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if _, twice := kept[d.URI.String()]; twice {
			continue
		}
		kept[d.URI.String()] = d
		list = append(list, d)
	}
	ix := build(list, nil)
	ix.lookup = func(_ context.Context, uri string) (harvest.Decision, error) {
		d, ok := kept[uri]
		if !ok {
			return d, fmt.Errorf("retrieve: %s: %w", uri, ErrUnknown)
		}
		return d, nil
	}
	return ix, ix.configure(ctx, apply(opts), slices.Values(list), nil)
}

// build learns everything from the decisions. texts gives the text of a
// decision's attachments; it may be nil.
func build(list []harvest.Decision, texts func(harvest.Decision) string) *Index {
	vocabulary := dutch.NewVocabulary()
	for _, d := range list {
		vocabulary.Add(d.Title)
		vocabulary.Add(d.Subtitle)
		vocabulary.Add(d.Text)
	}
	return buildWith(newLexicon(dutch.NewSplitter(vocabulary)), list, texts)
}

// buildWith fills a lexicon and makes the index.
func buildWith(lex *lexicon, list []harvest.Decision, texts func(harvest.Decision) string) *Index {
	stages := make([]stage.Stage, len(list))
	inParallel(len(list), func(i int) { stages[i] = stage.Of(list[i]).Stage })
	ix := &Index{lex: lex, learnt: len(list)}
	ix.docs = make([]document, 0, len(list))
	for i, d := range list {
		text := ""
		if texts != nil {
			text = texts(d)
		}
		ix.docs = append(ix.docs, ix.lex.analyse(d, stages[i], text))
	}
	ix.connect()
	rows := ix.rows()
	ix.space = learnSpace(rows, len(ix.lex.terms))
	ix.space.refine(list, ix.lex, ix.post.idf)
	ix.placeAll(rows)
	return ix
}

// connect makes everything that follows from the documents' words.
func (ix *Index) connect() {
	ix.count()
	ix.post = invert(ix.docs, ix.lex)
	ix.near = findNeighbours(ix.rows(), len(ix.lex.terms))
	ix.dossier = ix.findDossiers()
}

// count makes what is looked up by URI and by portfolio.
func (ix *Index) count() {
	ix.byURI = make(map[string]uint32, len(ix.docs))
	ix.areaDF = make([]float32, len(ix.lex.terms))
	for i := range ix.docs {
		ix.byURI[ix.docs[i].uri] = uint32(i)
		for _, t := range ix.docs[i].areas {
			ix.areaDF[t]++
		}
	}
}

// rows are the documents as vectors of length one.
func (ix *Index) rows() [][]term {
	rows := make([][]term, len(ix.docs))
	inParallel(len(rows), func(i int) { rows[i] = ix.docs[i].tfidf(ix.post.idf, ix.lex.official) })
	return rows
}

// placeAll puts every document in the latent space.
func (ix *Index) placeAll(rows [][]term) {
	size := ix.space.size
	ix.latent = make([]float32, len(rows)*size)
	inParallel(len(rows), func(i int) { copy(ix.latent[i*size:(i+1)*size], ix.space.place(rows[i])) })
}

func (ix *Index) placeOf(doc uint32) []float32 {
	return ix.latent[int(doc)*ix.space.size : (int(doc)+1)*ix.space.size]
}

// configure sets what is not stored.
func (ix *Index) configure(ctx context.Context, s settings, decisions iter.Seq[harvest.Decision], kept *vectors) error {
	ix.weights = s.weights
	if s.embedder == nil {
		return nil
	}
	var err error
	ix.vectors, err = embedAll(ctx, s.embedder, ix, decisions, kept)
	return err
}

// URIs returns the decisions of the index in order.
func (ix *Index) URIs() []string { return slices.Sorted(maps.Keys(ix.byURI)) }
