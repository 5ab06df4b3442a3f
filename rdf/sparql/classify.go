package sparql

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"io"
	"mime"
	"net"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// resendClass tells whether the same request can be expected to do better
// when it is sent again.
type resendClass uint8

const (
	resendNever resendClass = iota
	resendFew               // perhaps: a failure without a reason
	resendOften             // overload, a connection that broke
)

const (
	maxErrorBody    = 64 << 10 // bytes read of an error's body
	maxErrorMessage = 400      // bytes kept of its text
)

// virtuosoError finds the code and message at the start of what Virtuoso writes.
var virtuosoError = regexp.MustCompile(`Virtuoso ([0-9A-Z]{5}) Error ([^\r\n]*)`)

// classify makes the error of an answer whose status is no success. It reads
// at most maxErrorBody of the body.
func (c *call) classify(resp *http.Response, body io.Reader) *Error {
	e := c.newError()
	e.Status = resp.StatusCode
	e.RetryAfter, _ = retryAfter(resp.Header, time.Now())
	text, _ := io.ReadAll(io.LimitReader(body, maxErrorBody))
	e.Code, e.Message = errorText(text, resp.Header.Get("Content-Type"))
	e.Err, e.resend, e.Hint = judge(resp.StatusCode, e.Code, e.Message, resp.Header.Get("Retry-After") != "")
	if resp.StatusCode == http.StatusNotFound {
		e.Hint = "check the endpoint's path and the Accept header"
	}
	return e
}

// judge maps a status and a store's message to a sentinel, a class and a hint.
func judge(status int, code, message string, hasRetryAfter bool) (error, resendClass, string) {
	if code != "" {
		if err, hint := judgeVirtuoso(code, message); err != nil {
			return err, resendNever, hint
		}
	}
	switch status {
	case http.StatusBadRequest, http.StatusUnprocessableEntity:
		return ErrSyntax, resendNever, "correct the query"
	case http.StatusUnauthorized, http.StatusForbidden, http.StatusProxyAuthRequired:
		return ErrDenied, resendNever, "check the credentials and what the account may do"
	case http.StatusRequestEntityTooLarge, http.StatusRequestURITooLong:
		return ErrTooLarge, resendNever, "send it with Method(POST), or with fewer bound values"
	case http.StatusMethodNotAllowed:
		if hasRetryAfter { // used as a rate limit by some endpoints
			return ErrUnavailable, resendOften, ""
		}
		return errors.New("the endpoint does not allow this HTTP method"), resendNever, "choose another with Method"
	case http.StatusNotAcceptable:
		return ErrNotResults, resendNever, "the endpoint offers no format that was asked for; choose one with Accept"
	case http.StatusTooManyRequests:
		return ErrUnavailable, resendOften, "ask less often: RatePerSecond, InFlight"
	case http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		return ErrUnavailable, resendOften, ""
	}
	if status >= 500 {
		if code != "" {
			return ErrServer, resendNever, ""
		}
		return ErrServer, resendFew, "the query may be at fault as well as the endpoint: try a smaller one"
	}
	return errors.New(strings.ToLower(http.StatusText(status))), resendNever, ""
}

// judgeVirtuoso knows the SQL states that Virtuoso answers queries with.
func judgeVirtuoso(code, message string) (error, string) {
	switch {
	case code == "S1T00" || code == "S1TAT":
		return ErrTimeout, "ask for less in one query"
	case strings.Contains(message, "estimated execution time"):
		return ErrCostLimit, "ask for less in one query"
	case strings.Contains(message, "SR353"):
		return ErrCostLimit, "page by key instead of OFFSET, or sort in a subselect"
	case strings.Contains(message, "longer than 10Mb"):
		return ErrTooLarge, "bind fewer values"
	case code == "42000" && (strings.Contains(message, "SECURITY") || strings.Contains(message, "permission")):
		return ErrDenied, "check the credentials and what the account may do"
	case code == "37000":
		return ErrSyntax, "correct the query"
	}
	return nil, ""
}

// errorText finds the store's code and message in an error's body.
func errorText(body []byte, contentType string) (code, message string) {
	if m := virtuosoError.FindSubmatch(body); m != nil {
		return string(m[1]), shorten(string(m[2]))
	}
	media, _, _ := mime.ParseMediaType(contentType)
	trimmed := bytes.TrimSpace(body)
	if strings.Contains(media, "html") || bytes.HasPrefix(trimmed, []byte("<")) {
		return "", htmlTitle(trimmed)
	}
	// Virtuoso's and others' texts end in the query; what it says comes first.
	text, _, _ := strings.Cut(string(trimmed), "\n\n")
	return "", shorten(text)
}

var titleElement = regexp.MustCompile(`(?is)<title[^>]*>(.*?)</title>`)

func htmlTitle(page []byte) string {
	if m := titleElement.FindSubmatch(page); m != nil {
		return shorten(string(m[1]))
	}
	return "a web page"
}

// shorten returns s on one line, cut to a readable length.
func shorten(s string) string {
	s = strings.Join(strings.Fields(strings.ToValidUTF8(s, "?")), " ")
	if len(s) <= maxErrorMessage {
		return s
	}
	cut := maxErrorMessage
	for cut > 0 && !utf8.RuneStart(s[cut]) {
		cut--
	}
	return s[:cut] + "…"
}

// retryAfter reads the header Retry-After in both its forms.
func retryAfter(h http.Header, now time.Time) (time.Duration, bool) {
	v := strings.TrimSpace(h.Get("Retry-After"))
	if v == "" {
		return 0, false
	}
	if s, err := strconv.ParseInt(v, 10, 64); err == nil && s >= 0 {
		return time.Duration(min(s, 1<<31)) * time.Second, true
	}
	if t, err := http.ParseTime(v); err == nil {
		return max(t.Sub(now), 0), true
	}
	return 0, false
}

// sendError makes the error of a request that got no answer.
func (c *call) sendError(ctx context.Context, err error) *Error {
	e := c.newError()
	var ue *url.Error
	if errors.As(err, &ue) { // its text holds the whole URL, and so the query
		err = ue.Err
	}
	switch {
	case c.ctx.Err() != nil:
		e.Err = contextError(c.ctx)
		return e
	case ctx.Err() != nil:
		e.Err = contextError(ctx)
		e.Hint = "raise Timeout, or ask for less"
		return e
	case errors.Is(err, errRefused), errors.Is(err, ErrConfig):
		e.Err = err
		return e
	}
	e.Err = &unavailable{err}
	e.resend = resendOften
	var dns *net.DNSError
	var cert *tls.CertificateVerificationError
	switch {
	case errors.As(err, &dns) && dns.IsNotFound:
		e.resend, e.Hint = resendNever, "check the address"
	case errors.As(err, &cert):
		e.resend, e.Hint = resendNever, "check the endpoint's certificate"
	}
	return e
}

// unavailable joins a cause with ErrUnavailable.
type unavailable struct{ cause error }

func (u *unavailable) Error() string   { return ErrUnavailable.Error() + ": " + u.cause.Error() }
func (u *unavailable) Unwrap() []error { return []error{ErrUnavailable, u.cause} }

// contextError returns the cause of a context's end together with its error,
// so that errors.Is finds context.Canceled or context.DeadlineExceeded.
func contextError(ctx context.Context) error {
	cause := context.Cause(ctx)
	if err := ctx.Err(); cause != nil && !errors.Is(cause, err) {
		return &ended{cause, err}
	}
	return cause
}

type ended struct{ cause, err error }

func (e *ended) Error() string   { return e.cause.Error() }
func (e *ended) Unwrap() []error { return []error{e.cause, e.err} }
