package report

import (
	"context"

	"github.com/themis-go/themis/harvest/archive"
)

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
	if a, ok := corpus.(*archive.Archive); ok {
		var err error
		o.finder, err = NewFinder(ctx, a)
		return err
	}
	return ErrNoFinder
}
