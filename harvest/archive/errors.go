package archive

import (
	"database/sql"
	"errors"
	"fmt"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// What errors.Is tells about a failure.
var (
	// ErrNotFound: the archive has no such decision, document or blob.
	ErrNotFound = errors.New("not in the archive")
	// ErrNotArchive: the file is something else. It is left as it is.
	ErrNotArchive = errors.New("the file is no themis archive; choose another name")
	// ErrNewer: a newer version of this library made the archive.
	ErrNewer = errors.New("the archive was made by a newer version of themis; use that version or newer")
	// ErrCorrupt: the file is damaged. It is left as it is.
	ErrCorrupt = errors.New("the archive is damaged; restore a copy, or harvest into a new file")
	// ErrLocked: another process, or another run in this one, is harvesting into the archive.
	ErrLocked = errors.New("another harvest is writing to the archive; wait for its end")
	// ErrReadOnly: the archive was opened by ReadOnly.
	ErrReadOnly = errors.New("the archive was opened for reading only")
	// ErrEmpty: nothing was harvested into the archive yet.
	ErrEmpty = errors.New("nothing was harvested into the archive yet")
	// ErrDigest: what the archive holds is not what its manifest says.
	ErrDigest = errors.New("the archive does not hold what its manifest says")
	// ErrFull: the disk has no room. What was committed before stays.
	ErrFull = errors.New("the disk is full; make room and run again, it goes on where it stopped")
)

// Error is a failed operation on an archive.
type Error struct {
	Path string
	Op   string // what was being done
	Err  error  // a sentinel of this package where one fits
}

// Error names the archive and what failed.
func (e *Error) Error() string { return fmt.Sprintf("archive %s: %s: %v", e.Path, e.Op, e.Err) }

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// fail wraps an error of the database in an [Error].
func (a *Archive) fail(op string, err error) error {
	if err == nil {
		return nil
	}
	var own *Error
	if errors.As(err, &own) {
		return err
	}
	return &Error{Path: a.path, Op: op, Err: classify(err)}
}

// classify puts a sentinel in front of what SQLite says.
func classify(err error) error {
	if errors.Is(err, sql.ErrNoRows) {
		return ErrNotFound
	}
	var s *sqlite.Error
	if !errors.As(err, &s) {
		return err
	}
	sentinel := error(nil)
	switch s.Code() & 0xff {
	case sqlite3.SQLITE_CORRUPT:
		sentinel = ErrCorrupt
	case sqlite3.SQLITE_NOTADB:
		sentinel = ErrNotArchive
	case sqlite3.SQLITE_FULL:
		sentinel = ErrFull
	case sqlite3.SQLITE_READONLY:
		sentinel = ErrReadOnly
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		sentinel = ErrLocked
	default:
		return err
	}
	return fmt.Errorf("%w (%w)", sentinel, err)
}
