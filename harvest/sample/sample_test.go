package sample_test

import (
	"io/fs"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/themis-go/themis/harvest/sample"
)

func TestFS(t *testing.T) {
	files, err := fs.Glob(sample.FS, "*.ttl")
	require.NoError(t, err)
	require.Len(t, files, 15, "twelve meetings, the government, the code lists and the catalogue")
}
