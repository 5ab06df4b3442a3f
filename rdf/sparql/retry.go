package sparql

import (
	"errors"
	"math/rand/v2"
	"time"
)

// RetryPolicy tells how often and how long a request is tried.
//
// What may pass by itself is tried again: a connection that fails or breaks
// before the first row, the statuses 429, 502, 503, 504, and 405 with
// Retry-After (a rate limit at some endpoints). A failure without a reason,
// such as a bare 500 or an answer that is empty or malformed, is tried again
// FewAttempts times in all, because behind some layers every mistake looks so.
// What the endpoint says of the query (a syntax error, its cost, its time) is
// never tried again, and neither is an update without [RepeatUpdate].
type RetryPolicy struct {
	MaxAttempts int           // requests in all; 1: no retry
	FewAttempts int           // requests in all when the failure has no reason
	FirstDelay  time.Duration // before the second attempt; doubled each time, with jitter
	MaxDelay    time.Duration // the longest wait that is not asked for by Retry-After
	MaxElapsed  time.Duration // no attempt begins later than this after the first; 0: no bound
}

// DefaultRetry returns the policy of a client that names no other: 5 attempts,
// 2 without a reason, waits from half a second to 30 seconds, no attempt after
// two minutes.
func DefaultRetry() RetryPolicy {
	return RetryPolicy{MaxAttempts: 5, FewAttempts: 2, FirstDelay: 500 * time.Millisecond,
		MaxDelay: 30 * time.Second, MaxElapsed: 2 * time.Minute}
}

// NoRetry is the policy that sends each request once.
func NoRetry() RetryPolicy { return RetryPolicy{MaxAttempts: 1} }

// delay returns the wait before the attempt after number done: between half
// and the whole of the exponential step, so that clients do not march in step.
func (p RetryPolicy) delay(done int) time.Duration {
	d := p.FirstDelay
	for i := 1; i < done && d < p.MaxDelay; i++ {
		d *= 2
	}
	d = min(d, p.MaxDelay)
	if d <= 1 {
		return d
	}
	return d/2 + rand.N(d/2)
}

// failure is what one attempt ended with.
type failure struct {
	err    error
	resend resendClass
	after  time.Duration // what Retry-After asks for
}

// wait returns how long to wait before the next attempt, and whether there is
// to be one: never when the wait would outlast the context or the policy.
func (c *call) wait(f failure, now time.Time) (time.Duration, bool) {
	p := c.client.retry
	most := p.MaxAttempts
	switch f.resend {
	case resendNever:
		return 0, false
	case resendFew:
		most = min(most, p.FewAttempts)
	}
	if c.attempts >= most || c.once {
		return 0, false
	}
	d := max(p.delay(c.attempts), f.after)
	if deadline, ok := c.ctx.Deadline(); ok && now.Add(d).After(deadline) {
		return 0, false
	}
	if p.MaxElapsed > 0 && now.Add(d).Sub(c.started) > p.MaxElapsed {
		return 0, false
	}
	return d, true
}

// withAttempts notes in an error how often the request was sent.
func withAttempts(err error, n int) error {
	var e *Error
	if errors.As(err, &e) {
		e.Attempts = n
	}
	return err
}
