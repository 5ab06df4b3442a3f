package sparql

import (
	"crypto/md5"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"io"
	"net/http"
	"strings"
	"sync"
)

// DigestAuth answers the endpoint's challenges by HTTP Digest (RFC 7616, with
// MD5 or SHA-256 and qop=auth, as Virtuoso's /sparql-auth wants it; also the
// older form without qop). The password itself is never sent. The first request is sent
// twice, later ones use the challenge again.
func DigestAuth(user, password string) Option {
	return func(c *Client) { c.auth = &digestAuth{user: user, password: password} }
}

type digestAuth struct {
	user, password string

	mu        sync.Mutex
	challenge *digestChallenge // the one in use
}

// digestChallenge is what a server asks for in WWW-Authenticate.
type digestChallenge struct {
	realm, nonce, opaque, algorithm string
	hash                            func() hash.Hash
	session, qop, userhash          bool
	count                           int // uses of the nonce
}

func (a *digestAuth) roundTrip(base http.RoundTripper, req *http.Request) (*http.Response, error) {
	if header := a.header(nil, req); header != "" {
		req.Header.Set("Authorization", header)
	}
	resp, err := base.RoundTrip(req)
	if err != nil || resp.StatusCode != http.StatusUnauthorized {
		return resp, err
	}
	challenge := findDigest(resp.Header)
	if challenge == nil || req.Body != nil && req.GetBody == nil {
		return resp, nil
	}
	if req.Header.Get("Authorization") != "" && !challenge.fresh(resp.Header, a) {
		return resp, nil // the credentials are wrong, not the nonce
	}
	again := req.Clone(req.Context())
	if req.GetBody != nil {
		if again.Body, err = req.GetBody(); err != nil {
			return resp, nil
		}
	}
	again.Header.Set("Authorization", a.header(challenge, req))
	_, _ = io.Copy(io.Discard, io.LimitReader(resp.Body, maxErrorBody)) // so that the connection can be used again
	resp.Body.Close()
	return base.RoundTrip(again)
}

// fresh reports whether the server wants another nonce: it says that the old
// one is stale, or sends a new one for one that was in use before.
func (ch *digestChallenge) fresh(h http.Header, a *digestAuth) bool {
	for _, v := range h.Values("WWW-Authenticate") {
		if params, ok := digestParams(v); ok && strings.EqualFold(params["stale"], "true") {
			return true
		}
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.challenge != nil && a.challenge.count > 1 && a.challenge.nonce != ch.nonce
}

// header returns the value of Authorization for the request; a nil challenge
// means the one in use. It is empty when there is none.
func (a *digestAuth) header(challenge *digestChallenge, req *http.Request) string {
	a.mu.Lock()
	defer a.mu.Unlock()
	if challenge != nil {
		a.challenge = challenge
	}
	if a.challenge == nil {
		return ""
	}
	a.challenge.count++
	var nonce [8]byte
	rand.Read(nonce[:]) // never fails
	return a.challenge.answer(a.user, a.password, req.Method, req.URL.RequestURI(), hex.EncodeToString(nonce[:]))
}

// answer computes the response (RFC 7616, 3.4).
func (ch *digestChallenge) answer(user, password, method, uri, cnonce string) string {
	h := func(parts ...string) string {
		sum := ch.hash()
		io.WriteString(sum, strings.Join(parts, ":"))
		return hex.EncodeToString(sum.Sum(nil))
	}
	a1 := h(user, ch.realm, password)
	if ch.session {
		a1 = h(a1, ch.nonce, cnonce)
	}
	a2 := h(method, uri)
	nc := fmt.Sprintf("%08x", ch.count)
	var response string
	if ch.qop {
		response = h(a1, ch.nonce, nc, cnonce, "auth", a2)
	} else {
		response = h(a1, ch.nonce, a2)
	}
	name := user
	if ch.userhash {
		name = h(user, ch.realm)
	}
	var b strings.Builder
	fmt.Fprintf(&b, "Digest username=%s, realm=%s, nonce=%s, uri=%s, response=%s",
		quoteHeader(name), quoteHeader(ch.realm), quoteHeader(ch.nonce), quoteHeader(uri), quoteHeader(response))
	if ch.algorithm != "" {
		fmt.Fprintf(&b, ", algorithm=%s", ch.algorithm)
	}
	if ch.opaque != "" {
		fmt.Fprintf(&b, ", opaque=%s", quoteHeader(ch.opaque))
	}
	if ch.qop || ch.session {
		fmt.Fprintf(&b, ", cnonce=%s", quoteHeader(cnonce))
	}
	if ch.qop {
		fmt.Fprintf(&b, ", qop=auth, nc=%s", nc)
	}
	if ch.userhash {
		b.WriteString(", userhash=true")
	}
	return b.String()
}

func quoteHeader(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s) + `"`
}

// findDigest returns the strongest challenge that can be answered.
func findDigest(h http.Header) *digestChallenge {
	var best *digestChallenge
	for _, v := range h.Values("WWW-Authenticate") {
		params, ok := digestParams(v)
		if !ok || params["nonce"] == "" {
			continue
		}
		ch := &digestChallenge{realm: params["realm"], nonce: params["nonce"], opaque: params["opaque"],
			algorithm: params["algorithm"], userhash: strings.EqualFold(params["userhash"], "true")}
		algorithm, session := strings.CutSuffix(strings.ToUpper(ch.algorithm), "-SESS")
		ch.session = session
		switch algorithm {
		case "", "MD5":
			ch.hash = md5.New
		case "SHA-256":
			ch.hash = sha256.New
		default:
			continue
		}
		if qop := params["qop"]; qop != "" {
			for q := range strings.SplitSeq(qop, ",") {
				ch.qop = ch.qop || strings.EqualFold(strings.TrimSpace(q), "auth")
			}
			if !ch.qop { // only auth-int
				continue
			}
		}
		if best == nil || algorithm == "SHA-256" && !strings.HasPrefix(strings.ToUpper(best.algorithm), "SHA") {
			best = ch
		}
	}
	return best
}

// digestParams reads the parameters of a challenge by Digest; false for others.
// Where one header holds several challenges, the first by Digest is read.
func digestParams(header string) (map[string]string, bool) {
	const scheme = "digest "
	at := strings.Index(strings.ToLower(header), scheme)
	if at < 0 || at > 0 && header[at-1] != ' ' && header[at-1] != ',' {
		return nil, false
	}
	rest := header[at+len(scheme):]
	params := make(map[string]string)
	for {
		rest = strings.TrimLeft(rest, " \t,")
		name, value, ok := strings.Cut(rest, "=")
		name = strings.ToLower(strings.TrimSpace(name))
		if !ok || name == "" || strings.ContainsAny(name, " \t") { // the end, or another scheme
			return params, true
		}
		value = strings.TrimLeft(value, " \t")
		if !strings.HasPrefix(value, `"`) {
			end := strings.IndexAny(value, ", \t")
			if end < 0 {
				end = len(value)
			}
			params[name], rest = value[:end], value[end:]
			continue
		}
		var b strings.Builder
		i := 1
		for ; i < len(value) && value[i] != '"'; i++ {
			if value[i] == '\\' && i+1 < len(value) {
				i++
			}
			b.WriteByte(value[i])
		}
		params[name], rest = b.String(), value[min(i+1, len(value)):]
	}
}
