package report

import (
	"fmt"
	"strconv"
)

func itoa(n int) string { return strconv.Itoa(n) }

// method lists how the report was made; what is unknown is left out.
func (w *viewer) method() {
	m, checks := w.rep.Method, w.rep.Checks
	add := func(label, value string) {
		if value != "" {
			w.v.Method = append(w.v.Method, rowView{w.c.text(label), value})
		}
	}
	add("method analyst", oneLine(m.Analyst))
	add("method model", oneLine(m.Model))
	add("method ranker", oneLine(m.Ranker))
	add("method retrieved", itoa(m.Retrieved))
	add("method cutoff", oneLine(m.Cutoff))
	add("method checks", w.c.text("method checks value", checks.Citations, checks.Verdicts[OK]))
	add("method recall", percent(checks.Recall))
	add("method precision", percent(checks.Precision))
	add("method support", m.Support)
	if s := m.Struck; s.UnknownReferences+s.Unsupported+s.Uncited+s.InventedURIs > 0 {
		add("method struck", w.c.text("method struck value", s.UnknownReferences, s.Unsupported, s.Uncited, s.InventedURIs))
	}
	if a := m.Archive; a != nil {
		source := oneLine(a.Source)
		if a.Decisions > 0 {
			if source != "" {
				source += "; "
			}
			source += w.c.text("method archive value", itoa(a.Decisions), w.c.date(a.From), w.c.date(a.Until))
		}
		add("method archive", source)
		add("method harvested", a.Harvested)
		add("method digest", a.Digest)
	}
	add("method generated", m.Generated)
	add("method version", w.rep.Version)
}

func percent(share float64) string { return fmt.Sprintf("%.0f%%", share*100) }
