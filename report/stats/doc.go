// Package stats counts decisions: by theme, minister, portfolio, stage of the
// procedure and kind, as totals and over time, and measures how long measures
// take from their first approval in principle to the definitive one.
//
// Each function takes a stream of decisions, such as that of an archive, and
// returns rows that can be read, written as CSV and drawn:
//
//	table, err := stats.Count(arc.Decisions(ctx), stats.ByTheme())
//	err = table.CSV(file)
//	svg := table.Chart(stats.ChartOptions{Title: "Beslissingen per thema"})
//
// # What is counted
//
// A decision counts once for each class that it belongs to: one with two
// ministers counts for both, one with three themes for all three. The rows of a
// table may therefore add up to more than the number of decisions, which is
// [Table].Decisions and is what shares are of. A decision that belongs to no
// class (no theme, an unknown minister) is in [Table].Unclassified and in no
// row. Within one decision a class counts once, however often it is named.
//
// Dates are days of meetings in Brussels: a meeting at 23:30 UTC on 31 December
// is one of 1 January. Decisions whose meeting is unknown count in totals and
// not in series; [Series].Undated says how many they are.
//
// The data has no policy fields (beleidsvelden) for decisions; portfolios of
// ministers, as their titles name them, are the nearest. An archive holds what
// the publisher communicated, not all that the government decided.
//
// Results depend on the decisions alone, not on their order.
package stats
