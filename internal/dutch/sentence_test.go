package dutch

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestSentences(t *testing.T) {
	tests := []struct{ in, want string }{
		{"", ""},
		{" \n ", ""},
		{"Een. Twee! Drie? Vier", "Een.|Twee!|Drie?|Vier"},
		{"Een lijn\nnog een", "Een lijn|nog een"},
		{"Het kost 1.250 euro. Dat is veel.", "Het kost 1.250 euro.|Dat is veel."},
		{"Minister J. Jambon spreekt. Goed.", "Minister J. Jambon spreekt.|Goed."},
		{"Regels m.b.t. De Lijn, art. 5 en nr. 12.", "Regels m.b.t. De Lijn, art. 5 en nr. 12."},
		{"Hij zei: “Goed.” Daarna niet.", "Hij zei: “Goed.”|Daarna niet."},
		{"kleine letters. dus geen zin", "kleine letters. dus geen zin"},
		{"In 2019. De regering", "In 2019.|De regering"},
		{"Zie vlaanderen.be voor meer.", "Zie vlaanderen.be voor meer."},
	}
	for _, tt := range tests {
		var got []string
		for _, s := range Sentences(tt.in) {
			got = append(got, tt.in[s.Start:s.End])
		}
		assert.Equal(t, tt.want, strings.Join(got, "|"), "%q", tt.in)
	}
}

func FuzzSentences(f *testing.F) {
	f.Add("Een. Twee!\nDrie m.b.t. De Lijn. “Vier.” ")
	f.Fuzz(func(t *testing.T, text string) {
		end := 0
		for _, s := range Sentences(text) {
			require.LessOrEqual(t, end, s.Start)
			require.Less(t, s.Start, s.End)
			require.Empty(t, strings.TrimSpace(text[end:s.Start]), "nothing is lost between sentences")
			end = s.End
		}
		require.Empty(t, strings.TrimSpace(text[end:]))
	})
}

func ExampleSentences() {
	text := "Dit kost 1.250 euro. De Vlaamse Regering keurt dat goed."
	for _, s := range Sentences(text) {
		fmt.Println(text[s.Start:s.End])
	}
	// Output:
	// Dit kost 1.250 euro.
	// De Vlaamse Regering keurt dat goed.
}
