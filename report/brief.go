package report

import (
	"slices"
	"strings"

	"github.com/themis-go/themis/report/analyse"
)

// fullFindings is the number of findings that a brief page shows in full.
const fullFindings = 5

// fullStatements is the number of sentences about a finding on a brief page:
// what was decided and what that holds. The others repeat the steps and the
// ministers, which stand beside them.
const fullStatements = 2

// choice says what a brief page shows in full: a page about two hundred
// decisions is read by its first findings, and searched for the others.
type choice struct {
	findings []Finding
	full     map[int]bool // findings, by index
	// lines are the references that have a line in the list of other measures,
	// which stands for their entry among the references.
	lines map[int]bool
}

// choose takes the first finding of each promise, then the others in the order
// of the report, which is that of relevance. Findings of which a citation does
// not hold are all shown, with the verdict.
func choose(rep *Report) choice {
	c := choice{findings: rep.Findings, full: map[int]bool{}, lines: map[int]bool{}}
	for i, f := range rep.Findings {
		if !holds(f.Statements) {
			c.full[i] = true
		}
	}
	for _, p := range rep.Promises {
		for _, f := range p.Findings {
			if f >= 0 && f < len(rep.Findings) {
				if len(c.full) < fullFindings {
					c.full[f] = true
				}
				break
			}
		}
	}
	for i := range rep.Findings {
		if len(c.full) < fullFindings {
			c.full[i] = true
		}
	}
	shown := map[int]bool{}
	for i, f := range rep.Findings {
		for _, n := range numbers(f) {
			if c.full[i] {
				shown[n] = true
			} else {
				c.lines[n] = true
			}
		}
	}
	for _, st := range rep.Conclusion {
		for _, own := range st.Citations {
			if !valid(own) {
				shown[own.Reference] = true // with the verdict beside the quote
			}
		}
	}
	for n := range shown {
		delete(c.lines, n)
	}
	return c
}

func (c choice) shown(finding int) bool { return c.full[finding] }

// place is where a finding that is not shown in full stands.
func (c choice) place(finding int) string {
	if finding >= 0 && finding < len(c.findings) {
		for _, n := range numbers(c.findings[finding]) {
			return "#ref-" + itoa(n)
		}
	}
	return "#meer"
}

// holds tells whether no citation was checked and found wrong.
func holds(list []Statement) bool {
	for _, st := range list {
		if slices.ContainsFunc(st.Citations, func(c Citation) bool { return !valid(c) }) {
			return false
		}
	}
	return true
}

func valid(c Citation) bool { return c.Verdict == OK || c.Verdict == "" }

// numbers are the references of a finding, each once: its steps, then what else
// it cites.
func numbers(f Finding) []int {
	var out []int
	seen := map[int]bool{}
	add := func(n int) {
		if !seen[n] {
			seen[n] = true
			out = append(out, n)
		}
	}
	for _, n := range f.Steps {
		add(n)
	}
	for _, st := range f.Statements {
		for _, c := range st.Citations {
			add(c.Reference)
		}
	}
	return out
}

type (
	// moreView are the measures that a brief page does not show in full.
	moreView struct {
		Label string
		Lines []lineView
	}
	lineView struct {
		Number                                      int
		Status, Stage, Date, Href, Title, Ministers string
		Own                                         bool // the line is the decision's reference
	}
)

func (w *viewer) line(r Reference) lineView {
	return lineView{
		Number: r.Number, Status: string(analyse.StatusOf(r.Stage)), Stage: w.c.stage(r.Stage), Date: w.c.date(r.Date),
		Href: w.link(r.URI), Title: oneLine(r.Title), Own: true,
	}
}

// briefly lists the decisions on a brief page, a line for each: those of the
// measures that are not shown in full, in the order of the measures, then the
// others as the references.
func (w *viewer) briefly() {
	measures := 0
	listed := map[int]bool{}
	for i, f := range w.rep.Findings {
		if w.choice.shown(i) {
			continue
		}
		measures++
		for _, n := range numbers(f) {
			if r, ok := w.rep.Reference(n); ok && !listed[n] {
				listed[n] = true
				l := w.line(r)
				l.Own = w.choice.lines[n]
				w.v.More.Lines = append(w.v.More.Lines, l)
			}
		}
	}
	if measures > 0 {
		w.v.More.Label = w.c.count("more measures", measures)
	}
	for _, r := range w.rep.References {
		if w.choice.lines[r.Number] {
			continue
		}
		l := w.line(r)
		var names []string
		for _, m := range r.Ministers {
			names = append(names, oneLine(m.Name))
		}
		l.Ministers = strings.Join(names, "; ")
		w.v.Lines = append(w.v.Lines, l)
	}
}
