package documents

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/themis-go/themis/harvest"
	"github.com/themis-go/themis/rdf"
)

func sha(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

func TestFetch(t *testing.T) {
	s, f := newServer(t), openFolder(t)
	data := pdfBytes(5000)
	s.content["a"] = data
	s.headers.Set("ETag", `"v1"`)
	results, failures := fetch(f, s, stream(decisionWith("a", 5000), decisionWith("a", 5000)))
	require.Empty(t, failures)
	require.Len(t, results, 1, "a file of two decisions is fetched once")
	r := results[0]
	require.Equal(t, Downloaded, r.Outcome)
	require.Equal(t, "2021/Nota-a-a.pdf", r.Path, "nothing of the server's name is in it")
	require.EqualValues(t, 5000, r.Size)
	require.Equal(t, sha(data), r.SHA256)
	require.Equal(t, `"v1"`, r.ETag)
	require.Equal(t, s.URL+"/files/a/download", r.URL)
	require.Equal(t, rdf.MustIRI(idBase+"nieuwsbericht/a"), r.Decision)
	require.False(t, r.Fetched.IsZero())
	require.Equal(t, data, content(t, f, r.Path))
	require.Equal(t, "identity", s.seen()[0].Header.Get("Accept-Encoding"))
	require.Contains(t, s.seen()[0].UserAgent(), "github.com/themis-go/themis")
	noParts(t, f)

	s.next()
	results, failures = fetch(f, s, stream(decisionWith("a", 5000)))
	require.Empty(t, failures)
	require.Equal(t, Present, results[0].Outcome)
	require.Empty(t, s.seen(), "what is here is not asked for")

	results, failures = fetch(f, s, stream(decisionWith("a", 5000)), Revalidate())
	require.Empty(t, failures)
	require.Equal(t, Unchanged, results[0].Outcome)
	require.Equal(t, `"v1"`, s.seen()[0].Header.Get("If-None-Match"))
	require.True(t, results[0].Checked.After(results[0].Fetched))
	noParts(t, f)

	s.content["a"] = pdfBytes(6000)
	s.headers.Set("ETag", `"v2"`)
	results, failures = fetch(f, s, stream(decisionWith("a", 0)), Revalidate())
	require.Empty(t, failures)
	require.Equal(t, Downloaded, results[0].Outcome)
	require.Len(t, content(t, f, results[0].Path), 6000)

	s.content["a"] = pdfBytes(7000)
	results, failures = fetch(f, s, stream(decisionWith("a", 7000)))
	require.Empty(t, failures)
	require.Equal(t, Downloaded, results[0].Outcome, "the archive knows another size now")
	require.EqualValues(t, 7000, results[0].Size)
}

func TestFetchGoesOn(t *testing.T) {
	const size = 300 << 10
	for name, test := range map[string]struct {
		validator []string
		resumes   bool
	}{
		"strong ETag": {[]string{"ETag", `"v1"`}, true},
		"date":        {[]string{"Last-Modified", "Wed, 01 Jan 2020 00:00:00 GMT"}, true},
		"weak ETag":   {[]string{"ETag", `W/"v1"`}, false},
		"nothing":     {nil, false},
	} {
		t.Run(name, func(t *testing.T) {
			s, f := newServer(t), openFolder(t)
			s.content["a"] = pdfBytes(size)
			for i := 0; i < len(test.validator); i += 2 {
				s.headers.Set(test.validator[i], test.validator[i+1])
			}
			s.next(s.breakOff("a", size/2))
			results, failures := fetch(f, s, stream(decisionWith("a", size)))
			require.Empty(t, failures)
			require.Equal(t, sha(pdfBytes(size)), results[0].SHA256)
			require.Equal(t, pdfBytes(size), content(t, f, results[0].Path))
			requests := s.seen()
			require.Len(t, requests, 2)
			// How much arrived before the break is up to the network.
			require.Equal(t, test.resumes, requests[1].Header.Get("Range") != "")
			if test.resumes {
				require.Equal(t, test.validator[1], requests[1].Header.Get("If-Range"))
			}
			noParts(t, f)
		})
	}
}

func TestFetchGoesOnInTheNextRun(t *testing.T) {
	const size = 300 << 10
	dir := t.TempDir()
	f, err := Open(dir)
	require.NoError(t, err)
	s := newServer(t)
	s.content["a"] = pdfBytes(size)
	s.headers.Set("ETag", `"v1"`)
	s.next(s.breakOff("a", size/2))
	_, failures := fetch(f, s, stream(decisionWith("a", size)), Attempts(1))
	require.Len(t, failures, 1)
	require.ErrorIs(t, failures[0], ErrUnavailable)
	var one *FileError
	require.ErrorAs(t, failures[0], &one)
	require.Equal(t, idBase+"bestand/a", one.File.String())
	require.NoError(t, f.Close())

	f, err = Open(dir)
	require.NoError(t, err)
	defer f.Close()
	s.next()
	results, failures := fetch(f, s, stream(decisionWith("a", size)))
	require.Empty(t, failures)
	require.NotEmpty(t, s.seen()[0].Header.Get("Range"))
	require.Equal(t, sha(pdfBytes(size)), results[0].SHA256)
	require.Equal(t, `"v1"`, results[0].ETag)
}

func TestFetchDoesNotJoinTwoVersions(t *testing.T) {
	const size = 300 << 10
	s, f := newServer(t), openFolder(t)
	s.content["a"] = pdfBytes(size)
	s.headers.Set("ETag", `"v1"`)
	s.next(s.breakOff("a", size/2))
	_, failures := fetch(f, s, stream(decisionWith("a", 0)), Attempts(1))
	require.Len(t, failures, 1)
	other := append([]byte("%PDF-1.7\n"), make([]byte, size)...)
	s.content["a"] = other
	s.headers.Set("ETag", `"v2"`)
	results, failures := fetch(f, s, stream(decisionWith("a", 0)))
	require.Empty(t, failures)
	require.Equal(t, sha(other), results[0].SHA256)

	// A server that answers another range than the one asked for.
	s.headers.Del("ETag")
	for _, contentRange := range []string{"", "bytes 0-9/10", "bytes 5-4/10", "bytes x-y/z", "bytes 153600-307199/999999"} {
		f := openFolder(t)
		s.content["b"] = pdfBytes(size)
		s.headers.Set("ETag", `"b"`)
		s.next(s.breakOff("b", size/2), status(http.StatusPartialContent, "Content-Range", contentRange))
		results, failures := fetch(f, s, stream(decisionWith("b", size)))
		require.Empty(t, failures, contentRange)
		require.Equal(t, sha(pdfBytes(size)), results[0].SHA256)
		require.Len(t, s.seen(), 3)
		require.Empty(t, s.seen()[2].Header.Get("Range"))
	}
	f = openFolder(t)
	s.next(s.breakOff("b", size/2), status(http.StatusRequestedRangeNotSatisfiable))
	_, failures = fetch(f, s, stream(decisionWith("b", size)))
	require.Empty(t, failures)
}

func TestFetchFails(t *testing.T) {
	html := func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprint(w, "<!DOCTYPE html><title>Onderhoud</title>")
	}
	typedPDF := func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/pdf")
		fmt.Fprint(w, "<!DOCTYPE html><title>Onderhoud</title>")
	}
	body := func(n int) func(http.ResponseWriter, *http.Request) {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/pdf")
			w.(http.Flusher).Flush() // no Content-Length
			_, _ = w.Write(pdfBytes(n))
		}
	}
	for name, test := range map[string]struct {
		size     int64
		opts     []Option
		spoil    []func(http.ResponseWriter, *http.Request)
		want     error
		requests int
	}{
		"not there":         {0, nil, []func(http.ResponseWriter, *http.Request){status(404)}, ErrNotFound, 1},
		"gone":              {0, nil, []func(http.ResponseWriter, *http.Request){status(410)}, ErrNotFound, 1},
		"forbidden":         {0, nil, []func(http.ResponseWriter, *http.Request){status(403)}, ErrStatus, 1},
		"304 out of place":  {0, nil, []func(http.ResponseWriter, *http.Request){status(304)}, ErrStatus, 1},
		"206 out of place":  {0, nil, []func(http.ResponseWriter, *http.Request){status(206)}, ErrStatus, 1},
		"a page":            {0, nil, []func(http.ResponseWriter, *http.Request){html}, ErrNotPDF, 1},
		"a page in a coat":  {0, nil, []func(http.ResponseWriter, *http.Request){typedPDF}, ErrNotPDF, 1},
		"encoded":           {0, nil, []func(http.ResponseWriter, *http.Request){status(200, "Content-Encoding", "gzip")}, ErrStatus, 1},
		"wrong size":        {999, nil, nil, ErrSize, 4},
		"shorter, unsaid":   {2000, nil, []func(http.ResponseWriter, *http.Request){body(1900), body(1900), body(1900), body(1900)}, ErrSize, 4},
		"longer, unsaid":    {2000, nil, []func(http.ResponseWriter, *http.Request){body(2100), body(2100), body(2100), body(2100)}, ErrSize, 4},
		"nothing":           {0, nil, []func(http.ResponseWriter, *http.Request){status(200), status(200), status(200), status(200)}, ErrSize, 4},
		"too large, known":  {2000, []Option{MaxSize(1999)}, nil, ErrTooLarge, 0},
		"too large, said":   {0, []Option{MaxSize(1999)}, nil, ErrTooLarge, 1},
		"too large, unsaid": {0, []Option{MaxSize(1999)}, []func(http.ResponseWriter, *http.Request){body(5000)}, ErrTooLarge, 1},
		"overloaded":        {0, nil, []func(http.ResponseWriter, *http.Request){status(503), status(429), status(502), status(500)}, ErrUnavailable, 4},
		"breaks off":        {2000, nil, []func(http.ResponseWriter, *http.Request){body(1900)}, nil, 2},
		"passes":            {2000, nil, []func(http.ResponseWriter, *http.Request){status(503), status(500)}, nil, 3},
	} {
		t.Run(name, func(t *testing.T) {
			s, f := newServer(t), openFolder(t)
			s.content["a"] = pdfBytes(2000)
			s.content["b"] = pdfBytes(100)
			s.next(test.spoil...)
			results, failures := fetch(f, s, stream(decisionWith("a", test.size), decisionWith("b", 100)), append(test.opts, InFlight(1))...)
			require.Len(t, s.seen(), test.requests+1)
			noParts(t, f)
			if test.want == nil {
				require.Empty(t, failures)
				require.Len(t, results, 2)
				return
			}
			require.Len(t, failures, 1)
			require.ErrorIs(t, failures[0], test.want)
			require.Len(t, results, 1, "the other file is fetched all the same")
			_, ok := f.Record(rdf.MustIRI(idBase + "bestand/a"))
			require.False(t, ok)
		})
	}
}

func TestFetchTakesAnySize(t *testing.T) {
	s, f := newServer(t), openFolder(t)
	s.content["a"] = pdfBytes(2000)
	results, failures := fetch(f, s, stream(decisionWith("a", 999)), AnySize())
	require.Empty(t, failures)
	require.EqualValues(t, 2000, results[0].Size)
	results, failures = fetch(f, s, stream(decisionWith("a", 999)), AnySize())
	require.Empty(t, failures)
	require.Equal(t, Present, results[0].Outcome)
}

func TestFetchWaits(t *testing.T) {
	s, f := newServer(t), openFolder(t)
	s.content["a"] = pdfBytes(2000)
	s.next(status(503, "Retry-After", "7"), status(503), status(503, "Retry-After", "99999"))
	var w waits
	_, failures := fetch(f, s, stream(decisionWith("a", 2000)), w.option())
	require.Empty(t, failures)
	require.Equal(t, []time.Duration{7 * time.Second, 2 * time.Second, maxDelay}, w.list)

	w = waits{}
	for _, id := range []string{"b", "c", "d"} {
		s.content[id] = pdfBytes(100)
	}
	_, failures = fetch(f, s, stream(decisionWith("b", 0), decisionWith("c", 0), decisionWith("d", 0)), w.option(), PerSecond(2), InFlight(1))
	require.Empty(t, failures)
	require.Len(t, w.list, 2, "the first goes at once")
	require.InDelta(t, time.Second, w.list[1], float64(time.Second/2), "the third a second later, as none has really waited")
}

func TestFetchTimesOut(t *testing.T) {
	hang := func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }
	trickle := func(w http.ResponseWriter, r *http.Request) {
		_, _ = w.Write(pdfBytes(1500))
		for r.Context().Err() == nil {
			_, _ = w.Write([]byte("x"))
			w.(http.Flusher).Flush()
			time.Sleep(5 * time.Millisecond)
		}
	}
	stall := func(w http.ResponseWriter, r *http.Request) {
		_, _ = w.Write(pdfBytes(1500))
		w.(http.Flusher).Flush()
		<-r.Context().Done()
	}
	for name, test := range map[string]struct {
		spoil func(http.ResponseWriter, *http.Request)
		opt   Option
		want  string
	}{
		"no answer":     {hang, IdleTimeout(50 * time.Millisecond), "timeout"},
		"nothing more":  {stall, IdleTimeout(50 * time.Millisecond), "nothing came for 50ms"},
		"never an end":  {trickle, Timeout(100 * time.Millisecond), "longer than the timeout"},
		"whole timeout": {hang, Timeout(50 * time.Millisecond), "longer than the timeout"},
	} {
		t.Run(name, func(t *testing.T) {
			s, f := newServer(t), openFolder(t)
			s.content["a"] = pdfBytes(2000)
			s.next(test.spoil)
			_, failures := fetch(f, s, stream(decisionWith("a", 0)), test.opt, Attempts(1))
			require.Len(t, failures, 1)
			require.ErrorIs(t, failures[0], ErrUnavailable)
			require.ErrorContains(t, failures[0], test.want)
			results, failures := fetch(f, s, stream(decisionWith("a", 2000)))
			require.Empty(t, failures)
			require.Len(t, results, 1)
		})
	}
}

func TestFetchGivesUp(t *testing.T) {
	s, f := newServer(t), openFolder(t)
	s.Close()
	var list []harvest.Decision
	for i := range 20 {
		list = append(list, decisionWith(fmt.Sprint("f", i), 0))
	}
	results, failures := fetch(f, s, stream(list...), Attempts(1))
	require.Empty(t, results)
	require.Len(t, failures, 6, "five files, and the end")
	require.ErrorContains(t, failures[5], "given up")
	require.ErrorIs(t, failures[5], ErrUnavailable)
	noParts(t, f)
}

func TestFetchStops(t *testing.T) {
	s, f := newServer(t), openFolder(t)
	var list []harvest.Decision
	for i := range 20 {
		id := fmt.Sprint("f", i)
		s.content[id] = pdfBytes(100)
		list = append(list, decisionWith(id, 100))
	}
	n := 0
	for _, err := range f.Fetch(context.Background(), stream(list...), BaseURL(s.URL), PerSecond(0)) {
		require.NoError(t, err)
		if n++; n == 3 {
			break
		}
	}
	require.LessOrEqual(t, len(s.seen()), 8)

	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	var last error
	for _, err := range f.Fetch(ctx, stream(list...), BaseURL(s.URL), PerSecond(0)) {
		last = err
		cancel()
	}
	require.ErrorIs(t, last, context.Canceled)

	errStream := errors.New("the archive is gone")
	broken := func(yield func(harvest.Decision, error) bool) { yield(harvest.Decision{}, errStream) }
	_, failures := fetch(f, s, broken)
	require.Len(t, failures, 1)
	require.ErrorIs(t, failures[0], errStream)

	var progress []int
	_, failures = fetch(f, s, stream(list...), Progress(func(done, total int) {
		require.Equal(t, 20, total)
		progress = append(progress, done)
	}))
	require.Empty(t, failures)
	require.Len(t, progress, 20)
	require.Equal(t, 20, progress[19])
}

func TestFetchBadOptions(t *testing.T) {
	f := openFolder(t)
	for _, opt := range []Option{
		BaseURL("themis.vlaanderen.be"), BaseURL("ftp://x"), BaseURL("https://u:p@x"), BaseURL("https://x?y"), BaseURL("http://%zz"),
		InFlight(0), PerSecond(-1), Attempts(0),
	} {
		n := 0
		for _, err := range f.Fetch(context.Background(), stream(), opt) {
			require.Error(t, err)
			n++
		}
		require.Equal(t, 1, n)
	}
}

func TestFetchOnFullDisk(t *testing.T) {
	s, f := newServer(t), openFolder(t)
	s.content["a"] = pdfBytes(2000)
	// A folder in the place of the part makes writing fail as a full disk would.
	require.NoError(t, os.MkdirAll(filepath.Join(f.dir, "2021", "Nota-a-a.pdf"+partSuffix), 0o755))
	_, failures := fetch(f, s, stream(decisionWith("a", 2000), decisionWith("b", 0), decisionWith("c", 0)), InFlight(1))
	require.Len(t, failures, 1, "it ends the run")
	var one *FileError
	require.False(t, errors.As(failures[0], &one))
}

func TestContinues(t *testing.T) {
	for header, want := range map[string]bool{
		"bytes 10-19/20": true, "bytes 10-18/20": false, "bytes 9-19/20": false, "bytes 10-19/*": true, "bytes 10-29/30": false,
		"": false, "items 10-19/20": false, "bytes */20": false, "bytes 10-/20": false, "bytes 10-19": false,
	} {
		require.Equal(t, want, continues(header, 10, 20), header)
	}
	require.True(t, continues("bytes 10-29/30", 10, 0))
}

func TestRetryAfter(t *testing.T) {
	now := time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)
	for header, want := range map[string]time.Duration{
		"": 0, "5": 5 * time.Second, "-5": 0, "x": 0, "999999999": time.Hour, "Mon, 01 Jan 2024 00:00:09 GMT": 9 * time.Second,
	} {
		require.Equal(t, want, retryAfter(header, now), header)
	}
}
