package archive

import (
	"context"
	"database/sql"
	"errors"
	"net/url"
	"path/filepath"
)

// writerLock lets one run at a time write to an archive. It is a transaction on
// an empty database beside the archive: the system releases it when the process
// ends, however that happens, on every platform that SQLite runs on.
type writerLock struct{ db *sql.DB }

func (a *Archive) lock(ctx context.Context) (*writerLock, error) {
	path := a.path + ".lock"
	u := url.URL{Scheme: "file", Opaque: (&url.URL{Path: filepath.ToSlash(path)}).EscapedPath(),
		RawQuery: url.Values{"_pragma": {"busy_timeout(0)"}}.Encode()}
	db, err := sql.Open("sqlite", u.String())
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1)
	db.SetConnMaxLifetime(0)
	if _, err := db.ExecContext(ctx, "BEGIN EXCLUSIVE"); err != nil {
		if classified := classify(err); errors.Is(classified, ErrLocked) {
			err = ErrLocked
		}
		return nil, errors.Join(err, db.Close())
	}
	return &writerLock{db: db}, nil
}

func (l *writerLock) release() error {
	if l == nil || l.db == nil {
		return nil
	}
	db := l.db
	l.db = nil
	return db.Close()
}
