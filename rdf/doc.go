// Package rdf holds RDF 1.1 terms, graphs, the reading and writing of their
// serialisations, and the mapping between graphs and Go structs by tags.
package rdf
