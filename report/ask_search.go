package report

import (
	"context"

	"github.com/themis-go/themis/harvest/archive"
	"github.com/themis-go/themis/report/analyse"
	"github.com/themis-go/themis/report/retrieve"
)

// NewSearcher returns a searcher over the decisions of an archive, as
// [NewFinder] returns a finder.
func NewSearcher(ctx context.Context, a *archive.Archive, opts ...retrieve.Option) (Searcher, error) {
	ix, err := retrieve.Open(ctx, a, opts...)
	if err != nil {
		return nil, err
	}
	return SearchBy(ix), nil
}

// SearchBy returns a searcher that searches an index.
func SearchBy(ix *retrieve.Index) Searcher { return &indexFinder{ix: ix} }

// searchedHits is the number of best decisions that [Ask] looks at.
const searchedHits = 60

// Search returns the best decisions for a question. Whether they bear on it is
// for [Ask] to judge, by the words: the cut-off of the index is for sections.
func (f *indexFinder) Search(ctx context.Context, question string) (Found, error) {
	res, err := f.ix.Search(ctx, question)
	if err != nil {
		return Found{}, err
	}
	found := Found{Ranker: retrieve.Ranker, Cutoff: res.Reason}
	for _, hit := range res.Hits[:min(len(res.Hits), searchedHits)] {
		found.Evidence = append(found.Evidence, analyse.Evidence{
			Decision: hit.Decision, Stage: f.stage(hit.Decision), Score: hit.Score, Dossier: hit.Dossier,
		})
	}
	return found, nil
}

// completeSearch fills in what the options of [Ask] leave open from the corpus.
func (o *options) completeSearch(ctx context.Context, corpus Corpus) error {
	if o.archive == nil {
		var err error
		if o.archive, err = archiveOf(ctx, corpus); err != nil {
			return err
		}
	}
	if o.searcher != nil {
		return nil
	}
	if s, ok := corpus.(Searcher); ok {
		o.searcher = s
		return nil
	}
	if a, ok := corpus.(*archive.Archive); ok {
		var err error
		o.searcher, err = NewSearcher(ctx, a)
		return err
	}
	return ErrNoSearcher
}
