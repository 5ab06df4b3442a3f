package sparql

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/require"
	"github.com/themis-go/themis/rdf"
)

// The fuzz targets feed a decoder any bytes. It must neither fail to end nor
// take memory without bound, and read the same whether the bytes come at once
// or one by one. What it makes must be terms that can be written.

func fuzzFormat(f *testing.F, format ResultFormat, check func(t *testing.T, doc []byte)) {
	seeds, err := filepath.Glob(filepath.Join("testdata", "results", "*."+resultExtension[format]))
	require.NoError(f, err)
	require.NotEmpty(f, seeds)
	for _, path := range seeds {
		doc, err := os.ReadFile(path)
		require.NoError(f, err)
		f.Add(doc)
	}
	f.Fuzz(func(t *testing.T, doc []byte) {
		vars, lines, err := readAll(bytes.NewReader(doc), format, MaxTermBytes(1<<20))
		vars1, lines1, err1 := readAll(iotest.OneByteReader(bytes.NewReader(doc)), format, MaxTermBytes(1<<20))
		require.Equal(t, vars, vars1)
		require.Equal(t, lines, lines1)
		if err == nil {
			require.NoError(t, err1)
			if check != nil {
				check(t, doc)
			}
			return
		}
		var d, d1 *DecodeError
		require.ErrorAs(t, err, &d)
		require.ErrorAs(t, err1, &d1)
		d.Near, d1.Near = "", "" // how much of it has come differs
		require.Equal(t, d, d1)
		yes, err := ReadBoolean(bytes.NewReader(doc), format)
		yes1, err1 := ReadBoolean(iotest.OneByteReader(bytes.NewReader(doc)), format)
		require.Equal(t, yes, yes1)
		require.Equal(t, err == nil, err1 == nil)
	})
}

var resultExtension = map[ResultFormat]string{JSON: "srj", XML: "srx", CSV: "csv", TSV: "tsv"}

func FuzzResultsJSON(f *testing.F) {
	fuzzFormat(f, JSON, func(t *testing.T, doc []byte) {
		require.True(t, json.Valid(bytes.TrimPrefix(doc, []byte("\ufeff"))), "what is read is JSON")
	})
}

func FuzzResultsXML(f *testing.F) { fuzzFormat(f, XML, nil) }

func FuzzResultsCSV(f *testing.F) { fuzzFormat(f, CSV, nil) }

func FuzzResultsTSV(f *testing.F) { fuzzFormat(f, TSV, nil) }

// FuzzJSONLiteral takes any text through JSON and back.
func FuzzJSONLiteral(f *testing.F) {
	for _, s := range []string{"", "x", "é🍀", "a\x00\x1f\"\\/", "\u2028\ufeff", string(bytes.Repeat([]byte("x"), 70_000))} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		quoted, err := json.Marshal(s) // replaces what is no UTF-8
		require.NoError(t, err)
		var want string
		require.NoError(t, json.Unmarshal(quoted, &want))
		rows, err := ReadResults(bytes.NewReader([]byte(term(`{"type":"literal","value":`+string(quoted)+`}`))), JSON)
		require.NoError(t, err)
		require.True(t, rows.Next())
		require.Equal(t, rdf.Term(rdf.NewString(want)), rows.Term("x"))
	})
}
