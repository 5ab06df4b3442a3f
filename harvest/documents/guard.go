package documents

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"syscall"
	"time"
)

// allowed reports whether a URL may be asked: its host is the base's or an
// allowed one, it has no user name, and it is not less protected than the base.
func (c *config) allowed(u *url.URL) error {
	switch {
	case u.User != nil:
		return fmt.Errorf("%w: %s holds a user name", ErrRefused, u.Redacted())
	case u.Scheme != "https" && (u.Scheme != "http" || c.base.Scheme != "http"):
		return fmt.Errorf("%w: %s is not %s", ErrRefused, u.Redacted(), c.base.Scheme)
	}
	host, name := strings.ToLower(u.Host), strings.ToLower(u.Hostname())
	if host == strings.ToLower(c.base.Host) || c.hosts[host] {
		return nil
	}
	if port := u.Port(); c.hosts[name] && (port == "" || port == usualPort(u.Scheme)) {
		return nil
	}
	return fmt.Errorf("%w: the host %s is neither that of the base URL nor in AllowHosts", ErrRefused, host)
}

func usualPort(scheme string) string {
	if scheme == "https" {
		return "443"
	}
	return "80"
}

func (c *config) checkRedirect(req *http.Request, via []*http.Request) error {
	if len(via) > c.maxRedirects {
		return fmt.Errorf("%w: more than %d redirects", ErrRefused, c.maxRedirects)
	}
	return c.allowed(req.URL)
}

// newTransport makes a transport whose connections cannot be led into a
// private network. The address is looked at when it is connected to, after it
// was resolved, so that a name that changes its address in between gains nothing.
func (c *config) newTransport() *http.Transport {
	plain := &net.Dialer{Timeout: 30 * time.Second, KeepAlive: 30 * time.Second}
	guarded := *plain
	guarded.Control = func(_, address string, _ syscall.RawConn) error {
		addr, err := netip.ParseAddrPort(address)
		if err != nil {
			return fmt.Errorf("%w: %s", ErrRefused, address)
		}
		if !isPublic(addr.Addr()) {
			return fmt.Errorf("%w: %s is in a private network; see AllowPrivateNetworks", ErrRefused, addr.Addr())
		}
		return nil
	}
	dialFor := func(address string) *net.Dialer {
		host, _, err := net.SplitHostPort(address)
		// Other hosts than these are dialled only for a configured proxy.
		ours := err == nil && (strings.EqualFold(host, c.base.Hostname()) || c.names(host))
		if !ours || c.private || strings.EqualFold(host, c.base.Hostname()) && namesPrivate(host) {
			return plain
		}
		return &guarded
	}
	return &http.Transport{
		Proxy: http.ProxyFromEnvironment,
		DialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
			return dialFor(address).DialContext(ctx, network, address)
		},
		ForceAttemptHTTP2:      true,
		DisableCompression:     true, // sizes and ranges are those of the file
		MaxIdleConnsPerHost:    c.inFlight,
		IdleConnTimeout:        30 * time.Second,
		TLSHandshakeTimeout:    30 * time.Second,
		ResponseHeaderTimeout:  c.idle,
		MaxResponseHeaderBytes: 64 << 10,
	}
}

// names reports whether a host is in AllowHosts, with whatever port.
func (c *config) names(host string) bool {
	for h := range c.hosts {
		if name, _, err := net.SplitHostPort(h); err == nil {
			h = name
		}
		if strings.EqualFold(h, host) {
			return true
		}
	}
	return false
}

// namesPrivate reports whether a host is itself a private address.
func namesPrivate(host string) bool {
	if strings.EqualFold(host, "localhost") {
		return true
	}
	addr, err := netip.ParseAddr(host)
	return err == nil && !isPublic(addr)
}

var notPublic = []netip.Prefix{
	netip.MustParsePrefix("100.64.0.0/10"), // carriers' own (RFC 6598)
	netip.MustParsePrefix("192.0.0.0/24"),  // protocol assignments (RFC 6890)
	netip.MustParsePrefix("198.18.0.0/15"), // benchmarks (RFC 2544)
	netip.MustParsePrefix("240.0.0.0/4"),   // reserved (RFC 1112)
	netip.MustParsePrefix("64:ff9b::/96"),  // translated IPv4 (RFC 6052)
	netip.MustParsePrefix("2002::/16"),     // the same by 6to4 (RFC 3056)
}

func isPublic(addr netip.Addr) bool {
	addr = addr.Unmap().WithZone("")
	if !addr.IsGlobalUnicast() || addr.IsPrivate() {
		return false
	}
	for _, p := range notPublic {
		if p.Contains(addr) {
			return false
		}
	}
	return true
}
