package documents

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/themis-go/themis/harvest"
	"github.com/themis-go/themis/rdf"
)

func TestOpenTwice(t *testing.T) {
	dir := t.TempDir()
	f, err := Open(dir)
	require.NoError(t, err)
	_, err = Open(dir)
	require.ErrorIs(t, err, ErrInUse)
	require.NoError(t, f.Close())
	f, err = Open(dir)
	require.NoError(t, err)
	require.NoError(t, f.Close())
}

func TestOpenUnusable(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	require.NoError(t, os.WriteFile(file, nil, 0o644))
	_, err := Open(file)
	require.ErrorContains(t, err, file)
}

func TestRegisterSurvives(t *testing.T) {
	dir := t.TempDir()
	f, err := Open(dir)
	require.NoError(t, err)
	s := newServer(t)
	s.content["a"], s.content["b"] = pdfBytes(100), pdfBytes(200)
	_, failures := fetch(f, s, stream(decisionWith("a", 100), decisionWith("b", 200)))
	require.Empty(t, failures)
	before := slices.Collect(f.Records())
	require.Len(t, before, 2)
	require.NoError(t, f.Close())

	// A process was killed in the middle of a line.
	register := filepath.Join(dir, registerName)
	whole, err := os.ReadFile(register)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(register, append(slices.Clone(whole), `{"file":"http://exam`...), 0o644))
	f, err = Open(dir)
	require.NoError(t, err)
	require.Equal(t, before, slices.Collect(f.Records()))
	require.NoError(t, f.Close())
	after, err := os.ReadFile(register)
	require.NoError(t, err)
	require.Equal(t, whole, after)

	for _, line := range []string{"{", "[]", `{"file":""}`, `{"file":"http://x","path":"../x"}`, `{"file":"http://x","path":"/etc/x"}`, `{"file":"http://x","document":"a b","path":"x"}`, strings.Repeat("x", maxLine+100<<10)} {
		spoiled := append(slices.Clone(whole), line+"\n"...)
		require.NoError(t, os.WriteFile(register, spoiled, 0o644))
		_, err = Open(dir)
		require.ErrorIs(t, err, ErrRegister, line[:min(len(line), 40)])
		require.ErrorContains(t, err, "line 3")
		kept, err := os.ReadFile(register)
		require.NoError(t, err)
		require.Equal(t, spoiled, kept, "what is damaged is not overwritten")
	}
}

func TestRegisterIsCompacted(t *testing.T) {
	dir := t.TempDir()
	f, err := Open(dir)
	require.NoError(t, err)
	rec := Record{File: rdf.MustIRI("http://example.org/a"), Path: "2021/a.pdf", Size: 3}
	begun := Record{File: rdf.MustIRI("http://example.org/b"), Path: "2021/b.pdf", ETag: `"x"`}
	require.NoError(t, f.note(begun, true))
	for i := range 200 {
		rec.SHA256 = fmt.Sprint(i)
		require.NoError(t, f.note(rec, false))
	}
	require.NoError(t, f.Close())
	for range 2 {
		f, err = Open(dir)
		require.NoError(t, err)
		got, ok := f.Record(rec.File)
		require.True(t, ok)
		require.Equal(t, "199", got.SHA256)
		part, ok := f.begun(begun.File)
		require.True(t, ok)
		require.Equal(t, begun, part)
		require.NoError(t, f.note(rec, false), "it can be appended to")
		require.NoError(t, f.Close())
	}
	data, err := os.ReadFile(filepath.Join(dir, registerName))
	require.NoError(t, err)
	require.Equal(t, 4, strings.Count(string(data), "\n"))
}

func TestNamesDoNotCollide(t *testing.T) {
	f := openFolder(t)
	doc := harvest.Document{Title: "Nota"}
	one := f.pathFor(wanted{document: doc, file: pdfFile("http://a.example/x/ABC")})
	two := f.pathFor(wanted{document: doc, file: pdfFile("http://b.example/x/abc")})
	require.Equal(t, "undated/Nota-ABC.pdf", one)
	require.NotEqual(t, strings.ToLower(one), strings.ToLower(two), "some file systems know no case")
	require.Equal(t, one, f.pathFor(wanted{document: doc, file: pdfFile("http://a.example/x/ABC")}))
}

func TestVerify(t *testing.T) {
	s, f := newServer(t), openFolder(t)
	var list []harvest.Decision
	for _, id := range []string{"a", "b", "c", "d"} {
		s.content[id] = pdfBytes(1000)
		list = append(list, decisionWith(id, 1000))
	}
	_, failures := fetch(f, s, stream(list...))
	require.Empty(t, failures)
	at := func(id string) string { return filepath.Join(f.dir, "2021", "Nota-"+id+"-"+id+".pdf") }
	require.NoError(t, os.Remove(at("b")))
	require.NoError(t, os.Truncate(at("c"), 10))
	changed := pdfBytes(1000)
	changed[999]++
	require.NoError(t, os.WriteFile(at("d"), changed, 0o644))
	var problems []string
	for rec, err := range f.Verify(context.Background()) {
		if err == nil {
			require.Equal(t, "2021/Nota-a-a.pdf", rec.Path)
			continue
		}
		var one *FileError
		require.ErrorAs(t, err, &one)
		require.Equal(t, rec.File, one.File)
		problems = append(problems, err.Error())
	}
	require.Len(t, problems, 3)
	require.Contains(t, problems[0], "missing")
	require.Contains(t, problems[1], "10 bytes")
	require.Contains(t, problems[2], "was changed")

	results, failures := fetch(f, s, stream(list...))
	require.Empty(t, failures)
	outcomes := map[Outcome]int{}
	for _, r := range results {
		outcomes[r.Outcome]++
	}
	require.Equal(t, map[Outcome]int{Present: 2, Downloaded: 2}, outcomes, "what is missing or cut is fetched again")

	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	for _, err := range f.Verify(ctx) {
		require.ErrorIs(t, err, context.Canceled)
	}
}

// TestFolderIsNotLeft puts a symbolic link in the place of the year's folder.
func TestFolderIsNotLeft(t *testing.T) {
	s, f := newServer(t), openFolder(t)
	s.content["a"] = pdfBytes(100)
	outside := t.TempDir()
	require.NoError(t, os.Symlink(outside, filepath.Join(f.dir, "2021")))
	_, failures := fetch(f, s, stream(decisionWith("a", 100)))
	require.Len(t, failures, 1)
	entries, err := os.ReadDir(outside)
	require.NoError(t, err)
	require.Empty(t, entries)
}

func FuzzParseRecord(f *testing.F) {
	f.Add([]byte(`{"file":"http://example.org/a","path":"2021/a.pdf","size":3,"fetched":"2024-01-01T00:00:00Z","partial":true}`))
	f.Add([]byte(`{"file":"http://example.org/a","path":"..\\..\\x"}`))
	f.Fuzz(func(t *testing.T, line []byte) {
		rec, partial, err := parseRecord(line)
		if err != nil {
			return
		}
		require.True(t, filepath.IsLocal(filepath.FromSlash(rec.Path)))
		var b strings.Builder
		require.NoError(t, writeLine(&b, rec.line(partial)))
		again, _, err := parseRecord([]byte(b.String()))
		require.NoError(t, err)
		require.Equal(t, rec.File, again.File)
		require.Equal(t, rec.Path, again.Path)
	})
}
