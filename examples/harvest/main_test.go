package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestHarvestTheSample(t *testing.T) {
	file := filepath.Join(t.TempDir(), "themis.db")
	var out, status bytes.Buffer
	require.NoError(t, run(context.Background(), []string{"-archive", file}, &out, &status))
	assert.Contains(t, out.String(), "16 decisions; complete")
	assert.Contains(t, out.String(), `"digest":`)
	assert.Contains(t, status.String(), "read catalog.ttl")

	out.Reset()
	require.NoError(t, run(context.Background(), []string{"-archive", file, "-verify"}, &out, io.Discard))
	assert.True(t, strings.HasPrefix(out.String(), "verified: "), "without -from nothing is harvested again")
}

func TestBadInputIsOneClearLine(t *testing.T) {
	dir := t.TempDir()
	text := filepath.Join(dir, "text.txt")
	require.NoError(t, os.WriteFile(text, []byte("this is no archive and no RDF"), 0o600))
	page := filepath.Join(dir, "page.ttl")
	require.NoError(t, os.WriteFile(page, []byte("<html><body>no</body></html>"), 0o600))
	bad := filepath.Join(dir, "bad.ttl")
	require.NoError(t, os.WriteFile(bad, []byte("<urn:a> <urn:b> 1 .\nbad .\n"), 0o600))
	db := filepath.Join(dir, "themis.db")
	for name, test := range map[string]struct {
		args []string
		want string
	}{
		"no archive":     {nil, "give -archive FILE"},
		"unknown flag":   {[]string{"-nope"}, "not defined"},
		"an argument":    {[]string{"-archive", db, "x"}, `unknown argument "x"`},
		"no such file":   {[]string{"-archive", db, "-from", filepath.Join(dir, "none")}, "no such file"},
		"not RDF":        {[]string{"-archive", db, "-from", text}, "no file of RDF"},
		"a web page":     {[]string{"-archive", db, "-from", page}, "nothing could be read"},
		"part is bad":    {[]string{"-archive", db, "-from", bad}, "not everything is there"},
		"endpoint down":  {[]string{"-archive", db, "-from", "http://127.0.0.1:1/sparql"}, "not available"},
		"not an archive": {[]string{"-archive", text}, "no themis archive"},
		"no folder":      {[]string{"-archive", filepath.Join(dir, "none", "x.db")}, "no such file"},
		"bad date":       {[]string{"-archive", db, "-since", "2023"}, "want a date"},
		"dates reversed": {[]string{"-archive", db, "-since", "2023-02-01", "-until", "2023-01-01"}, "swap the dates"},
		"verify nothing": {[]string{"-archive", filepath.Join(dir, "new.db"), "-verify"}, "no such file"},
	} {
		t.Run(name, func(t *testing.T) {
			err := run(context.Background(), append(test.args, "-quiet"), io.Discard, io.Discard)
			require.Error(t, err)
			line := oneLine(err)
			assert.Contains(t, line, test.want)
			assert.NotContains(t, line, "\n")
			if name == "part is bad" {
				assert.True(t, errors.Is(err, errPartial))
			}
		})
	}
}
