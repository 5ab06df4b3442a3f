package rdf

import (
	"io"
	"maps"
	"slices"
	"strings"
)

// turtleWriter writes triples as they come, leaving out a subject, or a
// subject and a predicate, that is the same as in the triple before.
type turtleWriter struct {
	prefixes    Namespaces
	byNamespace map[string]string // prefixes of namespaces that end in / or #
	others      Namespaces        // prefixes of those that do not
	begun       bool
	subj        Subject
	pred        Predicate
}

func newTurtleWriter(ns Namespaces) *turtleWriter {
	t := &turtleWriter{prefixes: make(Namespaces), byNamespace: make(map[string]string), others: make(Namespaces)}
	for _, prefix := range slices.Sorted(maps.Keys(ns)) {
		base := ns[prefix]
		if !validPrefix(prefix) || base == "" {
			continue
		}
		t.prefixes[prefix] = base
		if !strings.HasSuffix(base, "/") && !strings.HasSuffix(base, "#") {
			t.others[prefix] = base
		} else if _, ok := t.byNamespace[base]; !ok {
			t.byNamespace[base] = prefix
		}
	}
	return t
}

// validPrefix reports whether Turtle can declare this prefix (PN_PREFIX or
// nothing); ASCII is enough here.
func validPrefix(s string) bool {
	for i := range len(s) {
		inner := i > 0 && (s[i] == '.' && i < len(s)-1 || is(s[i], charName) && s[i] < 0x80)
		if !inner && !is(s[i], charAlpha) {
			return false
		}
	}
	return true
}

func (t *turtleWriter) append(dst []byte, triple Triple) []byte {
	switch {
	case !t.begun:
		t.begun = true
		for _, prefix := range slices.Sorted(maps.Keys(t.prefixes)) {
			dst = append(dst, "@prefix "...)
			dst = append(dst, prefix...)
			dst = append(dst, ": "...)
			dst = appendIRI(dst, t.prefixes[prefix])
			dst = append(dst, " .\n"...)
		}
		if len(t.prefixes) > 0 {
			dst = append(dst, '\n')
		}
		dst = t.term(dst, triple.Subj)
		dst = append(dst, ' ')
	case triple.Subj != t.subj:
		dst = append(dst, " .\n\n"...)
		dst = t.term(dst, triple.Subj)
		dst = append(dst, ' ')
	case triple.Pred != t.pred:
		dst = append(dst, " ;\n    "...)
	default:
		dst = append(dst, ", "...)
		return t.term(dst, triple.Obj)
	}
	t.subj, t.pred = triple.Subj, triple.Pred
	if triple.Pred == RDFType {
		dst = append(dst, 'a')
	} else {
		dst = t.term(dst, triple.Pred)
	}
	dst = append(dst, ' ')
	return t.term(dst, triple.Obj)
}

func (t *turtleWriter) end(dst []byte) []byte {
	if t.begun {
		dst = append(dst, " .\n"...)
	}
	return dst
}

func (t *turtleWriter) term(dst []byte, term Term) []byte {
	switch term := term.(type) {
	case IRI:
		return t.iri(dst, term)
	case Literal:
		return t.literal(dst, term)
	}
	return AppendTerm(dst, term)
}

func (t *turtleWriter) iri(dst []byte, iri IRI) []byte {
	s := iri.String()
	if prefix, local, ok := t.shorten(s); ok {
		dst = append(dst, prefix...)
		dst = append(dst, ':')
		return append(dst, local...)
	}
	return appendIRI(dst, s)
}

// shorten finds the prefixed name of an IRI, as [Namespaces.Shorten] does but
// by a look-up: a local name that needs no escapes holds neither / nor #, so a
// namespace that ends in one of them ends at the last of them.
func (t *turtleWriter) shorten(s string) (prefix, local string, ok bool) {
	cut := strings.LastIndexAny(s, "/#") + 1
	if len(t.others) > 0 {
		best := 0
		for p, base := range t.others {
			longer := len(base) > best || len(base) == best && p < prefix
			if longer && len(base) > cut && strings.HasPrefix(s, base) && plainLocal(s[len(base):]) {
				prefix, best = p, len(base)
			}
		}
		if best > 0 {
			return prefix, s[best:], true
		}
	}
	prefix, ok = t.byNamespace[s[:cut]]
	if !ok || !plainLocal(s[cut:]) {
		return "", "", false
	}
	return prefix, s[cut:], true
}

func (t *turtleWriter) literal(dst []byte, l Literal) []byte {
	lexical, tag := l.String(), l.Lang()
	if tag == "" && bareLiteral(lexical, l.DataType) {
		return append(dst, lexical...)
	}
	if strings.Contains(lexical, "\n") {
		dst = appendLongQuoted(dst, lexical)
	} else {
		dst = appendQuoted(dst, lexical)
	}
	if tag != "" {
		dst = append(dst, '@')
		return append(dst, tag...)
	}
	if dt := l.DataType; dt != XSDString && dt.String() != "" {
		dst = append(dst, "^^"...)
		dst = t.iri(dst, dt)
	}
	return dst
}

// appendLongQuoted appends """s""" with its line feeds raw: carriage returns
// are escaped, for they do not survive every editor.
func appendLongQuoted(dst []byte, s string) []byte {
	dst = append(dst, `"""`...)
	for {
		line, rest, more := strings.Cut(s, "\n")
		dst = appendEscaped(dst, line)
		if !more {
			return append(dst, `"""`...)
		}
		dst = append(dst, '\n')
		s = rest
	}
}

// bareLiteral reports whether Turtle reads this lexical form without quotes as
// a literal of this datatype (Turtle, 2.5.2 and 2.5.3).
func bareLiteral(s string, datatype IRI) bool {
	switch datatype {
	case XSDBoolean:
		return s == "true" || s == "false"
	case XSDInteger, XSDDecimal, XSDDouble:
		n, kind := numberLength([]byte(s))
		return n == len(s) && n > 0 && kind == datatype
	}
	return false
}

// numberLength returns how many bytes at the start of s are a number of
// Turtle, and its datatype.
func numberLength(s []byte) (int, IRI) {
	i := 0
	if len(s) > 0 && (s[0] == '+' || s[0] == '-') {
		i++
	}
	digits := func() int {
		start := i
		for i < len(s) && is(s[i], charDigit) {
			i++
		}
		return i - start
	}
	whole := digits()
	kind, end := XSDInteger, i
	if i+1 < len(s) && s[i] == '.' {
		i++
		if fraction := digits(); fraction > 0 {
			kind, end, whole = XSDDecimal, i, whole+fraction
		} else if whole == 0 || s[i]|0x20 != 'e' {
			i = end
		}
	}
	if whole == 0 {
		return 0, IRI{}
	}
	if i < len(s) && s[i]|0x20 == 'e' {
		i++
		if i < len(s) && (s[i] == '+' || s[i] == '-') {
			i++
		}
		if digits() > 0 {
			kind, end = XSDDouble, i
		}
	}
	return end, kind
}

// WriteGraph writes a graph as a whole document. In Turtle the triples of a
// subject stand together, and those of a predicate within them; subjects are
// in the order of their first triple, and only the prefixes that are used are
// declared.
func WriteGraph(w io.Writer, f Format, g *Graph, opts ...WriteOption) error {
	out := NewWriter(w, f, opts...)
	if out.turtle == nil {
		for t := range g.All() {
			if err := out.Write(t); err != nil {
				return err
			}
		}
		return out.Close()
	}
	out.turtle.prefixes = out.turtle.used(g)
	seen := make(map[Subject]bool)
	for first := range g.All() {
		if seen[first.Subj] {
			continue
		}
		seen[first.Subj] = true
		for _, t := range byPredicate(g, first.Subj) {
			if err := out.Write(t); err != nil {
				return err
			}
		}
	}
	return out.Close()
}

// byPredicate returns the triples of a subject, those of one predicate
// together: rdf:type first, the others in the order of their first triple.
func byPredicate(g *Graph, s Subject) []Triple {
	rank := map[Predicate]int{RDFType: -1}
	var list []Triple
	for t := range g.Match(s, nil, nil) {
		if _, ok := rank[t.Pred]; !ok {
			rank[t.Pred] = len(rank)
		}
		list = append(list, t)
	}
	slices.SortStableFunc(list, func(a, b Triple) int { return rank[a.Pred] - rank[b.Pred] })
	return list
}

// used returns the namespaces that abbreviate an IRI of the graph.
func (t *turtleWriter) used(g *Graph) Namespaces {
	used := make(Namespaces)
	note := func(term Term) {
		switch term := term.(type) {
		case IRI:
			if prefix, _, ok := t.shorten(term.String()); ok {
				used[prefix] = t.prefixes[prefix]
			}
		case Literal:
			if term.Lang() == "" && term.DataType != XSDString && !bareLiteral(term.String(), term.DataType) {
				if prefix, _, ok := t.shorten(term.DataType.String()); ok {
					used[prefix] = t.prefixes[prefix]
				}
			}
		}
	}
	for triple := range g.All() {
		note(triple.Subj)
		note(triple.Obj)
		if triple.Pred != rdfType {
			note(triple.Pred)
		}
	}
	return used
}
