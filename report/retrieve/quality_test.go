package retrieve

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// ranked lists of all sections of the development half.
type experiment struct {
	index *Index
	known []relevance
	lists [][]ranked
}

func newExperiment(tb testing.TB, ix *Index) *experiment {
	tb.Helper()
	all := sections(tb)
	x := &experiment{index: ix, known: judgements(tb, ix.byURI)}
	x.lists = make([][]ranked, len(x.known))
	inParallel(len(x.known), func(i int) {
		list, err := ix.rank(context.Background(), ix.sectionQuery(all[x.known[i].section]), candidates)
		if err != nil {
			panic(err)
		}
		x.lists[i] = list
	})
	return x
}

// shared is the experiment that several tests look at; they change nothing.
var shared struct {
	once sync.Once
	x    *experiment
}

func realExperiment(t *testing.T) *experiment {
	t.Helper()
	list := newsItems(t) // here, so that each test says that it skips
	shared.once.Do(func() {
		ix := build(list, nil)
		ix.weights = DefaultWeights
		shared.x = newExperiment(t, ix)
	})
	require.NotNil(t, shared.x)
	return shared.x
}

// with scores the sections with these weights, one by one.
func (x *experiment) with(w Weights) []figures {
	out := make([]figures, len(x.known))
	inParallel(len(out), func(i int) {
		s := make(scores, len(x.lists[i]))
		for j, r := range x.lists[i] {
			s[j] = 1 + float32(r.parts.sum(w)) // above zero, for top
		}
		var ranking []int
		for _, j := range s.top(len(s)) {
			ranking = append(ranking, int(x.lists[i][j].doc))
		}
		out[i] = x.known[i].one(ranking)
	})
	return out
}

// ascend improves weights one at a time on some of the sections.
func (x *experiment) ascend(w Weights, on []int) Weights {
	score := func() float64 {
		all := x.with(w)
		some := make([]figures, len(on))
		for i, n := range on {
			some[i] = all[n]
		}
		return average(some).mean()
	}
	best, step := score(), 0.1
	for range 6 {
		better := false
		for _, p := range []*float64{&w.BM25, &w.Cosine, &w.Feedback, &w.Neighbour, &w.Latent, &w.Field} {
			for _, d := range []float64{step, -step} {
				old := *p
				if *p = old + d; *p < 0 {
					*p = old
					continue
				}
				if now := score(); now > best+1e-5 {
					best, better = now, true
				} else {
					*p = old
				}
			}
		}
		if !better {
			step /= 2
		}
	}
	return w
}

// TestQuality holds the figures on the development half. README.md explains
// them; they are what score_retrieval.py says of the runs of examples/rank.
func TestQuality(t *testing.T) {
	x := realExperiment(t)
	got := average(x.with(DefaultWeights))
	t.Log(got)
	assert.GreaterOrEqual(t, got.Pool, 0.79)
	assert.GreaterOrEqual(t, got.All, 0.585)
	assert.GreaterOrEqual(t, got.Recall, 0.60)
	assert.GreaterOrEqual(t, got.Judged, 0.73)
	assert.GreaterOrEqual(t, got.Own, 0.68)
}

// TestAblation prints the table of README.md: each ranker alone, and all but
// each.
//
//	go test ./report/retrieve -run TestAblation -v
func TestAblation(t *testing.T) {
	x := realExperiment(t)
	full := average(x.with(DefaultWeights))
	var out strings.Builder
	row := func(name string, f figures) {
		fmt.Fprintf(&out, "| %-22s | %.3f | %.3f | %.3f | %.3f | %.3f |\n", name, f.Pool, f.All, f.Recall, f.Judged, f.Own)
	}
	row("all", full)
	worse := 0
	for _, r := range []struct {
		name string
		of   func(*Weights) *float64
	}{
		{"BM25F", func(w *Weights) *float64 { return &w.BM25 }},
		{"cosine", func(w *Weights) *float64 { return &w.Cosine }},
		{"feedback", func(w *Weights) *float64 { return &w.Feedback }},
		{"neighbours", func(w *Weights) *float64 { return &w.Neighbour }},
		{"latent semantics", func(w *Weights) *float64 { return &w.Latent }},
		{"policy field", func(w *Weights) *float64 { return &w.Field }},
	} {
		without, alone := DefaultWeights, Weights{}
		*r.of(&without) = 0
		*r.of(&alone) = 1
		f := average(x.with(without))
		row("without "+r.name, f)
		row("only "+r.name, average(x.with(alone)))
		if f.mean() < full.mean() {
			worse++
		}
	}
	t.Log("\n" + out.String())
	assert.GreaterOrEqual(t, worse, 4, "most rankers earn their place")
}

// TestAnalysisAblation does the same for the analysis of words, which the
// index is made with.
func TestAnalysisAblation(t *testing.T) {
	list := newsItems(t)
	whole := build(list, nil)
	whole.weights = DefaultWeights
	with := average(newExperiment(t, whole).with(DefaultWeights))
	rows := whole.rows()
	whole.space = learnSpace(rows, len(whole.lex.terms))
	whole.placeAll(rows)
	unrefined := average(newExperiment(t, whole).with(DefaultWeights))
	plain := buildWith(newLexicon(nil), list, nil)
	plain.weights = DefaultWeights
	without := average(newExperiment(t, plain).with(DefaultWeights))
	t.Logf("\nwhole              %v\nwithout refinement %v\nwithout compounds  %v", with, unrefined, without)
	assert.Greater(t, with.mean(), without.mean())
	assert.Greater(t, with.mean(), unrefined.mean()-0.002)
}

// TestCrossValidation tunes the weights on four fifths of the sections and
// scores the fifth, for several divisions: the spread tells what tuning is
// worth.
//
//	go test ./report/retrieve -run TestCrossValidation -v
func TestCrossValidation(t *testing.T) {
	if testing.Short() {
		t.Skip("SKIPPED: tuning takes minutes; run without -short")
	}
	x := realExperiment(t)
	start := Weights{BM25: 0.25, Cosine: 0.25, Feedback: 0.25, Neighbour: 0.25, Latent: 0.25, Field: 0.1}
	for seed := range uint64(2) {
		order := rand.New(rand.NewPCG(seed, 0)).Perm(len(x.known))
		var held []figures
		for fold := range 5 {
			var train, test []int
			for i, n := range order {
				if i%5 == fold {
					test = append(test, n)
				} else {
					train = append(train, n)
				}
			}
			all := x.with(x.ascend(start, train))
			part := make([]figures, len(test))
			for i, n := range test {
				part[i] = all[n]
			}
			t.Logf("division %d, fold %d: %v", seed, fold, average(part))
			held = append(held, part...)
		}
		f := average(held)
		t.Logf("division %d: %v", seed, f)
		require.Greater(t, f.Pool, 0.78)
		require.Greater(t, f.All, 0.57)
	}
}
