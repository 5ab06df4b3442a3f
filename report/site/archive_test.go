package site

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/themis-go/themis/harvest"
	"github.com/themis-go/themis/harvest/archive"
	"github.com/themis-go/themis/internal/realdata"
	"github.com/themis-go/themis/report/agreement"
)

// TestOfArchive writes the site of the embedded sample, twice.
func TestOfArchive(t *testing.T) {
	ctx := context.Background()
	arc, err := archive.Open(filepath.Join(t.TempDir(), "themis.db"))
	require.NoError(t, err)
	defer arc.Close()
	_, err = harvest.Run(ctx, harvest.Sample(), arc)
	require.NoError(t, err)
	c, err := OfArchive(ctx, arc, agreement.Sample())
	require.NoError(t, err)
	files := read(t, write(t, c))
	checkPages(t, files)
	assert.Contains(t, files, "data/manifest.json")
	assert.Contains(t, string(files["index.html"]), "Digest van het archief")
	assert.Equal(t, files, read(t, write(t, c)), "the same archive gives the same site")
}

func TestOfArchiveEmpty(t *testing.T) {
	ctx := context.Background()
	arc, err := archive.Open(filepath.Join(t.TempDir(), "themis.db"))
	require.NoError(t, err)
	defer arc.Close()
	c, err := OfArchive(ctx, arc, agreement.Sample())
	require.NoError(t, err)
	assert.Nil(t, c.Manifest)
	checkPages(t, read(t, write(t, c)))
}

// BenchmarkWriteArchive writes the site from the archive that THEMIS_ARCHIVE
// names, the opening of its index included.
func BenchmarkWriteArchive(b *testing.B) {
	path := os.Getenv("THEMIS_ARCHIVE")
	if path == "" {
		b.Skip("SKIPPED: set THEMIS_ARCHIVE to the path of an archive")
	}
	agr := realdata.Agreement(b)
	for b.Loop() {
		before, began := processorTime(b), time.Now()
		arc, err := archive.Open(path, archive.ReadOnly())
		require.NoError(b, err)
		c, err := OfArchive(context.Background(), arc, agr)
		require.NoError(b, err)
		opened := time.Since(began)
		result, err := Write(context.Background(), benchDir(b), c)
		require.NoError(b, err)
		require.NoError(b, arc.Close())
		b.ReportMetric((processorTime(b) - before).Seconds(), "cpu-s/op")
		b.ReportMetric(float64(result.Bytes)/1e6, "MB")
		b.Logf("%d sections, %d decisions, %d files, %.1f MB; the index was open after %v", result.Sections, result.Decisions, result.Files, float64(result.Bytes)/1e6, opened)
	}
}
