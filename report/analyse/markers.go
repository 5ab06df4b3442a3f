package analyse

import (
	"regexp"
	"strconv"
	"strings"
)

// marker finds citation markers in any form that language models give them:
// [1], [1, 2], [1-3], \[1\], [1][2], full-width ［１］ and 【1】, with "en" or
// "and" between numbers, and with words such as "bron" before them.
var marker = regexp.MustCompile(`\s*\\?[\[［【〔]\s*(?i:(?:bron(?:nen)?|beslissing(?:en)?|besluit(?:en)?|ref(?:erentie)?s?|source|decision|doc)\.?\s*[:#]?\s*)?` +
	`([\d０-９]{1,6}(?:\s*(?:,|;|&|–|—|-|−|\+|\ben\b|\band\b|\bt/m\b)\s*[\d０-９]{1,6})*)\s*(?:†[^\]］】〕]{0,80})?\\?[\]］】〕]`)

var markerPart = regexp.MustCompile(`([\d０-９]+)(?:\s*(?:–|—|-|−|t/m)\s*([\d０-９]+))?`)

// maxRange bounds what a range of numbers in a marker may stand for.
const maxRange = 60

// Markers takes the citation markers out of a text and returns the text
// without them, and the numbers that they name, in order, each once. A range
// that runs backwards or is longer than 60 names its ends only. Brackets
// around anything but numbers stay.
func Markers(text string) (clean string, numbers []int) {
	seen := map[int]bool{}
	add := func(n int) {
		if !seen[n] {
			seen[n] = true
			numbers = append(numbers, n)
		}
	}
	clean = marker.ReplaceAllStringFunc(text, func(m string) string {
		inner := marker.FindStringSubmatch(m)[1]
		for _, part := range markerPart.FindAllStringSubmatch(inner, -1) {
			from := digits(part[1])
			add(from)
			if part[2] == "" {
				continue
			}
			to := digits(part[2])
			for n := from + 1; n < to && to-from <= maxRange; n++ {
				add(n)
			}
			add(to)
		}
		return ""
	})
	return strings.TrimSpace(spaceBefore.ReplaceAllString(clean, "$1")), numbers
}

// digits reads a number in ASCII or full-width digits.
func digits(s string) int {
	n, err := strconv.Atoi(strings.Map(func(r rune) rune {
		if r >= '０' && r <= '９' {
			return '0' + r - '０'
		}
		return r
	}, s))
	if err != nil {
		return -1
	}
	return n
}
