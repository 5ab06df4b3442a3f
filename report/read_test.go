package report

import (
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/themis-go/themis/report/agreement"
)

func TestReadAgreement(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "akkoord.md")
	require.NoError(t, os.WriteFile(path, []byte("# 1 Wonen\n\nWe bouwen.\n"), 0o600))
	a, err := ReadAgreement(path)
	require.NoError(t, err)
	assert.Len(t, a.Sections, 1)

	_, err = ReadAgreement(filepath.Join(dir, "weg.pdf"))
	require.ErrorIs(t, err, fs.ErrNotExist)
	_, err = ReadAgreement(filepath.Join(dir, "akkoord.docx"))
	require.ErrorContains(t, err, ".docx")
	empty := filepath.Join(dir, "leeg.txt")
	require.NoError(t, os.WriteFile(empty, nil, 0o600))
	_, err = ReadAgreement(empty)
	require.ErrorIs(t, err, agreement.ErrEmpty)
	require.ErrorContains(t, err, "leeg.txt")
}
