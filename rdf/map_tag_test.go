package rdf

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestParseTag(t *testing.T) {
	tests := map[string]fieldTag{
		"dct:title":                          {name: "dct:title"},
		" dct:title , required ":             {name: "dct:title", required: true},
		"^prov:hadMember,first":              {name: "prov:hadMember", inverse: true, first: true},
		"<http://e/a,b>,lang=nl-BE|EN|*":     {name: "<http://e/a,b>", langs: []string{"nl-be", "en", "*"}},
		"dct:issued,type=<http://e/x,y>":     {name: "dct:issued", datatype: "<http://e/x,y>"},
		"dct:subject,iri":                    {name: "dct:subject", iri: true},
		"@type,dossier:Stuk,<http://e/?a=b>": {name: "@type", args: []string{"dossier:Stuk", "<http://e/?a=b>"}},
		"@type,required":                     {name: "@type", required: true},
		"@type,first":                        {name: "@type", first: true},
		"dct:type,value=<http://e/a,b>":      {name: "dct:type", value: "<http://e/a,b>"},
		"@prefix,ex,http://e/a,b=c#":         {name: "@prefix", args: []string{"ex", "http://e/a", "b=c#"}},
	}
	for text, want := range tests {
		got, err := parseTag(text)
		require.NoError(t, err, text)
		assert.Equal(t, want, got, text)
	}
}

func FuzzParseTag(f *testing.F) {
	f.Add("^<http://e/a,b>,lang=nl|*,required,first,type=xsd:date")
	f.Add("@prefix,ex,<http://e/>")
	f.Add(",,=")
	f.Fuzz(func(t *testing.T, text string) {
		tag, err := parseTag(text)
		if err == nil {
			require.NotEmpty(t, tag.name)
			for _, lang := range tag.langs {
				require.NotEmpty(t, lang)
			}
		}
	})
}
