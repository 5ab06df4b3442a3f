package sparql

import (
	"net/http"
	"net/url"
)

// authenticator puts credentials on requests.
type authenticator interface {
	// roundTrip sends req, which is its own copy, by way of base.
	roundTrip(base http.RoundTripper, req *http.Request) (*http.Response, error)
}

// BasicAuth sends a user name and a password with each request (RFC 7617).
// Credentials go to the endpoint's own host only and stand in no error, log
// or trace.
func BasicAuth(user, password string) Option {
	return func(c *Client) {
		c.auth = headerAuth(func(req *http.Request) { req.SetBasicAuth(user, password) })
	}
}

// BearerAuth sends a token with each request (RFC 6750). Credentials go to the
// endpoint's own host only.
func BearerAuth(token string) Option {
	return func(c *Client) {
		c.auth = headerAuth(func(req *http.Request) { req.Header.Set("Authorization", "Bearer "+token) })
	}
}

type headerAuth func(*http.Request)

func (set headerAuth) roundTrip(base http.RoundTripper, req *http.Request) (*http.Response, error) {
	set(req)
	return base.RoundTrip(req)
}

// authTransport puts credentials on the requests that go to one of origins.
type authTransport struct {
	base    http.RoundTripper
	auth    authenticator
	origins []*url.URL
}

// RoundTrip sends the request, with credentials where they belong.
func (t *authTransport) RoundTrip(req *http.Request) (*http.Response, error) {
	for _, origin := range t.origins {
		if sameHost(origin, req.URL) {
			return t.auth.roundTrip(t.base, req.Clone(req.Context()))
		}
	}
	return t.base.RoundTrip(req)
}
