package sparql

import (
	"context"
	"fmt"
	"sync"
	"time"
)

// limits bounds the requests of a client: how many at once, how many a second.
type limits struct {
	slots chan struct{}
	every time.Duration // between two starts, 0: no bound

	mu   sync.Mutex
	next time.Time // when the next request may start
}

func (l *limits) setRate(perSecond float64) {
	l.every = 0
	if perSecond > 0 {
		l.every = time.Duration(float64(time.Second) / perSecond)
	}
}

// acquire waits for a free slot and for the client's turn. What it returns
// frees the slot.
func (l *limits) acquire(ctx context.Context) (release func(), err error) {
	select {
	case l.slots <- struct{}{}:
	default:
		select {
		case l.slots <- struct{}{}:
		case <-ctx.Done():
			return nil, fmt.Errorf("waited for one of the %d requests in flight to end (rows must be read to their end or closed): %w",
				cap(l.slots), contextError(ctx))
		}
	}
	if err := l.waitTurn(ctx); err != nil {
		<-l.slots
		return nil, err
	}
	var once sync.Once
	return func() { once.Do(func() { <-l.slots }) }, nil
}

func (l *limits) waitTurn(ctx context.Context) error {
	if l.every == 0 {
		return nil
	}
	l.mu.Lock()
	now := time.Now()
	if l.next.Before(now) {
		l.next = now
	}
	wait := l.next.Sub(now)
	l.next = l.next.Add(l.every)
	l.mu.Unlock()
	return sleep(ctx, wait)
}

// sleep waits, or returns the context's error when it ends before.
func sleep(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return ctx.Err()
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return contextError(ctx)
	}
}
