package sparql

import (
	"context"
	"log/slog"
	"time"
)

// Tracer is told of the start and end of each operation. Its methods may be
// called by many goroutines at once.
type Tracer interface {
	// TraceStart is called before the first request. The context it returns
	// goes with the operation's requests and to TraceEnd.
	TraceStart(ctx context.Context, start TraceStart) context.Context
	// TraceEnd is called once, when the operation is over: for rows, when they
	// are read to their end or closed.
	TraceEnd(ctx context.Context, end TraceEnd)
}

// TraceStart describes an operation that begins.
type TraceStart struct {
	Endpoint  string // without credentials and parameters
	Operation string // select, ask, construct, describe, update, graph store get, …
	QueryName string // of the query, if it has one
}

// TraceEnd describes an operation that is over.
type TraceEnd struct {
	TraceStart
	Status   int   // of the last answer, 0 if there was none
	Rows     int64 // rows or triples delivered
	Bytes    int64 // bytes of the last answer's body, as they were sent
	Attempts int   // requests sent
	Duration time.Duration
	Err      error // nil: it went well, or the caller stopped early
}

func (c *call) traceStart() {
	c.started = time.Now()
	if t := c.client.tracer; t != nil {
		c.ctx = t.TraceStart(c.ctx, c.describe())
	}
}

func (c *call) describe() TraceStart {
	start := TraceStart{Endpoint: c.display, Operation: c.operation}
	if c.query != nil {
		start.QueryName = c.query.Name()
	}
	return start
}

// end releases what the last attempt holds and reports the operation, once.
func (c *call) end(rows int64, err error) {
	c.stopAttempt()
	if c.ended {
		return
	}
	c.ended = true
	took := time.Since(c.started)
	if t := c.client.tracer; t != nil {
		t.TraceEnd(c.ctx, TraceEnd{TraceStart: c.describe(), Status: c.status, Rows: rows,
			Bytes: c.bytes, Attempts: c.attempts, Duration: took, Err: err})
	}
	if l := c.client.logger; l != nil {
		start := c.describe()
		attrs := []slog.Attr{slog.String("operation", start.Operation), slog.String("endpoint", start.Endpoint),
			slog.String("query", start.QueryName), slog.Int("status", c.status), slog.Int64("rows", rows),
			slog.Int64("bytes", c.bytes), slog.Int("attempts", c.attempts), slog.Duration("duration", took)}
		if err != nil {
			attrs = append(attrs, slog.Any("error", err))
		}
		l.LogAttrs(c.ctx, slog.LevelDebug, "sparql operation", attrs...)
	}
}

func (c *call) logRetry(err error, wait time.Duration) {
	if l := c.client.logger; l != nil {
		start := c.describe()
		l.LogAttrs(c.ctx, slog.LevelWarn, "sparql request is tried again",
			slog.String("operation", start.Operation), slog.String("endpoint", start.Endpoint),
			slog.String("query", start.QueryName), slog.Int("attempts", c.attempts),
			slog.Duration("wait", wait), slog.Any("error", err))
	}
}
