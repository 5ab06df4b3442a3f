package rdf

import (
	"encoding/xml"
	"slices"
	"strings"
)

// xmlLiteral reads the content of an element up to its end tag as the lexical
// form of an rdf:XMLLiteral: exclusive XML canonicalization with comments
// (https://www.w3.org/TR/xml-exc-c14n/), so that a namespace is declared where
// it is used, not where the document happened to.
func (p *rdfxmlParser) xmlLiteral() (string, error) {
	var b strings.Builder
	var rendered []xmlBinding // the declarations written, the nearest last
	type level struct {
		name     string
		rendered int
	}
	var open []level
	for {
		token, err := p.next()
		if err != nil {
			return "", err
		}
		switch t := token.(type) {
		case *xmlElement:
			open = append(open, level{qualified(t.xmlName), len(rendered)})
			rendered = appendStartTag(&b, t, rendered)
		case xmlEnd:
			if len(open) == 0 {
				return b.String(), nil
			}
			last := open[len(open)-1]
			open, rendered = open[:len(open)-1], rendered[:last.rendered]
			b.WriteString("</" + last.name + ">")
		case xml.CharData:
			_, _ = canonicalText.WriteString(&b, string(t)) // a Builder does not fail
		case xml.Comment:
			b.WriteString("<!--" + string(t) + "-->")
		case xml.ProcInst:
			b.WriteString("<?" + t.Target)
			if len(t.Inst) > 0 {
				b.WriteString(" " + string(t.Inst))
			}
			b.WriteString("?>")
		}
		if b.Len() > p.cfg.maxToken {
			return "", p.tooLong()
		}
	}
}

var (
	canonicalText      = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", "\r", "&#xD;")
	canonicalAttribute = strings.NewReplacer("&", "&amp;", "<", "&lt;", `"`, "&quot;",
		"\t", "&#x9;", "\n", "&#xA;", "\r", "&#xD;")
)

func qualified(n xmlName) string {
	if n.prefix == "" {
		return n.local
	}
	return n.prefix + ":" + n.local
}

// appendStartTag writes a start tag with the namespaces that it uses and that
// are not yet written as such, and returns those written now.
func appendStartTag(b *strings.Builder, e *xmlElement, rendered []xmlBinding) []xmlBinding {
	b.WriteString("<" + qualified(e.xmlName))
	used := []xmlBinding{{e.prefix, e.space}}
	for _, a := range e.attrs {
		if a.prefix != "" {
			used = append(used, xmlBinding{a.prefix, a.space})
		}
	}
	slices.SortFunc(used, func(a, b xmlBinding) int { return strings.Compare(a.prefix, b.prefix) })
	for _, u := range slices.Compact(used) {
		if written, _ := lookUp(rendered, u.prefix); written == u.uri || u.prefix == "xml" {
			continue
		}
		rendered = append(rendered, u)
		b.WriteString(" xmlns")
		if u.prefix != "" {
			b.WriteString(":" + u.prefix)
		}
		b.WriteString(`="` + canonicalAttribute.Replace(u.uri) + `"`)
	}
	attrs := slices.Clone(e.attrs)
	slices.SortFunc(attrs, func(a, b xmlAttr) int {
		if c := strings.Compare(a.space, b.space); c != 0 {
			return c
		}
		return strings.Compare(a.local, b.local)
	})
	for _, a := range attrs {
		b.WriteString(" " + qualified(a.xmlName) + `="` + canonicalAttribute.Replace(a.value) + `"`)
	}
	b.WriteString(">")
	return rendered
}
