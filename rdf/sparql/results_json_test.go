package sparql

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/themis-go/themis/rdf"
)

// readAll reads a document to its end, as lines of N-Triples terms; - is unbound.
func readAll(r io.Reader, format ResultFormat, opts ...QueryOption) (vars []string, lines []string, err error) {
	rows, err := ReadResults(r, format, opts...)
	if err != nil {
		return nil, nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var line []string
		for _, t := range rows.Values() {
			if t == nil {
				line = append(line, "-")
			} else {
				line = append(line, string(rdf.AppendTerm(nil, t)))
			}
		}
		lines = append(lines, strings.Join(line, " "))
	}
	return rows.Vars(), lines, rows.Err()
}

// term wraps a binding's value into a document of one row of one variable.
func term(binding string) string {
	return `{"head":{"vars":["x"]},"results":{"bindings":[{"x":` + binding + `}]}}`
}

func TestJSONTerms(t *testing.T) {
	for _, c := range []struct{ name, binding, want string }{
		{"IRI", `{"type":"uri","value":"http://example.org/a"}`, `<http://example.org/a>`},
		{"IRI as iri", `{"type":"iri","value":"http://example.org/a"}`, `<http://example.org/a>`},
		{"IRI with escapes", `{"type":"uri","value":"http:\/\/example.org\/\u00e9"}`, `<http://example.org/é>`},
		{"value before type", `{"value":"http://example.org/a","type":"uri"}`, `<http://example.org/a>`},
		{"blank node", `{"type":"bnode","value":"b0"}`, `_:b0`},
		{"blank node of Virtuoso", `{"type":"bnode","value":"nodeID://b10000"}`, `_:b10000`},
		{"blank node as uri", `{"type":"uri","value":"_:vb10000"}`, `_:vb10000`},
		{"blank node with mark", `{"type":"bnode","value":"_:vb10000"}`, `_:vb10000`},
		{"plain literal", `{"type":"literal","value":"x"}`, `"x"`},
		{"empty literal", `{"type":"literal","value":""}`, `""`},
		{"language", `{"type":"literal","xml:lang":"nl-be","value":"x"}`, `"x"@nl-be`},
		{"language behind value", `{"type":"literal","value":"x","xml:lang":"nl"}`, `"x"@nl`},
		{"language as lang", `{"type":"literal","lang":"nl","value":"x"}`, `"x"@nl`},
		{"language of three parts", `{"type":"literal","xml:lang":"zh-Hant-TW","value":"x"}`, `"x"@zh-Hant-TW`},
		{"empty language", `{"type":"literal","xml:lang":"","value":"x"}`, `"x"`},
		{"null language", `{"type":"literal","xml:lang":null,"value":"x"}`, `"x"`},
		{"typed literal", `{"type":"literal","datatype":"http://www.w3.org/2001/XMLSchema#integer","value":"042"}`, `"042"^^<http://www.w3.org/2001/XMLSchema#integer>`},
		{"typed-literal", `{"type":"typed-literal","datatype":"http://www.w3.org/2001/XMLSchema#boolean","value":"1"}`, `"1"^^<http://www.w3.org/2001/XMLSchema#boolean>`},
		{"xsd:string is plain", `{"type":"literal","datatype":"http://www.w3.org/2001/XMLSchema#string","value":"x"}`, `"x"`},
		{"raw integer", `{"type":"literal","value":-42}`, `"-42"^^<http://www.w3.org/2001/XMLSchema#integer>`},
		{"raw decimal", `{"type":"literal","value":1.50}`, `"1.50"^^<http://www.w3.org/2001/XMLSchema#decimal>`},
		{"raw double", `{"type":"literal","value":1e3}`, `"1e3"^^<http://www.w3.org/2001/XMLSchema#double>`},
		{"raw boolean", `{"type":"literal","value":true}`, `"true"^^<http://www.w3.org/2001/XMLSchema#boolean>`},
		{"raw value with datatype", `{"value":5,"datatype":"http://www.w3.org/2001/XMLSchema#short","type":"literal"}`, `"5"^^<http://www.w3.org/2001/XMLSchema#short>`},
		{"null binding", `null`, `-`},
		{"unknown members", `{"type":"literal","its:dir":"ltr","x":[1,{"y":[]},"\"",null,false],"value":"x"}`, `"x"`},
		{"escapes", `{"type":"literal","value":"\"\\\/\b\f\n\r\t"}`, `"\"\\/\b\f\n\r\t"`},
		{"escape of a control character", `{"type":"literal","value":"a\u0001b"}`, "\"a\\u0001b\""},
		{"surrogate pair", `{"type":"literal","value":"klaver \uD83C\uDF40 eind"}`, `"klaver 🍀 eind"`},
		{"character beyond the BMP", `{"type":"literal","value":"klaver 🍀"}`, `"klaver 🍀"`},
		{"DEL and others raw", "{\"type\":\"literal\",\"value\":\"\x7f\u00a0\u2028\"}", "\"\x7f\u00a0\u2028\""},
		{"blanks everywhere", " {\n\"type\"\t:\r\n \"literal\" , \"value\" : \"x\" } ", `"x"`},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, lines, err := readAll(strings.NewReader(term(c.binding)), JSON)
			require.NoError(t, err)
			got := strings.Join(lines, "\n")
			if c.name == "escape of a control character" || strings.Contains(c.name, "DEL") {
				// How AppendTerm escapes these is its own matter.
				rows, err := ReadResults(strings.NewReader(term(c.binding)), JSON)
				require.NoError(t, err)
				require.True(t, rows.Next())
				assert.Contains(t, []string{"a\x01b", "\x7f\u00a0\u2028"}, rows.Term("x").String())
				return
			}
			assert.Equal(t, c.want, got)
		})
	}
}

func TestJSONDocuments(t *testing.T) {
	row := `{"a":{"type":"literal","value":"1"},"b":{"type":"literal","value":"2"}}`
	swapped := `{"b":{"type":"literal","value":"2"},"a":{"type":"literal","value":"1"}}`
	for _, c := range []struct {
		name, doc string
		vars      []string
		want      []string
	}{
		{"usual", `{"head":{"vars":["a","b"]},"results":{"bindings":[` + row + `,` + row + `]}}`, []string{"a", "b"}, []string{`"1" "2"`, `"1" "2"`}},
		{"members of a row in another order", `{"head":{"vars":["a","b"]},"results":{"bindings":[` + swapped + `]}}`, []string{"a", "b"}, []string{`"1" "2"`}},
		{"head behind results", `{"results":{"bindings":[` + row + `]},"head":{"vars":["a","b"]}}`, []string{"a", "b"}, []string{`"1" "2"`}},
		{"head without vars", `{"head":{},"results":{"bindings":[` + row + `]}}`, []string{"a", "b"}, []string{`"1" "2"`}},
		{"no head", `{"results":{"bindings":[` + row + `]}}`, []string{"a", "b"}, []string{`"1" "2"`}},
		{"undeclared variable", `{"head":{"vars":["a"]},"results":{"bindings":[` + row + `]}}`, []string{"a", "b"}, []string{`"1" "2"`}},
		{"unbound", `{"head":{"vars":["a","b"]},"results":{"bindings":[{},` + row + `,{"b":{"type":"literal","value":"2"}}]}}`, []string{"a", "b"}, []string{`- -`, `"1" "2"`, `- "2"`}},
		{"no rows", `{"head":{"vars":["a"]},"results":{"bindings":[]}}`, []string{"a"}, nil},
		{"no variables", `{"head":{"vars":[]},"results":{"bindings":[{},{}]}}`, nil, []string{"", ""}},
		{"of Virtuoso", "\n{ \"head\": { \"link\": [], \"vars\": [\"a\"] },\n  \"results\": { \"distinct\": false, \"ordered\": true, \"bindings\": [\n    { \"a\": { \"type\": \"literal\", \"value\": \"1\" }} ] } }", []string{"a"}, []string{`"1"`}},
		{"keys sorted", `{"head":{"link":[],"vars":["a"]},"results":{"bindings":[{"a":{"type":"literal","value":"1","xml:lang":"nl"}}],"distinct":false,"ordered":true}}`, []string{"a"}, []string{`"1"@nl`}},
		{"unknown top members", `{"x":{"y":[[[]]]},"head":{"vars":["a"]},"n":-0.5e+10,"results":{"z":"\u00e9","bindings":[{"a":{"type":"literal","value":"1"}}],"t":true},"f":null}`, []string{"a"}, []string{`"1"`}},
		{"byte order mark", "\ufeff" + `{"head":{"vars":["a"]},"results":{"bindings":[]}}` + "\n\n", []string{"a"}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			for name, r := range map[string]io.Reader{
				"whole":         strings.NewReader(c.doc),
				"byte by byte":  iotest.OneByteReader(strings.NewReader(c.doc)),
				"error at data": iotest.DataErrReader(strings.NewReader(c.doc)),
			} {
				vars, lines, err := readAll(r, JSON)
				require.NoError(t, err, name)
				assert.ElementsMatch(t, c.vars, vars, name)
				assert.Equal(t, c.want, lines, name)
			}
		})
	}
}

func TestJSONBoolean(t *testing.T) {
	for doc, want := range map[string]bool{
		`{"head":{},"boolean":true}`:                   true,
		`{"boolean":false,"head":{"link":[]}}`:         false,
		`{  "head": { "link": [] }, "boolean": true}`:  true,
		`{"boolean":"true"}`:                           true,
		`{"boolean":0,"head":{}}`:                      false,
		`{"x":[1,2],"boolean":1,"head":{"vars":null}}`: true,
	} {
		yes, err := ReadBoolean(strings.NewReader(doc), JSON)
		if strings.Contains(doc, "null") {
			require.Error(t, err, doc)
			continue
		}
		require.NoError(t, err, doc)
		assert.Equal(t, want, yes, doc)
	}
	_, err := ReadBoolean(strings.NewReader(term(`null`)), JSON)
	assert.ErrorIs(t, err, ErrNotResults)
	_, err = ReadResults(strings.NewReader(`{"boolean":true}`), JSON)
	assert.ErrorIs(t, err, ErrNotResults)
}

// at takes the mark § out of a document: it stands before the byte that an
// error names. Without one, the place is the end.
func at(doc string) (clean string, offset int64) {
	before, after, found := strings.Cut(doc, "§")
	if !found {
		return doc, int64(len(doc))
	}
	return before + after, int64(len(before))
}

func TestJSONErrors(t *testing.T) {
	const (
		head = `{"head":{"vars":["x"]},"results":{"bindings":[`
		one  = `{"x":{"type":"literal","value":"1"}}`
		rest = `]}}`
	)
	marked := func(binding string) string { return head + `{"x":` + binding + `}` + rest }
	for _, c := range []struct {
		name, doc, msg string
		rows           int64
		is             error
	}{
		{"nothing", "", "empty", 0, ErrNotResults},
		{"blanks", " \n ", "empty", 0, ErrNotResults},
		{"null", "§null", "no results JSON", 0, ErrNotResults},
		{"page", "\n§<!DOCTYPE html>\n<html>", "web page", 0, ErrNotResults},
		{"error text", "§Virtuoso 37000 Error SP030", "no results JSON", 0, ErrNotResults},
		{"other JSON", `{"@id":"x","rdf:type":{"@id":"sd:Service"}}`, "neither results.bindings nor boolean", 0, ErrNotResults},
		{"empty object", `{}`, "neither", 0, ErrNotResults},
		{"cut in head", `{"head":{"vars":["x`, "breaks off", 0, io.ErrUnexpectedEOF},
		{"cut before rows", head, "breaks off where a row or ] was due", 0, io.ErrUnexpectedEOF},
		{"cut in a row", head + "\n" + one + ",\n" + one[:20], "breaks off", 1, io.ErrUnexpectedEOF},
		{"cut behind a row", head + one, "a row or ]", 1, io.ErrUnexpectedEOF},
		{"cut behind rows", head + one + "]", "breaks off", 1, io.ErrUnexpectedEOF},
		{"cut before the last brace", head + one + "]}", "breaks off", 1, io.ErrUnexpectedEOF},
		{"text behind", head + one + "]}}\n§Virtuoso S1T00 Error SR171: Transaction timed out\n", "text behind the end", 1, nil},
		{"second document", head + one + "]}}§{}", "text behind the end", 1, nil},
		{"error text among rows", head + one + ",\n§Virtuoso 42000 Error", "want a row", 1, nil},
		{"no comma between rows", head + one + "§" + one + rest, "want , or ]", 1, nil},
		{"comma before ]", head + one + ",§]}}", "want a row", 1, nil},
		{"comma before }", marked(`{"type":"literal","value":"1",§}`), "a member's name", 0, nil},
		{"control character", marked("{\"type\":\"literal\",\"value\":\"a§\x01b\"}"), "control character", 0, nil},
		{"raw line break", marked("{\"type\":\"literal\",\"value\":\"a§\nb\"}"), "control character", 0, nil},
		{"bad UTF-8", marked("{\"type\":\"literal\",\"value\":\"ab§\xffc\"}"), "UTF-8", 0, nil},
		{"bad UTF-8 before an escape", marked("{\"type\":\"literal\",\"value\":\"éb§\xffc\\n\"}"), "UTF-8", 0, nil},
		{"unknown escape", marked(`{"type":"literal","value":"a§\xb"}`), "escape", 0, nil},
		{"escape of too few digits", marked(`{"type":"literal","value":"a§\u00g0"}`), "hexadecimal", 0, nil},
		{"lone surrogate", marked(`{"type":"literal","value":"a§\ud83cb"}`), "surrogate", 0, nil},
		{"swapped surrogates", marked(`{"type":"literal","value":"a§\udf40\ud83c"}`), "surrogate", 0, nil},
		{"no type", marked(`§{"value":"1"}`), "?x: the term has no type", 0, nil},
		{"no value", marked(`§{"type":"literal"}`), "?x: the term has no value", 0, nil},
		{"empty term", marked(`§{}`), "neither type nor value", 0, nil},
		{"unknown type", marked(`{§"type":"triple","value":{}}`), "triple", 0, nil},
		{"null value", marked(`{"type":"literal","value":§null}`), "null", 0, nil},
		{"object as value", marked(`{"type":"literal","value":§{}}`), "want a string", 0, nil},
		{"number as type", marked(`{"type":§5,"value":"x"}`), "want a string", 0, nil},
		{"number with a leading zero", marked(`{"type":"literal","value":0§1}`), "want , or }", 0, nil},
		{"no number", marked(`{"type":"literal","value":§-}`), "want a value", 0, nil},
		{"misspelt word", marked(`{"type":"literal","value":§trie}`), "want true", 0, nil},
		{"a term that is a string", marked(`§"x"`), "want an object", 0, nil},
		{"bad IRI", marked(`§{"type":"uri","value":"http://x/a b"}`), "?x: ", 0, nil},
		{"empty IRI", marked(`§{"type":"uri","value":""}`), "?x: ", 0, nil},
		{"bad datatype", marked(`§{"type":"literal","datatype":"a b","value":"x"}`), "datatype", 0, nil},
		{"bad language", marked(`§{"type":"literal","xml:lang":"n_l","value":"x"}`), "language", 0, nil},
		{"blank node without label", marked(`§{"type":"bnode","value":""}`), "label", 0, nil},
		{"value twice", marked(`{"type":"literal","value":"1",§"value":"2"}`), "twice", 0, nil},
		{"variable twice", head + `{"x":{"type":"literal","value":"1"},§"x":{"type":"literal","value":"2"}}` + rest, "twice", 0, nil},
		{"name twice in head", `{"head":{"vars":["x","x"]§}}`, "twice", 0, nil},
		{"results twice", head + one + `]},§"results":{}}`, "came before", 1, nil},
		{"bindings twice", head + one + `],§"bindings":[]}}`, "came before", 1, nil},
		{"boolean and rows", head + one + `]},"boolean":true}`, "both", 1, nil},
		{"bindings of an object", `{"results":{"bindings":§{}}}`, "want a list", 0, nil},
		{"too deep", `{"x":` + strings.Repeat("[", maxDepth+1) + `§[`, "nested too deep", 0, nil},
		{"name without quotes", `{§head:1}`, "a member's name", 0, nil},
		{"no colon", `{"head" §{}}`, "want :", 0, nil},
		{"vars of numbers", `{"head":{"vars":[§1]}}`, "variable's name", 0, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			doc, offset := at(c.doc)
			before := doc[:offset]
			line := 1 + strings.Count(before, "\n")
			column := len(before) - strings.LastIndexByte(before, '\n')
			for _, r := range []io.Reader{strings.NewReader(doc), iotest.OneByteReader(strings.NewReader(doc))} {
				_, lines, err := readAll(r, JSON)
				require.Error(t, err)
				assert.EqualValues(t, c.rows, len(lines), "rows delivered")
				var d *DecodeError
				require.ErrorAs(t, err, &d)
				assert.Contains(t, d.Msg, c.msg)
				assert.Equal(t, [3]int{int(offset), line, column}, [3]int{int(d.Offset), d.Line, d.Column}, err)
				assert.Equal(t, JSON, d.Format)
				if c.is != nil {
					assert.ErrorIs(t, err, c.is)
				}
				if c.rows > 0 {
					var p *PartialError
					require.ErrorAs(t, err, &p)
					assert.Equal(t, c.rows, p.Rows)
				}
			}
		})
	}
}

// TestJSONErrorFarBehind looks for the place of an error behind many buffers.
func TestJSONErrorFarBehind(t *testing.T) {
	doc := makeDocument(5_000)
	i := bytes.LastIndex(doc, []byte(`"type"`))
	doc[i+1] = 'T'
	_, _, err := readAll(bytes.NewReader(doc), JSON)
	var d *DecodeError
	require.ErrorAs(t, err, &d)
	assert.Contains(t, d.Msg, "no type")
	line := 1 + bytes.Count(doc[:i], []byte("\n"))
	assert.Equal(t, line, d.Line)
	assert.Less(t, d.Offset, int64(i))
	assert.EqualValues(t, d.Offset-int64(bytes.LastIndexByte(doc[:i], '\n')), d.Column)
}

func TestJSONReaderError(t *testing.T) {
	boom := errors.New("boom")
	doc := term(`{"type":"literal","value":"1"}`)
	for cut := range len(doc) {
		r := io.MultiReader(strings.NewReader(doc[:cut]), iotest.ErrReader(boom))
		_, _, err := readAll(r, JSON)
		require.ErrorIs(t, err, boom, "cut at %d", cut)
	}
}

// TestJSONCutAnywhere cuts a document at each byte: never does it end well.
func TestJSONCutAnywhere(t *testing.T) {
	doc := strings.TrimSpace(threeRows)
	for cut := range len(doc) {
		_, _, err := readAll(strings.NewReader(doc[:cut]), JSON)
		require.Error(t, err, "cut at %d", cut)
	}
}

func TestJSONLongLiteral(t *testing.T) {
	long := strings.Repeat("é", 500_000) + strings.Repeat("x", 10)
	for _, c := range []struct{ name, value string }{
		{"raw", `"` + long + `"`},
		{"escaped", `"` + strings.ReplaceAll(long, "é", `\u00e9`) + `"`},
	} {
		rows, err := ReadResults(strings.NewReader(term(`{"value":`+c.value+`,"xml:lang":"nl","type":"literal"}`)), JSON)
		require.NoError(t, err, c.name)
		require.True(t, rows.Next())
		assert.True(t, rows.Term("x").String() == long, c.name)
		assert.False(t, rows.Next())
		require.NoError(t, rows.Err())

		_, err = ReadResults(strings.NewReader(term(`{"value":`+c.value+`,"type":"literal"}`)), JSON, MaxTermBytes(200_000))
		require.Error(t, err, c.name)
		assert.ErrorIs(t, err, errTermTooLong)
	}
}

func TestRepairTerms(t *testing.T) {
	doc := `{"head":{"vars":["x"]},"results":{"bindings":[
		{"x":{"type":"uri","value":"http://x/a b|c"}},
		{"x":{"type":"uri","value":"http://x/a b|c"}},
		{"x":{"type":"literal","value":"y","xml:lang":"n_l"}},
		{"x":{"type":"literal","value":"y","datatype":"a b"}}]}}`
	_, lines, err := readAll(strings.NewReader(doc), JSON, RepairTerms())
	require.NoError(t, err)
	assert.Equal(t, []string{`<http://x/a%20b%7Cc>`, `<http://x/a%20b%7Cc>`, `"y"`, `"y"^^<a%20b>`}, lines)
}
