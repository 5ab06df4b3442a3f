// Package analyse turns the decisions that bear on a section of a coalition
// agreement into findings: statements in plain Dutch, each with citations that
// quote the decision word for word.
//
// An [Analyst] does the work. [Extractive], the default, needs no network: it
// lets the decisions speak in their own words, and adds only what their record
// says (date, ministers, stage). A language model is another Analyst behind
// the same interface. What either writes is checked by the same rules: a
// citation must quote exactly (see [Citation.Check]) and a statement must be
// supported by what it cites (see [Supported]).
package analyse
