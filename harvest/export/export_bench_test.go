package export

import (
	"io"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

func BenchmarkCSV(b *testing.B) {
	decisions := corpus(b)
	for b.Loop() {
		_, err := CSV(io.Discard, stream(decisions))
		require.NoError(b, err)
	}
	b.ReportMetric(float64(len(decisions)), "decisions/op")
}

func BenchmarkJSONLines(b *testing.B) {
	decisions := corpus(b)
	for b.Loop() {
		_, err := JSONLines(io.Discard, stream(decisions))
		require.NoError(b, err)
	}
}

func BenchmarkParquet(b *testing.B) {
	decisions := corpus(b)
	dir := filepath.Join(b.TempDir(), "p")
	for b.Loop() {
		_, err := Parquet(dir, stream(decisions))
		require.NoError(b, err)
	}
}
