package sparql

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/themis-go/themis/internal/virtuosotest"
	"github.com/themis-go/themis/rdf"
)

// engineData writes a Turtle file of n subjects of class e:Item, and one with
// so many values, and returns its path and the triples of the items, blank
// nodes made equal.
func engineData(t *testing.T, n, values int) (path string, want []string) {
	t.Helper()
	var b strings.Builder
	b.WriteString("@prefix e: <http://e/> .\n")
	for i := range n {
		name := [...]string{"item/%04d", "Item/%04d", "item/%04d/é", "item/%04d%%20x", "resource/%04d-a"}[i%5]
		fmt.Fprintf(&b, "<http://e/"+name+"> a e:Item ; e:label \"label %d é🍀\"@nl , \"label %d\" ; e:text \"\"\"%s\"\"\" .\n", i, i, i, strings.Repeat("tekst en \\\"meer\\\"\n", i%40))
		if i%7 == 0 {
			fmt.Fprintf(&b, "e:list%d e:member <http://e/"+name+"> .\n", i%3, i)
		}
	}
	b.WriteString("e:huge a e:Item ")
	for i := range values {
		fmt.Fprintf(&b, "; e:value \"waarde %d\" ", i)
		if i%10 == 0 {
			fmt.Fprintf(&b, ", \"waarde %d\"@nl , \"wàarde %d 🍀\" , %d , <http://e/v%d>", i, i, i, i)
		}
		if i%100 == 0 {
			b.WriteString(", [ e:in e:huge ]")
		}
	}
	b.WriteString(".\ne:other a e:Thing ; e:label \"no item\" .\n")
	path = filepath.Join(t.TempDir(), "items.ttl")
	require.NoError(t, os.WriteFile(path, []byte(b.String()), 0o644))
	g, err := rdf.ReadGraph(strings.NewReader(b.String()), rdf.Turtle)
	require.NoError(t, err)
	for s := range g.Subjects(rdf.RDFType, rdf.MustIRI("http://e/Item")) {
		for tr := range g.Match(s, nil, nil) {
			want = append(want, comparable(tr))
		}
	}
	slices.Sort(want)
	return path, want
}

// comparable writes a triple with all blank nodes the same.
func comparable(t rdf.Triple) string {
	if _, ok := t.Obj.(rdf.Blank); ok {
		b, _ := rdf.NewBlank("b")
		t.Obj = b
	}
	return tripleText(t)
}

// TestKeysetEngine pages a real engine that cuts at 500 rows, directly and
// through a layer that hides it, with every fault of the dispatcher; and a strict
// engine.
func TestKeysetEngine(t *testing.T) {
	t.Run("virtuoso", func(t *testing.T) {
		large, allOfLarge := engineData(t, 400, 600)
		small, allOfSmall := engineData(t, 50, 20)
		const graph, smallGraph = "http://g/items", "http://g/small"
		load := map[string][]string{graph: {large}, smallGraph: {small}}
		e := virtuosotest.Start(t, virtuosotest.Config{Load: load, MaxRows: 500, Proxy: true})
		t.Run("cut with a header", func(t *testing.T) { requireAll(t, e.URL, graph, allOfLarge, Keyset{}) })
		t.Run("cut in silence", func(t *testing.T) { requireAll(t, e.ProxyURL, graph, allOfLarge, Keyset{}) })
		t.Run("below the cap", func(t *testing.T) {
			requireAll(t, e.URL, graph, allOfLarge, Keyset{RowLimit: 450, PageSize: 100})
		})
		for _, fault := range []string{"rowcap-silent:20", "rowcap:20", "anytime:5", "truncate", "reset", "short", "trailing",
			"bad-json", "500", "500-then-ok:1", "502", "503:0", "html", "html-as-json", "empty", "null", "drop"} {
			t.Run(fault, func(t *testing.T) {
				// The list, its count, the counts of triples, the triples.
				for _, match := range []string{"ORDER BY", "<=", "OPTIONAL", "SELECT ?s ?property ?other"} {
					e.SetFault(t, fault, 2, match)
					requireAll(t, e.ProxyURL, smallGraph, allOfSmall, Keyset{})
					assert.Less(t, e.State(t).Times, 2, "the fault was met")
					e.ClearFaults(t)
				}
			})
		}
		t.Run("inverse", func(t *testing.T) {
			client := NewClient(e.URL)
			defer client.Close()
			member := rdf.MustIRI("http://e/member")
			k := Keyset{Client: client, Subjects: Text("SELECT ?s FROM <" + graph + "> WHERE { ?s a <http://e/Item> }"),
				Predicates: []rdf.IRI{rdf.RDFType}, Inverse: []rdf.IRI{member}}
			pages, err := collectPages(t, k)
			require.NoError(t, err)
			count := map[rdf.Predicate]int{}
			for _, p := range pages {
				for _, tr := range p.Triples {
					count[tr.Pred]++
				}
			}
			assert.Equal(t, map[rdf.Predicate]int{rdf.RDFType: 401, member: 58}, count)
		})
	})
	t.Run("oxigraph", func(t *testing.T) {
		path, want := engineData(t, 400, 600)
		const graph = "http://g/items"
		url := startOxigraph(t, graph, path)
		requireAll(t, url, graph, want, Keyset{})
		requireAll(t, url, graph, want, Keyset{RowLimit: 100, PageSize: 7})
	})
}

// requireAll pages the items and compares with what was loaded.
func requireAll(t *testing.T, url, graph string, want []string, k Keyset) {
	t.Helper()
	k.Client = NewClient(url, Retry(NoRetry()))
	defer k.Client.Close()
	k.Subjects = Text("SELECT ?s FROM <" + graph + "> WHERE { ?s a <http://e/Item> }")
	pages, err := collectPages(t, k)
	require.NoError(t, err)
	var got []string
	last := ""
	for _, p := range pages {
		for _, s := range p.Subjects {
			require.Greater(t, s.String(), last)
			last = s.String()
		}
		for _, tr := range p.Triples {
			got = append(got, comparable(tr))
		}
	}
	slices.Sort(got)
	require.Equal(t, want, got)
}
