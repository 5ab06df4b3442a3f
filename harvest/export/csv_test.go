package export

import (
	"encoding/csv"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/themis-go/themis/harvest"
	"github.com/themis-go/themis/rdf"
)

func TestCSV(t *testing.T) {
	var b strings.Builder
	n, err := CSV(&b, stream(fixture()))
	require.NoError(t, err)
	require.Equal(t, 3, n)
	golden(t, "decisions.csv", b.String())

	r := csv.NewReader(strings.NewReader(b.String()))
	records, err := r.ReadAll()
	require.NoError(t, err)
	require.Len(t, records, 4)
	first := record(records[0], records[1])
	require.Equal(t, `Een "titel", met komma | en streep`, first["title"])
	require.Equal(t, "2021-03-05", first["date"])
	require.Equal(t, "2021-03-05T13:00:00.123456Z", first["issued"])
	require.Equal(t, "3|7", first["positions"])
	require.Equal(t, `Jan Jambon|Somers\|\\Bart`, first["ministers"])
	require.Equal(t, base+"persoon/a|", first["persons"])
	require.Equal(t, "Gezin|", first["themes"])
	require.Equal(t, "a.pdf|a.docx", first["file_names"])
	require.Equal(t, "Één <b>\ntwee", first["text"])
	second := record(records[0], records[2])
	require.Equal(t, `=HYPERLINK("http://example.org")`, second["title"], "data is not altered")
	require.Equal(t, "2022-01-01", second["date"], "the day in Brussels")
	require.Equal(t, "a\rb\tc😀", second["text"])
	third := record(records[0], records[3])
	require.Empty(t, third["date"])
	require.Empty(t, third["meeting"])
	require.Equal(t, "0", third["positions"])
}

func record(names, values []string) map[string]string {
	m := map[string]string{}
	for i, name := range names {
		m[name] = values[i]
	}
	return m
}

func TestCSVOfNothing(t *testing.T) {
	var b strings.Builder
	n, err := CSV(&b, stream[harvest.Decision](nil))
	require.NoError(t, err)
	require.Zero(t, n)
	require.Equal(t, 1, strings.Count(b.String(), "\n"), "the header is there")
	require.True(t, strings.HasPrefix(b.String(), "uri,uuid,date,"))
}

func TestCSVForSpreadsheets(t *testing.T) {
	var b strings.Builder
	_, err := CSV(&b, stream(fixture()), ForSpreadsheets())
	require.NoError(t, err)
	text, ok := strings.CutPrefix(b.String(), "\ufeff")
	require.True(t, ok)
	records, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	require.NoError(t, err)
	second := record(records[0], records[2])
	require.Equal(t, `'=HYPERLINK("http://example.org")`, second["title"])
	require.Equal(t, "'-1", second["subtitle"])
	require.Equal(t, "2022-01-01", second["date"])
	for in, want := range map[string]string{
		"": "", "a=1": "a=1", "+1": "'+1", "@x": "'@x", "\tx": "'\tx", "\r": "'\r", "＝1": "'＝1", "é": "é", " =1": " =1",
	} {
		require.Equal(t, want, disarm(in))
	}
}

func TestCSVReplacesInvalidText(t *testing.T) {
	var b strings.Builder
	_, err := CSV(&b, stream([]harvest.Decision{{URI: rdf.MustIRI(base + "x"), Title: "a\xffb"}}))
	require.NoError(t, err)
	require.Contains(t, b.String(), "a\ufffdb")
}

func TestWritersReportErrors(t *testing.T) {

	for name, write := range map[string]func(*brokenPipe) (int, error){
		"csv":   func(w *brokenPipe) (int, error) { return CSV(w, stream(fixture())) },
		"jsonl": func(w *brokenPipe) (int, error) { return JSONLines(w, stream(fixture())) },
		"nq":    func(w *brokenPipe) (int, error) { return NQuads(w, stream(quadFixture())) },
		"ttl":   func(w *brokenPipe) (int, error) { return Turtle(w, stream(quadFixture())) },
	} {
		t.Run(name, func(t *testing.T) {
			for _, left := range []int{0, 1, 300} {
				_, err := write(&brokenPipe{left: left})
				require.ErrorIs(t, err, errFull)
				require.ErrorContains(t, err, "export: ")
			}
		})
	}
	for name, write := range map[string]func() (int, error){
		"csv":   func() (int, error) { return CSV(&strings.Builder{}, failing(fixture())) },
		"jsonl": func() (int, error) { return JSONLines(&strings.Builder{}, failing(fixture())) },
		"nq":    func() (int, error) { return NQuads(&strings.Builder{}, failing(quadFixture())) },
		"ttl":   func() (int, error) { return Turtle(&strings.Builder{}, failing(quadFixture())) },
	} {
		t.Run(name+" of a broken stream", func(t *testing.T) {
			n, err := write()
			require.ErrorIs(t, err, errStream)
			require.Positive(t, n)
		})
	}
}

// TestDiskFull writes to the device that is always full.
func TestDiskFull(t *testing.T) {
	f, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	if err != nil {
		t.Skipf("SKIPPED: this system has no device that is always full: %v", err)
	}
	defer f.Close()
	_, err = CSV(f, stream(fixture()))
	require.ErrorContains(t, err, "no space left on device")
}
