// Package rdf holds RDF 1.1 terms and graphs, reads and writes their
// serialisations, compares them, and maps them to Go structs by tags. It knows
// nothing of the network: package rdf/sparql brings the data.
//
// # Terms
//
// An [IRI], a [Blank] node and a [Literal] are the types of
// github.com/knakk/rdf, under names of this package. Those that this package
// makes ([NewIRI], [NewString], [NewInteger], [NewLang], …) are comparable with
// == and serve as keys of maps; [Comparable] brings literals of other makers
// into that form. [Namespaces] expand and shorten prefixed names.
//
// # Reading
//
// [Read] yields the triples of a document in N-Triples, N-Quads, Turtle or
// RDF/XML as they arrive, in constant memory:
//
//	for t, err := range rdf.Read(file, rdf.Turtle, rdf.Base("http://example.org/")) {
//		if err != nil {
//			return err // a *rdf.SyntaxError tells line and column
//		}
//		…
//	}
//
// [ReadQuads] also tells the graphs of N-Quads, [ReadGraph] fills a [Graph].
// The format is found by name, file name or media type: [FormatByName],
// [FormatByExtension], [FormatByMediaType]. The option [Lenient] reports a bad
// statement and reads on; [BlankScope] keeps the blank nodes of several
// documents apart; [MaxTokenSize] and [MaxNesting] bound what a hostile
// document can cost. The parsers pass the test suites of the W3C as a whole.
//
// # Writing
//
// A [Writer] writes triples as they come, [Write] a whole stream, [WriteGraph]
// a graph with its subjects grouped:
//
//	err := rdf.Write(out, rdf.NTriples, rdf.Read(in, rdf.Turtle))
//
// [AppendTerm] and [AppendQuad] give the canonical N-Triples form of a term and
// the canonical N-Quads line of a quad.
//
// # Comparing
//
// [Equal] compares graphs whatever their blank nodes are called, [Diff] tells
// what only one of them has. [Canonical] and [CanonicalGraph] give blank nodes
// the labels of RDFC-1.0, so that a dataset has one text and one [Digest].
// [Normalize] gives a literal the one form that stands for its value, for stores
// write "1"^^xsd:boolean where "true" was loaded.
//
// # Mapping
//
// [Unmarshal], [Decode] and [DecodeAll] fill structs from a graph, [Marshal] makes
// a graph of a struct, [Describe] tells which properties a struct needs, and
// [Assign] converts a single term. Tags name the properties:
//
//	type NewsItem struct {
//		_      struct{}  `rdf:"@type,dossier:Stuk"`
//		URI    rdf.IRI   `rdf:"@id"`
//		Title  string    `rdf:"dct:title"`
//		Issued time.Time `rdf:"dct:issued"`
//		Themes []rdf.IRI `rdf:"dct:subject"`
//		Agenda rdf.IRI   `rdf:"^dct:hasPart"`
//		Rest   rdf.Properties `rdf:"*"`
//	}
package rdf
