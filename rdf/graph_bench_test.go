package rdf

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/require"
)

func BenchmarkReadGraph(b *testing.B) {
	_, nt := benchCorpus()
	b.ReportAllocs()
	b.SetBytes(int64(len(nt)))
	for b.Loop() {
		_, err := ReadGraph(bytes.NewReader(nt), NTriples)
		require.NoError(b, err)
	}
}

func BenchmarkGraphMatch(b *testing.B) {
	_, nt := benchCorpus()
	g, err := ReadGraph(bytes.NewReader(nt), NTriples)
	require.NoError(b, err)
	var subjects []Term
	for s := range g.Subjects(RDFType, nil) {
		subjects = append(subjects, s)
	}
	require.NotEmpty(b, subjects)
	b.ReportAllocs()
	i, n := 0, 0
	for b.Loop() {
		for range g.Match(subjects[i%len(subjects)], nil, nil) {
			n++
		}
		i++
	}
	b.ReportMetric(float64(n)/float64(i), "triples/op")
}
