package documents

import (
	"errors"
	"fmt"

	"github.com/themis-go/themis/rdf"
)

// What errors.Is tells about a failure.
var (
	// ErrNotFound: the server has no such file (any more).
	ErrNotFound = errors.New("the server does not have the file; harvest again, it may have been replaced")
	// ErrSize: the file is not as long as the archive says.
	ErrSize = errors.New("the size is not the one that the archive knows")
	// ErrNotPDF: something else came where a PDF is due, such as a web page.
	ErrNotPDF = errors.New("what came is not a PDF")
	// ErrTooLarge: the file is larger than [MaxSize] allows.
	ErrTooLarge = errors.New("the file is larger than allowed; raise MaxSize to take it")
	// ErrRefused: the address, or that of a redirect, is not allowed.
	ErrRefused = errors.New("the address is not allowed")
	// ErrUnavailable: the server could not be reached, was overloaded or broke
	// off, and stayed so until the download was given up. A later run goes on.
	ErrUnavailable = errors.New("the server is not available; run again later to go on")
	// ErrStatus: the server answered with an unexpected status.
	ErrStatus = errors.New("unexpected answer")
	// ErrInUse: another process has the folder open.
	ErrInUse = errors.New("another process uses the folder")
	// ErrRegister: the folder's register cannot be read.
	ErrRegister = errors.New("the register of the folder is damaged; restore documents.jsonl from a copy, or move it away to have every file fetched again")
)

// FileError is the failure of one file. Others are not affected.
type FileError struct {
	File rdf.IRI // nfo:FileDataObject
	URL  string  // that was asked; empty when none was
	Err  error
}

// Error names the file, the address and the cause.
func (e *FileError) Error() string {
	if e.URL == "" {
		return fmt.Sprintf("documents: file %s: %v", e.File, e.Err)
	}
	return fmt.Sprintf("documents: file %s: %s: %v", e.File, e.URL, e.Err)
}

// Unwrap returns the cause.
func (e *FileError) Unwrap() error { return e.Err }

// localError is a failure of this machine, such as a full disk: it ends the
// whole run.
type localError struct{ err error }

func (e *localError) Error() string { return e.err.Error() }
func (e *localError) Unwrap() error { return e.err }
