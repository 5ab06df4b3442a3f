package harvest

import (
	"runtime/debug"
	"strings"
)

const modulePath = "github.com/themis-go/themis"

// LibraryVersion names this library and its version, for manifests: "themis-go
// v1.2.3", or "(devel)" where it was not built from a release.
func LibraryVersion() string {
	version := "(devel)"
	if info, ok := debug.ReadBuildInfo(); ok {
		if info.Main.Path == modulePath && info.Main.Version != "" {
			version = info.Main.Version
		}
		for _, dep := range info.Deps {
			if dep.Path == modulePath {
				version = dep.Version
			}
		}
	}
	return strings.TrimSpace("themis-go " + version)
}
