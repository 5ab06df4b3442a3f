package report

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// ErrNoBrowser is returned by [PDF] where no Chromium or Chrome is installed.
var ErrNoBrowser = errors.New("report: PDF needs Chromium or Chrome; install one (Debian: apt-get install chromium), or name it in $THEMIS_CHROMIUM")

// printTime is the most time that printing takes, where the context sets no
// earlier end.
const printTime = 2 * time.Minute

// browsers are the names under which Chromium and Chrome are installed.
var browsers = []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"}

// Browser returns the path of the Chromium or Chrome that [PDF] uses: the one
// that the environment variable THEMIS_CHROMIUM names, else the first of those
// usual on the search path. The error is [ErrNoBrowser] where there is none.
func Browser() (string, error) {
	if named := os.Getenv("THEMIS_CHROMIUM"); named != "" {
		path, err := exec.LookPath(named)
		if err != nil {
			return "", fmt.Errorf("%w: $THEMIS_CHROMIUM: %w", ErrNoBrowser, err)
		}
		return path, nil
	}
	for _, name := range browsers {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", ErrNoBrowser
}

// PDF prints a page, such as [HTML] writes, by the Chromium or Chrome that is
// installed. The browser runs without a window, in a profile of its own that is
// removed afterwards; it has no network to speak of: names of hosts lead
// nowhere. It ends with ctx, and after two minutes at the latest.
//
// Where the program runs as root the browser's sandbox does not work and is
// left out: print only pages of your own then.
func PDF(ctx context.Context, w io.Writer, page io.Reader) error {
	browser, err := Browser()
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "themis-pdf-")
	if err != nil {
		return fmt.Errorf("report: PDF: %w", err)
	}
	defer os.RemoveAll(dir)
	source, target := filepath.Join(dir, "page.html"), filepath.Join(dir, "page.pdf")
	f, err := os.Create(source)
	if err != nil {
		return fmt.Errorf("report: PDF: %w", err)
	}
	_, err = io.Copy(f, page)
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	if err != nil {
		return fmt.Errorf("report: PDF: read the page: %w", err)
	}
	if err := printPage(ctx, browser, dir, source, target); err != nil {
		return err
	}
	out, err := os.Open(target)
	if err != nil {
		return fmt.Errorf("report: PDF: %s printed nothing: %w", browser, err)
	}
	defer out.Close()
	if _, err := io.Copy(w, out); err != nil {
		return fmt.Errorf("report: PDF: %w", err)
	}
	return nil
}

func printPage(ctx context.Context, browser, dir, source, target string) error {
	ctx, cancel := context.WithTimeout(ctx, printTime)
	defer cancel()
	args := []string{
		"--headless", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
		"--disable-component-update", "--disable-sync", "--disable-extensions", "--no-pdf-header-footer",
		"--host-resolver-rules=MAP * ~NOTFOUND", "--user-data-dir=" + filepath.Join(dir, "profile"), "--print-to-pdf=" + target,
	}
	if os.Geteuid() == 0 {
		args = append(args, "--no-sandbox")
	}
	cmd := exec.CommandContext(ctx, browser, append(args, "file://"+filepath.ToSlash(source))...)
	// The browser starts others, which must not keep Wait waiting.
	cmd.WaitDelay = 5 * time.Second
	said, err := cmd.CombinedOutput()
	switch {
	case ctx.Err() != nil:
		return fmt.Errorf("report: PDF: %s was stopped: %w", browser, ctx.Err())
	case err != nil && !errors.Is(err, exec.ErrWaitDelay):
		return fmt.Errorf("report: PDF: %s failed: %w: %s", browser, err, lastLine(string(said)))
	}
	return nil
}

// lastLine is the last line that a program said, for an error.
func lastLine(s string) string {
	lines := strings.Split(strings.TrimSpace(s), "\n")
	return shorten(oneLine(lines[len(lines)-1]), 200)
}
