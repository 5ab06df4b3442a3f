package harvest

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/themis-go/themis/internal/htmltext"
	"github.com/themis-go/themis/rdf"
)

// ErrNoNewsItem is the error of [Join] for a resource that is no news item.
var ErrNoNewsItem = errors.New("no news item")

var (
	hasPart      = rdf.MustIRI("http://purl.org/dc/terms/hasPart")
	generated    = rdf.MustIRI("http://www.w3.org/ns/prov#generated")
	partOfSeries = rdf.MustIRI("https://data.vlaanderen.be/ns/dossier#Collectie.bestaatUit")
	dctType      = rdf.MustIRI("http://purl.org/dc/terms/type")
	agendaFor    = rdf.MustIRI("https://data.vlaanderen.be/ns/besluitvorming#isAgendaVoor")
	provUsed     = rdf.MustIRI("http://www.w3.org/ns/prov#used")
	classStuk    = rdf.MustIRI("https://data.vlaanderen.be/ns/dossier#Stuk")
)

// Join returns the decision that a news item communicates, from a graph that
// holds the item and what it refers to. What the graph lacks stays zero: a
// decision without known meeting has no date. Of a property that ought to have
// one value and has more, the first in the graph is taken.
//
// Where several agendas hold the agenda item, the meeting is that of the first.
// An error is an [ErrNoNewsItem] or a *rdf.MappingError.
func Join(g *rdf.Graph, newsItem rdf.IRI) (Decision, error) {
	if !g.Has(rdf.Triple{Subj: newsItem, Pred: dctType, Obj: TypeNewsItem}) ||
		!g.Has(rdf.Triple{Subj: newsItem, Pred: rdf.RDFType, Obj: classStuk}) {
		return Decision{}, fmt.Errorf("harvest: <%v>: %w", newsItem, ErrNoNewsItem)
	}
	item, err := rdf.Decode[NewsItem](g, newsItem, rdf.FirstWins())
	if err != nil {
		return Decision{}, err
	}
	d := Decision{
		URI: item.URI, UUID: item.UUID, Title: item.Title, Subtitle: item.Subtitle,
		HTML: strings.Join(item.HTML, "\n"), Issued: item.Issued, Positions: item.Positions,
	}
	slices.Sort(d.Positions)
	if d.Text = htmltext.Text(d.HTML); d.Text == "" {
		d.Text = strings.TrimSpace(strings.Join(item.Text, "\n"))
	}
	j := joiner{g: g}
	j.agendaItem(&d, item.AgendaItem)
	j.ministers(&d, item.Mandatees)
	j.themes(&d, item.Themes)
	j.documents(&d, item.Attachments)
	return d, j.err
}

// JoinAll yields the decisions of all news items in a graph, in graph order. An
// error concerns one item, and the loop may go on to the next.
func JoinAll(g *rdf.Graph) func(yield func(Decision, error) bool) {
	return func(yield func(Decision, error) bool) {
		for s := range g.Subjects(dctType, TypeNewsItem) {
			uri, ok := s.(rdf.IRI)
			if !ok || !g.Has(rdf.Triple{Subj: uri, Pred: rdf.RDFType, Obj: classStuk}) {
				continue
			}
			if !yield(Join(g, uri)) {
				return
			}
		}
	}
}

// joiner remembers the first error.
type joiner struct {
	g   *rdf.Graph
	err error
}

// known tells whether the graph says anything of a resource.
func (j *joiner) known(iri rdf.IRI) bool {
	if iri == (rdf.IRI{}) {
		return false
	}
	for range j.g.Match(iri, nil, nil) {
		return true
	}
	return false
}

func decode[T any](j *joiner, iri rdf.IRI) (v T, ok bool) {
	if j.err != nil || !j.known(iri) {
		return v, false
	}
	v, err := rdf.Decode[T](j.g, iri, rdf.FirstWins())
	if err != nil {
		j.err = err
		return v, false
	}
	return v, true
}

func (j *joiner) agendaItem(d *Decision, uri rdf.IRI) {
	d.AgendaItem.URI = uri
	if a, ok := decode[AgendaItem](j, uri); ok {
		d.AgendaItem = AgendaItemRef{URI: a.URI, Title: a.Title, ShortTitle: a.ShortTitle}
		if len(a.Positions) > 0 {
			d.AgendaItem.Position = slices.Min(a.Positions)
		}
		d.Kind = KindOf(a.Type)
	}
	d.Meeting.URI = j.meetingOf(uri)
	if m, ok := decode[Meeting](j, d.Meeting.URI); ok {
		d.Meeting = MeetingRef{URI: m.URI, Start: m.Start, Type: m.Type, Identifier: m.Identifier}
	}
}

// meetingOf goes from an agenda item by its agenda, or else by the activity
// that published it.
func (j *joiner) meetingOf(item rdf.IRI) rdf.IRI {
	if item == (rdf.IRI{}) {
		return item
	}
	for _, way := range [...][2]rdf.IRI{{hasPart, agendaFor}, {generated, provUsed}} {
		for holder := range j.g.Subjects(way[0], item) {
			if m, ok := j.g.Object(holder, way[1]).(rdf.IRI); ok {
				return m
			}
		}
	}
	return rdf.IRI{}
}

func (j *joiner) ministers(d *Decision, mandatees []rdf.IRI) {
	governments := make(map[rdf.IRI]rdf.IRI)
	for _, uri := range mandatees {
		m, ok := decode[Mandatee](j, uri)
		if !ok {
			d.Ministers = append(d.Ministers, Minister{Mandatee: uri})
			continue
		}
		minister := Minister{Mandatee: uri, Person: m.Person, Title: m.Title, Rank: m.Rank}
		if p, ok := decode[Person](j, m.Person); ok {
			minister.GivenName, minister.FamilyName = p.GivenName, p.FamilyName
		}
		d.Ministers = append(d.Ministers, minister)
		if len(m.Governments) > 0 {
			governments[uri] = m.Governments[0]
		}
	}
	slices.SortFunc(d.Ministers, func(a, b Minister) int {
		return cmp.Or(cmp.Compare(rankOrLast(a), rankOrLast(b)), strings.Compare(a.FamilyName, b.FamilyName),
			strings.Compare(a.GivenName, b.GivenName), strings.Compare(a.Mandatee.String(), b.Mandatee.String()))
	})
	if len(d.Ministers) > 0 {
		d.Government = governments[d.Ministers[0].Mandatee]
	}
}

func rankOrLast(m Minister) int {
	if m.Rank <= 0 {
		return int(^uint(0) >> 1)
	}
	return m.Rank
}

func (j *joiner) themes(d *Decision, themes []rdf.IRI) {
	for _, uri := range themes {
		ref := ThemeRef{URI: uri}
		if c, ok := decode[Concept](j, uri); ok {
			ref.Label, ref.Deprecated = c.Label(), c.Deprecated
		}
		d.Themes = append(d.Themes, ref)
	}
	slices.SortFunc(d.Themes, func(a, b ThemeRef) int {
		return cmp.Or(strings.Compare(a.Label, b.Label), strings.Compare(a.URI.String(), b.URI.String()))
	})
}

func (j *joiner) documents(d *Decision, attachments []rdf.IRI) {
	for _, uri := range attachments {
		doc := Document{URI: uri}
		if a, ok := decode[Attachment](j, uri); ok {
			doc.Title, doc.Issued = a.Title, a.Issued
			for _, f := range a.Files {
				doc.Files = append(doc.Files, j.file(f))
			}
			slices.SortFunc(doc.Files, func(a, b File) int {
				return cmp.Or(strings.Compare(a.Name, b.Name), strings.Compare(a.URI.String(), b.URI.String()))
			})
		}
		for series := range j.g.Subjects(partOfSeries, uri) {
			if t, ok := j.g.Object(series, dctType).(rdf.IRI); ok {
				doc.Type = t
				if c, ok := decode[Concept](j, t); ok {
					doc.TypeLabel = c.Label()
				}
				break
			}
		}
		d.Documents = append(d.Documents, doc)
	}
	slices.SortFunc(d.Documents, func(a, b Document) int {
		return cmp.Or(strings.Compare(a.Title, b.Title), strings.Compare(a.URI.String(), b.URI.String()))
	})
}

func (j *joiner) file(uri rdf.IRI) File {
	f := File{URI: uri}
	if o, ok := decode[FileObject](j, uri); ok {
		f.Name, f.Size, f.Format = o.Name, o.Size, o.Format
		f.Extension = cmp.Or(o.Extension, o.CatalogueExtension)
	}
	return f
}
