package rdf

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "write the golden files anew")

// TestReadGolden reads the documents of testdata/read in lenient mode. Beside
// each lies what is expected: its quads, and a comment for each error. A case
// is added by adding a document and running the test with -update.
func TestReadGolden(t *testing.T) {
	files, err := filepath.Glob("testdata/read/*")
	require.NoError(t, err)
	for _, file := range files {
		format, ok := FormatByExtension(file)
		if !ok {
			continue
		}
		t.Run(filepath.Base(file), func(t *testing.T) {
			doc, err := os.ReadFile(file)
			require.NoError(t, err)
			got := readGolden(t, doc, format)
			golden := file + ".golden"
			if *update {
				require.NoError(t, os.WriteFile(golden, []byte(got), 0o644))
			}
			want, err := os.ReadFile(golden)
			require.NoError(t, err)
			assert.Equal(t, string(want), got)
		})
	}
}

func readGolden(t *testing.T, doc []byte, f Format) string {
	t.Helper()
	var out bytes.Buffer
	note := func(e *SyntaxError) { fmt.Fprintf(&out, "# %d:%d %s\n", e.Line, e.Column, e.Msg) }
	// Small pieces: no token may depend on being read at once.
	r := &pieces{data: doc, size: 3}
	for q, err := range ReadQuads(r, f, Base("http://example.org/base/doc"), Lenient(note)) {
		var syntax *SyntaxError
		if errors.As(err, &syntax) {
			out.WriteString("# the end:\n")
			note(syntax)
			break
		}
		require.NoError(t, err)
		out.Write(AppendQuad(nil, q))
	}
	return out.String()
}

// pieces is a reader that returns at most size bytes at a time.
type pieces struct {
	data []byte
	size int
}

func (p *pieces) Read(b []byte) (int, error) {
	n := copy(b[:min(p.size, len(b))], p.data)
	p.data = p.data[n:]
	if len(p.data) == 0 {
		return n, io.EOF
	}
	return n, nil
}

// TestWriteGolden writes the documents of testdata/read as Turtle, and reads
// that back.
func TestWriteGolden(t *testing.T) {
	for _, name := range []string{"turtle-strings.ttl", "turtle-nesting.ttl", "turtle-names.ttl", "rdfxml-terms.rdf"} {
		t.Run(name, func(t *testing.T) {
			format, _ := FormatByExtension(name)
			doc, err := os.ReadFile(filepath.Join("testdata/read", name))
			require.NoError(t, err)
			g, err := ReadGraph(bytes.NewReader(doc), format, Base("http://example.org/base/doc"))
			require.NoError(t, err)
			var out bytes.Buffer
			require.NoError(t, WriteGraph(&out, Turtle, g, Prefixes(Namespaces{
				"": "http://example.org/", "a": "http://example.org/a#", "besluit": "http://data.vlaanderen.be/ns/besluit#",
				"xsd": "http://www.w3.org/2001/XMLSchema#", "unused": "http://example.org/unused#",
			})))
			golden := filepath.Join("testdata/write", strings.TrimSuffix(name, filepath.Ext(name))+".golden.ttl")
			if *update {
				require.NoError(t, os.MkdirAll("testdata/write", 0o755))
				require.NoError(t, os.WriteFile(golden, out.Bytes(), 0o644))
			}
			want, err := os.ReadFile(golden)
			require.NoError(t, err)
			assert.Equal(t, string(want), out.String())
			back, err := ReadGraph(&out, Turtle)
			require.NoError(t, err)
			assert.True(t, Equal(g, back))
		})
	}
}
