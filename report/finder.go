package report

import "context"

// complete fills in what the options leave open from the corpus.
func (o *options) complete(ctx context.Context, corpus Corpus) error {
	if o.archive == nil {
		var err error
		if o.archive, err = archiveOf(ctx, corpus); err != nil {
			return err
		}
	}
	if o.finder != nil {
		return nil
	}
	if f, ok := corpus.(Finder); ok {
		o.finder = f
		return nil
	}
	return ErrNoFinder
}
