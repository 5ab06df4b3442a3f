package harvest

import "github.com/themis-go/themis/rdf"

// DocumentText is the text of a file of a [Document], as it was read from the
// file itself: Themis does not publish it.
type DocumentText struct {
	File     rdf.IRI // nfo:FileDataObject
	Document rdf.IRI // dossier:Stuk
	SHA256   string  // of the file that the text is of, hexadecimal
	Pages    int
	// Text is plain: a line break stands where a line ended a sentence, a blank
	// at other breaks of lines, and words that lines have broken are whole. It is
	// Dutch, as a rule. It is empty where Problem tells why there is none.
	Text string
	// Problem tells why there is no text, for a person: the pages are scanned,
	// the file is damaged, is protected, or took too long.
	Problem string
}
