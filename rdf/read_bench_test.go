package rdf

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	krdf "github.com/knakk/rdf"
	"github.com/stretchr/testify/require"
)

// The benchmarks read one corpus: the Turtle files of the folder that the
// environment variable THEMIS_BENCH_DIR names, else generated decisions of the
// same shape. BenchmarkRead is ours, BenchmarkKnakk the decoder of the library
// whose terms we use, BenchmarkRapper the C program, on the same bytes.

var benchCorpus = sync.OnceValues(func() (turtle, ntriples []byte) {
	var ttl bytes.Buffer
	if dir := os.Getenv("THEMIS_BENCH_DIR"); dir != "" {
		files, _ := filepath.Glob(filepath.Join(dir, "*.ttl"))
		for _, name := range files {
			data, _ := os.ReadFile(name)
			ttl.Write(data)
			ttl.WriteByte('\n')
		}
	}
	if ttl.Len() == 0 {
		writeBenchDecisions(&ttl, 12_000)
	}
	var nt bytes.Buffer
	if err := Write(&nt, NTriples, Read(bytes.NewReader(ttl.Bytes()), Turtle, Base("http://example.org/"))); err != nil {
		panic(err)
	}
	return ttl.Bytes(), nt.Bytes()
})

// writeBenchDecisions writes decisions as the publisher does: a triple a line,
// all IRIs in full, texts between three quotation marks with raw line breaks.
func writeBenchDecisions(w io.Writer, n int) {
	const text = "De Vlaamse Regering hecht haar principiële goedkeuring aan het voorontwerp van decreet. "
	for i := range n {
		s := fmt.Sprintf("<http://themis.vlaanderen.be/id/nieuwsbericht/%08x-b9e7-5687-b9e1-0b2e469a1d93>", i*2654435761)
		line := func(predicate, object string) { fmt.Fprintf(w, "%s <%s> %s .\n", s, predicate, object) }
		line("http://www.w3.org/1999/02/22-rdf-syntax-ns#type", "<https://data.vlaanderen.be/ns/dossier#Stuk>")
		line("http://mu.semte.ch/vocabularies/core/uuid", fmt.Sprintf(`"""%08x-b9e7-5687-b9e1-0b2e469a1d93"""`, i))
		line("http://purl.org/dc/terms/title", fmt.Sprintf(`"""Voorontwerp van decreet nummer %d"""`, i))
		line("http://purl.org/dc/terms/issued", fmt.Sprintf(`"""2023-%02d-%02dT10:00:00.000Z"""^^<http://www.w3.org/2001/XMLSchema#dateTime>`, i%12+1, i%28+1))
		line("http://schema.org/position", fmt.Sprintf(`"""%d"""^^<http://www.w3.org/2001/XMLSchema#integer>`, i%90))
		line("http://purl.org/dc/terms/subject", fmt.Sprintf("<http://themis.vlaanderen.be/id/concept/thema/%08x-5c8c-44c9-aade-59087026f266>", i%33))
		line("http://www.w3.org/ns/prov#qualifiedAssociation", fmt.Sprintf("<http://themis.vlaanderen.be/id/mandataris/%08x-5c8c-44c9-aade-59087026f266>", i%12))
		line("http://www.w3.org/ns/prov#value", `"""`+strings.Repeat(text, 3+i%9)+"\n"+strings.Repeat(text, 2)+`"""`)
	}
}

func benchRead(b *testing.B, doc []byte, f Format) {
	b.ReportAllocs()
	b.SetBytes(int64(len(doc)))
	triples := 0
	for b.Loop() {
		triples = 0
		for _, err := range Read(bytes.NewReader(doc), f, Base("http://example.org/")) {
			if err != nil {
				b.Fatal(err)
			}
			triples++
		}
	}
	b.ReportMetric(float64(triples), "triples")
}

func BenchmarkRead(b *testing.B) {
	ttl, nt := benchCorpus()
	b.Run("ntriples", func(b *testing.B) { benchRead(b, nt, NTriples) })
	b.Run("turtle", func(b *testing.B) { benchRead(b, ttl, Turtle) })
	var grouped bytes.Buffer
	require.NoError(b, Write(&grouped, Turtle, Read(bytes.NewReader(nt), NTriples)))
	b.Run("turtle-grouped", func(b *testing.B) { benchRead(b, grouped.Bytes(), Turtle) })
}

func BenchmarkKnakk(b *testing.B) {
	ttl, nt := benchCorpus()
	for _, c := range []struct {
		name string
		doc  []byte
		f    krdf.Format
	}{{"ntriples", nt, krdf.NTriples}, {"turtle", ttl, krdf.Turtle}} {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(len(c.doc)))
			for b.Loop() {
				dec := krdf.NewTripleDecoder(bytes.NewReader(c.doc), c.f)
				for {
					_, err := dec.Decode()
					if err == io.EOF {
						break
					}
					if err != nil {
						b.Fatal(err)
					}
				}
			}
		})
	}
}

// BenchmarkRapper counts the triples with "rapper -c", start of the process included.
func BenchmarkRapper(b *testing.B) {
	rapper, err := exec.LookPath("rapper")
	if err != nil {
		b.Skip("SKIPPED: rapper (raptor2-utils) is not installed: there is nothing to compare with")
	}
	ttl, nt := benchCorpus()
	for _, c := range []struct {
		name string
		doc  []byte
	}{{"ntriples", nt}, {"turtle", ttl}} {
		b.Run(c.name, func(b *testing.B) {
			file := filepath.Join(b.TempDir(), "doc")
			require.NoError(b, os.WriteFile(file, c.doc, 0o600))
			b.SetBytes(int64(len(c.doc)))
			for b.Loop() {
				out, err := exec.Command(rapper, "-q", "-c", "-i", c.name, file, "http://example.org/").CombinedOutput()
				require.NoError(b, err, "%s", out)
			}
		})
	}
}

func BenchmarkWrite(b *testing.B) {
	_, nt := benchCorpus()
	var triples []Triple
	for t, err := range Read(bytes.NewReader(nt), NTriples) {
		require.NoError(b, err)
		triples = append(triples, t)
	}
	for _, f := range []Format{NTriples, Turtle} {
		b.Run(strings.ToLower(strings.ReplaceAll(f.String(), "-", "")), func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(len(nt)))
			for b.Loop() {
				w := NewWriter(io.Discard, f)
				for _, t := range triples {
					require.NoError(b, w.Write(t))
				}
				require.NoError(b, w.Close())
			}
		})
	}
}
