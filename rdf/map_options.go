package rdf

import (
	"maps"
	"strings"
	"time"
)

// A MapOption changes how graphs and structs, or terms and Go values, are
// mapped. Options may be kept and used again, by many goroutines.
type MapOption func(*mapConfig)

type mapMode uint8

const (
	modeNormal mapMode = iota
	modeStrict
	modeLax
)

// defaultDepth bounds nesting where no [LinkDepth] is given, so that no data
// can exhaust the stack.
const defaultDepth = 1000

type mapConfig struct {
	mode      mapMode
	firstWins bool
	langs     []string
	zone      *time.Location // nil is UTC
	report    func(*MappingError)
	maxDepth  int
	cutDepth  bool // at maxDepth only the @id is filled; else it is an error
	linkText  bool // strings take IRIs and blank nodes
	plans     *planCache
}

var (
	defaultConfig = &mapConfig{maxDepth: defaultDepth, plans: defaultPlans}
	assignConfig  = &mapConfig{maxDepth: defaultDepth, linkText: true, plans: defaultPlans}
)

// with returns c changed by opts; c itself when there are none.
func (c *mapConfig) with(opts []MapOption) *mapConfig {
	if len(opts) == 0 {
		return c
	}
	changed := *c
	for _, opt := range opts {
		if opt != nil {
			opt(&changed)
		}
	}
	return &changed
}

// ignored passes what was left out to the caller's report.
func (c *mapConfig) ignored(e *MappingError) {
	if c.report != nil {
		c.report(e)
	}
}

// WithNamespaces makes prefixes known in tags, beside those of
// [DefaultNamespaces], which it may redefine. The option holds the plans of
// the types it is used with: make it once and pass the same one each time.
func WithNamespaces(ns Namespaces) MapOption {
	all := DefaultNamespaces()
	maps.Copy(all, ns)
	plans := &planCache{ns: all}
	return func(c *mapConfig) { c.plans = plans }
}

// Strict makes an error of what is otherwise ignored: a property that no field
// maps (unless the struct has an `rdf:"*"` field), a resource that is not of
// the struct's class, a literal whose datatype does not fit the Go type (such
// as "5"^^xsd:string for an int).
func Strict() MapOption {
	return func(c *mapConfig) { c.mode = modeStrict }
}

// Lax leaves out what is otherwise an error: a value that does not fit its
// field, and values beyond the first where one is expected. Strings take IRIs.
// A missing required value stays an error. What was left out goes to [Report].
func Lax() MapOption {
	return func(c *mapConfig) { c.mode = modeLax }
}

// FirstWins takes the first of several values, in graph order, for fields that
// hold one; the tag option "first" does so for one field.
func FirstWins() MapOption {
	return func(c *mapConfig) { c.firstWins = true }
}

// LangPreference chooses between literals in several languages for text fields
// that hold one value and have no lang option of their own: the first
// preferred language that occurs, then untagged text, then any language.
// "nl" also stands for "nl-BE".
func LangPreference(tags ...string) MapOption {
	langs := make([]string, len(tags), len(tags)+1)
	for i, tag := range tags {
		langs[i] = strings.ToLower(tag)
	}
	langs = append(langs, "*")
	return func(c *mapConfig) { c.langs = langs }
}

// InZone is the time zone of dates and times that name none (the default is
// UTC). Times are returned in UTC all the same. Marshal uses it for the
// datatypes without zone: xsd:date, xsd:gYear, xsd:gYearMonth.
func InZone(loc *time.Location) MapOption {
	return func(c *mapConfig) { c.zone = loc }
}

// Report calls f for everything that was ignored, with the reason as Err:
// [ErrUnmapped], [ErrLanguage], [ErrMany], [ErrClass], [ErrCycle], [ErrDepth]
// or, under [Lax], [ErrValue]. Properties that no field maps are not reported
// where an `rdf:"*"` field keeps them.
func Report(f func(*MappingError)) MapOption {
	return func(c *mapConfig) { c.report = f }
}

// LinkDepth fills nested structs at most n links away from the subject; of
// those further away only the @id is filled (and [ErrDepth] reported).
// LinkDepth(0) leaves all links as references. A resource that is reached in
// several ways is filled as the first of them says. Without this option nesting
// deeper than 1,000 is an error.
func LinkDepth(n int) MapOption {
	return func(c *mapConfig) { c.maxDepth, c.cutDepth = max(n, 0), true }
}
