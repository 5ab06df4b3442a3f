package site

import (
	"cmp"
	"context"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/themis-go/themis/harvest"
	"github.com/themis-go/themis/internal/dutch"
	"github.com/themis-go/themis/internal/realdata"
	"github.com/themis-go/themis/report"
	"github.com/themis-go/themis/report/agreement"
	"github.com/themis-go/themis/report/analyse"
	"github.com/themis-go/themis/report/stage"
)

// BenchmarkWrite writes the site of the coalition agreement of 2019, 224
// sections, with the 3,101 real decisions; with THEMIS_BENCH_LARGE=1 also with
// ten times as many. It prints the time of the processors too, which other
// programs on the machine do not change.
func BenchmarkWrite(b *testing.B) {
	b.Run("3101", func(b *testing.B) { benchmarkWrite(b, realdata.Decisions(b)) })
	b.Run("31010", func(b *testing.B) {
		if os.Getenv("THEMIS_BENCH_LARGE") == "" {
			b.Skip("SKIPPED: takes minutes; set THEMIS_BENCH_LARGE=1")
		}
		benchmarkWrite(b, many(realdata.Decisions(b), 10))
	})
}

func benchmarkWrite(b *testing.B, decisions []harvest.Decision) {
	agr := realdata.Agreement(b)
	ix := newRanked(decisions)
	b.ResetTimer()
	for b.Loop() {
		before := processorTime(b)
		began := time.Now()
		phases := map[string]time.Duration{}
		result, err := Write(context.Background(), benchDir(b), Config{
			Agreement: agr, Decisions: realdata.Stream(decisions),
			Report: func(ctx context.Context, s *agreement.Section) (*report.Report, error) {
				return report.Build(ctx, s, ix, report.WithAgreementTitle(agr.Title))
			},
			Progress: func(p Progress) { phases[p.Phase] = time.Since(began) },
		})
		require.NoError(b, err)
		b.ReportMetric((processorTime(b) - before).Seconds(), "cpu-s/op")
		b.ReportMetric(float64(result.Bytes)/1e6, "MB")
		b.ReportMetric(float64(result.Files), "files")
		b.Logf("%d sections, %d decisions, %d files, %.1f MB, phases end at %v", result.Sections, result.Decisions, result.Files, float64(result.Bytes)/1e6, phases)
	}
}

// benchDir is a new folder, or the one named by the environment, to look at.
func benchDir(b *testing.B) string {
	if dir := os.Getenv("THEMIS_BENCH_DIR"); dir != "" {
		return filepath.Join(dir, strings.ReplaceAll(b.Name(), "/", "-"))
	}
	return filepath.Join(b.TempDir(), "site")
}

func processorTime(b *testing.B) time.Duration {
	var u syscall.Rusage
	require.NoError(b, syscall.Getrusage(syscall.RUSAGE_SELF, &u))
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// ranked is a corpus that finds the thirty decisions that share the rarest
// words with a section: about as many as the real retrieval.
type ranked struct {
	shelf
	byURI    map[string]int
	postings map[string][]int
	stages   []stage.Result
}

func newRanked(list []harvest.Decision) *ranked {
	r := &ranked{shelf: list, byURI: map[string]int{}, postings: map[string][]int{}}
	for i, d := range list {
		r.byURI[d.URI.String()] = i
		r.stages = append(r.stages, stage.Of(d))
		for _, stem := range stems(d.Title + " " + d.Subtitle + " " + d.Text) {
			r.postings[stem] = append(r.postings[stem], i)
		}
	}
	return r
}

func stems(text string) []string {
	var out []string
	for _, t := range dutch.Analyse(text) {
		if !t.Part && !dutch.IsStop(t.Text) {
			out = append(out, t.Stem)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func (r *ranked) Decision(_ context.Context, uri string) (harvest.Decision, error) {
	if i, ok := r.byURI[uri]; ok {
		return r.shelf[i], nil
	}
	return harvest.Decision{}, report.ErrUnknownDecision
}

func (r *ranked) Find(_ context.Context, section *agreement.Section) (report.Found, error) {
	found := report.Found{Ranker: "bench/1"}
	scores := map[int]float64{}
	for _, stem := range stems(section.Title + " " + section.Text) {
		for _, i := range r.postings[stem] {
			scores[i] += math.Log(float64(len(r.shelf)) / float64(len(r.postings[stem])))
		}
	}
	var order []int
	for i := range scores {
		order = append(order, i)
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Or(cmp.Compare(scores[b], scores[a]), cmp.Compare(a, b)) })
	for _, span := range dutch.Sentences(section.Text) {
		text := section.Text[span.Start:span.End]
		if strings.HasPrefix(text, "We ") {
			found.Promises = append(found.Promises, analyse.Promise{Text: text, Start: span.Start, End: span.End})
		}
	}
	for n, i := range order[:min(30, len(order))] {
		e := analyse.Evidence{Decision: r.shelf[i], Stage: r.stages[i]}
		if len(found.Promises) > 0 {
			e.Promises = []int{n % len(found.Promises)}
		}
		found.Evidence = append(found.Evidence, e)
	}
	return found, nil
}
