package archive

import (
	"time"

	"github.com/themis-go/themis/internal/description"
	"github.com/themis-go/themis/rdf"
)

// closure gathers the graph from which one decision is joined.
type closure struct {
	*materialiser
	g *rdf.Graph
}

// newsItem adds a news item and all it refers to, and returns when it was
// published: by the activity, or else as the item itself says.
func (c *closure) newsItem(key string, body []byte) (published time.Time, err error) {
	if err := description.AddTo(c.g, key, body); err != nil {
		return published, err
	}
	for line := range description.Lines(body) {
		target, ok := description.ObjectIRI(line)
		if !ok {
			continue
		}
		switch description.Predicate(line) {
		case nsProv + "wasDerivedFrom":
			published, err = c.agendaItem(target)
		case nsDCT + "subject":
			err = c.addShared(target)
		case nsProv + "qualifiedAssociation":
			err = c.mandatee(target)
		case hasAttachment:
			err = c.attachment(target)
		}
		if err != nil {
			return published, err
		}
	}
	if published.IsZero() {
		published = timeOf(body, nsDCT+"issued")
	}
	return published, nil
}

func (c *closure) add(iri string) ([]byte, error) {
	key := "<" + iri + ">"
	body, err := c.describe(key)
	if err != nil {
		return nil, err
	}
	return body, description.AddTo(c.g, key, body)
}

func (c *closure) addShared(iri string) error {
	key := "<" + iri + ">"
	body, err := c.shared(key)
	if err != nil {
		return err
	}
	return description.AddTo(c.g, key, body)
}

func (c *closure) agendaItem(iri string) (published time.Time, err error) {
	if _, err := c.add(iri); err != nil {
		return published, err
	}
	item, err := rdf.NewIRI(iri)
	if err != nil {
		return published, err
	}
	for _, way := range [...][2]string{{dctPart, agendaFor}, {provGenerated, provUsed}} {
		keys, err := c.pointing(way[0], iri)
		if err != nil {
			return published, err
		}
		for _, key := range keys {
			h, err := c.holder(key, way[1])
			if err != nil {
				return published, err
			}
			if h.started.After(published) {
				published = h.started
			}
			if err := c.hold(key, way, item, h.meeting); err != nil {
				return published, err
			}
		}
		if len(keys) > 0 {
			break // the activity is asked for only where there is no agenda
		}
	}
	return published, nil
}

// hold adds that an agenda or activity holds an item and belongs to a meeting.
// An agenda has as many triples as items, so it is not added as a whole.
func (c *closure) hold(key string, way [2]string, item rdf.IRI, meeting string) error {
	subject, err := description.Term(key)
	if err != nil || meeting == "" {
		return err
	}
	m, err := rdf.NewIRI(meeting)
	if err != nil {
		return err
	}
	c.g.Add(rdf.Triple{Subj: subject, Pred: rdf.MustIRI(way[0]), Obj: item})
	c.g.Add(rdf.Triple{Subj: subject, Pred: rdf.MustIRI(way[1]), Obj: m})
	return c.addShared(meeting)
}

func (c *closure) holder(key, toMeeting string) (holder, error) {
	if h, ok := c.materialiser.agenda[key]; ok {
		return h, nil
	}
	body, err := c.describe(key)
	if err != nil {
		return holder{}, err
	}
	h := holder{key: key, started: timeOf(body, provStarted)}
	for line := range description.Lines(body) {
		if h.meeting == "" && description.Predicate(line) == toMeeting {
			h.meeting, _ = description.ObjectIRI(line)
		}
	}
	if toMeeting == agendaFor && h.meeting != "" {
		if h.started, err = c.published(h.meeting); err != nil {
			return holder{}, err
		}
	}
	if len(c.materialiser.agenda) >= cacheLimit {
		clear(c.materialiser.agenda)
	}
	c.materialiser.agenda[key] = h
	return h, nil
}

// published returns when a meeting was last published.
func (c *closure) published(meeting string) (latest time.Time, err error) {
	activities, err := c.pointing(provUsed, meeting)
	if err != nil {
		return latest, err
	}
	for _, key := range activities {
		body, err := c.describe(key)
		if err != nil {
			return latest, err
		}
		if t := timeOf(body, provStarted); t.After(latest) {
			latest = t
		}
	}
	return latest, nil
}

func (c *closure) mandatee(iri string) error {
	if err := c.addShared(iri); err != nil {
		return err
	}
	mandatee, err := rdf.NewIRI(iri)
	if err != nil {
		return err
	}
	body, err := c.shared("<" + iri + ">")
	if err != nil {
		return err
	}
	for line := range description.Lines(body) {
		if description.Predicate(line) == "http://data.vlaanderen.be/ns/mandaat#isBestuurlijkeAliasVan" {
			if person, ok := description.ObjectIRI(line); ok {
				if err := c.addShared(person); err != nil {
					return err
				}
			}
		}
	}
	governments, ok := c.governments[iri]
	if !ok {
		if governments, err = c.pointing(hadMember, iri); err != nil {
			return err
		}
		if len(c.governments) >= cacheLimit {
			clear(c.governments)
		}
		c.governments[iri] = governments
	}
	for _, key := range governments {
		subject, err := description.Term(key)
		if err != nil {
			return err
		}
		c.g.Add(rdf.Triple{Subj: subject, Pred: rdf.MustIRI(hadMember), Obj: mandatee})
	}
	return nil
}

func (c *closure) attachment(iri string) error {
	body, err := c.add(iri)
	if err != nil {
		return err
	}
	for line := range description.Lines(body) {
		if description.Predicate(line) == nsProv+"value" {
			if file, ok := description.ObjectIRI(line); ok {
				if _, err := c.add(file); err != nil {
					return err
				}
			}
		}
	}
	series, err := c.pointing(inSeries, iri)
	if err != nil {
		return err
	}
	for _, key := range series {
		body, err := c.describe(key)
		if err != nil {
			return err
		}
		if err := description.AddTo(c.g, key, body); err != nil {
			return err
		}
		for line := range description.Lines(body) {
			if description.Predicate(line) == dctType {
				if t, ok := description.ObjectIRI(line); ok {
					if err := c.addShared(t); err != nil {
						return err
					}
				}
			}
		}
	}
	return nil
}

// timeOf returns the first value of a property that is an xsd:dateTime in its
// normal form; zero where there is none.
func timeOf(body []byte, predicate string) time.Time {
	for line := range description.Lines(body) {
		if description.Predicate(line) != predicate {
			continue
		}
		if t, err := time.Parse(time.RFC3339Nano, lexical(line)); err == nil {
			return t.UTC()
		}
	}
	return time.Time{}
}

// lexical returns what stands between the quotes of a line.
func lexical(line []byte) string {
	from, to := -1, -1
	for i, c := range line {
		if c == '"' {
			if from < 0 {
				from = i + 1
			} else {
				to = i
			}
		}
	}
	if from < 0 || to < from {
		return ""
	}
	return string(line[from:to])
}
