package main

import (
	"bytes"
	"context"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func answer(t *testing.T, args ...string) (string, error) {
	var out, status bytes.Buffer
	err := run(context.Background(), args, &out, &status)
	return out.String(), err
}

func TestAsk(t *testing.T) {
	out, err := answer(t, "Wat besliste de Vlaamse Regering over preventie van radicalisering?")
	require.NoError(t, err)
	assert.Contains(t, out, `\[0\]`)
	assert.Contains(t, out, "Referenties")
	out, err = answer(t, "-format", "html", "-language", "en", "radicalisering")
	require.NoError(t, err)
	assert.True(t, strings.HasPrefix(out, "<!doctype html>"))
	out, err = answer(t, "-format", "json", "Hoe bak ik een appeltaart?")
	require.NoError(t, err)
	assert.Contains(t, out, `"refused": true`)
}

func TestAskKeepsTheArchive(t *testing.T) {
	file := filepath.Join(t.TempDir(), "themis.db")
	_, err := answer(t, "-archive", file, "radicalisering?")
	require.ErrorContains(t, err, "no such file")
}

func TestAskBadInput(t *testing.T) {
	for name, args := range map[string][]string{
		"no question":    {},
		"two questions":  {"een", "twee"},
		"empty question": {""},
		"long question":  {strings.Repeat("lang ", 500)},
		"control":        {"x\x00y"},
		"unknown format": {"-format", "pdf", "radicalisering?"},
		"language":       {"-language", "fr", "radicalisering?"},
		"no such path":   {"-from", "/nonexistent/x", "radicalisering?"},
		"no endpoint":    {"-from", "http://127.0.0.1:1/sparql", "radicalisering?"},
	} {
		t.Run(name, func(t *testing.T) {
			if name == "no endpoint" && testing.Short() {
				t.Skip("SKIPPED: waits for retries")
			}
			out, err := answer(t, args...)
			require.Error(t, err)
			assert.Empty(t, out)
			assert.Less(t, len(err.Error()), 500)
		})
	}
}
