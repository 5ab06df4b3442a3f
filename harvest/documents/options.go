package documents

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"time"

	"github.com/themis-go/themis/harvest"
)

// DefaultBase is where Themis serves files.
const DefaultBase = "https://themis.vlaanderen.be"

const userAgent = "themis-go (+https://github.com/themis-go/themis)"

// Option changes how files are fetched.
type Option func(*config)

type config struct {
	base         *url.URL
	address      func(harvest.File) (string, error)
	hosts        map[string]bool // allowed beside the base's
	private      bool
	match        func(harvest.Document, harvest.File) bool
	client       *http.Client
	userAgent    string
	inFlight     int
	perSecond    float64
	maxSize      int64
	anySize      bool
	timeout      time.Duration
	idle         time.Duration
	attempts     int
	backoff      time.Duration
	revalidate   bool
	resumeFrom   int64 // bytes from which it is worth to go on
	giveUpAfter  int   // files in a row for which the server was not available
	progress     func(done, total int)
	sleep        func(context.Context, time.Duration) error
	err          error
	now          func() time.Time
	maxRedirects int
}

func newConfig(opts []Option) (*config, error) {
	c := &config{
		hosts: map[string]bool{}, userAgent: userAgent, inFlight: 2, perSecond: 2, maxSize: 256 << 20,
		timeout: 15 * time.Minute, idle: time.Minute, attempts: 4, backoff: time.Second, resumeFrom: 256 << 10,
		giveUpAfter: 5, sleep: sleep, now: time.Now, maxRedirects: 5,
		match: func(_ harvest.Document, f harvest.File) bool { return IsPDF(f) },
	}
	BaseURL(DefaultBase)(c)
	for _, o := range opts {
		o(c)
	}
	if c.err != nil {
		return nil, c.err
	}
	if c.address == nil {
		c.address = c.defaultAddress
	}
	if c.client == nil {
		c.client = &http.Client{Transport: c.newTransport()}
	}
	own := *c.client
	own.CheckRedirect = c.checkRedirect
	c.client = &own
	return c, nil
}

func (c *config) fail(err error) {
	if c.err == nil {
		c.err = err
	}
}

// BaseURL sets where files are served: that of a file is BASE/files/ID/download,
// with the identifier that its URI ends with. The default is [DefaultBase].
func BaseURL(base string) Option {
	return func(c *config) {
		u, err := url.Parse(strings.TrimRight(base, "/"))
		if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" || u.User != nil || u.RawQuery != "" || u.Fragment != "" {
			c.fail(fmt.Errorf("base URL %q: want the form %s", base, DefaultBase))
			return
		}
		c.base = u
	}
}

// Address sets how the address of a file is made, in place of [BaseURL]'s rule.
// The address must be on an allowed host all the same.
func Address(of func(harvest.File) (string, error)) Option {
	return func(c *config) { c.address = of }
}

// AllowHosts allows other hosts than that of the base URL ("files.example.org",
// or "files.example.org:8443" for another port than the usual one).
func AllowHosts(hosts ...string) Option {
	return func(c *config) {
		for _, h := range hosts {
			c.hosts[strings.ToLower(h)] = true
		}
	}
}

// AllowPrivateNetworks lets allowed hosts be on the loopback or in a private
// network.
func AllowPrivateNetworks() Option { return func(c *config) { c.private = true } }

// Match sets which files are fetched, in place of those for which [IsPDF]
// reports true.
func Match(match func(harvest.Document, harvest.File) bool) Option {
	return func(c *config) { c.match = match }
}

// HTTPClient sets the client that sends the requests. Its redirects are checked
// as usual, but the guard against private networks is up to its transport.
func HTTPClient(hc *http.Client) Option { return func(c *config) { c.client = hc } }

// UserAgent puts a name in front of this package's own.
func UserAgent(name string) Option { return func(c *config) { c.userAgent = name + " " + userAgent } }

// InFlight sets how many files are fetched at once; the default is 2.
func InFlight(n int) Option {
	return func(c *config) {
		if n < 1 {
			c.fail(fmt.Errorf("InFlight(%d): want 1 or more", n))
			return
		}
		c.inFlight = n
	}
}

// PerSecond sets how many requests are begun in a second, retries included; the
// default is 2. 0 is no bound.
func PerSecond(n float64) Option {
	return func(c *config) {
		if n < 0 {
			c.fail(fmt.Errorf("PerSecond(%v): want 0 or more", n))
			return
		}
		c.perSecond = n
	}
}

// MaxSize sets the size in bytes beyond which a file is refused; the default is
// 256 MiB.
func MaxSize(n int64) Option { return func(c *config) { c.maxSize = n } }

// AnySize takes a file whose size is not the one that the archive knows, which
// is otherwise an error.
func AnySize() Option { return func(c *config) { c.anySize = true } }

// Timeout bounds one attempt at a file as a whole; the default is 15 minutes.
func Timeout(d time.Duration) Option { return func(c *config) { c.timeout = d } }

// IdleTimeout bounds the wait for the answer and for each further piece of it;
// the default is one minute.
func IdleTimeout(d time.Duration) Option { return func(c *config) { c.idle = d } }

// Attempts sets how often a file is tried when the server is not available or
// breaks off; the default is 4. The wait between two, at first one second,
// doubles, unless the server asks for another by Retry-After.
func Attempts(n int) Option {
	return func(c *config) {
		if n < 1 {
			c.fail(fmt.Errorf("Attempts(%d): want 1 or more", n))
			return
		}
		c.attempts = n
	}
}

// Revalidate asks the server, by conditional requests, whether the files that
// are there already are current, and fetches those that are not.
func Revalidate() Option { return func(c *config) { c.revalidate = true } }

// Progress is told after each file how many are done, of how many.
func Progress(fn func(done, total int)) Option { return func(c *config) { c.progress = fn } }

var plainID = regexp.MustCompile(`^[0-9A-Za-z][0-9A-Za-z_-]{0,127}$`)

var errIdentifier = errors.New("its URI does not end with a plain identifier, so that no address can be made of it; see the option Address")

func (c *config) defaultAddress(f harvest.File) (string, error) {
	id := lastSegment(f.URI.String())
	if !plainID.MatchString(id) {
		return "", errIdentifier
	}
	return c.base.JoinPath("files", id, "download").String(), nil
}

func sleep(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return ctx.Err()
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
