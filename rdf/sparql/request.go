package sparql

import (
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
)

// maxURL is the longest URL that a query is sent in by MethodAuto.
const maxURL = 6000

// queryRequest makes the request of a query (SPARQL 1.1 Protocol, 2.1).
func (c *call) queryRequest(ctx context.Context) (*http.Request, error) {
	text := c.query.String()
	params := c.parameters("default-graph-uri", "named-graph-uri")
	method := c.method
	if method != MethodPOSTDirect {
		params.Set("query", text)
	}
	if method == MethodAuto {
		method = MethodGET
		if len(withParams(c.url, params).String()) > maxURL {
			method = MethodPOST
		}
	}
	switch method {
	case MethodGET:
		return c.request(ctx, http.MethodGet, withParams(c.url, params), nil, "")
	case MethodPOST:
		return c.form(ctx, params)
	}
	return c.request(ctx, http.MethodPost, withParams(c.url, params), strings.NewReader(text), "application/sparql-query")
}

// parameters returns the parameters that the options ask for; the graphs go
// under the given names.
func (c *call) parameters(defaultGraph, namedGraph string) url.Values {
	params := make(url.Values, len(c.params)+3)
	for name, values := range c.params {
		params[name] = append(params[name], values...)
	}
	for _, g := range c.defaultGraphs {
		params.Add(defaultGraph, g)
	}
	for _, g := range c.namedGraphs {
		params.Add(namedGraph, g)
	}
	return params
}

// withParams returns base with the parameters added to its own.
func withParams(base *url.URL, params url.Values) *url.URL {
	u := *base
	if encoded := params.Encode(); encoded != "" {
		if u.RawQuery != "" {
			u.RawQuery += "&"
		}
		u.RawQuery += encoded
	}
	return &u
}

func (c *call) form(ctx context.Context, params url.Values) (*http.Request, error) {
	return c.request(ctx, http.MethodPost, c.url, strings.NewReader(params.Encode()), "application/x-www-form-urlencoded")
}

// request makes a request with the client's headers. A body of type
// *strings.Reader can be sent again.
func (c *call) request(ctx context.Context, method string, u *url.URL, body io.Reader, contentType string) (*http.Request, error) {
	req, err := http.NewRequestWithContext(ctx, method, u.String(), body)
	if err != nil {
		return nil, fmt.Errorf("%w: the request cannot be made", ErrConfig)
	}
	req.Header.Set("User-Agent", c.client.userAgent)
	if c.accept != "" {
		req.Header.Set("Accept", c.accept)
	}
	if contentType != "" {
		req.Header.Set("Content-Type", contentType)
	}
	// Set either way, so that the transport does not ask for gzip by itself
	// and hide from us what was sent.
	req.Header.Set("Accept-Encoding", "identity")
	if c.client.gzip {
		req.Header.Set("Accept-Encoding", "gzip")
	}
	for name, values := range c.header {
		req.Header[name] = values
	}
	return req, nil
}

// openBody returns the body, counted and decompressed.
func (c *call) openBody(resp *http.Response) (io.Reader, error) {
	var body io.Reader = &countingReader{resp.Body, &c.bytes}
	switch strings.ToLower(resp.Header.Get("Content-Encoding")) {
	case "", "identity":
		return body, nil
	case "gzip", "x-gzip":
		return &gzipReader{source: body}, nil
	}
	e := c.newError()
	e.Status = resp.StatusCode
	e.Err = fmt.Errorf("the content encoding %q is unknown", shorten(resp.Header.Get("Content-Encoding")))
	return nil, e
}

type countingReader struct {
	r io.Reader
	n *int64
}

func (r *countingReader) Read(p []byte) (int, error) {
	n, err := r.r.Read(p)
	*r.n += int64(n)
	return n, err
}

// gzipReader opens the compressed stream on its first read, so that an empty
// body is read as one.
type gzipReader struct {
	source io.Reader
	zr     *gzip.Reader
	err    error
}

func (r *gzipReader) Read(p []byte) (int, error) {
	if r.zr == nil && r.err == nil {
		r.zr, r.err = gzip.NewReader(r.source)
	}
	if r.err != nil {
		return 0, r.err
	}
	return r.zr.Read(p)
}
