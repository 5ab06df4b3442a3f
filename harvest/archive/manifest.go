package archive

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/themis-go/themis/harvest"
)

// Manifest returns the manifest of the last run that ended. The error is
// [ErrEmpty] where none has.
func (a *Archive) Manifest(ctx context.Context) (harvest.Manifest, error) {
	var m harvest.Manifest
	var data []byte
	err := a.read.QueryRowContext(ctx, "SELECT manifest FROM run WHERE ended IS NOT NULL ORDER BY id DESC LIMIT 1").Scan(&data)
	if errors.Is(err, sql.ErrNoRows) {
		return m, &Error{Path: a.path, Op: "read the manifest", Err: ErrEmpty}
	}
	if err == nil {
		err = json.Unmarshal(data, &m)
	}
	return m, a.fail("read the manifest", err)
}

// Verify checks the file itself and computes the counts and digests of the
// manifest anew. It returns what it computed, with the rest of the manifest.
// Where that differs the error is an [ErrDigest] that names the classes, and
// [ErrCorrupt] where the file is damaged.
func (a *Archive) Verify(ctx context.Context) (harvest.Manifest, error) {
	const op = "verify"
	var result string
	if err := a.read.QueryRowContext(ctx, "PRAGMA integrity_check(1)").Scan(&result); err != nil {
		return harvest.Manifest{}, a.fail(op, err)
	}
	if result != "ok" {
		return harvest.Manifest{}, a.fail(op, fmt.Errorf("%w: %s", ErrCorrupt, result))
	}
	// One transaction: a run that goes on meanwhile changes nothing of what is seen.
	tx, err := a.read.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return harvest.Manifest{}, a.fail(op, err)
	}
	defer tx.Rollback()
	stored, err := a.Manifest(ctx)
	if err != nil {
		return stored, err
	}
	m := stored
	found, err := a.measure(ctx, tx)
	if err != nil {
		return m, a.fail(op, err)
	}
	m.Subjects, m.Triples, m.Decisions, m.Digest, m.Classes = found.Subjects, found.Triples, found.Decisions, found.Digest, found.Classes
	if m.Digest == stored.Digest && m.Decisions == stored.Decisions {
		return m, nil
	}
	differ := ""
	for _, c := range m.Classes {
		if stored.Class(c.Class) != c {
			differ += fmt.Sprintf("; class %q: %d triples where the manifest says %d", c.Class, c.Triples, stored.Class(c.Class).Triples)
		}
	}
	var under int
	if err := tx.QueryRowContext(ctx, "SELECT COUNT(*) FROM run WHERE ended IS NULL AND id > (SELECT MAX(id) FROM run WHERE ended IS NOT NULL)").Scan(&under); err == nil && under > 0 {
		differ += "; a run that has not ended wrote to it: run the harvest again"
	}
	return m, a.fail(op, fmt.Errorf("%w: %d triples with digest %s where the manifest says %d with %s%s",
		ErrDigest, m.Triples, m.Digest, stored.Triples, stored.Digest, differ))
}
