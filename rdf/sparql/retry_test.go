package sparql

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// counter counts the requests that a server sees.
type counter struct{ n atomic.Int32 }

func (c *counter) add() int { return int(c.n.Add(1)) }
func (c *counter) get() int { return int(c.n.Load()) }

// failing answers the first n requests with fail, and then rows.
func failing(n int, fail http.HandlerFunc, requests *counter) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if requests.add() <= n {
			fail(w, r)
			return
		}
		answering(threeRows)(w, r)
	}
}

func status(code int, headers ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		for i := 0; i+1 < len(headers); i += 2 {
			w.Header().Set(headers[i], headers[i+1])
		}
		w.WriteHeader(code)
	}
}

// drop breaks the connection without an answer.
func drop(w http.ResponseWriter, _ *http.Request) {
	conn, _, err := w.(http.Hijacker).Hijack()
	if err == nil {
		conn.(*net.TCPConn).SetLinger(0)
		conn.Close()
	}
}

func TestRetries(t *testing.T) {
	const often, few = 4, 2 // of the policy that serve sets
	for _, c := range []struct {
		name     string
		fail     http.HandlerFunc
		requests int // sent while it fails
		is       error
	}{
		{"429", status(429), often, ErrUnavailable},
		{"502", status(502), often, ErrUnavailable},
		{"503 with Retry-After", status(503, "Retry-After", "0"), often, ErrUnavailable},
		{"504", status(504), often, ErrUnavailable},
		{"405 with Retry-After", status(405, "Retry-After", "0"), often, ErrUnavailable},
		{"a reset before the answer", drop, often, ErrUnavailable},
		{"500 without a reason", status(500), few, ErrServer},
		{"nothing under 200", answering(""), few, ErrNotResults},
		{"null under 200", answering("null"), few, ErrNotResults},
		{"broken before the first row", answering(`{"head":`), few, ErrPartial},
		{"405", status(405), 1, nil},
		{"400", status(400), 1, ErrSyntax},
		{"401", status(401), 1, ErrDenied},
		{"403", status(403), 1, ErrDenied},
		{"404", status(404), 1, nil},
		{"406", status(406), 1, ErrNotResults},
		{"413", status(413), 1, ErrTooLarge},
		{"414", status(414), 1, ErrTooLarge},
		{"501", status(501), few, ErrServer},
		{"a page under 200", answering("<html><title>Welcome</title></html>"), 1, ErrNotResults},
	} {
		t.Run(c.name, func(t *testing.T) {
			requests := new(counter)
			client := serve(t, failing(100, c.fail, requests))
			_, err := client.Select(context.Background(), selectAll)
			require.Error(t, err)
			assert.Equal(t, c.requests, requests.get())
			if c.is != nil {
				assert.ErrorIs(t, err, c.is)
			}
			var e *Error
			if errors.As(err, &e) {
				assert.Equal(t, c.requests, e.Attempts)
			}

			requests = new(counter)
			rows, err := serve(t, failing(1, c.fail, requests)).Select(context.Background(), selectAll)
			if c.requests == 1 {
				require.Error(t, err)
				return
			}
			require.NoError(t, err)
			for rows.Next() {
			}
			require.NoError(t, rows.Err())
			assert.EqualValues(t, 3, rows.Count())
			assert.Equal(t, 2, requests.get())
		})
	}
}

func TestRetryAfterForms(t *testing.T) {
	now := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	for in, want := range map[string]time.Duration{
		"0": 0, "7": 7 * time.Second, " 7 ": 7 * time.Second,
		"Fri, 02 Jan 2026 03:04:35 GMT":  30 * time.Second,
		"Friday, 02-Jan-26 03:04:35 GMT": 30 * time.Second,
		"Fri, 02 Jan 2026 03:00:00 GMT":  0,
	} {
		got, ok := retryAfter(http.Header{"Retry-After": {in}}, now)
		assert.True(t, ok, in)
		assert.Equal(t, want, got, in)
	}
	for _, in := range []string{"", "-1", "soon", "1.5"} {
		_, ok := retryAfter(http.Header{"Retry-After": {in}}, now)
		assert.False(t, ok, in)
	}
	got, _ := retryAfter(http.Header{"Retry-After": {"999999999999"}}, now)
	assert.Positive(t, got, "a wait of ages does not overflow")
}

// TestRetryKeepsDeadline has a server that asks for a longer wait than there
// is time: the client gives up before it waits.
func TestRetryKeepsDeadline(t *testing.T) {
	requests := new(counter)
	client := serve(t, failing(100, status(503, "Retry-After", "3600"), requests))
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	_, err := client.Select(ctx, selectAll)
	require.ErrorIs(t, err, ErrUnavailable)
	assert.NoError(t, ctx.Err(), "it did not wait for the deadline")
	assert.Equal(t, 1, requests.get())
	var e *Error
	require.ErrorAs(t, err, &e)
	assert.Equal(t, time.Hour, e.RetryAfter, "the caller can wait by itself")
}

func TestRetryKeepsElapsed(t *testing.T) {
	requests := new(counter)
	client := serve(t, failing(100, status(503, "Retry-After", "3600"), requests),
		Retry(RetryPolicy{MaxAttempts: 10, MaxElapsed: time.Minute}))
	_, err := client.Select(context.Background(), selectAll)
	require.ErrorIs(t, err, ErrUnavailable)
	assert.Equal(t, 1, requests.get())
}

func TestRetryCancelled(t *testing.T) {
	requests := new(counter)
	ctx, cancel := context.WithCancel(context.Background())
	client := serve(t, failing(100, func(w http.ResponseWriter, r *http.Request) {
		status(503, "Retry-After", "3600")(w, r)
		time.AfterFunc(10*time.Millisecond, cancel)
	}, requests))
	_, err := client.Select(ctx, selectAll)
	require.ErrorIs(t, err, context.Canceled)
	assert.Equal(t, 1, requests.get())
}

func TestRetryDelay(t *testing.T) {
	p := RetryPolicy{FirstDelay: time.Second, MaxDelay: 10 * time.Second}
	for done, most := range map[int]time.Duration{1: time.Second, 2: 2 * time.Second, 3: 4 * time.Second, 4: 8 * time.Second, 5: 10 * time.Second, 60: 10 * time.Second} {
		for range 100 {
			d := p.delay(done)
			assert.LessOrEqual(t, d, most)
			assert.GreaterOrEqual(t, d, most/2)
		}
	}
	assert.Zero(t, RetryPolicy{}.delay(3))
	assert.Equal(t, 1, NoRetry().MaxAttempts)
}

func TestRetryNotBehindFirstRow(t *testing.T) {
	requests := new(counter)
	client := serve(t, func(w http.ResponseWriter, r *http.Request) {
		requests.add()
		w.Header().Set("Content-Type", "application/sparql-results+json")
		io.WriteString(w, threeRows[:len(threeRows)-30])
		w.(http.Flusher).Flush()
		drop(w, r)
	})
	rows, err := client.Select(context.Background(), selectAll)
	require.NoError(t, err)
	for rows.Next() {
	}
	var p *PartialError
	require.ErrorAs(t, rows.Err(), &p)
	assert.EqualValues(t, 2, p.Rows)
	assert.Equal(t, PartialBroken, p.Reason)
	assert.Equal(t, 1, requests.get())
}

func TestUpdateIsSentOnce(t *testing.T) {
	update := Text("INSERT DATA { <a:s> <a:p> 1 }")
	for _, fail := range []http.HandlerFunc{status(503), status(500), drop} {
		requests := new(counter)
		client := serve(t, failing(100, fail, requests))
		require.Error(t, client.Update(context.Background(), update))
		assert.Equal(t, 1, requests.get())

		requests = new(counter)
		client = serve(t, failing(1, fail, requests))
		require.NoError(t, client.Update(context.Background(), update, RepeatUpdate()))
		assert.Equal(t, 2, requests.get())
	}
	requests := new(counter)
	client := serve(t, failing(1, answering("null"), requests))
	require.ErrorIs(t, client.Update(context.Background(), update, RepeatUpdate()), ErrNotResults)
	assert.Equal(t, 1, requests.get(), "a layer that carries out nothing will not do so the next time")
}
