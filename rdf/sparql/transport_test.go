package sparql

import (
	"context"
	"net/http"
	"net/url"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestRedirects(t *testing.T) {
	for _, c := range []struct {
		name   string
		status int
		method RequestMethod
		to     func(r *http.Request) string
		ok     bool
		msg    string
	}{
		{"GET within the host", 302, MethodGET, func(r *http.Request) string { return "/moved?" + r.URL.RawQuery }, true, ""},
		{"GET by 301", 301, MethodGET, func(r *http.Request) string { return "/moved?" + r.URL.RawQuery }, true, ""},
		{"POST by 307 keeps its body", 307, MethodPOST, func(r *http.Request) string { return "/moved" }, true, ""},
		{"POST by 308 keeps its body", 308, MethodPOSTDirect, func(r *http.Request) string { return "/moved" }, true, ""},
		{"POST by 302 would lose it", 302, MethodPOST, func(r *http.Request) string { return "/moved" }, false, "turn the POST into a GET"},
		{"to another host", 302, MethodGET, func(r *http.Request) string { return "http://localhost:1/?" + r.URL.RawQuery }, false, "another host"},
		{"in a circle", 302, MethodGET, func(r *http.Request) string { return r.URL.String() }, false, "more than 10"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []seen
			client := serve(t, recording(&got, func(w http.ResponseWriter, r *http.Request) {
				if r.URL.Path == "/moved" {
					answering(threeRows)(w, r)
					return
				}
				w.Header().Set("Location", c.to(r))
				w.WriteHeader(c.status)
			}))
			rows, err := client.Select(context.Background(), selectAll, Method(c.method))
			if !c.ok {
				require.ErrorIs(t, err, errRefused)
				assert.ErrorContains(t, err, c.msg)
				assert.NotContains(t, err.Error(), "SELECT")
				var e *Error
				require.ErrorAs(t, err, &e)
				assert.Equal(t, 1, e.Attempts, "it is not tried again")
				return
			}
			require.NoError(t, err)
			require.NoError(t, rows.Close())
			last := got[len(got)-1]
			assert.Equal(t, got[0].method, last.method)
			assert.Equal(t, got[0].body, last.body)
			assert.Equal(t, got[0].url.RawQuery, last.url.RawQuery)
		})
	}
}

func TestSameHost(t *testing.T) {
	for _, c := range []struct {
		a, b string
		same bool
	}{
		{"http://x/a", "http://x/b", true},
		{"http://x/", "https://x/", true},
		{"http://x:80/", "https://x:443/", true},
		{"https://x/", "http://x/", false},
		{"http://x:8080/", "https://x/", false},
		{"http://x:8080/", "http://x:8081/", false},
		{"http://x/", "http://y/", false},
		{"http://x/", "http://x.y/", false},
		{"http://x/", "http://x:80/", true},
	} {
		a, err := url.Parse(c.a)
		require.NoError(t, err)
		b, err := url.Parse(c.b)
		require.NoError(t, err)
		assert.Equal(t, c.same, sameHost(a, b), "%s → %s", c.a, c.b)
	}
}

// TestHTTPClientIsCopied checks that nothing that is shared changes.
func TestHTTPClientIsCopied(t *testing.T) {
	var got []seen
	ours := &http.Client{}
	client := serve(t, recording(&got, answering(threeRows)), HTTPClient(ours), BearerAuth("t"))
	rows, err := client.Select(context.Background(), selectAll)
	require.NoError(t, err)
	require.NoError(t, rows.Close())
	assert.Equal(t, "Bearer t", got[0].header.Get("Authorization"))
	assert.Nil(t, ours.CheckRedirect)
	assert.Nil(t, ours.Transport)
	assert.Equal(t, &http.Client{}, http.DefaultClient)
}

func TestTransport(t *testing.T) {
	n := new(counter)
	rt := roundTrip(func(req *http.Request) (*http.Response, error) {
		n.add()
		return http.DefaultTransport.RoundTrip(req)
	})
	client := serve(t, answering(threeRows), Transport(rt))
	rows, err := client.Select(context.Background(), selectAll)
	require.NoError(t, err)
	require.NoError(t, rows.Close())
	assert.Equal(t, 1, n.get())
}

type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(req *http.Request) (*http.Response, error) { return f(req) }
