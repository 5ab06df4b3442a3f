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
func HTMLFragment(w io.Writer, rep *Report) error {
	v, err := newView(rep)
	if err != nil {
		return err
	}
	return execute(w, "report", v)
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
