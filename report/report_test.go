package report

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/themis-go/themis/harvest"
	"github.com/themis-go/themis/report/agreement"
	"github.com/themis-go/themis/report/analyse"
	"github.com/themis-go/themis/report/internal/fixture"
)

// The made-up decisions, by short names.
var (
	day      = fixture.Day
	iri      = fixture.IRI
	decision = fixture.Decision
	housing  = fixture.Housing
	peeters  = fixture.Peeters
	janssen  = fixture.Janssen
)

// huren is the section of the tests.
func huren(t testing.TB) *agreement.Section {
	a, err := agreement.Read(strings.NewReader(
		"## 4 — Wonen\n\n### 4.2 Huren\n\nWe verhogen de huurpremie voor gezinnen met kinderen.\n\nElke gemeente krijgt een woonloket.\n\nWe schaffen de verkooprechten af.\n"), agreement.Markdown)
	require.NoError(t, err)
	s, err := a.Section("Huren")
	require.NoError(t, err)
	return s
}

// shelf is a corpus in which everything is found for every section, and each
// line of the section is a promise.
type shelf []harvest.Decision

func (s shelf) Decision(_ context.Context, uri string) (harvest.Decision, error) {
	for _, d := range s {
		if d.URI.String() == uri {
			return d, nil
		}
	}
	return harvest.Decision{}, ErrUnknownDecision
}

func (s shelf) Find(_ context.Context, section *agreement.Section) (Found, error) {
	found := Found{Ranker: "test/1", Cutoff: "all of them"}
	for i, d := range s {
		found.Evidence = append(found.Evidence, analyse.Evidence{Decision: d, Score: 1 / float64(i+1)})
	}
	at := 0
	for _, line := range strings.Split(section.Text, "\n") {
		if line != "" {
			found.Promises = append(found.Promises, analyse.Promise{Text: line, Start: at, End: at + len(line)})
		}
		at += len(line) + 1
	}
	return found, nil
}

func huurReport(t testing.TB, opts ...Option) *Report {
	rep, err := Build(context.Background(), huren(t), shelf(housing()), opts...)
	require.NoError(t, err)
	return rep
}

func render(t testing.TB, f func(*bytes.Buffer) error) []byte {
	var b bytes.Buffer
	require.NoError(t, f(&b))
	return b.Bytes()
}

func markdownOf(t testing.TB, rep *Report) string {
	return string(render(t, func(b *bytes.Buffer) error { return Markdown(b, rep) }))
}
