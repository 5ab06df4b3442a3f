package site

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"strings"
	"sync"

	"github.com/themis-go/themis/report"
	"github.com/themis-go/themis/report/analyse"
)

//go:embed page
var pageFiles embed.FS

// templates are the pages', parsed once.
var templates = sync.OnceValues(func() (*template.Template, error) {
	// The sign of a status is drawn by the style sheet, from the class of what it
	// stands in: nothing but an empty element repeats.
	funcs := template.FuncMap{"icon": func(analyse.Status) template.HTML { return `<i></i>` }}
	return template.New("site").Funcs(funcs).ParseFS(pageFiles, "page/*.tmpl")
})

// policy is the Content-Security-Policy of a page: its style sheet, and its own
// scripts where it has any.
func policy(scripts bool) string {
	p := "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'"
	if scripts {
		p += "; script-src 'self'"
	}
	return p
}

// page is what every page shows, with Data of its own.
type page struct {
	Lang, Title, Site, Lede, Description, Root, Policy string
	Feed, FeedTitle, Digest                            string
	Scripts                                            []string
	T                                                  texts
	Menu                                               []menuItem
	Crumbs                                             []link
	Data                                               any
}

type menuItem struct{ Href, Label, Current string }

// link leads from the site's root, unless its Href is empty.
type link struct {
	Href, Label string
	Current     bool
}

// menu are the pages of the navigation, with the prefix of the pages below each.
var menu = []struct{ href, text, below string }{
	{"index.html", "overview", "hoofdstuk/"},
	{"secties.html", "sections", "sectie/"},
	{"ministers.html", "ministers", "minister/"},
	{"themas.html", "themes", "thema/"},
	{"vergaderingen.html", "meetings", "vergadering/"},
	{"zoeken.html", "search", ""},
	{"data.html", "data", ""},
}

// newPage begins the page at a path.
func (w *writer) newPage(path, title, lede string) *page {
	p := &page{
		Lang: string(w.config.Language), Title: title, Site: w.title, Lede: lede, Description: lede,
		Root: strings.Repeat("../", strings.Count(path, "/")), Policy: policy(false),
		Feed: feedPath(nil), FeedTitle: w.t["feed all"], T: w.t,
	}
	for _, m := range menu {
		item := menuItem{Href: m.href, Label: w.t[m.text]}
		switch {
		case m.href == path:
			item.Current = "page"
		case m.below != "" && strings.HasPrefix(path, m.below):
			item.Current = "true"
		}
		p.Menu = append(p.Menu, item)
	}
	if m := w.config.Manifest; m != nil && m.Digest != "" {
		p.Digest = fmt.Sprintf(w.t["data digest"], m.Digest)
	}
	return p
}

// save writes a page.
func (w *writer) save(path, name string, p *page) error {
	t, err := templates()
	if err != nil {
		return fmt.Errorf("site: page templates: %w", err)
	}
	if len(p.Scripts) > 0 {
		p.Policy = policy(true)
	}
	var b bytes.Buffer
	if err := t.ExecuteTemplate(&b, name, p); err != nil {
		return fmt.Errorf("site: page %s: %w", path, err)
	}
	return w.out.put(path, w.slim(b.Bytes()))
}

// The parts that pages share.
type (
	tallyBox struct {
		Status       analyse.Status
		Label, About string
		Count        string
	}
	meters struct {
		T                          texts
		Root, About, Caption, Head string
		Rows                       []meterRow
		Legend                     []tallyBox
	}
	meterRow struct {
		Href, Label, Words, Count string
		Parts                     []meterPart
		Numbers                   []string
	}
	meterPart struct {
		Status      analyse.Status
		From, Width string
		Words       string
	}
	treeItem struct {
		ID, Href, Label string
		Parts           []tallyBox
		Children        []treeItem
	}
	row struct {
		Href, Title, ISO, Date, Stage, Cited string
		Status                               analyse.Status
	}
)

func (w *writer) number(n int) string { return grouped(n, w.t["separator"]) }

// tally are the counts as boxes, furthest first; those of 0 are left out
// unless all is set.
func (w *writer) tally(c counts, all bool) []tallyBox {
	var out []tallyBox
	for _, s := range analyse.Statuses() {
		if c[s] > 0 || all {
			out = append(out, tallyBox{s, w.labels.Status(s), w.labels.AboutStatus(s), w.number(c[s])})
		}
	}
	return out
}

// meters draw the counts of nodes as bars of equal length.
func (w *writer) meters(root, head, caption string, nodes []*node) meters {
	m := meters{T: w.t, Root: root, Head: head, Caption: caption, About: w.t["progress about"], Legend: w.tally(nil, true)}
	for _, n := range nodes {
		c := n.counts()
		total := c.total()
		r := meterRow{Href: n.href(), Label: n.shown(), Count: w.number(total)}
		from := 0.0
		var words []string
		for _, s := range analyse.Statuses() {
			r.Numbers = append(r.Numbers, w.number(c[s]))
			if c[s] == 0 {
				continue
			}
			width := 100 * float64(c[s]) / float64(total)
			said := w.number(c[s]) + " " + w.labels.Status(s)
			words = append(words, said)
			r.Parts = append(r.Parts, meterPart{s, decimal(from), decimal(width), said})
			from += width
		}
		r.Words = strings.Join(words, ", ")
		m.Rows = append(m.Rows, r)
	}
	return m
}

func decimal(f float64) string { return strings.TrimSuffix(fmt.Sprintf("%.2f", f), ".00") }

// tree are nodes and all below them, with links from a page at root.
func (w *writer) tree(root string, nodes []*node) []treeItem {
	var out []treeItem
	for _, n := range nodes {
		item := treeItem{Href: root + n.href(), Label: n.shown(), Children: w.tree(root, n.children)}
		if n.report != nil {
			item.Parts = w.tally(n.report.counts, false)
		} else if n.parent != nil {
			item.ID = "s-" + n.name // links to the heading lead here
		}
		out = append(out, item)
	}
	return out
}

// rows list decisions on a page at root, the latest first.
func (w *writer) rows(root string, list []*decision) []row {
	out := make([]row, 0, len(list))
	for i := len(list) - 1; i >= 0; i-- {
		d := list[i]
		r := row{
			Href: root + d.href(), Title: w.titleOf(d), ISO: d.iso, Date: w.labels.Date(d.iso),
			Stage: w.labels.Stage(d.stage), Status: analyse.StatusOf(d.stage),
		}
		if n := len(d.citedIn); n > 0 {
			r.Cited = w.t.count("cited", n)
		}
		out = append(out, r)
	}
	return out
}

func (w *writer) titleOf(d *decision) string {
	if title := report.OneLine(d.Title); title != "" {
		return title
	}
	if sub := report.OneLine(d.Subtitle); sub != "" {
		return sub
	}
	return w.t["decision"]
}
