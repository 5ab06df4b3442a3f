package archive

import (
	"context"
	"slices"

	"github.com/themis-go/themis/internal/description"
	"github.com/themis-go/themis/rdf"
)

const (
	provDerived   = nsProv + "wasDerivedFrom"
	provValue     = nsProv + "value"
	dcatDistrib   = "http://www.w3.org/ns/dcat#distribution"
	inDossier     = "https://data.vlaanderen.be/ns/dossier#Dossier.bestaatUit"
	nieDataSource = "http://www.semanticdesktop.org/ontologies/2007/01/19/nie#dataSource"
)

// step is a way from one resource of a publication to another: along a
// predicate, or against it.
type step struct {
	predicate string
	inverse   bool
	then      []step
}

var (
	physicalFile = []step{{predicate: nieDataSource, inverse: true}}
	document     = []step{
		{predicate: inSeries, inverse: true},
		{predicate: inDossier, inverse: true},
		{predicate: provValue, then: physicalFile},
	}
	newsItem = []step{{predicate: hasAttachment, then: document}}
	// publication leads from a meeting to all that was published of it.
	publication = []step{
		{predicate: provUsed, inverse: true, then: []step{{predicate: provGenerated}}},
		{predicate: agendaFor, inverse: true, then: []step{
			{predicate: dctPart, then: []step{{predicate: provDerived, inverse: true, then: newsItem}}},
		}},
		{predicate: dctSubject, inverse: true, then: []step{
			{predicate: dcatDistrib, then: []step{{predicate: dctSubject, then: physicalFile}}},
		}},
	}
)

// Members returns the keys of what was published of a meeting.
func (s *session) Members(ctx context.Context, meeting rdf.IRI) ([]string, error) {
	keys, err := members(ctx, s.a.read, meeting.String())
	return keys, s.a.fail("look up what was published of "+meeting.String(), err)
}

func members(ctx context.Context, q querier, meeting string) ([]string, error) {
	w := &walk{ctx: ctx, q: q, found: make(map[string]bool)}
	if err := w.follow(meeting, publication); err != nil {
		return nil, err
	}
	keys := make([]string, 0, len(w.found))
	for k := range w.found {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys, nil
}

type walk struct {
	ctx   context.Context
	q     querier
	found map[string]bool
}

// follow notes a resource, where the archive has it, and goes on from there.
func (w *walk) follow(iri string, steps []step) error {
	key := "<" + iri + ">"
	d, err := describe(w.ctx, w.q, key)
	if err != nil {
		return err
	}
	if d.Triples > 0 {
		w.found[key] = true
	}
	for _, s := range steps {
		next, err := w.next(iri, d.Body, s)
		if err != nil {
			return err
		}
		for _, n := range next {
			if err := w.follow(n, s.then); err != nil {
				return err
			}
		}
	}
	return nil
}

func (w *walk) next(iri string, body []byte, s step) ([]string, error) {
	if s.inverse {
		keys, err := pointing(w.ctx, w.q, s.predicate, iri)
		for i, k := range keys {
			keys[i] = trimKey(k)
		}
		return keys, err
	}
	var out []string
	for line := range description.Lines(body) {
		if description.Predicate(line) == s.predicate {
			if o, ok := description.ObjectIRI(line); ok {
				out = append(out, o)
			}
		}
	}
	return out, nil
}

// trimKey returns the IRI of a key.
func trimKey(key string) string {
	if len(key) > 1 && key[0] == '<' {
		return key[1 : len(key)-1]
	}
	return key
}
