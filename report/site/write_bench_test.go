package site

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/themis-go/themis/harvest"
	"github.com/themis-go/themis/internal/realdata"
	"github.com/themis-go/themis/report"
	"github.com/themis-go/themis/report/agreement"
	"github.com/themis-go/themis/report/retrieve"
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
	ix, err := retrieve.New(context.Background(), realdata.Stream(decisions))
	require.NoError(b, err)
	corpus := byURI{}
	for _, d := range decisions {
		corpus[d.URI.String()] = d
	}
	finder := report.FindBy(ix)
	b.ResetTimer()
	for b.Loop() {
		before := processorTime(b)
		began := time.Now()
		phases := map[string]time.Duration{}
		result, err := Write(context.Background(), benchDir(b), Config{
			Agreement: agr, Decisions: realdata.Stream(decisions),
			Report: func(ctx context.Context, s *agreement.Section) (*report.Report, error) {
				return report.Build(ctx, s, corpus, report.WithFinder(finder), report.WithAgreementTitle(agr.Title))
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

// byURI is a corpus of the decisions at hand.
type byURI map[string]harvest.Decision

func (c byURI) Decision(_ context.Context, uri string) (harvest.Decision, error) {
	d, ok := c[uri]
	if !ok {
		return d, report.ErrUnknownDecision
	}
	return d, nil
}
