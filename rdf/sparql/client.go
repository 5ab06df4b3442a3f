package sparql

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"time"
)

const (
	projectAddress   = "https://github.com/themis-go/themis"
	defaultUserAgent = "themis-go (+" + projectAddress + ")"
	defaultTimeout   = 5 * time.Minute
	defaultInFlight  = 4
	// Virtuoso closes an idle connection after ten seconds, and serves nobody
	// else while enough of them do nothing.
	idleTimeout = 5 * time.Second
)

// Client speaks the SPARQL 1.1 Protocol with one endpoint. It is safe for use
// by many goroutines.
type Client struct {
	endpoint       *url.URL
	http           *http.Client
	userAgent      string
	timeout        time.Duration
	inFlight       int
	limits         limits
	retry          RetryPolicy
	auth           authenticator
	allowRedirects bool
	gzip           bool
	updateURL      string
	graphStoreURL  string
	defaults       []QueryOption
	logger         *slog.Logger
	tracer         Tracer
	ownTransport   *http.Transport
	err            error // what is wrong with the configuration
}

// NewClient returns a client for the endpoint at the given address, such as
// https://themis.vlaanderen.be/sparql. A mistake in the address or an option
// is reported by every operation. User and password in the address are taken
// for [BasicAuth].
//
// The client has connections of its own; nothing of net/http's defaults is
// changed or shared. [Client.Close] closes them; idle ones also close by
// themselves after a few seconds.
func NewClient(endpoint string, opts ...Option) *Client {
	c := &Client{userAgent: defaultUserAgent, timeout: defaultTimeout, inFlight: defaultInFlight, retry: DefaultRetry()}
	c.endpoint = c.parseAddress(endpoint)
	if u := c.endpoint.User; u != nil {
		password, _ := u.Password()
		BasicAuth(u.Username(), password)(c)
		c.endpoint.User = nil
	}
	for _, opt := range opts {
		opt(c)
	}
	c.limits.slots = make(chan struct{}, c.inFlight)
	if c.http == nil {
		c.ownTransport = newTransport(c.inFlight)
		c.http = &http.Client{Transport: c.ownTransport}
	}
	next := c.http.CheckRedirect
	c.http.CheckRedirect = func(req *http.Request, via []*http.Request) error {
		if err := c.checkRedirect(req, via); err != nil {
			return err
		}
		if next != nil {
			return next(req, via)
		}
		return nil
	}
	if c.auth != nil {
		base := c.http.Transport
		if base == nil {
			c.ownTransport = newTransport(c.inFlight)
			base = c.ownTransport
		}
		c.http.Transport = &authTransport{base: base, auth: c.auth, origins: c.origins()}
	}
	return c
}

// parseAddress returns the address, or an empty one and notes what is wrong.
func (c *Client) parseAddress(address string) *url.URL {
	u, err := url.Parse(address)
	switch {
	case err != nil: // its text may hold a password
		c.fail(fmt.Errorf("%w: the endpoint's address is no URL", ErrConfig))
	case u.Scheme != "http" && u.Scheme != "https" || u.Host == "":
		c.fail(fmt.Errorf("%w: the endpoint's address %q is no http or https URL", ErrConfig, u.Redacted()))
	default:
		u.Fragment = ""
		return u
	}
	return new(url.URL)
}

func (c *Client) fail(err error) { c.err = errors.Join(c.err, err) }

// Endpoint returns the endpoint's address without credentials and parameters.
func (c *Client) Endpoint() string { return display(c.endpoint) }

// display returns u as errors and traces show it.
func display(u *url.URL) string {
	shown := url.URL{Scheme: u.Scheme, Host: u.Host, Path: u.Path}
	return shown.String()
}

// Close closes the client's idle connections. Rows that are still open stay so.
func (c *Client) Close() error {
	if c.ownTransport != nil {
		c.ownTransport.CloseIdleConnections()
	}
	return nil
}

// Select sends a SELECT query and returns its rows, of which the first has
// arrived. The rows must be read to their end or closed.
func (c *Client) Select(ctx context.Context, q *Query, opts ...QueryOption) (*Rows, error) {
	call, err := c.newCall(ctx, "select", q, opts, FormSelect)
	if err != nil {
		return nil, err
	}
	var rows *Rows
	err = call.exchange(call.queryRequest, func(a *answer) error {
		if rows, err = call.openRows(a); err != nil {
			return err
		}
		if rows.sol.boolean != nil {
			return &DecodeError{Msg: "it is a boolean, not rows", Err: ErrNotResults}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	if rows.done { // there are none
		rows.release()
	}
	return rows, nil
}

// Ask sends an ASK query and returns its answer.
func (c *Client) Ask(ctx context.Context, q *Query, opts ...QueryOption) (bool, error) {
	call, err := c.newCall(ctx, "ask", q, opts, FormAsk)
	if err != nil {
		return false, err
	}
	var yes bool
	err = call.exchange(call.queryRequest, func(a *answer) error {
		rows, err := call.openRows(a)
		if err != nil {
			return err
		}
		yes, err = rows.askAnswer()
		return err
	})
	if err == nil {
		call.end(0, nil)
	}
	return yes, err
}
