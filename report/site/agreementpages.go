package site

import (
	"bytes"
	"fmt"
	"html/template"
	"strings"

	"github.com/themis-go/themis/report"
)

// latest is the number of decisions on the first page.
const latest = 12

// pages are the jobs that write all pages but those of reports, which are
// written as the reports are made.
func (w *writer) pages() []job {
	jobs := []job{w.index, w.treePage, w.ministerList, w.themeList, w.meetingList, w.searchPage, w.assets}
	for _, c := range w.chapters {
		if c.report == nil {
			jobs = append(jobs, func() error { return w.chapterPage(c) })
		}
	}
	for _, g := range w.ministers {
		jobs = append(jobs, func() error { return w.groupPage(g, "minister lede", true) })
	}
	for _, g := range w.themes {
		jobs = append(jobs, func() error { return w.groupPage(g, "theme lede", false) })
	}
	for _, m := range w.meetings {
		jobs = append(jobs, func() error { return w.meetingPage(m) })
	}
	return jobs
}

type (
	indexData struct {
		Tally  []tallyBox
		Meters meters
		Parts  []part
		Latest []row
	}
	part struct {
		Label    string
		Chapters []chapterItem
	}
	chapterItem struct {
		treeItem
		Words string
	}
)

func (w *writer) index() error {
	p := w.newPage("index.html", w.title, w.t["lede"])
	if first, last := w.span(); first != "" {
		p.Lede += " " + fmt.Sprintf(w.t["span"], w.t.count("decisions", len(w.decisions)), unbroken(w.labels.Date(first)), unbroken(w.labels.Date(last)))
	}
	p.Scripts = []string{"index.js"}
	all := counts{}
	data := indexData{Meters: w.meters("", w.t["chapter"], w.t["per chapter"], w.chapters)}
	before := ""
	for i, c := range w.chapters {
		own := c.counts()
		for s, n := range own {
			all[s] += n
		}
		if label := report.OneLine(c.section.Part); i == 0 || label != before {
			data.Parts = append(data.Parts, part{Label: label})
			before = label
		}
		last := &data.Parts[len(data.Parts)-1]
		last.Chapters = append(last.Chapters, chapterItem{
			w.tree("", []*node{c})[0], w.t.count("sections counted", len(c.reports())),
		})
	}
	data.Tally = w.tally(all, true)
	data.Latest = w.rows("", w.decisions[max(0, len(w.decisions)-latest):])
	p.Data = data
	return w.save("index.html", "index", p)
}

// unbroken keeps the words of a date on one line.
func unbroken(date string) string { return strings.ReplaceAll(date, " ", "\u00a0") }

// span are the first and the last date of the decisions.
func (w *writer) span() (first, last string) {
	for _, d := range w.decisions {
		if d.iso != "" {
			return d.iso, w.decisions[len(w.decisions)-1].iso
		}
	}
	return "", ""
}

func (w *writer) treePage() error {
	p := w.newPage("secties.html", w.t["tree"], fmt.Sprintf("%s.", w.t.count("sections counted", len(w.sections))))
	p.Data = w.tree("", w.chapters)
	return w.save("secties.html", "tree-page", p)
}

type chapterData struct {
	Tally  []tallyBox
	Meters meters
	Text   []string
	Tree   []treeItem
}

func (w *writer) chapterPage(c *node) error {
	reports := c.reports()
	own := c.counts()
	path := "hoofdstuk/" + c.name + ".html"
	p := w.newPage(path, c.shown(), fmt.Sprintf(w.t["chapter lede"],
		w.t.count("sections counted", len(reports)), w.t.count("promises", own.total())))
	p.Crumbs = w.crumbs(c)
	data := chapterData{Tally: w.tally(own, true), Meters: w.meters(p.Root, w.t["section"], w.t["per section"], reports), Tree: w.tree(p.Root, c.children)}
	for line := range strings.SplitSeq(c.section.Text, "\n") {
		if line = report.OneLine(line); line != "" {
			data.Text = append(data.Text, line)
		}
	}
	p.Data = data
	return w.save(path, "chapter", p)
}

// crumbs lead from the first page to a node.
func (w *writer) crumbs(n *node) []link {
	out := []link{{Label: n.shown()}}
	for up := n.parent; up != nil; up = up.parent {
		out = append([]link{{Href: up.href(), Label: up.shown()}}, out...)
	}
	return append([]link{{Href: "index.html", Label: w.t["overview"]}}, out...)
}

type sectionData struct {
	Report         template.HTML
	Previous, Next *link
}

func (w *writer) sectionPage(i int, rep *report.Report) error {
	n := w.sections[i]
	path := "sectie/" + n.name + ".html"
	p := w.newPage(path, report.OneLine(rep.Title), "")
	p.Description = report.OneLine(rep.Introduction)
	p.Crumbs = w.crumbs(n)
	p.Feed, p.FeedTitle = feedPath(n), fmt.Sprintf(w.t["feed title"], n.heading())
	var body bytes.Buffer
	local := func(uri string) string {
		if d, ok := w.byURI[uri]; ok {
			return p.Root + d.href()
		}
		return ""
	}
	if err := report.HTMLFragment(&body, rep, report.LinkDecisions(local)); err != nil {
		return fmt.Errorf("site: report about %q: %w", n.heading(), err)
	}
	data := sectionData{Report: template.HTML(body.String())} // escaped by package report
	if i > 0 {
		data.Previous = &link{Href: w.sections[i-1].href(), Label: w.sections[i-1].shown()}
	}
	if i+1 < len(w.sections) {
		data.Next = &link{Href: w.sections[i+1].href(), Label: w.sections[i+1].shown()}
	}
	p.Data = data
	return w.save(path, "section", p)
}
