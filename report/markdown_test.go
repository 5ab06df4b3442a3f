package report

import (
	"bytes"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/renderer/html"
	xhtml "golang.org/x/net/html"

	"github.com/themis-go/themis/harvest"
	"github.com/themis-go/themis/report/internal/golden"
	"github.com/themis-go/themis/report/internal/published"
)

// skeleton reduces a report to its form: what each line is, with the words
// taken out.
func skeleton(md string) []string {
	kinds := []struct {
		name    string
		pattern *regexp.Regexp
	}{
		{"title", regexp.MustCompile(`^# \S.*\S$`)},
		{"findings", regexp.MustCompile(`^## Belangrijkste bevindingen$`)},
		{"conclusion", regexp.MustCompile(`^## Conclusie$`)},
		{"details", regexp.MustCompile(`^<details>$`)},
		{"section summary", regexp.MustCompile(`^ {8}<summary>Regeerakkoord Sectie </summary>$`)},
		{"section", regexp.MustCompile(`^ {8}<p>[\d.]+ [^<>]+ </p>$`)},
		{"references summary", regexp.MustCompile(`^ {8}<summary> Referenties</summary>$`)},
		{"end details", regexp.MustCompile(`^ *</details> ?$`)},
		{"introduction", regexp.MustCompile(`^Inleiding$`)},
		{"item", regexp.MustCompile(`^\d+\. .*(\\\[\d+\\\])+\.$`)},
		{"rule", regexp.MustCompile(`^---$`)},
		{"remark", regexp.MustCompile(`^Opmerking: \S.*$`)},
		{"reference", regexp.MustCompile(`^ *\*\*(?:\[\\\[\d+\\\]\]\(http[^\s()]+\)|\\\[\d+\\\])\*\* : \*\*\(\d{4}-\d\d-\d\d\)\*\* \S.*$`)},
		{"text", regexp.MustCompile(`\S`)},
	}
	var out []string
	for _, line := range strings.Split(md, "\n") {
		for _, k := range kinds {
			if k.pattern.MatchString(line) {
				if len(out) == 0 || out[len(out)-1] != k.name {
					out = append(out, k.name)
				}
				break
			}
		}
	}
	return out
}

// form is the skeleton of the published report of 2024, with repeated kinds
// once. Its text between list and conclusion is optional.
var form = []string{
	"title", "details", "section summary", "section", "end details", "introduction", "text",
	"findings", "text", "item", "conclusion", "text", "rule", "remark",
	"details", "references summary", "reference", "end details",
}

func TestMarkdownForm(t *testing.T) {
	assert.Equal(t, form, skeleton(markdownOf(t, huurReport(t))))
}

func TestMarkdownFormIsThatOfThePublishedReport(t *testing.T) {
	got := skeleton(published.Report(t))
	// its findings are followed by two paragraphs that ours do not have
	for i := range got {
		if got[i] == "item" && got[i+1] == "text" {
			got = append(got[:i+1], got[i+2:]...)
			break
		}
	}
	assert.Equal(t, form, got)
}

// goldmarkHTML renders Markdown with raw HTML kept, as GitHub does.
func goldmarkHTML(t testing.TB, md string) string {
	var b bytes.Buffer
	gm := goldmark.New(goldmark.WithExtensions(extension.GFM), goldmark.WithRendererOptions(html.WithUnsafe()))
	require.NoError(t, gm.Convert([]byte(md), &b))
	return b.String()
}

func TestMarkdownInGoldmark(t *testing.T) {
	out := goldmarkHTML(t, markdownOf(t, huurReport(t)))
	golden.Check(t, "huren.goldmark.html", out)
	assert.Equal(t, 5, strings.Count(out, `<strong><a href="http://themis.vlaanderen.be/id/nieuwsbericht/`), "every reference is a link")
	assert.Equal(t, 1, strings.Count(out, "<ol>"))
	assert.Equal(t, 3, strings.Count(out, "<li>"))
	assert.Equal(t, 2, strings.Count(out, "<details>"))
	assert.Equal(t, 2, strings.Count(out, "</details>"))
	assert.Equal(t, 1, strings.Count(out, "<hr"))
	assert.NotContains(t, out, "<pre>", "nothing is taken for code")
	assert.NotContains(t, out, "&lt;/details", "no tag is shown as text")
	assert.Contains(t, out, "gezinnen [0]. Het ontwerpdecreet")
}

// elements returns the names of all elements of a page and every address in it.
func elements(t testing.TB, page string) (names map[string]int, addresses []string) {
	root, err := xhtml.Parse(strings.NewReader(page))
	require.NoError(t, err)
	names = map[string]int{}
	for n := range root.Descendants() {
		if n.Type != xhtml.ElementNode {
			continue
		}
		names[n.Data]++
		for _, a := range n.Attr {
			if strings.HasPrefix(a.Key, "on") {
				t.Errorf("<%s %s=%q>", n.Data, a.Key, a.Val)
			}
			switch a.Key {
			case "href", "src", "xlink:href", "action", "formaction", "srcset", "data", "poster", "background", "ping":
				addresses = append(addresses, a.Val)
			}
		}
	}
	return names, addresses
}

// hostile are decisions that try to break out of every rendering.
func hostile() []harvest.Decision {
	list := []harvest.Decision{
		decision("script", day(2022, 1, 7), `<script>alert(1)</script><img src=x onerror=alert(2)>`, "", `De Vlaamse Regering keurt <script>alert(3)</script> goed.`, peeters),
		decision("brackets", day(2022, 1, 14), "Titel](javascript:alert(1)) [klik](javascript:alert(2)) ![x](http://evil.example/x.png)", "", "De Vlaamse Regering keurt [dit](javascript:alert(4)) **vet** en `code` goed.", peeters),
		decision("rtl", day(2022, 1, 21), "Titel \u202egnp.exe\u202c einde\u0000\u200b", "# Kop\n\n- lijst\n1. item", "De Vlaamse Regering keurt \u2066het plan\u2069 goed.", peeters),
		decision("tags", day(2022, 1, 28), "</p></details></body></html><style>*{display:none}</style>", "<!-- <details> ]]> <svg/onload=alert(1)>", "De Vlaamse Regering keurt <b>het <table><tr><td> plan goed.", peeters),
		decision("entities", day(2022, 2, 4), "&lt;script&gt; &#60;b&#62; $x^2$ ~~weg~~ | tabel | @naam", "", "De Vlaamse Regering keurt \\<b\\> goed.", harvest.Minister{GivenName: "<i>", FamilyName: "](x)", Title: "[t](javascript:x)"}),
		decision("large", day(2022, 2, 11), "Groot", "", "De Vlaamse Regering keurt het plan goed. "+strings.Repeat("Een zin van vele zinnen over de huurpremie. ", 5<<20/44), peeters),
	}
	list[0].Themes = []harvest.ThemeRef{{URI: iri("javascript:alert(9)"), Label: "<b onclick=alert(1)>x"}}
	list[0].Documents = []harvest.Document{{URI: iri("javascript:alert(10)"), Title: "<iframe src=//evil.example>"}}
	list = append(list, harvest.Decision{
		URI: iri("javascript:alert(5)"), Title: "Geen adres", Text: "De Vlaamse Regering keurt iets goed.", Kind: harvest.Nota,
		Meeting: harvest.MeetingRef{Start: day(2022, 3, 4)},
	})
	return list
}

func hostileReport(t testing.TB) *Report {
	section := huren(t)
	section.Title = "Huren](x) <script>alert(6)</script>"
	section.Text = "# Kop <img src=x onerror=alert(7)>\n\n</p></details>We [klikken](javascript:alert(8)).\n---\n1. lijst"
	section.Path = []string{"<b>x", "4.2 Huren\u202e"}
	rep, err := Build(t.Context(), section, shelf(hostile()))
	require.NoError(t, err)
	checkNumbering(t.(*testing.T), rep)
	assert.Equal(t, rep.Checks.Citations, rep.Checks.Verdicts[OK])
	return rep
}

func TestMarkdownHostile(t *testing.T) {
	md := markdownOf(t, hostileReport(t))
	assert.Less(t, len(md), 100_000, "a large decision does not make a large report")
	assert.Equal(t, form, skeleton(md))
	page := goldmarkHTML(t, md)
	names, addresses := elements(t, page)
	for _, name := range []string{"script", "img", "iframe", "style", "svg", "table", "b", "i", "pre", "code", "del", "h3"} {
		assert.Zero(t, names[name], "<%s>", name)
	}
	assert.Equal(t, 1, names["h1"])
	assert.Equal(t, 2, names["h2"])
	assert.Equal(t, 2, names["details"])
	for _, a := range addresses {
		assert.True(t, strings.HasPrefix(a, "http://themis.vlaanderen.be/"), a)
	}
	assert.NotContains(t, page, "\u202e")
	assert.NotContains(t, page, "\x00")
}

func TestEscapeLine(t *testing.T) {
	for in, want := range map[string]string{
		"# kop":        `\# kop`,
		"- punt":       `\- punt`,
		"1. een":       `1\. een`,
		"12) een":      `12\) een`,
		"2024 was":     `2024 was`,
		"a [b](c) <d":  `a \[b\](c) \<d`,
		"":             "",
		"x\n\ny\u202e": "x y",
	} {
		assert.Equal(t, want, escapeLine(in), in)
	}
}

func TestLinkTarget(t *testing.T) {
	for in, want := range map[string]string{
		"http://themis.vlaanderen.be/id/x": "http://themis.vlaanderen.be/id/x",
		"https://a.example/x(y)*_[z]":      "https://a.example/x%28y%29%2A_%5Bz%5D",
		"javascript:alert(1)":              "",
		"data:text/html,x":                 "",
		"//evil.example/x":                 "",
		"http:///x":                        "",
		"http://a.example/\"onx=\"":        "http://a.example/%22onx=%22",
	} {
		assert.Equal(t, want, linkTarget(in), in)
	}
}

// FuzzMarkdown checks that no text of a decision breaks the form of a report or
// adds elements or links to it.
func FuzzMarkdown(f *testing.F) {
	for _, d := range hostile()[:5] {
		f.Add(d.Title, d.Text)
	}
	f.Add("[x]: http://evil.example", "<!--\n\n# kop")
	f.Add("*a* _b_ `c` ~d~", "| a | b |\n|---|---|\nhttp://evil.example www.evil.example a@evil.example")
	section := huren(f)
	f.Fuzz(func(t *testing.T, title, text string) {
		if len(title)+len(text) > 4000 {
			t.Skip("long texts add nothing")
		}
		d := decision("X", day(2022, 1, 7), title, "", text, peeters)
		rep, err := Build(t.Context(), section, shelf{d})
		require.NoError(t, err)
		names, addresses := elements(t, goldmarkHTML(t, markdownOf(t, rep)))
		for name := range names {
			switch name {
			case "html", "head", "body", "h1", "h2", "p", "details", "summary", "ol", "li", "hr", "strong", "a":
			default:
				t.Errorf("<%s> from %q, %q", name, title, text)
			}
		}
		require.Equal(t, 1, names["h1"])
		require.LessOrEqual(t, names["details"], 2)
		for _, a := range addresses {
			require.True(t, strings.HasPrefix(a, "http://themis.vlaanderen.be/"), a)
		}
		elements(t, htmlOf(t, rep))
	})
}
