package archive

import (
	"context"
	"iter"
	"time"

	"github.com/themis-go/themis/harvest"
	"github.com/themis-go/themis/internal/description"
	"github.com/themis-go/themis/rdf"
)

// loadBatch is how many triples are gathered before they are written.
const loadBatch = 20_000

// Load puts triples into the archive as what one document says: they take the
// place of what was loaded under that name before. The name is a URL or a path.
// Triples that came before an error stay in the archive, but the manifest then
// calls it partial. It is the way to fill an archive from a source that
// harvest.Run does not know.
func (a *Archive) Load(ctx context.Context, document string, triples iter.Seq2[rdf.Triple, error]) (harvest.Manifest, error) {
	session, err := a.Begin(ctx, harvest.RunInfo{
		Source: harvest.SourceInfo{Kind: "load", Address: document}, Library: harvest.LibraryVersion(), Started: time.Now(),
	})
	if err != nil {
		return harvest.Manifest{}, err
	}
	defer session.Close()
	var b description.Builder
	batch := harvest.Batch{Document: document, Begin: true}
	outcome := harvest.Outcome{Completeness: harvest.Complete{}}
	var failed error
	for t, err := range triples {
		if err != nil {
			failed = err
			outcome.Completeness = harvest.Partial{Reasons: []harvest.Reason{{What: document, Why: err.Error()}}}
			break
		}
		if b.Add(t); b.Len() < loadBatch {
			continue
		}
		batch.Put = b.Take()
		if err := session.Put(ctx, batch); err != nil {
			return harvest.Manifest{}, err
		}
		batch.Begin = false
	}
	batch.Put, batch.End = b.Take(), failed == nil
	if err := session.Put(ctx, batch); err != nil {
		return harvest.Manifest{}, err
	}
	m, err := session.Finish(ctx, outcome)
	if err != nil {
		return m, err
	}
	return m, failed
}
