// Package report writes progress reports: what the government promised in a
// section of its coalition agreement, beside what it decided since, with a
// citation for every sentence.
//
//	rep, err := report.Build(ctx, section, arc)
//	err = report.Markdown(w, rep) // or report.HTML, report.JSON
//
// [Build] finds the decisions that bear on the section, has an analyst derive
// findings from them, numbers the references in the order of first citation and
// checks every citation against the decision it quotes. The same section,
// archive and options give the same bytes: time enters a report only through
// [WithGenerated] and the archive's own record.
//
// [Verify] checks an old report against a newer archive and tells which of its
// citations no longer hold.
package report
