package site

import (
	"bytes"
	"slices"

	"github.com/themis-go/themis/report"
)

// slim leaves out of a page what a browser does not need: the language of texts
// on a page that is in that language, quotes around simple values, end tags
// that HTML lets out where the next tag implies them, and empty lines. In text
// and in values "<", ">" and quotes are escaped, so that each of them is markup
// where it stands in a page.
func (w *writer) slim(html []byte) []byte {
	// The first language is that of the page.
	head, rest, found := bytes.Cut(html, []byte("<body"))
	if !found {
		return html
	}
	if w.config.Language == report.Dutch {
		rest = bytes.ReplaceAll(rest, []byte(` lang="`+string(report.Dutch)+`"`), nil)
	}
	out := append(append(make([]byte, 0, len(html)), head...), "<body"...)
	return appendSlim(out, rest)
}

// appendSlim appends what follows the name of a tag.
func appendSlim(out, html []byte) []byte {
	for len(html) > 0 {
		end := bytes.IndexByte(html, '>') + 1
		if end == 0 {
			return append(out, html...)
		}
		out, html = appendTag(out, html[:end]), html[end:]
		for {
			next := bytes.IndexByte(html, '<')
			if next < 0 {
				return append(out, html...)
			}
			text := html[:next]
			html = html[next:]
			if len(text) > 1 && len(bytes.TrimLeft(text, "\n")) == 0 {
				text = text[:1]
			}
			out = append(out, text...)
			end := bytes.IndexByte(html, '>') + 1
			if end == 0 || !implied(html[:end], html[end:]) {
				break
			}
			html = html[end:]
		}
	}
	return out
}

// followers are the tags that imply an end tag when they follow it.
var followers = map[string][]string{
	"</li>": {"<li", "</ul", "</ol"},
	"</dt>": {"<dd", "<dt"},
	"</dd>": {"<dd", "<dt", "</dl", "</div"},
	"</td>": {"<td", "<th", "</tr"},
	"</th>": {"<td", "<th", "</tr"},
	"</tr>": {"<tr", "</tbody", "</thead"},
	"</p>":  {"<p", "<ul", "<ol", "<dl", "<div", "<section", "<article", "<details", "<figure", "<h2", "</div", "</section", "</article", "</li"},
}

// implied tells whether a tag says no more than what follows it.
func implied(tag, rest []byte) bool {
	after, ok := followers[string(tag)]
	if !ok {
		return false
	}
	rest = bytes.TrimLeft(rest, " \n")
	if end := bytes.IndexAny(rest, " >\n"); end > 0 {
		return slices.Contains(after, string(rest[:end]))
	}
	return false
}

// appendTag appends a tag, with its values without quotes where those may go.
func appendTag(out, tag []byte) []byte {
	for {
		at := bytes.Index(tag, []byte(`="`))
		if at < 0 {
			return append(out, tag...)
		}
		value := tag[at+2:]
		end := bytes.IndexByte(value, '"')
		if end < 0 {
			return append(out, tag...)
		}
		after := value[end+1:]
		if simple(value[:end]) && len(after) > 0 && (after[0] == ' ' || after[0] == '>') {
			out = append(append(out, tag[:at+1]...), value[:end]...)
		} else {
			out = append(out, tag[:at+2+end+1]...)
		}
		tag = after
	}
}

// simple tells whether a value needs no quotes. More values would not; these
// leave no doubt.
func simple(value []byte) bool {
	for _, c := range value {
		switch {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9', bytes.IndexByte([]byte("-_.#:/"), c) >= 0:
		default:
			return false
		}
	}
	return len(value) > 0 && value[len(value)-1] != '/'
}
