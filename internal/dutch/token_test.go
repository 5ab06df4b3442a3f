package dutch

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func texts(tokens []Token) []string {
	out := []string{}
	for _, t := range tokens {
		if t.Part {
			out = append(out, "~"+t.Text)
		} else {
			out = append(out, t.Text)
		}
	}
	return out
}

func TestAnalyseTokens(t *testing.T) {
	tests := []struct{ in, want string }{
		{"", ""},
		{"De Vlaamse Regering.", "De|Vlaamse|Regering"},
		{"O&O&I en W&I", "O&O&I|en|W&I"},
		{"het O&O&I-systeem", "het|O&O&I-systeem|~O&O&I|~systeem"},
		{"COVID-19-crisis", "COVID-19-crisis|~COVID|~crisis"},
		{"COVID-19", "COVID-19|~COVID"},
		{"2020-2024", "2020-2024"},
		{"de LIVC R is", "de|LIVC R|~LIVC|is"},
		{"de LIVC Regeling", "de|LIVC|Regeling"},
		{"de LIVC R.", "de|LIVC R|~LIVC"},
		{"de EU A&B", "de|EU|A&B"},
		{"zorg- en welzijn", "zorg|en|welzijn"},
		{"thema's, foto’s", "thema's|foto’s"},
		{"'s avonds", "s|avonds"},
		{"'gouden' regel", "gouden|regel"},
		{"1.250,50 euro, 3,5%", "1.250,50|euro|3,5"},
		{"i.v.m. de wet. Einde", "i.v.m|de|wet|Einde"},
		{"einde.Begin", "einde|Begin"},
		{"en/of (her)inrichting", "en|of|her|inrichting"},
		{"CO₂-uitstoot 5m²", "CO₂-uitstoot|~CO₂|~uitstoot|5m²"},
		{"sub\u200bsidie\u200b", "sub\u200bsidie"},
		{"niet-werkenden", "niet-werkenden|~werkenden"},
		{"\xff\xfe a\xffb", "a|b"},
	}
	for _, tt := range tests {
		assert.Equal(t, tt.want, strings.Join(texts(Analyse(tt.in)), "|"), "%q", tt.in)
	}
}

func TestAnalyseStems(t *testing.T) {
	same := [][]string{
		{"subsidie", "subsidies", "Subsidies"},
		{"thema", "thema's", "thema’s"},
		{"coördinatie", "coordinatie", "COÖRDINATIE"},
		{"LIVC R", "LIVC-R", "livc-r"},
		{"gemeente", "gemeenten"},
		{"radicalisering", "radicaliseringen"},
		{"project", "projecten"},
		{"i.v.m.", "ivm"},
		{"CO₂", "CO2"},
		{"ĳzer", "ijzer"},
	}
	for _, words := range same {
		want := Analyse(words[0])[0].Stem
		for _, w := range words[1:] {
			assert.Equal(t, want, Analyse(w)[0].Stem, "%s and %s", words[0], w)
		}
	}
	for _, pair := range [][2]string{{"wet", "wetenschap"}, {"2020", "2024"}, {"O&O", "O&O&I"}, {"bos", "bus"}} {
		assert.NotEqual(t, Analyse(pair[0])[0].Stem, Analyse(pair[1])[0].Stem, "%v", pair)
	}
}

func TestIsStop(t *testing.T) {
	for _, w := range []string{"de", "De", "HET", "desgevallend", "teneinde", "zo’n", "én"} {
		assert.True(t, IsStop(w), w)
	}
	for _, w := range []string{"subsidie", "zorg", "", "onderwijs"} {
		assert.False(t, IsStop(w), w)
	}
	assert.True(t, IsOfficialese(Analyse("goedkeuring")[0].Stem))
	assert.False(t, IsOfficialese(Analyse("radicalisering")[0].Stem))
}

func FuzzAnalyse(f *testing.F) {
	f.Add("O&O&I-systeem, COVID-19 in 2020-2024; de LIVC R i.v.m. thema's 1.250,50")
	f.Add("\u200b-\u00ad&'\xff\u0301a\u0301")
	f.Add(strings.Repeat("a-", 50))
	f.Fuzz(func(t *testing.T, text string) {
		end, whole := 0, Token{}
		for _, tok := range Analyse(text) {
			require.Equal(t, text[tok.Start:tok.End], tok.Text)
			require.NotEmpty(t, tok.Stem)
			if tok.Part {
				require.GreaterOrEqual(t, tok.Start, whole.Start)
				require.LessOrEqual(t, tok.End, whole.End)
				continue
			}
			require.GreaterOrEqual(t, tok.Start, end, "tokens do not overlap")
			end, whole = tok.End, tok
			if utf8.ValidString(tok.Text) {
				require.True(t, utf8.ValidString(tok.Stem))
			}
		}
	})
}

func ExampleAnalyse() {
	for _, t := range Analyse("De LIVC R en het O&O&I-systeem") {
		fmt.Println(t.Text, t.Stem)
	}
	// Output:
	// De de
	// LIVC R livc-r
	// LIVC livc
	// en en
	// het het
	// O&O&I-systeem o&o&i-systeem
	// O&O&I o&o&i
	// systeem system
}

func BenchmarkAnalyse(b *testing.B) {
	text := strings.Repeat("De Vlaamse Regering keurt het O&O&I-systeem van 2020-2024 principieel goed. ", 100)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		Analyse(text)
	}
}
