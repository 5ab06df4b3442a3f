package pdftext

import (
	"strings"
	"testing"

	"github.com/klippa-app/go-pdfium/responses"
	"github.com/stretchr/testify/assert"
)

func TestAlign(t *testing.T) {
	for name, test := range map[string]struct {
		runs string // separated by bars
		page string
		want string
	}{
		"as they are":         {"We |wonen", "We wonen", "We |wonen"},
		"overhang":            {"Wo|onen", "Wonen", "Wo|nen"},
		"overhang in front":   {"de j|juiste", "de juiste", "de j|uiste"},
		"letter by letter":    {"o|n|d|e|r|w|ij|j|s", "onderwijs", "o|n|d|e|r|w|ij|s"},
		"double letter":       {"z|e|e", "zee", "z|e|e"},
		"blank in between":    {"zorg|en", "zorg en", "zorg |en"},
		"blank behind a line": {"m2| verder", "m2\r\n verder", "m2| verder"},
		"lines":               {"een\x02|regel", "een\ufffe\r\nregel", "een\x02|regel"},
		"ghost of a ligature": {"dif\x02|f\x02|fusie", "dif\ufffe\r\nfusie", "dif\x02|fusie"},
		"left out before":     {"tweede regel", "eerste regel\r\ntweede regel", "tweede regel"},
		"nowhere":             {"heel iets anders|regel", "regel", "heel iets anders|regel"},
		"no text of the page": {"a|b", "", "a|b"},
	} {
		t.Run(name, func(t *testing.T) {
			var rects []*responses.GetPageTextStructuredRect
			for _, s := range strings.Split(test.runs, "|") {
				rects = append(rects, &responses.GetPageTextStructuredRect{Text: s})
			}
			var got []string
			for _, r := range align(rects, test.page) {
				got = append(got, r.Text)
			}
			assert.Equal(t, test.want, strings.Join(got, "|"))
		})
	}
}
