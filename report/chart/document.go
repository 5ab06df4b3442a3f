package chart

import "strings"

// palette gives the colours that Style asks of a page, for charts that stand
// alone.
const palette = `svg{--sans:system-ui,"Segoe UI",Arial,sans-serif;--paper:#fff;--ink:#1d1c1a;--muted:#5b5851;--line:#e3dfd5;--accent:#0b5563;` +
	`--funded:#0d5f66;--changed:#7a2f86;--decided:#1a6b3f;--principle:#8a5700;--announced:#2a5a93;--none:#6a665e;background:var(--paper)}`

// Document makes an SVG file of a chart, with the colours of a light page. An
// empty chart gives an empty document.
func Document(chart string) string {
	if chart == "" {
		return `<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>` + "\n"
	}
	end := strings.IndexByte(chart, '>') + 1
	return `<?xml version="1.0" encoding="UTF-8"?>` + "\n" + chart[:end] + "<style>" + palette + strings.ReplaceAll(Style, "\n", "") + "</style>" + chart[end:] + "\n"
}
