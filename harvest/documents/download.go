package documents

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

type fetcher struct {
	folder *Folder
	config *config
	turns  *turns
}

// fetch brings one file to disk.
func (f *fetcher) fetch(ctx context.Context, w wanted) (Result, error) {
	c := f.config
	failed := Result{Record: Record{File: w.file.URI, Document: w.document.URI, Decision: w.decision}}
	address, err := c.address(w.file)
	if err != nil {
		return failed, &FileError{File: w.file.URI, Err: fmt.Errorf("%w: %w", ErrRefused, err)}
	}
	fail := func(err error) (Result, error) {
		return failed, &FileError{File: w.file.URI, URL: address, Err: err}
	}
	u, err := url.Parse(address)
	if err != nil {
		return fail(fmt.Errorf("%w: %w", ErrRefused, err))
	}
	if err := c.allowed(u); err != nil {
		return fail(err)
	}
	if w.file.Size > c.maxSize {
		return fail(fmt.Errorf("%w: %d bytes", ErrTooLarge, w.file.Size))
	}
	known, have := f.folder.Record(w.file.URI)
	have = have && f.folder.onDisk(known)
	asKnown := have && (w.file.Size == 0 || w.file.Size == known.Size || c.anySize)
	if asKnown && !c.revalidate {
		return Result{Record: known, Outcome: Present}, nil
	}
	d := &download{fetcher: f, wanted: w, url: u, path: f.folder.pathFor(w)}
	if asKnown {
		d.known = &known
	}
	for attempt := 1; ; attempt++ {
		result, err := d.try(ctx)
		if err == nil {
			return result, nil
		}
		var again *retryable
		if !errors.As(err, &again) || ctx.Err() != nil {
			return fail(err)
		}
		if attempt == c.attempts {
			if !again.own {
				err = fmt.Errorf("%w (tried %d times): %w", ErrUnavailable, attempt, again.err)
			}
			return fail(err)
		}
		if err := c.sleep(ctx, f.delay(attempt, again.after)); err != nil {
			return fail(err)
		}
	}
}

const maxDelay = 2 * time.Minute

// delay is the wait before the next attempt: what the server asks for, within
// reason, and else twice as long each time.
func (f *fetcher) delay(attempt int, asked time.Duration) time.Duration {
	if asked > 0 {
		return min(asked, maxDelay)
	}
	return min(f.config.backoff<<(attempt-1), maxDelay)
}

// retryable is a failure that may pass.
type retryable struct {
	err   error
	after time.Duration // the wait that the server asks for
	own   bool          // err stays as it is when it does not pass
}

func (e *retryable) Error() string { return e.err.Error() }
func (e *retryable) Unwrap() error { return e.err }

// download is the fetching of one file.
type download struct {
	*fetcher
	wanted wanted
	url    *url.URL
	path   string  // from the folder
	known  *Record // on disk and as the archive says; nil otherwise
	fresh  bool    // the part on disk must not be used
}

// try makes one attempt.
func (d *download) try(ctx context.Context) (Result, error) {
	if err := d.turns.wait(ctx); err != nil {
		return Result{}, err
	}
	ctx, cancel := context.WithTimeoutCause(ctx, d.config.timeout, errors.New("the download took longer than the timeout"))
	defer cancel()
	part, err := d.openPart()
	if err != nil {
		return Result{}, &localError{err}
	}
	defer func() { part.close(d.fresh) }()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, d.url.String(), nil)
	if err != nil {
		return Result{}, fmt.Errorf("%w: %w", ErrRefused, err)
	}
	d.setHeaders(req, part)
	resp, err := d.config.client.Do(req)
	if err != nil {
		if errors.Is(err, ErrRefused) {
			return Result{}, err
		}
		return Result{}, &retryable{err: cause(ctx, err)}
	}
	defer resp.Body.Close()
	return d.answer(ctx, cancel, resp, part)
}

// cause prefers what ended the context to what the client says about it.
func cause(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	return err
}

func (d *download) setHeaders(req *http.Request, part *part) {
	req.Header.Set("User-Agent", d.config.userAgent)
	req.Header.Set("Accept-Encoding", "identity")
	if IsPDF(d.wanted.file) {
		req.Header.Set("Accept", "application/pdf, */*;q=0.1")
	}
	switch {
	case d.known != nil:
		if d.known.ETag != "" {
			req.Header.Set("If-None-Match", d.known.ETag)
		}
		if d.known.LastModified != "" {
			req.Header.Set("If-Modified-Since", d.known.LastModified)
		}
	case part.size > 0:
		req.Header.Set("Range", "bytes="+strconv.FormatInt(part.size, 10)+"-")
		req.Header.Set("If-Range", part.validator())
	}
}

func (d *download) answer(ctx context.Context, cancel context.CancelFunc, resp *http.Response, part *part) (Result, error) {
	switch code := resp.StatusCode; {
	case code == http.StatusNotModified && d.known != nil:
		rec := *d.known
		rec.Checked = d.config.now().UTC()
		if err := d.folder.note(rec, false); err != nil {
			return Result{}, err
		}
		return Result{Record: rec, Outcome: Unchanged}, nil
	case code == http.StatusPartialContent && part.size > 0:
		if !continues(resp.Header.Get("Content-Range"), part.size, d.size()) {
			d.fresh = true
			return Result{}, &retryable{err: fmt.Errorf("%w: another range than the one asked for came", ErrStatus)}
		}
	case code == http.StatusOK:
		if err := part.restart(); err != nil {
			return Result{}, &localError{err}
		}
	case code == http.StatusRequestedRangeNotSatisfiable:
		d.fresh = true
		return Result{}, &retryable{err: fmt.Errorf("%w: HTTP %d", ErrStatus, code)}
	case code == http.StatusNotFound || code == http.StatusGone:
		return Result{}, fmt.Errorf("%w: HTTP %d", ErrNotFound, code)
	case code == http.StatusTooManyRequests || code == http.StatusRequestTimeout || code >= 500 && code != http.StatusNotImplemented:
		return Result{}, &retryable{err: fmt.Errorf("%w: HTTP %d", ErrStatus, code), after: retryAfter(resp.Header.Get("Retry-After"), d.config.now())}
	default:
		return Result{}, fmt.Errorf("%w: HTTP %d", ErrStatus, code)
	}
	return d.receive(ctx, cancel, resp, part)
}

// size is what the archive says about the size, 0 where it says nothing or does
// not matter.
func (d *download) size() int64 {
	if d.config.anySize {
		return 0
	}
	return d.wanted.file.Size
}

// receive takes the body of a good answer and finishes the file.
func (d *download) receive(ctx context.Context, cancel context.CancelFunc, resp *http.Response, part *part) (Result, error) {
	if enc := resp.Header.Get("Content-Encoding"); enc != "" && !strings.EqualFold(enc, "identity") {
		return Result{}, fmt.Errorf("%w: the content is encoded (%.20q) though this was not asked for", ErrStatus, enc)
	}
	if media, _, _ := mime.ParseMediaType(resp.Header.Get("Content-Type")); media == "text/html" && IsPDF(d.wanted.file) {
		return Result{}, fmt.Errorf("%w but a web page", ErrNotPDF)
	}
	total := resp.ContentLength
	if total >= 0 {
		total += part.size
	}
	if err := d.checkSize(total); err != nil {
		return Result{}, err
	}
	rec := Record{
		File: d.wanted.file.URI, Document: d.wanted.document.URI, Decision: d.wanted.decision, Path: d.path,
		URL: resp.Request.URL.Redacted(), ETag: header(resp, "ETag"), LastModified: header(resp, "Last-Modified"),
	}
	// Such a record is of use only if the part can be gone on with.
	if part.size == 0 && validator(rec) != "" && (total < 0 || total >= d.config.resumeFrom) {
		if err := d.folder.note(rec, true); err != nil {
			return Result{}, err
		}
		part.keep = true
	}
	if part.size > 0 && validator(rec) == "" {
		rec.ETag, rec.LastModified = part.record.ETag, part.record.LastModified
	}
	if err := d.copy(ctx, cancel, resp.Body, part); err != nil {
		return Result{}, err
	}
	if want := d.size(); want > 0 && part.size != want {
		d.fresh = true // what is on disk is of no use
		return Result{}, &retryable{err: fmt.Errorf("%w: %d bytes instead of %d", ErrSize, part.size, want), own: true}
	}
	rec.Size, rec.SHA256 = part.size, part.digest()
	rec.Fetched = d.config.now().UTC()
	rec.Checked = rec.Fetched
	if err := part.finish(); err != nil {
		return Result{}, &localError{err}
	}
	if err := d.folder.note(rec, false); err != nil {
		return Result{}, err
	}
	return Result{Record: rec, Outcome: Downloaded}, nil
}

// checkSize looks at the size that the server announces, -1 where it does not.
func (d *download) checkSize(total int64) error {
	if total > d.config.maxSize {
		return fmt.Errorf("%w: %d bytes", ErrTooLarge, total)
	}
	if want := d.size(); want > 0 && total >= 0 && total != want {
		d.fresh = true
		return &retryable{err: fmt.Errorf("%w: %d bytes instead of %d", ErrSize, total, want), own: true}
	}
	return nil
}

// copy moves the body to the part. It looks at the beginning of a new one, and
// stops when nothing comes for too long, or too much.
func (d *download) copy(ctx context.Context, cancel context.CancelFunc, body io.Reader, part *part) error {
	idle := time.AfterFunc(d.config.idle, cancel)
	defer idle.Stop()
	in := bufio.NewReaderSize(readerFunc(func(p []byte) (int, error) {
		n, err := body.Read(p)
		idle.Reset(d.config.idle)
		return n, err
	}), 64<<10)
	if part.size == 0 && IsPDF(d.wanted.file) {
		head, err := in.Peek(pdfHead)
		if err != nil && !errors.Is(err, io.EOF) {
			return d.broken(ctx, err)
		}
		if len(head) > 0 && !bytes.Contains(head, []byte("%PDF-")) {
			return fmt.Errorf("%w: it begins with %.40q", ErrNotPDF, head)
		}
	}
	limit := d.config.maxSize
	if want := d.size(); want > 0 {
		limit = want // one byte more shows that the size is wrong
	}
	n, err := io.Copy(part, io.LimitReader(in, limit+1-part.size))
	var local *localError
	switch {
	case errors.As(err, &local):
		return local
	case err != nil:
		return d.broken(ctx, err)
	case part.size > d.config.maxSize:
		d.fresh = true
		return fmt.Errorf("%w: more than %d bytes", ErrTooLarge, d.config.maxSize)
	case n == 0 && part.size == 0:
		return &retryable{err: fmt.Errorf("%w: nothing came", ErrSize), own: true}
	}
	return nil
}

// pdfHead is how many bytes at the beginning of a PDF may stand before its mark.
const pdfHead = 1024

func (d *download) broken(ctx context.Context, err error) error {
	err = cause(ctx, err)
	if errors.Is(err, context.Canceled) { // by the timer, or by the caller, who will not look at this
		err = fmt.Errorf("nothing came for %s", d.config.idle)
	}
	return &retryable{err: fmt.Errorf("the download broke off: %w", err)}
}

type readerFunc func([]byte) (int, error)

func (f readerFunc) Read(p []byte) (int, error) { return f(p) }

// header returns a header for the register, or nothing where it is unreasonable.
func header(resp *http.Response, name string) string {
	v := resp.Header.Get(name)
	if len(v) > 512 || strings.ContainsFunc(v, func(r rune) bool { return r < ' ' || r > '~' }) {
		return ""
	}
	return v
}

// validator returns what If-Range takes: a strong ETag or a date (RFC 9110,
// 13.1.5).
func validator(r Record) string {
	if r.ETag != "" && !strings.HasPrefix(r.ETag, "W/") {
		return r.ETag
	}
	return r.LastModified
}

// continues reports whether a Content-Range ("bytes 100-199/200") goes on from
// an offset to the end of a file of the expected size (0: any).
func continues(contentRange string, from, size int64) bool {
	span, ok := strings.CutPrefix(contentRange, "bytes ")
	if !ok {
		return false
	}
	span, total, _ := strings.Cut(span, "/")
	first, last, _ := strings.Cut(span, "-")
	start, err1 := strconv.ParseInt(first, 10, 64)
	end, err2 := strconv.ParseInt(last, 10, 64)
	if err1 != nil || err2 != nil || start != from || end < start {
		return false
	}
	if n, err := strconv.ParseInt(total, 10, 64); err == nil {
		return n == end+1 && (size == 0 || n == size)
	}
	return total == "*" && (size == 0 || end+1 == size)
}

func retryAfter(value string, now time.Time) time.Duration {
	if seconds, err := strconv.Atoi(strings.TrimSpace(value)); err == nil && seconds > 0 {
		return time.Duration(min(seconds, 3600)) * time.Second
	}
	if at, err := http.ParseTime(value); err == nil {
		return at.Sub(now)
	}
	return 0
}
