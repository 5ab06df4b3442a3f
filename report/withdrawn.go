package report

import (
	"context"
	"errors"
	"fmt"
	"iter"

	"github.com/themis-go/themis/harvest"
	"github.com/themis-go/themis/harvest/archive"
)

// ErrWithdrawn is what a [Corpus] other than an archive returns for a decision
// that it held and whose publication was withdrawn. An archive tells by its
// events.
var ErrWithdrawn = errors.New("report: the decision was withdrawn")

func isUnknown(err error) bool {
	return errors.Is(err, ErrUnknownDecision) || errors.Is(err, archive.ErrNotFound)
}

// eventful is a corpus that remembers what happened to its resources.
type eventful interface {
	Events(ctx context.Context, after int64) iter.Seq2[harvest.Event, error]
}

// fates are what became of the decisions that a corpus no longer holds. They
// are read once, when the first is asked for.
type fates struct {
	read bool
	last map[string]harvest.EventKind
}

// of tells what became of a decision; empty where nothing is known.
func (f *fates) of(ctx context.Context, corpus Corpus, uri string) (harvest.EventKind, error) {
	source, ok := corpus.(eventful)
	if !ok {
		return "", nil
	}
	if !f.read {
		f.last = map[string]harvest.EventKind{}
		for e, err := range source.Events(ctx, 0) {
			if err != nil {
				return "", fmt.Errorf("report: read the archive's events: %w", err)
			}
			f.last[e.Subject.String()] = e.Kind
		}
		f.read = true
	}
	return f.last[uri], nil
}
