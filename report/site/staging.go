package site

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
)

// ErrForeignFile is returned when a file that no site wrote stands where a file
// of the site must come.
var ErrForeignFile = errors.New("site: a file that is none of a site is in the way; remove it or choose another folder")

// listName is the file that names every file of a site.
const listName = "files.json"

// list is the content of files.json.
type list struct {
	// Site is the version of this form.
	Site  int         `json:"site"`
	Files []fileEntry `json:"files"`
}

type fileEntry struct {
	Path   string `json:"path"`
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"`
}

// staging is a folder in which a site is made ready.
type staging struct {
	dir, temporary string

	mu    sync.Mutex
	files []fileEntry
	made  map[string]bool
}

func newStaging(dir string) (*staging, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, fmt.Errorf("site: %w", err)
	}
	if err := os.MkdirAll(filepath.Dir(dir), 0o755); err != nil {
		return nil, fmt.Errorf("site: make the folder: %w", err)
	}
	temporary, err := os.MkdirTemp(filepath.Dir(dir), ".themis-site-")
	if err != nil {
		return nil, fmt.Errorf("site: make the folder: %w", err)
	}
	return &staging{dir: dir, temporary: temporary, made: map[string]bool{}}, nil
}

func (s *staging) remove() {
	// What remains of an unfinished site is of no use; a failure leaves a
	// folder whose name says what it is.
	_ = os.RemoveAll(s.temporary)
}

// create makes a file of the site; name has slashes.
func (s *staging) create(name string) (*os.File, error) {
	path := filepath.Join(s.temporary, filepath.FromSlash(name))
	folder := filepath.Dir(path)
	s.mu.Lock()
	known := s.made[folder]
	s.mu.Unlock()
	if !known {
		if err := os.MkdirAll(folder, 0o755); err != nil {
			return nil, fmt.Errorf("site: %w", err)
		}
		s.mu.Lock()
		s.made[folder] = true
		s.mu.Unlock()
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o644)
	if err != nil {
		return nil, fmt.Errorf("site: %w", err)
	}
	return f, nil
}

// stream writes a file as it is made.
func (s *staging) stream(name string, write func(io.Writer) error) error {
	f, err := s.create(name)
	if err != nil {
		return err
	}
	sum := sha256.New()
	n := &counter{w: io.MultiWriter(f, sum)}
	err = write(n)
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	if err != nil {
		return fmt.Errorf("site: write %s: %w", name, err)
	}
	s.note(fileEntry{name, n.n, hex.EncodeToString(sum.Sum(nil))})
	return nil
}

// put writes a file at once.
func (s *staging) put(name string, data []byte) error {
	return s.stream(name, func(w io.Writer) error {
		_, err := io.Copy(w, bytes.NewReader(data))
		return err
	})
}

func (s *staging) note(e fileEntry) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.files = append(s.files, e)
}

type counter struct {
	w io.Writer
	n int64
}

func (c *counter) Write(p []byte) (int, error) {
	n, err := c.w.Write(p)
	c.n += int64(n)
	return n, err
}

// commit writes the list of files and moves everything into place.
func (s *staging) commit() (Result, error) {
	slices.SortFunc(s.files, func(a, b fileEntry) int { return strings.Compare(a.Path, b.Path) })
	data, err := json.Marshal(list{1, s.files})
	if err != nil {
		return Result{}, fmt.Errorf("site: %w", err)
	}
	files := s.files // files.json does not name itself
	if err := s.put(listName, append(data, '\n')); err != nil {
		return Result{}, err
	}
	result := Result{Index: filepath.Join(s.dir, "index.html"), Files: len(files) + 1, Bytes: int64(len(data) + 1)}
	for _, f := range files {
		result.Bytes += f.Size
	}
	// An empty folder is made here: it has the rights that users expect, which a
	// temporary one has not.
	if err := os.MkdirAll(s.dir, 0o755); err != nil {
		return Result{}, fmt.Errorf("site: make the folder: %w", err)
	}
	before, err := readList(s.dir)
	if err != nil {
		return Result{}, err
	}
	for _, f := range files {
		if before[f.Path] {
			continue
		}
		if _, err := os.Lstat(s.path(f.Path)); err == nil {
			return Result{}, fmt.Errorf("%w: %s", ErrForeignFile, s.path(f.Path))
		} else if !errors.Is(err, fs.ErrNotExist) {
			return Result{}, fmt.Errorf("site: %w", err)
		}
	}
	for _, f := range append(slices.Clone(files), fileEntry{Path: listName}) {
		delete(before, f.Path)
		if err := os.MkdirAll(filepath.Dir(s.path(f.Path)), 0o755); err != nil {
			return Result{}, fmt.Errorf("site: %w", err)
		}
		if err := os.Rename(filepath.Join(s.temporary, filepath.FromSlash(f.Path)), s.path(f.Path)); err != nil {
			return Result{}, fmt.Errorf("site: %w", err)
		}
	}
	for name := range before {
		if err := os.Remove(s.path(name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return Result{}, fmt.Errorf("site: remove a page of the earlier site: %w", err)
		}
		// Folders that became empty go too; others cannot be removed.
		_ = os.Remove(filepath.Dir(s.path(name)))
	}
	return result, nil
}

func (s *staging) path(name string) string { return filepath.Join(s.dir, filepath.FromSlash(name)) }

// readList returns the files of the site in a folder, if there is one.
func readList(dir string) (map[string]bool, error) {
	out := map[string]bool{}
	data, err := os.ReadFile(filepath.Join(dir, listName))
	if errors.Is(err, fs.ErrNotExist) {
		return out, nil
	}
	if err != nil {
		return nil, fmt.Errorf("site: %w", err)
	}
	var l list
	if err := json.Unmarshal(data, &l); err != nil || l.Site == 0 {
		return nil, fmt.Errorf("%w: %s", ErrForeignFile, filepath.Join(dir, listName))
	}
	for _, f := range l.Files {
		if filepath.IsLocal(filepath.FromSlash(f.Path)) {
			out[cmp.Or(f.Path, listName)] = true
		}
	}
	return out, nil
}
