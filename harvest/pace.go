package harvest

import (
	"context"
	"sync"
	"time"
)

// pace spaces requests evenly.
type pace struct {
	every time.Duration // between the beginnings of two requests; 0: no limit
	retry time.Duration // grows with each try

	mu   sync.Mutex
	next time.Time
}

func newPace(c *config, address string) *pace {
	perSecond := c.rate
	if !c.rateSet && !local(address) {
		perSecond = defaultRate
	}
	p := &pace{retry: time.Second}
	if local(address) {
		p.retry = 50 * time.Millisecond
	}
	if perSecond > 0 {
		p.every = time.Duration(float64(time.Second) / perSecond)
	}
	return p
}

// wait returns when the next request may begin.
func (p *pace) wait(ctx context.Context) error {
	if p.every == 0 {
		return ctx.Err()
	}
	p.mu.Lock()
	now := time.Now()
	at := p.next
	if at.Before(now) {
		at = now
	}
	p.next = at.Add(p.every)
	p.mu.Unlock()
	return sleep(ctx, at.Sub(now))
}
