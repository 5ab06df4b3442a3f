package archive

import (
	"bytes"
	"context"
	"database/sql"
	_ "embed"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"strconv"

	_ "modernc.org/sqlite" // the database driver
)

const (
	// applicationID marks the file as an archive: "them".
	applicationID = 0x7468656d
	// schemaVersion is raised whenever schema.sql changes.
	schemaVersion = 1

	writerCache = 8 // times the cache of a reading connection
	idleReaders = 2 // connections for reading that are kept open
)

//go:embed schema.sql
var schema string

// Archive is an open archive. It is safe for use by many goroutines.
type Archive struct {
	path     string
	readOnly bool
	read     *sql.DB
	write    *sql.DB // one connection; nil where read only
	cacheKiB int
}

// Option changes how an archive is opened.
type Option func(*Archive)

// ReadOnly opens an archive that must exist, for reading only.
func ReadOnly() Option { return func(a *Archive) { a.readOnly = true } }

// Cache sets the memory that each connection uses to cache pages, in KiB; the
// default is 2048.
func Cache(kib int) Option { return func(a *Archive) { a.cacheKiB = max(kib, 64) } }

// Open opens the archive at path. Unless [ReadOnly] is given it is made where
// there is none. A file that is something else, is damaged, or was made by a
// newer version is left alone: the error is [ErrNotArchive], [ErrCorrupt] or
// [ErrNewer].
func Open(path string, opts ...Option) (*Archive, error) {
	a := &Archive{path: path, cacheKiB: 2048}
	for _, opt := range opts {
		opt(a)
	}
	fresh, err := a.inspect()
	if err != nil {
		return nil, a.fail("open", err)
	}
	if err := a.connect(fresh); err != nil {
		return nil, errors.Join(a.fail("open", err), a.Close())
	}
	return a, nil
}

// Path returns the path that the archive was opened by.
func (a *Archive) Path() string { return a.path }

// Close closes the archive.
func (a *Archive) Close() error {
	var errs []error
	for _, db := range []*sql.DB{a.read, a.write} {
		if db != nil {
			errs = append(errs, db.Close())
		}
	}
	return a.fail("close", errors.Join(errs...))
}

// inspect looks at the file before SQLite does, which would write a header into
// an empty file and take a while to find out that another is damaged.
func (a *Archive) inspect() (fresh bool, err error) {
	f, err := os.Open(a.path)
	if errors.Is(err, os.ErrNotExist) && !a.readOnly {
		if info, err := os.Stat(filepath.Dir(a.path)); err != nil {
			return false, err
		} else if !info.IsDir() {
			return false, fmt.Errorf("%s is no directory", filepath.Dir(a.path))
		}
		return true, nil
	}
	if err != nil {
		return false, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return false, err
	}
	if info.IsDir() {
		return false, fmt.Errorf("%w: it is a directory", ErrNotArchive)
	}
	if info.Size() == 0 && !a.readOnly {
		return true, nil
	}
	var head [100]byte
	if _, err := io.ReadFull(f, head[:]); err != nil || !bytes.HasPrefix(head[:], []byte("SQLite format 3\x00")) {
		return false, ErrNotArchive
	}
	// The journal may hold pages that the file lacks: then the size tells nothing.
	if wal, err := os.Stat(a.path + "-wal"); err == nil && wal.Size() > 0 {
		return false, nil
	}
	page := int64(binary.BigEndian.Uint16(head[16:]))
	if page == 1 {
		page = 65536
	}
	if pages := int64(binary.BigEndian.Uint32(head[28:])); pages*page > info.Size() {
		return false, fmt.Errorf("%w: it has %d bytes where it should have %d", ErrCorrupt, info.Size(), pages*page)
	}
	return false, nil
}

func (a *Archive) connect(fresh bool) (err error) {
	ctx := context.Background()
	if !a.readOnly {
		if a.write, err = sql.Open("sqlite", a.dsn("rwc", "journal_mode(WAL)", "synchronous(NORMAL)", "wal_autocheckpoint(8000)")); err != nil {
			return err
		}
		a.write.SetMaxOpenConns(1)
		if fresh {
			if err := a.create(ctx); err != nil {
				return err
			}
		}
	}
	if a.read, err = sql.Open("sqlite", a.dsn("ro", "query_only(1)")); err != nil {
		return err
	}
	// No limit on connections: a loop over one stream may open another.
	a.read.SetMaxIdleConns(idleReaders)
	if !fresh && !a.readOnly {
		// Where the process that made it was killed, the file has a header only.
		empty, err := a.empty(ctx)
		if err == nil && empty {
			err = a.create(ctx)
		}
		if err != nil {
			return err
		}
	}
	return a.check(ctx)
}

func (a *Archive) dsn(mode string, pragmas ...string) string {
	q := url.Values{"mode": {mode}, "_txlock": {"immediate"}}
	cache := a.cacheKiB
	if mode == "rwc" {
		cache *= writerCache
	}
	pragmas = append(pragmas, "busy_timeout(10000)", "cache_size(-"+strconv.Itoa(cache)+")", "temp_store(1)")
	q["_pragma"] = pragmas
	u := url.URL{Scheme: "file", Opaque: (&url.URL{Path: filepath.ToSlash(a.path)}).EscapedPath(), RawQuery: q.Encode()}
	return u.String()
}

// create writes the tables, in one transaction: a file is empty or whole.
func (a *Archive) create(ctx context.Context) error {
	tx, err := a.write.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	var version int
	if err := tx.QueryRowContext(ctx, "PRAGMA user_version").Scan(&version); err != nil {
		return err
	}
	if version != 0 {
		return nil // another process was faster
	}
	if _, err := tx.ExecContext(ctx, schema); err != nil {
		return err
	}
	for _, pragma := range []string{"application_id", "user_version"} {
		value := map[string]int{"application_id": applicationID, "user_version": schemaVersion}[pragma]
		if _, err := tx.ExecContext(ctx, fmt.Sprintf("PRAGMA %s = %d", pragma, value)); err != nil {
			return err
		}
	}
	return tx.Commit()
}

// empty tells whether the database has nothing in it, not even a mark.
func (a *Archive) empty(ctx context.Context) (bool, error) {
	var id, version, tables int
	for query, dst := range map[string]*int{"PRAGMA application_id": &id, "PRAGMA user_version": &version,
		"SELECT COUNT(*) FROM sqlite_schema": &tables} {
		if err := a.read.QueryRowContext(ctx, query).Scan(dst); err != nil {
			return false, err
		}
	}
	return id == 0 && version == 0 && tables == 0, nil
}

func (a *Archive) check(ctx context.Context) error {
	var id, version int
	if err := a.read.QueryRowContext(ctx, "PRAGMA application_id").Scan(&id); err != nil {
		return err
	}
	if err := a.read.QueryRowContext(ctx, "PRAGMA user_version").Scan(&version); err != nil {
		return err
	}
	switch {
	case id != applicationID:
		return ErrNotArchive
	case version > schemaVersion:
		return fmt.Errorf("%w: it has version %d, this library knows %d", ErrNewer, version, schemaVersion)
	case version < schemaVersion:
		return fmt.Errorf("%w: it has version %d, which was never released", ErrNotArchive, version)
	}
	var tables int
	if err := a.read.QueryRowContext(ctx, "SELECT COUNT(*) FROM sqlite_schema").Scan(&tables); err != nil {
		return err
	}
	if tables == 0 {
		return ErrCorrupt
	}
	return nil
}

// update runs f in a transaction of the writing connection.
func (a *Archive) update(ctx context.Context, op string, f func(tx *sql.Tx) error) error {
	if a.readOnly {
		return a.fail(op, ErrReadOnly)
	}
	tx, err := a.write.BeginTx(ctx, nil)
	if err != nil {
		return a.fail(op, err)
	}
	defer tx.Rollback()
	if err := f(tx); err != nil {
		return a.fail(op, err)
	}
	return a.fail(op, tx.Commit())
}
