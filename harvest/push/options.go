package push

import (
	"fmt"

	"github.com/themis-go/themis/rdf"
)

const (
	// DefaultBatchTriples is how many triples go in one request.
	DefaultBatchTriples = 1000
	// DefaultBatchBytes is how long, as N-Triples, they may be.
	DefaultBatchBytes = 512 << 10
	// DefaultSkolemBase begins the IRIs that stand for blank nodes.
	DefaultSkolemBase = "http://themis.vlaanderen.be/.well-known/genid/"
)

// Option changes how a push is made.
type Option func(*config)

type config struct {
	graphStore bool
	replace    bool
	dryRun     bool
	verify     bool
	triples    int
	bytes      int
	skolem     string
	checkpoint Checkpoint
	progress   func(Report)
	err        error
}

func newConfig(opts []Option) (config, error) {
	c := config{verify: true, triples: DefaultBatchTriples, bytes: DefaultBatchBytes, skolem: DefaultSkolemBase}
	for _, o := range opts {
		o(&c)
	}
	return c, c.err
}

// ByGraphStore sends batches by POST of the Graph Store HTTP Protocol instead
// of updates. Some stores take larger batches so, and faster; Virtuoso 7 takes
// no literal of 100,000 bytes this way.
func ByGraphStore() Option { return func(c *config) { c.graphStore = true } }

// Replace empties the graph before the first batch, so that it will hold what
// is sent and nothing else. A push that goes on does not empty it again.
func Replace() Option { return func(c *config) { c.replace = true } }

// DryRun sends nothing, neither triples nor questions. The report tells what
// would be sent.
func DryRun() Option { return func(c *config) { c.dryRun = true } }

// WithoutVerification does not ask the store afterwards. Use [Verify] later.
func WithoutVerification() Option { return func(c *config) { c.verify = false } }

// Batch bounds a request: how many triples, and how many bytes they may have
// as N-Triples. The defaults are [DefaultBatchTriples] and [DefaultBatchBytes].
// Virtuoso 7 takes no update of 5,000 triples, and no form of 10 MB.
func Batch(triples, bytes int) Option {
	return func(c *config) {
		if triples < 1 || bytes < 1 {
			c.err = fmt.Errorf("Batch(%d, %d): want 1 or more of each", triples, bytes)
		}
		c.triples, c.bytes = triples, bytes
	}
}

// SkolemBase sets what the IRIs of blank nodes begin with, in place of
// [DefaultSkolemBase]; their labels follow.
func SkolemBase(base string) Option {
	return func(c *config) {
		if _, err := rdf.NewIRI(base); err != nil {
			c.err = err
		}
		c.skolem = base
	}
}

// Resume keeps in a checkpoint how far the push has come, and goes on from there.
func Resume(checkpoint Checkpoint) Option { return func(c *config) { c.checkpoint = checkpoint } }

// Progress is told after each batch what was done so far.
func Progress(fn func(Report)) Option { return func(c *config) { c.progress = fn } }
