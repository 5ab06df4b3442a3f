package harvest

import (
	"time"

	"github.com/themis-go/themis/rdf"
)

// Concept is an entry of a code list (skos:Concept): a theme, a policy field, a
// type of document, meeting or agenda item.
type Concept struct {
	_    struct{} `rdf:"@type,skos:Concept"`
	URI  rdf.IRI  `rdf:"@id"`
	UUID string   `rdf:"mu:uuid"`
	// Labels by language tag in lower case, "" for those without.
	Labels     map[string]string   `rdf:"skos:prefLabel,first"`
	AltLabels  map[string][]string `rdf:"skos:altLabel"`
	Definition string              `rdf:"skos:definition,lang=nl|*,first"`
	Schemes    []rdf.IRI           `rdf:"skos:inScheme"`
	TopOf      []rdf.IRI           `rdf:"skos:topConceptOf"`
	Broader    []rdf.IRI           `rdf:"skos:broader"`
	Narrower   []rdf.IRI           `rdf:"skos:narrower"`
	Position   []int               `rdf:"schema:position"`
	// Deprecated entries stay in use by older decisions.
	Deprecated bool `rdf:"owl:deprecated,first"`
	// Valid and Invalid bound the time in which the entry is in use; zero where
	// the list does not say.
	Valid   time.Time      `rdf:"prov:generatedAtTime"`
	Invalid time.Time      `rdf:"prov:invalidatedAtTime"`
	Rest    rdf.Properties `rdf:"*"`
}

// Label is the Dutch label, else the one without language, else any.
func (c Concept) Label() string { return label(c.Labels) }

// ConceptScheme is a code list (skos:ConceptScheme).
type ConceptScheme struct {
	_      struct{}          `rdf:"@type,skos:ConceptScheme"`
	URI    rdf.IRI           `rdf:"@id"`
	UUID   string            `rdf:"mu:uuid"`
	Labels map[string]string `rdf:"skos:prefLabel,first"`
	Rest   rdf.Properties    `rdf:"*"`
}

// Label is the Dutch label, else the one without language, else any.
func (s ConceptScheme) Label() string { return label(s.Labels) }

func label(labels map[string]string) string {
	for _, tag := range []string{"nl", "nl-be", ""} {
		if l := labels[tag]; l != "" {
			return l
		}
	}
	least := ""
	for tag, l := range labels {
		if l != "" && (least == "" || tag < least) {
			least = tag
		}
	}
	return labels[least]
}
