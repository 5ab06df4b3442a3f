package sparql

import (
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestTables(t *testing.T) {
	for _, c := range []struct {
		name   string
		format ResultFormat
		doc    string
		vars   []string
		want   []string
	}{
		{"CSV", CSV, "x,y\r\nhttp://example.org/a,1\r\n\"a \"\"b\"\", c\",\r\n\"\",_:b0\r\n", []string{"x", "y"},
			[]string{`"http://example.org/a" "1"`, `"a \"b\", c" -`, `"" _:b0`}},
		{"CSV, line breaks in quotes are kept", CSV, "x\n\"a\r\nb\nc\"\n", []string{"x"}, []string{`"a\r\nb\nc"`}},
		{"CSV, no rows", CSV, "x,y\r\n", []string{"x", "y"}, nil},
		{"CSV, one unbound", CSV, "x\n\n", []string{"x"}, []string{"-"}},
		{"CSV, no variables", CSV, "\n\n\n", nil, []string{"", ""}},
		{"CSV, last line open", CSV, "x\nabc", []string{"x"}, []string{`"abc"`}},
		{"CSV, quoted header", CSV, "\ufeff\"x\",\"callret-1\"\n\"nodeID://b1\",2", []string{"x", "callret-1"}, []string{`_:b1 "2"`}},
		{"TSV", TSV, "?x\t?y\n<http://example.org/a>\t\"x\"@nl\n_:b0\t\n\"a\\tb\\n\\\"\\u00e9\\U0001F340\"\t'q'\n", []string{"x", "y"},
			[]string{`<http://example.org/a> "x"@nl`, `_:b0 -`, `"a\tb\n\"é🍀" "q"`}},
		{"TSV, numbers", TSV, "?x\n4\n-5.5\n+1.0e6\n.5\ntrue\n\"1\"^^<http://www.w3.org/2001/XMLSchema#byte>\n", []string{"x"},
			[]string{`"4"^^<http://www.w3.org/2001/XMLSchema#integer>`, `"-5.5"^^<http://www.w3.org/2001/XMLSchema#decimal>`,
				`"+1.0e6"^^<http://www.w3.org/2001/XMLSchema#double>`, `".5"^^<http://www.w3.org/2001/XMLSchema#decimal>`,
				`"true"^^<http://www.w3.org/2001/XMLSchema#boolean>`, `"1"^^<http://www.w3.org/2001/XMLSchema#byte>`}},
		{"TSV, long quotes", TSV, "?x\r\n\"\"\"a \"b\" c\"\"\"\r\n\"\"\r\n", []string{"x"}, []string{`"a \"b\" c"`, `""`}},
		{"TSV, IRI with an escape", TSV, "?x\n<http://example.org/\\u00e9>", []string{"x"}, []string{`<http://example.org/é>`}},
		{"TSV, no rows", TSV, "?x\t?y\n", []string{"x", "y"}, nil},
		{"TSV, no variables", TSV, "\n\n", nil, []string{""}},
		{"TSV of Virtuoso", TSV, "\"s\"\t\"o\"\n\"http://example.org/a\"\t1\n\"a\n\tb \"\"c\"\"\"\t\"nodeID://b1\"\n", []string{"s", "o"},
			[]string{`"http://example.org/a" "1"`, `"a\n\tb \"c\"" _:b1`}},
	} {
		t.Run(c.name, func(t *testing.T) {
			for _, r := range []io.Reader{strings.NewReader(c.doc), iotest.OneByteReader(strings.NewReader(c.doc))} {
				vars, lines, err := readAll(r, c.format)
				require.NoError(t, err)
				assert.ElementsMatch(t, c.vars, vars)
				assert.Equal(t, c.want, lines)
			}
		})
	}
}

func TestTableErrors(t *testing.T) {
	for _, c := range []struct {
		name   string
		format ResultFormat
		doc    string
		msg    string
		rows   int
		is     error
	}{
		{"CSV, nothing", CSV, "", "empty", 0, ErrNotResults},
		{"CSV, a page", CSV, "§<html><body>\n", "does not name variables", 0, ErrNotResults},
		{"CSV, too few fields", CSV, "x,y\na,b\nc§\n", "fewer", 1, nil},
		{"CSV, too many fields", CSV, "x\na\nb,§c\n", "more", 1, nil},
		{"CSV, open quote", CSV, "x\na\n\"b\n", "breaks off", 1, io.ErrUnexpectedEOF},
		{"CSV, text behind a quote", CSV, "x\n\"b\"§c\n", "want a separator", 0, nil},
		{"CSV, bad UTF-8", CSV, "x\n§a\xff\n", "UTF-8", 0, nil},
		{"CSV, bad UTF-8 in a long field", CSV, "x\n§\"" + strings.Repeat("long ", 1000) + "\xff\"\n", "UTF-8", 0, nil},
		{"CSV, name twice", CSV, "§x,x\n", "twice", 0, nil},
		{"TSV, nothing", TSV, "", "empty", 0, ErrNotResults},
		{"TSV, a page", TSV, "§<html>\n", "does not name variables", 0, ErrNotResults},
		{"TSV, too few fields", TSV, "?x\t?y\n1\t2\n§3\n", "fewer", 1, nil},
		{"TSV, too many fields", TSV, "?x\n1\n2\t§3\n", "more", 1, nil},
		{"TSV, no term", TSV, "?x\n1\n§hello\n", "no term", 1, nil},
		{"TSV, open IRI", TSV, "?x\n§<http://x\n", "closing >", 0, nil},
		{"TSV, open literal", TSV, "?x\n§\"abc\\\"\n", "closing quote", 0, nil},
		{"TSV, text behind a literal", TSV, "?x\n§\"abc\"d\n", "no term", 0, nil},
		{"TSV, bad escape", TSV, "?x\n§\"a\\q\"\n", "escape", 0, nil},
		{"TSV, escape of a surrogate", TSV, "?x\n§\"\\uD800\"\n", "no character", 0, nil},
		{"TSV, escape too long", TSV, "?x\n§\"\\UFFFFFFFF\"\n", "no character", 0, nil},
		{"TSV, cut escape", TSV, "?x\n§\"\\u00\"\n", "breaks off", 0, nil},
		{"TSV, bad IRI", TSV, "?x\n§<a b>\n", "?x", 0, nil},
		{"TSV, bad number", TSV, "?x\n§1e\n", "no term", 0, nil},
		{"TSV, blank node without label", TSV, "?x\n§_:\n", "no term", 0, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			doc, offset := at(c.doc)
			for _, r := range []io.Reader{strings.NewReader(doc), iotest.OneByteReader(strings.NewReader(doc))} {
				_, lines, err := readAll(r, c.format)
				var d *DecodeError
				require.ErrorAs(t, err, &d)
				assert.Contains(t, d.Msg, c.msg)
				assert.Len(t, lines, c.rows)
				assert.Equal(t, c.format, d.Format)
				if strings.Contains(c.doc, "§") {
					assert.Equal(t, offset, d.Offset, err)
				}
				if c.is != nil {
					assert.ErrorIs(t, err, c.is)
				}
			}
		})
	}
}

func TestTableBoolean(t *testing.T) {
	for _, f := range []ResultFormat{CSV, TSV} {
		yes, err := ReadBoolean(strings.NewReader("\"bool\"\n1\n"), f) // as Virtuoso has it
		require.NoError(t, err)
		assert.True(t, yes)
		_, err = ReadBoolean(strings.NewReader("x\n1\n1\n"), f)
		assert.ErrorIs(t, err, ErrNotResults)
	}
}

func TestNumberType(t *testing.T) {
	for in, want := range map[string]string{
		"1": "integer", "-12": "integer", "+0": "integer", "1.5": "decimal", ".5": "decimal", "1e5": "double",
		"1.e5": "double", ".5E-3": "double", "1.": "", ".": "", "": "", "-": "", "1e": "", "e5": "", "1x": "", "0x1": "", "1.5.2": "", ".e5": "",
	} {
		got := strings.TrimPrefix(string(numberType([]byte(in))), xsdPrefix)
		assert.Equal(t, want, got, "%q", in)
	}
}
