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
//   - xsd:integer, the types derived from it and xsd:decimal have no plus sign,
//     no needless zeros, no point without a fraction. A whole xsd:decimal is
//     the xsd:integer that has its value, for Virtuoso serves integers beyond
//     32 bits as decimals;
//   - xsd:double and xsd:float are mantissa and exponent, 1.0E3, INF, NaN;
//   - xsd:dateTime is in UTC (Z) where it has a zone and has none where not;
//     its fraction, like that of xsd:time, ends in no zero;
//   - xsd:date and xsd:time write the zone +00:00 as Z.
//
// Literals of other datatypes, and those whose form is not valid for their
// datatype, are returned as they are. What a store loses stays lost: Virtuoso
// serves six digits of most doubles and microseconds at most.
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
	local, ok := strings.CutPrefix(l.DataType.String(), nsXSD)
	if !ok || local == "string" {
		return l
	}
	lexical := ""
	switch s := strings.Trim(l.String(), " \t\r\n"); local {
	case "boolean":
		lexical, ok = normalBoolean(s)
	case "decimal":
		if lexical, ok = normalDecimal(s); ok && !strings.Contains(lexical, ".") {
			return NewTyped(lexical, XSDInteger)
		}
	case "integer", "int", "long", "short", "byte", "nonNegativeInteger", "positiveInteger", "nonPositiveInteger",
		"negativeInteger", "unsignedLong", "unsignedInt", "unsignedShort", "unsignedByte":
		lexical, ok = normalDecimal(s)
		ok = ok && !strings.Contains(s, ".")
	case "double":
		lexical, ok = normalDouble(s, 64)
	case "float":
		lexical, ok = normalDouble(s, 32)
	case "dateTime", "dateTimeStamp":
		lexical, ok = normalDateTime(s)
	case "time":
		lexical, ok = normalTime(s)
	case "date":
		lexical, ok = normalDate(s)
	default:
		return l
	}
	if !ok || lexical == l.String() {
		return l
	}
	return NewTyped(lexical, l.DataType)
}

const nsXSD = "http://www.w3.org/2001/XMLSchema#"

func normalBoolean(s string) (string, bool) {
	switch s {
	case "1", "true":
		return "true", true
	case "0", "false":
		return "false", true
	}
	return "", false
}

func normalDecimal(s string) (string, bool) {
	negative := strings.HasPrefix(s, "-")
	if negative || strings.HasPrefix(s, "+") {
		s = s[1:]
	}
	before, after, _ := strings.Cut(s, ".")
	if before == "" && after == "" || !onlyDigits(before) || !onlyDigits(after) {
		return "", false
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
	return before, true
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
	const layout = "2006-01-02T15:04:05"
	if len(s) < len(layout) || s[4] != '-' || !onlyDigits(s[:4]) {
		return "", false // years beyond four digits are left as they are
	}
	clock := s[:len(layout)]
	fraction, offset, zoned, ok := fractionAndZone(s[len(layout):])
	if !ok {
		return "", false
	}
	midnight := clock[11:] == "24:00:00" && fraction == ""
	if midnight {
		clock = clock[:11] + "00:00:00"
	}
	t, err := time.Parse(layout, clock)
	if err != nil {
		return "", false
	}
	if midnight {
		t = t.AddDate(0, 0, 1)
	}
	if t = t.Add(-offset); t.Year() < 0 || t.Year() > 9999 {
		return "", false
	}
	s = t.Format(layout) + fraction
	if zoned {
		s += "Z"
	}
	return s, true
}

func normalDate(s string) (string, bool) {
	const layout = "2006-01-02"
	if len(s) < len(layout) {
		return "", false
	}
	if _, err := time.Parse(layout, s[:len(layout)]); err != nil {
		return "", false
	}
	zone := s[len(layout):]
	if offset, ok := zoneOffset(zone); !ok || offset != 0 || zone == "" {
		return s, ok
	}
	return s[:len(layout)] + "Z", true
}

// normalTime leaves the zone of a time alone: without a date there is no instant.
func normalTime(s string) (string, bool) {
	const layout = "15:04:05"
	if len(s) < len(layout) {
		return "", false
	}
	if _, err := time.Parse(layout, s[:len(layout)]); err != nil {
		return "", false
	}
	rest := s[len(layout):]
	fraction, offset, zoned, ok := fractionAndZone(rest)
	if !ok {
		return "", false
	}
	zone := strings.TrimLeft(rest, ".0123456789")
	if zoned && offset == 0 {
		zone = "Z"
	}
	return s[:len(layout)] + fraction + zone, true
}

// fractionAndZone reads what follows the seconds: a fraction, of which the
// zeros at the end are left out, and a zone.
func fractionAndZone(s string) (fraction string, offset time.Duration, zoned, ok bool) {
	zone := s
	if strings.HasPrefix(s, ".") {
		zone = strings.TrimLeft(s[1:], "0123456789")
		fraction = s[:len(s)-len(zone)]
		if fraction == "." {
			return "", 0, false, false
		}
		if fraction = strings.TrimRight(fraction, "0"); fraction == "." {
			fraction = ""
		}
	}
	offset, ok = zoneOffset(zone)
	return fraction, offset, zone != "", ok
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
