package export

import (
	"fmt"
	"iter"

	"github.com/themis-go/themis/harvest"
)

// bufferSize is that of writers to files and pipes.
const bufferSize = 64 << 10

// sink is what decisions are written to.
type sink interface {
	write(harvest.Decision) error
	// close ends the document. It does not close what the caller gave.
	close() error
	// abort gives up: what was written must not be left. It is harmless after close.
	abort()
}

// writeAll writes a stream to a sink.
func writeAll(s sink, decisions iter.Seq2[harvest.Decision, error]) (n int, err error) {
	defer s.abort()
	for d, err := range decisions {
		if err != nil {
			return n, fmt.Errorf("export: read decision %d: %w", n+1, err)
		}
		if err := s.write(d); err != nil {
			return n, fmt.Errorf("export: decision %s: %w", d.URI, err)
		}
		n++
	}
	if err := s.close(); err != nil {
		return n, fmt.Errorf("export: %w", err)
	}
	return n, nil
}
