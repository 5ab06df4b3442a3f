// Package site writes the progress reports of a whole agreement as a static
// web site: plain files that any web server can serve and that a browser can
// open from a folder.
//
//	result, err := site.Write(ctx, "public", site.Config{
//		Agreement: agr,
//		Decisions: arc.Decisions(ctx),
//		Report: func(ctx context.Context, s *agreement.Section) (*report.Report, error) {
//			return report.Build(ctx, s, arc)
//		},
//		Manifest: &manifest,
//	})
//
// # What it holds
//
//	index.html            how far each chapter is, the agreement's tree, the latest decisions
//	hoofdstuk/NAME.html   a chapter: how far each of its sections is
//	sectie/NAME.html      the report about a section
//	minister/NAME.html    the decisions of a minister
//	thema/NAME.html       the decisions about a theme
//	vergadering/DATE.html the decisions of a meeting, with their texts
//	zoeken.html           full-text search, in the browser
//	data.html             downloads, the manifest, how to check them
//	data/                 decisions as CSV (without texts), JSON Lines and Parquet (without HTML), the reports as JSON Lines
//	feeds/                Atom feeds of new decisions: the 50 latest of all, the 5 latest of each section
//	files.json            every file with its size and SHA-256
//
// # Pages
//
// Every page can be read without JavaScript; only searching needs it. Nothing
// is asked of another server: each page has a Content-Security-Policy that
// allows its own style sheet, on the page for searching and the first page its
// own scripts, and nothing else. The index for searching is made here, in small
// parts that are loaded as a search needs them, by script elements, so that it
// works from a folder too.
//
// The page of a section shows its first findings in full, by the promises and
// then by relevance, and a line for each decision of the others, which leads to
// the whole text on the page of the meeting; [report.HTML] and the reports
// among the downloads hold all findings and quotes. Pages are as small as HTML
// allows: end tags and quotes that it does not require are left out, and the
// signs of the statuses are drawn by the style sheet. The site of 224 sections
// and 3101 decisions takes 25 MB.
//
// Texts of decisions are shown as plain text: no markup of theirs reaches a page.
//
// # Same input, same bytes
//
// A site depends on its [Config] alone: it holds no time of its own making and
// no order of goroutines.
package site
