package rdf

import (
	"bytes"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// readLines reads a document and writes what it holds as N-Quads.
func readLines(t *testing.T, doc string, f Format, opts ...ReadOption) (string, error) {
	t.Helper()
	var b bytes.Buffer
	w := NewWriter(&b, NQuads)
	for q, err := range ReadQuads(strings.NewReader(doc), f, opts...) {
		if err != nil {
			require.NoError(t, w.Close())
			return b.String(), err
		}
		require.NoError(t, w.WriteQuad(q))
	}
	require.NoError(t, w.Close())
	return b.String(), nil
}

func TestReadNTriples(t *testing.T) {
	for _, tc := range []struct{ name, in, want string }{
		{"empty", "", ""},
		{"no line end", `<a:s> <a:p> <a:o> .`, "<a:s> <a:p> <a:o> .\n"},
		{"least space", `<a:s><a:p>"o"@nl-BE.`, "<a:s> <a:p> \"o\"@nl-BE .\n"},
		{"byte order mark", "\xef\xbb\xbf<a:s> <a:p> <a:o> .\n", "<a:s> <a:p> <a:o> .\n"},
		{"CRLF, comments", "# c\r\n<a:s> <a:p> <a:o> . # c\r\n\r\n<a:s> <a:p> _:b.1 .\r\n", "<a:s> <a:p> <a:o> .\n<a:s> <a:p> _:b.1 .\n"},
		{"CR alone", "<a:s> <a:p> <a:o> .#c\r<a:s> <a:p> \"o\" .", "<a:s> <a:p> <a:o> .\n<a:s> <a:p> \"o\" .\n"},
		{"escapes", `<a:\u00e9> <a:p> "\t\b\n\r\f\"\'\\\u00E9\U0001F340" .`, "<a:é> <a:p> \"\\t\\b\\n\\r\\f\\\"'\\\\é🍀\" .\n"},
		{"blank at the end", `<a:s> <a:p> _:b.`, "<a:s> <a:p> _:b .\n"},
		{"subject is a prefix of the next", "_:a <a:p> _:b .\n_:ab <a:p> _:b .\n", "_:a <a:p> _:b .\n_:ab <a:p> _:b .\n"},
		{"three-part tag", `<a:s> <a:p> "x"@zh-Hant-HK .`, "<a:s> <a:p> \"x\"@zh-Hant-HK .\n"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got, err := readLines(t, tc.in, NTriples)
			require.NoError(t, err)
			assert.Equal(t, tc.want, got)
		})
	}
}

func TestReadNTriplesErrors(t *testing.T) {
	for _, tc := range []struct {
		in           string
		line, column int
		msg          string
	}{
		{"<a:s> <a:p> <a:o>", 1, 18, "full stop"},
		{"<a:s> <a:p> <a:o> .\n<s> <a:p> <a:o> .", 2, 1, "relative"},
		{"\n\r\n<a:s> <a:é p> <a:o> .", 3, 11, "no IRI may hold"},
		{"<a:s> _:p <a:o> .", 1, 7, "predicate"},
		{`"s" <a:p> <a:o> .`, 1, 1, "subject"},
		{`<a:s> <a:p> "é\x" .`, 1, 15, "escape"},
		{`<a:s> <a:p> "\uD800" .`, 1, 14, "surrogate"},
		{`<a:s> <a:p> "o`, 1, 13, "quotation mark"},
		{"<a:s> <a:p> \"o\r\" .", 1, 15, "line break"},
		{`<a:s> <a:p> "o"@1 .`, 1, 16, "language"},
		{`<a:s> <a:p> "o"^^xsd:date .`, 1, 18, "datatype"},
		{`<a:s> <a:p> <a:o> <a:g> .`, 1, 19, "full stop"},
		{`<a:s> <a:p> <a:o> . <a:s> <a:p> <a:o> .`, 1, 21, "end of the line"},
		{"<a:s> <a:p> \"\xff\" .", 1, 13, "UTF-8"},
		{"<a:s> <a:p> <a:\xff> .", 1, 14, "UTF-8"},
		{"@prefix a: <a:> .", 1, 1, "subject"},
	} {
		_, err := readLines(t, tc.in, NTriples)
		var syntax *SyntaxError
		require.ErrorAs(t, err, &syntax, tc.in)
		assert.Equal(t, []int{tc.line, tc.column}, []int{syntax.Line, syntax.Column}, tc.in)
		assert.Contains(t, syntax.Msg, tc.msg, tc.in)
	}
}
