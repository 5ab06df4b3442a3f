package sparql

import (
	"context"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestVirtuosoErrors has what Virtuoso 7.2.5 answers, as observed.
func TestVirtuosoErrors(t *testing.T) {
	query := "\n\nSPARQL query:\nSELECT " + strings.Repeat("very long ", 100_000)
	for _, c := range []struct {
		name   string
		status int
		text   string
		is     error
		code   string
	}{
		{"syntax", 400, "Virtuoso 37000 Error SP030: SPARQL compiler, line 1: syntax error at '}' before '}'", ErrSyntax, "37000"},
		{"no query text", 400, "Virtuoso 22023 Error The request does not contain text of SPARQL query", ErrSyntax, "22023"},
		{"too many members", 400, "Virtuoso 37000 Error SP031: Too many arguments for standard built-in function in operator()", ErrSyntax, "37000"},
		{"execution time", 500, "Virtuoso S1T00 Error SR171: Transaction timed out", ErrTimeout, "S1T00"},
		{"estimated cost", 500, "Virtuoso 42000 Error The estimated execution time 581 (sec) exceeds the limit of 400 (sec).", ErrCostLimit, "42000"},
		{"sorted rows", 500, "Virtuoso 22023 Error SR353: Sorted TOP clause specifies more then 25001 rows to sort. Only 25000 are allowed.", ErrCostLimit, "22023"},
		{"long query", 500, "Virtuoso 22003 Error SR0??: The requested string session is longer than 10Mb, ", ErrTooLarge, "22003"},
		{"update", 500, "Virtuoso 42000 Error SR186:SECURITY: No permission to execute procedure DB.DBA.SPARUL_RUN with user ID 107", ErrDenied, "42000"},
		{"service", 500, "Virtuoso 42000 Error SQ070:SECURITY: Must have SELECT privileges on view", ErrDenied, "42000"},
		{"other", 500, "Virtuoso 40001 Error SR172: Transaction deadlocked", ErrServer, "40001"},
	} {
		t.Run(c.name, func(t *testing.T) {
			requests := new(counter)
			client := serve(t, func(w http.ResponseWriter, r *http.Request) {
				requests.add()
				w.Header().Set("Content-Type", "text/plain")
				w.WriteHeader(c.status)
				io.WriteString(w, c.text+query)
			})
			_, err := client.Select(context.Background(), selectAll)
			require.ErrorIs(t, err, c.is)
			var e *Error
			require.ErrorAs(t, err, &e)
			assert.Equal(t, c.status, e.Status)
			assert.Equal(t, c.code, e.Code)
			assert.NotEmpty(t, e.Message)
			assert.NotContains(t, e.Error(), "very long")
			assert.Less(t, len(e.Error()), 1000)
			assert.Equal(t, "all", e.QueryName)
			assert.Equal(t, selectAll.String(), e.Query)
			assert.Equal(t, 1, requests.get(), "what the endpoint says of the query is final")
		})
	}
}

func TestErrorText(t *testing.T) {
	for _, c := range []struct{ body, contentType, code, message string }{
		{"Route not found.  See config/dispatcher.ex", "", "", "Route not found. See config/dispatcher.ex"},
		{"<html>\r\n<head><title>502 Bad\nGateway</title></head></html>", "text/html", "", "502 Bad Gateway"},
		{"<html><body>x", "", "", "a web page"},
		{"", "text/plain", "", ""},
		{"first\n\nSELECT * …", "text/plain", "", "first"},
		{strings.Repeat("é", 1000), "text/plain", "", strings.Repeat("é", 200) + "…"},
		{"bad \xff bytes", "", "", "bad ? bytes"},
		{"SPARQL Request Failed\n\nVirtuoso S1T00 Error SR171: Transaction timed out\n\nSPARQL query:\n", "text/plain", "S1T00", "SR171: Transaction timed out"},
	} {
		code, message := errorText([]byte(c.body), c.contentType)
		assert.Equal(t, c.code, code)
		assert.Equal(t, c.message, message)
	}
}

// TestErrorBodyIsBounded answers with an error body without end.
func TestErrorBodyIsBounded(t *testing.T) {
	client := serve(t, func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(400)
		for {
			if _, err := io.WriteString(w, strings.Repeat("error ", 1000)); err != nil {
				return
			}
		}
	})
	_, err := client.Select(context.Background(), selectAll)
	require.ErrorIs(t, err, ErrSyntax)
	assert.Less(t, len(err.Error()), 1000)
}

func TestErrorsHoldNoURL(t *testing.T) {
	client := NewClient("http://127.0.0.1:1/sparql?key=hidden", Retry(NoRetry()))
	_, err := client.Select(context.Background(), Text("SELECT * { ?s ?p 'visible-nowhere' }"))
	require.ErrorIs(t, err, ErrUnavailable)
	assert.NotContains(t, err.Error(), "visible-nowhere")
	assert.NotContains(t, err.Error(), "hidden")
	assert.ErrorContains(t, err, "select at http://127.0.0.1:1/sparql: the endpoint is not available: ")
	client = NewClient("http://name.invalid/sparql", Transport(roundTrip(func(*http.Request) (*http.Response, error) {
		return nil, &net.DNSError{Err: "no such host", Name: "name.invalid", IsNotFound: true}
	})))
	_, err = client.Select(context.Background(), selectAll)
	require.ErrorIs(t, err, ErrUnavailable)
	assert.ErrorContains(t, err, "check the address")
	var e *Error
	require.ErrorAs(t, err, &e)
	assert.Equal(t, 1, e.Attempts)
}

func TestErrorUnderSuccess(t *testing.T) {
	client := serve(t, answering("Virtuoso S1T00 Error SR171: Transaction timed out\n"))
	_, err := client.Select(context.Background(), selectAll)
	require.ErrorIs(t, err, ErrTimeout)
	var e *Error
	require.ErrorAs(t, err, &e)
	assert.Equal(t, "S1T00", e.Code)
	assert.Equal(t, 1, e.Attempts)
}

func TestTimeoutIsTheClients(t *testing.T) {
	block := make(chan struct{})
	defer close(block)
	client := serve(t, func(w http.ResponseWriter, r *http.Request) {
		select {
		case <-block:
		case <-r.Context().Done():
		}
	}, Timeout(20_000_000))
	_, err := client.Select(context.Background(), selectAll)
	require.ErrorIs(t, err, ErrTimeout)
	assert.ErrorIs(t, err, context.DeadlineExceeded)
	assert.ErrorContains(t, err, "no complete answer within 20ms")
}

// TestTimeoutInBody has an answer that stops in the middle.
func TestTimeoutInBody(t *testing.T) {
	client := serve(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/sparql-results+json")
		io.WriteString(w, threeRows[:len(threeRows)-40])
		w.(http.Flusher).Flush()
		<-r.Context().Done()
	}, Timeout(200_000_000))
	rows, err := client.Select(context.Background(), selectAll)
	require.NoError(t, err)
	for rows.Next() {
	}
	require.ErrorIs(t, rows.Err(), ErrPartial)
	require.ErrorIs(t, rows.Err(), ErrTimeout)
	require.ErrorIs(t, rows.Err(), context.DeadlineExceeded)
	assert.EqualValues(t, 2, rows.Count())
}
