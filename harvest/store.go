package harvest

import (
	"context"
	"iter"
	"time"

	"github.com/themis-go/themis/internal/description"
	"github.com/themis-go/themis/rdf"
)

// Archive is where [Run] puts what it harvests. *archive.Archive is one.
type Archive interface {
	// Begin starts a run. One run at a time may write to an archive.
	Begin(ctx context.Context, run RunInfo) (Session, error)
}

// RunInfo describes a run.
type RunInfo struct {
	Source       SourceInfo
	Library      string
	Started      time.Time
	Since, Until time.Time
}

// Session is one run's access to an archive. It is used by one goroutine.
type Session interface {
	// Run is the number of the run.
	Run() int64
	// Initial tells whether no run into the archive has been complete before.
	Initial() bool
	// Checkpoint returns what was stored under a key, empty where nothing was.
	Checkpoint(ctx context.Context, key string) (string, error)
	// Put applies a batch in one transaction.
	Put(ctx context.Context, b Batch) error
	// Known yields, in order of key, the current subjects of a class (empty:
	// without class) and how many triples each has.
	Known(ctx context.Context, class string) iter.Seq2[Counted, error]
	// Describe returns what the archive holds of a subject now; empty where nothing.
	Describe(ctx context.Context, subject rdf.Term) (description.Description, error)
	// Pointing returns the keys of current subjects that point to target by predicate.
	Pointing(ctx context.Context, predicate, target rdf.IRI) ([]string, error)
	// Document returns what was stored of a document.
	Document(ctx context.Context, uri string) (DocumentState, error)
	// Members returns the keys of what was published of a meeting: itself, its
	// publications, agendas, news items, documents, files and datasets.
	Members(ctx context.Context, meeting rdf.IRI) ([]string, error)
	// Counts returns how many subjects and triples there are of each class now,
	// without digests, in order of class.
	Counts(ctx context.Context) ([]ClassCount, error)
	// Retain ends what other documents than these say.
	Retain(ctx context.Context, documents []string) error
	// Refresh brings the decisions up to date. It may run beside the other
	// methods; what they change meanwhile is seen by the next Refresh, or Finish.
	Refresh(ctx context.Context) error
	// Finish brings decisions, counts and digests up to date and ends the run.
	Finish(ctx context.Context, o Outcome) (Manifest, error)
	// Close ends the run where Finish was not called or failed, and lets others write.
	Close() error
}

// Counted is a subject and the number of its triples.
type Counted struct {
	Key     string // canonical form, see description.Key
	Triples int64
}

// Batch is what is applied in one transaction.
type Batch struct {
	// Document is where the triples were read: an endpoint, a file, a download.
	Document string
	// State is what to remember of the document; nil: nothing new.
	State *DocumentState
	// Begin says that the document is read from its beginning: what it said
	// before counts as unseen. End: subjects that it said something of before,
	// and were not seen since Begin, are said by it no more.
	Begin, End bool
	// Put replaces what the document says of these subjects; what the same
	// reading (since Begin) has said of them before is added to.
	Put []description.Description
	// Remove is the keys of subjects that no document describes any more.
	Remove []string
	// Meeting is set where the batch is all of one meeting: the decisions are
	// brought up to date in the same transaction.
	Meeting rdf.IRI
	// Valid is when what the batch holds was published; zero: unknown.
	Valid time.Time
	// Checkpoints are stored with the batch; an empty value removes the key.
	Checkpoints map[string]string
}

// DocumentState is what an archive remembers of a document.
type DocumentState struct {
	URL          string // where it was downloaded, if it was
	ETag         string
	LastModified string
	Size         int64
	SHA256       string
}

// Outcome is how a run ended.
type Outcome struct {
	Completeness Completeness
	Expected     []ClassCount // what the source counts
	Windows      []Window
}
