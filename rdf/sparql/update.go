package sparql

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
)

// Update sends an update request. It is sent once: after a failure it may or
// may not have been carried out, unless [RepeatUpdate] says that repeating it
// does no harm. [DefaultGraph] and [NamedGraph] set the graphs that its WHERE
// clauses see.
func (c *Client) Update(ctx context.Context, q *Query, opts ...QueryOption) error {
	call, err := c.newCall(ctx, "update", q, opts, FormUpdate)
	if err != nil {
		return err
	}
	call.once = !call.repeatUpdate
	err = call.exchange(call.updateRequest, func(a *answer) error {
		return call.updateAnswer(a)
	})
	if err == nil {
		call.end(0, nil)
	}
	return err
}

// updateRequest makes the request of an update (SPARQL 1.1 Protocol, 2.2).
func (c *call) updateRequest(ctx context.Context) (*http.Request, error) {
	if address := c.client.updateURL; address != "" {
		u, err := url.Parse(address)
		if err != nil {
			return nil, fmt.Errorf("%w: UpdateURL is no URL", ErrConfig)
		}
		u.User, u.Fragment = nil, ""
		c.url, c.display = u, display(u)
	}
	params := c.parameters("using-graph-uri", "using-named-graph-uri")
	switch c.method {
	case MethodGET:
		return nil, fmt.Errorf("%w: an update cannot be sent by GET", ErrConfig)
	case MethodPOSTDirect:
		return c.request(ctx, http.MethodPost, withParams(c.url, params), strings.NewReader(c.query.String()), "application/sparql-update")
	}
	params.Set("update", c.query.String())
	return c.form(ctx, params)
}

// updateAnswer looks at what came back. The protocol leaves the body of a
// success open; null is what a layer that carried out nothing says.
func (c *call) updateAnswer(a *answer) error {
	start, err := io.ReadAll(io.LimitReader(a.body, maxErrorBody))
	if err != nil {
		e := c.newError()
		e.Status, e.Err = c.status, fmt.Errorf("the answer broke off, so whether the update was carried out is unknown: %w", err)
		return e
	}
	if string(bytes.TrimSpace(start)) == "null" {
		e := c.newError()
		e.Status, e.Err = c.status, fmt.Errorf("%w: null, which says that nothing was carried out", ErrNotResults)
		return e
	}
	return nil
}
