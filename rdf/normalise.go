package rdf

import (
	"strconv"
	"strings"
	"time"
)

// Normalize returns the literal in the one lexical form that stands for its
// value, so that a value compares equal however a store writes it: digests of
// a dump and of what an endpoint serves from it are the same.
//
//   - language tags are lower case;
//   - xsd:boolean is true or false;
//   - xsd:integer and xsd:decimal have no plus sign, no needless zeros, no
//     point without a fraction. A whole xsd:decimal beyond 64 bits becomes an
//     xsd:integer, for Virtuoso serves such integers as decimals;
//   - xsd:double and xsd:float are mantissa and exponent, 1.0E3, INF, NaN;
//   - xsd:dateTime is in UTC (Z) where it has a zone and has none where not;
//     its fraction ends in no zero.
//
// Literals of other datatypes, and those whose form is not valid for their
// datatype, are returned as they are.
func Normalize(l Literal) Literal {
	l = plain(l)
	if tag := l.Lang(); tag != "" {
		if lower := strings.ToLower(tag); lower != tag {
			if n, err := NewLang(l.String(), lower); err == nil {
				return n
			}
		}
		return l
	}
	lexical, ok := "", false
	switch s := strings.Trim(l.String(), " \t\r\n"); l.DataType {
	case XSDBoolean:
		lexical, ok = normalBoolean(s)
	case XSDInteger, XSDDecimal:
		var whole bool
		lexical, whole, ok = normalDecimal(s)
		if ok && l.DataType == XSDInteger && !whole {
			ok = false
		}
		if _, err := strconv.ParseInt(lexical, 10, 64); ok && whole && err != nil {
			return NewTyped(lexical, XSDInteger)
		}
	case XSDDouble:
		lexical, ok = normalDouble(s, 64)
	case floatType:
		lexical, ok = normalDouble(s, 32)
	case XSDDateTime:
		lexical, ok = normalDateTime(s)
	}
	if !ok || lexical == l.String() {
		return l
	}
	return NewTyped(lexical, l.DataType)
}

var floatType = MustIRI("http://www.w3.org/2001/XMLSchema#float")

func normalBoolean(s string) (string, bool) {
	switch s {
	case "1", "true":
		return "true", true
	case "0", "false":
		return "false", true
	}
	return "", false
}

// normalDecimal also reports whether the number is written without a point.
func normalDecimal(s string) (lexical string, whole, ok bool) {
	negative := strings.HasPrefix(s, "-")
	if negative || strings.HasPrefix(s, "+") {
		s = s[1:]
	}
	before, after, point := strings.Cut(s, ".")
	if before == "" && after == "" || !onlyDigits(before) || !onlyDigits(after) {
		return "", false, false
	}
	before, after = strings.TrimLeft(before, "0"), strings.TrimRight(after, "0")
	if before == "" {
		before = "0"
	}
	if after != "" {
		before += "." + after
	}
	if negative && before != "0" {
		before = "-" + before
	}
	return before, !point || after == "", true
}

func onlyDigits(s string) bool {
	for i := range len(s) {
		if !is(s[i], charDigit) {
			return false
		}
	}
	return true
}

func normalDouble(s string, bits int) (string, bool) {
	switch s {
	case "INF", "+INF":
		return "INF", true
	case "-INF", "NaN":
		return s, true
	}
	// ParseFloat takes more than xsd:double does: hexadecimal, infinity, 1_000.
	if strings.Trim(s, "0123456789+-.eE") != "" {
		return "", false
	}
	f, err := strconv.ParseFloat(s, bits)
	if err != nil {
		return "", false
	}
	return formatFloat(f, bits), true
}

func normalDateTime(s string) (string, bool) {
	layout := "2006-01-02T15:04:05"
	if len(s) < len(layout) || s[4] != '-' || !onlyDigits(s[:4]) {
		return "", false
	}
	zone := s[len(layout):]
	if strings.HasPrefix(zone, ".") {
		n := 1
		for n < len(zone) && is(zone[n], charDigit) {
			n++
		}
		if n == 1 {
			return "", false
		}
		zone = zone[n:]
	}
	fraction := strings.TrimRight(s[len(layout):len(s)-len(zone)], "0")
	if fraction == "." {
		fraction = ""
	}
	midnight := s[11:len(layout)] == "24:00:00" && fraction == ""
	clock := s[:len(layout)]
	if midnight {
		clock = s[:11] + "00:00:00"
	}
	t, err := time.Parse(layout, clock)
	if err != nil {
		return "", false
	}
	if midnight {
		t = t.AddDate(0, 0, 1)
	}
	offset, ok := zoneOffset(zone)
	if !ok {
		return "", false
	}
	t = t.Add(-offset)
	if t.Year() < 1 || t.Year() > 9999 {
		return "", false
	}
	s = t.Format(layout) + fraction
	if zone != "" {
		s += "Z"
	}
	return s, true
}

// zoneOffset reads "", "Z" or "+01:00".
func zoneOffset(zone string) (time.Duration, bool) {
	if zone == "" || zone == "Z" {
		return 0, true
	}
	if len(zone) != 6 || zone[3] != ':' || !onlyDigits(zone[1:3]) || !onlyDigits(zone[4:]) {
		return 0, false
	}
	hours, _ := strconv.Atoi(zone[1:3])
	minutes, _ := strconv.Atoi(zone[4:])
	d := time.Duration(hours)*time.Hour + time.Duration(minutes)*time.Minute
	if minutes > 59 || d > 14*time.Hour {
		return 0, false
	}
	switch zone[0] {
	case '+':
		return d, true
	case '-':
		return -d, true
	}
	return 0, false
}
