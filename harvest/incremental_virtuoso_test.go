package harvest_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/themis-go/themis/harvest"
	"github.com/themis-go/themis/harvest/archive"
	"github.com/themis-go/themis/internal/virtuosotest"
	"github.com/themis-go/themis/rdf"
	"github.com/themis-go/themis/rdf/sparql"
)

const (
	base    = "http://themis.vlaanderen.be/id/"
	meeting = base + "vergaderactiviteit/60E32466364ED90008000008" // 2021-07-09, two decisions
	news    = base + "nieuwsbrief-info/60E44249364ED9000800088F"
	prefix  = `PREFIX dct: <http://purl.org/dc/terms/> PREFIX prov: <http://www.w3.org/ns/prov#> PREFIX dcat: <http://www.w3.org/ns/dcat#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> PREFIX bv: <https://data.vlaanderen.be/ns/besluitvorming#> PREFIX b: <http://data.vlaanderen.be/ns/besluit#>
PREFIX act: <` + base + `publicatie-activiteit/> PREFIX agenda: <` + base + `agenda/> PREFIX dataset: <` + base + `dataset/> `
	graph = "GRAPH <" + virtuosotest.PublicGraph + ">"
)

// dataset publishes a dataset as a revision of that of the meeting.
const newDataset = `INSERT { ` + graph + ` {
    <` + base + `dataset/new> a dcat:Dataset ; dct:title "Nieuwe publicatie" ; dct:subject <` + meeting + `> ;
      dct:issued "2024-02-01T10:00:00Z"^^xsd:dateTime ; dct:modified "2024-02-01T10:00:00Z"^^xsd:dateTime ; prov:wasRevisionOf ?old .
    ?catalog dcat:dataset <` + base + `dataset/new> .
    ?old dct:modified "2024-02-01T10:00:00Z"^^xsd:dateTime } }
WHERE { ` + graph + ` { ?old a dcat:Dataset ; dct:subject <` + meeting + `> . ?catalog dcat:dataset ?old } }`

const oldModified = `DELETE { ` + graph + ` { ?old dct:modified ?m } }
WHERE { ` + graph + ` { ?old dct:subject <` + meeting + `> ; dct:modified ?m FILTER(?m < "2024-01-01T00:00:00Z"^^xsd:dateTime) } }`

func update(t *testing.T, e *virtuosotest.Engine, texts ...string) {
	t.Helper()
	client := sparql.NewClient(e.URL)
	defer client.Close()
	for _, text := range texts {
		require.NoError(t, client.Update(context.Background(), sparql.Text(prefix+text)), text)
	}
}

func events(t *testing.T, a *archive.Archive) (out []harvest.Event) {
	t.Helper()
	for e, err := range a.Events(context.Background(), 0) {
		require.NoError(t, err)
		out = append(out, e)
	}
	return out
}

func find(all []harvest.Event, kind harvest.EventKind, subject string) *harvest.Event {
	for i, e := range all {
		if e.Kind == kind && e.Subject.String() == subject {
			return &all[i]
		}
	}
	return nil
}

func TestIncremental(t *testing.T) {
	t.Run("virtuoso", func(t *testing.T) {
		ctx := context.Background()
		e := startSample(t, virtuosotest.Config{Writable: true})
		src := harvest.Endpoint(sparql.NewClient(e.URL))
		a := newArchive(t)
		first := run(t, src, a)
		require.Equal(t, harvest.Complete{}, first.Completeness)
		version, err := a.Version(ctx)
		require.NoError(t, err)

		idle := run(t, src, a)
		assert.Less(t, idle.Requests, int64(20))
		assert.Zero(t, idle.Received)
		assert.Equal(t, first.Manifest.Digest, idle.Manifest.Digest)
		again, err := a.Version(ctx)
		require.NoError(t, err)
		assert.Equal(t, version, again)
		assert.Empty(t, events(t, a))

		// The meeting is published again, with a changed title and new agenda items.
		update(t, e, newDataset, oldModified,
			`DELETE { `+graph+` { ?act ?p ?o . ?agenda ?q ?item . ?item ?r ?x . <`+news+`> dct:title ?title . ?news prov:wasDerivedFrom ?item } }
INSERT { `+graph+` {
    act:new a prov:Activity ; prov:used <`+meeting+`> ; prov:startedAtTime "2024-02-01T10:00:00Z"^^xsd:dateTime ;
      prov:generated agenda:new , ?newItem .
    agenda:new a bv:Agenda ; bv:isAgendaVoor <`+meeting+`> ; prov:wasRevisionOf ?agenda ; dct:hasPart ?newItem .
    ?newItem a b:Agendapunt ; b:Agendapunt.type ?type ; dct:title ?t ; prov:wasRevisionOf ?item .
    ?news prov:wasDerivedFrom ?newItem . <`+news+`> dct:title "Nieuwe titel" } }
WHERE { `+graph+` { ?act prov:used <`+meeting+`> ; ?p ?o . ?agenda bv:isAgendaVoor <`+meeting+`> ; dct:hasPart ?item ; ?q ?part .
  ?item ?r ?x ; b:Agendapunt.type ?type ; dct:title ?t . ?news prov:wasDerivedFrom ?item . <`+news+`> dct:title ?title
  BIND(IRI(CONCAT(STR(?item), "-v2")) AS ?newItem) } }`,
			`DELETE { `+graph+` { ?agenda ?p ?o } } WHERE { `+graph+` { agenda:new prov:wasRevisionOf ?agenda . ?agenda ?p ?o } }`)

		changed := run(t, src, a)
		assert.Less(t, changed.Requests, int64(20))
		assert.Equal(t, harvest.Complete{}, changed.Completeness)
		fresh := run(t, src, newArchive(t))
		assert.Equal(t, fresh.Manifest.Digest, changed.Manifest.Digest, "as if harvested anew")
		assert.Equal(t, first.Manifest.Decisions, changed.Manifest.Decisions)
		d, err := a.Decision(ctx, news)
		require.NoError(t, err)
		assert.Equal(t, "Nieuwe titel", d.Title)
		assert.Contains(t, d.AgendaItem.URI.String(), "-v2")
		old, err := a.At(time.Date(2024, 1, 31, 0, 0, 0, 0, time.UTC)).Decision(ctx, news)
		require.NoError(t, err)
		assert.Equal(t, "Verkeersveiligheidsplan Vlaanderen 2021-2025", old.Title)
		now, err := a.At(time.Date(2024, 2, 2, 0, 0, 0, 0, time.UTC)).Decision(ctx, news)
		require.NoError(t, err)
		assert.Equal(t, d, now)
		_, err = a.At(time.Date(2021, 7, 1, 0, 0, 0, 0, time.UTC)).Decision(ctx, news)
		require.ErrorIs(t, err, archive.ErrNotFound, "not published yet")

		all := events(t, a)
		require.NotNil(t, find(all, harvest.Added, base+"dataset/new"))
		title := find(all, harvest.Changed, news)
		require.NotNil(t, title)
		assert.Equal(t, meeting, title.Meeting.String())
		assert.Equal(t, []rdf.IRI{rdf.MustIRI("http://purl.org/dc/terms/title"), rdf.MustIRI("http://www.w3.org/ns/prov#wasDerivedFrom")}, title.Properties)
		superseded := find(all, harvest.Superseded, base+"agendapunt/7d97a6db-381d-5bcd-aea7-f25d815d993f")
		require.NotNil(t, superseded)
		assert.Equal(t, base+"agendapunt/7d97a6db-381d-5bcd-aea7-f25d815d993f-v2", superseded.By.String())

		// The meeting is retracted: its newest dataset comes without agenda.
		update(t, e,
			`DELETE { `+graph+` { ?s ?p ?o } } WHERE { `+graph+` { ?agenda bv:isAgendaVoor <`+meeting+`> ; dct:hasPart ?item . ?s prov:wasDerivedFrom ?item ; ?p ?o } }`,
			`DELETE { `+graph+` { ?item ?p ?o } } WHERE { `+graph+` { ?agenda bv:isAgendaVoor <`+meeting+`> ; dct:hasPart ?item . ?item ?p ?o } }`,
			`DELETE { `+graph+` { ?agenda ?p ?o } } WHERE { `+graph+` { ?agenda bv:isAgendaVoor <`+meeting+`> ; ?p ?o } }`,
			`INSERT DATA { `+graph+` { dataset:gone a dcat:Dataset ; dct:subject <`+meeting+`> ; prov:wasRevisionOf dataset:new ;
  dct:issued "2024-03-01T10:00:00Z"^^xsd:dateTime ; dct:modified "2024-03-01T10:00:00Z"^^xsd:dateTime } }`)
		retracted := run(t, src, a)
		assert.Less(t, retracted.Requests, int64(20))
		fresh = run(t, src, newArchive(t))
		assert.Equal(t, fresh.Manifest.Digest, retracted.Manifest.Digest)
		_, err = a.Decision(ctx, news)
		require.ErrorIs(t, err, archive.ErrNotFound)
		was, err := a.At(time.Date(2024, 2, 2, 0, 0, 0, 0, time.UTC)).Decision(ctx, news)
		require.NoError(t, err)
		assert.Equal(t, "Nieuwe titel", was.Title)
		require.NotNil(t, find(events(t, a), harvest.Withdrawn, news))
		_, err = a.Verify(ctx)
		require.NoError(t, err)

		// A label changes without any publication: the counts do not tell, a full run does.
		update(t, e, `DELETE { `+graph+` { ?c <http://www.w3.org/2004/02/skos/core#prefLabel> ?l } }
INSERT { `+graph+` { ?c <http://www.w3.org/2004/02/skos/core#prefLabel> "Anders"@nl , "Andere"@nl } }
WHERE { SELECT ?c ?l { `+graph+` { ?c a <http://www.w3.org/2004/02/skos/core#Concept> ; <http://www.w3.org/2004/02/skos/core#prefLabel> ?l } } ORDER BY ?c LIMIT 1 }`)
		counted := run(t, src, a)
		fresh = run(t, src, newArchive(t))
		assert.Equal(t, fresh.Manifest.Digest, counted.Manifest.Digest)
		full := run(t, src, a, harvest.Full())
		assert.Equal(t, fresh.Manifest.Digest, full.Manifest.Digest)
	})
}
