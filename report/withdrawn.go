package report

import (
	"errors"

	"github.com/themis-go/themis/harvest/archive"
)

// ErrWithdrawn is what a [Corpus] returns for a decision that it held and whose
// publication was withdrawn.
var ErrWithdrawn = errors.New("report: the decision was withdrawn")

func isWithdrawn(err error) bool { return errors.Is(err, ErrWithdrawn) }

func isUnknown(err error) bool {
	return errors.Is(err, ErrUnknownDecision) || errors.Is(err, archive.ErrNotFound)
}
