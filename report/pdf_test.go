package report

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/themis-go/themis/internal/pdftext"
)

func TestPDF(t *testing.T) {
	if _, err := Browser(); err != nil {
		t.Skipf("SKIPPED: %v", err)
	}
	var page, out bytes.Buffer
	require.NoError(t, HTML(&page, huurReport(t)))
	require.NoError(t, PDF(context.Background(), &out, &page))
	assert.True(t, bytes.HasPrefix(out.Bytes(), []byte("%PDF-")))
	text := pdfText(t, out.Bytes())
	assert.Contains(t, text, "huurpremie")
	assert.Contains(t, text, "Referenties")
}

func TestPDFWithoutBrowser(t *testing.T) {
	t.Setenv("THEMIS_CHROMIUM", "/nonexistent/chromium")
	err := PDF(context.Background(), &bytes.Buffer{}, strings.NewReader("<p>x"))
	require.ErrorIs(t, err, ErrNoBrowser)
	t.Setenv("THEMIS_CHROMIUM", "")
	t.Setenv("PATH", t.TempDir())
	require.ErrorIs(t, PDF(context.Background(), &bytes.Buffer{}, strings.NewReader("<p>x")), ErrNoBrowser)
}

// script puts a program in the place of the browser.
func script(t *testing.T, body string) {
	path := filepath.Join(t.TempDir(), "browser")
	require.NoError(t, os.WriteFile(path, []byte("#!/bin/sh\n"+body+"\n"), 0o755))
	t.Setenv("THEMIS_CHROMIUM", path)
}

func TestPDFFailures(t *testing.T) {
	ctx := context.Background()
	script(t, "echo cannot start >&2; exit 3")
	require.ErrorContains(t, PDF(ctx, &bytes.Buffer{}, strings.NewReader("")), "cannot start")
	script(t, "exit 0")
	require.ErrorContains(t, PDF(ctx, &bytes.Buffer{}, strings.NewReader("")), "printed nothing")
	cancelled, cancel := context.WithCancel(ctx)
	cancel()
	script(t, "sleep 60")
	require.ErrorIs(t, PDF(cancelled, &bytes.Buffer{}, strings.NewReader("")), context.Canceled)
	boom := errors.New("boom")
	require.ErrorIs(t, PDF(ctx, &bytes.Buffer{}, failingReader{boom}), boom)
}

type failingReader struct{ err error }

func (f failingReader) Read([]byte) (int, error) { return 0, f.err }

// pdfText is the text of a PDF document with single blanks.
func pdfText(t *testing.T, data []byte) string {
	pages, err := pdftext.Read(context.Background(), data)
	require.NoError(t, err)
	var b strings.Builder
	for _, p := range pages {
		for _, l := range p.Lines {
			b.WriteString(l.Text + " ")
		}
	}
	return b.String()
}
