// Package documents downloads the documents of decisions (the PDF files of
// notes and of what accompanies them) into a folder, and reads their text.
//
//	folder, err := documents.Open("documents")
//	defer folder.Close()
//	for result, err := range folder.Fetch(ctx, arc.Decisions(ctx, archive.Since(date))) {
//		…
//	}
//	for text, err := range folder.Extract(ctx, arc) {
//		…
//	}
//
// # The folder
//
// A file is stored under the year of the meeting, by a name made of the title
// of its document and the identifier of the file:
//
//	2021/VR-2021-0503-DOC-0187-1-7223d7b3-db34-5ef1-a027-8d5b134f34ee.pdf
//
// Nothing that a server says has a part in a name. documents.jsonl, the
// register, tells for each file its URI, path, size, SHA-256, and when and from
// where it came; see [Record]. One process at a time may have the folder open.
//
// # Going on
//
// A file gets its name when it is whole; until then it is a ".part". When a
// download breaks off, this run or the next goes on where it stopped, if the
// server has shown by a validator (ETag or Last-Modified) and a 206 answer that
// it is still the same file, and else begins anew. Files that are in the
// register and on disk are not asked for again; with [Revalidate] they are, but
// sent only when they have changed.
//
// # What is trusted
//
// Only the addresses that the base URL makes are asked, and only its host and
// those of [AllowHosts] are spoken to, also when redirected. What arrives must
// have the size that the archive knows (nfo:fileSize), must be a PDF where one
// is due, and may not be larger than a limit. Connections to the loopback and
// to private networks are refused, at the moment of connecting, so that neither
// DNS nor a redirect can lead there; unless the base URL itself names such an
// address (127.0.0.1, localhost) or [AllowPrivateNetworks] is set. Where a proxy
// is configured, resolving and connecting are the proxy's business.
//
// The content of the files is not trusted either. It is parsed by PDFium, the
// parser of Chromium, through github.com/klippa-app/go-pdfium in its WebAssembly
// mode, which needs no cgo: a sandbox without access to anything, with bounded
// memory, that can be stopped in the middle. The parsers in Go that were tried
// cannot be stopped (a tree of pages that holds itself makes
// github.com/ledongthuc/pdf hang for ever) and read less: they do not know all
// encodings and lose the lines' hyphens; pdfcpu extracts no text.
package documents
