package report

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"time"

	"github.com/themis-go/themis/harvest"
	"github.com/themis-go/themis/harvest/archive"
)

// manifested is a corpus that has a record of where its data came from.
type manifested interface {
	Manifest(ctx context.Context) (harvest.Manifest, error)
}

// streaming is a corpus whose decisions can be read in order.
type streaming interface {
	Decisions(ctx context.Context, filters ...archive.Filter) iter.Seq2[harvest.Decision, error]
}

// archiveOf names the data of a corpus; nil where it has no record.
func archiveOf(ctx context.Context, corpus Corpus) (*Archive, error) {
	m, ok := corpus.(manifested)
	if !ok {
		return nil, nil
	}
	manifest, err := m.Manifest(ctx)
	if errors.Is(err, archive.ErrEmpty) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("report: read the archive's manifest: %w", err)
	}
	a := &Archive{
		Source: manifest.Source.String(), Decisions: int(manifest.Decisions), Digest: manifest.Digest,
	}
	if !manifest.Ended.IsZero() {
		a.Harvested = manifest.Ended.UTC().Format(time.RFC3339)
	}
	if s, ok := corpus.(streaming); ok {
		if a.From, err = firstDate(s.Decisions(ctx, archive.Limit(1))); err != nil {
			return nil, err
		}
		if a.Until, err = firstDate(s.Decisions(ctx, archive.Descending(), archive.Limit(1))); err != nil {
			return nil, err
		}
	}
	return a, nil
}

func firstDate(decisions iter.Seq2[harvest.Decision, error]) (string, error) {
	for d, err := range decisions {
		if err != nil {
			return "", fmt.Errorf("report: read the archive: %w", err)
		}
		return isoDate(d.Date()), nil
	}
	return "", nil
}
