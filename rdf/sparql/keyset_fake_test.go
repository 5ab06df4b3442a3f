package sparql

import (
	"cmp"
	"crypto/md5"
	"encoding/hex"
	"fmt"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/themis-go/themis/rdf"
)

// fakeStore answers the queries of a Keyset over triples in memory. It knows
// them by their names in the comment-free text, not SPARQL as such. The
// subjects' pattern is taken to match every subject whose IRI begins with
// http://e/s.
type fakeStore struct {
	t *testing.T

	mu      sync.Mutex
	triples []rdf.Triple
	seen    map[string]int // requests by kind
	queries []string
	// fault, if set, may write another answer to the nth query of a kind; it
	// returns false to let the store answer.
	fault func(a fakeAnswer, w http.ResponseWriter) bool
}

// fakeAnswer is what the store would answer to the nth query of a kind.
type fakeAnswer struct {
	kind       string
	n          int
	vars, rows []string
	query      string
}

// write writes the answer with these rows in place of its own.
func (a fakeAnswer) write(w http.ResponseWriter, rows ...string) { writeFake(w, a.vars, rows) }

const fakeVars = `{"head":{"vars":[%s]},"results":{"bindings":[`

func fakeTerm(t rdf.Term) string {
	switch t := t.(type) {
	case rdf.IRI:
		return `{"type":"uri","value":` + strconv.Quote(t.String()) + `}`
	case rdf.Blank:
		return `{"type":"bnode","value":` + strconv.Quote(strings.TrimPrefix(t.String(), "_:")) + `}`
	}
	return `{"type":"literal","value":` + strconv.Quote(t.String()) + `}`
}

var (
	fakeAfter  = regexp.MustCompile(`STR\(\?s\) > "([^"]*)"`)
	fakeLast   = regexp.MustCompile(`STR\(\?s\) <= "([^"]*)"`)
	fakeLimit  = regexp.MustCompile(`LIMIT (\d+)`)
	fakeValues = regexp.MustCompile(`VALUES \?(s|property) \{([^}]*)\}`)
	fakeHash   = regexp.MustCompile(`>= "(\w+)" && MD5\(STR\(\?other\)\) < "(\w+)"`)
)

func (f *fakeStore) serve(w http.ResponseWriter, r *http.Request) {
	query := r.FormValue("query")
	f.mu.Lock()
	defer f.mu.Unlock()
	kind, vars, rows := f.evaluate(strings.ReplaceAll(query, "?id", "?s"))
	if strings.Contains(query, "?id") && vars[0] == "s" { // the queries of Load
		vars[0] = "id"
		for i := range rows {
			rows[i] = strings.Replace(rows[i], `"s":`, `"id":`, 1)
		}
	}
	f.seen[kind]++
	f.queries = append(f.queries, query)
	w.Header().Set("Content-Type", "application/sparql-results+json")
	if f.fault != nil && f.fault(fakeAnswer{kind, f.seen[kind], vars, rows, query}, w) {
		return
	}
	writeFake(w, vars, rows)
}

func writeFake(w http.ResponseWriter, vars []string, rows []string) {
	fmt.Fprintf(w, fakeVars, `"`+strings.Join(vars, `","`)+`"`)
	fmt.Fprint(w, strings.Join(rows, ","), "]}}")
}

func fakeRow(vars []string, terms ...string) string {
	var b strings.Builder
	for i, t := range terms {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(`"` + vars[i] + `":` + t)
	}
	return "{" + b.String() + "}"
}

func (f *fakeStore) evaluate(q string) (kind string, vars, rows []string) {
	number := func(n int) string {
		return fmt.Sprintf(`{"type":"typed-literal","datatype":"http://www.w3.org/2001/XMLSchema#integer","value":"%d"}`, n)
	}
	values := map[string][]string{}
	for _, m := range fakeValues.FindAllStringSubmatch(q, -1) {
		for _, v := range strings.Fields(m[2]) {
			values[m[1]] = append(values[m[1]], strings.Trim(v, "<>"))
		}
	}
	after, last, limit := "", "\U0010ffff", 1<<30
	if m := fakeAfter.FindStringSubmatch(q); m != nil {
		after = m[1]
	}
	if m := fakeLast.FindStringSubmatch(q); m != nil {
		last = m[1]
	}
	if m := fakeLimit.FindStringSubmatch(q); m != nil {
		limit, _ = strconv.Atoi(m[1])
	}
	subjects := f.subjects(after, last)
	inverse := strings.Contains(q, "?other ?property ?s")
	end := func(t rdf.Triple) (string, rdf.Term) {
		if inverse {
			return t.Obj.String(), t.Subj
		}
		return t.Subj.String(), t.Obj
	}
	match := func(s string) (found []rdf.Triple) {
		for _, t := range f.triples {
			key, other := end(t)
			if _, literal := t.Obj.(rdf.Literal); inverse && literal {
				continue
			}
			p := values["property"]
			if key != s || len(p) > 0 && !slices.Contains(p, t.Pred.String()) {
				continue
			}
			if m := fakeHash.FindStringSubmatch(q); m != nil {
				sum := md5.Sum([]byte(other.String()))
				h := hex.EncodeToString(sum[:])
				if _, blank := other.(rdf.Blank); blank || h < m[1] || h >= m[2] {
					continue
				}
			}
			if strings.Contains(q, "FILTER(isBlank(") {
				if _, blank := other.(rdf.Blank); !blank {
					continue
				}
			}
			found = append(found, t)
		}
		return found
	}
	switch {
	case strings.Contains(q, "!isIRI"):
		n := 0
		for _, t := range f.triples {
			if b, ok := t.Subj.(rdf.Blank); ok && strings.HasPrefix(strings.TrimPrefix(b.String(), "_:"), "s") {
				n++
			}
		}
		return "unnamed", []string{"count"}, []string{fakeRow([]string{"count"}, number(n))}
	case strings.Contains(q, "STR(?s) <="):
		return "window", []string{"count"}, []string{fakeRow([]string{"count"}, number(len(subjects)))}
	case strings.Contains(q, "COUNT(DISTINCT"):
		return "total", []string{"count"}, []string{fakeRow([]string{"count"}, number(len(subjects)))}
	case strings.Contains(q, "ORDER BY"):
		vars = []string{"s"}
		for _, s := range subjects[:min(limit, len(subjects))] {
			rows = append(rows, fakeRow(vars, fakeTerm(rdf.MustIRI(s))))
		}
		return "list", vars, rows
	case strings.Contains(q, "GROUP BY ?property"):
		vars = []string{"property", "count"}
		counts := map[string]int{}
		for _, t := range match(values["s"][0]) {
			counts[t.Pred.String()]++
		}
		for p, n := range counts {
			rows = append(rows, fakeRow(vars, fakeTerm(rdf.MustIRI(p)), number(n)))
		}
		return "predicates", vars, rows
	case strings.Contains(q, "GROUP BY"):
		kind, subjects = "counts", values["s"]
	}
	if kind != "" {
		vars = []string{"s", "count"}
		for _, s := range subjects {
			rows = append(rows, fakeRow(vars, fakeTerm(rdf.MustIRI(s)), number(len(match(s)))))
		}
		return kind, vars, rows
	}
	vars = []string{"s", "property", "other"}
	for _, s := range values["s"] {
		for _, t := range match(s) {
			_, other := end(t)
			rows = append(rows, fakeRow(vars, fakeTerm(rdf.MustIRI(s)), fakeTerm(t.Pred), fakeTerm(other)))
		}
	}
	return "triples", vars, rows
}

// subjects returns the IRIs behind after up to last.
func (f *fakeStore) subjects(after, last string) []string {
	seen := map[string]bool{}
	for _, t := range f.triples {
		if s := t.Subj.String(); strings.HasPrefix(s, "http://e/s") && s > after && s <= last {
			seen[s] = true
		}
	}
	out := make([]string, 0, len(seen))
	for s := range seen {
		out = append(out, s)
	}
	slices.Sort(out)
	return out
}

// newFakeStore starts a store with n subjects, of 1 to 7 triples each.
func newFakeStore(t *testing.T, n int) (*fakeStore, Keyset) {
	f := &fakeStore{t: t, seen: map[string]int{}}
	for i := range n {
		s := rdf.MustIRI(fmt.Sprintf("http://e/s%04d", i*7%n))
		for j := range 1 + i%7 {
			f.triples = append(f.triples, rdf.Triple{Subj: s, Pred: rdf.MustIRI(fmt.Sprintf("http://e/p%d", j%3)), Obj: rdf.NewString(fmt.Sprint(i, j))})
		}
		f.triples = append(f.triples, rdf.Triple{Subj: rdf.MustIRI(fmt.Sprintf("http://e/x%d", i%5)), Pred: rdf.MustIRI("http://e/part"), Obj: s})
	}
	server := httptest.NewServer(http.HandlerFunc(f.serve))
	t.Cleanup(server.Close)
	client := NewClient(server.URL, Retry(NoRetry()), Timeout(10*time.Second))
	t.Cleanup(func() { assert.NoError(t, client.Close()) })
	return f, Keyset{Client: client, Subjects: Text("SELECT ?s WHERE { ?s ?p ?o }"), PageSize: 20, ListSize: 40}
}

// of returns the triples of the subjects, sorted.
func (f *fakeStore) of(prefix string) []string {
	var out []string
	for _, t := range f.triples {
		if strings.HasPrefix(t.Subj.String(), prefix) {
			out = append(out, tripleText(t))
		}
	}
	slices.Sort(out)
	return out
}

func tripleText(t rdf.Triple) string {
	return string(rdf.AppendTerm(rdf.AppendTerm(rdf.AppendTerm(nil, t.Subj), t.Pred), t.Obj))
}

func sortedTriples(pages []Page) []string {
	var out []string
	for _, p := range pages {
		for _, t := range p.Triples {
			out = append(out, tripleText(t))
		}
	}
	slices.SortFunc(out, cmp.Compare[string])
	return out
}
