//go:build !(darwin || dragonfly || freebsd || linux || netbsd || openbsd)

package documents

import "os"

// lockFile does nothing where the system has no flock: that one process at a
// time uses the folder is then up to its users.
func lockFile(*os.File) error { return nil }
