package site

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"

	"github.com/themis-go/themis/report"
)

func TestSlim(t *testing.T) {
	for name, c := range map[string]struct{ in, want string }{
		"language":       {`<body><p lang="nl">a</p>b`, `<body><p>a</p>b`},
		"page":           {`<html lang="nl"><body><p>a</p>`, `<html lang="nl"><body><p>a</p>`},
		"values":         {`<body class="site"><a href="../x.html#b-1" title="a b">c</a>`, `<body class=site><a href=../x.html#b-1 title="a b">c</a>`},
		"empty value":    {`<body><a href="">c</a>`, `<body><a href="">c</a>`},
		"closed element": {`<body><use href="#i-x"/><path d="M1"/>`, `<body><use href="#i-x"/><path d="M1"/>`},
		"slash":          {`<body><a href="http://x/">c</a>`, `<body><a href="http://x/">c</a>`},
		"equals sign":    {`<body><a href="x?a=1">c</a>`, `<body><a href="x?a=1">c</a>`},
		"list":           {"<body><ul><li>a</li><li>b</li>\n</ul>", "<body><ul><li>a<li>b\n</ul>"},
		"terms":          {"<body><dl><div><dt>a</dt><dd>b</dd></div></dl>", "<body><dl><div><dt>a<dd>b</div></dl>"},
		"table":          {"<body><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></tbody>", "<body><tr><td>a<td>b<tr><td>c</tbody>"},
		"paragraph":      {"<body><p>a</p><p>b</p> c", "<body><p>a<p>b</p> c"},
		"before a pre":   {"<body><p>a</p><pre>b", "<body><p>a</p><pre>b"},
		"text":           {"<body>a \n\n b &lt;/li&gt;&#34;<i></i>", "<body>a \n\n b &lt;/li&gt;&#34;<i></i>"},
		"empty lines":    {"<body>\n\n<i></i>\n\n\n<b>", "<body>\n<i></i>\n<b>"},
		"no body":        {`<p lang="nl">`, `<p lang="nl">`},
		"cut":            {`<body><a href="x`, `<body><a href="x`},
	} {
		t.Run(name, func(t *testing.T) {
			w := &writer{model: &model{config: Config{Language: report.Dutch}}}
			assert.Equal(t, c.want, string(w.slim([]byte(c.in))))
		})
	}
	w := &writer{model: &model{config: Config{Language: report.English}}}
	assert.Equal(t, `<body><p lang=nl>a`, string(w.slim([]byte(`<body><p lang="nl">a`))), "another language is told")
}

// TestSlimKeepsThePage checks that a browser makes the same of both forms.
func TestSlimKeepsThePage(t *testing.T) {
	const page = `<html><head></head><body class="x y"><ul><li><a href="a/b.html">1</a> <b>2</b></li><li>3<ul><li>4</li></ul></li></ul>
<dl><dt>a</dt><dd>b</dd><dt>c</dt><dd><p>d</p></dd></dl><p>e</p><p>f <i>g</i></p><table><tbody><tr><td>h</td><td></td></tr></tbody></table></body></html>`
	w := &writer{model: &model{config: Config{Language: report.Dutch}}}
	slim := string(w.slim([]byte(page)))
	assert.Less(t, len(slim), len(page))
	assert.Equal(t, outline(t, page), outline(t, slim))
}

// outline is what a parser makes of a page, without blanks between elements.
func outline(t *testing.T, page string) string {
	root, err := html.Parse(strings.NewReader(page))
	require.NoError(t, err)
	var b strings.Builder
	require.NoError(t, html.Render(&b, root))
	return strings.Join(strings.Fields(b.String()), " ")
}

func TestShortened(t *testing.T) {
	assert.Equal(t, "kort", shortened("kort", 10))
	assert.Equal(t, "een lange…", shortened("een lange, titel", 12))
	assert.Equal(t, strings.Repeat("é", 20), shortened(strings.Repeat("é", 20), 11), "a word is not cut")
}

func TestCompact(t *testing.T) {
	assert.Equal(t, "1 z 10", compact([]int{1, 35, 36}))
	assert.Empty(t, compact(nil))
}
