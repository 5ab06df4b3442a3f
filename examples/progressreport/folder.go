package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/themis-go/themis/report/site"
)

// folder is where files are written; it remembers which.
type folder struct {
	path    string
	written []string
	pages   *site.Result // of a whole agreement
}

// newFolder makes the folder and makes sure, before any work is done, that it
// can be written to.
func newFolder(path string) (*folder, error) {
	if err := os.MkdirAll(path, 0o755); err != nil {
		return nil, fmt.Errorf("-out: %w", err)
	}
	probe, err := os.CreateTemp(path, ".themis-*")
	if err != nil {
		return nil, fmt.Errorf("-out %s cannot be written to: %w", path, err)
	}
	_ = probe.Close()
	return &folder{path: path}, os.Remove(probe.Name())
}

// write makes a file as a whole, or not at all.
func (f *folder) write(name string, render func(io.Writer) error) error {
	var b bytes.Buffer
	if err := render(&b); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	path := filepath.Join(f.path, name)
	tmp, err := os.CreateTemp(f.path, ".themis-*")
	if err != nil {
		return err
	}
	_, err = tmp.Write(b.Bytes())
	if cerr := tmp.Close(); err == nil {
		err = cerr
	}
	if err == nil {
		err = os.Chmod(tmp.Name(), 0o644)
	}
	if err == nil {
		err = os.Rename(tmp.Name(), path)
	}
	if err != nil {
		_ = os.Remove(tmp.Name())
		return fmt.Errorf("%s: %w", path, err)
	}
	f.written = append(f.written, path)
	return nil
}

// site remembers the site that was written into the folder.
func (f *folder) site(result site.Result) { f.pages = &result }

// list names the files written.
func (f *folder) list(w io.Writer) error {
	if f.pages != nil {
		defer fmt.Fprintf(w, "%s: a site of %d files, %.1f MB; open it in a browser\n", f.pages.Index, f.pages.Files, float64(f.pages.Bytes)/1e6)
	}
	for _, path := range f.written {
		if _, err := fmt.Fprintln(w, path); err != nil {
			return err
		}
	}
	return nil
}
