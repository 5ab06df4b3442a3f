package analyse

import (
	"strconv"
	"strings"
	"time"
)

var months = [...]string{"januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december"}

// Date writes a day in Dutch: "8 december 2023"; "een onbekende datum" for the
// zero time.
func Date(t time.Time) string {
	if t.IsZero() {
		return "een onbekende datum"
	}
	return strconv.Itoa(t.Day()) + " " + months[t.Month()-1] + " " + strconv.Itoa(t.Year())
}

// enumerate joins words as Dutch does: "a, b en c".
func enumerate(words []string) string {
	switch len(words) {
	case 0:
		return ""
	case 1:
		return words[0]
	}
	return strings.Join(words[:len(words)-1], ", ") + " en " + words[len(words)-1]
}
