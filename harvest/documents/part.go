package documents

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"hash"
	"io"
	"os"
	"path"
)

// part is a file while it arrives. It implements io.Writer; an error of its
// Write is a *localError.
type part struct {
	folder *Folder
	file   *os.File
	name   string // from the folder
	target string
	record Record // of the beginning, when the part is gone on with
	keep   bool   // a later attempt can go on with it
	size   int64
	hash   hash.Hash
}

// openPart opens the part of a download. What an earlier attempt has left is
// kept where the register has its validators, and otherwise dropped.
func (d *download) openPart() (*part, error) {
	f := d.folder
	p := &part{folder: f, name: d.path + partSuffix, target: d.path, hash: sha256.New()}
	if err := f.root.MkdirAll(path.Dir(d.path), 0o755); err != nil {
		return nil, err
	}
	var err error
	if p.file, err = f.root.OpenFile(p.name, os.O_RDWR|os.O_CREATE, 0o644); err != nil {
		return nil, err
	}
	begun, ok := f.begun(d.wanted.file.URI)
	if !ok || validator(begun) == "" || d.fresh || d.known != nil {
		err = p.restart()
	} else {
		p.record, p.keep = begun, true
		p.size, err = io.Copy(p.hash, p.file)
		// A part that has everything, or too much, would ask for an empty range.
		if want := d.size(); err == nil && (p.size > d.config.maxSize || want > 0 && p.size >= want) {
			err = p.restart()
		}
	}
	d.fresh = false
	if err != nil {
		return nil, errors.Join(err, p.file.Close())
	}
	return p, nil
}

func (p *part) validator() string { return validator(p.record) }

// restart empties the part.
func (p *part) restart() error {
	if err := p.file.Truncate(0); err != nil {
		return err
	}
	if _, err := p.file.Seek(0, io.SeekStart); err != nil {
		return err
	}
	p.size = 0
	p.hash.Reset()
	return nil
}

func (p *part) Write(b []byte) (int, error) {
	n, err := p.file.Write(b)
	p.hash.Write(b[:n])
	p.size += int64(n)
	if err != nil {
		return n, &localError{err}
	}
	return n, nil
}

func (p *part) digest() string { return hex.EncodeToString(p.hash.Sum(nil)) }

// finish gives the file its name.
func (p *part) finish() error {
	if err := errors.Join(p.file.Sync(), p.file.Close()); err != nil {
		return err
	}
	p.file = nil
	return p.folder.root.Rename(p.name, p.target)
}

// close leaves what has arrived for a later attempt, if that can go on with it.
func (p *part) close(useless bool) {
	if p.file == nil {
		return
	}
	_ = p.file.Close()
	if p.size == 0 || useless || !p.keep {
		_ = p.folder.root.Remove(p.name)
	}
}
