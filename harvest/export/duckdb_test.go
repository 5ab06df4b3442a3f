package export

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/themis-go/themis/harvest"
	"github.com/themis-go/themis/internal/npmtest"
	"github.com/themis-go/themis/internal/realdata"
	"github.com/themis-go/themis/rdf"
)

const duckdbPackage = "@duckdb/node-api@1.5.6-r.1"

// duckdb runs queries in a real DuckDB and returns the rows of each. Numbers
// of 64 bits, dates and times are strings.
func duckdb(t *testing.T, queries ...string) [][]map[string]any {
	t.Helper()
	script := npmtest.Script(t, npmtest.Folder(t, duckdbPackage), filepath.Join("testdata", "duckdb.mjs"))
	input, err := json.Marshal(queries)
	require.NoError(t, err)
	cmd := exec.Command("node", script)
	cmd.Dir, cmd.Stdin = filepath.Dir(script), bytes.NewReader(input)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	require.NoError(t, err, "DuckDB: %s", &stderr)
	var rows [][]map[string]any
	require.NoError(t, json.Unmarshal(out, &rows))
	return rows
}

func sqlPath(elem ...string) string {
	return "'" + strings.ReplaceAll(filepath.Join(elem...), "'", "''") + "'"
}

func exportTo(t *testing.T, decisions []harvest.Decision) string {
	t.Helper()
	dir := t.TempDir()
	_, err := ToDir(context.Background(), dir, []Format{FormatCSV, FormatJSONLines, FormatParquet}, Source{Decisions: stream(decisions)})
	require.NoError(t, err)
	return dir
}

func TestDuckDBReadsNestedValues(t *testing.T) {
	dir := exportTo(t, fixture())
	table := "read_parquet(" + sqlPath(dir, "decisions.parquet", "**", "*.parquet") + ", hive_partitioning = true)"
	got := duckdb(t,
		"SELECT * FROM "+table+" ORDER BY uri",
		"SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM "+table+")",
		"SELECT year, count(*) AS n FROM "+table+" GROUP BY year ORDER BY year",
		"SELECT * FROM read_csv("+sqlPath(dir, "decisions.csv")+") ORDER BY uri",
		"SELECT * FROM read_json("+sqlPath(dir, "decisions.jsonl")+") ORDER BY uri",
		"SELECT date, string_split(file_names, '|') AS files FROM read_csv("+sqlPath(dir, "decisions.csv")+") WHERE file_names IS NOT NULL",
	)
	rows, types, years, csvRows, jsonRows := got[0], got[1], got[2], got[3], got[4]

	require.Len(t, rows, 3)
	first := rows[0]
	require.Equal(t, base+"nieuwsbericht/one", first["uri"])
	require.Equal(t, "2021-03-05", first["date"])
	require.Equal(t, "2021-03-05 13:00:00.123456+00", first["issued"])
	require.Equal(t, "Één <b>\ntwee", first["text"])
	require.Nil(t, first["subtitle"])
	require.Equal(t, []any{"3", "7"}, first["positions"])
	require.Equal(t, []any{
		map[string]any{"mandatee": base + "mandataris/a", "person": base + "persoon/a", "given_name": "Jan", "family_name": "Jambon", "title": "minister-president", "rank": "1"},
		map[string]any{"mandatee": base + "mandatee/b", "person": nil, "given_name": nil, "family_name": `Somers|\Bart`, "title": "Binnenlands Bestuur", "rank": "0"},
	}, first["ministers"])
	require.Equal(t, []any{
		map[string]any{"uri": base + "concept/t1", "label": "Gezin", "deprecated": true},
		map[string]any{"uri": base + "concept/t2", "label": nil, "deprecated": false},
	}, first["themes"])
	documents := first["documents"].([]any)
	require.Len(t, documents, 2)
	require.Equal(t, []any{
		map[string]any{"uri": base + "bestand/f1", "name": "a.pdf", "size": "1234", "format": "application/pdf", "extension": "pdf"},
		map[string]any{"uri": base + "bestand/f2", "name": "a.docx", "size": "0", "format": nil, "extension": nil},
	}, documents[0].(map[string]any)["files"])
	require.Equal(t, []any{}, documents[1].(map[string]any)["files"])
	require.Equal(t, "2021-12-31 23:30:00+00", rows[1]["meeting"].(map[string]any)["start"])
	require.Nil(t, rows[2]["date"])

	typeOf := map[string]any{}
	for _, row := range types {
		typeOf[row["column_name"].(string)] = row["column_type"]
	}
	require.Equal(t, "DATE", typeOf["date"])
	require.Equal(t, "TIMESTAMP WITH TIME ZONE", typeOf["issued"])
	require.Equal(t, "BIGINT[]", typeOf["positions"])
	require.Equal(t, "STRUCT(uri VARCHAR, \"label\" VARCHAR, deprecated BOOLEAN)[]", typeOf["themes"])

	require.Equal(t, []map[string]any{{"year": "2021", "n": "1"}, {"year": "2022", "n": "1"}, {"year": nil, "n": "1"}}, years)

	require.Len(t, csvRows, 3)
	require.Equal(t, `Een "titel", met komma | en streep`, csvRows[0]["title"])
	require.Equal(t, "Één <b>\ntwee", csvRows[0]["text"])
	require.Equal(t, "2021-03-05", csvRows[0]["date"])
	require.Equal(t, `=HYPERLINK("http://example.org")`, csvRows[1]["title"])
	require.Equal(t, []any{"a.pdf", "a.docx"}, got[5][0]["files"])

	require.Len(t, jsonRows, 3)
	require.Equal(t, first["themes"], jsonRows[0]["themes"])
}

// TestDuckDBReadsTheCorpus exports the real news items and lets DuckDB count
// what is in them.
func TestDuckDBReadsTheCorpus(t *testing.T) {
	decisions := corpus(t)
	dir := exportTo(t, decisions)
	want := totals(decisions)
	const sums = `count(*) AS n, count(DISTINCT uri) AS uris, sum(length(text)) AS text, sum(length(html)) AS html, sum(length(title)) AS title, `
	const nested = sums + `sum(len(ministers)) AS ministers, sum(len(themes)) AS themes, sum(len(positions)) AS positions, sum(len(documents)) AS documents`
	const flat = sums + `sum(len(string_split(mandatees, '|'))) AS ministers, sum(len(string_split(theme_uris, '|'))) AS themes, ` +
		`sum(len(string_split(positions, '|'))) AS positions, sum(len(string_split(document_uris, '|'))) AS documents`
	parquetTable := "read_parquet(" + sqlPath(dir, "decisions.parquet", "**", "*.parquet") + ", hive_partitioning = true)"
	perYear := "SELECT year(date) AS year, count(*) AS n FROM %s GROUP BY 1 ORDER BY 1"
	sniffed := sqlPath(dir, "decisions.csv")
	got := duckdb(t,
		"SELECT "+nested+" FROM "+parquetTable,
		"SELECT "+nested+" FROM read_json("+sqlPath(dir, "decisions.jsonl")+")",
		"SELECT "+flat+" FROM read_csv("+sniffed+", all_varchar = true)",
		"SELECT Delimiter, Quote, Escape, HasHeader FROM sniff_csv("+sniffed+")",
		fmt.Sprintf(perYear, parquetTable), fmt.Sprintf(perYear, "read_csv("+sniffed+")"),
		"SELECT count(*) AS n FROM "+parquetTable+" WHERE year <> year(date)",
	)
	for i, format := range []string{"Parquet", "JSON Lines", "CSV"} {
		require.Equal(t, want, got[i][0], format)
	}
	require.Equal(t, map[string]any{"Delimiter": ",", "Quote": `"`, "Escape": `"`, "HasHeader": true}, got[3][0])
	require.Equal(t, got[4], got[5])
	require.Greater(t, len(got[4]), 3)
	require.Equal(t, "0", got[6][0]["n"])
}

func totals(decisions []harvest.Decision) map[string]any {
	n := map[string]int{}
	uris := map[string]bool{}
	for _, d := range decisions {
		n["n"]++
		uris[d.URI.String()] = true
		n["text"] += utf8.RuneCountInString(d.Text)
		n["html"] += utf8.RuneCountInString(d.HTML)
		n["title"] += utf8.RuneCountInString(d.Title)
		n["ministers"] += len(d.Ministers)
		n["themes"] += len(d.Themes)
		n["positions"] += len(d.Positions)
		n["documents"] += len(d.Documents)
	}
	n["uris"] = len(uris)
	out := map[string]any{}
	for name, count := range n {
		out[name] = strconv.Itoa(count)
	}
	return out
}

// corpus is the real news items as decisions; every third has a document, and
// every fifth two positions.
func corpus(tb testing.TB) []harvest.Decision {
	tb.Helper()
	list := slices.Clone(realdata.Decisions(tb))
	for i := range list {
		d := &list[i]
		d.Positions = []int{d.AgendaItem.Position}
		if i%5 == 0 {
			d.Positions = append(d.Positions, 1000)
		}
		if i%3 == 0 {
			d.Documents = []harvest.Document{{URI: rdf.MustIRI(d.URI.String() + "/stuk"), Title: d.Title}}
		}
	}
	return list
}
