package export

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// temporaryPrefix begins the names of what is not finished.
const temporaryPrefix = ".themis-export-"

// output is a file while it is written. [os.File] is one; tests give others.
type output interface {
	Write([]byte) (int, error)
	Sync() error
	Close() error
	Name() string
}

// createFile makes a new temporary file in a folder.
type createFile func(dir, pattern string) (output, error)

func createTemporary(dir, pattern string) (output, error) { return os.CreateTemp(dir, pattern) }

// pendingFile is a file under a temporary name that gets its final one by
// commit.
type pendingFile struct {
	output
	path string // the final one
	done bool
}

func newPendingFile(create createFile, path string) (*pendingFile, error) {
	dir, name := filepath.Split(path)
	f, err := create(dir, temporaryPrefix+name+"-*")
	if err != nil {
		return nil, fmt.Errorf("cannot create a file in %s; choose a folder that can be written: %w", filepath.Clean(dir), err)
	}
	return &pendingFile{output: f, path: path}, nil
}

// finish puts everything on disk. The file keeps its temporary name.
func (p *pendingFile) finish() error {
	// Temporary files are made for their owner alone, an export is for others too.
	if f, ok := p.output.(*os.File); ok {
		if err := f.Chmod(0o644); err != nil && !errors.Is(err, errors.ErrUnsupported) {
			return p.failed(err)
		}
	}
	if err := p.Sync(); err != nil {
		return p.failed(err)
	}
	if err := p.Close(); err != nil {
		return p.failed(err)
	}
	return nil
}

func (p *pendingFile) failed(err error) error { return fmt.Errorf("write %s: %w", p.path, err) }

// commit gives the file its name, in the place of one that has it.
func (p *pendingFile) commit() error {
	if err := os.Rename(p.Name(), p.path); err != nil {
		return fmt.Errorf("give %s its name: %w", p.path, err)
	}
	p.done = true
	return nil
}

// abort removes the file unless it was committed.
func (p *pendingFile) abort() {
	if p.done {
		return
	}
	p.done = true
	_ = p.Close() // it may be closed already
	_ = os.Remove(p.Name())
}

// makeFolder makes a folder with its parents.
func makeFolder(dir string) error {
	err := os.MkdirAll(dir, 0o755)
	var pathErr *fs.PathError
	if errors.As(err, &pathErr) {
		return fmt.Errorf("cannot make the folder %s; choose another: %w", dir, err)
	}
	return err
}
