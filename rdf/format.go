package rdf

import (
	"fmt"
	"mime"
	"path"
	"strings"
)

// Format is a serialisation of RDF.
type Format int

// The formats that this package reads and writes. RDFXML is read only.
const (
	NTriples Format = iota + 1
	NQuads
	Turtle
	RDFXML
)

type formatInfo struct {
	name       string
	aliases    []string
	mediaTypes []string // the registered one first
	extensions []string // the usual one first, with the dot
}

// formats is indexed by Format and never written to.
var formats = [...]formatInfo{
	NTriples: {"N-Triples", []string{"ntriples", "nt"},
		[]string{"application/n-triples"}, []string{".nt", ".ntriples"}},
	NQuads: {"N-Quads", []string{"nquads", "nq"},
		[]string{"application/n-quads", "text/x-nquads"}, []string{".nq", ".nquads"}},
	Turtle: {"Turtle", []string{"ttl"},
		[]string{"text/turtle", "application/turtle", "application/x-turtle"}, []string{".ttl", ".turtle"}},
	RDFXML: {"RDF/XML", []string{"rdfxml", "rdf", "xml"},
		[]string{"application/rdf+xml"}, []string{".rdf", ".rdfs", ".owl"}},
}

func (f Format) known() bool { return f > 0 && int(f) < len(formats) }

// String returns the format's name as its specification writes it: "Turtle".
func (f Format) String() string {
	if !f.known() {
		return fmt.Sprintf("Format(%d)", int(f))
	}
	return formats[f].name
}

// MediaType returns the registered media type, without parameters; empty for
// an unknown format.
func (f Format) MediaType() string {
	if !f.known() {
		return ""
	}
	return formats[f].mediaTypes[0]
}

// Extension returns the usual file name extension with its dot: ".ttl"; empty
// for an unknown format.
func (f Format) Extension() string {
	if !f.known() {
		return ""
	}
	return formats[f].extensions[0]
}

// Quads reports whether the format can say in which graph a triple is.
func (f Format) Quads() bool { return f == NQuads }

// FormatByName returns the format of that name ("Turtle", "ttl", "n-triples",
// "nt", …) in any case.
func FormatByName(name string) (Format, bool) {
	return findFormat(func(i formatInfo) bool {
		if strings.EqualFold(name, i.name) {
			return true
		}
		return contains(i.aliases, name)
	})
}

// FormatByExtension returns the format that the end of a file name tells,
// looking through a compression suffix: "x.ttl", "dir/x.nq.gz", ".rdf".
func FormatByExtension(name string) (Format, bool) {
	ext := path.Ext(name)
	switch strings.ToLower(ext) {
	case ".gz", ".gzip", ".bz2", ".xz", ".zst":
		ext = path.Ext(strings.TrimSuffix(name, ext))
	}
	return findFormat(func(i formatInfo) bool { return contains(i.extensions, ext) })
}

// FormatByMediaType returns the format of a Content-Type header's value;
// parameters such as charset are passed over.
func FormatByMediaType(contentType string) (Format, bool) {
	mediaType, _, err := mime.ParseMediaType(contentType)
	if err != nil {
		mediaType, _, _ = strings.Cut(contentType, ";")
		mediaType = strings.TrimSpace(mediaType)
	}
	return findFormat(func(i formatInfo) bool { return contains(i.mediaTypes, mediaType) })
}

func findFormat(match func(formatInfo) bool) (Format, bool) {
	for f, info := range formats {
		if f > 0 && match(info) {
			return Format(f), true
		}
	}
	return 0, false
}

func contains(list []string, s string) bool {
	for _, item := range list {
		if strings.EqualFold(item, s) {
			return true
		}
	}
	return false
}
