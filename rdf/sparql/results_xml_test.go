package sparql

import (
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const xmlHead = `<?xml version="1.0"?><sparql xmlns="http://www.w3.org/2005/sparql-results#"><head><variable name="x"/></head><results>`

// xmlTerm wraps a term into a document of one row of one variable.
func xmlTerm(term string) string {
	return xmlHead + `<result><binding name="x">` + term + `</binding></result></results></sparql>`
}

func TestXMLTerms(t *testing.T) {
	for _, c := range []struct{ name, term, want string }{
		{"IRI", `<uri>http://example.org/a</uri>`, `<http://example.org/a>`},
		{"IRI with a reference", `<uri>http://example.org/?a=1&amp;b=2</uri>`, `<http://example.org/?a=1&b=2>`},
		{"blank node", `<bnode>nodeID://b1</bnode>`, `_:b1`},
		{"plain literal", `<literal>x</literal>`, `"x"`},
		{"empty literal", `<literal/>`, `""`},
		{"empty literal in two tags", `<literal></literal>`, `""`},
		{"blanks are kept", "<literal> a\tb </literal>", "\" a\\tb \""},
		{"language", `<literal xml:lang='nl'>x</literal>`, `"x"@nl`},
		{"datatype", `<literal datatype="http://www.w3.org/2001/XMLSchema#integer">042</literal>`, `"042"^^<http://www.w3.org/2001/XMLSchema#integer>`},
		{"references", `<literal>&lt;b&gt; &amp; &quot;x&quot; &apos;&#233;&#xE9;&#x1F340;</literal>`, `"<b> & \"x\" 'éé🍀"`},
		{"CDATA", `<literal>a<![CDATA[<b> & ]]]>c</literal>`, `"a<b> & ]c"`},
		{"comment inside", `<literal>a<!-- <x> -->b</literal>`, `"ab"`},
		{"line ends", "<literal>a\r\nb\rc\n&#13;d</literal>", `"a\nb\nc\n\rd"`},
		{"CR behind a reference", "<literal>&#13;\n</literal>", `"\r\n"`},
		{"unbound", `<unbound/>`, `-`},
		{"empty binding", ``, `-`},
		{"blanks around", "\n <uri>http://example.org/a</uri>\n ", `<http://example.org/a>`},
	} {
		t.Run(c.name, func(t *testing.T) {
			for _, r := range []io.Reader{strings.NewReader(xmlTerm(c.term)), iotest.OneByteReader(strings.NewReader(xmlTerm(c.term)))} {
				_, lines, err := readAll(r, XML)
				require.NoError(t, err)
				assert.Equal(t, c.want, strings.Join(lines, "\n"))
			}
		})
	}
	t.Run("control character by reference", func(t *testing.T) {
		rows, err := ReadResults(strings.NewReader(xmlTerm(`<literal>a&#1;b</literal>`)), XML)
		require.NoError(t, err)
		require.True(t, rows.Next())
		assert.Equal(t, "a\x01b", rows.Term("x").String())
	})
}

func TestXMLDocuments(t *testing.T) {
	for _, c := range []struct {
		name, doc string
		vars      []string
		want      []string
	}{
		{"no rows", xmlHead + `</results></sparql>`, []string{"x"}, nil},
		{"empty results", `<sparql><head><variable name="x"/></head><results/></sparql>`, []string{"x"}, nil},
		{"rows without variables", `<sparql><head/><results><result/><result></result></results></sparql>`, nil, []string{"", ""}},
		{"prefix, link, comments, declaration",
			"\ufeff<?xml version='1.0' encoding='UTF-8'?><?xml-stylesheet href='x'?><!-- c --><!DOCTYPE sparql [<!ENTITY a \"]>\">]>" +
				`<res:sparql xmlns:res="http://www.w3.org/2005/sparql-results#" xsi:schemaLocation="a b"><res:head><res:variable name="x"/><res:link href="m"/></res:head>` +
				`<res:results distinct="false" ordered="true"><res:result><res:binding name="x"><res:literal>1</res:literal></res:binding></res:result></res:results></res:sparql>` + "\n<!-- end -->\n",
			[]string{"x"}, []string{`"1"`}},
		{"declaration without an encoding's value", `<?xml version="1.0" encoding?><sparql><head/><results/></sparql>`, nil, nil},
		{"unknown elements", `<sparql><head><variable name="x"/></head><extra><a>t<b/></a></extra><results><note>n</note><result><x/><binding name="x"><uri>a:b</uri></binding></result></results></sparql>`,
			[]string{"x"}, []string{`<a:b>`}},
		{"another order and an undeclared variable", `<sparql><head><variable name="x"/><variable name="y"/></head><results><result><binding name="z"><uri>a:z</uri></binding><binding name="y"><uri>a:y</uri></binding></result></results></sparql>`,
			[]string{"x", "y", "z"}, []string{`- <a:y> <a:z>`}},
	} {
		t.Run(c.name, func(t *testing.T) {
			vars, lines, err := readAll(iotest.HalfReader(strings.NewReader(c.doc)), XML)
			require.NoError(t, err)
			assert.ElementsMatch(t, c.vars, vars)
			assert.Equal(t, c.want, lines)
		})
	}
}

func TestXMLBoolean(t *testing.T) {
	yes, err := ReadBoolean(strings.NewReader(`<sparql><head/><boolean> true </boolean></sparql>`), XML)
	require.NoError(t, err)
	assert.True(t, yes)
	_, err = ReadBoolean(strings.NewReader(`<sparql><head/><boolean>maybe</boolean></sparql>`), XML)
	assert.ErrorContains(t, err, "true or false")
	_, err = ReadBoolean(strings.NewReader(xmlTerm(`<uri>a:b</uri>`)), XML)
	assert.ErrorIs(t, err, ErrNotResults)
}

func TestXMLErrors(t *testing.T) {
	row := `<result><binding name="x"><uri>a:b</uri></binding></result>`
	for _, c := range []struct {
		name, doc, msg string
		rows           int
		is             error
	}{
		{"page", "§<html><body>", "web page", 0, ErrNotResults},
		{"page with a document type", "\n§<!DOCTYPE html>\n<html>", "web page", 0, ErrNotResults},
		{"feed", "§<rss><channel>", "no SPARQL results", 0, ErrNotResults},
		{"other XML", `<sparql><head/></sparql>§`, "neither results nor boolean", 0, ErrNotResults},
		{"cut in a tag", xmlHead + row + `<result><binding na`, "breaks off", 1, io.ErrUnexpectedEOF},
		{"cut in text", xmlHead + row + `<result><binding name="x"><uri>a`, "breaks off", 1, io.ErrUnexpectedEOF},
		{"cut behind a row", xmlHead + row, "breaks off", 1, io.ErrUnexpectedEOF},
		{"cut before the last tag", xmlHead + row + "</results>", "breaks off", 1, io.ErrUnexpectedEOF},
		{"cut in a comment", xmlHead + row + "<!-- ", "breaks off", 1, io.ErrUnexpectedEOF},
		{"cut in a reference", xmlHead + row + `<result><binding name="x"><uri>a§&am`, "breaks off", 1, io.ErrUnexpectedEOF},
		{"text behind", xmlHead + row + "</results></sparql>\n§Virtuoso S1T00 Error", "text where an element", 1, nil},
		{"second root", xmlHead + row + "</results></sparql>§<a/>", "text behind the end", 1, nil},
		{"text among rows", xmlHead + row + "§Virtuoso", "text where an element", 1, nil},
		{"crossed tags", xmlHead + row + "§</sparql>", "not open", 1, nil},
		{"unknown entity", xmlTerm(`<literal>§&nbsp;</literal>`), "&nbsp; is unknown", 0, nil},
		{"entity of a document type", `<!DOCTYPE s [<!ENTITY e "x">]>` + xmlTerm(`<literal>§&e;</literal>`)[len(`<?xml version="1.0"?>`):], "&e; is unknown", 0, nil},
		{"bare ampersand", xmlTerm(`<literal>a §& b and some more text</literal>`), "& does not begin", 0, nil},
		{"reference to nothing", xmlTerm(`<literal>§&#0;</literal>`), "unknown", 0, nil},
		{"reference to a surrogate", xmlTerm(`<literal>§&#xD800;</literal>`), "unknown", 0, nil},
		{"control character", xmlTerm("<literal>a§\x01</literal>"), "control character", 0, nil},
		{"bad UTF-8", xmlTerm("<literal>a\xff§</literal>"), "UTF-8", 0, nil},
		{"other encoding", `§<?xml version="1.0" encoding="ISO-8859-1"?><sparql/>`, "iso-8859-1", 0, nil},
		{"element in a literal", xmlTerm(`<literal>a§<b/></literal>`), "only text", 0, nil},
		{"two terms", xmlTerm(`<uri>a:b</uri>§<uri>a:c</uri>`), "second term", 0, nil},
		{"triple term", xmlTerm(`§<triple/>`), "none of uri", 0, nil},
		{"binding without name", xmlHead + `<result>§<binding><uri>a:b</uri></binding></result></results></sparql>`, "no name", 0, nil},
		{"variable twice", xmlHead + `<result><binding name="x"><uri>a:b</uri></binding>§<binding name="x"><uri>a:b</uri></binding></result>`, "twice", 0, nil},
		{"variable without name", `<sparql><head>§<variable/></head></sparql>`, "no name", 0, nil},
		{"bad IRI", xmlHead + `<result><binding name="x"><uri>a b§</uri></binding></result>`, "?x: ", 0, nil},
		{"results twice", xmlHead + row + `</results>§<boolean>true</boolean></sparql>`, "second", 1, nil},
		{"attribute twice", `<sparql a="1" name="2" §name="3">`, "twice", 0, nil},
		{"attribute without quotes", `<sparql a=§1>`, "quotes", 0, nil},
		{"attribute without value", `<sparql a §b="1">`, "want =", 0, nil},
		{"too deep", `<sparql>` + strings.Repeat("<a>", maxDepth-1) + "§<a>", "too deep", 0, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			doc, offset := at(c.doc)
			for _, r := range []io.Reader{strings.NewReader(doc), iotest.OneByteReader(strings.NewReader(doc))} {
				_, lines, err := readAll(r, XML)
				var d *DecodeError
				require.ErrorAs(t, err, &d)
				assert.Contains(t, d.Msg, c.msg)
				assert.Equal(t, offset, d.Offset, err)
				assert.Len(t, lines, c.rows)
				if c.is != nil {
					assert.ErrorIs(t, err, c.is)
				}
			}
		})
	}
}

// TestXMLCutAnywhere cuts a document at each byte: never does it end well.
func TestXMLCutAnywhere(t *testing.T) {
	doc := xmlTerm(`<literal xml:lang="nl">a&amp;<![CDATA[b]]></literal>`)
	for cut := range len(doc) {
		_, _, err := readAll(strings.NewReader(doc[:cut]), XML)
		require.Error(t, err, "cut at %d", cut)
	}
}

func TestXMLMemoryOfSkippedText(t *testing.T) {
	doc := `<sparql><head/><extra>` + strings.Repeat(`<a>`+strings.Repeat("x", 1000)+`</a>`, 300) + `</extra><results/></sparql>`
	_, _, err := readAll(strings.NewReader(doc), XML, MaxTermBytes(100_000))
	require.NoError(t, err)
	doc = `<sparql><head/><extra>` + strings.Repeat("x", 300_000) + `</extra><results/></sparql>`
	_, _, err = readAll(strings.NewReader(doc), XML, MaxTermBytes(100_000))
	require.ErrorIs(t, err, errTermTooLong)
}
