package sparql

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"github.com/themis-go/themis/internal/virtuosotest"
)

// What the engines of the tests hold: items with a number and a title, more
// triples than the row maximum, and values that engines treat each their way.
const (
	engineItems   = 1200
	engineMaxRows = 1000
	longLiteral   = 1_000_010
)

// writeEngineData writes the data as Turtle into dir/load, and returns the file.
func writeEngineData(t *testing.T, dir string) string {
	t.Helper()
	var b strings.Builder
	b.WriteString("@prefix e: <http://example.org/edge/> .\n@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n@prefix v: <http://example.org/> .\n")
	for i := range engineItems {
		fmt.Fprintf(&b, "<http://example.org/item/%04d> v:n %d ; v:title \"Titel %d\"@nl .\n", i, i, i)
	}
	for _, c := range edgeCases {
		fmt.Fprintf(&b, "e:%s v:value %s .\n", c.name, c.turtle)
	}
	fmt.Fprintf(&b, "e:long v:value \"%s\" .\n", strings.Repeat("é", 10)+strings.Repeat("x", longLiteral-10))
	path := filepath.Join(dir, "load", "data.ttl")
	require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
	require.NoError(t, os.WriteFile(path, []byte(b.String()), 0o644))
	return path
}

// edgeCases are values and what a Go program gets of them, whatever lexical
// form the engine gives them.
var edgeCases = []struct {
	name, turtle string
	want         any
}{
	{"true", "true", true},
	{"false", "false", false},
	{"integer", "42", 42},
	{"padded", `"0042"^^xsd:integer`, 42},
	{"negative", "-7", int64(-7)},
	{"decimal", "1.50", 1.5},
	{"double", "1.0E3", 1000.0},
	{"string", `"plain"`, "plain"},
	{"typed-string", `"typed"^^xsd:string`, "typed"},
	{"empty", `""`, ""},
	{"lang", `"Vlaamse Regering"@nl-BE`, "Vlaamse Regering"},
	{"quote", `"a \"b\" \\ c"`, `a "b" \ c`},
	{"newline", `"a\nb\r\nc\td"`, "a\nb\r\nc\td"},
	{"control", `"a\u0001b"`, "a\x01b"},
	{"non-bmp", `"klaver \U0001F340"`, "klaver 🍀"},
	{"nbsp", `"a\u00A0b\u2028c"`, "a\u00a0b\u2028c"},
	{"html", `"<p>x &amp; y</p>"`, "<p>x &amp; y</p>"},
	{"iri", "<http://example.org/stra\u00dfe/%C3%BC?a=1&b=2>", "http://example.org/stra\u00dfe/%C3%BC?a=1&b=2"},
	{"datetime-zone", `"2019-10-11T10:00:00+02:00"^^xsd:dateTime`, time.Date(2019, 10, 11, 8, 0, 0, 0, time.UTC)},
	{"datetime-millis", `"2019-10-11T08:00:00.000Z"^^xsd:dateTime`, time.Date(2019, 10, 11, 8, 0, 0, 0, time.UTC)},
	{"date", `"2024-02-29"^^xsd:date`, time.Date(2024, 2, 29, 0, 0, 0, 0, time.UTC)},
}

// startVirtuoso starts a Virtuoso with small limits and the engines' data;
// with proxy, the dispatcher stands before it.
func startVirtuoso(t *testing.T, proxy bool) *virtuosotest.Engine {
	t.Helper()
	data := writeEngineData(t, t.TempDir())
	return virtuosotest.Start(t, virtuosotest.Config{
		Load:    map[string][]string{virtuosotest.PublicGraph: {data}},
		MaxRows: engineMaxRows, MaxExec: 2, MaxCost: 1000, SortedTop: 500, Proxy: proxy,
	})
}
