package retrieve

import "errors"

// ErrUnknown: the index has no such decision.
var ErrUnknown = errors.New("no such decision in the index")
