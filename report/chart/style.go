package chart

// Style is the style sheet of the charts. It uses the custom properties of the
// page: --ink, --muted, --line, --paper, --accent, and --funded, --decided, --principle,
// --changed,
// --announced, --none for statuses.
const Style = `.chart{display:block;max-width:100%;height:auto;font-family:var(--sans);overflow:visible}
.chart text{font-size:12px;fill:var(--muted)}
.chart .c-strong{fill:var(--ink);font-weight:600}
.chart .c-grid{stroke:var(--line);stroke-width:1}
.chart .c-axis{stroke:var(--muted);stroke-width:1}
.chart .c-link{stroke:var(--muted);stroke-width:1.5;fill:none;stroke-dasharray:1 4;stroke-linecap:round}
.chart .c-dot{stroke:var(--paper);stroke-width:2}
.chart a:hover .c-dot,.chart a:focus-visible .c-dot{stroke:var(--ink)}
.chart a:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
.chart .c-funded{fill:var(--funded)}
.chart .c-decided{fill:var(--decided)}
.chart .c-changed{fill:var(--changed)}
.chart .c-principle{fill:var(--principle)}
.chart .c-announced{fill:var(--announced)}
.chart .c-none{fill:var(--none)}
.chart .c-small{fill:none;stroke-width:7;stroke-linecap:round;stroke-opacity:.55}
.s-funded{stroke:var(--funded)}.s-decided{stroke:var(--decided)}.s-changed{stroke:var(--changed)}.s-principle{stroke:var(--principle)}.s-announced{stroke:var(--announced)}.s-none{stroke:var(--none)}
.chart .c-bar{fill:var(--accent)}
.chart .c-series{stroke:var(--accent);stroke-width:2;fill:none;stroke-linejoin:round}
`
