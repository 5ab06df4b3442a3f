package harvest_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/themis-go/themis/harvest"
	"github.com/themis-go/themis/internal/virtuosotest"
	"github.com/themis-go/themis/rdf/sparql"
)

// What a store writes in its own way, and names of its own, must not show in an
// archive.
func TestAwkwardData(t *testing.T) {
	t.Run("virtuoso", func(t *testing.T) {
		files := newArchive(t)
		want := run(t, harvest.Files("testdata/awkward"), files)
		require.Equal(t, harvest.Complete{}, want.Completeness)
		e := virtuosotest.Start(t, virtuosotest.Config{Load: map[string][]string{virtuosotest.PublicGraph: {"testdata/awkward"}}})
		for _, page := range []int{1, 3, 5000} {
			a := newArchive(t)
			got := run(t, harvest.Endpoint(sparql.NewClient(e.URL)), a, harvest.PageSize(page))
			for d, err := range harvest.Reconcile(context.Background(), files, a) {
				require.NoError(t, err)
				assert.Empty(t, d.OnlyA, "only in the file")
				assert.Empty(t, d.OnlyB, "only in the store")
			}
			assert.Equal(t, want.Manifest.Digest, got.Manifest.Digest)
			assert.Equal(t, harvest.Complete{}, got.Completeness)
			again := run(t, harvest.Endpoint(sparql.NewClient(e.URL)), a)
			assert.Equal(t, want.Manifest.Digest, again.Manifest.Digest)
		}
	})
}
