package harvest

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"slices"
	"time"

	"github.com/themis-go/themis/rdf"
)

// What errors.Is tells about a file that could not be had; a [Reason] has its text.
var (
	errHost      = errors.New("the catalogue names another host than its own: allow it with AllowHosts, or set DownloadBase")
	errSize      = errors.New("the size differs from the catalogue's")
	errMediaType = errors.New("the media type is not the catalogue's")
)

const (
	downloadTime = 10 * time.Minute // for one file
	maxDump      = 1 << 30          // bytes
	userAgent    = "themis-go (+https://github.com/themis-go/themis)"
)

// downloader gets the files of a catalogue.
type downloader struct {
	run   *endpointRun
	http  *http.Client
	base  *url.URL // nil: as the catalogue says
	hosts []string
}

func newDownloader(c *catalogue, h *endpointRun) (*downloader, error) {
	d := &downloader{run: h, hosts: append([]string{hostOf(c.client.Endpoint())}, c.hosts...)}
	if c.base != "" {
		base, err := url.Parse(c.base)
		if err != nil || base.Scheme != "http" && base.Scheme != "https" || base.Host == "" {
			return nil, fmt.Errorf("harvest: %w: DownloadBase(%q): want an http or https URL", ErrOptions, c.base)
		}
		d.base = base
		d.hosts = append(d.hosts, base.Host)
	}
	client := http.Client{Timeout: downloadTime}
	if c.http != nil {
		client = *c.http
	}
	client.CheckRedirect = func(req *http.Request, via []*http.Request) error {
		if len(via) > 5 {
			return errors.New("too many redirects")
		}
		if !slices.Contains(d.hosts, req.URL.Host) {
			return errHost
		}
		return nil
	}
	d.http = &client
	return d, nil
}

// address returns where a file is downloaded.
func (d *downloader) address(named string) (string, error) {
	u, err := url.Parse(named)
	if err != nil {
		return "", err
	}
	if d.base != nil {
		u.Scheme, u.Host, u.User = d.base.Scheme, d.base.Host, nil
	}
	if u.Scheme != "http" && u.Scheme != "https" {
		return "", fmt.Errorf("%w: %s", errHost, named)
	}
	if !slices.Contains(d.hosts, u.Host) {
		return "", fmt.Errorf("%w: %s", errHost, u.Host)
	}
	return u.String(), nil
}

// spooled is a file on disk that is gone when it is closed.
type spooled struct{ *os.File }

func (s *spooled) Close() error {
	return errors.Join(s.File.Close(), os.Remove(s.Name()))
}

// get downloads a file whole; it returns nil where the file is still as it was.
func (d *downloader) get(ctx context.Context, f dump, known DocumentState) (*spooled, *DocumentState, error) {
	address, err := d.address(f.address)
	if err != nil {
		return nil, nil, err
	}
	for try := 1; ; try++ {
		file, state, err := d.once(ctx, address, f, known)
		if err == nil || try >= d.run.tries || !transient(err) {
			return file, state, err
		}
		d.run.note("%s: %v; asking again", address, err)
		if err := sleep(ctx, time.Duration(try)*d.run.pace.retry); err != nil {
			return nil, nil, err
		}
	}
}

// statusError is an HTTP status that is no success.
type statusError int

func (e statusError) Error() string { return "HTTP status " + http.StatusText(int(e)) }

func transient(err error) bool {
	var status statusError
	if errors.As(err, &status) {
		return status == http.StatusTooManyRequests || status >= 500
	}
	return !errors.Is(err, errHost) && !errors.Is(err, errMediaType) && !errors.Is(err, context.Canceled)
}

func (d *downloader) once(ctx context.Context, address string, f dump, known DocumentState) (*spooled, *DocumentState, error) {
	if err := d.run.pace.wait(ctx); err != nil {
		return nil, nil, err
	}
	d.run.request()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, nil, err
	}
	req.Header.Set("User-Agent", userAgent)
	req.Header.Set("Accept", f.format)
	if known.ETag != "" {
		req.Header.Set("If-None-Match", known.ETag)
	}
	if known.LastModified != "" {
		req.Header.Set("If-Modified-Since", known.LastModified)
	}
	resp, err := d.http.Do(req)
	if err != nil {
		return nil, nil, err
	}
	defer resp.Body.Close()
	switch {
	case resp.StatusCode == http.StatusNotModified:
		return nil, nil, nil
	case resp.StatusCode != http.StatusOK:
		return nil, nil, statusError(resp.StatusCode)
	}
	want, _ := rdf.FormatByMediaType(f.format)
	if got, ok := rdf.FormatByMediaType(resp.Header.Get("Content-Type")); !ok || got != want {
		return nil, nil, fmt.Errorf("%w: %q where it should be %q", errMediaType, resp.Header.Get("Content-Type"), f.format)
	}
	return spool(resp, f)
}

// spool writes a body to disk and checks its size.
func spool(resp *http.Response, f dump) (_ *spooled, _ *DocumentState, err error) {
	tmp, err := os.CreateTemp("", "themis-*.ttl")
	if err != nil {
		return nil, nil, err
	}
	file := &spooled{tmp}
	defer func() {
		if err != nil {
			err = errors.Join(err, file.Close())
		}
	}()
	h := sha256.New()
	n, err := io.Copy(io.MultiWriter(file, h), io.LimitReader(resp.Body, maxDump+1))
	if err != nil {
		return nil, nil, err
	}
	if f.size > 0 && n != f.size || n > maxDump {
		return nil, nil, fmt.Errorf("%w: %d bytes where it should be %d", errSize, n, f.size)
	}
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return nil, nil, err
	}
	return file, &DocumentState{URL: f.address, ETag: resp.Header.Get("ETag"), LastModified: resp.Header.Get("Last-Modified"),
		Size: n, SHA256: hex.EncodeToString(h.Sum(nil))}, nil
}
