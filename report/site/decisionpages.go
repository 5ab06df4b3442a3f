package site

import (
	"cmp"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/themis-go/themis/harvest"
	"github.com/themis-go/themis/report"
	"github.com/themis-go/themis/report/analyse"
)

type (
	groupData struct {
		Portfolios []portfolio
		Years      []yearColumn
		Lists      []yearList
	}
	portfolio struct {
		Label, First, Last, Count string
		n                         int
		first, last               string
	}
	yearColumn struct{ Year, Count, Top, Height string }
	yearList   struct {
		ID, Label, Words string
		Rows             []row
	}
)

// groupPage writes the page of a minister or a theme.
func (w *writer) groupPage(g *group, lede string, portfolios bool) error {
	p := w.newPage(g.href(), g.label, fmt.Sprintf(w.t[lede], w.t.count("decisions", len(g.decisions))))
	data := groupData{}
	if portfolios {
		data.Portfolios = w.portfolios(g)
	}
	byYear := map[string][]*decision{}
	var years []string
	for _, d := range g.decisions {
		year := yearOf(d.iso)
		if byYear[year] == nil {
			years = append(years, year)
		}
		byYear[year] = append(byYear[year], d)
	}
	most := 0
	for _, y := range years {
		most = max(most, len(byYear[y]))
	}
	for _, y := range years {
		if y == "" {
			continue
		}
		height := 100 * float64(len(byYear[y])) / float64(most)
		data.Years = append(data.Years, yearColumn{y, w.number(len(byYear[y])), decimal(100 - height), decimal(height)})
	}
	if len(data.Years) < 2 {
		data.Years = nil
	}
	slices.Reverse(years)
	for _, y := range years {
		rows := w.rows(p.Root, byYear[y])
		for i := range rows {
			rows[i].Cited = "" // the pages of the meetings tell where; here it would repeat a thousand times
		}
		data.Lists = append(data.Lists, yearList{
			ID: cmp.Or(y, "zonder-datum"), Label: cmp.Or(y, w.t["undated"]), Words: w.t.count("decisions", len(byYear[y])), Rows: rows,
		})
	}
	p.Data = data
	return w.save(g.href(), "group", p)
}

func yearOf(iso string) string {
	if len(iso) < 4 {
		return ""
	}
	return iso[:4]
}

// portfolios are the titles under which a minister decided.
func (w *writer) portfolios(g *group) []portfolio {
	byTitle := map[string]*portfolio{}
	var order []*portfolio
	for _, d := range g.decisions {
		seen := map[string]bool{}
		for _, m := range d.Ministers {
			title := report.OneLine(m.Title)
			if keyOf(m) != g.key || title == "" || seen[title] {
				continue
			}
			seen[title] = true
			own := byTitle[title]
			if own == nil {
				own = &portfolio{Label: title, first: d.iso}
				byTitle[title] = own
				order = append(order, own)
			}
			own.first, own.last = cmp.Or(own.first, d.iso), d.iso
			own.n++
		}
	}
	var out []portfolio
	for _, own := range order {
		own.First, own.Last, own.Count = w.labels.Date(own.first), w.labels.Date(own.last), w.number(own.n)
		out = append(out, *own)
	}
	return out
}

func keyOf(m harvest.Minister) string {
	return cmp.Or(m.Person.String(), m.Name(), m.Mandatee.String())
}

type (
	meetingData struct{ Items []item }
	item        struct {
		ID, Title, Subtitle, Stage, Kind, Link string
		Status                                 analyse.Status
		Text                                   []string
		Cut                                    bool
		CitedMore                              string
		Ministers, Themes, Cited, Documents    []link
	}
)

// textLength is the number of bytes of a decision's text that a page shows. The
// longest real text is far below it.
const textLength = 40_000

// citedSections is the number of sections that a decision's page names of those
// that cite it. One that very many cite is about none of them in particular.
const citedSections = 3

func (w *writer) meetingPage(m *meeting) error {
	title := w.t["meeting unknown"]
	if m.iso != "" {
		title = fmt.Sprintf(w.t["meeting of"], w.labels.Date(m.iso))
	}
	p := w.newPage(m.href(), title, fmt.Sprintf("%s.", w.t.count("decisions", len(m.decisions))))
	data := meetingData{}
	for _, d := range m.decisions {
		it := item{
			ID: d.id, Title: w.titleOf(d), Subtitle: report.OneLine(d.Subtitle), Stage: w.labels.Stage(d.stage), Kind: report.OneLine(string(d.Kind)),
			Status: analyse.StatusOf(d.stage), Link: address(d.URI.String()),
		}
		if it.Subtitle == it.Title {
			it.Subtitle = ""
		}
		it.Text, it.Cut = paragraphs(d.Text, textLength)
		for _, mi := range d.Ministers {
			if g := find(w.ministers, keyOf(mi)); g != nil {
				it.Ministers = append(it.Ministers, link{Href: g.href(), Label: g.label})
			}
		}
		for _, th := range d.Themes {
			if g := find(w.themes, th.URI.String()); g != nil {
				it.Themes = append(it.Themes, link{Href: g.href(), Label: g.label})
			}
		}
		for i, n := range d.citedIn {
			if i == citedSections && len(d.citedIn) > citedSections+1 {
				it.CitedMore = w.t.count("cited more", len(d.citedIn)-i)
				break
			}
			it.Cited = append(it.Cited, link{Href: n.href(), Label: n.heading()})
		}
		for _, doc := range d.Documents {
			it.Documents = append(it.Documents, link{Href: address(doc.URI.String()), Label: cmp.Or(report.OneLine(doc.Title), report.OneLine(doc.URI.String()))})
		}
		data.Items = append(data.Items, it)
	}
	p.Data = data
	return w.save(m.href(), "meeting", p)
}

// paragraphs are the lines of a text as plain text, at most limit bytes of them.
func paragraphs(text string, limit int) (out []string, cut bool) {
	if len(text) > limit {
		text, cut = text[:limit], true
		for len(text) > 0 && !utf8.RuneStart(text[len(text)-1]) {
			text = text[:len(text)-1]
		}
		if i := strings.LastIndexAny(text, " \n"); i > limit/2 {
			text = text[:i]
		}
	}
	for line := range strings.SplitSeq(text, "\n") {
		if line = report.OneLine(line); line != "" {
			out = append(out, line)
		}
	}
	return out, cut
}

// address returns a link to a page on the web, or nothing.
func address(uri string) string {
	u, err := url.Parse(uri)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return ""
	}
	return u.String()
}

func find(list []*group, key string) *group {
	for _, g := range list {
		if g.key == key {
			return g
		}
	}
	return nil
}
