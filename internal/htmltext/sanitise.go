package htmltext

import (
	"strings"
	"sync"

	"github.com/microcosm-cc/bluemonday"
)

// policy allows the tags that news items need and nothing that could load,
// run or style anything.
var policy = sync.OnceValue(func() *bluemonday.Policy {
	p := bluemonday.NewPolicy()
	p.AllowElements("p", "br", "strong", "b", "em", "i", "sub", "sup", "ul", "ol", "li")
	p.AllowAttrs("href").OnElements("a")
	p.AllowURLSchemes("http", "https", "mailto")
	p.RequireParseableURLs(true)
	p.RequireNoFollowOnLinks(true)
	p.RequireNoReferrerOnLinks(true)
	return p
})

// Sanitise returns the fragment with only paragraphs, line breaks, lists,
// emphasis, sub- and superscripts and links to http, https and mailto left:
// no attribute but href, no comment, no script. Text is kept, also that of
// tags that are taken away. It is safe within the body of a page.
func Sanitise(fragment string) string {
	if len(fragment) > MaxInput {
		fragment = fragment[:MaxInput]
	}
	return strings.TrimSpace(policy().Sanitize(fragment))
}
