package push

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"strings"

	"github.com/themis-go/themis/rdf"
	"github.com/themis-go/themis/rdf/sparql"
)

// ErrDiffers is what errors.Is finds in a [*DifferenceError].
var ErrDiffers = errors.New("the graph does not hold what was sent")

// Verification is the comparison of a stream with a graph.
type Verification struct {
	Triples  int    // in the stream
	Subjects int    // of these
	Count    int64  // of all triples in the graph, as the store counts
	Digest   string // SHA-256 of the stream's triples, hexadecimal
	// StoreDigest is the same of the triples that the store has of these
	// subjects, and StoreTriples their number.
	StoreDigest  string
	StoreTriples int64
}

// Equal reports whether the graph holds the triples of the stream and nothing else.
func (v Verification) Equal() bool {
	return v.Digest != "" && v.Digest == v.StoreDigest && v.Count == v.StoreTriples
}

// DifferenceError tells in what a graph differs from a stream.
type DifferenceError struct {
	Missing int // triples of the stream that the graph lacks
	Extra   int // other triples of the same subjects
	Others  int // triples of other subjects
	// Examples are some of the missing triples, behind a minus sign, and of the
	// extra ones, behind a plus sign, as normalised N-Triples.
	Examples []string
}

const maxExamples = 10

// Error tells the numbers and an example.
func (e *DifferenceError) Error() string {
	var parts []string
	for _, p := range []struct {
		n    int
		what string
	}{{e.Missing, "missing"}, {e.Extra, "too many about the same subjects"}, {e.Others, "about other subjects"}} {
		if p.n != 0 {
			parts = append(parts, fmt.Sprintf("%d triples %s", p.n, p.what))
		}
	}
	s := ErrDiffers.Error() + ": " + strings.Join(parts, ", ")
	if len(e.Examples) > 0 {
		s += ", such as " + strings.TrimSpace(e.Examples[0])
	}
	if e.Missing == 0 {
		s += "; push with Replace if the graph should hold nothing else"
	}
	return s
}

// Is reports ErrDiffers.
func (e *DifferenceError) Is(target error) bool { return target == ErrDiffers }

// Verify compares a graph with a stream, as [Push] does behind a push. Options
// other than [SkolemBase] are of no effect.
func Verify(ctx context.Context, client *sparql.Client, graph rdf.IRI, quads iter.Seq2[rdf.Quad, error], opts ...Option) (Verification, error) {
	c, err := newConfig(opts)
	if err != nil {
		return Verification{}, fmt.Errorf("push: %w", err)
	}
	v, err := c.compare(ctx, client, graph, quads)
	if err != nil {
		return v, fmt.Errorf("push: compare <%s> of %s: %w", graph, client.Endpoint(), err)
	}
	return v, nil
}

// windowSubjects and windowTriples bound what is compared at once.
const (
	windowSubjects = 500
	windowTriples  = 20_000
)

// comparison is under way.
type comparison struct {
	ctx    context.Context
	client *sparql.Client
	graph  rdf.IRI

	v           Verification
	diff        DifferenceError
	ours, store *digest

	subjects []rdf.IRI // of the window, in order
	lines    map[rdf.IRI][]string
	held     int
}

var countQuery = sparql.Text("SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }")

func (c *config) compare(ctx context.Context, client *sparql.Client, graph rdf.IRI, quads iter.Seq2[rdf.Quad, error]) (Verification, error) {
	m := &comparison{
		ctx: ctx, client: client, graph: graph, ours: newDigest(), store: newDigest(), lines: map[rdf.IRI][]string{},
	}
	for q, err := range quads {
		if err != nil {
			return m.v, fmt.Errorf("read triple %d: %w", m.v.Triples+1, err)
		}
		t, err := c.prepare(q)
		if err != nil {
			return m.v, fmt.Errorf("triple %d: %w", m.v.Triples+1, err)
		}
		if err := m.add(t); err != nil {
			return m.v, err
		}
	}
	if err := m.window(); err != nil {
		return m.v, err
	}
	return m.finish()
}

// add takes a triple of the stream.
func (m *comparison) add(t rdf.Triple) error {
	subject, ok := t.Subj.(rdf.IRI)
	if !ok {
		return errTerm
	}
	if n := len(m.subjects); n == 0 || m.subjects[n-1] != subject {
		if len(m.subjects) >= windowSubjects || m.held >= windowTriples {
			if err := m.window(); err != nil {
				return err
			}
		}
		if _, ok := m.lines[subject]; ok {
			return fmt.Errorf("the stream has the triples of <%s> in several places; those of a subject must follow each other", subject)
		}
		m.subjects = append(m.subjects, subject)
		m.v.Subjects++
	}
	m.v.Triples++
	m.held++
	m.lines[subject] = append(m.lines[subject], normalLine(t))
	m.ours.add(t)
	return nil
}

// window asks the store about the subjects held and compares.
func (m *comparison) window() error {
	if len(m.subjects) == 0 {
		return nil
	}
	pages := sparql.Keyset{Client: m.client, Options: []sparql.QueryOption{sparql.DefaultGraph(m.graph)}}
	for page, err := range pages.PagesOf(m.ctx, m.subjects) {
		if err != nil {
			return fmt.Errorf("read from the store: %w", err)
		}
		m.page(page)
	}
	m.subjects, m.held = m.subjects[:0], 0
	clear(m.lines)
	return nil
}

// page compares the subjects of a page.
func (m *comparison) page(page sparql.Page) {
	found := make(map[rdf.IRI][]rdf.Triple, len(page.Subjects))
	for _, t := range page.Triples {
		if s, ok := t.Subj.(rdf.IRI); ok {
			found[s] = append(found[s], t)
			m.v.StoreTriples++
		}
	}
	for _, s := range page.Subjects {
		var theirs []string
		for _, t := range found[s] {
			m.store.add(t)
			theirs = append(theirs, normalLine(t))
		}
		m.differences(sortedSet(m.lines[s]), sortedSet(theirs))
	}
}

// differences merges two sorted lists.
func (m *comparison) differences(ours, theirs []string) {
	for len(ours) > 0 || len(theirs) > 0 {
		switch {
		case len(theirs) == 0 || len(ours) > 0 && ours[0] < theirs[0]:
			m.diff.Missing++
			m.example("- " + ours[0])
			ours = ours[1:]
		case len(ours) == 0 || theirs[0] < ours[0]:
			m.diff.Extra++
			m.example("+ " + theirs[0])
			theirs = theirs[1:]
		default:
			ours, theirs = ours[1:], theirs[1:]
		}
	}
}

func (m *comparison) example(line string) {
	if len(m.diff.Examples) < maxExamples {
		m.diff.Examples = append(m.diff.Examples, line)
	}
}

// finish counts what the graph holds besides.
func (m *comparison) finish() (Verification, error) {
	rows, err := m.client.Select(m.ctx, countQuery, sparql.DefaultGraph(m.graph))
	if err != nil {
		return m.v, fmt.Errorf("count the graph: %w", err)
	}
	if m.v.Count, err = sparql.CollectExactlyOne[int64](rows); err != nil {
		return m.v, fmt.Errorf("count the graph: %w", err)
	}
	m.diff.Others = int(m.v.Count - m.v.StoreTriples)
	m.v.Digest, m.v.StoreDigest = m.ours.sum(), m.store.sum()
	if m.diff.Missing != 0 || m.diff.Extra != 0 || m.diff.Others != 0 {
		return m.v, &m.diff
	}
	return m.v, nil
}
