package documents

import (
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/themis-go/themis/harvest"
	"github.com/themis-go/themis/rdf"
)

func pdfFile(uri string) harvest.File {
	return harvest.File{URI: rdf.MustIRI(uri), Format: "application/pdf", Extension: "pdf"}
}

func TestFileName(t *testing.T) {
	const id = "http://themis.vlaanderen.be/id/bestand/7223d7b3-db34"
	for _, test := range []struct{ title, uri, want string }{
		{"VR 2021 0503 DOC.0187/1", id, "VR-2021-0503-DOC-0187-1-7223d7b3-db34.pdf"},
		{"Één — «coördinatie»", id, "Een-coordinatie-7223d7b3-db34.pdf"},
		{"", id, "document-7223d7b3-db34.pdf"},
		{"../../etc/passwd", id, "etc-passwd-7223d7b3-db34.pdf"},
		{"CON", id, "CON-7223d7b3-db34.pdf"},
		{"", "http://example.org/con", "document-con.pdf"},
		{"日本", id, "document-7223d7b3-db34.pdf"},
		{"a\x00b\xff.exe", id, "a-b-exe-7223d7b3-db34.pdf"},
		{strings.Repeat("ab ", 60), id, strings.TrimRight(strings.Repeat("ab-", 27)[:80], "-") + "-7223d7b3-db34.pdf"},
		{"x", "http://example.org/a..b", "x-" + digestOf("http://example.org/a..b") + ".pdf"},
		{"x", "http://example.org/", "x-" + digestOf("http://example.org/") + ".pdf"},
		{"x", "http://example.org/---", "x-" + digestOf("http://example.org/---") + ".pdf"},
		{"x", "http://example.org/" + strings.Repeat("a", 65), "x-" + digestOf("http://example.org/"+strings.Repeat("a", 65)) + ".pdf"},
		{"x", "share://9335d8f3.pdf", "x-" + digestOf("share://9335d8f3.pdf") + ".pdf"},
	} {
		assert.Equal(t, test.want, FileName(harvest.Document{Title: test.title}, pdfFile(test.uri)), test.title)
	}
}

func TestExtension(t *testing.T) {
	for file, want := range map[harvest.File]string{
		{Format: "application/pdf"}: "pdf", {Format: "Application/PDF; x=y", Extension: "exe"}: "pdf", {Extension: ".PDF"}: "pdf",
		{Format: "text/html", Extension: "pdf"}: "bin", {Extension: "docx"}: "docx", {Extension: "exe"}: "bin", {Extension: "a/b"}: "bin", {}: "bin",
	} {
		if want == "bin" && file.Extension == "pdf" {
			want = "pdf" // a name as the archive gives it, though it is not taken for a PDF
		}
		assert.Equal(t, want, extension(file), "%+v", file)
	}
}

func TestFolderName(t *testing.T) {
	assert.Equal(t, "2021", folderName(time.Date(2021, 3, 5, 0, 0, 0, 0, time.UTC)))
	assert.Equal(t, "undated", folderName(time.Time{}))
	assert.Equal(t, "undated", folderName(time.Date(-5, 1, 1, 0, 0, 0, 0, time.UTC)))
}

var safeName = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9-]*[A-Za-z0-9]\.[a-z]{3,4}$|^[A-Za-z0-9-]+\.[a-z]{3,4}$`)

func FuzzFileName(f *testing.F) {
	for _, seed := range [][3]string{
		{"VR 2021 0503 DOC.0187/1", "http://themis.vlaanderen.be/id/bestand/7223d7b3", "pdf"},
		{"../..", "http://example.org/..", "/etc"}, {"NUL.", "http://example.org/nul", "exe"}, {"\u202egpj", "urn:x:y", ".lnk"},
		{"ﬁ Ａ ½ e\u0301", "http://example.org/\u0130", "PDF"}, {"C:\\x", "file:///c:/x", "c:"},
	} {
		f.Add(seed[0], seed[1], seed[2])
	}
	f.Fuzz(func(t *testing.T, title, uri, ext string) {
		iri, err := rdf.NewIRI(uri)
		if err != nil {
			return
		}
		name := FileName(harvest.Document{Title: title}, harvest.File{URI: iri, Name: title, Extension: ext})
		require.Regexp(t, safeName, name)
		require.LessOrEqual(t, len(name), 160)
		require.Equal(t, name, filepath.Base(name))
		require.True(t, filepath.IsLocal(name))
		stem, _, _ := strings.Cut(name, ".")
		require.NotContains(t, []string{"CON", "PRN", "AUX", "NUL", "COM1", "LPT1"}, strings.ToUpper(stem))
		require.NotEqual(t, byte('-'), name[0])
	})
}
