package analyse

import (
	"maps"
	"slices"
)

// Subject returns the stems of the words in a decision's title and subtitle that
// tell what it is about, sorted, each once: what [Group] compares. Words that
// name the step of the procedure are not among them.
func Subject(e Evidence) []string {
	return slices.Sorted(maps.Keys(nameOf(e).words))
}
