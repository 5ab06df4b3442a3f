package rdf

import (
	"fmt"
	"strings"
)

// Namespaces maps a prefix (without colon) to its namespace IRI.
type Namespaces map[string]string

// DefaultNamespaces returns the prefixes of the Themis model and of the
// vocabularies it uses (OSLO, DCAT, SKOS, PROV, …). The map is the caller's own.
func DefaultNamespaces() Namespaces {
	return Namespaces{
		"besluit":         "http://data.vlaanderen.be/ns/besluit#",
		"besluitvorming":  "https://data.vlaanderen.be/ns/besluitvorming#",
		"dbpedia":         "http://dbpedia.org/ontology/",
		"dbpediaresource": "http://dbpedia.org/resource/",
		"dcat":            "http://www.w3.org/ns/dcat#",
		"dct":             "http://purl.org/dc/terms/",
		"dossier":         "https://data.vlaanderen.be/ns/dossier#",
		"foaf":            "http://xmlns.com/foaf/0.1/",
		"generiek":        "https://data.vlaanderen.be/ns/generiek#",
		"mandaat":         "http://data.vlaanderen.be/ns/mandaat#",
		"mu":              "http://mu.semte.ch/vocabularies/core/",
		"nfo":             "http://www.semanticdesktop.org/ontologies/2007/03/22/nfo#",
		"nie":             "http://www.semanticdesktop.org/ontologies/2007/01/19/nie#",
		"org":             "http://www.w3.org/ns/org#",
		"owl":             "http://www.w3.org/2002/07/owl#",
		"person":          "http://www.w3.org/ns/person#",
		"persoon":         "https://data.vlaanderen.be/ns/persoon#",
		"prov":            "http://www.w3.org/ns/prov#",
		"rdf":             "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
		"rdfs":            "http://www.w3.org/2000/01/rdf-schema#",
		"schema":          "http://schema.org/",
		"skos":            "http://www.w3.org/2004/02/skos/core#",
		"themis":          "http://themis.vlaanderen.be/vocabularies/besluitvorming/",
		"xsd":             "http://www.w3.org/2001/XMLSchema#",
	}
}

// Expand returns the IRI that a prefixed name such as "dct:title" stands for.
// The local name may hold dots ("besluit:Agendapunt.type"). An IRI between
// angle brackets is returned as it is.
func (ns Namespaces) Expand(name string) (IRI, error) {
	if s, ok := strings.CutPrefix(name, "<"); ok {
		s, ok = strings.CutSuffix(s, ">")
		if !ok {
			return IRI{}, fmt.Errorf("rdf: %q: the closing > is missing", name)
		}
		return NewIRI(s)
	}
	if name == "a" {
		return RDFType, nil
	}
	prefix, local, ok := strings.Cut(name, ":")
	if !ok {
		return IRI{}, fmt.Errorf("rdf: %q is no prefixed name: want prefix:local", name)
	}
	base, ok := ns[prefix]
	if !ok {
		return IRI{}, fmt.Errorf("rdf: %q: the prefix %q is not declared", name, prefix)
	}
	return NewIRI(base + local)
}

// Shorten returns iri as a prefixed name where one of the namespaces is its
// beginning (the longest one), and between angle brackets otherwise.
func (ns Namespaces) Shorten(iri IRI) string {
	s := iri.String()
	best, bestPrefix := "", ""
	for prefix, base := range ns {
		if strings.HasPrefix(s, base) && (len(base) > len(best) || len(base) == len(best) && prefix < bestPrefix) {
			best, bestPrefix = base, prefix
		}
	}
	if best == "" || !plainLocal(s[len(best):]) {
		return "<" + s + ">"
	}
	return bestPrefix + ":" + s[len(best):]
}

// plainLocal reports whether s can stand as a local name without escapes.
func plainLocal(s string) bool {
	for i, r := range s {
		letter := r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '_'
		inner := i > 0 && (r == '-' || r == '.' && i < len(s)-1)
		if !letter && !inner {
			return false
		}
	}
	return true
}

// The IRIs that this package itself gives a meaning to.
var (
	RDFType       = MustIRI("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
	RDFLangString = MustIRI("http://www.w3.org/1999/02/22-rdf-syntax-ns#langString")
	RDFFirst      = MustIRI("http://www.w3.org/1999/02/22-rdf-syntax-ns#first")
	RDFRest       = MustIRI("http://www.w3.org/1999/02/22-rdf-syntax-ns#rest")
	RDFNil        = MustIRI("http://www.w3.org/1999/02/22-rdf-syntax-ns#nil")

	XSDString   = MustIRI("http://www.w3.org/2001/XMLSchema#string")
	XSDBoolean  = MustIRI("http://www.w3.org/2001/XMLSchema#boolean")
	XSDInteger  = MustIRI("http://www.w3.org/2001/XMLSchema#integer")
	XSDDecimal  = MustIRI("http://www.w3.org/2001/XMLSchema#decimal")
	XSDDouble   = MustIRI("http://www.w3.org/2001/XMLSchema#double")
	XSDDateTime = MustIRI("http://www.w3.org/2001/XMLSchema#dateTime")
	XSDDate     = MustIRI("http://www.w3.org/2001/XMLSchema#date")
)
