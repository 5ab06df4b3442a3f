package report

import (
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"sync"

	"github.com/themis-go/themis/report/chart"
)

//go:embed page
var pageFiles embed.FS

// templates are the page's, parsed once.
var templates = sync.OnceValues(func() (*template.Template, error) {
	return template.ParseFS(pageFiles, "page/*.tmpl")
})

// StyleSheet returns the style of the pages: of reports and of the charts in them.
func StyleSheet() string {
	css, err := fs.ReadFile(pageFiles, "page/report.css")
	if err != nil {
		return "" // cannot happen: the file is embedded
	}
	return string(css) + chart.Style
}

// ContentSecurityPolicy returns the policy of a page that holds this style
// sheet in one style element: nothing else is loaded or run, and nothing is sent.
func ContentSecurityPolicy(style string) string {
	sum := sha256.Sum256([]byte(style))
	return fmt.Sprintf("default-src 'none'; style-src 'sha256-%s'; base-uri 'none'; form-action 'none'",
		base64.StdEncoding.EncodeToString(sum[:]))
}

// HTML writes a report as one page that needs nothing else: no script, no
// request, a strict Content-Security-Policy. A citation opens the quote beside
// the text. It reads on a phone and on paper, in light and in dark, with a
// keyboard and with a screen reader. All texts are escaped.
func HTML(w io.Writer, rep *Report) error {
	v, err := newView(rep)
	if err != nil {
		return err
	}
	style := StyleSheet()
	v.Style = template.CSS(style) // ours, embedded
	v.CSP = ContentSecurityPolicy(style)
	return execute(w, "page", v)
}

// HTMLFragment writes what stands in the body of the page of [HTML], for pages
// that put something around it. It wants the style of [StyleSheet].
// A page puts what [StatusIcons] returns before it.
func HTMLFragment(w io.Writer, rep *Report, opts ...FragmentOption) error {
	v, err := newView(rep, opts...)
	if err != nil {
		return err
	}
	if v.Brief {
		return execute(w, "brief", v)
	}
	return execute(w, "report", v)
}

// FragmentOption changes what [HTMLFragment] writes.
type FragmentOption func(*viewer)

// LinkDecisions sets where the titles of decisions lead: a page, beside the one
// that the fragment is for, that shows them whole. Fragments are brief then.
// They show the first findings in full, those of promises first, with their
// first sentences and one panel for all quotes of a decision; the decisions of
// the other findings have a line each, with stage, date and title. They leave
// out what stands on the page that titles lead to (subtitles, openings, documents,
// themes), and need no [StatusIcons]. Where link returns nothing for a URI the
// title leads to the URI.
func LinkDecisions(link func(uri string) string) FragmentOption {
	return func(v *viewer) {
		v.brief = true
		v.link = func(uri string) string {
			if to := link(uri); to != "" {
				return to
			}
			return address(uri)
		}
	}
}

// quoteLink is where the title above a quote leads. A brief page leaves it to
// the reference, which is one step away.
func (w *viewer) quoteLink(uri string) string {
	if w.brief {
		return ""
	}
	return w.link(uri)
}

func execute(w io.Writer, name string, v *view) error {
	t, err := templates()
	if err != nil {
		return fmt.Errorf("report: page templates: %w", err)
	}
	if err := t.ExecuteTemplate(w, name, v); err != nil {
		return fmt.Errorf("report: write HTML: %w", err)
	}
	return nil
}
