package site

import (
	"archive/zip"
	"cmp"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/themis-go/themis/harvest"
	"github.com/themis-go/themis/harvest/export"
	"github.com/themis-go/themis/report"
	"github.com/themis-go/themis/report/analyse"
)

// data are the jobs that write the downloads and the index for searching, then
// the page that lists them.
func (w *writer) data(ctx context.Context) []job {
	return []job{
		func() error { return w.searchIndex(ctx) },
		func() error {
			for _, write := range []func(context.Context) error{w.csvFile, w.jsonFile, w.parquetFiles, w.reportsFile, w.statusFile, w.manifestFile} {
				if err := write(ctx); err != nil {
					return err
				}
			}
			return w.dataPage()
		},
	}
}

// stream yields the decisions again.
func (w *writer) stream(ctx context.Context) iter.Seq2[harvest.Decision, error] {
	return func(yield func(harvest.Decision, error) bool) {
		for _, d := range w.decisions {
			if err := ctx.Err(); err != nil {
				yield(harvest.Decision{}, err)
				return
			}
			if !yield(d.Decision, nil) {
				return
			}
		}
	}
}

// lighter yields decisions without something that another download has. Texts
// are most of each: they stand twice in the JSON Lines, where the second time
// takes no room, once in the Parquet files, and are no reading for the cells of
// a spreadsheet.
func lighter(list iter.Seq2[harvest.Decision, error], drop func(*harvest.Decision)) iter.Seq2[harvest.Decision, error] {
	return func(yield func(harvest.Decision, error) bool) {
		for d, err := range list {
			drop(&d)
			if !yield(d, err) {
				return
			}
		}
	}
}

// csvFile writes the decisions as CSV in a zip file, which desktops open. Cells
// that spreadsheets would evaluate are made harmless.
func (w *writer) csvFile(ctx context.Context) error {
	return w.out.stream("data/decisions.csv.zip", func(out io.Writer) error {
		z := zip.NewWriter(out)
		// A time of its own: the zero time is none that zip can hold.
		f, err := z.CreateHeader(&zip.FileHeader{Name: "decisions.csv", Method: zip.Deflate, Modified: time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)})
		if err != nil {
			return err
		}
		if _, err := export.CSV(f, lighter(w.stream(ctx), func(d *harvest.Decision) { d.Text, d.HTML = "", "" }), export.ForSpreadsheets()); err != nil {
			return err
		}
		return z.Close()
	})
}

func (w *writer) jsonFile(ctx context.Context) error {
	return w.gzipped("data/decisions.jsonl.gz", func(out io.Writer) error {
		_, err := export.JSONLines(out, w.stream(ctx))
		return err
	})
}

func (w *writer) gzipped(name string, write func(io.Writer) error) error {
	return w.out.stream(name, func(out io.Writer) error {
		z := gzip.NewWriter(out)
		if err := write(z); err != nil {
			return err
		}
		return z.Close()
	})
}

// parquetFiles writes the decisions as Parquet, a folder for each year.
func (w *writer) parquetFiles(ctx context.Context) error {
	const name = "data/decisions.parquet"
	dir := filepath.Join(w.out.temporary, filepath.FromSlash(name))
	if _, err := export.Parquet(dir, lighter(w.stream(ctx), func(d *harvest.Decision) { d.HTML = "" })); err != nil {
		return err
	}
	return filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		rel, err := filepath.Rel(w.out.temporary, path)
		if err != nil {
			return err
		}
		return w.out.adopt(filepath.ToSlash(rel))
	})
}

// adopt takes in a file that something else wrote into the staging folder.
func (s *staging) adopt(name string) error {
	f, err := os.Open(filepath.Join(s.temporary, filepath.FromSlash(name)))
	if err != nil {
		return fmt.Errorf("site: %w", err)
	}
	defer f.Close()
	sum := sha256.New()
	n, err := io.Copy(sum, f)
	if err != nil {
		return fmt.Errorf("site: %w", err)
	}
	s.note(fileEntry{name, n, hex.EncodeToString(sum.Sum(nil))})
	return nil
}

func (w *writer) reportsFile(context.Context) error {
	if !w.config.Reports {
		return nil
	}
	return w.gzipped("data/reports.jsonl.gz", func(out io.Writer) error {
		for _, line := range w.reports {
			if _, err := out.Write(append(slices.Clip(line), '\n')); err != nil {
				return err
			}
		}
		return nil
	})
}

// statusFile writes how far each section is, as CSV.
func (w *writer) statusFile(context.Context) error {
	return w.out.stream("data/status.csv", func(out io.Writer) error {
		c := csv.NewWriter(out)
		head := []string{"key", "number", "title", "chapter", "page"}
		for _, s := range analyse.Statuses() {
			head = append(head, string(s))
		}
		_ = c.Write(append(head, "decisions", "last"))
		for _, n := range w.sections {
			line := []string{n.section.Key, n.section.Number, n.section.Title, n.chapter().shown(), n.href()}
			for _, s := range analyse.Statuses() {
				line = append(line, strconv.Itoa(n.report.counts[s]))
			}
			last := ""
			for _, r := range n.report.references {
				last = max(last, r.Date)
			}
			_ = c.Write(append(line, strconv.Itoa(len(n.report.references)), last))
		}
		c.Flush()
		return c.Error()
	})
}

func (w *writer) manifestFile(context.Context) error {
	if w.config.Manifest == nil {
		return nil
	}
	data, err := json.MarshalIndent(w.config.Manifest, "", "  ")
	if err != nil {
		return fmt.Errorf("site: manifest: %w", err)
	}
	return w.out.put("data/manifest.json", append(data, '\n'))
}

type (
	dataData struct {
		Files    []download
		Manifest []labelled
	}
	download struct{ Href, Label, Words, Size string }
	labelled struct{ Label, Value string }
)

func (w *writer) dataPage() error {
	p := w.newPage("data.html", w.t["data"], w.t["data lede"])
	about := map[string]string{
		"data/decisions.csv.zip": "data csv", "data/decisions.jsonl.gz": "data jsonl", "data/reports.jsonl.gz": "data reports",
		"data/status.csv": "data status", "data/manifest.json": "data manifest",
	}
	w.out.mu.Lock()
	files := slices.Clone(w.out.files)
	w.out.mu.Unlock()
	slices.SortFunc(files, func(a, b fileEntry) int { return strings.Compare(a.Path, b.Path) })
	data := dataData{}
	for _, f := range files {
		words := about[f.Path]
		if strings.HasPrefix(f.Path, "data/decisions.parquet/") {
			words = "data parquet"
		}
		if words != "" {
			data.Files = append(data.Files, download{f.Path, strings.TrimPrefix(f.Path, "data/"), w.t[words], size(f.Size)})
		}
	}
	data.Files = append(data.Files, download{listName, listName, w.t["data files"], ""}, download{feedPath(nil), feedPath(nil), w.t["feed of"], ""})
	data.Manifest = w.manifestRows()
	p.Data = data
	return w.save("data.html", "data", p)
}

func (w *writer) manifestRows() []labelled {
	m := w.config.Manifest
	if m == nil {
		return nil
	}
	complete := w.t["no"]
	if m.Complete {
		complete = w.t["yes"]
	}
	rows := []labelled{{w.t["source"], report.OneLine(m.Source.String())}}
	if !m.Ended.IsZero() {
		rows = append(rows, labelled{w.t["harvested"], m.Ended.UTC().Format(time.RFC3339)})
	}
	rows = append(rows, labelled{w.t["complete"], complete})
	for _, r := range m.Reasons {
		rows = append(rows, labelled{"", report.OneLine(r.String())})
	}
	return append(rows,
		labelled{w.t["decision"], w.number(int(m.Decisions))},
		labelled{w.t["triples"], w.number(int(m.Triples))},
		labelled{w.t["digest"], cmp.Or(m.Digest, w.t["unknown"])},
	)
}

// size writes a number of bytes for readers.
func size(n int64) string {
	switch {
	case n >= 1<<20:
		return fmt.Sprintf("%.1f MB", float64(n)/(1<<20))
	case n >= 1<<10:
		return fmt.Sprintf("%.0f kB", float64(n)/(1<<10))
	}
	return fmt.Sprintf("%d B", n)
}
