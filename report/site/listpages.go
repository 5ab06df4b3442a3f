package site

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/themis-go/themis/report"
)

type (
	listData struct{ Lists []nameList }
	nameList struct {
		Label string
		Items []nameItem
	}
	nameItem struct {
		Href, Label, Words, Sub string
		Dutch                   bool
	}
)

func (w *writer) ministerList() error {
	p := w.newPage("ministers.html", w.t["ministers"], w.t["ministers lede"])
	p.Data = w.groupList(w.ministers, func(g *group) string {
		// The latest portfolio tells who it is.
		for i := len(g.decisions) - 1; i >= 0; i-- {
			for _, m := range g.decisions[i].Ministers {
				if keyOf(m) == g.key && m.Title != "" {
					return report.OneLine(m.Title)
				}
			}
		}
		return ""
	})
	return w.save("ministers.html", "list", p)
}

func (w *writer) themeList() error {
	p := w.newPage("themas.html", w.t["themes"], w.t["themes lede"])
	p.Data = w.groupList(w.themes, func(*group) string { return "" })
	return w.save("themas.html", "list", p)
}

func (w *writer) groupList(list []*group, sub func(*group) string) listData {
	if len(list) == 0 {
		return listData{}
	}
	var items []nameItem
	for _, g := range list {
		items = append(items, nameItem{g.href(), g.label, w.t.count("decisions", len(g.decisions)), sub(g), true})
	}
	return listData{[]nameList{{Items: items}}}
}

func (w *writer) meetingList() error {
	p := w.newPage("vergaderingen.html", w.t["meetings"], w.t["meetings lede"])
	data := listData{}
	year := ""
	for i, m := range slices.Backward(w.meetings) {
		if y := cmp.Or(yearOf(m.iso), w.t["undated"]); i == len(w.meetings)-1 || y != year {
			data.Lists = append(data.Lists, nameList{Label: y})
			year = y
		}
		last := &data.Lists[len(data.Lists)-1]
		label := w.t["meeting unknown"]
		if m.iso != "" {
			label = w.labels.Date(m.iso)
		}
		last.Items = append(last.Items, nameItem{Href: m.href(), Label: label, Words: w.t.count("decisions", len(m.decisions))})
	}
	p.Data = data
	return w.save("vergaderingen.html", "list", p)
}

func (w *writer) searchPage() error {
	p := w.newPage("zoeken.html", w.t["search"], w.t["search lede"])
	p.Scripts = []string{"zoek/index.js", "zoek.js"}
	return w.save("zoeken.html", "search", p)
}

// assets writes the style sheet and the scripts.
func (w *writer) assets() error {
	own, err := pageFiles.ReadFile("page/site.css")
	if err != nil {
		return fmt.Errorf("site: %w", err)
	}
	if err := w.out.put("style.css", append([]byte(report.StyleSheet()), own...)); err != nil {
		return err
	}
	for _, name := range []string{"index.js", "zoek.js"} {
		script, err := pageFiles.ReadFile("page/" + name)
		if err != nil {
			return fmt.Errorf("site: %w", err)
		}
		if err := w.out.put(name, script); err != nil {
			return err
		}
	}
	return nil
}
