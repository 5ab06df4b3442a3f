//go:build darwin || dragonfly || freebsd || linux || netbsd || openbsd

package documents

import (
	"errors"
	"os"
	"syscall"
)

// lockFile locks the file until it is closed, also by the end of the process.
func lockFile(f *os.File) error {
	err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	if errors.Is(err, syscall.EWOULDBLOCK) {
		return ErrInUse
	}
	return err
}
