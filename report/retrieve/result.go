package retrieve

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/themis-go/themis/harvest"
	"github.com/themis-go/themis/report/agreement"
	"github.com/themis-go/themis/report/stage"
)

// Hit is a decision that was found.
type Hit struct {
	// URI is that of the news item.
	URI string
	// Score orders hits of one query; it is not to be compared between queries.
	Score float64
	// Probability is how likely the decision bears on the query, from 0 to 1,
	// calibrated on decisions that people judged.
	Probability float64
	// Relevant is true down to the cut-off, and for the other steps of a
	// measure of which a step is above it.
	Relevant bool
	// Dossier is the same positive number for the successive steps of one
	// measure; 0 for a decision that stands alone.
	Dossier int
	// Stage is the step of the procedure, see package stage.
	Stage stage.Stage
	// Date is the day of the meeting, at midnight UTC; zero where unknown.
	Date time.Time
	// Decision is the decision itself; see [WithoutDecisions].
	Decision harvest.Decision
}

// Result is what was found, best first.
type Result struct {
	Hits []Hit
	// Cutoff is the probability below which decisions are not taken to be
	// relevant, and Reason says in Dutch why the line is where it is, or that
	// nothing was found, with the query and the corpus.
	Cutoff float64
	Reason string
	// Words are the most telling words that were looked for, as stems.
	Words []string
	// Promises are those of the section, each with the hits that bear on it.
	// Empty for [Index.Search].
	Promises []Promise
}

// Relevant returns the relevant hits, best first.
func (r Result) Relevant() []Hit {
	var out []Hit
	for _, h := range r.Hits {
		if h.Relevant {
			out = append(out, h)
		}
	}
	return out
}

// Ranker names the method, for the record of how a report was made.
const Ranker = "themis/retrieve 1: BM25F, cosine, feedback, neighbours, latent semantics, policy field"

// queryOptions change one query.
type queryOptions struct {
	limit     int
	cutoff    float64
	decisions bool
}

// QueryOption changes how one query is answered.
type QueryOption func(*queryOptions)

// Limit is the greatest number of hits; the default is 200.
func Limit(n int) QueryOption { return func(o *queryOptions) { o.limit = n } }

// Cutoff replaces the probability from which a hit is relevant, [DefaultCutoff].
func Cutoff(p float64) QueryOption { return func(o *queryOptions) { o.cutoff = p } }

// WithoutDecisions leaves Hit.Decision empty, which saves reading them.
func WithoutDecisions() QueryOption { return func(o *queryOptions) { o.decisions = false } }

// Section finds the decisions that bear on a section, and on each of its
// promises. A section for which there is nothing gives a result without
// relevant hits and a reason, not an error.
func (ix *Index) Section(ctx context.Context, s *agreement.Section, opts ...QueryOption) (Result, error) {
	if s == nil {
		return Result{}, errors.New("retrieve: no section given")
	}
	q := ix.sectionQuery(s)
	res, err := ix.answer(ctx, q, s.Heading(), opts)
	if err != nil {
		return res, err
	}
	res.Promises = ix.promises(s, res.Hits)
	return res, nil
}

// Search finds decisions by words or by any text.
func (ix *Index) Search(ctx context.Context, text string, opts ...QueryOption) (Result, error) {
	if strings.TrimSpace(text) == "" {
		return Result{}, errors.New("retrieve: nothing to search for; give a word at least")
	}
	return ix.answer(ctx, ix.textQuery(text), firstLine(text), opts)
}

func (ix *Index) answer(ctx context.Context, q query, name string, opts []QueryOption) (Result, error) {
	o := queryOptions{limit: maxHits, cutoff: DefaultCutoff, decisions: true}
	for _, set := range opts {
		set(&o)
	}
	list, err := ix.rank(ctx, q, max(o.limit, 0))
	if err != nil {
		return Result{}, err
	}
	res := Result{Cutoff: o.cutoff, Words: ix.words(q, 12), Hits: make([]Hit, len(list))}
	for i, r := range list {
		d := &ix.docs[r.doc]
		res.Hits[i] = Hit{
			URI: d.uri, Score: r.score, Probability: probability(r, list[0]), Dossier: ix.dossier[r.doc], Stage: d.stage, Date: d.date,
		}
	}
	ix.cut(&res, name)
	if o.decisions {
		for i := range res.Hits {
			if res.Hits[i].Decision, err = ix.lookup(ctx, res.Hits[i].URI); err != nil {
				return Result{}, fmt.Errorf("retrieve: read a hit: %w", err)
			}
		}
	}
	return res, nil
}
