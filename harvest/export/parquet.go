package export

import (
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"regexp"
	"strconv"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/compress/zstd"

	"github.com/themis-go/themis/harvest"
)

// ErrForeignFiles is returned where a folder holds files that are no Parquet
// export: they are not replaced.
var ErrForeignFiles = errors.New("the folder holds files that this export did not write; choose another folder or remove them")

const (
	// defaultRowGroupBytes is how much text is held before a row group is
	// written, over all partitions.
	defaultRowGroupBytes = 8 << 20
	// defaultPartitions is how many partitions are open at once.
	defaultPartitions = 16
)

// RowGroupBytes sets how much text [Parquet] holds in memory, over all years,
// before it writes a row group: 8 MiB by default. A larger value makes larger
// row groups, which are read faster where they are read whole.
func RowGroupBytes(n int) Option {
	return func(c *config) { c.rowGroupBytes = max(n, 1) }
}

// Parquet writes decisions to a folder of Parquet files, a row for each, with
// the columns of [Row], partitioned by the year of the meeting (see the
// description of the package), and returns how many it wrote. Lists are of the
// LIST type with nested groups, dates are DATE, times are TIMESTAMP in
// microseconds adjusted to UTC; pages are compressed with Zstandard. Within a
// file, rows are in the order of the stream.
//
// The folder is made, or replaced as a whole when everything is written: a
// reader never sees a part. (Between two renames there is an instant without
// the folder; after a crash in it the former one is beside it, under a name
// that begins with ".themis-export-".) It is an error, ErrForeignFiles, if
// the folder holds anything else than such an export.
func Parquet(dir string, decisions iter.Seq2[harvest.Decision, error], opts ...Option) (n int, err error) {
	c := newConfig(opts)
	s, err := newParquetSink(dir, c, createTemporary)
	if err != nil {
		return 0, fmt.Errorf("export: Parquet: %w", err)
	}
	defer s.abort()
	if n, err = writeAll(keepOnClose{s}, decisions); err != nil {
		return n, err
	}
	if err := s.commit(); err != nil {
		return n, fmt.Errorf("export: Parquet: %w", err)
	}
	return n, nil
}

// keepOnClose leaves aborting to its maker, who has to commit first.
type keepOnClose struct{ *parquetSink }

func (keepOnClose) abort() {}

// noYear is Hive's name for a partition whose value is null.
const noYear = "__HIVE_DEFAULT_PARTITION__"

// parquetSink writes partitions beside the final folder.
type parquetSink struct {
	dir     string // the final one
	pending string // the one that is written
	config  config
	create  createFile
	codec   *zstd.Codec
	open    map[string]*partition
	parts   map[string]int // files begun, by year
	clock   int
	held    int // text in memory, over all partitions
	done    bool
}

// partition is a file of one year.
type partition struct {
	file *pendingFile
	w    *parquet.GenericWriter[Row]
	held int
	used int // the sink's clock when a row was written last
}

func newParquetSink(dir string, c config, create createFile) (*parquetSink, error) {
	dir = filepath.Clean(dir)
	if err := checkReplaceable(dir); err != nil {
		return nil, err
	}
	parent := filepath.Dir(dir)
	if err := makeFolder(parent); err != nil {
		return nil, err
	}
	pending, err := os.MkdirTemp(parent, temporaryPrefix+filepath.Base(dir)+"-*")
	if err != nil {
		return nil, fmt.Errorf("cannot make a folder in %s; choose one that can be written: %w", parent, err)
	}
	return &parquetSink{
		dir: dir, pending: pending, config: c, create: create,
		// The default level takes some twenty megabytes more for its window, and
		// makes files 6 % smaller.
		codec: &zstd.Codec{Level: zstd.SpeedFastest},
		open:  map[string]*partition{}, parts: map[string]int{},
	}, nil
}

func (s *parquetSink) write(d harvest.Decision) error {
	year := noYear
	if date := d.Date(); !date.IsZero() {
		year = strconv.Itoa(date.Year())
	}
	p, err := s.partition(year)
	if err != nil {
		return err
	}
	row := NewRow(d)
	if _, err := p.w.Write([]Row{row}); err != nil {
		return p.file.failed(err)
	}
	size := row.size()
	s.clock++
	p.used = s.clock
	p.held += size
	s.held += size
	if s.held >= s.config.rowGroupBytes {
		return s.flushLargest()
	}
	return nil
}

// partition returns the open file of a year. A year whose file was closed to
// make room gets another one.
func (s *parquetSink) partition(year string) (*partition, error) {
	if p := s.open[year]; p != nil {
		return p, nil
	}
	if len(s.open) >= s.config.partitions {
		if err := s.closeOldest(); err != nil {
			return nil, err
		}
	}
	folder := filepath.Join(s.pending, "year="+year)
	if err := makeFolder(folder); err != nil {
		return nil, err
	}
	f, err := newPendingFile(s.create, filepath.Join(folder, fmt.Sprintf("part-%d.parquet", s.parts[year])))
	if err != nil {
		return nil, err
	}
	s.parts[year]++
	p := &partition{file: f, w: parquet.NewGenericWriter[Row](f,
		parquet.Compression(s.codec),
		parquet.CreatedBy("themis", "", ""),
		parquet.SkipPageBounds("text"), parquet.SkipPageBounds("html"))}
	s.open[year] = p
	return p, nil
}

func (s *parquetSink) flushLargest() error {
	var largest *partition
	for _, p := range s.open {
		if largest == nil || p.held > largest.held {
			largest = p
		}
	}
	if err := largest.w.Flush(); err != nil {
		return largest.file.failed(err)
	}
	s.held -= largest.held
	largest.held = 0
	return nil
}

func (s *parquetSink) closeOldest() error {
	oldest := ""
	for year, p := range s.open {
		if oldest == "" || p.used < s.open[oldest].used {
			oldest = year
		}
	}
	return s.closePartition(oldest)
}

func (s *parquetSink) closePartition(year string) error {
	p := s.open[year]
	if err := p.w.Close(); err != nil {
		return p.file.failed(err)
	}
	if err := p.file.finish(); err != nil {
		return err
	}
	if err := p.file.commit(); err != nil {
		return err
	}
	s.held -= p.held
	delete(s.open, year)
	return nil
}

// close finishes the files; the folder keeps its temporary name.
func (s *parquetSink) close() error {
	for year := range s.open {
		if err := s.closePartition(year); err != nil {
			return err
		}
	}
	if err := os.Chmod(s.pending, 0o755); err != nil {
		return fmt.Errorf("finish %s: %w", s.dir, err)
	}
	return nil
}

// commit puts the finished folder in its place.
func (s *parquetSink) commit() error {
	if err := checkReplaceable(s.dir); err != nil {
		return err
	}
	former := ""
	if _, err := os.Lstat(s.dir); err == nil {
		former = s.pending + "-former"
		if err := os.Rename(s.dir, former); err != nil {
			return fmt.Errorf("replace %s: %w", s.dir, err)
		}
	}
	if err := os.Rename(s.pending, s.dir); err != nil {
		if former != "" {
			err = errors.Join(err, os.Rename(former, s.dir))
		}
		return fmt.Errorf("give %s its name: %w", s.dir, err)
	}
	s.done = true
	if former != "" {
		if err := os.RemoveAll(former); err != nil {
			return fmt.Errorf("%s is written, but the former one remains: %w", s.dir, err)
		}
	}
	return nil
}

func (s *parquetSink) abort() {
	if s.done {
		return
	}
	s.done = true
	for _, p := range s.open {
		p.file.abort()
	}
	_ = os.RemoveAll(s.pending)
}

var (
	partitionName = regexp.MustCompile(`^year=(?:-?[0-9]+|` + noYear + `)$`)
	partName      = regexp.MustCompile(`^part-[0-9]+\.parquet$`)
)

// checkReplaceable reports whether dir is absent, empty, or an export whose
// loss nobody would mourn.
func checkReplaceable(dir string) error {
	return filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if path == dir {
			if errors.Is(err, fs.ErrNotExist) {
				return nil
			}
			if err == nil && !e.IsDir() {
				return fmt.Errorf("%w: %s is no folder", ErrForeignFiles, dir)
			}
			return err
		}
		if err != nil {
			return err
		}
		inside, err := filepath.Rel(dir, path)
		if err != nil {
			return err
		}
		folder, name := filepath.Split(inside)
		isPartition := folder == "" && e.IsDir() && partitionName.MatchString(name)
		isPart := partitionName.MatchString(filepath.Clean(folder)) && e.Type().IsRegular() && partName.MatchString(name)
		if !isPartition && !isPart {
			return fmt.Errorf("%w: %s", ErrForeignFiles, path)
		}
		return nil
	})
}

// size is about what the row takes in memory until its row group is written.
func (r *Row) size() int {
	n := 512 + len(r.URI) + len(r.UUID) + len(r.Title) + len(r.Subtitle) + len(r.Text) + len(r.HTML) +
		len(r.AgendaItem.Title) + len(r.AgendaItem.ShortTitle) + 64*(len(r.Ministers)+len(r.Themes))
	for _, d := range r.Documents {
		n += 128 + len(d.URI) + len(d.Title)
		for _, f := range d.Files {
			n += 64 + len(f.URI) + len(f.Name)
		}
	}
	return n
}
