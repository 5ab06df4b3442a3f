package rdf

import (
	"reflect"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestDescribe(t *testing.T) {
	type concept struct {
		_       struct{}          `rdf:"@type,skos:Concept"`
		_       struct{}          `rdf:"skos:inScheme,value=<http://example.org/scheme>"`
		ID      Term              `rdf:"@id"`
		Label   string            `rdf:"skos:prefLabel,required,lang=nl|EN"`
		Labels  map[string]string `rdf:"skos:altLabel"`
		Broader *concept          `rdf:"skos:broader,first"`
		Lower   []concept         `rdf:"^skos:broader"`
		Valid   *time.Time        `rdf:"dct:valid,type=xsd:date"`
		Alias   []string          `rdf:"owl:sameAs,iri"`
		Ignored int
		Extra
		Rest Properties `rdf:"*"`
	}
	s, err := Describe[concept]()
	require.NoError(t, err)
	assert.Equal(t, reflect.TypeFor[concept](), s.Type)
	assert.Equal(t, ex(t, "skos:Concept"), s.Class)
	assert.Equal(t, []FixedValue{{RDFType, ex(t, "skos:Concept")}, {ex(t, "skos:inScheme"), ex(t, "ex:scheme")}}, s.Fixed)
	assert.Equal(t, "ID", s.ID)
	assert.Equal(t, []int{2}, s.IDIndex)
	assert.Equal(t, "Rest", s.Rest)
	nested := s.Fields[2].Nested
	require.NotNil(t, nested)
	assert.Equal(t, s.Class, nested.Class)
	assert.Same(t, nested, nested.Fields[2].Nested, "a type within itself")
	for i := range s.Fields {
		s.Fields[i].Nested = nil
	}
	broader := ex(t, "skos:broader")
	assert.Equal(t, []FieldShape{
		{Name: "Label", Index: []int{3}, Type: reflect.TypeFor[string](), Predicate: ex(t, "skos:prefLabel"), Lang: []string{"nl", "en"}},
		{Name: "Labels", Index: []int{4}, Type: reflect.TypeFor[map[string]string](), Predicate: ex(t, "skos:altLabel"), Optional: true, Many: true, ByLang: true},
		{Name: "Broader", Index: []int{5}, Type: reflect.TypeFor[*concept](), Predicate: broader, Optional: true, First: true, Link: true},
		{Name: "Lower", Index: []int{6}, Type: reflect.TypeFor[[]concept](), Predicate: broader, Inverse: true, Optional: true, Many: true, Link: true},
		{Name: "Valid", Index: []int{7}, Type: reflect.TypeFor[*time.Time](), Predicate: ex(t, "dct:valid"), Optional: true, Datatype: XSDDate},
		{Name: "Alias", Index: []int{8}, Type: reflect.TypeFor[[]string](), Predicate: ex(t, "owl:sameAs"), Optional: true, Many: true, Link: true},
		{Name: "Note", Index: []int{10, 0}, Type: reflect.TypeFor[string](), Predicate: ex(t, "skos:note"), Optional: true},
	}, s.Fields)

	again, err := DescribeType(reflect.TypeFor[*concept]())
	require.NoError(t, err)
	require.NotEmpty(t, again.Fields)
	again.Fields[0].Index[0] = 99
	fresh, err := Describe[concept]()
	require.NoError(t, err)
	assert.Equal(t, []int{3}, fresh.Fields[0].Index, "a shape is the caller's own")
	_, err = DescribeType(nil)
	require.ErrorIs(t, err, ErrTag)
}

func TestPlansAreMadeOnce(t *testing.T) {
	a, err := defaultPlans.planFor(reflect.TypeFor[newsItem]())
	require.NoError(t, err)
	b, err := defaultPlans.planFor(reflect.TypeFor[newsItem]())
	require.NoError(t, err)
	assert.Same(t, a, b)
	// Many goroutines may be the first to use a type.
	type fresh struct {
		Title string `rdf:"dct:title"`
		Again *fresh `rdf:"dct:relation"`
	}
	g := graphOf(t, "ex:a", "dct:title", str("x"), "ex:a", "dct:relation", "ex:a")
	errs := make(chan error)
	for range 8 {
		go func() {
			_, err := Decode[fresh](g, ex(t, "ex:a"))
			errs <- err
		}()
	}
	for range 8 {
		require.NoError(t, <-errs)
	}
}
