package site

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/themis-go/themis/internal/npmtest"
	"github.com/themis-go/themis/report"
)

// TestChromium walks a site in a browser: axe-core in light and dark, wide and
// at 360 pixels, searching, citations, the keyboard alone, no JavaScript,
// printing. THEMIS_SCREENSHOTS names a folder to keep the pictures in.
func TestChromium(t *testing.T) {
	browser, err := report.Browser()
	if err != nil {
		t.Skipf("SKIPPED: the pages were not walked in a browser: %v", err)
	}
	folder := npmtest.Folder(t, "playwright-core@1.65.1", "axe-core@4.14.1")
	walkSite(t, browser, npmtest.Script(t, folder, "testdata/walk.mjs"), config(t, fixture()))
}

func walkSite(t *testing.T, browser, script string, c Config) {
	dir := write(t, c)
	server := httptest.NewServer(http.FileServer(http.Dir(dir)))
	defer server.Close()
	shots := os.Getenv("THEMIS_SCREENSHOTS")
	if shots == "" {
		shots = filepath.Join(t.TempDir(), "shots")
	}
	ctx, cancel := context.WithTimeout(context.Background(), 8*time.Minute)
	defer cancel()
	var out, said bytes.Buffer
	cmd := exec.CommandContext(ctx, "node", script, browser, server.URL, dir, shots)
	cmd.Stdout, cmd.Stderr, cmd.WaitDelay = &out, &said, 5*time.Second
	require.NoError(t, cmd.Run(), "%s", said.String())
	var result struct {
		Done     []string
		Problems map[string][]string
	}
	require.NoError(t, json.Unmarshal(out.Bytes(), &result), "%s", out.String())
	assert.Len(t, result.Done, 10)
	for check, list := range result.Problems {
		for _, problem := range list {
			t.Errorf("%s: %s", check, problem)
		}
	}
	if said.Len() > 0 {
		t.Log(said.String())
	}
}

// TestChromiumHostile opens the pages of hostile decisions: nothing in them runs.
func TestChromiumHostile(t *testing.T) {
	browser, err := report.Browser()
	if err != nil {
		t.Skipf("SKIPPED: the pages were not walked in a browser: %v", err)
	}
	folder := npmtest.Folder(t, "playwright-core@1.65.1", "axe-core@4.14.1")
	c := config(t, hostile())
	c.Agreement = hostileAgreement(t)
	dir := write(t, c)
	server := httptest.NewServer(http.FileServer(http.Dir(dir)))
	defer server.Close()
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Minute)
	defer cancel()
	out, err := exec.CommandContext(ctx, "node", npmtest.Script(t, folder, "testdata/hostile.mjs"), browser, server.URL, dir).CombinedOutput()
	require.NoError(t, err, "%s", out)
}
