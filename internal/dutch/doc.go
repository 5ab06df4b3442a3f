// Package dutch analyses Dutch government prose: it finds the words of a
// text, folds and stems them, knows the words that carry no subject, splits
// compounds by the vocabulary of a corpus, learns what abbreviations stand
// for, and mends words that the lines of a PDF have broken.
//
// [Analyse] is the one entry that indexing and searching share: what is
// indexed by it is found by it.
package dutch
