package sparql

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"runtime"
	"runtime/debug"
	"strings"
	"sync"
	"testing"

	ksparql "github.com/knakk/sparql"
	"github.com/stretchr/testify/require"
	"github.com/themis-go/themis/rdf"
)

// The benchmarks decode the same document: 200,000 rows of s, p and o, about
// 50 MB, in the form in which Virtuoso writes them, of the shape that a
// harvest of Themis has: some dozen properties a subject, Dutch prose, dates,
// links, counted texts.
//
//	go test ./rdf/sparql -run '^$' -bench Decode -benchmem -count 6
const benchRows = 200_000

var benchDocument = sync.OnceValue(func() []byte { return makeDocument(benchRows) })

var benchWords = strings.Fields(`de het een van Vlaamse Regering minister keurt principieel definitief goed besluit
	ontwerp decreet wijziging betreffende subsidie toekenning aan voor gemeente provincie Raad advies State
	Inspectie Financiën begroting akkoord na overleg sociale partners onderwijs welzijn mobiliteit energie
	klimaat "proefproject" financiële coëfficiënt één zorg ruimtelijke ordening landbouw visserij cultuur`)

// makeDocument generates results of n rows.
func makeDocument(n int) []byte {
	random := rand.New(rand.NewPCG(1, 2))
	var b bytes.Buffer
	b.WriteString("\n{ \"head\": { \"link\": [], \"vars\": [\"s\", \"p\", \"o\"] },\n  \"results\": { \"distinct\": false, \"ordered\": true, \"bindings\": [")
	prose := func(words int) string {
		var text strings.Builder
		for i := range words {
			if i > 0 {
				text.WriteByte(' ')
			}
			text.WriteString(benchWords[random.IntN(len(benchWords))])
		}
		s, _ := json.Marshal(text.String())
		return string(s)
	}
	properties := []struct {
		iri   string
		value func() string
	}{
		{"http://www.w3.org/1999/02/22-rdf-syntax-ns#type", func() string { return uri("https://data.vlaanderen.be/ns/dossier#Stuk") }},
		{"http://purl.org/dc/terms/type", func() string {
			return uri("http://themis.vlaanderen.be/id/concept/document-type/63d628cb-a594-4166-8b4e-880b4214fc5b")
		}},
		{"http://purl.org/dc/terms/title", func() string { return `{ "type": "literal", "value": ` + prose(9) + ` }` }},
		{"http://purl.org/dc/terms/alternative", func() string { return `{ "type": "literal", "xml:lang": "nl", "value": ` + prose(5) + ` }` }},
		{"http://www.w3.org/ns/prov#value", func() string { return `{ "type": "literal", "value": ` + prose(24) + ` }` }},
		{"http://purl.org/dc/terms/issued", func() string {
			return fmt.Sprintf(`{ "type": "typed-literal", "datatype": "http://www.w3.org/2001/XMLSchema#dateTime", "value": "20%02d-%02d-%02dT10:00:00Z" }`,
				6+random.IntN(19), 1+random.IntN(12), 1+random.IntN(28))
		}},
		{"http://schema.org/position", func() string {
			return fmt.Sprintf(`{ "type": "typed-literal", "datatype": "http://www.w3.org/2001/XMLSchema#integer", "value": "%d" }`, random.IntN(60))
		}},
		{"http://purl.org/dc/terms/subject", func() string {
			return uri(fmt.Sprintf("http://themis.vlaanderen.be/id/concept/theme/%d", random.IntN(24)))
		}},
		{"http://www.w3.org/ns/prov#qualifiedAssociation", func() string {
			return uri(fmt.Sprintf("http://themis.vlaanderen.be/id/mandataris/%024x", random.IntN(80)))
		}},
		{"http://www.w3.org/ns/prov#wasDerivedFrom", func() string {
			return uri(fmt.Sprintf("http://themis.vlaanderen.be/id/agendapunt/%024x", random.Uint64()))
		}},
		{"http://mu.semte.ch/vocabularies/core/uuid", func() string {
			return fmt.Sprintf(`{ "type": "literal", "value": "%024x" }`, random.Uint64())
		}},
	}
	for i := 0; i < n; {
		subject := uri(fmt.Sprintf("http://themis.vlaanderen.be/id/nieuwsbericht/%024x", random.Uint64()))
		for _, p := range properties {
			if i == n {
				break
			}
			if i > 0 {
				b.WriteByte(',')
			}
			fmt.Fprintf(&b, "\n    { \"s\": %s\t, \"p\": %s\t, \"o\": %s}", subject, uri(p.iri), p.value())
			i++
		}
	}
	b.WriteString(" ] } }")
	return b.Bytes()
}

func uri(s string) string { return `{ "type": "uri", "value": "` + s + `" }` }

func BenchmarkDecodeThemis(b *testing.B) {
	doc := benchDocument()
	b.SetBytes(int64(len(doc)))
	b.ReportAllocs()
	for b.Loop() {
		rows, err := ReadResults(bytes.NewReader(doc), JSON)
		require.NoError(b, err)
		for rows.Next() {
		}
		require.NoError(b, rows.Err())
		require.EqualValues(b, benchRows, rows.Count())
	}
	b.ReportMetric(float64(benchRows)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
}

func BenchmarkDecodeKnakk(b *testing.B) {
	doc := benchDocument()
	b.SetBytes(int64(len(doc)))
	b.ReportAllocs()
	for b.Loop() {
		res, err := ksparql.ParseJSON(bytes.NewReader(doc))
		require.NoError(b, err)
		require.Len(b, res.Solutions(), benchRows)
	}
	b.ReportMetric(float64(benchRows)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
}

// BenchmarkDecodeTokens reads encoding/json's tokens and makes nothing of them.
func BenchmarkDecodeTokens(b *testing.B) {
	doc := benchDocument()
	b.SetBytes(int64(len(doc)))
	b.ReportAllocs()
	for b.Loop() {
		dec := json.NewDecoder(bytes.NewReader(doc))
		for {
			if _, err := dec.Token(); err == io.EOF {
				break
			} else if err != nil {
				b.Fatal(err)
			}
		}
	}
	b.ReportMetric(float64(benchRows)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
}

func BenchmarkCollectStructs(b *testing.B) {
	type triple struct {
		S, P rdf.IRI
		O    rdf.Term
	}
	doc := benchDocument()
	b.SetBytes(int64(len(doc)))
	b.ReportAllocs()
	for b.Loop() {
		rows, err := ReadResults(bytes.NewReader(doc), JSON)
		require.NoError(b, err)
		n := 0
		for _, err := range All[triple](rows) {
			require.NoError(b, err)
			n++
		}
		require.Equal(b, benchRows, n)
	}
}

// TestDecodeAllocations holds the decoder to three allocations a row.
func TestDecodeAllocations(t *testing.T) {
	const n = 20_000
	doc := makeDocument(n)
	perRun := testing.AllocsPerRun(3, func() {
		rows, err := ReadResults(bytes.NewReader(doc), JSON)
		if err != nil {
			t.Fatal(err)
		}
		for rows.Next() {
		}
	})
	require.LessOrEqual(t, perRun/n, 3.0, "allocations a row")
}

// TestDecodeMemory decodes a document of any size in constant memory: the heap
// stays small while two million rows pass.
func TestDecodeMemory(t *testing.T) {
	if testing.Short() {
		t.Skip("SKIPPED with -short: decodes about 250 MB")
	}
	const times = 1_000
	doc := makeDocument(1_000)
	start := bytes.Index(doc, []byte("\n    {"))
	end := bytes.LastIndex(doc, []byte(" ] } }"))
	pieces := []io.Reader{bytes.NewReader(doc[:start])}
	for i := range times {
		if i > 0 {
			pieces = append(pieces, strings.NewReader(","))
		}
		pieces = append(pieces, bytes.NewReader(doc[start:end]))
	}
	pieces = append(pieces, bytes.NewReader(doc[end:]))
	debug.FreeOSMemory()
	var before, now runtime.MemStats
	runtime.ReadMemStats(&before)
	rows, err := ReadResults(io.MultiReader(pieces...), JSON)
	require.NoError(t, err)
	var peak uint64
	for rows.Next() {
		if rows.Count()%5_000 == 0 {
			runtime.ReadMemStats(&now)
			peak = max(peak, now.HeapAlloc)
		}
	}
	require.NoError(t, rows.Err())
	require.EqualValues(t, 1_000*times, rows.Count())
	// The document itself, in a process of its own, would not be in the heap.
	used := int64(peak) - int64(before.HeapAlloc)
	t.Logf("%d rows, heap at most %.1f MB above the start", rows.Count(), float64(used)/1e6)
	require.Less(t, used, int64(16<<20))
}
