package sparql

import (
	"bytes"
	"compress/gzip"
	"context"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/themis-go/themis/rdf"
)

// seen is a request as a server sees it.
type seen struct {
	method, contentType, body string
	url                       url.URL
	header                    http.Header
}

// recording returns a handler that notes each request and then answers.
func recording(into *[]seen, then http.HandlerFunc) http.HandlerFunc {
	var mu sync.Mutex
	return func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		mu.Lock()
		*into = append(*into, seen{r.Method, r.Header.Get("Content-Type"), string(body), *r.URL, r.Header.Clone()})
		mu.Unlock()
		then(w, r)
	}
}

func TestRequestMethods(t *testing.T) {
	short := Text("SELECT ?s ?o WHERE { ?s ?p ?o }")
	long := Text("SELECT ?s ?o WHERE { ?s ?p \"" + strings.Repeat("x", 7000) + "\" }")
	for _, c := range []struct {
		name         string
		query        *Query
		method       RequestMethod
		want, ctype  string
		inURL        bool
		bodyIsTheirs bool
	}{
		{"short goes by GET", short, MethodAuto, "GET", "", true, false},
		{"long goes as a form", long, MethodAuto, "POST", "application/x-www-form-urlencoded", false, false},
		{"GET by choice", long, MethodGET, "GET", "", true, false},
		{"POST by choice", short, MethodPOST, "POST", "application/x-www-form-urlencoded", false, false},
		{"direct by choice", short, MethodPOSTDirect, "POST", "application/sparql-query", false, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []seen
			client := serve(t, recording(&got, answering(threeRows)))
			rows, err := client.Select(context.Background(), c.query, Method(c.method),
				DefaultGraph(rdf.MustIRI("http://example.org/g")), NamedGraph(rdf.MustIRI("http://example.org/n1")),
				NamedGraph(rdf.MustIRI("http://example.org/n2")), Param("format", "json"), Header("X-Test", "1"))
			require.NoError(t, err)
			require.NoError(t, rows.Close())
			require.Len(t, got, 1)
			r := got[0]
			assert.Equal(t, c.want, r.method)
			assert.Equal(t, c.ctype, r.contentType)
			params := r.url.Query()
			if !c.inURL && !c.bodyIsTheirs {
				params, err = url.ParseQuery(r.body)
				require.NoError(t, err)
				assert.Empty(t, r.url.RawQuery)
			}
			if c.bodyIsTheirs {
				assert.Equal(t, c.query.String(), r.body)
			} else {
				assert.Equal(t, []string{c.query.String()}, params["query"])
			}
			assert.Equal(t, []string{"http://example.org/g"}, params["default-graph-uri"])
			assert.Equal(t, []string{"http://example.org/n1", "http://example.org/n2"}, params["named-graph-uri"])
			assert.Equal(t, "json", params.Get("format"))
			assert.NotContains(t, params, "timeout", "no time-out is asked for: it cuts answers")
			assert.Equal(t, "application/sparql-results+json", r.header.Get("Accept"))
			assert.Equal(t, "identity", r.header.Get("Accept-Encoding"))
			assert.Equal(t, "1", r.header.Get("X-Test"))
			assert.Contains(t, r.header.Get("User-Agent"), "https://github.com/themis-go/themis")
		})
	}
}

func TestRequestURLLimit(t *testing.T) {
	var got []seen
	client := serve(t, recording(&got, answering(threeRows)))
	for n := 5800; n < 6000; n += 7 {
		got = nil
		rows, err := client.Select(context.Background(), Text("SELECT ?s ?o { ?s ?p '"+strings.Repeat("x", n)+"' }"))
		require.NoError(t, err)
		require.NoError(t, rows.Close())
		full := client.Endpoint() + "?" + got[0].url.RawQuery
		if got[0].method == "GET" {
			assert.LessOrEqual(t, len(full), maxURL)
		} else {
			assert.Greater(t, len(got[0].body)+len(client.Endpoint())+1, maxURL)
		}
	}
}

func TestRequestOptions(t *testing.T) {
	var got []seen
	client := serve(t, recording(&got, answering(threeRows)), UserAgent("test/1.0"),
		Defaults(Header("X-Default", "a"), Accept("application/json")))
	rows, err := client.Select(context.Background(), selectAll, Header("X-Default", "b"))
	require.NoError(t, err)
	require.NoError(t, rows.Close())
	assert.Equal(t, "b", got[0].header.Get("X-Default"), "the call's options come behind the client's")
	assert.Equal(t, "application/json", got[0].header.Get("Accept"))
	assert.True(t, strings.HasPrefix(got[0].header.Get("User-Agent"), "test/1.0 themis-go"))
}

func TestRequestBind(t *testing.T) {
	var got []seen
	client := serve(t, recording(&got, answering(threeRows)))
	q := Text("SELECT ?s ?o WHERE { ?s ?p ?o ; <http://example.org/t> ?t }")
	rows, err := client.Select(context.Background(), q, Bind("t", `"} DROP ALL`))
	require.NoError(t, err)
	require.NoError(t, rows.Close())
	assert.Contains(t, got[0].url.Query().Get("query"), `"\"} DROP ALL"`)
	assert.Contains(t, q.String(), "?t }", "the query itself is unchanged")
}

func gzipped(s string) []byte {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	io.WriteString(w, s)
	w.Close()
	return b.Bytes()
}

func TestGzip(t *testing.T) {
	body := gzipped(threeRows)
	send := func(body []byte) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			assert.Equal(t, "gzip", r.Header.Get("Accept-Encoding"))
			w.Header().Set("Content-Type", "application/sparql-results+json")
			w.Header().Set("Content-Encoding", "gzip")
			w.Write(body)
		}
	}
	var trace recorder
	client := serve(t, send(body), Gzip(), Trace(&trace))
	rows, err := client.Select(context.Background(), selectAll)
	require.NoError(t, err)
	for rows.Next() {
	}
	require.NoError(t, rows.Err())
	assert.EqualValues(t, 3, rows.Count())
	assert.EqualValues(t, len(body), trace.ends()[0].Bytes, "bytes are counted as they are sent")

	client = serve(t, send(body[:len(body)-6]), Gzip())
	rows, err = client.Select(context.Background(), selectAll)
	require.NoError(t, err)
	for rows.Next() {
	}
	assert.ErrorIs(t, rows.Err(), ErrPartial, "a compressed body that lacks its end must not pass")
	assert.ErrorIs(t, rows.Err(), io.ErrUnexpectedEOF)

	client = serve(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Encoding", "br")
		w.Write([]byte("x"))
	})
	_, err = client.Select(context.Background(), selectAll)
	assert.ErrorContains(t, err, `content encoding "br"`)
}
