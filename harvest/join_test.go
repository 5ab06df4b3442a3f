package harvest

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/themis-go/themis/harvest/sample"
	"github.com/themis-go/themis/rdf"
)

func sampleGraph(t testing.TB) *rdf.Graph {
	t.Helper()
	g := rdf.NewGraph()
	names, err := sample.FS.ReadDir(".")
	require.NoError(t, err)
	for _, name := range names {
		f, err := sample.FS.Open(name.Name())
		require.NoError(t, err)
		for triple, err := range rdf.Read(f, rdf.Turtle) {
			require.NoError(t, err)
			g.Add(triple)
		}
		require.NoError(t, f.Close())
	}
	return g
}

func TestJoin(t *testing.T) {
	g := sampleGraph(t)
	d, err := Join(g, rdf.MustIRI("http://themis.vlaanderen.be/id/nieuwsbrief-info/60E44249364ED9000800088F"))
	require.NoError(t, err)
	assert.Equal(t, "Verkeersveiligheidsplan Vlaanderen 2021-2025", d.Title)
	assert.Equal(t, "2021-07-09", d.Date().Format(time.DateOnly))
	assert.Equal(t, Nota, d.Kind)
	assert.Equal(t, "Lydia Peeters", d.Ministers[0].Name())
	assert.NotEmpty(t, d.Themes[0].Label)
	assert.NotEmpty(t, d.Government.String())
	require.NotEmpty(t, d.Documents)
	assert.NotEmpty(t, d.Documents[0].TypeLabel)
	require.NotEmpty(t, d.Documents[0].Files)
	assert.Positive(t, d.Documents[0].Files[0].Size)
	assert.NotContains(t, d.Text, "<")
	assert.Contains(t, d.HTML, "<strong>")

	_, err = Join(g, rdf.MustIRI("http://example.org/none"))
	require.ErrorIs(t, err, ErrNoNewsItem)
	n := 0
	for _, err := range JoinAll(g) {
		require.NoError(t, err)
		n++
	}
	assert.Equal(t, 16, n)
}

// The real data has items with two positions, with two texts, with none, and
// with ministers and themes that no list knows.
func TestJoinOfOddItems(t *testing.T) {
	const head = `@prefix dct: <http://purl.org/dc/terms/> . @prefix schema: <http://schema.org/> . @prefix prov: <http://www.w3.org/ns/prov#> .
@prefix nie: <http://www.semanticdesktop.org/ontologies/2007/01/19/nie#> . @prefix mandaat: <http://data.vlaanderen.be/ns/mandaat#> .
<urn:n> a <https://data.vlaanderen.be/ns/dossier#Stuk> ; dct:type <http://themis.vlaanderen.be/id/concept/document-type/63d628cb-a594-4166-8b4e-880b4214fc5b> `
	for name, test := range map[string]struct {
		turtle string
		check  func(t *testing.T, d Decision)
	}{
		"bare": {".", func(t *testing.T, d Decision) {
			assert.True(t, d.Date().IsZero())
			assert.Equal(t, Decision{URI: rdf.MustIRI("urn:n")}, d)
		}},
		"two positions": {"; schema:position 9 , 3 .", func(t *testing.T, d Decision) { assert.Equal(t, []int{3, 9}, d.Positions) }},
		"two texts": {`; nie:htmlContent "<p>a</p>" , "<p>b</p>" .`, func(t *testing.T, d Decision) {
			assert.Equal(t, "<p>a</p>\n<p>b</p>", d.HTML)
			assert.Equal(t, "a\nb", d.Text)
		}},
		"plain text only": {`; prov:value " a " .`, func(t *testing.T, d Decision) { assert.Equal(t, "a", d.Text); assert.Empty(t, d.HTML) }},
		"two titles":      {`; dct:title "a" , "b" .`, func(t *testing.T, d Decision) { assert.Equal(t, "a", d.Title) }},
		"unknown minister, theme, document": {`; prov:qualifiedAssociation <urn:m> ; dct:subject <urn:t> ;
  <https://data.vlaanderen.be/ns/besluitvorming#heeftBijlage> <urn:d> .`, func(t *testing.T, d Decision) {
			assert.Equal(t, []Minister{{Mandatee: rdf.MustIRI("urn:m")}}, d.Ministers)
			assert.Equal(t, []ThemeRef{{URI: rdf.MustIRI("urn:t")}}, d.Themes)
			assert.Equal(t, []Document{{URI: rdf.MustIRI("urn:d")}}, d.Documents)
		}},
		"ministers by rank": {`; prov:qualifiedAssociation <urn:a> , <urn:b> , <urn:c> . <urn:a> a mandaat:Mandataris .
<urn:b> a mandaat:Mandataris ; mandaat:rangorde "2" . <urn:c> a mandaat:Mandataris ; mandaat:rangorde 1 .`, func(t *testing.T, d Decision) {
			require.Len(t, d.Ministers, 3)
			assert.Equal(t, "urn:c urn:b urn:a", d.Ministers[0].Mandatee.String()+" "+d.Ministers[1].Mandatee.String()+" "+d.Ministers[2].Mandatee.String())
		}},
		"meeting by the activity": {`; prov:wasDerivedFrom <urn:i> . <urn:act> prov:generated <urn:i> ; prov:used <urn:meeting> .`, func(t *testing.T, d Decision) {
			assert.Equal(t, "urn:meeting", d.Meeting.URI.String())
		}},
	} {
		t.Run(name, func(t *testing.T) {
			g, err := rdf.ReadGraph(strings.NewReader(head+test.turtle), rdf.Turtle)
			require.NoError(t, err)
			d, err := Join(g, rdf.MustIRI("urn:n"))
			require.NoError(t, err)
			test.check(t, d)
		})
	}
}

func BenchmarkJoin(b *testing.B) {
	g := sampleGraph(b)
	uri := rdf.MustIRI("http://themis.vlaanderen.be/id/nieuwsbrief-info/60E44249364ED9000800088F")
	for b.Loop() {
		if _, err := Join(g, uri); err != nil {
			b.Fatal(err)
		}
	}
}
