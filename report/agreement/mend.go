package agreement

import "regexp"

var brokenWord = regexp.MustCompile(`(\p{Ll})-(\p{Ll})`)

// mend joins words that a line break split.
func mend(text string) string { return brokenWord.ReplaceAllString(text, "$1$2") }
