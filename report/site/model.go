package site

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/themis-go/themis/harvest"
	"github.com/themis-go/themis/report"
	"github.com/themis-go/themis/report/agreement"
	"github.com/themis-go/themis/report/analyse"
	"github.com/themis-go/themis/report/stage"
)

// model is all that the pages show.
type model struct {
	config Config
	t      texts
	labels report.Labels
	title  string

	decisions []*decision // by date, place on the agenda, URI
	byURI     map[string]*decision
	meetings  []*meeting // by date
	ministers []*group   // by number of decisions
	themes    []*group   // by label
	chapters  []*node
	sections  []*node // those with a report, in the order of the agreement
}

type decision struct {
	harvest.Decision
	stage   stage.Stage
	iso     string // the day of the meeting; empty where unknown
	id      string // within the page of its meeting
	meeting *meeting
	citedIn []*node
}

func (d *decision) href() string { return d.meeting.href() + "#" + d.id }

type meeting struct {
	uri, iso, name string
	decisions      []*decision
}

func (m *meeting) href() string { return "vergadering/" + m.name + ".html" }

// group are the decisions of a minister or about a theme.
type group struct {
	key, label, folder, name string
	decisions                []*decision
}

func (g *group) href() string { return g.folder + "/" + g.name + ".html" }

// node is a heading of the agreement.
type node struct {
	section  *agreement.Section
	name     string
	children []*node
	parent   *node
	report   *summary // nil for a heading without a report
}

func (n *node) chapter() *node {
	for n.parent != nil {
		n = n.parent
	}
	return n
}

// href is where the heading leads: its report, or the place on the page of its
// chapter.
func (n *node) href() string {
	switch {
	case n.report != nil:
		return "sectie/" + n.name + ".html"
	case n.parent == nil:
		return "hoofdstuk/" + n.name + ".html"
	}
	return "hoofdstuk/" + n.chapter().name + ".html#s-" + n.name
}

func (n *node) heading() string { return report.OneLine(n.section.Heading()) }

// shown is the heading as the agreement prints it.
func (n *node) shown() string {
	if p := n.section.Path; len(p) > 0 {
		return report.OneLine(p[len(p)-1])
	}
	return n.heading()
}

// reports are the nodes with a report at or below the node, in order.
func (n *node) reports() []*node {
	var out []*node
	if n.report != nil {
		out = append(out, n)
	}
	for _, c := range n.children {
		out = append(out, c.reports()...)
	}
	return out
}

// summary is what other pages show of a report.
type summary struct {
	title      string
	counts     counts
	references []report.Reference
}

// counts are numbers of promises by status.
type counts map[analyse.Status]int

func (c counts) total() int {
	n := 0
	for _, v := range c {
		n += v
	}
	return n
}

func (n *node) counts() counts {
	sum := counts{}
	for _, r := range n.reports() {
		for s, v := range r.report.counts {
			sum[s] += v
		}
	}
	return sum
}

func newModel(c Config) *model {
	m := &model{config: c, byURI: map[string]*decision{}, title: report.OneLine(cmp.Or(c.Title, c.Agreement.Title))}
	m.t, _ = textsOf(c.Language) // check has seen to it
	m.labels, _ = report.LabelsOf(c.Language)
	m.title = cmp.Or(m.title, m.t["title"])
	taken := names{}
	withReport := map[*agreement.Section]bool{}
	for _, s := range c.Agreement.Sections {
		withReport[s] = true
	}
	var visit func(list []*agreement.Section, parent *node) []*node
	visit = func(list []*agreement.Section, parent *node) []*node {
		var out []*node
		for _, s := range list {
			n := &node{section: s, parent: parent, name: taken.of(cmp.Or(s.Slug, s.Heading()), "sectie")}
			if withReport[s] {
				n.report = &summary{}
				m.sections = append(m.sections, n)
			}
			n.children = visit(s.Children, n)
			out = append(out, n)
		}
		return out
	}
	m.chapters = visit(c.Agreement.Chapters, nil)
	return m
}

// read takes in the decisions.
func (m *model) read(ctx context.Context) error {
	for d, err := range m.config.Decisions {
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return fmt.Errorf("site: read decision %d: %w", len(m.decisions)+1, err)
		}
		own := &decision{Decision: d}
		if date := d.Date(); !date.IsZero() {
			own.iso = date.Format("2006-01-02")
		}
		m.decisions = append(m.decisions, own)
	}
	slices.SortStableFunc(m.decisions, func(a, b *decision) int {
		return cmp.Or(strings.Compare(a.iso, b.iso), a.Meeting.Start.Compare(b.Meeting.Start),
			strings.Compare(a.Meeting.URI.String(), b.Meeting.URI.String()),
			cmp.Compare(a.AgendaItem.Position, b.AgendaItem.Position), strings.Compare(a.URI.String(), b.URI.String()))
	})
	return each(ctx, len(m.decisions), func(i int) error {
		m.decisions[i].stage = stage.Of(m.decisions[i].Decision).Stage
		return nil
	})
}

// arrange puts the decisions under their meetings, ministers and themes.
func (m *model) arrange() {
	byMeeting, taken, ids := map[string]*meeting{}, names{}, map[*meeting]names{}
	ministers, themes := newGroups("minister"), newGroups("thema")
	for _, d := range m.decisions {
		m.byURI[d.URI.String()] = d
		key := cmp.Or(d.Meeting.URI.String(), d.iso)
		held, ok := byMeeting[key]
		if !ok {
			held = &meeting{uri: d.Meeting.URI.String(), iso: d.iso}
			held.name = taken.of(held.iso, "onbekend")
			byMeeting[key], ids[held] = held, names{}
			m.meetings = append(m.meetings, held)
		}
		d.meeting, d.id = held, anchor(d.URI.String())
		for base, i := d.id, 2; ids[held][d.id]; i++ {
			d.id = fmt.Sprintf("%s-%d", base, i)
		}
		ids[held][d.id] = true
		held.decisions = append(held.decisions, d)
		for _, mi := range d.Ministers {
			ministers.add(keyOf(mi), mi.Name(), d)
		}
		for _, th := range d.Themes {
			themes.add(th.URI.String(), th.Label, d)
		}
	}
	slices.SortStableFunc(m.meetings, func(a, b *meeting) int { return strings.Compare(a.iso, b.iso) })
	m.ministers = ministers.list()
	slices.SortStableFunc(m.ministers, func(a, b *group) int { return cmp.Compare(len(b.decisions), len(a.decisions)) })
	m.themes = themes.list()
}

// cite tells decisions in which reports they are cited.
func (m *model) cite() {
	for _, n := range m.sections {
		for _, r := range n.report.references {
			if d, ok := m.byURI[r.URI]; ok {
				d.citedIn = append(d.citedIn, n)
			}
		}
	}
}

// groups collects decisions by a key.
type groups struct {
	folder string
	byKey  map[string]*group
}

func newGroups(folder string) groups { return groups{folder, map[string]*group{}} }

func (g groups) add(key, label string, d *decision) {
	if key == "" {
		return
	}
	own, ok := g.byKey[key]
	if !ok {
		own = &group{key: key, folder: g.folder}
		g.byKey[key] = own
	}
	own.label = cmp.Or(report.OneLine(label), own.label)
	if n := len(own.decisions); n == 0 || own.decisions[n-1] != d {
		own.decisions = append(own.decisions, d)
	}
}

// list are the groups by label, with their names.
func (g groups) list() []*group {
	var out []*group
	for _, own := range g.byKey {
		own.label = cmp.Or(own.label, report.OneLine(own.key))
		out = append(out, own)
	}
	slices.SortFunc(out, func(a, b *group) int {
		return cmp.Or(strings.Compare(agreement.Fold(a.label), agreement.Fold(b.label)), strings.Compare(a.key, b.key))
	})
	taken := names{}
	for _, own := range out {
		own.name = taken.of(own.label, g.folder)
	}
	return out
}
