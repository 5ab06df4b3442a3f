package agreement

import (
	"bytes"
	_ "embed"
	"fmt"
)

//go:embed sample.md
var sample []byte

// Sample returns a short agreement of one section, in the library's own words,
// to go with the sample of decisions.
func Sample() *Agreement {
	a, err := Read(bytes.NewReader(sample), Markdown)
	if err != nil {
		panic(fmt.Sprintf("the embedded sample: %v", err)) // cannot happen: a test reads it
	}
	return a
}
