package sparql

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

// call is one operation, from its options to the last byte of its answer.
type call struct {
	client    *Client
	ctx       context.Context
	operation string
	query     *Query
	url       *url.URL
	display   string
	err       error

	// from options
	method        RequestMethod
	accept        string
	header        http.Header
	params        url.Values
	defaultGraphs []string
	namedGraphs   []string
	rowCap        int64
	allowPartial  bool
	repeatUpdate  bool
	decode        decodeConfig
	scan          scanConfig

	// progress
	once     bool // sent once, whatever happens
	started  time.Time
	attempts int
	status   int
	bytes    int64
	stop     func() // releases what the attempt holds
	ended    bool
}

func (c *call) fail(err error) {
	if c.err == nil {
		c.err = err
	}
}

// newCall prepares an operation and reports its start. The query must have one
// of the given forms, or an unknown one.
func (c *Client) newCall(ctx context.Context, operation string, q *Query, opts []QueryOption, forms ...Form) (*call, error) {
	k := &call{client: c, ctx: ctx, operation: operation, query: q, url: c.endpoint, accept: JSON.MediaType()}
	k.display = c.Endpoint()
	if len(forms) > 0 && q == nil {
		k.fail(fmt.Errorf("%w: the query is nil", ErrConfig))
	} else {
		for _, opt := range slices.Concat(c.defaults, opts) {
			opt(k)
		}
	}
	if k.err == nil && len(forms) > 0 {
		k.err = k.query.Err()
		if form := k.query.Form(); k.err == nil && form != FormUnknown && !slices.Contains(forms, form) {
			k.err = fmt.Errorf("%w: the query is %v: use the client's method for that", ErrConfig, form)
		}
	}
	if c.err != nil {
		k.err = c.err
	}
	if k.err != nil {
		e := k.newError()
		e.Err = k.err
		return nil, e
	}
	k.traceStart()
	return k, nil
}

// newError returns an error that describes the operation.
func (c *call) newError() *Error {
	e := &Error{Endpoint: c.display, Operation: c.operation, Attempts: c.attempts}
	if c.query != nil {
		e.QueryName = c.query.Name()
		if c.err == nil {
			e.Query = c.query.String()
		}
	}
	return e
}

func (c *call) newPartial(reason PartialReason, rows int64) *PartialError {
	start := c.describe()
	return &PartialError{Endpoint: start.Endpoint, Operation: start.Operation, QueryName: start.QueryName,
		Reason: reason, Rows: rows}
}

// answer is a response with a status of success.
type answer struct {
	header  http.Header
	status  int
	body    io.Reader // decoded, counted
	framed  bool      // HTTP tells where the body ends
	partial *PartialError
}

// requestBuilder makes the request of an attempt, which may be the second.
type requestBuilder func(context.Context) (*http.Request, error)

// exchange sends the request until use accepts an answer, as the retry policy
// has it. The answer's body then stays open until call.end; after an error the
// operation is over.
func (c *call) exchange(build requestBuilder, use func(*answer) error) error {
	for {
		f := c.attempt(build, use)
		if f.err == nil {
			return nil
		}
		c.stopAttempt()
		wait, again := c.wait(f, time.Now())
		if again {
			c.logRetry(f.err, wait)
			if err := sleep(c.ctx, wait); err == nil {
				continue
			}
			f.err = c.sendError(c.ctx, f.err)
		}
		err := withAttempts(f.err, c.attempts)
		c.end(0, err)
		return err
	}
}

func (c *call) stopAttempt() {
	if c.stop != nil {
		c.stop()
		c.stop = nil
	}
}

// errTimedOut is the cause of an attempt's end by the client's own Timeout.
type errTimedOut struct{ after time.Duration }

func (e errTimedOut) Is(target error) bool { return target == ErrTimeout }

func (e errTimedOut) Error() string { return fmt.Sprintf("no complete answer within %v", e.after) }

// attempt sends the request once.
func (c *call) attempt(build requestBuilder, use func(*answer) error) failure {
	ctx, cancel := context.WithCancel(c.ctx)
	if d := c.client.timeout; d > 0 {
		cancel()
		ctx, cancel = context.WithTimeoutCause(c.ctx, d, errTimedOut{d})
	}
	c.stop = cancel
	c.status, c.bytes = 0, 0
	release, err := c.client.limits.acquire(ctx)
	if err != nil {
		e := c.newError()
		e.Err = err
		return failure{err: e}
	}
	c.stop = func() { cancel(); release() }
	c.attempts++
	req, err := build(ctx)
	if err != nil {
		e := c.newError()
		e.Err = err
		return failure{err: e}
	}
	resp, err := c.client.http.Do(req)
	if err != nil {
		e := c.sendError(ctx, err)
		return failure{err: e, resend: e.resend}
	}
	c.stop = func() { resp.Body.Close(); cancel(); release() }
	c.status = resp.StatusCode
	body, err := c.openBody(resp)
	if err != nil {
		return c.bodyFailure(ctx, err)
	}
	if resp.StatusCode/100 != 2 {
		e := c.classify(resp, body)
		return failure{err: e, resend: e.resend, after: e.RetryAfter}
	}
	a := &answer{header: resp.Header, status: resp.StatusCode, body: &contextReader{body, c, ctx},
		framed: resp.ContentLength >= 0 || slices.Contains(resp.TransferEncoding, "chunked") || resp.ProtoMajor > 1}
	if a.partial, err = c.declaredPartial(resp); err != nil {
		return failure{err: err}
	}
	if err := use(a); err != nil {
		return c.bodyFailure(ctx, err)
	}
	return failure{}
}

// contextReader replaces what a body says after its context has ended by the
// reason for that.
type contextReader struct {
	r    io.Reader
	call *call
	ctx  context.Context
}

func (r *contextReader) Read(p []byte) (int, error) {
	n, err := r.r.Read(p)
	if err != nil && err != io.EOF && r.ctx.Err() != nil {
		err = contextError(r.ctx)
	}
	return n, err
}

// bodyFailure makes the error of an answer that went wrong before anything of
// it was delivered.
func (c *call) bodyFailure(ctx context.Context, err error) failure {
	var typed *Error
	var partial *PartialError
	switch {
	case errors.As(err, &partial):
		return failure{err: err}
	case errors.As(err, &typed):
		return failure{err: err, resend: typed.resend}
	case errors.Is(err, ErrNotResults):
		e := c.newError()
		e.Status, e.Err = c.status, err
		e.resend = resendFew
		e.Hint = "check that the address is that of a SPARQL endpoint and that it answers " + c.accept
		var d *DecodeError
		if errors.As(err, &d) && strings.HasPrefix(d.Near, "<") {
			e.resend = resendNever // a page comes again
			if title := htmlTitle([]byte(d.Near)); title != "a web page" {
				e.Message = title
			}
		} else if d != nil {
			if m := virtuosoError.FindStringSubmatch(d.Near); m != nil { // an error under the status of a success
				e.Code, e.Message = m[1], shorten(m[2])
				if sentinel, hint := judgeVirtuoso(e.Code, m[2]); sentinel != nil {
					e.Err, e.resend, e.Hint = sentinel, resendNever, hint
				}
			}
		}
		return failure{err: e, resend: e.resend}
	}
	f := failure{err: c.broken(0, err), resend: resendFew}
	if ctx.Err() != nil {
		f.resend = resendNever
	}
	return f
}

// broken makes the error of a body that went wrong behind the given number of
// rows.
func (c *call) broken(rows int64, err error) *PartialError {
	p := c.newPartial(PartialBroken, rows)
	p.Err = err
	var d *DecodeError
	if errors.As(err, &d) {
		if m := virtuosoError.FindStringSubmatch(d.Near); m != nil {
			p.State, p.Message = m[1], shorten(m[2])
			if sentinel, _ := judgeVirtuoso(m[1], m[2]); sentinel != nil {
				p.Err = &ended{err, sentinel}
			}
		}
	}
	return p
}

// declaredPartial looks for the headers by which stores declare an answer
// incomplete. What makes all of it worthless is an error at once; a cut at a
// number of rows is returned, to be reported behind them.
func (c *call) declaredPartial(resp *http.Response) (*PartialError, error) {
	var p *PartialError
	h := resp.Header
	switch {
	case resp.StatusCode == http.StatusPartialContent:
		p = c.newPartial(PartialStatus, 0)
	case h.Get("X-SQL-State") != "" || h.Get("X-SQL-Message") != "" || h.Get("X-Exec-Milliseconds") != "":
		p = c.newPartial(PartialTimeout, 0)
		p.State, p.Message = h.Get("X-SQL-State"), shorten(h.Get("X-SQL-Message"))
	case h.Get("X-SPARQL-MaxRows") != "":
		p = c.newPartial(PartialMaxRows, 0)
		_, _ = fmt.Sscan(h.Get("X-SPARQL-MaxRows"), &p.MaxRows)
		return p, nil
	default:
		return nil, nil
	}
	if c.allowPartial {
		return p, nil
	}
	return nil, p
}
