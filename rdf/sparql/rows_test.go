package sparql

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/themis-go/themis/rdf"
)

// document opens rows of a results document.
func document(t *testing.T, doc string, opts ...QueryOption) *Rows {
	t.Helper()
	rows, err := ReadResults(strings.NewReader(doc), JSON, opts...)
	require.NoError(t, err)
	return rows
}

func TestRowsScan(t *testing.T) {
	rows := document(t, threeRows)
	require.True(t, rows.Next())
	var s string
	require.NoError(t, rows.Scan(&s, nil))
	assert.Equal(t, "http://example.org/1", s)

	err := rows.Scan(&s)
	assert.ErrorContains(t, err, "1 destinations for 2 variables")

	var n int
	err = rows.Scan(nil, &n)
	var scan *ScanError
	require.ErrorAs(t, err, &scan)
	assert.EqualValues(t, 1, scan.Row)
	assert.Equal(t, "o", scan.Variable)
	assert.Equal(t, `"een"@nl`, string(rdf.AppendTerm(nil, scan.Value)))
	assert.ErrorIs(t, err, rdf.ErrValue)
	assert.ErrorContains(t, err, "row 1, ?o")

	require.True(t, rows.Next())
	require.True(t, rows.Next())
	text := "kept from before"
	pointer := &text
	require.NoError(t, rows.Scan(nil, &text))
	assert.Empty(t, text, "an unbound variable gives the zero value")
	require.NoError(t, rows.Scan(nil, &pointer))
	assert.Nil(t, pointer)
}

func TestRowsTerm(t *testing.T) {
	rows := document(t, threeRows)
	require.True(t, rows.Next())
	assert.Equal(t, "een", rows.Term("o").String())
	assert.Nil(t, rows.Term("unknown"))
	kept := rows.Term("s")
	for rows.Next() {
	}
	assert.Equal(t, "http://example.org/1", kept.String(), "terms may be kept")
	assert.Nil(t, rows.Term("s"), "behind the last row there is none")
	assert.NoError(t, rows.Err())
}

func TestRowsClose(t *testing.T) {
	rows := document(t, threeRows)
	require.True(t, rows.Next())
	require.NoError(t, rows.Close())
	require.NoError(t, rows.Close())
	assert.False(t, rows.Next())
	assert.NoError(t, rows.Err(), "stopping early is no error")
	assert.EqualValues(t, 1, rows.Count())
}

func TestRowCap(t *testing.T) {
	for _, c := range []struct {
		cap     int64
		partial bool
	}{{2, true}, {3, true}, {4, false}, {0, false}} {
		rows := document(t, threeRows, RowCap(c.cap))
		for rows.Next() {
		}
		assert.EqualValues(t, 3, rows.Count())
		if !c.partial {
			assert.NoError(t, rows.Err())
			continue
		}
		var p *PartialError
		require.ErrorAs(t, rows.Err(), &p)
		assert.Equal(t, PartialRowCap, p.Reason)
		assert.EqualValues(t, 3, p.Rows)
		assert.ErrorIs(t, rows.Err(), ErrPartial)
		assert.NotErrorIs(t, rows.Err(), ErrTimeout)
	}
	rows := document(t, threeRows, RowCap(3), AllowPartial())
	assert.Nil(t, rows.Partial())
	for rows.Next() {
	}
	require.NoError(t, rows.Err())
	require.NotNil(t, rows.Partial())
	assert.Equal(t, PartialRowCap, rows.Partial().Reason)
}

func TestCollect(t *testing.T) {
	one := `{"head":{"vars":["n"]},"results":{"bindings":[{"n":{"type":"literal","datatype":"http://www.w3.org/2001/XMLSchema#integer","value":"7"}}]}}`
	n, err := CollectExactlyOne[int](document(t, one))
	require.NoError(t, err)
	assert.Equal(t, 7, n)

	_, err = CollectExactlyOne[int](document(t, `{"head":{"vars":["n"]},"results":{"bindings":[]}}`))
	assert.ErrorIs(t, err, ErrNoRows)

	type pair struct{ S, O rdf.Term }
	_, err = CollectExactlyOne[pair](document(t, threeRows))
	assert.ErrorIs(t, err, ErrTooManyRows)

	pairs, err := CollectRows[pair](document(t, threeRows))
	require.NoError(t, err)
	assert.Len(t, pairs, 3)

	_, err = CollectExactlyOne[int](document(t, one, RowCap(1)))
	assert.ErrorIs(t, err, ErrPartial, "an incomplete answer is no answer")

	solutions, err := CollectSolutions(document(t, threeRows))
	require.NoError(t, err)
	require.Len(t, solutions, 3)
	assert.Equal(t, "een", solutions[0]["o"].String())
	_, bound := solutions[2]["o"]
	assert.False(t, bound)
}

func TestCollectStopsBehindError(t *testing.T) {
	broken := strings.TrimSpace(threeRows)
	broken = broken[:strings.LastIndex(broken, "{")]
	type pair struct{ S, O rdf.Term }
	got, err := CollectRows[pair](document(t, broken))
	assert.Len(t, got, 2, "what came before the error is kept")
	var p *PartialError
	require.ErrorAs(t, err, &p)
	assert.EqualValues(t, 2, p.Rows)
	assert.Equal(t, PartialBroken, p.Reason)
	assert.ErrorIs(t, err, io.ErrUnexpectedEOF)
}

func TestSelectReportsErrors(t *testing.T) {
	client := serve(t, func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "no", http.StatusBadRequest) })
	n := 0
	for _, err := range Select[string](context.Background(), client, selectAll) {
		assert.ErrorIs(t, err, ErrSyntax)
		n++
	}
	assert.Equal(t, 1, n)
}

func TestSelectWrongForm(t *testing.T) {
	client := NewClient("http://127.0.0.1:1/sparql")
	ctx := context.Background()
	_, err := client.Select(ctx, Text("ASK { ?s ?p ?o }"))
	assert.ErrorIs(t, err, ErrConfig)
	_, err = client.Ask(ctx, Text("SELECT * { ?s ?p ?o }"))
	assert.ErrorIs(t, err, ErrConfig)
	_, err = client.Select(ctx, nil)
	assert.ErrorIs(t, err, ErrConfig)
	err = client.Update(ctx, Text("SELECT * { ?s ?p ?o }"))
	assert.ErrorIs(t, err, ErrConfig)
	_, err = client.Select(ctx, Text("SELECT * {"))
	var bad *QueryError
	assert.ErrorAs(t, err, &bad, "the query's own mistake is reported before anything is sent")
	_, err = client.Select(ctx, Text("SELECT * { ?s ?p ?o } LIMIT ?n"))
	assert.Error(t, err, "a parameter is missing")
	_, err = client.Select(ctx, selectAll, Bind("unknown", 1))
	assert.Error(t, err)
	var typed *Error
	require.ErrorAs(t, err, &typed)
	assert.Equal(t, "all", typed.QueryName)
	assert.Equal(t, 0, typed.Attempts)
}

func TestNewClientConfig(t *testing.T) {
	for _, address := range []string{"", "sparql", "ftp://example.org/", "http://", "http://user:secret@[bad"} {
		_, err := NewClient(address).Select(context.Background(), selectAll)
		require.ErrorIs(t, err, ErrConfig, address)
		assert.NotContains(t, err.Error(), "secret")
	}
	_, err := NewClient("http://x", InFlight(0), RatePerSecond(-1)).Ask(context.Background(), Text("ASK {}"))
	require.ErrorIs(t, err, ErrConfig)
	assert.ErrorContains(t, err, "InFlight")
	assert.ErrorContains(t, err, "RatePerSecond")
	assert.Equal(t, "http://example.org/sparql", NewClient("http://u:p@example.org/sparql?x=1#f").Endpoint())
	assert.True(t, errors.Is(err, ErrConfig))
}
