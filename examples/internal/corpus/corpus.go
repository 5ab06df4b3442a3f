// Package corpus opens the decisions that an example works on: an archive as
// it is, or anything else by harvesting it into one.
package corpus

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/themis-go/themis/harvest"
	"github.com/themis-go/themis/harvest/archive"
	"github.com/themis-go/themis/rdf/sparql"
)

// Options say what to open.
type Options struct {
	// From is what the user named: empty for the embedded sample (or for
	// Archive, where that exists), an address for a SPARQL endpoint, a file or
	// folder of RDF, or an archive.
	From string
	// Archive is the file in which a harvest is kept; empty: a temporary one.
	Archive string
	// Since and Until limit a harvest to meetings of these dates.
	Since, Until time.Time
	// Progress is told how far a harvest is.
	Progress func(harvest.Update)
}

// Corpus is an open archive and, where it was just filled, how that went.
type Corpus struct {
	*archive.Archive
	// Harvest is nil where the archive was opened as it is.
	Harvest *harvest.Result

	temporary string
}

// Open opens or harvests what the options name. A harvest that ends in an
// error leaves what it got in Options.Archive, where that was given.
func Open(ctx context.Context, o Options) (*Corpus, error) {
	if o.From == "" && o.Archive != "" && isFile(o.Archive) {
		return open(o.Archive)
	}
	if IsArchive(o.From) {
		return open(o.From)
	}
	src, err := Source(o.From)
	if err != nil {
		return nil, err
	}
	c := new(Corpus)
	path := o.Archive
	if path == "" {
		if c.temporary, err = os.MkdirTemp("", "themis-"); err != nil {
			return nil, err
		}
		path = filepath.Join(c.temporary, "themis.db")
	}
	if c.Archive, err = archive.Open(path); err != nil {
		_ = c.Close()
		return nil, err
	}
	opts := []harvest.Option{harvest.Since(o.Since), harvest.Until(o.Until)}
	if o.Progress != nil {
		opts = append(opts, harvest.Progress(o.Progress))
	}
	if c.Harvest, err = harvest.Run(ctx, src, c.Archive, opts...); err != nil {
		_ = c.Close()
		return nil, err
	}
	return c, nil
}

// open opens an archive so that an index can be kept in it, or for reading
// only where it cannot be written to.
func open(path string) (*Corpus, error) {
	a, err := archive.Open(path)
	if errors.Is(err, fs.ErrPermission) || errors.Is(err, archive.ErrReadOnly) {
		a, err = archive.Open(path, archive.ReadOnly())
	}
	if err != nil {
		return nil, err
	}
	return &Corpus{Archive: a}, nil
}

// Close closes the archive and removes a temporary one.
func (c *Corpus) Close() error {
	var err error
	if c.Archive != nil {
		err = c.Archive.Close()
	}
	if c.temporary != "" {
		err = errors.Join(err, os.RemoveAll(c.temporary))
	}
	return err
}

// Source returns the source of a harvest that the user named.
func Source(from string) (harvest.Source, error) {
	switch {
	case from == "":
		return harvest.Sample(), nil
	case isAddress(from):
		return harvest.Endpoint(sparql.NewClient(from)), nil
	}
	if _, err := os.Stat(from); err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			return nil, fmt.Errorf("%s: no such file or folder", from)
		}
		return nil, err
	}
	return harvest.Files(from), nil
}

// IsArchive tells whether the user named an archive: a file that ends in .db,
// or that SQLite wrote.
func IsArchive(from string) bool {
	if from == "" || isAddress(from) || !isFile(from) {
		return false
	}
	if strings.EqualFold(filepath.Ext(from), ".db") {
		return true
	}
	f, err := os.Open(from)
	if err != nil {
		return false
	}
	defer f.Close()
	const magic = "SQLite format 3\x00"
	head := make([]byte, len(magic))
	n, _ := f.Read(head)
	return string(head[:n]) == magic
}

func isAddress(from string) bool {
	return strings.HasPrefix(from, "http://") || strings.HasPrefix(from, "https://")
}

func isFile(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}
