package site

import (
	"bytes"
	"encoding/xml"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"

	"github.com/themis-go/themis/harvest"
	"github.com/themis-go/themis/rdf"
	"github.com/themis-go/themis/report/agreement"
)

// hostile are decisions as an attacker would publish them.
func hostile() shelf {
	const script = `<script>alert(document.domain)</script>`
	list := fixture()
	list[0].Title = "Huurpremie ](javascript:alert(1)) " + script + " \u202egro.live\u202c \u2066x"
	list[0].Subtitle = `" onmouseover="alert(1)`
	list[0].Text = "De Vlaamse Regering keurt het voorontwerp over de huurpremie principieel goed.\n" + script + "\n<b><i><table><tr><td>\n</article></main>\n<!-- \x00\x01\x1b[31m\n[klik](javascript:alert(1))"
	list[0].HTML = "<b>" + script + `<a href="javascript:alert(1)">`
	list[1].Title = "Huurpremie\x00\x00 <img src=x onerror=alert(1)>"
	list[1].Text = strings.Repeat("<table>", 100_000)
	list[2].Text = strings.Repeat("huurpremie en "+script+" ", 5<<20/60)
	list[2].Themes = []harvest.ThemeRef{{URI: rdf.MustIRI("http://example.org/thema/x"), Label: "../../" + script}, {URI: rdf.MustIRI("http://example.org/thema/y"), Label: ""}}
	list[3].Ministers = []harvest.Minister{{Person: rdf.MustIRI("http://example.org/p"), GivenName: script, FamilyName: "../../..", Title: `"><svg onload=alert(1)>`}}
	list[3].Documents = []harvest.Document{{URI: rdf.MustIRI("javascript:alert(1)"), Title: script}}
	list[4].Title, list[4].Subtitle = "", ""
	list[5].URI = rdf.MustIRI("javascript:alert(1)//huurpremie")
	list[5].Title = "=HYPERLINK(\"http://evil\") __proto__ constructor huurpremie"
	list[6].Title = "Zalgo h̷̨u̴u̵r " + strings.Repeat("e\u0301", 5000) + "\xff\xfe"
	list[6].Meeting.URI = rdf.IRI{}
	list[6].Kind = harvest.Kind(script)
	return list
}

func hostileAgreement(t *testing.T) *agreement.Agreement {
	a, err := agreement.Read(strings.NewReader(
		"## 1 — <script>alert(1)</script> ](javascript:x)\n\n### 1.1 Huren \u202e<b>\n\nWe verhogen de huurpremie. <script>alert(1)</script>\n\n### ../../etc\n\nWe doen `huurpremie` \"niets\".\n"), agreement.Markdown)
	require.NoError(t, err)
	return a
}

func TestHostile(t *testing.T) {
	list := hostile()
	c := config(t, list)
	c.Agreement = hostileAgreement(t)
	c.Title = `<script>alert("titel")</script>`
	c.Manifest.Source.Address = `"><script>alert(1)</script>`
	files := read(t, write(t, c))
	checkPages(t, files)
	for name, data := range files {
		switch {
		case strings.HasSuffix(name, ".html"):
			assert.Less(t, len(data), 400_000, name)
			for n := range parse(t, data).Descendants() {
				if n.Type == html.ElementNode {
					assert.NotContains(t, []string{"img", "table-bomb", "b2", "iframe", "object", "embed"}, n.Data, name)
				}
			}
			for _, bad := range []string{"\u202e", "\u2066", "\x00", "\x1b"} {
				assert.False(t, bytes.Contains(data, []byte(bad)), "%s holds %q", name, bad)
			}
		case strings.HasSuffix(name, ".xml"):
			var f atomFeed
			require.NoError(t, xml.Unmarshal(data, &f), name)
		case strings.HasPrefix(name, "zoek/"):
			assert.NotContains(t, string(data), "<", "%s cannot end a script element", name)
		}
	}
	for name := range files {
		assert.NotContains(t, name, "..")
	}
}
