package export

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"path/filepath"
	"slices"
	"strings"

	"github.com/themis-go/themis/harvest"
	"github.com/themis-go/themis/rdf"
)

// Format is one of the formats that [ToDir] writes.
type Format string

// The formats, and what they are written to in the folder.
const (
	FormatCSV       Format = "csv"     // decisions.csv
	FormatJSONLines Format = "jsonl"   // decisions.jsonl
	FormatNQuads    Format = "nq"      // triples.nq
	FormatTurtle    Format = "ttl"     // triples.ttl
	FormatParquet   Format = "parquet" // decisions.parquet/year=*/part-*.parquet
)

var formats = []struct {
	format Format
	name   string // of the file or folder
	quads  bool   // whether it is written from quads
}{
	{FormatCSV, "decisions.csv", false},
	{FormatJSONLines, "decisions.jsonl", false},
	{FormatNQuads, "triples.nq", true},
	{FormatTurtle, "triples.ttl", true},
	{FormatParquet, "decisions.parquet", false},
}

// Formats returns every format.
func Formats() []Format {
	var out []Format
	for _, f := range formats {
		out = append(out, f.format)
	}
	return out
}

// ErrUnknownFormat is returned for a format that does not exist.
var ErrUnknownFormat = errors.New("unknown export format")

// ParseFormats reads a list of formats such as "csv,jsonl,nq,ttl,parquet" in
// any case; "all" stands for every one. Each is returned once.
func ParseFormats(list string) ([]Format, error) {
	var out []Format
	for name := range strings.SplitSeq(list, ",") {
		f := Format(strings.ToLower(strings.TrimSpace(name)))
		found := []Format{f}
		if f == "all" {
			found = Formats()
		} else if !slices.Contains(Formats(), f) {
			return nil, fmt.Errorf("export: %w: %q: choose from csv, jsonl, nq, ttl, parquet, separated by commas, or all", ErrUnknownFormat, name)
		}
		for _, f := range found {
			if !slices.Contains(out, f) {
				out = append(out, f)
			}
		}
	}
	return out, nil
}

// Source is what is exported. Quads may be nil when no format needs them, and
// so may Decisions.
type Source struct {
	Decisions iter.Seq2[harvest.Decision, error] // csv, jsonl, parquet
	Quads     iter.Seq2[rdf.Quad, error]         // nq, ttl
}

// Result tells of one format that was written.
type Result struct {
	Format Format
	Path   string // of the file, or of the folder of Parquet files
	Count  int    // of decisions, or of triples
}

// ToDir writes a source into a folder, which is made where it is absent, in
// each of the formats, and replaces what earlier exports wrote there. Each
// stream is read once, whatever the number of formats, so that all formats
// hold the same.
//
//	results, err := export.ToDir(ctx, dir, formats, export.Source{
//		Decisions: arc.Decisions(ctx),
//		Quads:     arc.Quads(ctx),
//	})
//
// Names are final only when all of it is written: after an error, or when ctx
// is done, what was in the folder before is still there. Results are in the
// order of the formats asked for.
func ToDir(ctx context.Context, dir string, formats []Format, src Source, opts ...Option) ([]Result, error) {
	return toDir(ctx, dir, formats, src, newConfig(opts), createTemporary)
}

// target is a format in the making.
type target struct {
	result Result
	file   *pendingFile // nil for Parquet
	sink   sink         // of decisions, or nil
	quads  quadSink     // of quads, or nil
	folder *parquetSink // of Parquet, or nil
}

func toDir(ctx context.Context, dir string, list []Format, src Source, c config, create createFile) (results []Result, err error) {
	if err := makeFolder(dir); err != nil {
		return nil, fmt.Errorf("export: %w", err)
	}
	var targets []*target
	defer func() {
		for _, t := range targets {
			t.abort()
		}
	}()
	for _, f := range list {
		t, err := newTarget(dir, f, c, create)
		if err != nil {
			return nil, fmt.Errorf("export: %s: %w", f, err)
		}
		targets = append(targets, t)
	}
	if err := src.feed(ctx, targets); err != nil {
		return nil, err
	}
	for _, t := range targets {
		if err := t.finish(); err != nil {
			return nil, fmt.Errorf("export: %s: %w", t.result.Format, err)
		}
	}
	for _, t := range targets {
		if err := t.commit(); err != nil {
			return results, fmt.Errorf("export: %s: %w", t.result.Format, err)
		}
		results = append(results, t.result)
	}
	return results, nil
}

func newTarget(dir string, f Format, c config, create createFile) (*target, error) {
	i := slices.Index(Formats(), f)
	if i < 0 {
		return nil, ErrUnknownFormat
	}
	path := filepath.Join(dir, formats[i].name)
	t := &target{result: Result{Format: f, Path: path}}
	var err error
	if f == FormatParquet {
		t.folder, err = newParquetSink(path, c, create)
		t.sink = t.folder
		return t, err
	}
	if t.file, err = newPendingFile(create, path); err != nil {
		return nil, err
	}
	switch f {
	case FormatCSV:
		t.sink = newCSVSink(t.file, c)
	case FormatJSONLines:
		t.sink = newJSONSink(t.file)
	case FormatNQuads:
		t.quads = newNQuadsSink(t.file)
	case FormatTurtle:
		t.quads = newTurtleSink(t.file)
	}
	return t, nil
}

// feed reads each stream once and writes it to all its targets.
func (src Source) feed(ctx context.Context, targets []*target) error {
	var sinks, quads []*target
	for _, t := range targets {
		if t.sink != nil {
			sinks = append(sinks, t)
		} else {
			quads = append(quads, t)
		}
	}
	err := each(ctx, "decision", src.Decisions, sinks, func(t *target, d harvest.Decision) error {
		if err := t.sink.write(d); err != nil {
			return fmt.Errorf("decision %s: %w", d.URI, err)
		}
		t.result.Count++
		return nil
	})
	if err != nil {
		return err
	}
	return each(ctx, "quad", src.Quads, quads, func(t *target, q rdf.Quad) error { return t.quads.write(q) })
}

func each[T any](ctx context.Context, what string, stream iter.Seq2[T, error], targets []*target, write func(*target, T) error) error {
	if len(targets) == 0 {
		return nil
	}
	if stream == nil {
		return fmt.Errorf("export: %s: the source has no stream of %ss", targets[0].result.Format, what)
	}
	n := 0
	for item, err := range stream {
		n++
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return fmt.Errorf("export: read %s %d: %w", what, n, err)
		}
		for _, t := range targets {
			if err := write(t, item); err != nil {
				return fmt.Errorf("export: %s: %s: %w", t.result.Format, t.result.Path, err)
			}
		}
	}
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("export: %w", err)
	}
	return nil
}

func (t *target) finish() error {
	if t.sink != nil {
		if err := t.sink.close(); err != nil {
			return err
		}
	} else {
		if err := t.quads.close(); err != nil {
			return err
		}
		t.result.Count = t.quads.count()
	}
	if t.file != nil {
		return t.file.finish()
	}
	return nil
}

func (t *target) commit() error {
	if t.folder != nil {
		return t.folder.commit()
	}
	return t.file.commit()
}

func (t *target) abort() {
	if t.folder != nil {
		t.folder.abort()
	} else {
		t.file.abort()
	}
}
