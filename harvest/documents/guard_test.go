package documents

import (
	"context"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/themis-go/themis/harvest"
)

func TestAllowed(t *testing.T) {
	c, err := newConfig([]Option{AllowHosts("files.example.org", "other.example.org:8443")})
	require.NoError(t, err)
	for address, want := range map[string]bool{
		"https://themis.vlaanderen.be/files/a/download": true,
		"https://THEMIS.vlaanderen.be/x":                true,
		"http://themis.vlaanderen.be/x":                 false,
		"https://themis.vlaanderen.be:8443/x":           false,
		"https://themis.vlaanderen.be.evil.example/x":   false,
		"https://evil.example/themis.vlaanderen.be":     false,
		"https://u@themis.vlaanderen.be/x":              false,
		"https://files.example.org/x":                   true,
		"https://files.example.org:443/x":               true,
		"https://files.example.org:444/x":               false,
		"https://other.example.org:8443/x":              true,
		"https://other.example.org/x":                   false,
		"file:///etc/passwd":                            false,
		"https://169.254.169.254/x":                     false,
	} {
		u, err := url.Parse(address)
		require.NoError(t, err)
		if err := c.allowed(u); want {
			require.NoError(t, err, address)
		} else {
			require.ErrorIs(t, err, ErrRefused, address)
		}
	}
	c, err = newConfig([]Option{BaseURL("http://127.0.0.1:8080")})
	require.NoError(t, err)
	u, _ := url.Parse("http://127.0.0.1:8081/")
	require.ErrorIs(t, c.allowed(u), ErrRefused)
}

func TestRedirects(t *testing.T) {
	s, other := newServer(t), newServer(t)
	s.content["a"], other.content["a"] = pdfBytes(100), pdfBytes(100)
	to := func(location string) func(http.ResponseWriter, *http.Request) {
		return status(302, "Location", location)
	}
	for name, test := range map[string]struct {
		spoil []func(http.ResponseWriter, *http.Request)
		opts  []Option
		ok    bool
	}{
		"within the host":     {[]func(http.ResponseWriter, *http.Request){to("/files/a/download?x")}, nil, true},
		"to another host":     {[]func(http.ResponseWriter, *http.Request){to(other.URL + "/files/a/download")}, nil, false},
		"to an allowed host":  {[]func(http.ResponseWriter, *http.Request){to(other.URL + "/files/a/download")}, []Option{AllowHosts(strings.TrimPrefix(other.URL, "http://"))}, true},
		"to a file":           {[]func(http.ResponseWriter, *http.Request){to("file:///etc/passwd")}, nil, false},
		"to metadata":         {[]func(http.ResponseWriter, *http.Request){to("http://169.254.169.254/latest")}, nil, false},
		"in a circle":         {[]func(http.ResponseWriter, *http.Request){to("/1"), to("/2"), to("/3"), to("/4"), to("/5"), to("/6"), to("/7")}, nil, false},
		"without a location":  {[]func(http.ResponseWriter, *http.Request){status(302)}, nil, false},
		"by a client of ours": {[]func(http.ResponseWriter, *http.Request){to(other.URL)}, []Option{HTTPClient(&http.Client{})}, false},
	} {
		t.Run(name, func(t *testing.T) {
			f := openFolder(t)
			s.next(test.spoil...)
			other.next()
			results, failures := fetch(f, s, stream(decisionWith("a", 100)), append(test.opts, Attempts(1))...)
			if test.ok {
				require.Empty(t, failures)
				require.Len(t, results, 1)
				return
			}
			require.Len(t, failures, 1)
			require.Empty(t, other.seen())
			noParts(t, f)
			if name != "without a location" {
				require.ErrorIs(t, failures[0], ErrRefused)
			}
		})
	}
}

// TestPrivateNetworks lets an allowed name lead to the loopback, as an
// attacker's DNS would.
func TestPrivateNetworks(t *testing.T) {
	s := newServer(t)
	s.content["a"] = pdfBytes(100)
	u, err := url.Parse(s.URL)
	require.NoError(t, err)
	t.Setenv("NO_PROXY", "*")
	c, err := newConfig([]Option{BaseURL("http://files.example.org:" + u.Port()), AllowHosts("localhost")})
	require.NoError(t, err)
	_, err = c.newTransport().DialContext(context.Background(), "tcp", "localhost:"+u.Port())
	require.ErrorIs(t, err, ErrRefused)
	require.ErrorContains(t, err, "AllowPrivateNetworks")

	c, err = newConfig([]Option{BaseURL("http://files.example.org:" + u.Port()), AllowHosts("localhost"), AllowPrivateNetworks()})
	require.NoError(t, err)
	conn, err := c.newTransport().DialContext(context.Background(), "tcp", "localhost:"+u.Port())
	require.NoError(t, err)
	require.NoError(t, conn.Close())

	c, err = newConfig([]Option{BaseURL("http://localhost:" + u.Port())})
	require.NoError(t, err)
	conn, err = c.newTransport().DialContext(context.Background(), "tcp", "localhost:"+u.Port())
	require.NoError(t, err, "the base URL names it")
	require.NoError(t, conn.Close())
}

func TestIsPublic(t *testing.T) {
	for address, want := range map[string]bool{
		"193.190.0.1": true, "2001:4860::1": true, "127.0.0.1": false, "::1": false, "10.1.2.3": false, "192.168.1.1": false,
		"172.16.0.1": false, "169.254.169.254": false, "0.0.0.0": false, "224.0.0.1": false, "fe80::1": false, "fd00::1": false,
		"::ffff:127.0.0.1": false, "::ffff:8.8.8.8": true, "100.64.0.1": false, "64:ff9b::7f00:1": false, "2002:7f00:1::": false, "255.255.255.255": false,
	} {
		require.Equal(t, want, isPublic(netip.MustParseAddr(address)), address)
	}
}

func TestAddress(t *testing.T) {
	c, err := newConfig([]Option{BaseURL("https://example.org/themis/")})
	require.NoError(t, err)
	got, err := c.address(pdfFile(idBase + "bestand/7223d7b3-db34"))
	require.NoError(t, err)
	require.Equal(t, "https://example.org/themis/files/7223d7b3-db34/download", got)
	for _, uri := range []string{"http://example.org/..", "http://example.org/", "share://a.pdf", "http://example.org/a?b=c", "http://example.org/a%2e"} {
		_, err = c.address(pdfFile(uri))
		require.Error(t, err, uri)
	}

	s, f := newServer(t), openFolder(t)
	_, failures := fetch(f, s, stream(decisionWith("a", 0)), Address(func(harvest.File) (string, error) { return "https://evil.example/", nil }))
	require.ErrorIs(t, failures[0], ErrRefused)
	_, failures = fetch(f, s, stream(decisionWith("a", 0)), Address(func(harvest.File) (string, error) { return "http://[", nil }))
	require.ErrorIs(t, failures[0], ErrRefused)
}
