package harvest

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"time"

	"github.com/themis-go/themis/internal/description"
	"github.com/themis-go/themis/rdf"
)

// ErrNoRDF is the error of [Files] where no file is of a format that is read.
var ErrNoRDF = errors.New("no file of RDF: want .ttl, .nt, .nq or .rdf, perhaps with .gz behind it")

// chunk is how many triples of a file are written in one transaction.
const chunk = 20_000

// maxSyntaxErrors is how many errors of one file are reported.
const maxSyntaxErrors = 20

// Files is a file, or all files of RDF in a folder and the folders below it:
// Turtle, N-Triples, N-Quads (whose graphs are put together) and RDF/XML, also
// compressed with gzip. A statement with an error is left out and reported with
// its line and column; the result is then [Partial]. Files that have not changed
// since the last run are not read again.
//
// Blank nodes of different files are different nodes.
func Files(path string) Source {
	return &fileSource{path: path, info: SourceInfo{Kind: "files", Address: path}}
}

// FilesFS is [Files] for a file system, such as an embedded one. name is how
// manifests call it.
func FilesFS(fsys fs.FS, name string) Source {
	return &fileSource{fsys: fsys, info: SourceInfo{Kind: "files", Address: name}}
}

type fileSource struct {
	fsys fs.FS
	path string
	info SourceInfo

	single bool // path is a file
}

func (s *fileSource) Info() SourceInfo { return s.info }

// list returns the file system and the names in it.
func (s *fileSource) list() (fsys fs.FS, names []string, err error) {
	fsys = s.fsys
	root := "."
	if fsys == nil {
		info, err := os.Stat(s.path)
		if err != nil {
			return nil, nil, fmt.Errorf("harvest: %w", err)
		}
		if info.IsDir() {
			fsys = os.DirFS(s.path)
		} else {
			fsys = os.DirFS(filepath.Dir(s.path))
			root = filepath.Base(s.path)
			s.single = true
			if _, ok := rdf.FormatByExtension(root); !ok {
				return nil, nil, fmt.Errorf("harvest: %s: %w", s.path, ErrNoRDF)
			}
		}
	}
	err = fs.WalkDir(fsys, root, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if _, ok := rdf.FormatByExtension(name); ok && !d.IsDir() {
			names = append(names, name)
		}
		return nil
	})
	if err == nil && len(names) == 0 {
		err = fmt.Errorf("%s: %w", s.info.Address, ErrNoRDF)
	}
	if err != nil {
		return nil, nil, fmt.Errorf("harvest: %w", err)
	}
	return fsys, names, nil
}

// document is the path of a file as manifests call it.
func (s *fileSource) document(name string) string {
	if s.single {
		return s.info.Address
	}
	return path.Join(s.info.Address, name)
}

func (s *fileSource) harvest(ctx context.Context, r *runner) error {
	fsys, names, err := s.list()
	if err != nil {
		return err
	}
	documents := make([]string, 0, len(names))
	blanks := new(blankNodes)
	for i, name := range names {
		if err := ctx.Err(); err != nil {
			return err
		}
		r.update(Update{Stage: "read", What: name, Done: int64(i), Total: int64(len(names))})
		document := s.document(name)
		documents = append(documents, document)
		f := &fileReader{runner: r, fsys: fsys, name: name, document: document, number: i, blanks: blanks}
		if err := f.read(ctx); err != nil {
			return err
		}
	}
	r.update(Update{Stage: "read", Done: int64(len(names)), Total: int64(len(names))})
	if len(r.reasons) > 0 && r.triples == 0 && r.session.Initial() {
		return fmt.Errorf("harvest: %s: nothing could be read: %v", s.info.Address, r.reasons[0])
	}
	if err := blanks.put(ctx, r.session, s.info.Address); err != nil {
		return err
	}
	documents = append(documents, blanksDocument(s.info.Address))
	if r.dated() {
		return r.dropOutside(ctx, documents)
	}
	if len(r.reasons) > 0 {
		return nil // what is missing now may be what an earlier run has
	}
	return r.session.Retain(ctx, documents)
}

// fileReader reads one file into the archive.
type fileReader struct {
	*runner
	fsys     fs.FS
	name     string
	document string
	number   int
	blanks   *blankNodes
}

func (f *fileReader) read(ctx context.Context) error {
	known, err := f.session.Document(ctx, f.document)
	if err != nil {
		return err
	}
	if known.SHA256 != "" && !f.full {
		sum, err := f.digest()
		if err != nil {
			f.lack(f.document, err.Error())
			return nil
		}
		if sum == known.SHA256 {
			return nil
		}
	}
	file, err := f.fsys.Open(f.name)
	if err != nil {
		f.lack(f.document, err.Error())
		return nil
	}
	defer file.Close()
	return f.parse(ctx, file)
}

func (f *fileReader) digest() (string, error) {
	file, err := f.fsys.Open(f.name)
	if err != nil {
		return "", err
	}
	defer file.Close()
	h := sha256.New()
	if _, err := io.Copy(h, file); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

func (f *fileReader) parse(ctx context.Context, file io.Reader) error {
	counted := &countingReader{r: file, hash: sha256.New()}
	var in io.Reader = counted
	if strings.HasSuffix(strings.ToLower(f.name), ".gz") || strings.HasSuffix(strings.ToLower(f.name), ".gzip") {
		z, err := gzip.NewReader(counted)
		if err != nil {
			f.lack(f.document, "not compressed with gzip: "+err.Error())
			return nil
		}
		in = z
	}
	p := &documentReader{runner: f.runner, document: f.document, blanks: f.blanks, scope: fmt.Sprintf("f%d_", f.number)}
	format, _ := rdf.FormatByExtension(f.name)
	clean, err := p.read(ctx, in, format)
	if err != nil {
		return err
	}
	if !clean || f.dated() { // of which a part is dropped again
		return nil
	}
	if _, err := io.Copy(io.Discard, counted); err != nil {
		return nil // what lies behind the document is of no use
	}
	state := &DocumentState{Size: counted.n, SHA256: hex.EncodeToString(counted.hash.Sum(nil))}
	if p.hadBlanks {
		state = &DocumentState{} // their labels depend on all files: read it again next time
	}
	return f.session.Put(ctx, Batch{Document: f.document, State: state})
}

type countingReader struct {
	r    io.Reader
	hash hash.Hash
	n    int64
}

func (c *countingReader) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	c.hash.Write(p[:n])
	return n, err
}

// documentReader puts a document of RDF into the archive, in parts.
type documentReader struct {
	*runner
	document  string
	scope     string // of blank nodes
	blanks    *blankNodes
	hadBlanks bool
	valid     time.Time // when it was published; zero: unknown
	meeting   rdf.IRI   // that the document is all of; zero: none
	base      string    // for relative IRIs; empty: the document
}

// read returns whether the whole document could be read. The error is one of
// the archive or of the context; others are reported as reasons.
func (d *documentReader) read(ctx context.Context, in io.Reader, format rdf.Format) (clean bool, err error) {
	clean = true
	errs := 0
	report := func(e *rdf.SyntaxError) {
		clean = false
		if errs++; errs <= maxSyntaxErrors {
			d.lack(d.document, e.Error())
		}
	}
	var b description.Builder
	batch := Batch{Document: d.document, Begin: true, Valid: d.valid, Meeting: d.meeting}
	flush := func() error {
		batch.Put = b.Take()
		err := d.session.Put(ctx, batch)
		batch.Begin = false
		return err
	}
	n := 0
	for t, err := range rdf.Read(in, format, rdf.Lenient(report), rdf.BlankScope(d.scope), rdf.Base(baseOf(cmp.Or(d.base, d.document)))) {
		if err != nil {
			clean = false
			d.lack(d.document, err.Error())
			break
		}
		n++
		if d.blanks.take(t) {
			d.hadBlanks = true
			continue
		}
		if b.Add(t); b.Len() >= chunk {
			if err := ctx.Err(); err != nil {
				return false, err
			}
			if err := flush(); err != nil {
				return false, err
			}
		}
	}
	d.received(n)
	d.window(Window{Name: d.document, ExpectedSubjects: -1, ExpectedTriples: -1, ReceivedSubjects: -1, ReceivedTriples: int64(n), Tries: 1})
	batch.End = clean // what a damaged file does not say, it may have said before
	return clean, flush()
}

// baseOf is the base IRI of a document: its own address where it has one.
func baseOf(document string) string {
	if strings.Contains(document, "://") {
		return document
	}
	return "file:///" + strings.TrimLeft(string(bytes.ReplaceAll([]byte(filepath.ToSlash(document)), []byte(" "), []byte("%20"))), "/")
}
