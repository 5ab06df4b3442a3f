package rdf

import (
	"fmt"
	"strings"
)

// SyntaxError tells where a document is not what its format demands, and why.
// Find it with errors.As.
type SyntaxError struct {
	Format Format
	Line   int    // from 1; LF, CR and CRLF end a line
	Column int    // from 1, in characters (code points), in RDF/XML in bytes; 0 where only the line is known
	Msg    string // what is wrong, and what is wanted
	Near   string // the text at that place, at most some 40 characters of its line
}

func (e *SyntaxError) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "rdf: %s, line %d", e.Format, e.Line)
	if e.Column > 0 {
		fmt.Fprintf(&b, ", column %d", e.Column)
	}
	b.WriteString(": ")
	b.WriteString(e.Msg)
	if e.Near != "" {
		fmt.Fprintf(&b, " (near %q)", e.Near)
	}
	return b.String()
}

// nearText is the beginning of rest, to the end of its line, at most 40 characters.
func nearText(rest []byte) string {
	n := 0
	for i, r := range string(rest[:min(len(rest), 200)]) {
		if r == '\n' || r == '\r' || n == 40 {
			return strings.ToValidUTF8(string(rest[:i]), "\ufffd")
		}
		n++
	}
	return strings.ToValidUTF8(string(rest[:min(len(rest), 200)]), "\ufffd")
}
