package archive

import (
	"context"
	"database/sql"
	"errors"
)

// PutBlob stores data that was derived from the archive, such as an index,
// under a key. It replaces what was there. Keep [Archive.Version] with it to
// know whether it is still up to date.
func (a *Archive) PutBlob(ctx context.Context, key string, data []byte) error {
	return a.update(ctx, "store "+key, func(tx *sql.Tx) error {
		if data == nil {
			data = []byte{}
		}
		_, err := tx.ExecContext(ctx, "INSERT INTO blob (key, data) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET data = excluded.data", key, data)
		return err
	})
}

// Blob returns what [Archive.PutBlob] stored; [ErrNotFound] where it stored nothing.
func (a *Archive) Blob(ctx context.Context, key string) ([]byte, error) {
	var data []byte
	err := a.read.QueryRowContext(ctx, "SELECT data FROM blob WHERE key = ?", key).Scan(&data)
	if err == nil && data == nil {
		data = []byte{}
	}
	return data, a.fail("read "+key, err)
}

// DeleteBlob removes what is stored under a key, if anything is.
func (a *Archive) DeleteBlob(ctx context.Context, key string) error {
	return a.update(ctx, "remove "+key, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, "DELETE FROM blob WHERE key = ?", key)
		return err
	})
}

// Version returns a text that changes with every change of the triples or the
// decisions in the archive, and only then.
func (a *Archive) Version(ctx context.Context) (string, error) {
	v, err := meta(ctx, a.read, "sequence")
	if errors.Is(err, sql.ErrNoRows) {
		return "0", nil
	}
	return v, a.fail("read its version", err)
}

type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

func meta(ctx context.Context, q querier, key string) (string, error) {
	var v string
	err := q.QueryRowContext(ctx, "SELECT value FROM meta WHERE key = ?", key).Scan(&v)
	return v, err
}

func setMeta(ctx context.Context, tx *sql.Tx, key, value string) error {
	_, err := tx.ExecContext(ctx, "INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value", key, value)
	return err
}

// bump moves the sequence on: the contents changed.
func bump(ctx context.Context, tx *sql.Tx) error {
	_, err := tx.ExecContext(ctx, "INSERT INTO meta (key, value) VALUES ('sequence', '1') ON CONFLICT (key) DO UPDATE SET value = value + 1")
	return err
}
