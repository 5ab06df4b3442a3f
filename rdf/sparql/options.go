package sparql

import (
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"time"

	"github.com/themis-go/themis/rdf"
)

// Option changes a [Client] when it is made.
type Option func(*Client)

// HTTPClient sets the client that sends the requests. It is copied, not
// changed: the copy gets the redirect rule of this package in front of its
// own, and its Timeout is left as it is.
func HTTPClient(hc *http.Client) Option {
	return func(c *Client) {
		own := *hc
		c.http = &own
	}
}

// Transport sets what sends the requests, in place of a transport of the
// client's own.
func Transport(rt http.RoundTripper) Option {
	return func(c *Client) { c.http = &http.Client{Transport: rt} }
}

// UserAgent puts a name in front of this package's own in the User-Agent
// header. Operators of public endpoints want a name and an address to write to.
func UserAgent(name string) Option {
	return func(c *Client) { c.userAgent = name + " " + defaultUserAgent }
}

// Timeout bounds each attempt of a request as a whole, from waiting for a free
// slot to the last byte of the answer. The default is 5 minutes; 0 means no
// bound but that of the context.
func Timeout(d time.Duration) Option { return func(c *Client) { c.timeout = d } }

// InFlight bounds the requests under way at once; a request is under way until
// its rows are closed. The default is 4.
func InFlight(n int) Option {
	return func(c *Client) {
		if n < 1 {
			c.fail(fmt.Errorf("%w: InFlight(%d): want 1 or more", ErrConfig, n))
			return
		}
		c.inFlight = n
	}
}

// RatePerSecond bounds the requests begun in a second, retries included; they
// are spaced evenly. The default, 0, is no bound.
func RatePerSecond(n float64) Option {
	return func(c *Client) {
		if n < 0 {
			c.fail(fmt.Errorf("%w: RatePerSecond(%v): want 0 or more", ErrConfig, n))
			return
		}
		c.limits.setRate(n)
	}
}

// Retry sets what is tried again, and how often.
func Retry(p RetryPolicy) Option { return func(c *Client) { c.retry = p } }

// Logger makes the client log requests at level Debug and retries at Warn.
// Neither queries nor credentials are logged.
func Logger(l *slog.Logger) Option { return func(c *Client) { c.logger = l } }

// Trace makes the client report the start and end of each operation.
func Trace(t Tracer) Option { return func(c *Client) { c.tracer = t } }

// AllowRedirects lets the endpoint redirect to other hosts. Credentials are
// not sent there. By default only redirects within the host are followed.
func AllowRedirects() Option { return func(c *Client) { c.allowRedirects = true } }

// Gzip asks for compressed answers: less traffic for more work on both sides.
// Virtuoso closes the connection behind each.
func Gzip() Option { return func(c *Client) { c.gzip = true } }

// GraphStoreURL sets the address of the endpoint's Graph Store HTTP Protocol
// (SPARQL 1.1), which can not be guessed from that of its queries.
func GraphStoreURL(address string) Option { return func(c *Client) { c.graphStoreURL = address } }

// UpdateURL sets the address that takes updates; by default it is that of the
// queries.
func UpdateURL(address string) Option { return func(c *Client) { c.updateURL = address } }

// Defaults sets options for every operation of the client; those of a call
// come behind them.
func Defaults(opts ...QueryOption) Option {
	return func(c *Client) { c.defaults = append(c.defaults, opts...) }
}

// QueryOption changes one operation.
type QueryOption func(*call)

// Bind gives the query's variable name a value, as [Query.Bind] does.
func Bind(name string, value any) QueryOption {
	return func(c *call) {
		if c.query == nil {
			c.fail(fmt.Errorf("%w: Bind(%q): the operation has no query", ErrConfig, name))
			return
		}
		q, err := c.query.Bind(name, value)
		if err != nil {
			c.fail(err)
			return
		}
		c.query = q
	}
}

// DefaultGraph adds a graph to the query's default graph (default-graph-uri,
// for updates using-graph-uri). Endpoints ignore it when the query has FROM.
func DefaultGraph(graph rdf.IRI) QueryOption {
	return func(c *call) { c.defaultGraphs = append(c.defaultGraphs, graph.String()) }
}

// NamedGraph adds a named graph to the query's dataset (named-graph-uri, for
// updates using-named-graph-uri).
func NamedGraph(graph rdf.IRI) QueryOption {
	return func(c *call) { c.namedGraphs = append(c.namedGraphs, graph.String()) }
}

// RequestMethod is a way to send a query (SPARQL 1.1 Protocol, 2.1).
type RequestMethod uint8

// The ways to send a query.
const (
	// MethodAuto is GET while the URL has no more than 6,000 bytes, and the
	// form POST above: many servers refuse a longer request line, and Virtuoso
	// cuts it without a word.
	MethodAuto RequestMethod = iota
	// MethodGET sends the query in the URL, however long it is.
	MethodGET
	// MethodPOST sends it as a form.
	MethodPOST
	// MethodPOSTDirect sends it as the body, typed application/sparql-query
	// or application/sparql-update. Virtuoso 7 never answers such a query.
	MethodPOSTDirect
)

// Method chooses how the query is sent.
func Method(m RequestMethod) QueryOption { return func(c *call) { c.method = m } }

// Accept sets the Accept header in place of the operation's own, which for
// SELECT and ASK is exactly application/sparql-results+json.
func Accept(mediaTypes string) QueryOption { return func(c *call) { c.accept = mediaTypes } }

// Header sets a request header. The headers of authentication are set by
// [BasicAuth] and the like, which keep them to the endpoint's host.
func Header(name, value string) QueryOption {
	return func(c *call) {
		if c.header == nil {
			c.header = make(http.Header)
		}
		c.header.Set(name, value)
	}
}

// Param adds a parameter to the request, for what an endpoint knows beside the
// protocol. Mind Virtuoso's timeout: with it, answers are cut, and for a plain
// SELECT nothing tells.
func Param(name, value string) QueryOption {
	return func(c *call) {
		if c.params == nil {
			c.params = make(url.Values)
		}
		c.params.Add(name, value)
	}
}

// RowCap names the number of rows (or triples) at which the endpoint is known
// to cut answers. An answer of that many is a [PartialError].
func RowCap(n int64) QueryOption { return func(c *call) { c.rowCap = n } }

// AllowPartial takes an incomplete answer for an answer, where the endpoint
// itself declares it incomplete or a cap was met; [Rows.Partial] tells. A body
// that breaks off stays an error.
func AllowPartial() QueryOption { return func(c *call) { c.allowPartial = true } }

// Lax lets rows be read into structs that do not fit them exactly: variables
// without a field and fields without a variable are passed over.
func Lax() QueryOption { return func(c *call) { c.scan.lax = true } }

// MapOptions sets how terms become Go values, see [rdf.Assign].
func MapOptions(opts ...rdf.MapOption) QueryOption {
	return func(c *call) { c.scan.assign = append(c.scan.assign, opts...) }
}

// RepairTerms mends what no RDF term can hold, where it otherwise is an error:
// characters that an IRI must not have are percent-encoded, and malformed
// language tags are dropped.
func RepairTerms() QueryOption { return func(c *call) { c.decode.repair = true } }

// MaxTermBytes bounds the length of a single term; the default is 64 MiB.
func MaxTermBytes(n int) QueryOption { return func(c *call) { c.decode.maxTerm = n } }

// RepeatUpdate lets an update be sent again after a failure, as a query is,
// because doing it twice does no harm. Without it an update is sent once.
func RepeatUpdate() QueryOption { return func(c *call) { c.repeatUpdate = true } }
