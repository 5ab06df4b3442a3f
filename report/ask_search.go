package report

import "context"

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
	return ErrNoSearcher
}
