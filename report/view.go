package report

import (
	"cmp"
	"fmt"
	"html/template"
	"regexp"
	"slices"
	"strings"

	"github.com/themis-go/themis/report/analyse"
)

// view is what the page shows, in the words of its language. Every text is
// plain and escaped by the template, except Style and Timeline, which are ours.
type view struct {
	Lang, Title, Introduction, Heading, Caveat, Warning, CSP string
	Brief                                                    bool
	Style                                                    template.CSS
	Timeline                                                 template.HTML
	T                                                        map[string]string
	Crumbs                                                   []string
	Paragraphs                                               [][]piece
	Tally                                                    []tallyView
	Legend                                                   []tallyView
	Promises                                                 []promiseView
	Events                                                   []eventView
	Groups                                                   []groupView
	Conclusion                                               []statementView
	References                                               []referenceView
	Lines                                                    []lineView // of a brief page: its references
	More                                                     moreView
	Method                                                   []rowView
	Quotes                                                   []quoteView
}

type (
	piece     struct{ Text, Href, Status string }
	tallyView struct {
		Status, Label, About string
		Count                int
	}
	promiseView struct {
		Number              int
		Status, Label, Text string
		Href                string // empty where nothing was found
	}
	eventView struct {
		Number                  int
		ISO, Date, Stage, Title string
	}
	groupView struct {
		Number                  int // of the promise, from 1; 0 for none
		ID, Status, Label, Text string
		Findings                []findingView
		Also                    []alsoView
	}
	alsoView struct {
		Number         int
		Label, Measure string
	}
	findingView struct {
		Number     int
		Measure    string
		Steps      []stepView
		Statements []statementView
	}
	stepView struct {
		Reference                int
		Status, Stage, ISO, Date string
	}
	statementView struct {
		// Text is all but the last word, so that the word and the markers stay
		// on one line.
		Text, Last, End string
		Marks           []markView
	}
	markView struct {
		Number       int
		Quote, Label string
		Href         string // of the reference, where there is no panel of quotes
		Bad          bool
	}
	referenceView struct {
		Number                                                                      int
		ISO, Date, Status, Stage, Href, Title, Subtitle, Opening, Ministers, Themes string
		Documents                                                                   []documentView
	}
	documentView struct{ Href, Title, Type string }
	rowView      struct{ Label, Value string }
	quoteView    struct {
		Number                                         int
		ID, Label, ISO, Date, Title, Href, ToReference string
		Quotes                                         []quotedView
	}
	quotedView struct{ Text, From, Verdict string }
)

// viewer makes a view.
type viewer struct {
	rep    *Report
	c      catalogue
	v      *view
	quotes map[string]int // panels by content
	link   func(uri string) string
	brief  bool
	choice choice // of a brief page
}

func newView(rep *Report, opts ...FragmentOption) (*view, error) {
	c, err := catalogueOf(rep.Language)
	if err != nil {
		return nil, err
	}
	w := &viewer{rep: rep, c: c, quotes: map[string]int{}, v: &view{
		Lang: string(rep.Language), Title: oneLine(rep.Title), Introduction: keepDates(oneLine(rep.Introduction)),
		Heading: oneLine(rep.Section.Heading()), Caveat: oneLine(rep.Caveat), T: map[string]string{},
	}}
	if w.v.Lang == "" {
		w.v.Lang = string(Dutch)
	}
	for key, name := range map[string]string{
		"skip": "skip", "contents": "contents", "madeWith": "made with", "agreementSection": "agreement section",
		"textOfAgreement": "text of agreement", "atAGlance": "at a glance", "noPromises": "no promises", "timeline": "timeline",
		"timelineDescription": "timeline description", "timelineSmall": "timeline small", "andMore": "and more about", "timelineAsTable": "timeline as table", "date": "date", "step": "step",
		"decision": "decision", "findings": "findings", "noFinding": "no finding", "conclusion": "conclusion", "remark": "remark",
		"references": "references", "minister": "minister", "theme": "theme", "documents": "documents", "method": "method",
		"close": "close",
	} {
		w.v.T[key] = c.text(name)
	}
	w.link = address
	for _, set := range opts {
		set(w)
	}
	if w.v.Brief = w.brief; w.brief {
		w.choice = choose(w.rep)
	}
	w.crumbs()
	w.agreementText()
	w.tally()
	w.groups()
	for _, st := range rep.Conclusion {
		w.v.Conclusion = append(w.v.Conclusion, w.statement(st))
	}
	if w.brief {
		w.briefly()
	} else {
		w.references()
	}
	w.timeline()
	w.method()
	if bad := rep.Checks.Citations - rep.Checks.Verdicts[OK]; bad > 0 {
		w.v.Warning = c.count("warning checks", bad)
	}
	return w.v, nil
}

func (w *viewer) crumbs() {
	for _, s := range append([]string{w.rep.Agreement, w.rep.Section.Part}, w.rep.Section.Path...) {
		if s = oneLine(s); s != "" {
			w.v.Crumbs = append(w.v.Crumbs, s)
		}
	}
}

// agreementText splits the section's text in paragraphs and marks the promises
// in it. Promises whose place does not fit the text are not marked.
func (w *viewer) agreementText() {
	text := w.rep.Section.Text
	at := 0
	var line []piece
	add := func(s string, p piece) {
		for i, part := range strings.Split(s, "\n") {
			if i > 0 && len(line) > 0 {
				w.v.Paragraphs = append(w.v.Paragraphs, line)
				line = nil
			}
			if shown := spaced(part); strings.TrimSpace(shown) != "" || len(line) > 0 && shown != "" {
				line = append(line, piece{shown, p.Href, p.Status})
			}
		}
	}
	for i, p := range w.rep.Promises {
		if p.Start < at || p.End > len(text) || p.Start >= p.End || text[p.Start:p.End] != p.Text {
			continue
		}
		add(text[at:p.Start], piece{})
		href := cmp.Or(w.promiseLink(i), "#oogopslag")
		add(p.Text, piece{Href: href, Status: string(p.Status)})
		at = p.End
	}
	add(text[at:], piece{})
	if len(line) > 0 {
		w.v.Paragraphs = append(w.v.Paragraphs, line)
	}
}

// spaced is oneLine that keeps one blank at either end.
func spaced(s string) string {
	inner := oneLine(s)
	if inner == "" {
		if s != "" && strings.TrimSpace(s) == "" {
			return " "
		}
		return ""
	}
	if strings.HasPrefix(s, " ") {
		inner = " " + inner
	}
	if strings.HasSuffix(s, " ") {
		inner += " "
	}
	return inner
}

func (w *viewer) tally() {
	counts := map[analyse.Status]int{}
	for i, p := range w.rep.Promises {
		counts[p.Status]++
		v := promiseView{Number: i + 1, Status: string(p.Status), Label: w.c.status(p.Status), Text: oneLine(p.Text), Href: w.promiseLink(i)}
		w.v.Promises = append(w.v.Promises, v)
	}
	if len(w.rep.Promises) == 0 {
		for _, f := range w.rep.Findings {
			counts[f.Status]++
		}
	}
	for _, s := range analyse.Statuses() {
		t := tallyView{Status: string(s), Label: w.c.status(s), About: w.c.text("status " + string(s) + " about"), Count: counts[s]}
		w.v.Tally = append(w.v.Tally, t)
		if s != analyse.NothingFound {
			w.v.Legend = append(w.v.Legend, t)
		}
	}
}

// promiseLink is where a promise leads: its findings, or nothing without any.
func (w *viewer) promiseLink(i int) string {
	findings := w.rep.Promises[i].Findings
	switch {
	case len(findings) == 0:
		return ""
	case w.brief && !slices.ContainsFunc(findings, w.choice.shown):
		return w.choice.place(findings[0])
	}
	return "#afspraak-" + itoa(i+1)
}

// groups puts each finding below the first promise it bears on, and refers to
// it from the others. Promises without a finding stand in the overview only.
func (w *viewer) groups() {
	for i, p := range w.rep.Promises {
		g := groupView{
			Number: i + 1, ID: "h-afspraak-" + itoa(i+1), Status: string(p.Status), Label: w.c.status(p.Status),
			Text: oneLine(p.Text),
		}
		for _, f := range p.Findings {
			if f < 0 || f >= len(w.rep.Findings) || w.brief && !w.choice.shown(f) {
				continue
			}
			finding := w.rep.Findings[f]
			if len(finding.Promises) > 0 && finding.Promises[0] == i {
				g.Findings = append(g.Findings, w.finding(f))
			} else {
				g.Also = append(g.Also, alsoView{f + 1, w.c.text("see also finding", f+1), oneLine(finding.Measure)})
			}
		}
		if len(g.Findings)+len(g.Also) > 0 {
			w.v.Groups = append(w.v.Groups, g)
		}
	}
	other := groupView{ID: "h-andere", Text: w.c.text("other findings")}
	for f, finding := range w.rep.Findings {
		if len(finding.Promises) == 0 && (!w.brief || w.choice.shown(f)) {
			other.Findings = append(other.Findings, w.finding(f))
		}
	}
	if len(other.Findings) > 0 {
		w.v.Groups = append(w.v.Groups, other)
	}
}

func (w *viewer) finding(i int) findingView {
	f := w.rep.Findings[i]
	v := findingView{Number: i + 1, Measure: oneLine(f.Measure)}
	for _, n := range f.Steps {
		if r, ok := w.rep.Reference(n); ok {
			v.Steps = append(v.Steps, stepView{n, string(analyse.StatusOf(r.Stage)), w.c.stage(r.Stage), r.Date, w.c.date(r.Date)})
		}
	}
	for n, st := range f.Statements {
		if w.brief && n >= fullStatements && holds(f.Statements) {
			break
		}
		v.Statements = append(v.Statements, w.statement(st))
	}
	return v
}

// statement puts the markers of a sentence before its full stop. Quotes of one
// decision share a marker.
func (w *viewer) statement(st Statement) statementView {
	v := statementView{Text: keepDates(oneLine(st.Text))}
	if n := len(v.Text); len(st.Citations) > 0 && n > 0 && strings.ContainsRune(".!?", rune(v.Text[n-1])) {
		v.Text, v.End = v.Text[:n-1], v.Text[n-1:]
	}
	v.Text, v.Last = cutLast(v.Text)
	var order []int
	byReference := map[int][]Citation{}
	for _, c := range st.Citations {
		if byReference[c.Reference] == nil {
			order = append(order, c.Reference)
		}
		byReference[c.Reference] = append(byReference[c.Reference], c)
	}
	for _, n := range order {
		ref, ok := w.rep.Reference(n)
		if !ok {
			continue
		}
		m := markView{Number: n, Label: w.c.text("citation of", n)}
		if w.brief && w.choice.lines[n] {
			m.Href = "#ref-" + itoa(n)
		} else {
			m.Quote = w.quote(ref, byReference[n])
		}
		for _, c := range byReference[n] {
			m.Bad = m.Bad || c.Verdict != OK && c.Verdict != ""
		}
		v.Marks = append(v.Marks, m)
	}
	return v
}

// dayAndMonth finds dates in words, whose day is to stay with its month.
var dayAndMonth = regexp.MustCompile(`\b(\d{1,2}) (\p{L}+ (?:19|20)\d\d)\b`)

func keepDates(s string) string { return dayAndMonth.ReplaceAllString(s, "$1\u00a0$2") }

// cutLast cuts the last word off a text, with the blank before it left in front.
func cutLast(s string) (text, last string) {
	i := strings.LastIndexByte(s, ' ') + 1
	return s[:i], s[i:]
}

// quote returns the id of the panel that shows quotes of a reference.
func (w *viewer) quote(ref Reference, list []Citation) string {
	key := itoa(ref.Number)
	for _, c := range list {
		if !w.brief { // a brief page has one panel for all quotes of a decision
			key += fmt.Sprintf("|%s:%d:%d", c.Field, c.Start, c.End)
		}
	}
	at, ok := w.quotes[key]
	if ok && !w.brief {
		return w.v.Quotes[at].ID
	}
	if ok {
		w.addQuotes(&w.v.Quotes[at], list)
		return w.v.Quotes[at].ID
	}
	v := quoteView{
		Number: ref.Number, ID: "q" + itoa(len(w.v.Quotes)+1), Label: w.c.text("citation of", ref.Number),
		ISO: ref.Date, Date: w.c.date(ref.Date), Title: oneLine(ref.Title), Href: w.quoteLink(ref.URI), ToReference: w.c.text("to reference", ref.Number),
	}
	w.addQuotes(&v, list)
	w.quotes[key] = len(w.v.Quotes)
	w.v.Quotes = append(w.v.Quotes, v)
	return v.ID
}

// addQuotes adds the quotes that a panel does not have yet.
func (w *viewer) addQuotes(v *quoteView, list []Citation) {
	for _, c := range list {
		q := quotedView{Text: oneLine(c.Quote), From: w.c.text("quote from " + string(c.Field))}
		if c.Verdict != OK && c.Verdict != "" {
			q.Verdict = w.c.verdict(c.Verdict)
		}
		if !slices.Contains(v.Quotes, q) {
			v.Quotes = append(v.Quotes, q)
		}
	}
}

func (w *viewer) references() {
	for _, r := range w.rep.References {
		v := referenceView{
			Number: r.Number, ISO: r.Date, Date: w.c.date(r.Date), Status: string(analyse.StatusOf(r.Stage)), Stage: w.c.stage(r.Stage),
			Href: w.link(r.URI), Title: oneLine(r.Title), Subtitle: oneLine(r.Subtitle), Opening: oneLine(r.Opening),
		}
		var ministers, themes []string
		for _, m := range r.Ministers {
			words := oneLine(m.Name)
			if m.Title != "" {
				words += ", " + oneLine(m.Title)
			}
			ministers = append(ministers, words)
		}
		for _, t := range r.Themes {
			if t.Label != "" {
				themes = append(themes, oneLine(t.Label))
			}
		}
		for _, d := range r.Documents {
			v.Documents = append(v.Documents, documentView{address(d.URI), oneLine(d.Title), oneLine(d.Type)})
		}
		v.Ministers, v.Themes = strings.Join(ministers, "; "), strings.Join(themes, ", ")
		w.v.References = append(w.v.References, v)
	}
}

// address returns a link to a page on the web, or nothing.
func address(uri string) string {
	if linkTarget(uri) == "" {
		return ""
	}
	return uri
}
