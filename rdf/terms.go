package rdf

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	krdf "github.com/knakk/rdf"
)

// The terms are those of github.com/knakk/rdf, so that values pass freely
// between both libraries.
type (
	// Term is an RDF term: an [IRI], a [Blank] node or a [Literal].
	Term = krdf.Term
	// IRI is an absolute or relative IRI reference (RDF 1.1 Concepts, 3.2).
	IRI = krdf.IRI
	// Blank is a blank node; its label is scoped to the document it was read from.
	Blank = krdf.Blank
	// Literal is a lexical form with a datatype and, for rdf:langString, a language tag.
	Literal = krdf.Literal
	// Subject is a term that may stand as subject: IRI or blank node.
	Subject = krdf.Subject
	// Predicate is a term that may stand as predicate: IRI.
	Predicate = krdf.Predicate
	// Object is a term that may stand as object: any term.
	Object = krdf.Object
	// Context names the graph of a quad: IRI or blank node.
	Context = krdf.Context
	// Triple is a subject, a predicate and an object.
	Triple = krdf.Triple
	// Quad is a triple and the graph that holds it; a nil Ctx is the default graph.
	Quad = krdf.Quad
)

// NewIRI returns s as an IRI. It is an error when s is empty or holds a
// character that RFC 3987 and SPARQL's IRIREF forbid: [\x00-\x20<>"{}|^`\].
func NewIRI(s string) (IRI, error) {
	iri, err := krdf.NewIRI(s)
	if err != nil {
		return IRI{}, fmt.Errorf("rdf: IRI %q: %w", s, err)
	}
	return iri, nil
}

// MustIRI is [NewIRI] for constants of a program: it panics on an invalid IRI.
func MustIRI(s string) IRI {
	iri, err := NewIRI(s)
	if err != nil {
		panic(err)
	}
	return iri
}

// NewBlank returns the blank node with this label, without the leading "_:".
func NewBlank(label string) (Blank, error) { return krdf.NewBlank(label) }

// NewString returns s as an xsd:string, the datatype of a plain literal in RDF 1.1.
func NewString(s string) Literal { return krdf.NewTypedLiteral(s, XSDString) }

// NewTyped returns the literal with this lexical form and datatype. The form
// is kept as it is, valid for the datatype or not.
func NewTyped(lexical string, datatype IRI) Literal {
	return krdf.NewTypedLiteral(lexical, datatype)
}

// NewLang returns s tagged with a language (BCP 47 shape: letters, then
// groups of letters and digits separated by hyphens). The tag is kept as given.
func NewLang(s, tag string) (Literal, error) {
	if !validLang(tag) {
		return Literal{}, fmt.Errorf("rdf: language tag %q: want the form nl or nl-BE", tag)
	}
	if strings.Count(tag, "-") <= 1 {
		return krdf.NewLangLiteral(s, tag)
	}
	// knakk's constructor refuses tags of three parts, its decoder takes them.
	return decodeLang(s, tag)
}

// decodeLang builds a tagged literal by way of knakk's N-Triples decoder.
func decodeLang(s, tag string) (Literal, error) {
	doc := `<a:s> <a:p> ` + escapeASCII(s) + "@" + tag + " .\n"
	dec := krdf.NewTripleDecoder(strings.NewReader(doc), krdf.NTriples)
	ts, err := dec.DecodeAll()
	if err != nil || len(ts) != 1 {
		return Literal{}, fmt.Errorf("rdf: language tag %q: %w", tag, err)
	}
	l, ok := ts[0].Obj.(Literal)
	if !ok {
		return Literal{}, fmt.Errorf("rdf: language tag %q is not accepted", tag)
	}
	return l, nil
}

// escapeASCII writes s as a quoted N-Triples string of printable ASCII.
func escapeASCII(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r >= 0x20 && r < 0x7f:
			b.WriteRune(r)
		case r <= 0xffff:
			fmt.Fprintf(&b, `\u%04X`, r)
		default:
			fmt.Fprintf(&b, `\U%08X`, r)
		}
	}
	b.WriteByte('"')
	return b.String()
}

func validLang(tag string) bool {
	for i, part := range strings.Split(tag, "-") {
		if part == "" {
			return false
		}
		for _, r := range part {
			letter := r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
			if !letter && (i == 0 || r < '0' || r > '9') {
				return false
			}
		}
	}
	return true
}

// NewInteger returns n as an xsd:integer.
func NewInteger(n int64) Literal {
	return krdf.NewTypedLiteral(strconv.FormatInt(n, 10), XSDInteger)
}

// NewBoolean returns b as an xsd:boolean.
func NewBoolean(b bool) Literal {
	return krdf.NewTypedLiteral(strconv.FormatBool(b), XSDBoolean)
}

// NewDouble returns f as an xsd:double.
func NewDouble(f float64) Literal {
	return krdf.NewTypedLiteral(formatFloat(f, 64), XSDDouble)
}

// formatFloat returns f in the canonical form of xsd:double (bits 64) or xsd:float (32).
func formatFloat(f float64, bits int) string {
	switch s := strconv.FormatFloat(f, 'E', -1, bits); s {
	case "+Inf", "-Inf":
		return strings.TrimPrefix(strings.ToUpper(s), "+")
	case "NaN":
		return s
	default:
		mantissa, exponent, _ := strings.Cut(s, "E")
		if !strings.Contains(mantissa, ".") {
			mantissa += ".0"
		}
		e, _ := strconv.Atoi(exponent)
		return mantissa + "E" + strconv.Itoa(e)
	}
}

// NewDateTime returns the instant t as an xsd:dateTime in UTC, with as many
// fractional digits as it has.
func NewDateTime(t time.Time) Literal {
	return krdf.NewTypedLiteral(t.UTC().Format("2006-01-02T15:04:05.999999999Z"), XSDDateTime)
}

// plain returns l without the boxed Go value that knakk's NewLiteral adds, so
// that equal literals are equal with == and as map keys.
func plain(l Literal) Literal {
	if l.Lang() != "" {
		return l
	}
	if l.DataType.String() == "" {
		return krdf.NewTypedLiteral(l.String(), XSDString)
	}
	return krdf.NewTypedLiteral(l.String(), l.DataType)
}

// Comparable returns t in the form in which this package compares terms: the
// same term, and for a literal made by knakk's NewLiteral the same literal
// without its boxed Go value. Terms made by this package have this form.
func Comparable(t Term) Term {
	if l, ok := t.(Literal); ok {
		return plain(l)
	}
	return t
}

// TermsEqual reports whether a and b are the same RDF term (RDF 1.1 Concepts,
// 3.3: same lexical form, datatype and language tag, the tag in any case).
func TermsEqual(a, b Term) bool {
	if a == nil || b == nil {
		return a == nil && b == nil
	}
	la, oka := a.(Literal)
	lb, okb := b.(Literal)
	if oka && okb {
		return la.String() == lb.String() && strings.EqualFold(la.Lang(), lb.Lang()) &&
			plain(la).DataType == plain(lb).DataType
	}
	return oka == okb && a == b
}
