package sparql

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/themis-go/themis/rdf"
)

const threeRows = `
{ "head": { "link": [], "vars": ["s", "o"] },
  "results": { "distinct": false, "ordered": true, "bindings": [
    { "s": { "type": "uri", "value": "http://example.org/1" }	, "o": { "type": "literal", "xml:lang": "nl", "value": "een" }},
    { "s": { "type": "uri", "value": "http://example.org/2" }	, "o": { "type": "typed-literal", "datatype": "http://www.w3.org/2001/XMLSchema#integer", "value": "2" }},
    { "s": { "type": "bnode", "value": "nodeID://b3" } } ] } }`

// serve starts a server that answers every request with the handler, and a
// client of it that does not wait between attempts.
func serve(t *testing.T, handler http.HandlerFunc, opts ...Option) *Client {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	quick := Retry(RetryPolicy{MaxAttempts: 4, FewAttempts: 2, FirstDelay: 1, MaxDelay: 1})
	client := NewClient(server.URL+"/sparql", append([]Option{quick}, opts...)...)
	t.Cleanup(func() { client.Close() })
	return client
}

// answering returns a handler that sends this body as results JSON.
func answering(body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/sparql-results+json")
		io.WriteString(w, body)
	}
}

var selectAll = Text("SELECT ?s ?o WHERE { ?s ?p ?o }").Named("all")

func TestSelect(t *testing.T) {
	client := serve(t, answering(threeRows))
	rows, err := client.Select(context.Background(), selectAll)
	require.NoError(t, err)
	assert.Equal(t, []string{"s", "o"}, rows.Vars())

	require.True(t, rows.Next())
	var s rdf.IRI
	var o string
	require.NoError(t, rows.Scan(&s, &o))
	assert.Equal(t, "http://example.org/1", s.String())
	assert.Equal(t, "een", o)

	require.True(t, rows.Next())
	assert.Equal(t, rdf.Term(rdf.NewInteger(2)), rows.Term("o"))

	require.True(t, rows.Next())
	blank, _ := rdf.NewBlank("b3")
	assert.Equal(t, []rdf.Term{blank, nil}, rows.Values())

	assert.False(t, rows.Next())
	assert.NoError(t, rows.Err())
	assert.EqualValues(t, 3, rows.Count())
	assert.NoError(t, rows.Close())
}

func TestSelectTyped(t *testing.T) {
	type row struct {
		Subject rdf.Term `sparql:"s"`
		O       *string
	}
	client := serve(t, answering(threeRows))
	var got []row
	for r, err := range Select[row](context.Background(), client, selectAll) {
		require.NoError(t, err)
		got = append(got, r)
	}
	require.Len(t, got, 3)
	assert.Equal(t, "2", *got[1].O)
	assert.Nil(t, got[2].O)
}

// TestAskNothing has an answer without rows first: the slot of the attempt
// must be free behind it, and the operation be traced once.
func TestAskNothing(t *testing.T) {
	trace := new(recorder)
	for range 3 {
		n := new(counter)
		client := serve(t, func(w http.ResponseWriter, r *http.Request) {
			if n.add() == 1 {
				answering(`{"head":{"vars":["x"]},"results":{"bindings":[]}}`)(w, r)
				return
			}
			answering(`{"boolean":true}`)(w, r)
		}, Trace(trace))
		yes, err := client.Ask(context.Background(), Text("ASK { ?s ?p ?o }"))
		require.NoError(t, err)
		assert.True(t, yes)
		assert.Zero(t, len(client.limits.slots))
	}
	require.Len(t, trace.ends(), 3)
	assert.Equal(t, 2, trace.ends()[0].Attempts)

	rows, err := serve(t, answering(`{"head":{"vars":["x"]},"results":{"bindings":[]}}`), Trace(trace)).Select(context.Background(), selectAll)
	require.NoError(t, err)
	require.Len(t, trace.ends(), 4, "rows that are none are over at once")
	assert.False(t, rows.Next())
	assert.NoError(t, rows.Close())
	assert.Len(t, trace.ends(), 4)
}

func TestAsk(t *testing.T) {
	for body, want := range map[string]bool{
		`{"boolean":true,"head":{}}`:                   true,
		`{  "head": { "link": [] }, "boolean": false}`: false,
	} {
		client := serve(t, answering(body))
		yes, err := client.Ask(context.Background(), Text("ASK { ?s ?p ?o }"))
		require.NoError(t, err)
		assert.Equal(t, want, yes)
	}
}
