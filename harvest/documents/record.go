package documents

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"time"

	"github.com/themis-go/themis/rdf"
)

// Record is what the register holds of a file that was downloaded.
type Record struct {
	File     rdf.IRI // nfo:FileDataObject
	Document rdf.IRI // dossier:Stuk
	Decision rdf.IRI // the first decision that the file was fetched for
	Path     string  // from the folder, with slashes
	Size     int64   // in bytes
	SHA256   string  // of the content, hexadecimal
	URL      string  // where it came from, after redirects
	// ETag and LastModified are the server's validators, for conditional requests.
	ETag         string
	LastModified string
	Fetched      time.Time // when it was downloaded; UTC
	Checked      time.Time // when the server last said that it is current; UTC
}

// recordLine is a line of the register. Names do not change.
type recordLine struct {
	File         string    `json:"file"`
	Document     string    `json:"document,omitempty"`
	Decision     string    `json:"decision,omitempty"`
	Path         string    `json:"path"`
	Size         int64     `json:"size"`
	SHA256       string    `json:"sha256,omitempty"`
	URL          string    `json:"url,omitempty"`
	ETag         string    `json:"etag,omitempty"`
	LastModified string    `json:"last_modified,omitempty"`
	Fetched      time.Time `json:"fetched,omitzero"`
	Checked      time.Time `json:"checked,omitzero"`
	// Partial marks a download that was begun: its validators belong to the
	// part that is on disk.
	Partial bool `json:"partial,omitempty"`
}

func (r Record) line(partial bool) recordLine {
	return recordLine{
		File: r.File.String(), Document: r.Document.String(), Decision: r.Decision.String(), Path: r.Path, Size: r.Size,
		SHA256: r.SHA256, URL: r.URL, ETag: r.ETag, LastModified: r.LastModified,
		Fetched: r.Fetched, Checked: r.Checked, Partial: partial,
	}
}

// parseRecord reads a line of the register. It trusts nothing: the register is
// a file that others may have written.
func parseRecord(line []byte) (r Record, partial bool, err error) {
	var l recordLine
	if err := json.Unmarshal(line, &l); err != nil {
		return r, false, err
	}
	r = Record{
		Path: l.Path, Size: l.Size, SHA256: l.SHA256, URL: l.URL, ETag: l.ETag, LastModified: l.LastModified,
		Fetched: l.Fetched, Checked: l.Checked,
	}
	if r.File, err = rdf.NewIRI(l.File); err != nil {
		return r, false, err
	}
	for text, field := range map[string]*rdf.IRI{l.Document: &r.Document, l.Decision: &r.Decision} {
		if text == "" {
			continue
		}
		if *field, err = rdf.NewIRI(text); err != nil {
			return r, false, err
		}
	}
	if !filepath.IsLocal(filepath.FromSlash(l.Path)) {
		return r, false, fmt.Errorf("the path %q leads out of the folder", l.Path)
	}
	return r, l.Partial, nil
}
