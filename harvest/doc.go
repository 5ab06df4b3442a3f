// Package harvest holds the Themis model as Go structs, the sources from which
// it can be read, and the harvester that fills an archive from them.
package harvest
