package sparql

import (
	"context"
	"crypto/md5"
	"crypto/sha256"
	"fmt"
	"hash"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestHeaderAuth(t *testing.T) {
	for _, c := range []struct {
		name string
		opt  Option
		want string
	}{
		{"basic", BasicAuth("user", "pass:word"), "Basic dXNlcjpwYXNzOndvcmQ="},
		{"bearer", BearerAuth("abc.def"), "Bearer abc.def"},
	} {
		var got []seen
		client := serve(t, recording(&got, answering(threeRows)), c.opt)
		rows, err := client.Select(context.Background(), selectAll)
		require.NoError(t, err)
		require.NoError(t, rows.Close())
		assert.Equal(t, c.want, got[0].header.Get("Authorization"), c.name)
	}
}

func TestAuthFromAddress(t *testing.T) {
	var got []seen
	server := httptest.NewServer(recording(&got, func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "no", 403) }))
	defer server.Close()
	client := NewClient(strings.Replace(server.URL, "http://", "http://user:secret@", 1), Retry(NoRetry()))
	defer client.Close()
	_, err := client.Select(context.Background(), selectAll)
	require.ErrorIs(t, err, ErrDenied)
	assert.NotContains(t, err.Error(), "secret")
	assert.Equal(t, "Basic dXNlcjpzZWNyZXQ=", got[0].header.Get("Authorization"))
}

// TestAuthStaysOnHost follows a redirect to another host: credentials must not.
func TestAuthStaysOnHost(t *testing.T) {
	var elsewhere []seen
	other := httptest.NewServer(recording(&elsewhere, answering(threeRows)))
	defer other.Close()
	redirect := func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") == "" {
			w.Header().Set("WWW-Authenticate", `Digest realm="r", nonce="n", qop="auth"`)
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		http.Redirect(w, r, other.URL+"/?"+r.URL.RawQuery, http.StatusTemporaryRedirect)
	}
	for name, auth := range map[string]Option{"basic": BasicAuth("u", "p"), "bearer": BearerAuth("t"), "digest": DigestAuth("u", "p")} {
		_, err := serve(t, redirect, auth).Select(context.Background(), selectAll)
		require.Error(t, err, name)
		assert.ErrorContains(t, err, "another host", name)
		require.Empty(t, elsewhere, name)

		rows, err := serve(t, redirect, auth, AllowRedirects()).Select(context.Background(), selectAll, Header("X-Api-Key", "secret"))
		require.NoError(t, err, name)
		require.NoError(t, rows.Close())
		require.Len(t, elsewhere, 1, name)
		assert.Empty(t, elsewhere[0].header.Get("Authorization"), name)
		assert.Empty(t, elsewhere[0].header.Get("X-Api-Key"), name)
		assert.Empty(t, elsewhere[0].header.Get("Referer"), name)
		assert.Equal(t, JSON.MediaType(), elsewhere[0].header.Get("Accept"), name)
		elsewhere = nil
	}
}

// TestDigestAnswer has the examples of RFC 7616, 3.9.1.
func TestDigestAnswer(t *testing.T) {
	const nonce, cnonce = "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ"
	for _, c := range []struct {
		algorithm, response string
		hash                func() hash.Hash
	}{
		{"MD5", "8ca523f5e9506fed4657c9700eebdbec", md5.New},
		{"SHA-256", "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1", sha256.New},
	} {
		ch := &digestChallenge{realm: "http-auth@example.org", nonce: nonce, algorithm: c.algorithm, hash: c.hash, qop: true, count: 1,
			opaque: "FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"}
		got := ch.answer("Mufasa", "Circle of Life", "GET", "/dir/index.html", cnonce)
		assert.Contains(t, got, `response="`+c.response+`"`)
		assert.Contains(t, got, `, algorithm=`+c.algorithm+`,`)
		assert.Contains(t, got, `nc=00000001`)
	}
}

func TestDigestChallenges(t *testing.T) {
	for _, c := range []struct {
		name      string
		headers   []string
		algorithm string // "none": no challenge that can be answered
	}{
		{"Virtuoso's", []string{`Digest realm="SPARQL", domain="/sparql-auth", nonce="8b3f", opaque="5ebe", stale="false", qop="auth", algorithm="MD5"`}, "MD5"},
		{"no algorithm", []string{`Digest realm="a \"b\", c", nonce="n"`}, ""},
		{"the stronger of two", []string{`Digest realm="a", nonce="1", algorithm=MD5, qop="auth"`, `Digest realm="a", nonce="2", algorithm=SHA-256, qop="auth,auth-int"`}, "SHA-256"},
		{"unknown algorithm", []string{`Digest realm="a", nonce="1", algorithm=SHA-512-256, qop="auth"`}, "none"},
		{"only auth-int", []string{`Digest realm="a", nonce="1", qop="auth-int"`}, "none"},
		{"session", []string{`Digest realm="a", nonce="1", qop=auth, algorithm=MD5-sess`}, "MD5-sess"},
		{"behind basic", []string{`Basic realm="x", Digest realm="a", nonce="1", qop="auth"`}, ""},
		{"basic", []string{`Basic realm="x"`}, "none"},
		{"nothing", nil, "none"},
	} {
		ch := findDigest(http.Header{"Www-Authenticate": c.headers})
		if c.algorithm == "none" {
			assert.Nil(t, ch, c.name)
			continue
		}
		require.NotNil(t, ch, c.name)
		assert.Equal(t, c.algorithm, ch.algorithm, c.name)
	}
	ch := findDigest(http.Header{"Www-Authenticate": {`Digest realm="a \"b\", c", nonce="n", userhash=true`}})
	assert.Equal(t, `a "b", c`, ch.realm)
	assert.True(t, ch.userhash)
}

// digestServer checks credentials as RFC 7616 has it, with nonces that serve
// the given number of times.
func digestServer(t *testing.T, password string, uses int) (http.HandlerFunc, *counter) {
	nonce, left, requests := 0, 0, new(counter)
	return func(w http.ResponseWriter, r *http.Request) {
		requests.add()
		body, _ := io.ReadAll(r.Body)
		header := r.Header.Get("Authorization")
		params, ok := digestParams(header)
		if ok && params["nonce"] == fmt.Sprint("n", nonce) && left > 0 {
			left--
			sum := func(s string) string { return fmt.Sprintf("%x", sha256.Sum256([]byte(s))) }
			want := sum(strings.Join([]string{sum("user:r:" + password), params["nonce"], params["nc"], params["cnonce"], "auth",
				sum(r.Method + ":" + r.URL.RequestURI())}, ":"))
			if params["response"] == want && params["uri"] == r.URL.RequestURI() {
				if r.Method == http.MethodPost {
					assert.NotEmpty(t, body, "the body comes with the second request too")
				}
				answering(threeRows)(w, r)
				return
			}
		}
		stale := ok && params["nonce"] != fmt.Sprint("n", nonce) || left == 0 && ok
		nonce++
		left = uses
		w.Header().Add("WWW-Authenticate", fmt.Sprintf(`Digest realm="r", nonce="n%d", qop="auth", algorithm=SHA-256, stale=%v`, nonce, stale))
		w.WriteHeader(http.StatusUnauthorized)
	}, requests
}

func TestDigestAuth(t *testing.T) {
	handler, requests := digestServer(t, "pass", 3)
	client := serve(t, handler, DigestAuth("user", "pass"))
	for i, method := range []RequestMethod{MethodGET, MethodPOST, MethodPOSTDirect, MethodGET, MethodPOST} {
		rows, err := client.Select(context.Background(), selectAll, Method(method))
		require.NoError(t, err, "request %d", i)
		require.NoError(t, rows.Close())
	}
	assert.Equal(t, 5+2, requests.get(), "a nonce is used again until the server wants another")

	handler, requests = digestServer(t, "other", 3)
	client = serve(t, handler, DigestAuth("user", "pass"))
	_, err := client.Select(context.Background(), selectAll)
	require.ErrorIs(t, err, ErrDenied)
	assert.Equal(t, 2, requests.get(), "wrong credentials are tried once")
	assert.NotContains(t, err.Error(), "pass")
}
