package harvest_test

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"runtime/metrics"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/themis-go/themis/harvest"
	"github.com/themis-go/themis/internal/virtuosotest"
	"github.com/themis-go/themis/rdf/sparql"
)

// recorder notes the requests that a harvest sends.
type recorder struct {
	mu       sync.Mutex
	requests []recorded
	base     http.RoundTripper
}

type recorded struct{ url, form string }

func (r *recorder) RoundTrip(req *http.Request) (*http.Response, error) {
	rec := recorded{url: req.URL.String()}
	if req.Body != nil {
		body, err := io.ReadAll(req.Body)
		if err != nil {
			return nil, err
		}
		req.Body = io.NopCloser(bytes.NewReader(body))
		rec.form = string(body)
	}
	r.mu.Lock()
	r.requests = append(r.requests, rec)
	r.mu.Unlock()
	return r.base.RoundTrip(req)
}

// curl sends the same requests, divided among as many processes as were in
// flight, and returns how long that takes.
func curl(b *testing.B, requests []recorded, parallel int) time.Duration {
	b.Helper()
	configs := make([]*strings.Builder, parallel)
	for i := range configs {
		configs[i] = new(strings.Builder)
	}
	for i, r := range requests {
		c := configs[i%parallel]
		if i >= parallel {
			fmt.Fprintln(c, "next")
		}
		fmt.Fprintf(c, "url = %q\noutput = \"/dev/null\"\nsilent\nheader = \"Accept: application/sparql-results+json\"\n", r.url)
		if r.form != "" {
			fmt.Fprintf(c, "data = %q\n", r.form)
		}
	}
	start := time.Now()
	var wait sync.WaitGroup
	for i, c := range configs {
		file := filepath.Join(b.TempDir(), fmt.Sprint(i))
		require.NoError(b, os.WriteFile(file, []byte(c.String()), 0o600))
		wait.Go(func() {
			if out, err := exec.Command("curl", "-K", file).CombinedOutput(); err != nil {
				b.Errorf("curl: %v %s", err, out)
			}
		})
	}
	wait.Wait()
	return time.Since(start)
}

// peakHeap samples the memory that live and not yet swept objects take.
func peakHeap(stop <-chan struct{}) <-chan uint64 {
	out := make(chan uint64, 1)
	go func() {
		sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
		tick := time.NewTicker(20 * time.Millisecond)
		defer tick.Stop()
		var peak uint64
		for {
			metrics.Read(sample)
			peak = max(peak, sample[0].Value.Uint64())
			select {
			case <-stop:
				out <- peak
				return
			case <-tick.C:
			}
		}
	}()
	return out
}

// BenchmarkHarvest harvests the whole corpus through the dispatcher, then
// fetches the same pages with curl, and prints the ratio. THEMIS_BENCH_SCALE=10
// takes ten times the corpus.
func BenchmarkHarvest(b *testing.B) {
	if _, err := exec.LookPath("curl"); err != nil {
		b.Skip("SKIPPED: curl is not installed")
	}
	scale := 1
	if os.Getenv("THEMIS_BENCH_SCALE") == "10" {
		scale = 10
	}
	dump := virtuosotest.Dump(b, scale)
	e := virtuosotest.Start(b, virtuosotest.Config{
		Load:  map[string][]string{virtuosotest.PublicGraph: {filepath.Join(dump, "load")}},
		Proxy: true, Files: dump,
	})
	for b.Loop() {
		rec := &recorder{base: &http.Transport{DisableCompression: true}}
		src := harvest.Endpoint(sparql.NewClient(e.ProxyURL, sparql.Transport(rec)))
		a := newArchive(b)
		runtime.GC()
		stop := make(chan struct{})
		peak := peakHeap(stop)
		start := time.Now()
		r := run(b, src, a)
		ours := time.Since(start)
		close(stop)
		require.Equal(b, harvest.Complete{}, r.Completeness)
		heap := <-peak
		theirs := curl(b, rec.requests, 2)
		start = time.Now()
		again := run(b, src, a)
		b.ReportMetric(ours.Seconds(), "harvest-s")
		b.ReportMetric(theirs.Seconds(), "curl-s")
		b.ReportMetric(ours.Seconds()/theirs.Seconds(), "ratio")
		b.ReportMetric(float64(heap)/(1<<20), "peak-MB")
		b.ReportMetric(float64(r.Requests), "requests")
		b.ReportMetric(float64(again.Requests), "idle-requests")
		b.ReportMetric(time.Since(start).Seconds(), "idle-s")
		b.ReportMetric(float64(r.Manifest.Triples)/ours.Seconds(), "triples/s")
	}
}
