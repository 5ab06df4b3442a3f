// Package archive keeps what was harvested from Themis in one file: every
// triple with where and when it came from, the decisions in the joined form
// that reports and analyses use, and the manifest that proves what it holds.
//
//	arc, err := archive.Open("themis.db")
//	defer arc.Close()
//	for d, err := range arc.Decisions(ctx, archive.Since(date), archive.Matching("fietspaden")) {
//		…
//	}
//
// The file is an SQLite database (no cgo). Any number of processes may read it
// while one harvests into it.
//
// # What is kept
//
// Triples are kept in their normal form (rdf.Normalize): the same data gives
// the same archive whether a SPARQL endpoint or a file served it, though a store
// such as Virtuoso writes literals in its own way. Blank nodes have no name that
// lasts; they are kept under their canonical label (RDFC-1.0), which depends
// only on what is said of them.
//
// What a later run replaces is not deleted: [Archive.At] reads the archive as
// it was published at a date, [Archive.Events] tells what changed.
//
// # Proof
//
// [Archive.Manifest] names the source, the times, the counts per class and the
// SHA-256 of the sorted canonical N-Quads, per class and of all. Two archives of
// the same data have the same digest. [Archive.Verify] computes it again.
package archive
