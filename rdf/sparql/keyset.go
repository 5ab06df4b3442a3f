package sparql

import (
	"context"
	"fmt"
	"iter"
	"log/slog"

	"github.com/themis-go/themis/rdf"
)

// Defaults of [Keyset].
const (
	DefaultListSize    = 5_000
	DefaultPageSize    = 500
	DefaultPageTriples = 50_000
	DefaultRowLimit    = 9_000
	DefaultAttempts    = 4
)

// Keyset reads all triples of many subjects, page by page, from any endpoint,
// and proves each page complete before it hands it over:
//
//	pages := sparql.Keyset{
//		Client:   client,
//		Subjects: sparql.Text(`SELECT ?s WHERE { ?s a <http://www.w3.org/ns/dcat#Dataset> }`),
//	}
//	for page, err := range pages.Pages(ctx) {
//		if err != nil { … }
//		// page.Triples are all the triples of page.Subjects
//	}
//
// The subjects are listed some thousands at a time, in the order of their IRIs,
// behind the last one of the list before; the endpoint then counts the subjects
// from there up to the last of the list, and the numbers must agree. For each
// page the endpoint counts the triples of its subjects, and sends them in
// requests of at most RowLimit rows; every subject must have as many as were
// counted. At the beginning and the end all subjects are counted. So neither a
// cap on rows nor an answer that was cut without a sign goes unnoticed, and as
// nothing is handed over before it is proved, a broken answer is asked for
// again without a triple lost or doubled. OFFSET, which many endpoints limit, is
// not used.
//
// Whatever fails (a time or cost limit, a partial answer, a count that
// differs) is tried again with fewer subjects, down to one. A subject with more
// than RowLimit triples is fetched by its predicates, and a predicate with more
// than RowLimit values by the hashes of the values. What fails for good is a
// *[KeysetError]; start again with After set to the Last of the last page.
//
// A list costs the endpoint a run through the whole pattern: one that takes
// long, or matches millions, is better cut into windows (of dates, say) with a
// Keyset each.
//
// Memory holds a list and a page; a page has one subject at least, however
// large. Requests are sent one at a time. A Keyset has no state
// and may be used again.
type Keyset struct {
	// Client sends the requests; its own retries come before those of the Keyset.
	Client *Client
	// Subjects selects the subjects: SELECT ?s WHERE { … } with one variable of
	// any name and nothing behind the pattern; FROM is kept. A subject that
	// matches more than once counts once. All must be IRIs: blank nodes have no
	// name to go on behind (exclude them with FILTER(isIRI(?s))). It is not
	// needed for PagesOf, where it only serves to set prologue and FROM.
	Subjects *Query
	// After continues behind this IRI; empty: from the beginning.
	After string
	// ListSize is the number of subjects to list at once, at most RowLimit;
	// 0 means [DefaultListSize].
	ListSize int
	// PageSize is the number of subjects in a page, at most [MaxValues];
	// 0 means [DefaultPageSize].
	PageSize int
	// PageTriples ends a page early, but behind a whole subject, before it has
	// more triples than this; 0 means [DefaultPageTriples].
	PageTriples int
	// RowLimit is the most rows to ask for in one request. It must be below
	// what the endpoint cuts at, commonly 10,000; 0 means [DefaultRowLimit]. It
	// shrinks by itself when answers are cut.
	RowLimit int
	// Predicates restricts the triples to these predicates; nil means all.
	Predicates []rdf.IRI
	// Inverse also fetches the triples with these predicates that have the
	// subjects as objects.
	Inverse []rdf.IRI
	// Attempts is how often something is tried that can not be made smaller, or
	// that fails without saying why; 0 means [DefaultAttempts].
	Attempts int
	// Options are given to every request.
	Options []QueryOption
	// Logger, if set, is told at level Warn of what was tried again.
	Logger *slog.Logger
}

// Page is a number of subjects with all their triples.
type Page struct {
	// Subjects in the order of their IRIs, or that given to PagesOf.
	Subjects []rdf.IRI
	// Triples of the subjects, in no order, those of Keyset.Inverse behind the
	// others. A triple that several graphs of the dataset hold may come several
	// times.
	Triples []rdf.Triple
	// After and Last: the page holds the subjects behind After up to Last.
	After, Last string
	// Done is the number of subjects delivered with this page and those before,
	// Total that of all, as counted at the beginning.
	Done, Total int64
}

// Graph returns the triples as a graph.
func (p Page) Graph() *rdf.Graph { return rdf.NewGraph(p.Triples...) }

func (k *Keyset) name() string {
	if k.Subjects != nil && k.Subjects.Name() != "" {
		return k.Subjects.Name()
	}
	return "keyset"
}

func or(n, otherwise int) int {
	if n <= 0 {
		return otherwise
	}
	return n
}

// start checks the configuration.
func (k *Keyset) start(ctx context.Context) (*keysetRun, error) {
	if k.Client == nil {
		return nil, fmt.Errorf("sparql: %w: Keyset.Client is not set", ErrConfig)
	}
	if size := or(k.PageSize, DefaultPageSize); size > MaxValues {
		return nil, fmt.Errorf("sparql: %w: Keyset.PageSize %d: the most is %d", ErrConfig, size, MaxValues)
	}
	queries, err := newKeysetQueries(k)
	if err != nil {
		return nil, fmt.Errorf("sparql: %w", err)
	}
	return &keysetRun{
		Keyset: k, ctx: ctx, queries: queries, after: k.After,
		rowLimit: or(k.RowLimit, DefaultRowLimit), attempts: or(k.Attempts, DefaultAttempts),
		listSize: or(k.ListSize, DefaultListSize), pageSize: or(k.PageSize, DefaultPageSize), pageTriples: or(k.PageTriples, DefaultPageTriples),
	}, nil
}

// keysetRun is one reading from beginning to end.
type keysetRun struct {
	*Keyset
	ctx         context.Context
	queries     *keysetQueries
	listSize    int
	pageSize    int
	pageTriples int
	rowLimit    int // shrinks when answers are cut
	attempts    int

	after       string
	done, total int64
}

// Pages yields the pages in the order of the subjects' IRIs. After an error
// there are no more.
func (k Keyset) Pages(ctx context.Context) iter.Seq2[Page, error] {
	return func(yield func(Page, error) bool) {
		r, err := k.start(ctx)
		if err == nil && k.Subjects == nil {
			err = fmt.Errorf("sparql: %w: Keyset.Subjects is not set", ErrConfig)
		}
		if err == nil {
			err = r.pages(yield)
		}
		if err != nil {
			yield(Page{}, err)
		}
	}
}

func (r *keysetRun) pages(yield func(Page, error) bool) error {
	if err := r.countAll(); err != nil {
		return err
	}
	for {
		subjects, err := r.nextList()
		if err != nil {
			return err
		}
		if len(subjects) == 0 {
			return r.checkTotal()
		}
		if more, err := r.deliver(subjects, yield); err != nil || !more {
			return err
		}
	}
}

// deliver yields the triples of the subjects, page by page, and reports whether
// the caller wants more.
func (r *keysetRun) deliver(subjects []rdf.IRI, yield func(Page, error) bool) (more bool, err error) {
	for len(subjects) > 0 {
		page := Page{After: r.after, Total: r.total}
		page.Subjects, page.Triples, err = r.readPage(subjects[:min(len(subjects), r.pageSize)])
		if err != nil {
			return false, err
		}
		subjects = subjects[len(page.Subjects):]
		r.done += int64(len(page.Subjects))
		r.after = page.Subjects[len(page.Subjects)-1].String()
		page.Done, page.Last = r.done, r.after
		if !yield(page, nil) {
			return false, nil
		}
	}
	return true, nil
}

// readPage reads the first of the subjects, as many as make a page.
func (r *keysetRun) readPage(subjects []rdf.IRI) ([]rdf.IRI, []rdf.Triple, error) {
	counts, err := r.counted(r.queries.own, subjects)
	if err != nil {
		return nil, nil, err
	}
	n := 0
	for i, s := range subjects {
		if n += counts[s]; n > r.pageTriples && i > 0 {
			subjects = subjects[:i]
			break
		}
	}
	triples, err := r.fetch(nil, r.queries.own, subjects, counts)
	if err == nil && r.queries.inverse.wanted {
		triples, err = r.fetch(triples, r.queries.inverse, subjects, nil)
	}
	return subjects, triples, err
}

// countAll counts the subjects and makes sure that all can be paged.
func (r *keysetRun) countAll() error {
	return r.try("counting", nil, func() error {
		unnamed, err := r.number(r.queries.unnamed)
		if err != nil {
			return err
		}
		if unnamed > 0 {
			return &fatal{fmt.Errorf("%w: %d subjects are blank nodes or literals, which have no IRI to go on behind: add FILTER(isIRI(?%s)) to leave them out", ErrConfig, unnamed, r.queries.subject)}
		}
		r.total, err = r.countBehind(r.after)
		return err
	})
}

func (r *keysetRun) countBehind(after string) (int64, error) {
	q, err := r.queries.total.Bind(r.queries.after, after)
	if err != nil {
		return 0, err
	}
	return r.number(q)
}

// checkTotal compares the subjects delivered with those there are.
func (r *keysetRun) checkTotal() error {
	if r.done == r.total {
		return nil
	}
	return r.try("counting", nil, func() error {
		total, err := r.countBehind(r.Keyset.After)
		if err == nil && total != r.done {
			err = &fatal{&CountError{What: "subjects", Want: total, Got: r.done}}
		}
		return err
	})
}

// nextList returns the subjects behind r.after, proved against a count. At the
// end it is empty.
func (r *keysetRun) nextList() ([]rdf.IRI, error) {
	size := min(r.listSize, r.rowLimit)
	for failures := 0; ; {
		subjects, err := r.list(size)
		if err == nil {
			err = r.checkList(subjects)
		}
		if err == nil {
			return subjects, nil
		}
		// A list of fewer costs the endpoint hardly less, so that the tries are few.
		if failures++; r.gaveUp(err, failures, true) {
			return nil, r.failed("listing", nil, failures, err)
		}
		r.warn("listing", size, err)
		size = max(1, min(size/4, r.rowLimit))
	}
}

// checkList counts the subjects behind r.after up to the last of the list; of
// an empty list, those that are left.
func (r *keysetRun) checkList(subjects []rdf.IRI) error {
	if len(subjects) == 0 {
		left, err := r.countBehind(r.after)
		if err == nil && left != 0 {
			err = &CountError{What: "subjects", Want: left, Got: 0}
		}
		return err
	}
	q, err := r.queries.window.Bind(r.queries.after, r.after)
	if err != nil {
		return err
	}
	if q, err = q.Bind(r.queries.last, subjects[len(subjects)-1].String()); err != nil {
		return err
	}
	n, err := r.number(q)
	if err == nil && n != int64(len(subjects)) {
		err = &CountError{What: "subjects", Want: n, Got: int64(len(subjects))}
	}
	return err
}

// list returns the next subjects.
func (r *keysetRun) list(size int) (subjects []rdf.IRI, err error) {
	q, err := r.queries.list.Bind(r.queries.after, r.after)
	if err != nil {
		return nil, err
	}
	if q, err = q.Bind(r.queries.limit, size); err != nil {
		return nil, err
	}
	last := r.after
	err = r.rows(q, 1, func(row []rdf.Term) error {
		iri, ok := row[0].(rdf.IRI)
		if !ok {
			return &fatal{fmt.Errorf("the subject %v is no IRI", row[0])}
		}
		if iri.String() <= last {
			return &fatal{fmt.Errorf("the endpoint sent %q behind %q: it does not order IRIs by code points, so that its subjects can not be paged", iri, last)}
		}
		last = iri.String()
		subjects = append(subjects, iri)
		return nil
	})
	if err == nil && len(subjects) > size {
		err = &fatal{fmt.Errorf("the endpoint sent %d subjects for LIMIT %d", len(subjects), size)}
	}
	return subjects, err
}

// PagesOf yields all triples of known subjects, in pages, proved as those of
// Pages are. A subject given twice comes once; one without triples has its
// place in a page, too.
func (k Keyset) PagesOf(ctx context.Context, subjects []rdf.IRI) iter.Seq2[Page, error] {
	return func(yield func(Page, error) bool) {
		r, err := k.start(ctx)
		if err == nil {
			subjects = distinct(subjects)
			r.after, r.total = "", int64(len(subjects))
			_, err = r.deliver(subjects, yield)
		}
		if err != nil {
			yield(Page{}, err)
		}
	}
}

// distinct returns each IRI where it comes first; in a VALUES block one given
// twice would match twice.
func distinct(iris []rdf.IRI) []rdf.IRI {
	seen := make(map[rdf.IRI]bool, len(iris))
	once := make([]rdf.IRI, 0, len(iris))
	for _, iri := range iris {
		if !seen[iri] {
			seen[iri] = true
			once = append(once, iri)
		}
	}
	return once
}
