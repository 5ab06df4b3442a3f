package rdf

import (
	"fmt"
	"strings"
)

// fieldTag is a parsed rdf tag.
type fieldTag struct {
	name     string // what stands first: "@id", "*", "dct:title", …; without ^
	inverse  bool
	langs    []string // lower case; "*" is any
	required bool
	first    bool
	iri      bool
	datatype string
	value    string   // of value=
	args     []string // what follows @type and @prefix
}

// parseTag reads a tag; see [Unmarshal] for its syntax.
func parseTag(text string) (fieldTag, error) {
	parts := splitTag(text)
	tag := fieldTag{name: strings.TrimSpace(parts[0])}
	if name, ok := strings.CutPrefix(tag.name, "^"); ok {
		tag.name, tag.inverse = name, true
	}
	if tag.name == "" {
		return tag, fmt.Errorf(`the tag begins with no property; want prefix:name, <IRI>, @id, @type or *`)
	}
	for _, part := range parts[1:] {
		part = strings.TrimSpace(part)
		key, value, hasValue := strings.Cut(part, "=")
		if tag.name == "@prefix" || tag.name == "@type" && (!hasValue || strings.HasPrefix(part, "<")) && part != "required" && part != "first" && part != "iri" {
			tag.args = append(tag.args, part)
			continue
		}
		switch {
		case hasValue && value == "":
			return tag, fmt.Errorf("the option %q has no value", part)
		case key == "lang" && hasValue:
			for lang := range strings.SplitSeq(value, "|") {
				if lang != "*" && !validLang(lang) {
					return tag, fmt.Errorf("%q is no language tag; want the form nl or nl-BE, several separated by |, * for any", lang)
				}
				tag.langs = append(tag.langs, strings.ToLower(lang))
			}
		case key == "type" && hasValue:
			tag.datatype = value
		case key == "value" && hasValue:
			tag.value = value
		case part == "required":
			tag.required = true
		case part == "first":
			tag.first = true
		case part == "iri":
			tag.iri = true
		default:
			return tag, fmt.Errorf("unknown option %q; want lang=…, required, first, iri, type=… or value=…", part)
		}
	}
	return tag, nil
}

// plain reports whether the tag is a name without options.
func (t fieldTag) plain() bool {
	return !t.inverse && len(t.langs) == 0 && !t.required && !t.first && !t.iri && t.datatype == ""
}

// splitTag splits at the commas that are not within an IRI.
func splitTag(text string) []string {
	var parts []string
	start, inside := 0, false
	for i := range len(text) {
		switch text[i] {
		case '<':
			inside = true
		case '>':
			inside = false
		case ',':
			if !inside {
				parts = append(parts, text[start:i])
				start = i + 1
			}
		}
	}
	return append(parts, text[start:])
}

// noLang is the tier of a text in a language that is not asked for.
const noLang = int(^uint(0) >> 1)

// langTier ranks a term for a field that asks for languages, lower is better:
// for each wanted language first the exact tag, then longer tags that begin
// with it ("nl-be" for "nl"), then, after all languages, untagged text and
// other terms, then where "*" is asked for any language. Tags are compared
// without regard to case; langs are in lower case.
func langTier(langs []string, t Term) int {
	l, ok := t.(Literal)
	if !ok || l.Lang() == "" {
		return 2 * len(langs)
	}
	tag := l.Lang()
	for i, want := range langs {
		switch {
		case want == "*":
			return 2*len(langs) + 1
		case strings.EqualFold(tag, want):
			return 2 * i
		case len(tag) > len(want) && tag[len(want)] == '-' && strings.EqualFold(tag[:len(want)], want):
			return 2*i + 1
		}
	}
	return noLang
}
