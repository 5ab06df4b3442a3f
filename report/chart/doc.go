// Package chart draws small charts as SVG: a timeline of steps, bars, stacked
// bars and lines. They carry no style of their own but classes, which [Style]
// gives colours for light and dark pages; nothing in them is loaded, run or
// styled inline, so that they stand in pages with a strict Content-Security-Policy.
//
// A chart is never the only form of its data: each is meant to stand beside a
// table, and has a title and a description for those who do not see it.
package chart
