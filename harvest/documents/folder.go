package documents

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"maps"
	"os"
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/themis-go/themis/rdf"
)

const (
	registerName = "documents.jsonl"
	lockName     = ".lock"
	partSuffix   = ".part"
	maxLine      = 1 << 20 // bytes of a line of the register
)

// Folder is an open folder of documents. It is safe for use by many goroutines.
type Folder struct {
	dir      string
	root     *os.Root // no path leads out of it, symbolic links included
	lock     *os.File
	register *os.File

	mu      sync.Mutex
	records map[rdf.IRI]Record
	partial map[rdf.IRI]Record // downloads begun, with their validators
	owners  map[string]rdf.IRI // lower-case path → file
}

// Open opens a folder, which is made where it is absent. It is an error,
// ErrInUse, when another process has it open.
func Open(dir string) (*Folder, error) {
	f, err := open(dir)
	if err != nil {
		return nil, fmt.Errorf("documents: folder %s: %w", dir, err)
	}
	return f, nil
}

func open(dir string) (_ *Folder, err error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	f := &Folder{dir: dir, records: map[rdf.IRI]Record{}, partial: map[rdf.IRI]Record{}, owners: map[string]rdf.IRI{}}
	defer func() {
		if err != nil {
			_ = f.Close()
		}
	}()
	if f.root, err = os.OpenRoot(dir); err != nil {
		return nil, err
	}
	if f.lock, err = f.root.OpenFile(lockName, os.O_RDWR|os.O_CREATE, 0o644); err != nil {
		return nil, err
	}
	if err = lockFile(f.lock); err != nil {
		return nil, err
	}
	if f.register, err = f.root.OpenFile(registerName, os.O_RDWR|os.O_CREATE, 0o644); err != nil {
		return nil, err
	}
	lines, err := f.load()
	if err != nil {
		return nil, err
	}
	if useful := len(f.records) + len(f.partial); lines > 2*useful+64 {
		return f, f.compact()
	}
	return f, nil
}

// Close closes the folder and lets others open it.
func (f *Folder) Close() error {
	var errs []error
	if f.register != nil {
		errs = append(errs, f.register.Close())
	}
	if f.lock != nil { // closing it unlocks it
		errs = append(errs, f.lock.Close())
	}
	if f.root != nil {
		errs = append(errs, f.root.Close())
	}
	f.register, f.lock, f.root = nil, nil, nil
	return errors.Join(errs...)
}

// load reads the register. A last line without its end is what a killed process
// leaves; it is cut off.
func (f *Folder) load() (lines int, err error) {
	r := bufio.NewReaderSize(f.register, 64<<10)
	end := int64(0)
	for {
		line, err := readLine(r)
		if errors.Is(err, io.EOF) {
			break
		}
		if err == nil {
			err = f.apply(line)
		}
		lines++
		if err != nil {
			return lines, fmt.Errorf("%w: %s, line %d: %w", ErrRegister, registerName, lines, err)
		}
		end += int64(len(line)) + 1
	}
	return lines, f.register.Truncate(end)
}

// readLine returns the next line without its end; io.EOF where none is whole.
func readLine(r *bufio.Reader) ([]byte, error) {
	var line []byte
	for {
		part, err := r.ReadSlice('\n')
		line = append(line, part...)
		switch {
		case err == nil:
			return line[:len(line)-1], nil
		case !errors.Is(err, bufio.ErrBufferFull):
			return nil, err
		case len(line) > maxLine:
			return nil, errors.New("the line is too long")
		}
	}
}

func (f *Folder) apply(line []byte) error {
	if len(bytes.TrimSpace(line)) == 0 {
		return nil
	}
	rec, partial, err := parseRecord(line)
	if err != nil {
		return err
	}
	f.put(rec, partial)
	return nil
}

func (f *Folder) put(rec Record, partial bool) {
	f.owners[strings.ToLower(rec.Path)] = rec.File
	if partial {
		f.partial[rec.File] = rec
		return
	}
	delete(f.partial, rec.File)
	f.records[rec.File] = rec
}

// compact writes the register anew without the lines that were superseded.
func (f *Folder) compact() error {
	const pending = registerName + ".new"
	out, err := f.root.OpenFile(pending, os.O_RDWR|os.O_CREATE|os.O_TRUNC, 0o644)
	if err != nil {
		return err
	}
	w := bufio.NewWriter(out)
	err = func() error {
		for rec := range f.Records() {
			if err := writeLine(w, rec.line(false)); err != nil {
				return err
			}
		}
		for _, rec := range f.partial {
			if err := writeLine(w, rec.line(true)); err != nil {
				return err
			}
		}
		return errors.Join(w.Flush(), out.Sync())
	}()
	if err == nil {
		err = f.root.Rename(pending, registerName)
	}
	if err != nil {
		return errors.Join(err, out.Close(), f.root.Remove(pending))
	}
	old := f.register
	f.register = out
	return old.Close()
}

func writeLine(w io.Writer, l recordLine) error {
	line, err := json.Marshal(l)
	if err != nil {
		return err
	}
	_, err = w.Write(append(line, '\n'))
	return err
}

// note appends to the register, durably.
func (f *Folder) note(rec Record, partial bool) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	end, err := f.register.Seek(0, io.SeekEnd)
	if err == nil {
		err = writeLine(f.register, rec.line(partial))
	}
	if err == nil {
		err = f.register.Sync()
	}
	if err != nil {
		_ = f.register.Truncate(end) // half a line would spoil the next one
		return &localError{fmt.Errorf("write the register of %s: %w", f.dir, err)}
	}
	f.put(rec, partial)
	return nil
}

// Record returns what the register holds of a file.
func (f *Folder) Record(file rdf.IRI) (Record, bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	rec, ok := f.records[file]
	return rec, ok
}

func (f *Folder) begun(file rdf.IRI) (Record, bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	rec, ok := f.partial[file]
	return rec, ok
}

// Records yields the register, in order of path. Files that are downloaded
// meanwhile are not in it.
func (f *Folder) Records() iter.Seq[Record] {
	f.mu.Lock()
	list := slices.SortedFunc(maps.Values(f.records), func(a, b Record) int { return strings.Compare(a.Path, b.Path) })
	f.mu.Unlock()
	return slices.Values(list)
}

// pathFor returns where a file is or will be stored, from the folder.
func (f *Folder) pathFor(w wanted) string {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, known := range []map[rdf.IRI]Record{f.records, f.partial} {
		if rec, ok := known[w.file.URI]; ok {
			return rec.Path
		}
	}
	p := path.Join(folderName(w.date), FileName(w.document, w.file))
	if owner, taken := f.owners[strings.ToLower(p)]; taken && owner != w.file.URI {
		ext := path.Ext(p)
		p = strings.TrimSuffix(p, ext) + "-" + digestOf(w.file.URI.String())[:8] + ext
	}
	f.owners[strings.ToLower(p)] = w.file.URI
	return p
}

// Open opens a file of the register for reading.
func (f *Folder) Open(rec Record) (*os.File, error) {
	file, err := f.root.Open(rec.Path)
	if err != nil {
		return nil, fmt.Errorf("documents: %w", err)
	}
	return file, nil
}

// onDisk reports whether the file of a record is there in its size.
func (f *Folder) onDisk(rec Record) bool {
	info, err := f.root.Stat(rec.Path)
	return err == nil && info.Mode().IsRegular() && info.Size() == rec.Size
}

// Verify reads every file again and yields the records with a nil error where
// the content has the size and the digest of the register, and with a
// *FileError where it is missing or differs. Fetch downloads those whose size
// differs again; remove others first.
func (f *Folder) Verify(ctx context.Context) iter.Seq2[Record, error] {
	return func(yield func(Record, error) bool) {
		for rec := range f.Records() {
			if err := ctx.Err(); err != nil {
				yield(Record{}, fmt.Errorf("documents: %w", err))
				return
			}
			var failed error
			if err := f.verify(rec); err != nil {
				failed = &FileError{File: rec.File, Err: err}
			}
			if !yield(rec, failed) {
				return
			}
		}
	}
}

func (f *Folder) verify(rec Record) error {
	file, err := f.root.Open(rec.Path)
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%s is missing: fetch it again: %w", rec.Path, err)
	}
	if err != nil {
		return err
	}
	defer file.Close()
	hash := sha256.New()
	n, err := io.Copy(hash, file)
	if err != nil {
		return err
	}
	if n != rec.Size {
		return fmt.Errorf("%s has %d bytes, it was downloaded with %d: %w", rec.Path, n, rec.Size, ErrSize)
	}
	if sum := hex.EncodeToString(hash.Sum(nil)); sum != rec.SHA256 {
		return fmt.Errorf("%s was changed after it was downloaded: its SHA-256 is %s, not %s", rec.Path, sum, rec.SHA256)
	}
	return nil
}
