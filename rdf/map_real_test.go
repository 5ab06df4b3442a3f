package rdf

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/themis-go/themis/internal/sharedtest"
)

type realConcept struct {
	_          struct{}          `rdf:"@type,skos:Concept"`
	ID         Term              `rdf:"@id"`
	Label      string            `rdf:"skos:prefLabel,lang=nl,first"`
	Labels     map[string]string `rdf:"skos:prefLabel,first"`
	Alt        []string          `rdf:"skos:altLabel"`
	Deprecated *bool             `rdf:"owl:deprecated"`
	Broader    []*realConcept    `rdf:"skos:broader"`
	Rest       Properties        `rdf:"*"`
}

type realMandatee struct {
	_          struct{}    `rdf:"@type,mandaat:Mandataris"`
	URI        IRI         `rdf:"@id"`
	Title      string      `rdf:"dct:title"`
	Rank       int         `rdf:"mandaat:rangorde"`
	Start      time.Time   `rdf:"mandaat:start"`
	End        *time.Time  `rdf:"mandaat:einde"`
	Person     *realPerson `rdf:"mandaat:isBestuurlijkeAliasVan"`
	Government []IRI       `rdf:"^prov:hadMember"`
	Rest       Properties  `rdf:"*"`
}

type realPerson struct {
	_      struct{}   `rdf:"@type,person:Person"`
	URI    IRI        `rdf:"@id"`
	Given  string     `rdf:"persoon:gebruikteVoornaam"`
	Family string     `rdf:"foaf:familyName"`
	Rest   Properties `rdf:"*"`
}

// The published code lists and the government's composition, read into
// structs and written again.
func TestRealData(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(sharedtest.Path(t, "data/themis"), "*.ttl"))
	require.NoError(t, err)
	require.NotEmpty(t, files)
	mandatees, concepts := 0, 0
	for _, name := range files {
		f, err := os.Open(name)
		require.NoError(t, err)
		g, err := ReadGraph(f, Turtle)
		require.NoError(t, f.Close())
		require.NoError(t, err, name)
		var all []any
		for subject := range g.Subjects(nil, nil) {
			c, err := Decode[*realConcept](g, subject)
			require.NoError(t, err, name)
			all = append(all, c)
		}
		for m, err := range DecodeAll[*realMandatee](g) {
			require.NoError(t, err, name)
			assert.NotEmpty(t, m.URI.String()) // some have no title
			assert.Equal(t, g.Object(m.URI, ex(t, "mandaat:start")) != nil, !m.Start.IsZero(), "%v", m.URI)
			mandatees++
			all = append(all, m)
		}
		for c, err := range DecodeAll[realConcept](g) {
			require.NoError(t, err, name)
			assert.NotEmpty(t, c.Label, "%v", c.ID)
			concepts++
		}
		back, err := Marshal(all)
		require.NoError(t, err)
		was, is := lines(g), lines(back)
		require.Empty(t, without(was, is), "lost of %s", name)
		require.Empty(t, without(is, was), "added to %s", name)
	}
	assert.Positive(t, mandatees)
	assert.Positive(t, concepts)
	t.Logf("%d files, %d mandatees, %d concepts", len(files), mandatees, concepts)
}
