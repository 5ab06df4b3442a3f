package main

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/themis-go/themis/harvest/archive"
	"github.com/themis-go/themis/harvest/sample"
	"github.com/themis-go/themis/internal/sharedtest"
	"github.com/themis-go/themis/internal/virtuosotest"
	"github.com/themis-go/themis/report"
)

func start(t *testing.T, args ...string) (stdout, stderr string, err error) {
	t.Helper()
	var out, status bytes.Buffer
	err = run(t.Context(), args, &out, &status)
	return out.String(), status.String(), err
}

func TestSample(t *testing.T) {
	dir := t.TempDir()
	stdout, _, err := start(t, "-out", dir)
	require.NoError(t, err)
	files := strings.Fields(stdout)
	require.Len(t, files, 3, "a report in three forms")
	for _, path := range files {
		info, err := os.Stat(path)
		require.NoError(t, err)
		require.NotZero(t, info.Size(), path)
	}
	f, err := os.Open(files[2])
	require.NoError(t, err)
	defer f.Close()
	rep, err := report.ReadJSON(f)
	require.NoError(t, err)
	require.NotEmpty(t, rep.Findings)
	require.Equal(t, rep.Checks.Citations, rep.Checks.Verdicts[report.OK], "every citation holds")
	for _, ref := range rep.References {
		require.NotContains(t, ref.Title, "windturbines", "a decision about something else is cited")
		require.NotContains(t, ref.Title, "Erfgoedronde", "a decision about something else is cited")
	}
}

// The same archive gives the same bytes.
func TestSampleAgain(t *testing.T) {
	archived := filepath.Join(t.TempDir(), "t.db")
	_, _, err := start(t, "-archive", archived, "-out", t.TempDir(), "-quiet")
	require.NoError(t, err)
	first, second := t.TempDir(), t.TempDir()
	for _, dir := range []string{first, second} {
		_, _, err := start(t, "-from", archived, "-out", dir, "-quiet")
		require.NoError(t, err)
	}
	for name, text := range read(t, first) {
		require.True(t, text == read(t, second)[name], "%s differs from one run to the next", name)
	}
}

func read(t *testing.T, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	entries, err := os.ReadDir(dir)
	require.NoError(t, err)
	for _, e := range entries {
		data, err := os.ReadFile(filepath.Join(dir, e.Name()))
		require.NoError(t, err)
		out[e.Name()] = string(data)
	}
	return out
}

func TestEndpoint(t *testing.T) {
	t.Run("virtuoso", func(t *testing.T) {
		turtle := t.TempDir()
		require.NoError(t, os.CopyFS(turtle, sample.FS))
		engine := virtuosotest.Start(t, virtuosotest.Config{Load: map[string][]string{virtuosotest.PublicGraph: {turtle}}})
		here, there := t.TempDir(), t.TempDir()
		_, _, err := start(t, "-out", here, "-quiet", "-format", "md")
		require.NoError(t, err)
		_, _, err = start(t, "-from", engine.URL, "-out", there, "-quiet", "-format", "md")
		require.NoError(t, err)
		for name, text := range read(t, here) {
			require.Equal(t, text, read(t, there)[name], "the sample, and the same triples from an endpoint, give the same report")
		}
	})
}

// All sections of an agreement become a site, with the other forms beside it.
func TestWholeAgreement(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "akkoord.md")
	require.NoError(t, os.WriteFile(file, []byte("# Akkoord\n\n## 1 Veiligheid\n\nWe voorkomen gewelddadige radicalisering.\n\n## 2 Ruimtevaart\n\nWe lanceren een satelliet naar Saturnus.\n"), 0o644))
	out := filepath.Join(dir, "out")
	stdout, _, err := start(t, "-quiet", "-agreement", file, "-out", out)
	require.NoError(t, err)
	require.Contains(t, stdout, "index.html: a site of")
	pages, err := filepath.Glob(filepath.Join(out, "sectie", "*.html"))
	require.NoError(t, err)
	require.Len(t, pages, 2)
	for _, form := range []string{"*.md", "*.json"} {
		files, err := filepath.Glob(filepath.Join(out, form))
		require.NoError(t, err)
		require.GreaterOrEqual(t, len(files), 2, form)
	}
}

func TestDates(t *testing.T) {
	dir := t.TempDir()
	archived := filepath.Join(dir, "t.db")
	_, _, err := start(t, "-quiet", "-archive", archived, "-out", filepath.Join(dir, "all"), "-format", "json")
	require.NoError(t, err)
	stdout, _, err := start(t, "-quiet", "-from", archived, "-since", "2023-01-01", "-until", "2023-10-01", "-out", filepath.Join(dir, "some"), "-format", "json")
	require.NoError(t, err)
	f, err := os.Open(strings.TrimSpace(stdout))
	require.NoError(t, err)
	defer f.Close()
	rep, err := report.ReadJSON(f)
	require.NoError(t, err)
	require.NotEmpty(t, rep.References)
	for _, ref := range rep.References {
		require.True(t, ref.Date >= "2023-01-01" && ref.Date <= "2023-10-01", "%s was decided on %s", ref.Title, ref.Date)
	}
}

func TestDryRun(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("a dry run asks the model nothing") }))
	defer server.Close()
	dir := t.TempDir()
	stdout, _, err := start(t, "-quiet", "-analyst", "openai", "-base-url", server.URL, "-model", "m", "-cache", filepath.Join(dir, "cache"), "-dry-run", "-out", dir)
	require.NoError(t, err)
	require.Contains(t, stdout, "nothing was sent")
}

func TestSeveralSections(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "akkoord.md")
	require.NoError(t, os.WriteFile(file, []byte("# Akkoord\n\n## 1 Veiligheid\n\nWe voorkomen gewelddadige radicalisering.\n\n## 2 Ruimtevaart\n\nWe lanceren een satelliet naar Saturnus.\n"), 0o644))
	stdout, _, err := start(t, "-agreement", file, "-section", "1", "-section", "Ruimtevaart", "-out", filepath.Join(dir, "out"), "-format", "html")
	require.NoError(t, err)
	require.Len(t, strings.Fields(stdout), 3, stdout)
	require.Contains(t, stdout, "index.html")
	page, err := os.ReadFile(filepath.Join(dir, "out", "index.html"))
	require.NoError(t, err)
	for _, link := range regexp.MustCompile(`href="([^"]+\.html)"`).FindAllStringSubmatch(string(page), -1) {
		require.FileExists(t, filepath.Join(dir, "out", link[1]))
	}
}

func TestBadInput(t *testing.T) {
	dir := t.TempDir()
	page := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		_, _ = w.Write([]byte("<!DOCTYPE html><title>Welkom</title>"))
	}))
	defer page.Close()
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		require.NoError(t, os.WriteFile(path, []byte(text), 0o644))
		return path
	}
	twice := write("twice.md", "# A\n\n## 1 Een\n\n### 1.1 Visie\n\nWe willen iets.\n\n## 2 Twee\n\n### 1.1 Visie\n\nWe willen iets anders.\n")
	for _, c := range []struct {
		name string
		args []string
		want string
	}{
		{"no such file", []string{"-from", filepath.Join(dir, "absent")}, "no such file or folder"},
		{"not RDF", []string{"-from", write("text.ttl", "dit is geen turtle")}, "line 1, column 1"},
		{"no RDF file", []string{"-from", write("text.doc", "tekst")}, "no file of RDF"},
		{"not an archive", []string{"-from", write("text.db", "tekst")}, "no themis archive"},
		{"endpoint is down", []string{"-from", "http://127.0.0.1:1/sparql"}, "not available"},
		{"endpoint is a web page", []string{"-from", page.URL}, "web page"},
		{"unknown section", []string{"-section", "ruimtevaart"}, `no section "ruimtevaart"`},
		{"ambiguous section", []string{"-agreement", twice, "-section", "1.1"}, "2 sections answer"},
		{"no agreement", []string{"-agreement", filepath.Join(dir, "absent.md")}, "absent.md"},
		{"agreement of no known form", []string{"-agreement", write("a.xyz", "x")}, "want .jsonl"},
		{"unwritable output", []string{"-out", filepath.Join(write("file", "x"), "out")}, "-out"},
		{"dates the wrong way round", []string{"-since", "2024-01-01", "-until", "2023-01-01"}, "swap the dates"},
		{"no date", []string{"-since", "gisteren"}, "want a date such as"},
		{"unknown format", []string{"-format", "docx"}, "want md, html or json"},
		{"unknown analyst", []string{"-analyst", "orakel"}, "want extractive or openai"},
		{"no model", []string{"-analyst", "openai"}, "no model named"},
		{"unknown language", []string{"-language", "fr"}, "want nl or en"},
		{"stray argument", []string{"sample"}, "unexpected argument"},
	} {
		t.Run(c.name, func(t *testing.T) {
			args := append([]string{"-quiet", "-out", filepath.Join(dir, "out")}, c.args...)
			_, _, err := start(t, args...)
			require.ErrorContains(t, err, c.want)
			require.NotContains(t, err.Error(), "\n", "an error is one line")
		})
	}
}

// A harvest that fails leaves what it got in the archive that was named.
func TestArchiveIsKept(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, os.CopyFS(filepath.Join(dir, "rdf"), sample.FS))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "rdf", "zz-broken.ttl"), []byte("<a> <b> ."), 0o644))
	file := filepath.Join(dir, "kept.db")
	_, stderr, err := start(t, "-quiet", "-from", filepath.Join(dir, "rdf"), "-archive", file, "-out", filepath.Join(dir, "out"))
	require.NoError(t, err)
	require.Contains(t, stderr, "zz-broken.ttl", "what is missing is said, and where")
	a, err := archive.Open(file, archive.ReadOnly())
	require.NoError(t, err)
	defer a.Close()
	n, err := a.Count(t.Context())
	require.NoError(t, err)
	require.Equal(t, 16, n)
}

// The report of 2024 on this section cited thirteen decisions.
func TestSeedSection(t *testing.T) {
	if sharedtest.Race {
		t.Skip("SKIPPED: the race detector slows work on the whole corpus tenfold; run this test without it, too")
	}
	seed, err := os.ReadFile(sharedtest.Path(t, "data/reports/seed-report.md"))
	require.NoError(t, err)
	dump := virtuosotest.Dump(t, 1)
	dir := t.TempDir()
	stdout, _, err := start(t, "-quiet", "-from", filepath.Join(dump, "load"), "-archive", filepath.Join(dir, "t.db"), "-out", dir, "-format", "json",
		"-agreement", sharedtest.Path(t, "data/agreement.jsonl"), "-section", "Preventie van radicalisering")
	require.NoError(t, err)
	data, err := os.ReadFile(strings.TrimSpace(stdout))
	require.NoError(t, err)
	var rep report.Report
	require.NoError(t, json.Unmarshal(data, &rep))
	cited := map[string]bool{}
	for _, ref := range rep.References {
		cited[ref.URI] = true
	}
	found, all := 0, 0
	for _, m := range regexp.MustCompile(`\]\((http://themis[^)]+)\)`).FindAllSubmatch(seed, -1) {
		all++
		if cited[string(m[1])] {
			found++
		} else {
			t.Logf("not cited: %s", m[1])
		}
	}
	require.Equal(t, 13, all)
	require.GreaterOrEqual(t, found, 10, "decisions that the report of 2024 cites")
	require.Equal(t, rep.Checks.Citations, rep.Checks.Verdicts[report.OK])
}
