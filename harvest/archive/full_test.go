package archive

import (
	"fmt"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/themis-go/themis/harvest"
)

// A disk that fills up in the middle of a harvest: the error says so, nothing
// that was committed is lost, and the next run goes on to the same digest.
func TestDiskFull(t *testing.T) {
	ctx := t.Context()
	whole, err := Open(filepath.Join(t.TempDir(), "whole.db"))
	require.NoError(t, err)
	defer whole.Close()
	want, err := harvest.Run(ctx, harvest.Sample(), whole)
	require.NoError(t, err)
	var needed int
	require.NoError(t, whole.read.QueryRowContext(ctx, "PRAGMA page_count").Scan(&needed))

	for _, share := range []float64{0.3, 0.5, 0.7, 0.9} {
		t.Run(fmt.Sprintf("%.0f%% of the room", 100*share), func(t *testing.T) {
			a, err := Open(filepath.Join(t.TempDir(), "t.db"))
			require.NoError(t, err)
			defer a.Close()
			room(t, a, int(share*float64(needed)))
			_, err = harvest.Run(ctx, harvest.Sample(), a)
			require.ErrorIs(t, err, ErrFull)

			room(t, a, 1<<30)
			got, err := harvest.Run(ctx, harvest.Sample(), a)
			require.NoError(t, err)
			require.Equal(t, harvest.Complete{}, got.Completeness)
			require.Equal(t, want.Manifest.Digest, got.Manifest.Digest)
			_, err = a.Verify(ctx)
			require.NoError(t, err)
		})
	}
}

// room limits the file to a number of pages, as a disk would.
func room(t *testing.T, a *Archive, pages int) {
	t.Helper()
	_, err := a.write.Exec(fmt.Sprintf("PRAGMA max_page_count = %d", pages))
	require.NoError(t, err)
}
