// Package npmtest installs packages of the npm registry for tests that hold
// this library to programs written in JavaScript: other engines, readers of the
// files it writes, checkers of the pages it makes.
package npmtest

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// Folder returns a folder whose node_modules holds the given packages, each
// with its version ("oxigraph@0.5.0"). They are installed once for a machine, in
// the user's cache; do not write to the folder. Without node or npm the test is
// skipped, loudly; where both are there but the packages cannot be installed it
// fails when the environment variable CI is set, and is skipped otherwise.
func Folder(tb testing.TB, packages ...string) string {
	tb.Helper()
	for _, program := range []string{"node", "npm"} {
		if _, err := exec.LookPath(program); err != nil {
			tb.Skipf("SKIPPED: %s is missing, so nothing was held to %s: install Node.js 20 or later", program, strings.Join(packages, ", "))
		}
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		cache = os.TempDir()
	}
	name := strings.Map(func(r rune) rune {
		if strings.ContainsRune(`/\ :`, r) {
			return '_'
		}
		return r
	}, strings.Join(packages, "+"))
	dir := filepath.Join(cache, "themis-test", "npm", name)
	if _, err := os.Stat(filepath.Join(dir, "node_modules")); err != nil {
		install(tb, dir, packages)
	}
	return dir
}

func install(tb testing.TB, dir string, packages []string) {
	tb.Helper()
	if err := os.MkdirAll(filepath.Dir(dir), 0o755); err != nil {
		tb.Fatal(err)
	}
	pending, err := os.MkdirTemp(filepath.Dir(dir), "pending-*")
	if err != nil {
		tb.Fatal(err)
	}
	defer os.RemoveAll(pending)
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Minute)
	defer cancel()
	args := append([]string{"install", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix", pending}, packages...)
	if out, err := exec.CommandContext(ctx, "npm", args...).CombinedOutput(); err != nil {
		if os.Getenv("CI") != "" {
			tb.Fatalf("npm install %s failed, and this test is not skipped in CI: %v\n%s", strings.Join(packages, " "), err, out)
		}
		tb.Skipf("SKIPPED: npm install %s: %v\n%s", strings.Join(packages, " "), err, out)
	}
	// Another test process may have been faster; either result is the same.
	if err := os.Rename(pending, dir); err != nil {
		if _, err := os.Stat(filepath.Join(dir, "node_modules")); err != nil {
			tb.Fatalf("npm install %s: %v", strings.Join(packages, " "), err)
		}
	}
}

// Script copies a script into a folder of the test's own, from which it can
// import the packages installed in folder, and returns its path there.
func Script(tb testing.TB, folder, script string) string {
	tb.Helper()
	text, err := os.ReadFile(script)
	if err != nil {
		tb.Fatal(err)
	}
	dir := tb.TempDir()
	path := filepath.Join(dir, filepath.Base(script))
	if err := os.WriteFile(path, text, 0o644); err != nil {
		tb.Fatal(err)
	}
	if err := os.Symlink(filepath.Join(folder, "node_modules"), filepath.Join(dir, "node_modules")); err != nil {
		tb.Fatal(err)
	}
	return path
}
