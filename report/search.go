package report

import (
	"context"
	"sync"

	"github.com/themis-go/themis/harvest"
	"github.com/themis-go/themis/harvest/archive"
	"github.com/themis-go/themis/report/agreement"
	"github.com/themis-go/themis/report/analyse"
	"github.com/themis-go/themis/report/retrieve"
	"github.com/themis-go/themis/report/stage"
)

// NewFinder returns a finder over the decisions of an archive, which must stay
// open as long as it is used. The index is kept in the archive and brought up
// to date; see retrieve.Open. The finder is for many goroutines: open it once
// and pass it to every [Build] by [WithFinder].
func NewFinder(ctx context.Context, a *archive.Archive, opts ...retrieve.Option) (Finder, error) {
	ix, err := retrieve.Open(ctx, a, opts...)
	if err != nil {
		return nil, err
	}
	return FindBy(ix), nil
}

// FindBy returns a finder that searches an index.
func FindBy(ix *retrieve.Index) Finder { return &indexFinder{ix: ix} }

type indexFinder struct {
	ix *retrieve.Index
	// stages holds the stage.Result of each decision found so far, by URI: many
	// sections find the same decisions, and reading one for its stage takes
	// about a millisecond. An index never changes, so neither do they.
	stages sync.Map
}

// stage tells the stage of a decision of the index.
func (f *indexFinder) stage(d harvest.Decision) stage.Result {
	uri := d.URI.String()
	if known, ok := f.stages.Load(uri); ok {
		return known.(stage.Result)
	}
	// Two goroutines may both come here with one decision; they find the same.
	found := stage.Of(d)
	f.stages.Store(uri, found)
	return found
}

// Find returns the decisions above the index's cut-off, with the section's
// promises that each bears on.
func (f *indexFinder) Find(ctx context.Context, section *agreement.Section) (Found, error) {
	res, err := f.ix.Section(ctx, section)
	if err != nil {
		return Found{}, err
	}
	found := Found{Ranker: retrieve.Ranker, Cutoff: res.Reason}
	at := make([]int, len(res.Hits)) // positions in the evidence, from 1
	for i, hit := range res.Hits {
		if !hit.Relevant {
			continue
		}
		found.Evidence = append(found.Evidence, analyse.Evidence{
			Decision: hit.Decision, Stage: f.stage(hit.Decision), Score: hit.Score, Dossier: hit.Dossier, Promises: []int{},
		})
		at[i] = len(found.Evidence)
	}
	for n, p := range res.Promises {
		found.Promises = append(found.Promises, analyse.Promise{Text: p.Text, Start: p.Start, End: p.End})
		for _, hit := range p.Hits {
			if i := at[hit]; i > 0 {
				e := &found.Evidence[i-1]
				e.Promises = append(e.Promises, n)
			}
		}
	}
	return found, nil
}
