package virtuosotest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"github.com/themis-go/themis/internal/sharedtest"
)

func (e *Engine) startProxy(tb testing.TB, c Config) {
	tb.Helper()
	python := find(tb, "python3")
	script := sharedtest.Path(tb, "endpoint/dispatcher.py")
	port := freePort(tb)
	layer, files := c.Layer, c.Files
	if layer == "" {
		layer = "mu"
	}
	if files == "" {
		files = e.dir
	}
	log := e.spawn(tb, "dispatcher", "env", "PYTHONDONTWRITEBYTECODE=1", python, script,
		"--port", strconv.Itoa(port), "--backend", e.URL, "--files", files, "--layer", layer)
	base := fmt.Sprintf("http://127.0.0.1:%d", port)
	waitHTTP(tb, base+"/favicon.ico", 30*time.Second, log)
	e.ProxyURL = base + "/sparql"
}

// ProxyState is what the dispatcher reports: the fault that is set, for how
// many more requests, and how many requests it has seen since it was cleared.
type ProxyState struct {
	Fault string
	Times int
	Match string
	Seen  int
}

// SetFault makes the dispatcher's next requests whose path or query contains
// match fail as the named fault does (see the endpoint's own description).
func (e *Engine) SetFault(tb testing.TB, fault string, times int, match string) {
	tb.Helper()
	e.admin(tb, url.Values{"set": {fault}, "times": {strconv.Itoa(times)}, "match": {match}})
}

// ClearFaults ends the injection and sets the request counter to 0.
func (e *Engine) ClearFaults(tb testing.TB) {
	tb.Helper()
	e.admin(tb, url.Values{"clear": {"1"}})
}

// State asks the dispatcher for its state.
func (e *Engine) State(tb testing.TB) ProxyState {
	tb.Helper()
	return e.admin(tb, nil)
}

func (e *Engine) admin(tb testing.TB, v url.Values) (s ProxyState) {
	tb.Helper()
	u, err := url.Parse(e.ProxyURL)
	if err != nil {
		tb.Fatal(err)
	}
	u.Path, u.RawQuery = "/__fault", v.Encode()
	client := &http.Client{Timeout: 10 * time.Second, Transport: &http.Transport{DisableKeepAlives: true}}
	r, err := client.Get(u.String())
	if err != nil {
		tb.Fatalf("virtuosotest: dispatcher: %v", err)
	}
	defer r.Body.Close()
	if err := json.NewDecoder(r.Body).Decode(&s); err != nil {
		tb.Fatalf("virtuosotest: dispatcher: %v", err)
	}
	return s
}

// Dump returns the folder of a dump of the whole corpus in Themis's model
// (load/, files/, history/, edge/, manifest.json), made from the real data
// once per machine and scale. The test is skipped, loudly, without that data.
// The folder is shared: do not write to it.
func Dump(tb testing.TB, scale int) string {
	tb.Helper()
	script := sharedtest.Path(tb, "endpoint/make_dump.py")
	info, err := os.Stat(script)
	if err != nil {
		tb.Fatal(err)
	}
	dir := filepath.Join(os.TempDir(), fmt.Sprintf("themis-test-dump-%d-%x-%x", scale, info.Size(), info.ModTime().Unix()))
	if _, err := os.Stat(filepath.Join(dir, "manifest.json")); err == nil {
		return dir
	}
	python := find(tb, "python3")
	tmp, err := os.MkdirTemp(os.TempDir(), "themis-test-dump-")
	if err != nil {
		tb.Fatal(err)
	}
	cmd := exec.Command(python, script, "--out", filepath.Join(tmp, "dump"), "--scale", strconv.Itoa(scale))
	cmd.Env = append(os.Environ(), "PYTHONDONTWRITEBYTECODE=1")
	if out, err := cmd.CombinedOutput(); err != nil {
		tb.Fatalf("virtuosotest: make_dump: %v\n%s", err, out)
	}
	// Another test process may have been faster; either result is the same.
	if err := os.Rename(filepath.Join(tmp, "dump"), dir); err != nil {
		if _, statErr := os.Stat(filepath.Join(dir, "manifest.json")); statErr != nil {
			tb.Fatal(err)
		}
	}
	_ = os.RemoveAll(tmp)
	return dir
}
