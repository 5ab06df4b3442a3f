package sparql

import (
	"bytes"
	"context"
	"log/slog"
	"net/http"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// recorder is a Tracer that keeps what it is told.
type recorder struct {
	mu       sync.Mutex
	started  []TraceStart
	finished []TraceEnd
	contexts []any
}

type traceKey struct{}

func (r *recorder) TraceStart(ctx context.Context, s TraceStart) context.Context {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.started = append(r.started, s)
	return context.WithValue(ctx, traceKey{}, len(r.started))
}

func (r *recorder) TraceEnd(ctx context.Context, e TraceEnd) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.finished = append(r.finished, e)
	r.contexts = append(r.contexts, ctx.Value(traceKey{}))
}

func (r *recorder) ends() []TraceEnd {
	r.mu.Lock()
	defer r.mu.Unlock()
	return append([]TraceEnd(nil), r.finished...)
}

func TestTrace(t *testing.T) {
	var trace recorder
	n := new(counter)
	client := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if n.add() == 1 {
			http.Error(w, "busy", http.StatusServiceUnavailable)
			return
		}
		answering(threeRows)(w, r)
	}, Trace(&trace))
	rows, err := client.Select(context.Background(), selectAll)
	require.NoError(t, err)
	for rows.Next() {
		assert.Empty(t, trace.ends(), "the operation lasts as long as its rows")
	}
	require.NoError(t, rows.Close())
	require.Len(t, trace.ends(), 1)
	end := trace.ends()[0]
	assert.Equal(t, TraceStart{Endpoint: client.Endpoint(), Operation: "select", QueryName: "all"}, end.TraceStart)
	assert.Equal(t, trace.started[0], end.TraceStart)
	assert.Equal(t, 200, end.Status)
	assert.EqualValues(t, 3, end.Rows)
	assert.EqualValues(t, len(threeRows), end.Bytes)
	assert.Equal(t, 2, end.Attempts)
	assert.Positive(t, end.Duration)
	assert.NoError(t, end.Err)
	assert.Equal(t, []any{1}, trace.contexts, "the context of the start comes to the end")
}

func TestTraceErrors(t *testing.T) {
	var trace recorder
	client := serve(t, func(w http.ResponseWriter, r *http.Request) { http.Error(w, "no", 400) }, Trace(&trace))
	_, err := client.Ask(context.Background(), Text("ASK {}"))
	require.Error(t, err)
	err = client.Update(context.Background(), Text("CLEAR ALL"))
	require.Error(t, err)
	for range client.Construct(context.Background(), Text("CONSTRUCT WHERE { ?s ?p ?o }")) {
	}
	require.Len(t, trace.ends(), 3)
	for i, op := range []string{"ask", "update", "construct"} {
		assert.Equal(t, op, trace.ends()[i].Operation)
		assert.ErrorIs(t, trace.ends()[i].Err, ErrSyntax)
		assert.Equal(t, 400, trace.ends()[i].Status)
	}
	_, err = client.Select(context.Background(), Text("SELECT"))
	require.Error(t, err)
	assert.Len(t, trace.ends(), 3, "what is not sent is not traced")
}

func TestLogger(t *testing.T) {
	var log bytes.Buffer
	logger := slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	n := new(counter)
	client := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if n.add() == 1 {
			http.Error(w, "busy", http.StatusServiceUnavailable)
			return
		}
		answering(threeRows)(w, r)
	}, Logger(logger), BasicAuth("someone", "secret-word"))
	rows, err := client.Select(context.Background(), selectAll)
	require.NoError(t, err)
	require.NoError(t, rows.Close())
	text := log.String()
	assert.Contains(t, text, `level=WARN msg="sparql request is tried again"`)
	assert.Contains(t, text, `level=DEBUG msg="sparql operation"`)
	assert.Contains(t, text, "query=all")
	assert.NotContains(t, text, "SELECT")
	assert.NotContains(t, text, "secret-word")
	assert.NotContains(t, text, "someone")
}
