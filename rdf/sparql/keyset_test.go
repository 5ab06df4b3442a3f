package sparql

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/themis-go/themis/rdf"
)

type fakeFault = func(a fakeAnswer, w http.ResponseWriter) bool

// collectPages reads to the end.
func collectPages(t *testing.T, k Keyset) ([]Page, error) {
	t.Helper()
	var pages []Page
	for p, err := range k.Pages(t.Context()) {
		if err != nil {
			return pages, err
		}
		pages = append(pages, p)
	}
	return pages, nil
}

// requireWhole checks that the pages hold every triple of the subjects once,
// and the subjects in order.
func requireWhole(t *testing.T, f *fakeStore, pages []Page) {
	t.Helper()
	require.Equal(t, f.of("http://e/s"), sortedTriples(pages))
	var subjects []string
	after := ""
	for _, p := range pages {
		require.Equal(t, after, p.After)
		own := map[string]bool{}
		for _, s := range p.Subjects {
			subjects = append(subjects, s.String())
			own[s.String()] = true
		}
		for _, tr := range p.Triples {
			require.True(t, own[tr.Subj.String()], "a triple of another page")
		}
		after = p.Last
		require.Equal(t, after, p.Subjects[len(p.Subjects)-1].String())
		require.Equal(t, int64(len(subjects)), p.Done)
	}
	require.Equal(t, f.subjects("", "\U0010ffff"), subjects)
}

func TestKeysetPages(t *testing.T) {
	f, k := newFakeStore(t, 100)
	pages, err := collectPages(t, k)
	require.NoError(t, err)
	requireWhole(t, f, pages)
	assert.Len(t, pages, 5)
	assert.Equal(t, int64(100), pages[0].Total)
	assert.Equal(t, map[string]int{"unnamed": 1, "total": 2, "list": 4, "window": 3, "counts": 5, "triples": 5}, f.seen)
	assert.Equal(t, len(pages[0].Triples), pages[0].Graph().Len())
	for _, q := range f.queries {
		_, err := Parse(q)
		require.NoError(t, err)
	}
}

// TestKeysetFaults: whatever an endpoint does, every triple comes once, or an
// error comes.
func TestKeysetFaults(t *testing.T) {
	cut := func(n int) fakeFault {
		return func(a fakeAnswer, w http.ResponseWriter) bool {
			if len(a.rows) <= n {
				return false
			}
			a.write(w, a.rows[:n]...)
			return true
		}
	}
	once := func(kinds string, at int, do func(a fakeAnswer, w http.ResponseWriter)) fakeFault {
		return func(a fakeAnswer, w http.ResponseWriter) bool {
			if strings.Contains(kinds, a.kind) && a.n == at {
				do(a, w)
				return true
			}
			return false
		}
	}
	broken := func(a fakeAnswer, w http.ResponseWriter) {
		fmt.Fprintf(w, fakeVars, `"`+strings.Join(a.vars, `","`)+`"`)
		fmt.Fprint(w, a.rows[0], ",")
		w.(http.Flusher).Flush()
		panic(http.ErrAbortHandler)
	}
	status := func(code int, body string) func(fakeAnswer, http.ResponseWriter) {
		return func(_ fakeAnswer, w http.ResponseWriter) { http.Error(w, body, code) }
	}
	for _, c := range []struct {
		name  string
		fault fakeFault
		set   func(k *Keyset)
	}{
		{"a silent cap on rows of 60", cut(60), nil},
		{"a silent cap of 10 that also cuts the lists", cut(10), nil},
		{"every third answer cut", func(a fakeAnswer, w http.ResponseWriter) bool {
			return a.n%3 == 0 && len(a.rows) > 0 && cut(len(a.rows)-1)(a, w)
		}, func(k *Keyset) { k.Attempts = 10 }},
		{"the body breaks off", once("triples", 2, broken), nil},
		{"a list breaks off", once("list", 2, broken), nil},
		{"500, then well", once("list window triples counts total", 1, status(500, "Unknown error")), nil},
		{"an execution timeout", once("triples window", 1, status(500, "Virtuoso S1T00 Error SR171: Transaction timed out")), nil},
		{"too costly above 5 subjects", func(a fakeAnswer, w http.ResponseWriter) bool {
			if a.kind == "triples" && len(a.rows) > 20 {
				status(500, "Virtuoso 42000 Error The estimated execution time 581 (sec) exceeds the limit of 400 (sec).")(a, w)
				return true
			}
			return false
		}, nil},
		{"a page in place of results", once("triples", 1, func(a fakeAnswer, w http.ResponseWriter) {
			w.Header().Set("Content-Type", "text/html")
			fmt.Fprint(w, "<html><body>busy</body></html>")
		}), nil},
		{"an anytime answer that says so", once("window", 2, func(a fakeAnswer, w http.ResponseWriter) {
			w.Header().Set("X-SQL-State", "S1TAT")
			a.write(w, a.rows[0])
		}), nil},
		{"a list with holes", once("list", 2, func(a fakeAnswer, w http.ResponseWriter) {
			a.write(w, append(a.rows[:3:3], a.rows[5:]...)...)
		}), nil},
		{"an empty list before the end", once("list", 2, func(a fakeAnswer, w http.ResponseWriter) {
			a.write(w)
		}), nil},
		{"one triple in place of another subject's", once("triples", 1, func(a fakeAnswer, w http.ResponseWriter) {
			a.write(w, append(a.rows[:len(a.rows)-1:len(a.rows)-1], a.rows[0])...)
		}), nil},
		{"few rows at once", nil, func(k *Keyset) { k.RowLimit = 3 }},
		{"one row at once", nil, func(k *Keyset) { k.RowLimit = 1 }},
		{"few triples a page", nil, func(k *Keyset) { k.PageTriples = 10 }},
		{"lists of three, a failing count of triples", once("counts", 3, status(500, "Virtuoso S1T00 Error SR171: Transaction timed out")), func(k *Keyset) { k.ListSize = 3 }},
		{"pages of one", nil, func(k *Keyset) { k.PageSize = 1 }},
	} {
		t.Run(c.name, func(t *testing.T) {
			f, k := newFakeStore(t, 100)
			f.fault = c.fault
			if c.set != nil {
				c.set(&k)
			}
			pages, err := collectPages(t, k)
			require.NoError(t, err)
			requireWhole(t, f, pages)
		})
	}
}

func TestKeysetResumes(t *testing.T) {
	f, k := newFakeStore(t, 60)
	f.fault = func(a fakeAnswer, w http.ResponseWriter) bool {
		if a.kind == "triples" && a.n >= 2 {
			http.Error(w, "gone", http.StatusBadGateway)
			return true
		}
		return false
	}
	first, err := collectPages(t, k)
	var ke *KeysetError
	require.ErrorAs(t, err, &ke)
	require.Len(t, first, 1)
	assert.Equal(t, first[0].Last, ke.After)
	assert.ErrorIs(t, err, ErrUnavailable)
	assert.ErrorContains(t, err, "behind \"http://e/s0019\"")

	f.fault = nil
	k.After = ke.After
	rest, err := collectPages(t, k)
	require.NoError(t, err)
	require.Equal(t, int64(40), rest[0].Total)
	require.Equal(t, f.of("http://e/s"), sortedTriples(append(first, rest...)))
}

func TestKeysetGivesUp(t *testing.T) {
	always := func(kinds, body string, code int) fakeFault {
		return func(a fakeAnswer, w http.ResponseWriter) bool {
			if !strings.Contains(kinds, a.kind) {
				return false
			}
			http.Error(w, body, code)
			return true
		}
	}
	for _, c := range []struct {
		name  string
		fault fakeFault
		is    error
		want  string
		most  int // requests of the kind
	}{
		{"a time limit", always("list", "Virtuoso S1T00 Error SR171: Transaction timed out", 500), ErrTimeout, "listing of the subjects", 4},
		{"no reason", always("list", "Unknown error", 500), ErrServer, "(tried 4 times)", 4},
		{"a syntax error", always("list", "Virtuoso 37000 Error SP030: SPARQL compiler, line 1: syntax error at '}' before '}'", 400), ErrSyntax, "listing", 1},
		{"denied", always("total", "no", 401), ErrDenied, "counting", 1},
		{"a total that grows", func(a fakeAnswer, w http.ResponseWriter) bool {
			if a.kind == "total" && a.n != 2 {
				a.write(w, strings.Replace(a.rows[0], `"value":"`, `"value":"1`, 1))
				return true
			}
			return false
		}, ErrPartial, "the endpoint counts 160 subjects but sent 60", 9},
		{"an order that is none", func(a fakeAnswer, w http.ResponseWriter) bool {
			if a.kind != "list" {
				return false
			}
			slices.Reverse(a.rows)
			a.write(w, a.rows...)
			return true
		}, nil, "does not order IRIs by code points", 1},
		{"more than LIMIT", func(a fakeAnswer, w http.ResponseWriter) bool {
			if a.kind != "list" {
				return false
			}
			a.write(w, append(a.rows, fakeRow([]string{"s"}, `{"type":"uri","value":"http://e/t"}`))...)
			return true
		}, nil, "41 subjects for LIMIT 40", 1},
		{"counts that are no numbers", func(a fakeAnswer, w http.ResponseWriter) bool {
			if a.kind != "counts" {
				return false
			}
			a.write(w, strings.ReplaceAll(a.rows[0], `integer","value":"`, `integer","value":"x`))
			return true
		}, nil, "counting the triples", 2},
		{"an unbound variable", func(a fakeAnswer, w http.ResponseWriter) bool {
			if a.kind != "triples" {
				return false
			}
			a.write(w, "{}")
			return true
		}, nil, "unbound variable", 1},
		{"a literal as predicate", func(a fakeAnswer, w http.ResponseWriter) bool {
			if a.kind != "triples" {
				return false
			}
			a.write(w, fakeRow([]string{"s", "property", "other"}, `{"type":"uri","value":"http://e/a"}`, `{"type":"literal","value":"b"}`, `{"type":"literal","value":"b"}`))
			return true
		}, nil, "is no triple", 1},
		{"two counts", func(a fakeAnswer, w http.ResponseWriter) bool {
			if a.kind != "total" {
				return false
			}
			a.write(w, append(a.rows, a.rows[0])...)
			return true
		}, ErrPartial, "rows of a count", 4},
	} {
		t.Run(c.name, func(t *testing.T) {
			f, k := newFakeStore(t, 60)
			f.fault = c.fault
			var log bytes.Buffer
			k.Logger = slog.New(slog.NewTextHandler(&log, nil))
			_, err := collectPages(t, k)
			var ke *KeysetError
			require.ErrorAs(t, err, &ke)
			assert.ErrorContains(t, err, c.want)
			if c.is != nil {
				assert.ErrorIs(t, err, c.is)
			}
			for _, n := range f.seen {
				assert.LessOrEqual(t, n, c.most)
			}
			if ke.Attempts > 1 {
				assert.Contains(t, log.String(), "try again, with less")
			}
		})
	}
}

// TestKeysetHugeSubject: a subject beyond the limit of rows is read by
// predicates and hashes.
func TestKeysetHugeSubject(t *testing.T) {
	f, k := newFakeStore(t, 10)
	huge := rdf.MustIRI("http://e/s0003")
	for i := range 500 {
		f.triples = append(f.triples, rdf.Triple{Subj: huge, Pred: rdf.MustIRI("http://e/many"), Obj: rdf.NewString(fmt.Sprint("v", i))})
	}
	for i := range 30 {
		b, err := rdf.NewBlank(fmt.Sprint("b", i))
		require.NoError(t, err)
		f.triples = append(f.triples, rdf.Triple{Subj: huge, Pred: rdf.MustIRI("http://e/many"), Obj: b})
	}
	k.RowLimit = 40
	k.PageTriples = 100
	most := 0
	f.fault = func(a fakeAnswer, _ http.ResponseWriter) bool {
		most = max(most, len(a.rows))
		return false
	}
	pages, err := collectPages(t, k)
	require.NoError(t, err)
	requireWhole(t, f, pages)
	assert.LessOrEqual(t, most, 60, "rows in one answer")

	f.fault = func(a fakeAnswer, w http.ResponseWriter) bool {
		if a.kind == "triples" && strings.Contains(a.query, "isBlank(?other)) }") {
			a.write(w)
			return true
		}
		return false
	}
	_, err = collectPages(t, k)
	var ke *KeysetError
	require.ErrorAs(t, err, &ke)
	assert.Equal(t, huge.String(), ke.Subject)
	assert.ErrorIs(t, err, ErrPartial)
}

func TestKeysetInverseAndPredicates(t *testing.T) {
	f, k := newFakeStore(t, 30)
	k.Predicates = []rdf.IRI{rdf.MustIRI("http://e/p0"), rdf.MustIRI("http://e/p1")}
	k.Inverse = []rdf.IRI{rdf.MustIRI("http://e/part")}
	pages, err := collectPages(t, k)
	require.NoError(t, err)
	var want []string
	for _, tr := range f.triples {
		if p := tr.Pred.String(); p != "http://e/p2" {
			want = append(want, tripleText(tr))
		}
	}
	slices.Sort(want)
	assert.Equal(t, want, sortedTriples(pages))
}

func TestKeysetPagesOf(t *testing.T) {
	f, k := newFakeStore(t, 50)
	var subjects []rdf.IRI
	for _, s := range []string{"s0040", "s0003", "none", "s0001", "x2"} {
		subjects = append(subjects, rdf.MustIRI("http://e/"+s))
	}
	k.PageSize = 2
	k.Subjects = Text("PREFIX a: <http://a/> SELECT ?s FROM <http://g> WHERE { }")
	var got []rdf.IRI
	n := 0
	for p, err := range k.PagesOf(t.Context(), append(subjects, subjects[1], subjects[0])) {
		require.NoError(t, err)
		got = append(got, p.Subjects...)
		n += len(p.Triples)
		require.Equal(t, int64(5), p.Total)
	}
	assert.Equal(t, subjects, got)
	assert.Equal(t, len(f.of("http://e/s0040"))+len(f.of("http://e/s0003"))+len(f.of("http://e/s0001"))+len(f.of("http://e/x2")), n)
	for _, q := range f.queries {
		assert.Contains(t, q, "FROM <http://g>")
	}
	f.fault = func(a fakeAnswer, w http.ResponseWriter) bool {
		http.Error(w, "no", http.StatusForbidden)
		return true
	}
	for _, err := range k.PagesOf(t.Context(), subjects) {
		require.ErrorIs(t, err, ErrDenied)
	}
	for range k.PagesOf(t.Context(), nil) {
		t.Fatal("no subjects, no pages")
	}
}

func TestKeysetConfig(t *testing.T) {
	_, good := newFakeStore(t, 1)
	for _, c := range []struct {
		name string
		set  func(k *Keyset)
		want string
	}{
		{"no client", func(k *Keyset) { k.Client = nil }, "Client is not set"},
		{"no subjects", func(k *Keyset) { k.Subjects = nil }, "Subjects is not set"},
		{"syntax", func(k *Keyset) { k.Subjects = Text("SELECT") }, "line 1"},
		{"two variables", func(k *Keyset) { k.Subjects = Text("SELECT ?s ?p { ?s ?p ?o }") }, "one variable"},
		{"star", func(k *Keyset) { k.Subjects = Text("SELECT * { ?s a <b> }") }, "one variable"},
		{"order", func(k *Keyset) { k.Subjects = Text("SELECT ?s { ?s a <b> } ORDER BY ?s") }, "nothing behind the pattern"},
		{"expression", func(k *Keyset) { k.Subjects = Text("SELECT (<a> AS ?s) { }") }, "one variable"},
		{"construct", func(k *Keyset) { k.Subjects = Text("CONSTRUCT WHERE { ?s ?p ?o }") }, "want SELECT"},
		{"parameter", func(k *Keyset) { k.Subjects = Text("SELECT ?s FROM ?g { ?s a <b> }") }, `Bind("g"`},
		{"size", func(k *Keyset) { k.PageSize = MaxValues + 1 }, "the most is 1000"},
	} {
		t.Run(c.name, func(t *testing.T) {
			k := good
			c.set(&k)
			_, err := collectPages(t, k)
			require.ErrorContains(t, err, c.want)
		})
	}
}

func TestKeysetBlankSubjects(t *testing.T) {
	f, k := newFakeStore(t, 3)
	b, err := rdf.NewBlank("s1")
	require.NoError(t, err)
	f.triples = append(f.triples, rdf.Triple{Subj: b, Pred: rdf.RDFType, Obj: rdf.RDFNil})
	_, err = collectPages(t, k)
	require.ErrorIs(t, err, ErrConfig)
	assert.ErrorContains(t, err, "add FILTER(isIRI(?s)) to leave them out")
}

func TestKeysetStops(t *testing.T) {
	f, k := newFakeStore(t, 100)
	for _, err := range k.Pages(t.Context()) {
		require.NoError(t, err)
		break
	}
	assert.Equal(t, 1, f.seen["triples"], "nothing is read ahead")

	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	pages := 0
	for _, err := range k.Pages(ctx) {
		if err != nil {
			require.ErrorIs(t, err, context.Canceled)
			break
		}
		pages++
		cancel()
	}
	assert.Equal(t, 1, pages)
}

// TestKeysetQueries: names in the pattern do not meet those of the paging, and
// comments and values in it do no harm.
func TestKeysetQueries(t *testing.T) {
	q, err := Text("PREFIX a: <http://a/> # prologue\nSELECT ?count # WHERE {\nFROM <http://g> # WHERE\nWHERE { # }\n ?count a:limit ?after ; a:last '}' ; a:property ?x }").Bind("x", "a } b")
	require.NoError(t, err)
	ks, err := newKeysetQueries(&Keyset{Subjects: q.Named("mine"), Predicates: []rdf.IRI{rdf.RDFType}, Inverse: []rdf.IRI{rdf.RDFFirst}})
	require.NoError(t, err)
	assert.Equal(t, "count", ks.subject)
	assert.Equal(t, []string{"after_", "last", "limit", "count_", "property"}, []string{ks.after, ks.last, ks.limit, ks.count, ks.property})
	assert.Equal(t, "mine/list", ks.list.Name())
	assert.Equal(t, `PREFIX a: <http://a/> # prologue
SELECT DISTINCT ?count FROM <http://g> WHERE { { # }
 ?count a:limit ?after ; a:last '}' ; a:property "a } b" } FILTER(STR(?count) > ?after_) } ORDER BY ?count LIMIT ?limit`, ks.list.Text())
	assert.Contains(t, ks.own.counts.String(), "OPTIONAL { VALUES ?property { <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> } ?count ?property ?other }")
	assert.Contains(t, ks.inverse.triples.String(), "VALUES ?count { } VALUES ?property { <http://www.w3.org/1999/02/22-rdf-syntax-ns#first> } ?other ?property ?count }")
	require.NoError(t, errors.Join(ks.own.hashed.err, ks.inverse.hashed.err))
}
