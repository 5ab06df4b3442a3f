package rdf

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestDescribeFirst(t *testing.T) {
	type item struct {
		_     struct{} `rdf:"@type,dossier:Stuk"`
		URI   IRI      `rdf:"@id"`
		Title string   `rdf:"dct:title,required"`
	}
	s, err := Describe[item]()
	require.NoError(t, err)
	require.Equal(t, "Title", s.Fields[0].Name)
	require.False(t, s.Fields[0].Optional)
	require.Equal(t, "https://data.vlaanderen.be/ns/dossier#Stuk", s.Class.String())
}
