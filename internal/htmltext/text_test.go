package htmltext

import (
	"fmt"
	"strings"
	"testing"
	"unicode"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestText(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"empty", "", ""},
		{"plain", "De Vlaamse Regering", "De Vlaamse Regering"},
		{"word split by spans", "zorgbeh</span><span>oeften", "zorgbehoeften"},
		{"word split by emphasis", "<strong>s</strong><strong></strong><strong>t</strong><strong>ructuur</strong>", "structuur"},
		{"emphasis keeps spaces", "de <strong>bevoegdheden</strong> bepaalt", "de bevoegdheden bepaalt"},
		{"space inside emphasis", "de<strong> grote </strong>stad", "de grote stad"},
		{"paragraphs", "<p>Een</p><p>Twee</p>", "Een\nTwee"},
		{"empty paragraphs", "<p>Een</p><p>&nbsp;</p><p></p>\n<p>Twee</p>", "Een\nTwee"},
		{"line break", "Een<br>Twee<br/><br />Drie", "Een\nTwee\nDrie"},
		{"div", "<div>Een<div>Twee</div></div>Drie", "Een\nTwee\nDrie"},
		{"list", "Dit:<ul><li>een</li><li>twee</li></ul>", "Dit:\neen\ntwee"},
		{"table", "<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc"},
		{"line feed is a space", "Een\n\n twee\tdrie", "Een twee drie"},
		{"no-break spaces", "10&nbsp;000\u00a0euro\u202fper", "10 000 euro per"},
		{"zero width", "sub\u200bsidie\ufeff, sa\u00admen", "subsidie, samen"},
		{"named entities", "a &amp; b &quot;c&quot; &gt; &eacute;", `a & b "c" > é`},
		{"entity without semicolon", "O&amp;O&ampI", "O&O&I"},
		{"ampersand alone", "O&O&I-systeem", "O&O&I-systeem"},
		{"numeric entities", "&#8364;&#x20AC;", "€€"},
		{"escaped markup stays text", "&lt;b&gt;", "<b>"},
		{"comment", "voor<!---->zitter<!-- components -->", "voorzitter"},
		{"comment never closed", "a<!-- b", "a"},
		{"script", "a<script>alert('<p>x</p>')</script>b", "ab"},
		{"style", "a<STYLE>p{}</STYLE>b", "ab"},
		{"script never closed", "a<script>b", "a"},
		{"nested template", "a<template>b<template>c</template>d</template>e", "ae"},
		{"less than", "1 < 2 en 3 <4", "1 < 2 en 3 <4"},
		{"tag cut off at the end", "een <stro", "een <stro"},
		{"unbalanced", "</p></span>een</strong><p>", "een"},
		{"attributes", `<span data-x="a>b" class='c'>d</span>`, "d"},
		{"control characters", "a\x00b\x07c", "abc"},
		{"head", "<html><head><title>T</title></head><body>een</body></html>", "een"},
		{"upper case", "<P>een</P><BR>twee", "een\ntwee"},
		{"surrounding space", " \n&nbsp;<p> een </p>&nbsp;\n", "een"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			assert.Equal(t, tt.want, Text(tt.in))
		})
	}
}

func TestTextIsBounded(t *testing.T) {
	for _, evil := range []string{"<", "<p", "<!--", "&", "<a b='", "<script>", "</", "<template>", "\u200b"} {
		in := strings.Repeat(evil, 1<<20/len(evil))
		assert.LessOrEqual(t, len(Text(in)), len(in), "%q", evil)
	}
	long := strings.Repeat("a", MaxInput) + "b"
	require.Len(t, Text(long), MaxInput)
}

func TestSanitise(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"kept", "<p>een <strong>twee</strong><br>CO<sub>2</sub></p>", "<p>een <strong>twee</strong><br>CO<sub>2</sub></p>"},
		{"attributes go", `<p style="x" onclick="y">a</p>`, "<p>a</p>"},
		{"spans go, text stays", "zorgbeh</span><span>oeften", "zorgbehoeften"},
		{"script goes", "a<script>alert(1)</script>b", "ab"},
		{"image goes", `<img src=x onerror=alert(1)>a`, "a"},
		{"comment goes", "a<!-- b -->c", "ac"},
		{"script link", `<a href="javascript:alert(1)">a</a>`, "a"},
		{"data link", `<a href="data:text/html,x">a</a>`, "a"},
		{"link", `<a href="https://example.org/" target="_top">a</a>`, `<a href="https://example.org/" rel="nofollow noreferrer">a</a>`},
		{"broken tag", "<p>a<scr<script>ipt>", "<p>aipt&gt;"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			assert.Equal(t, tt.want, Sanitise(tt.in))
		})
	}
}

func FuzzText(f *testing.F) {
	f.Add("<p>zorgbeh</span><span>oeften</p><!-- x -->&nbsp;")
	f.Add("<script>a</script><template><template></template>")
	f.Add("&#0;&#xD800;<\xff>")
	f.Fuzz(func(t *testing.T, in string) {
		out := Text(in)
		require.Equal(t, strings.TrimSpace(out), out, "no space around")
		require.NotContains(t, out, "  ")
		require.NotContains(t, out, "\n\n")
		for _, r := range out {
			require.False(t, unicode.IsControl(r) && r != '\n', "%q has %U", out, r)
		}
	})
}

func FuzzSanitise(f *testing.F) {
	f.Add(`<a href="javascript:x">a</a><img src=x onerror=y>`)
	f.Add("<p>a<scr<script>ipt>")
	f.Fuzz(func(t *testing.T, in string) {
		out := strings.ToLower(Sanitise(in))
		require.NotContains(t, out, "<script")
		require.NotContains(t, out, "<img")
		require.NotContains(t, out, `href="javascript:`)
	})
}

func BenchmarkText(b *testing.B) {
	in := strings.Repeat("<p>De <strong>Vlaamse&nbsp;Regering</strong> keurt <span>het</span> besluit goed.</p>\n<!---->", 100)
	b.SetBytes(int64(len(in)))
	for b.Loop() {
		Text(in)
	}
}

func ExampleText() {
	fmt.Println(Text("<p>De <strong>zorgbeh</strong><strong>oeften</strong>&nbsp;stijgen.</p><!----><p>Punt.</p>"))
	// Output:
	// De zorgbehoeften stijgen.
	// Punt.
}

func ExampleSanitise() {
	fmt.Println(Sanitise(`<p class="x">De <strong>regering</strong><script>alert(1)</script></p>`))
	// Output: <p>De <strong>regering</strong></p>
}
