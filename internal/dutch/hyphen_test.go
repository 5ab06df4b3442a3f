package dutch

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/themis-go/themis/internal/sharedtest"
)

func TestMendHyphens(t *testing.T) {
	document := `De verschillende voorstellen van patiënten, het onderzoek en de energie. De eigenaars
		en de initiatieven van het systeem. Innovatie is een instrument en het Odysseus.`
	v := NewVocabulary()
	v.AddBroken(document)
	tests := []struct{ in, want string }{
		{"", ""},
		{"geen streepje", "geen streepje"},
		{"de verschil-lende voor-stellen.", "de verschillende voorstellen."},
		{"Verschil-lende", "Verschillende"},
		{"pati-enten en Pati-enten", "patiënten en Patiënten"},
		{"O&O&I-systeem, Vlaams-Europees", "O&O&I-systeem, Vlaams-Europees"},
		{"socio-preventieve re-integratie", "socio-preventieve re-integratie"},
		{"zorg- en welzijnsraad", "zorg- en welzijnsraad"},
		{"innovatie-instrument", "innovatie-instrument"},
		{"onderzoek-systeem", "onderzoeksysteem"},
		{"Odysseus-systeem", "Odysseus-systeem"},
		{"win-win-systeem", "win-winsysteem"},
		{"up-to-date", "up-to-date"},
		{"2020-2024 en COVID-19", "2020-2024 en COVID-19"},
		{"etnisch-culturele", "etnisch-culturele"},
		{"onbe-kend-heid", "onbekendheid"},
		{"een - twee", "een - twee"},
		{"-los en vast-", "-los en vast-"},
	}
	for _, tt := range tests {
		assert.Equal(t, tt.want, MendHyphens(tt.in, v), "%q", tt.in)
	}
	assert.Equal(t, "een verschillende en verschillende", MendHyphens("een verschil-lende en verschillende", nil))
}

// TestHyphensGolden holds the error rate over words of a real document.
func TestHyphensGolden(t *testing.T) {
	v := agreementVocabulary(t)
	rows := goldenRows(t, "testdata/hyphens.txt")
	require.GreaterOrEqual(t, len(rows), 200)
	wrong := 0
	for _, row := range rows {
		if got := MendHyphens(row[0], v); got != row[1] {
			t.Logf("%s: got %s, want %s", row[0], got, row[1])
			wrong++
		}
	}
	t.Logf("%d words, %d wrong: %.2f %%", len(rows), wrong, 100*float64(wrong)/float64(len(rows)))
	assert.Less(t, float64(wrong)/float64(len(rows)), 0.02)
}

func agreementVocabulary(t *testing.T) *Vocabulary {
	t.Helper()
	f, err := os.Open(sharedtest.Path(t, "data/agreement.jsonl"))
	require.NoError(t, err)
	defer f.Close()
	v := NewVocabulary()
	for dec := json.NewDecoder(f); dec.More(); {
		var section struct {
			Text string `json:"text"`
		}
		require.NoError(t, dec.Decode(&section))
		v.AddBroken(section.Text)
	}
	return v
}

// goldenRows reads tab-separated rows; lines that start with # are comments.
func goldenRows(t *testing.T, path string) [][]string {
	t.Helper()
	f, err := os.Open(path)
	require.NoError(t, err)
	defer f.Close()
	var rows [][]string
	for sc := bufio.NewScanner(f); sc.Scan(); {
		if line := sc.Text(); line != "" && line[0] != '#' {
			rows = append(rows, strings.Split(line, "\t"))
		}
	}
	return rows
}

func FuzzMendHyphens(f *testing.F) {
	f.Add("de verschil-lende O&O&I-systemen re-integratie")
	f.Add("a-b-c- -\u2011x\u2010y é-ë")
	f.Fuzz(func(t *testing.T, text string) {
		out := MendHyphens(text, nil)
		drop := func(s string) string {
			return strings.Map(func(r rune) rune {
				if isHyphen(r) {
					return -1
				}
				return r
			}, s)
		}
		// Letters stay, but for a diaeresis that comes back.
		require.Equal(t, Fold(drop(text)), Fold(drop(out)))
	})
}

func ExampleMendHyphens() {
	text := "Het O&O&I-systeem kent verschil-lende vormen; die verschillende vormen blijven."
	fmt.Println(MendHyphens(text, nil))
	// Output: Het O&O&I-systeem kent verschillende vormen; die verschillende vormen blijven.
}
