package push

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/themis-go/themis/harvest/sample"
	"github.com/themis-go/themis/internal/virtuosotest"
	"github.com/themis-go/themis/rdf"
	"github.com/themis-go/themis/rdf/sparql"
)

var graph = rdf.MustIRI("http://example.org/graphs/copy")

// sampleQuads are the triples of the sample, sorted as an archive's are.
func sampleQuads(t *testing.T) []rdf.Quad {
	t.Helper()
	g := rdf.NewGraph()
	files, err := fs.Glob(sample.FS, "*.ttl")
	require.NoError(t, err)
	for _, name := range files {
		f, err := sample.FS.Open(name)
		require.NoError(t, err)
		for triple, err := range rdf.Read(f, rdf.Turtle) {
			require.NoError(t, err)
			g.Add(triple)
		}
		require.NoError(t, f.Close())
	}
	require.Greater(t, g.Len(), 1000)
	return sorted(g)
}

func sorted(g *rdf.Graph) []rdf.Quad {
	var quads []rdf.Quad
	for triple := range g.All() {
		quads = append(quads, rdf.Quad{Triple: triple})
	}
	slices.SortFunc(quads, func(a, b rdf.Quad) int {
		return strings.Compare(string(rdf.AppendQuad(nil, a)), string(rdf.AppendQuad(nil, b)))
	})
	return quads
}

// awkward are triples that stores like to change.
func awkward(t *testing.T, long int) []rdf.Quad {
	t.Helper()
	nl, err := rdf.NewLang("Één \"aanhaling\"\n\\ en 😀\t<b>", "nl-BE")
	require.NoError(t, err)
	blank, err := rdf.NewBlank("b0.é")
	require.NoError(t, err)
	typed := func(s, datatype string) rdf.Literal {
		return rdf.NewTyped(s, rdf.MustIRI("http://www.w3.org/2001/XMLSchema#"+datatype))
	}
	s, p := rdf.MustIRI("http://example.org/s"), rdf.MustIRI("http://example.org/p")
	g := rdf.NewGraph()
	for _, o := range []rdf.Object{
		nl, blank, typed("2021-03-05T10:00:00.000+01:00", "dateTime"), typed("2021-03-05", "date"), typed("1", "boolean"), typed("007", "integer"),
		typed("1.50", "decimal"), typed("1.0E3", "double"), rdf.NewString(""), rdf.NewString("' } } ; DROP ALL #"), rdf.MustIRI("http://example.org/%7Eé?a=b&c"),
		rdf.NewString(strings.Repeat("lang ", long/5)), rdf.NewTyped("<p>x</p>", rdf.MustIRI("http://www.w3.org/1999/02/22-rdf-syntax-ns#HTML")),
	} {
		g.Add(rdf.Triple{Subj: s, Pred: p, Obj: o})
	}
	g.Add(rdf.Triple{Subj: blank, Pred: p, Obj: s})
	return sorted(g)
}

func stream(quads []rdf.Quad) iter.Seq2[rdf.Quad, error] {
	return func(yield func(rdf.Quad, error) bool) {
		for _, q := range quads {
			if !yield(q, nil) {
				return
			}
		}
	}
}

// failing lets so many updates pass; others break off after they were carried
// out, or before.
type failing struct {
	left  atomic.Int64
	after bool
}

var errWire = errors.New("the wire is cut")

func (f *failing) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.Method == http.MethodGet || f.left.Add(-1) >= 0 {
		return http.DefaultTransport.RoundTrip(r)
	}
	if f.after {
		resp, err := http.DefaultTransport.RoundTrip(r)
		if err == nil {
			_, _ = io.Copy(io.Discard, resp.Body)
			resp.Body.Close()
		}
	}
	return nil, errWire
}

func newClient(e *virtuosotest.Engine, opts ...sparql.Option) *sparql.Client {
	return sparql.NewClient(e.URL, append([]sparql.Option{sparql.GraphStoreURL(e.GraphStoreURL), sparql.Retry(sparql.RetryPolicy{})}, opts...)...)
}

func TestPush(t *testing.T) {
	t.Run("virtuoso", func(t *testing.T) {
		e := virtuosotest.Start(t, virtuosotest.Config{Writable: true})
		ctx := context.Background()
		data := sampleQuads(t)
		methods := map[string]Option{"update": func(*config) {}, "graph store": ByGraphStore()}
		long := map[string]int{"update": 1_000_000, "graph store": 50_000} // of a literal
		for name, method := range methods {
			t.Run(name, func(t *testing.T) {
				client := newClient(e)
				report, err := Push(ctx, client, graph, stream(data), method, Replace())
				require.NoError(t, err)
				require.Equal(t, len(data), report.Sent)
				require.True(t, report.Verification.Equal())
				require.EqualValues(t, len(data), report.Verification.Count)
				require.Equal(t, report.Verification.Digest, report.Verification.StoreDigest)
				require.Len(t, report.Verification.Digest, 64)

				// The same again changes nothing; with less in it, Replace matters.
				again, err := Push(ctx, client, graph, stream(data), method)
				require.NoError(t, err)
				require.Equal(t, report.Verification, again.Verification)
				_, err = Push(ctx, client, graph, stream(data[100:]), method)
				require.ErrorIs(t, err, ErrDiffers)
				require.ErrorContains(t, err, "Replace")
				_, err = Push(ctx, client, graph, stream(data[100:]), method, Replace())
				require.NoError(t, err)

				v, err := Verify(ctx, client, graph, stream(data))
				var differs *DifferenceError
				require.ErrorAs(t, err, &differs)
				require.Equal(t, 100, differs.Missing)
				require.Zero(t, differs.Extra)
				require.Len(t, differs.Examples, maxExamples)
				require.True(t, strings.HasPrefix(differs.Examples[0], "- <"))
				require.NotEqual(t, v.Digest, v.StoreDigest)
				require.False(t, v.Equal())
			})
			t.Run(name+" of awkward terms", func(t *testing.T) {
				report, err := Push(ctx, newClient(e), rdf.MustIRI("http://example.org/graphs/awkward"), stream(awkward(t, long[name])), method, Replace(), Batch(3, 1000))
				require.NoError(t, err)
				require.True(t, report.Verification.Equal())
				require.GreaterOrEqual(t, report.Requests, 5)
			})
			for _, after := range []bool{false, true} {
				t.Run(fmt.Sprintf("%s goes on, done unheard %v", name, after), func(t *testing.T) {
					checkpoint := File(filepath.Join(t.TempDir(), "push.json"))
					opts := []Option{method, Replace(), Batch(100, 1<<20), Resume(checkpoint)}
					wire := &failing{after: after}
					client := newClient(e, sparql.Transport(wire))
					for attempt := 1; ; attempt++ {
						wire.left.Store(6)
						report, err := Push(ctx, client, graph, stream(data), append(opts, WithoutVerification())...)
						if err == nil {
							require.Greater(t, attempt, 2)
							require.Less(t, report.Sent, len(data))
							require.Equal(t, len(data), report.Sent+report.Skipped)
							break
						}
						require.ErrorIs(t, err, errWire)
						require.Less(t, attempt, 100)
					}
					v, err := Verify(ctx, newClient(e), graph, stream(data))
					require.NoError(t, err)
					require.True(t, v.Equal())
				})
			}
		}
		t.Run("of what the store holds already", func(t *testing.T) {
			dir := t.TempDir()
			require.NoError(t, os.CopyFS(dir, sample.FS))
			e.Load(t, virtuosotest.PublicGraph, dir)
			v, err := Verify(ctx, newClient(e), rdf.MustIRI(virtuosotest.PublicGraph), stream(data))
			require.NoError(t, err)
			require.True(t, v.Equal(), "what Virtuoso loads from the files is what is pushed")
		})
		t.Run("refused", func(t *testing.T) {
			e.ISQL(t, `REVOKE SPARQL_UPDATE FROM "SPARQL";`)
			_, err := Push(ctx, newClient(e), graph, stream(data))
			require.ErrorContains(t, err, "send triples 1 to")
			require.ErrorContains(t, err, graph.String())
		})
	})
}

// none is a client of an address where nothing may be asked.
func none(t *testing.T) *sparql.Client {
	return sparql.NewClient("http://127.0.0.1:1/sparql", sparql.Transport(roundTripper(func(*http.Request) (*http.Response, error) {
		t.Error("a request was sent")
		return nil, errWire
	})))
}

type roundTripper func(*http.Request) (*http.Response, error)

func (f roundTripper) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

func TestDryRun(t *testing.T) {
	data := sampleQuads(t)
	checkpoint := File(filepath.Join(t.TempDir(), "push.json"))
	report, err := Push(context.Background(), none(t), graph, stream(data), DryRun(), Replace(), Batch(100, 1<<20), Resume(checkpoint))
	require.NoError(t, err)
	require.Equal(t, len(data), report.Triples)
	require.Equal(t, (len(data)+99)/100, report.Requests)
	require.Greater(t, report.Bytes, int64(100*len(data)/2))
	s, err := checkpoint.Load(context.Background())
	require.NoError(t, err)
	require.Zero(t, s)
}

func TestBatchesAreBounded(t *testing.T) {
	data := sampleQuads(t)
	var bodies []int
	client := sparql.NewClient("http://127.0.0.1:1/sparql", sparql.Transport(roundTripper(func(r *http.Request) (*http.Response, error) {
		require.NoError(t, r.ParseForm())
		bodies = append(bodies, len(r.PostForm.Get("update")))
		return &http.Response{StatusCode: 200, Body: http.NoBody, Header: http.Header{"Content-Type": {"text/plain"}}, Request: r}, nil
	})))
	var seen []Report
	_, err := Push(context.Background(), client, graph, stream(data), Batch(1000, 5000), WithoutVerification(), Progress(func(r Report) { seen = append(seen, r) }))
	require.NoError(t, err)
	require.Len(t, seen, len(bodies))
	require.Equal(t, len(data), seen[len(seen)-1].Sent)
	over := 0
	for _, n := range bodies {
		if n > 5200 {
			over++ // a triple that is longer by itself
		}
	}
	require.Less(t, over, len(bodies)/4)
}

func TestPushRefuses(t *testing.T) {
	ctx := context.Background()
	data := awkward(t, 100)
	errStream := errors.New("the archive is gone")
	broken := func(yield func(rdf.Quad, error) bool) { yield(rdf.Quad{}, errStream) }
	_, err := Push(ctx, none(t), graph, broken)
	require.ErrorIs(t, err, errStream)
	_, err = Push(ctx, none(t), rdf.IRI{}, stream(data))
	require.ErrorContains(t, err, "name the graph")
	_, err = Push(ctx, none(t), graph, stream(data), Batch(0, 1))
	require.ErrorContains(t, err, "Batch")
	_, err = Push(ctx, none(t), graph, stream(data), SkolemBase("no IRI"))
	require.Error(t, err)
	_, err = Push(ctx, none(t), graph, stream([]rdf.Quad{{}}))
	require.ErrorContains(t, err, "triple 1")
	cancelled, cancel := context.WithCancel(ctx)
	cancel()
	_, err = Push(cancelled, none(t), graph, stream(data))
	require.ErrorIs(t, err, context.Canceled)
	_, err = Verify(ctx, none(t), graph, stream([]rdf.Quad{data[0], data[len(data)-1], data[1]}))
	require.ErrorContains(t, err, "follow each other")
	_, err = Verify(ctx, none(t), graph, broken)
	require.ErrorIs(t, err, errStream)
}

func TestResumeRefuses(t *testing.T) {
	ctx := context.Background()
	data := awkward(t, 100)
	path := filepath.Join(t.TempDir(), "push.json")
	checkpoint := File(path)
	endpoint := none(t).Endpoint()
	for _, test := range []struct {
		state State
		want  string
	}{
		{State{Endpoint: "http://other.example/sparql", Graph: graph.String(), Triples: 3}, "that of a push to"},
		{State{Endpoint: endpoint, Graph: "http://example.org/other", Triples: 3}, "that of a push to"},
		{State{Endpoint: endpoint, Graph: graph.String(), Triples: 3, Digest: "abc"}, "no longer the same"},
		{State{Endpoint: endpoint, Graph: graph.String(), Triples: 3000, Digest: "abc"}, "no longer the same"},
	} {
		require.NoError(t, checkpoint.Save(ctx, test.state))
		loaded, err := checkpoint.Load(ctx)
		require.NoError(t, err)
		require.Equal(t, test.state, loaded)
		_, err = Push(ctx, none(t), graph, stream(data), Resume(checkpoint))
		require.ErrorContains(t, err, test.want)
		after, err := checkpoint.Load(ctx)
		require.NoError(t, err)
		require.Equal(t, test.state, after)
	}
	require.NoError(t, os.WriteFile(path, []byte("{"), 0o644))
	_, err := Push(ctx, none(t), graph, stream(data), Resume(checkpoint))
	require.ErrorContains(t, err, "remove it to start over")
	_, err = Push(ctx, none(t), graph, stream(data), Resume(File(filepath.Join(path, "x"))))
	require.Error(t, err)
	require.Error(t, File(filepath.Join(path, "x")).Save(ctx, State{}))
}

// TestReplaceAfterAPushThatDidNot begins anew: what was sent is emptied.
func TestReplaceAfterAPushThatDidNot(t *testing.T) {
	ctx := context.Background()
	data := awkward(t, 100)
	checkpoint := File(filepath.Join(t.TempDir(), "push.json"))
	var updates []string
	var left atomic.Int64
	client := sparql.NewClient("http://127.0.0.1:1/sparql", sparql.Retry(sparql.RetryPolicy{}), sparql.Transport(roundTripper(func(r *http.Request) (*http.Response, error) {
		if left.Add(-1) < 0 {
			return nil, errWire
		}
		require.NoError(t, r.ParseForm())
		updates = append(updates, strings.Fields(r.PostForm.Get("update"))[0])
		return &http.Response{StatusCode: 200, Body: http.NoBody, Header: http.Header{"Content-Type": {"text/plain"}}, Request: r}, nil
	})))
	opts := []Option{Batch(4, 1<<20), Resume(checkpoint), WithoutVerification()}
	left.Store(2)
	_, err := Push(ctx, client, graph, stream(data), opts...)
	require.ErrorIs(t, err, errWire)
	s, err := checkpoint.Load(ctx)
	require.NoError(t, err)
	require.Equal(t, 8, s.Triples)
	left.Store(100)
	report, err := Push(ctx, client, graph, stream(data), append(opts, Replace())...)
	require.NoError(t, err)
	require.Equal(t, len(data), report.Sent)
	require.Equal(t, []string{"INSERT", "INSERT", "CLEAR", "INSERT", "INSERT", "INSERT", "INSERT"}, updates)
}

func TestSkolemise(t *testing.T) {
	c, err := newConfig([]Option{SkolemBase("http://example.org/genid/")})
	require.NoError(t, err)
	for label, want := range map[string]string{"b0": "b0", "nodeID://b1": "nodeID%3A%2F%2Fb1", "é": "%C3%A9"} {
		b, err := rdf.NewBlank(label)
		require.NoError(t, err)
		iri, err := c.skolemise(b)
		require.NoError(t, err)
		require.Equal(t, "http://example.org/genid/"+want, iri.String())
	}
}

func TestDifferenceError(t *testing.T) {
	err := &DifferenceError{Missing: 1, Extra: 2, Others: -3, Examples: []string{"- <a> <b> <c> .\n"}}
	require.ErrorIs(t, err, ErrDiffers)
	require.Equal(t, "the graph does not hold what was sent: 1 triples missing, 2 triples too many about the same subjects, -3 triples about other subjects, such as - <a> <b> <c> .", err.Error())
}
