// Package sharedtest finds the real data that tests use by path and that is
// not part of the repository.
package sharedtest

import (
	"os"
	"path/filepath"
	"testing"
)

// Root returns the folder of the real data: $THEMIS_SHARED, by default the
// folder "shared" beside the module's. It is absolute.
func Root() string {
	if dir := os.Getenv("THEMIS_SHARED"); dir != "" {
		return dir
	}
	return filepath.Join(filepath.Dir(ModuleRoot()), "shared")
}

// ModuleRoot returns the folder that holds go.mod, seen from the working
// directory (a test's own package folder).
func ModuleRoot() string {
	dir, err := os.Getwd()
	if err != nil {
		return "."
	}
	for d := dir; ; d = filepath.Dir(d) {
		if _, err := os.Stat(filepath.Join(d, "go.mod")); err == nil {
			return d
		}
		if d == filepath.Dir(d) {
			return dir
		}
	}
}

// Path returns the path of a file or folder of the real data and skips the
// test, saying so, where it is absent.
func Path(tb testing.TB, name string) string {
	tb.Helper()
	path := filepath.Join(Root(), filepath.FromSlash(name))
	if _, err := os.Stat(path); err != nil {
		tb.Skipf("SKIPPED: the real data %s is not here (%v); set THEMIS_SHARED to its folder", name, err)
	}
	return path
}
