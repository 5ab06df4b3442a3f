package chart

// Style is the style sheet of the charts. It uses the custom properties of the
// page: --ink, --muted, --line, --paper, --accent, and --decided, --underway,
// --mentioned, --none for statuses.
const Style = `.chart{display:block;max-width:100%;height:auto;font-family:var(--sans);overflow:visible}
.chart text{font-size:12px;fill:var(--muted)}
.chart .c-strong{fill:var(--ink);font-weight:600}
.chart .c-grid{stroke:var(--line);stroke-width:1}
.chart .c-axis{stroke:var(--muted);stroke-width:1}
.chart .c-link{stroke:var(--muted);stroke-width:1.5;fill:none;stroke-dasharray:1 4;stroke-linecap:round}
.chart .c-dot{stroke:var(--paper);stroke-width:2}
.chart a:hover .c-dot,.chart a:focus-visible .c-dot{stroke:var(--ink)}
.chart a:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
.chart .c-decided{fill:var(--decided)}
.chart .c-underway{fill:var(--underway)}
.chart .c-mentioned{fill:var(--mentioned)}
.chart .c-none{fill:var(--none)}
.chart .c-bar{fill:var(--accent)}
.chart .c-series{stroke:var(--accent);stroke-width:2;fill:none;stroke-linejoin:round}
`
