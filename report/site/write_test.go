package site

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"

	"github.com/themis-go/themis/harvest"
	"github.com/themis-go/themis/report"
	"github.com/themis-go/themis/report/agreement"
)

func write(t *testing.T, c Config) string {
	dir := filepath.Join(t.TempDir(), "site")
	_, err := Write(context.Background(), dir, c)
	require.NoError(t, err)
	return dir
}

// read are the files below a folder by name.
func read(t *testing.T, dir string) map[string][]byte {
	out := map[string][]byte{}
	require.NoError(t, filepath.WalkDir(dir, func(p string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		rel, err := filepath.Rel(dir, p)
		if err != nil {
			return err
		}
		out[filepath.ToSlash(rel)], err = os.ReadFile(p)
		return err
	}))
	return out
}

func TestWrite(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "deep", "site")
	var mu sync.Mutex
	phases := map[string]bool{}
	c := config(t, fixture())
	c.Progress = func(p Progress) {
		mu.Lock()
		defer mu.Unlock()
		phases[p.Phase] = true
		assert.LessOrEqual(t, p.Done, p.Total)
	}
	result, err := Write(context.Background(), dir, c)
	require.NoError(t, err)
	assert.Equal(t, filepath.Join(dir, "index.html"), result.Index)
	assert.Equal(t, 4, result.Sections)
	assert.Equal(t, 8, result.Decisions)
	assert.Equal(t, 7, result.Meetings)
	assert.Len(t, phases, 4)
	files := read(t, dir)
	assert.Len(t, files, result.Files)
	total := 0
	for _, data := range files {
		total += len(data)
	}
	assert.EqualValues(t, total, result.Bytes)
	for _, name := range []string{
		"index.html", "secties.html", "ministers.html", "themas.html", "vergaderingen.html", "zoeken.html", "data.html", "style.css",
		"sectie/wonen-1-1-huren.html", "hoofdstuk/1-wonen.html", "minister/an-peeters.html", "thema/wonen.html", "vergadering/2021-03-05.html",
		"vergadering/onbekend.html", "feeds/alle.xml", "feeds/wonen-1-1-huren.xml", "data/decisions.csv.zip", "data/decisions.jsonl.gz",
		"data/reports.jsonl.gz", "data/status.csv", "data/manifest.json", "data/decisions.parquet/year=2021/part-0.parquet",
	} {
		assert.Contains(t, files, name)
	}
	entries, err := os.ReadDir(filepath.Dir(dir))
	require.NoError(t, err)
	assert.Len(t, entries, 1, "nothing is left beside the site")
}

// TestWriteIsDeterministic writes the same decisions in another order.
func TestWriteIsDeterministic(t *testing.T) {
	one := read(t, write(t, config(t, fixture())))
	list := fixture()
	for i, j := 0, len(list)-1; i < j; i, j = i+1, j-1 {
		list[i], list[j] = list[j], list[i]
	}
	c := config(t, list)
	c.Report = fixture().report()
	two := read(t, write(t, c))
	require.Len(t, two, len(one))
	for name := range one {
		assert.True(t, bytes.Equal(one[name], two[name]), name)
	}
}

func TestFilesList(t *testing.T) {
	files := read(t, write(t, config(t, fixture())))
	var l list
	require.NoError(t, json.Unmarshal(files[listName], &l))
	assert.Len(t, l.Files, len(files)-1)
	for _, f := range l.Files {
		sum := sha256.Sum256(files[f.Path])
		assert.Equal(t, hex.EncodeToString(sum[:]), f.SHA256, f.Path)
		assert.EqualValues(t, len(files[f.Path]), f.Size)
	}
}

// parse returns the elements of a page.
func parse(t *testing.T, page []byte) *html.Node {
	root, err := html.Parse(bytes.NewReader(page))
	require.NoError(t, err)
	return root
}

// TestPages checks what must be so on each page: one title, one main part, the
// policy, no script but those of the two pages that have some, no style inline,
// links that lead somewhere.
func TestPages(t *testing.T) {
	checkPages(t, read(t, write(t, config(t, fixture()))))
}

func checkPages(t *testing.T, files map[string][]byte) {
	t.Helper()
	ids := map[string]map[string]bool{}
	type target struct{ page, href string }
	var targets []target
	for name, data := range files {
		if !strings.HasSuffix(name, ".html") {
			continue
		}
		ids[name] = map[string]bool{}
		names, policy := map[string]int{}, ""
		for n := range parse(t, data).Descendants() {
			if n.Type != html.ElementNode {
				continue
			}
			if n.Data != "title" || n.Namespace == "" { // charts have titles too
				names[n.Data]++
			}
			attrs := map[string]string{}
			for _, a := range n.Attr {
				attrs[a.Key] = a.Val
				assert.False(t, strings.HasPrefix(a.Key, "on") || a.Key == "style" || a.Key == "action", "%s: <%s %s>", name, n.Data, a.Key)
				switch a.Key {
				case "id":
					assert.False(t, ids[name][a.Val], "%s: id %s stands twice", name, a.Val)
					ids[name][a.Val] = true
				case "href", "src":
					targets = append(targets, target{name, a.Val})
				}
			}
			if n.Data == "meta" && attrs["http-equiv"] == "Content-Security-Policy" {
				policy = attrs["content"]
			}
			if n.Data == "script" {
				assert.NotEmpty(t, attrs["src"], "%s: no script inline", name)
				assert.Nil(t, n.FirstChild)
			}
		}
		assert.Equal(t, 1, names["h1"], name)
		assert.Equal(t, 1, names["main"], name)
		assert.Equal(t, 1, names["title"], name)
		assert.Zero(t, names["style"]+names["img"]+names["iframe"]+names["object"]+names["base"], name)
		assert.Contains(t, policy, "default-src 'none'", name)
		if name != "index.html" && name != "zoeken.html" {
			assert.Zero(t, names["script"], name)
			assert.NotContains(t, policy, "script-src", name)
		}
		assert.NotContains(t, string(data), "ZgotmplZ", name)
		assert.NotContains(t, string(data), "<no value>", name)
	}
	for _, to := range targets {
		u, err := url.Parse(to.href)
		if !assert.NoError(t, err, "%s: %s", to.page, to.href) {
			continue
		}
		if u.Scheme != "" {
			assert.Contains(t, []string{"http", "https"}, u.Scheme, "%s: %s", to.page, to.href)
			continue
		}
		page := to.page
		if u.Path != "" {
			page = path.Join(path.Dir(to.page), u.Path)
		}
		assert.Contains(t, files, page, "%s: %s", to.page, to.href)
		if u.Fragment != "" && strings.HasSuffix(page, ".html") {
			assert.True(t, ids[page][u.Fragment], "%s: %s", to.page, to.href)
		}
	}
}

func TestDownloads(t *testing.T) {
	files := read(t, write(t, config(t, fixture())))
	z, err := zip.NewReader(bytes.NewReader(files["data/decisions.csv.zip"]), int64(len(files["data/decisions.csv.zip"])))
	require.NoError(t, err)
	require.Len(t, z.File, 1)
	f, err := z.File[0].Open()
	require.NoError(t, err)
	rows, err := csv.NewReader(f).ReadAll()
	require.NoError(t, err)
	assert.Len(t, rows, 9)
	assert.Equal(t, 8, strings.Count(unpacked(t, files["data/decisions.jsonl.gz"]), "\n"))

	lines := strings.Split(strings.TrimSpace(unpacked(t, files["data/reports.jsonl.gz"])), "\n")
	require.Len(t, lines, 4)
	rep, err := report.ReadJSON(strings.NewReader(lines[0]))
	require.NoError(t, err)
	assert.Equal(t, "1.1 Huren", rep.Section.Heading())

	status, err := csv.NewReader(bytes.NewReader(files["data/status.csv"])).ReadAll()
	require.NoError(t, err)
	assert.Equal(t, []string{"key", "number", "title", "chapter", "page", "funded", "decided", "principle", "changed", "announced", "none", "decisions", "last"}, status[0])
	assert.Equal(t, []string{"1", "1", "0", "0", "0", "1", "3", "2021-10-01"}, status[1][5:])
	var m harvest.Manifest
	require.NoError(t, json.Unmarshal(files["data/manifest.json"], &m))
	assert.Equal(t, *manifest(), m)
}

func unpacked(t *testing.T, data []byte) string {
	z, err := gzip.NewReader(bytes.NewReader(data))
	require.NoError(t, err)
	text, err := io.ReadAll(z)
	require.NoError(t, err)
	return string(text)
}

func TestFeeds(t *testing.T) {
	c := config(t, fixture())
	c.BaseURL = "https://example.org/voortgang"
	files := read(t, write(t, c))
	var f atomFeed
	require.NoError(t, xml.Unmarshal(files["feeds/wonen-1-1-huren.xml"], &f))
	assert.Equal(t, "Beslissingen: 1.1 Huren", f.Title)
	require.Len(t, f.Entries, 3)
	assert.Equal(t, "http://themis.vlaanderen.be/id/nieuwsbericht/D", f.Entries[0].ID, "the latest first")
	assert.Equal(t, "2021-10-01T15:00:00Z", f.Updated)
	assert.Equal(t, "https://example.org/voortgang/vergadering/2021-10-01.html#b-D", f.Entries[0].Links[0].Href)
	assert.Regexp(t, `^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`, f.ID)
	var all atomFeed
	require.NoError(t, xml.Unmarshal(files["feeds/alle.xml"], &all))
	assert.Len(t, all.Entries, 7, "one without a date cannot be in a feed")
	assert.NotEqual(t, f.ID, all.ID)
}

func TestEnglish(t *testing.T) {
	c := config(t, fixture())
	c.Language = report.English
	c.Report = fixture().report(report.WithLanguage(report.English))
	files := read(t, write(t, c))
	checkPages(t, files)
	page := string(files["index.html"])
	assert.Contains(t, page, `<html lang="en">`)
	assert.Contains(t, page, "Progress per chapter")
	assert.Contains(t, page, `lang=nl`, "Dutch words say so")
}

func TestTexts(t *testing.T) {
	require.Len(t, englishTexts, len(dutchTexts))
	for name, text := range dutchTexts {
		assert.Equal(t, strings.Count(text, "%s"), strings.Count(englishTexts[name], "%s"), name)
		assert.Equal(t, strings.Count(text, "|"), strings.Count(englishTexts[name], "|"), name)
	}
	assert.Equal(t, "1.234.567", grouped(1234567, "."))
	assert.Equal(t, "999", grouped(999, "."))
}

func TestWriteReplacesItsOwn(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "site")
	ctx := context.Background()
	_, err := Write(ctx, dir, config(t, fixture()))
	require.NoError(t, err)
	own := filepath.Join(dir, "CNAME")
	require.NoError(t, os.WriteFile(own, []byte("example.org"), 0o644))
	_, err = Write(ctx, dir, config(t, fixture()[:2]))
	require.NoError(t, err)
	assert.FileExists(t, own, "what no site wrote is left alone")
	assert.NoFileExists(t, filepath.Join(dir, "vergadering", "2023-09-08.html"))
	assert.FileExists(t, filepath.Join(dir, "vergadering", "2021-03-05.html"))
	assert.NoDirExists(t, filepath.Join(dir, "data", "decisions.parquet", "year=2023"))
	assert.Equal(t, read(t, write(t, config(t, fixture()[:2])))["index.html"], read(t, dir)["index.html"])
}

func TestWriteRefusesForeignFiles(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "site")
	require.NoError(t, os.MkdirAll(dir, 0o755))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "index.html"), []byte("mine"), 0o644))
	_, err := Write(context.Background(), dir, config(t, fixture()))
	require.ErrorIs(t, err, ErrForeignFile)
	assert.Equal(t, map[string][]byte{"index.html": []byte("mine")}, read(t, dir))
	require.NoError(t, os.WriteFile(filepath.Join(dir, listName), []byte("{}"), 0o644))
	_, err = Write(context.Background(), dir, config(t, fixture()))
	require.ErrorIs(t, err, ErrForeignFile)
}

// TestWriteListLeadsNowhereElse checks that a list of files made by another
// hand cannot remove files outside of the folder.
func TestWriteListLeadsNowhereElse(t *testing.T) {
	top := t.TempDir()
	precious := filepath.Join(top, "precious")
	require.NoError(t, os.WriteFile(precious, []byte("x"), 0o644))
	dir := filepath.Join(top, "site")
	require.NoError(t, os.MkdirAll(dir, 0o755))
	require.NoError(t, os.WriteFile(filepath.Join(dir, listName), []byte(`{"site":1,"files":[{"path":"../precious"},{"path":"`+precious+`"}]}`), 0o644))
	_, err := Write(context.Background(), dir, config(t, fixture()))
	require.NoError(t, err)
	assert.FileExists(t, precious)
}

func TestWriteErrors(t *testing.T) {
	ctx := context.Background()
	boom := errors.New("boom")
	for name, change := range map[string]func(*Config){
		"agreement": func(c *Config) { c.Agreement = nil },
		"sections":  func(c *Config) { c.Agreement = &agreement.Agreement{} },
		"decisions": func(c *Config) { c.Decisions = nil },
		"report":    func(c *Config) { c.Report = nil },
		"language":  func(c *Config) { c.Language = "fr" },
		"address":   func(c *Config) { c.BaseURL = "javascript:alert(1)" },
	} {
		t.Run(name, func(t *testing.T) {
			c := config(t, fixture())
			change(&c)
			dir := filepath.Join(t.TempDir(), "site")
			_, err := Write(ctx, dir, c)
			require.ErrorIs(t, err, ErrConfig)
			assert.NoDirExists(t, dir)
		})
	}
	for name, change := range map[string]func(*Config){
		"stream": func(c *Config) {
			c.Decisions = func(yield func(harvest.Decision, error) bool) { yield(harvest.Decision{}, boom) }
		},
		"report": func(c *Config) {
			c.Report = func(context.Context, *agreement.Section) (*report.Report, error) { return nil, boom }
		},
	} {
		t.Run("failing "+name, func(t *testing.T) {
			top := t.TempDir()
			c := config(t, fixture())
			change(&c)
			_, err := Write(ctx, filepath.Join(top, "site"), c)
			require.ErrorIs(t, err, boom)
			assert.Empty(t, read(t, top), "nothing is left behind")
		})
	}
	t.Run("cancelled", func(t *testing.T) {
		top := t.TempDir()
		ctx, cancel := context.WithCancel(ctx)
		c := config(t, fixture())
		c.Report = func(ctx context.Context, s *agreement.Section) (*report.Report, error) {
			cancel()
			return fixture().report()(context.WithoutCancel(ctx), s)
		}
		_, err := Write(ctx, filepath.Join(top, "site"), c)
		require.ErrorIs(t, err, context.Canceled)
		assert.Empty(t, read(t, top))
	})
	t.Run("no report", func(t *testing.T) {
		c := config(t, fixture())
		c.Report = func(context.Context, *agreement.Section) (*report.Report, error) { return nil, nil }
		_, err := Write(ctx, filepath.Join(t.TempDir(), "site"), c)
		require.ErrorContains(t, err, "no report")
	})
	t.Run("a file in the place of the folder", func(t *testing.T) {
		file := filepath.Join(t.TempDir(), "site")
		require.NoError(t, os.WriteFile(file, nil, 0o644))
		_, err := Write(ctx, file, config(t, fixture()))
		require.Error(t, err)
	})
}

func TestWriteWithoutDecisions(t *testing.T) {
	c := config(t, nil)
	c.Manifest = nil
	files := read(t, write(t, c))
	checkPages(t, files)
	assert.NotContains(t, files, "data/manifest.json")
	assert.Contains(t, string(files["ministers.html"]), "Geen beslissingen.")
}
