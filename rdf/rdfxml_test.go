package rdf

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// rdfxmlDoc puts nodes into a document.
func rdfxmlDoc(nodes string) string {
	return `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://e/">` + nodes + `</rdf:RDF>`
}

func TestReadRDFXMLErrors(t *testing.T) {
	for _, tc := range []struct{ name, doc, msg string }{
		{"nothing", "", "no element"},
		{"text only", "hello", "text outside"},
		{"two roots", `<e:A xmlns:e="http://e/"/><e:B xmlns:e="http://e/"/>`, "second element"},
		{"end tag only", `</x>`, "without its start"},
		{"wrong end tag", rdfxmlDoc(`<e:A></e:B>`), "ends with the tag e:B"},
		{"not closed", `<e:A xmlns:e="http://e/">`, "ends within"},
		{"no prefix", `<e:A/>`, "e: is not declared"},
		{"no attribute prefix", rdfxmlDoc(`<e:A f:b=""/>`), "f: is not declared"},
		{"two colons", rdfxmlDoc(`<e:A:B/>`), "name"},
		{"attribute twice", rdfxmlDoc(`<e:A xmlns:f="http://e/" e:x="1" f:x="2"/>`), "stands twice"},
		{"prefix twice", rdfxmlDoc(`<e:A xmlns:f="http://e/" xmlns:f="http://f/"/>`), "declared twice"},
		{"prefix xml", rdfxmlDoc(`<e:A xmlns:xml="http://e/"/>`), "cannot be declared"},
		{"prefix xmlns", rdfxmlDoc(`<e:A xmlns:xmlns="http://e/"/>`), "cannot be declared"},
		{"prefix for nothing", rdfxmlDoc(`<e:A xmlns:f=""/>`), "cannot be undeclared"},
		{"attribute of rdf:RDF", `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" rdf:about="x"/>`, "may not have"},
		{"doctype inside", rdfxmlDoc(`<!DOCTYPE x>`), "before the document"},
		{"entity without end", `<!DOCTYPE x [<!ENTITY e "abc]>` + rdfxmlDoc(""), ""},
		{"entity of unknown", `<!DOCTYPE x [<!ENTITY e "&f;">]>` + rdfxmlDoc(""), "f is not declared"},
		{"entity with &", `<!DOCTYPE x [<!ENTITY e "a & b">]>` + rdfxmlDoc(""), "& without its ;"},
		{"entity of no character", `<!DOCTYPE x [<!ENTITY e "&#xD800;">]>` + rdfxmlDoc(""), "not declared"},
		{"unknown entity", rdfxmlDoc(`<e:A><e:p>&nbsp;</e:p></e:A>`), "entity"},
		{"encoding", `<?xml version="1.0" encoding="EBCDIC"?>` + rdfxmlDoc(""), "convert the document to UTF-8"},
		{"relative", rdfxmlDoc(`<e:A rdf:about="x"/>`), "option Base"},
		{"relative ID", rdfxmlDoc(`<e:A rdf:ID="x"/>`), "option Base"},
		{"relative base", rdfxmlDoc(`<e:A xml:base="x"/>`), "option Base"},
		{"relative type", rdfxmlDoc(`<e:A rdf:type="x"/>`), "option Base"},
		{"relative namespace", `<A xmlns="x#"/>`, "namespace is relative"},
		{"ID twice", rdfxmlDoc(`<e:A xml:base="http://e/" rdf:ID="x"/><e:A xml:base="http://e/" rdf:ID="x"/>`), "twice"},
		{"bad ID", rdfxmlDoc(`<e:A xml:base="http://e/" rdf:ID="1x"/>`), "XML name"},
		{"datatype and resource", rdfxmlDoc(`<e:A><e:p rdf:datatype="http://e/t" rdf:resource="http://e/r"/></e:A>`), "exclude"},
		{"datatype and element", rdfxmlDoc(`<e:A><e:p rdf:datatype="http://e/t"><e:B/></e:p></e:A>`), "within a property"},
		{"text in a resource", rdfxmlDoc(`<e:A><e:p rdf:resource="http://e/r">text</e:p></e:A>`), "text where"},
		{"element in a resource", rdfxmlDoc(`<e:A><e:p rdf:resource="http://e/r"><e:B/></e:p></e:A>`), "may be none"},
		{"about of a property", rdfxmlDoc(`<e:A><e:p rdf:about="http://e/r"/></e:A>`), "may not stand here"},
		{"text in a collection", rdfxmlDoc(`<e:A><e:p rdf:parseType="Collection">text</e:p></e:A>`), "text where"},
		{"property without namespace", rdfxmlDoc(`<e:A><p xmlns=""/></e:A>`), "no namespace"},
		{"bad nodeID", rdfxmlDoc(`<e:A><e:p rdf:nodeID="a b"/></e:A>`), "XML name"},
		{"control character", rdfxmlDoc("<e:A>\x01</e:A>"), "illegal character"},
		{"comment without end", rdfxmlDoc("<!-- "), "EOF"},
		{"HTML", "<!DOCTYPE html><html><head><title>x</title></head></html>", "no namespace"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			_, err := ReadGraph(strings.NewReader(tc.doc), RDFXML)
			var syntax *SyntaxError
			require.ErrorAs(t, err, &syntax)
			assert.Contains(t, syntax.Msg, tc.msg)
			assert.Positive(t, syntax.Line)
		})
	}
}

func TestReadRDFXMLEntities(t *testing.T) {
	doc := `<?xml version="1.0" encoding="us-ascii"?>
<!DOCTYPE x [ <!ENTITY a "&lt;&gt;&quot;&apos;&#65;&#x42;"> <!ENTITY a "second"> <!ENTITY b '"&a;"'> <!ENTITY % p "x"> ]>
` + rdfxmlDoc(`<e:A rdf:about="http://e/s" e:p="&b;"/>`)
	g, err := ReadGraph(strings.NewReader(doc), RDFXML)
	require.NoError(t, err)
	assert.Equal(t, NewString(`"<>"'AB"`), g.Object(MustIRI("http://e/s"), MustIRI("http://e/p")))
}
