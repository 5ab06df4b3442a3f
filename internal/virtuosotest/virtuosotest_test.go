package virtuosotest

import (
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func ask(t *testing.T, endpoint, query string) string {
	t.Helper()
	req, err := http.NewRequest("GET", endpoint+"?query="+url.QueryEscape(query), nil)
	require.NoError(t, err)
	req.Header.Set("Accept", "application/sparql-results+json")
	r, err := http.DefaultClient.Do(req)
	require.NoError(t, err)
	defer r.Body.Close()
	body, err := io.ReadAll(r.Body)
	require.NoError(t, err)
	require.Equal(t, 200, r.StatusCode, string(body))
	return string(body)
}

func TestStart(t *testing.T) {
	t.Run("virtuoso", func(t *testing.T) {
		file := filepath.Join(t.TempDir(), "one.ttl")
		require.NoError(t, os.WriteFile(file, []byte("<http://example.org/s> <http://example.org/p> \"één\"@nl .\n"), 0o644))
		e := Start(t, Config{Load: map[string][]string{PublicGraph: {file}}, Writable: true})
		require.Contains(t, ask(t, e.URL, "SELECT * FROM <"+PublicGraph+"> { ?s ?p ?o }"), "http://example.org/s")

		r, err := http.PostForm(e.URL, url.Values{"update": {"INSERT DATA { GRAPH <http://example.org/g> { <http://example.org/a> <http://example.org/b> 1 } }"}})
		require.NoError(t, err)
		body, _ := io.ReadAll(r.Body)
		r.Body.Close()
		require.Equal(t, 200, r.StatusCode, string(body))
		require.Contains(t, ask(t, e.URL, "SELECT * FROM <http://example.org/g> { ?s ?p ?o }"), "http://example.org/a")

		put, err := http.NewRequest("PUT", e.GraphStoreURL+"?graph-uri="+url.QueryEscape("http://example.org/h"), strings.NewReader("<http://example.org/c> <http://example.org/d> 2 .\n"))
		require.NoError(t, err)
		put.Header.Set("Content-Type", "text/turtle")
		r, err = http.DefaultClient.Do(put)
		require.NoError(t, err)
		body, _ = io.ReadAll(r.Body)
		r.Body.Close()
		require.Less(t, r.StatusCode, 300, string(body))
		require.Contains(t, ask(t, e.URL, "SELECT * FROM <http://example.org/h> { ?s ?p ?o }"), "http://example.org/c")
	})
	t.Run("virtuoso behind the dispatcher", func(t *testing.T) {
		dump := Dump(t, 1)
		e := Start(t, Config{Load: map[string][]string{PublicGraph: {filepath.Join(dump, "load")}}, Proxy: true, Files: dump})
		const count = "SELECT (COUNT(*) AS ?n) { ?s a <https://data.vlaanderen.be/ns/dossier#Stuk> ; <http://purl.org/dc/terms/type> <http://themis.vlaanderen.be/id/concept/document-type/63d628cb-a594-4166-8b4e-880b4214fc5b> }"
		require.Contains(t, ask(t, e.ProxyURL, count), `"3101"`)
		e.SetFault(t, "503", 1, "")
		require.Equal(t, 1, e.State(t).Times)
		e.ClearFaults(t)
		require.Zero(t, e.State(t).Times)
	})
}
