package sparql

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"time"
)

// newTransport returns a transport that holds no more connections than may be
// in use, and closes idle ones soon.
func newTransport(inFlight int) *http.Transport {
	dialer := &net.Dialer{Timeout: 30 * time.Second, KeepAlive: 30 * time.Second}
	return &http.Transport{
		Proxy:                  http.ProxyFromEnvironment,
		DialContext:            dialer.DialContext,
		ForceAttemptHTTP2:      true,
		MaxConnsPerHost:        inFlight,
		MaxIdleConnsPerHost:    inFlight,
		IdleConnTimeout:        idleTimeout,
		TLSHandshakeTimeout:    15 * time.Second,
		DisableCompression:     true,
		MaxResponseHeaderBytes: 1 << 20,
	}
}

// errRefused is a redirect that is not followed.
var errRefused = errors.New("redirect not followed")

// checkRedirect lets redirects pass that stay on the host (or go from http to
// https there) and keep the method, so that a query arrives as it was sent.
func (c *Client) checkRedirect(req *http.Request, via []*http.Request) error {
	first := via[0]
	switch {
	case len(via) >= 10:
		return fmt.Errorf("%w: more than 10 of them", errRefused)
	case req.Method != first.Method:
		return fmt.Errorf("%w: it would turn the %s into a %s without its query; use the address %s",
			errRefused, first.Method, req.Method, display(req.URL))
	case first.URL.Scheme == "https" && req.URL.Scheme != "https":
		return fmt.Errorf("%w: from https to %s", errRefused, display(req.URL))
	case !c.allowRedirects && !sameHost(first.URL, req.URL):
		return fmt.Errorf("%w: to another host, %s; use that address, or AllowRedirects", errRefused, display(req.URL))
	}
	// The address that was left may hold a key, and so may the caller's headers.
	req.Header.Del("Referer")
	if !sameHost(first.URL, req.URL) {
		for name := range req.Header {
			if !publicHeaders[name] {
				req.Header.Del(name)
			}
		}
	}
	return nil
}

// publicHeaders are those that another host may see.
var publicHeaders = map[string]bool{"Accept": true, "Accept-Encoding": true, "Content-Type": true, "User-Agent": true}

// sameHost reports whether b is the host of a, at the same port or moved from
// http to https at their usual ports.
func sameHost(a, b *url.URL) bool {
	if a.Hostname() != b.Hostname() {
		return false
	}
	return port(a) == port(b) || a.Scheme == "http" && b.Scheme == "https" && port(a) == "80" && port(b) == "443"
}

func port(u *url.URL) string {
	if p := u.Port(); p != "" {
		return p
	}
	if u.Scheme == "https" {
		return "443"
	}
	return "80"
}

// origins returns the addresses that credentials may be sent to.
func (c *Client) origins() []*url.URL {
	all := []*url.URL{c.endpoint}
	for _, address := range []string{c.updateURL, c.graphStoreURL} {
		if u, err := url.Parse(address); err == nil && address != "" {
			all = append(all, u)
		}
	}
	return all
}
