// Package agreement reads coalition agreements: the text in which a government
// says what it will do, as a tree of numbered sections.
//
// An agreement comes as JSON Lines, Markdown, plain text, HTML or PDF; [Read]
// reads any of them and gives the same tree. A [Section] that has text of its
// own is what a progress report is made about; they stand in
// [Agreement.Sections] in the order of the document.
//
//	f, err := os.Open("regeerakkoord.pdf")
//	agr, err := agreement.Read(f, agreement.PDF)
//	sec, err := agr.Section("Preventie van radicalisering")
//
// Text is Dutch in practice, but nothing here depends on the language except
// the mending of hyphens that typesetting left at the ends of lines.
package agreement
