package rdf

import (
	"bytes"
	"crypto"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/themis-go/themis/internal/sharedtest"
)

const (
	nsManifest = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
	nsRDFTest  = "http://www.w3.org/ns/rdftest#"
	nsRDFC     = "https://w3c.github.io/rdf-canon/tests/vocab#"
)

// A w3cSuite is a folder with a manifest.
type w3cSuite struct {
	name, folder string
	format       Format
	base         string // of the manifest, where it names none
	run          func(t *testing.T, s w3cSuite, e w3cEntry)
}

// A w3cEntry is one test of a manifest.
type w3cEntry struct {
	name, kind     string
	action, result string // paths
	base           string // IRI of the action
	hash           string
}

// TestW3CSuites runs the test suites of the W3C that lie in the folder that
// the environment variable W3C_TESTS names.
func TestW3CSuites(t *testing.T) {
	root := os.Getenv("W3C_TESTS")
	if root == "" {
		root = sharedtest.Path(t, "w3c")
	}
	const base = "https://w3c.github.io/rdf-tests/rdf/rdf11/"
	suites := []w3cSuite{
		{"N-Triples", "rdf-n-triples", NTriples, base + "rdf-n-triples/", runW3CSyntax},
		{"N-Quads", "rdf-n-quads", NQuads, base + "rdf-n-quads/", runW3CSyntax},
		{"Turtle", "rdf-turtle", Turtle, base + "rdf-turtle/", runW3CSyntax},
		{"RDF/XML", "rdf-xml", RDFXML, base + "rdf-xml/", runW3CSyntax},
		{"RDFC-1.0", "rdfc10", NQuads, "https://w3c.github.io/rdf-canon/tests/", runW3CCanonical},
	}
	var table strings.Builder
	fmt.Fprintf(&table, "\n%-10s %6s %6s %6s\n", "suite", "tests", "passed", "failed")
	for _, s := range suites {
		entries := s.entries(t, filepath.Join(root, s.folder))
		passed := 0
		for _, e := range entries {
			if t.Run(s.name+"/"+e.name, func(t *testing.T) { s.run(t, s, e) }) {
				passed++
			}
		}
		fmt.Fprintf(&table, "%-10s %6d %6d %6d\n", s.name, len(entries), passed, len(entries)-passed)
	}
	t.Log(table.String())
}

// entries reads the suite's manifest, with the package's own Turtle reader.
func (s w3cSuite) entries(t *testing.T, dir string) (list []w3cEntry) {
	t.Helper()
	file, err := os.Open(filepath.Join(dir, "manifest.ttl"))
	require.NoError(t, err)
	defer file.Close()
	g, err := ReadGraph(file, Turtle, Base(s.base+"manifest.ttl"))
	require.NoError(t, err)
	path := func(term Term) string {
		if term == nil {
			return ""
		}
		local, ok := strings.CutPrefix(term.String(), s.base)
		require.True(t, ok, "%s is not below %s", term, s.base)
		return filepath.Join(dir, filepath.FromSlash(local))
	}
	var node Term
	for n := range g.Match(nil, MustIRI(nsManifest+"entries"), nil) {
		node = n.Obj
	}
	for ; node != nil && node != RDFNil; node = g.Object(node, RDFRest) {
		entry := g.Object(node, RDFFirst)
		kind := g.Object(entry, RDFType)
		require.NotNil(t, kind, "%s has no type", entry)
		action := g.Object(entry, MustIRI(nsManifest+"action"))
		e := w3cEntry{
			kind:   strings.TrimPrefix(strings.TrimPrefix(kind.String(), nsRDFTest), nsRDFC),
			action: path(action), base: action.String(),
			result: path(g.Object(entry, MustIRI(nsManifest+"result"))),
		}
		_, e.name, _ = strings.Cut(entry.String(), "#")
		if h := g.Object(entry, MustIRI(nsRDFC+"hashAlgorithm")); h != nil {
			e.hash = h.String()
		}
		list = append(list, e)
	}
	require.NotEmpty(t, list)
	return list
}

func runW3CSyntax(t *testing.T, s w3cSuite, e w3cEntry) {
	doc, err := os.ReadFile(e.action)
	require.NoError(t, err)
	got, err := ReadGraph(bytes.NewReader(doc), s.format, Base(e.base))
	if strings.HasSuffix(e.kind, "NegativeSyntax") || strings.HasSuffix(e.kind, "NegativeEval") {
		var syntax *SyntaxError
		require.ErrorAs(t, err, &syntax, "this was read:\n%s", doc)
		assert.Positive(t, syntax.Line)
		return
	}
	require.NoError(t, err, "%s", doc)
	if e.result == "" {
		return
	}
	file, err := os.Open(e.result)
	require.NoError(t, err)
	defer file.Close()
	want, err := ReadGraph(file, NTriples)
	require.NoError(t, err)
	if !Equal(want, got) {
		missing, extra := Diff(want, got)
		t.Errorf("%s\nmissing: %v\nextra: %v", doc, NewGraph(missing...), NewGraph(extra...))
	}
}

func runW3CCanonical(t *testing.T, s w3cSuite, e w3cEntry) {
	file, err := os.Open(e.action)
	require.NoError(t, err)
	defer file.Close()
	var quads []Quad
	for q, err := range ReadQuads(file, NQuads) {
		require.NoError(t, err)
		quads = append(quads, q)
	}
	var opts []CanonicalOption
	if e.hash == "SHA384" {
		opts = append(opts, CanonicalHash(crypto.SHA384))
	}
	got, err := Canonical(quads, opts...)
	if e.kind == "RDFC10NegativeEvalTest" {
		require.ErrorIs(t, err, ErrTooComplex)
		return
	}
	require.NoError(t, err)
	want, err := os.ReadFile(e.result)
	require.NoError(t, err)
	if e.kind == "RDFC10MapTest" {
		labels := make(map[string]string)
		require.NoError(t, json.Unmarshal(want, &labels))
		assert.Equal(t, labels, got.Labels)
		return
	}
	assert.Equal(t, string(want), string(got.NQuads))
}
