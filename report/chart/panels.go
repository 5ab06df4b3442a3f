package chart

import "fmt"

// Panel is a small chart of one series.
type Panel struct {
	Label  string
	Href   string // where the label leads; optional
	Points []Point
}

// PanelOptions are the words and measures of [Panels].
type PanelOptions struct {
	ID, Title, Description string
	Width                  float64 // in pixels; 0 is 720
	Columns                int     // of panels side by side; 0 is 3
}

// The measures of panels in pixels.
const (
	panelHeight = 74.0 // of the columns of a panel
	panelStep   = 128.0
	panelGap    = 22.0
)

// Panels draws several series as small column charts beside each other, to one
// scale: many can be compared so without telling colours apart. Each shows its
// greatest value. Without panels the result is empty.
func Panels(panels []Panel, opts PanelOptions) string {
	if len(panels) == 0 {
		return ""
	}
	width, columns := opts.Width, opts.Columns
	if width == 0 {
		width = 720
	}
	if columns <= 0 {
		columns = 3
	}
	most, links := 0.0, false
	for _, p := range panels {
		links = links || p.Href != ""
		for _, v := range p.Points {
			most = max(most, v.Value)
		}
	}
	each := (width - panelGap*float64(columns-1)) / float64(columns)
	rows := (len(panels) + columns - 1) / columns
	var s svg
	s.open("chart panels", opts.ID, opts.Title, opts.Description, width, panelStep*float64(rows), links)
	for i, p := range panels {
		left := (each + panelGap) * float64(i%columns)
		top := panelStep * float64(i/columns)
		s.panel(p, left, top, each, most)
	}
	s.close()
	return s.String()
}

func (s *svg) panel(p Panel, left, top, width, most float64) {
	if p.Href != "" {
		s.printf(`<a href="%s">`, attr(p.Href))
	}
	s.label("c-strong", left, top+13, "start", clip(p.Label, int(width/6.8)))
	if p.Href != "" {
		s.WriteString("</a>")
	}
	bottom := top + 24 + panelHeight
	s.line("c-grid", left, bottom, left+width, bottom)
	n := len(p.Points)
	if n == 0 {
		return
	}
	step := width / float64(n)
	thick := min(step*0.78, 40)
	best, shown := 0, false
	for i, v := range p.Points {
		if v.Value > p.Points[best].Value {
			best = i
		}
		if v.Value <= 0 || most <= 0 {
			continue
		}
		h := max(panelHeight*v.Value/most, 1)
		s.printf(`<rect class="c-bar" x="%s" y="%s" width="%s" height="%s"><title>%s: %s</title></rect>`,
			num(left+step*float64(i)+(step-thick)/2), num(bottom-h), num(thick), num(h), text(v.Label), fmt.Sprintf("%g", v.Value))
		shown = true
	}
	if shown {
		v := p.Points[best]
		x := min(max(left+step*(float64(best)+0.5), left+10), left+width-10)
		s.label("c-total", x, bottom-panelHeight*v.Value/most-4, "middle", fmt.Sprintf("%g", v.Value))
	}
	s.label("c-value", left, bottom+16, "start", p.Points[0].Label)
	if n > 1 {
		s.label("c-value", left+width, bottom+16, "end", p.Points[n-1].Label)
	}
}
