package rdf

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// maxEntities bounds the text of all entities that a document declares, each
// with those within it replaced.
const maxEntities = 1 << 20

// doctype takes over the general entities that the internal subset of a
// document type declaration declares; OWL files abbreviate namespaces so.
// External entities are not read: a reference to one is an error.
func (x *xmlReader) doctype(s string) error {
	_, s, ok := strings.Cut(s, "[")
	if !ok || !strings.Contains(s, "<!ENTITY") {
		return nil
	}
	x.dec.Entity = make(map[string]string)
	total := 0
	for {
		if _, s, ok = strings.Cut(s, "<!ENTITY"); !ok {
			return nil
		}
		name, rest, _ := strings.Cut(strings.TrimLeft(s, " \t\r\n"), " ")
		rest = strings.TrimLeft(rest, " \t\r\n")
		if name == "%" || rest == "" || rest[0] != '"' && rest[0] != '\'' {
			continue // a parameter entity or an external one
		}
		value, after, ok := strings.Cut(rest[1:], rest[:1])
		if !ok {
			return x.fail("the value of the entity %s has no end", name)
		}
		s = after
		if _, ok := x.dec.Entity[name]; ok {
			continue // the first declaration holds (XML 1.0, 4.2)
		}
		text, err := x.entityText(value)
		if err != nil {
			return err
		}
		if total += len(text); total > maxEntities {
			return x.fail("the entities have more than %d bytes of text", maxEntities)
		}
		x.dec.Entity[name] = text
	}
}

// entityText replaces the references in the value of an entity.
func (x *xmlReader) entityText(value string) (string, error) {
	var b strings.Builder
	for {
		before, rest, ok := strings.Cut(value, "&")
		b.WriteString(before)
		if !ok {
			return b.String(), nil
		}
		name, after, ok := strings.Cut(rest, ";")
		if !ok {
			return "", x.fail("a & without its ; in the value of an entity")
		}
		text, ok := x.reference(name)
		if !ok {
			return "", x.fail("the entity %s is not declared", name)
		}
		if b.WriteString(text); b.Len() > maxEntities {
			return "", x.fail("the entities have more than %d bytes of text", maxEntities)
		}
		value = after
	}
}

func (x *xmlReader) reference(name string) (string, bool) {
	switch name {
	case "amp":
		return "&", true
	case "lt":
		return "<", true
	case "gt":
		return ">", true
	case "quot":
		return `"`, true
	case "apos":
		return "'", true
	}
	if digits, ok := strings.CutPrefix(name, "#"); ok {
		var r rune
		layout := "%d"
		if hex, ok := strings.CutPrefix(digits, "x"); ok {
			layout, digits = "%x", hex
		}
		if _, err := fmt.Sscanf(digits, layout, &r); err != nil || !utf8.ValidRune(r) || r == 0 {
			return "", false
		}
		return string(r), true
	}
	text, ok := x.dec.Entity[name]
	return text, ok
}
