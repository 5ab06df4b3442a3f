package main

import (
	_ "embed"
	"html/template"
	"io"
	"slices"

	"github.com/themis-go/themis/report"
	"github.com/themis-go/themis/report/agreement"
)

//go:embed index.html.tmpl
var indexText string

var indexPage = template.Must(template.New("index").Parse(indexText))

// row is a report as the index shows it.
type row struct {
	Heading, Chapter, Link     string
	Promises, Proved, Findings int
	References                 int
	First, Last                string
}

// index writes the list of all reports.
func index(w io.Writer, agr *agreement.Agreement, reports []sectionReport, formats []string) error {
	format := formats[0]
	if slices.Contains(formats, "html") {
		format = "html"
	}
	var rows []row
	for _, rep := range reports {
		r := row{Heading: rep.Section.Heading(), Link: rep.section.Slug + "." + format, Promises: len(rep.Promises), Findings: len(rep.Findings), References: len(rep.References)}
		if len(rep.Section.Path) > 1 {
			r.Chapter = rep.Section.Path[0]
		}
		for _, p := range rep.Promises {
			if len(p.Findings) > 0 {
				r.Proved++
			}
		}
		for _, ref := range rep.References {
			if ref.Date != "" && (r.First == "" || ref.Date < r.First) {
				r.First = ref.Date
			}
			r.Last = max(r.Last, ref.Date)
		}
		rows = append(rows, r)
	}
	style := report.StyleSheet()
	return indexPage.Execute(w, map[string]any{
		"Title": agr.Title, "Rows": rows, "Style": template.CSS(style), "Policy": report.ContentSecurityPolicy(style),
	})
}
