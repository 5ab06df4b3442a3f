package rdf

import (
	"math"
	"strconv"
	"strings"
	"time"
)

var (
	errTime     = valueError("not a date or time: want the form of xsd:dateTime, xsd:date, xsd:gYearMonth or xsd:gYear")
	errDuration = valueError("not a duration: want the form of xsd:dayTimeDuration, such as P1DT2H30M")
	errLong     = valueError("the duration does not fit time.Duration (292 years)")
)

// parseTime reads the lexical forms of xsd:dateTime, xsd:date, xsd:gYearMonth
// and xsd:gYear (XML Schema 1.1, part 2), each with or without a time zone.
// The result is in UTC; without a zone the time is in loc, nil being UTC.
// Digits of seconds beyond nanoseconds are dropped.
func parseTime(s string, loc *time.Location) (time.Time, error) {
	p := timeParser{rest: s}
	year := p.year()
	month, day := 1, 1
	hour, minute, second, nano := 0, 0, 0, 0
	if !p.atOffset() && p.take('-') {
		month = p.two(1, 12)
		if !p.atOffset() && p.take('-') {
			day = p.two(1, daysIn(year, month))
			if p.take('T') {
				hour = p.two(0, 24)
				p.need(':')
				minute = p.two(0, 59)
				p.need(':')
				second = p.two(0, 59)
				nano = p.fraction()
				if hour == 24 && (minute != 0 || second != 0 || nano != 0) {
					p.bad = true
				}
			}
		}
	}
	if loc == nil {
		loc = time.UTC
	}
	offset, zoned := p.zone()
	if p.bad || p.rest != "" {
		return time.Time{}, errTime
	}
	if zoned {
		return time.Date(year, time.Month(month), day, hour, minute-offset, second, nano, time.UTC), nil
	}
	return time.Date(year, time.Month(month), day, hour, minute, second, nano, loc).UTC(), nil
}

// timeParser reads the parts of a time; bad stays true after the first fault.
type timeParser struct {
	rest string
	bad  bool
}

func (p *timeParser) take(c byte) bool {
	if p.rest == "" || p.rest[0] != c {
		return false
	}
	p.rest = p.rest[1:]
	return true
}

func (p *timeParser) need(c byte) {
	if !p.take(c) {
		p.bad = true
	}
}

// atOffset reports whether a negative time zone follows: in "2020-05:00" it
// is that, in "2020-05" a month.
func (p *timeParser) atOffset() bool {
	return len(p.rest) == 6 && p.rest[0] == '-' && p.rest[3] == ':'
}

// year reads four digits, more without a leading zero, and a sign; year 0 is
// 1 BCE as in XML Schema 1.1 and in package time.
func (p *timeParser) year() int {
	negative := p.take('-')
	n, after := digits(p.rest)
	text := p.rest[:n]
	p.rest = after
	if n < 4 || n > 9 || n > 4 && text[0] == '0' {
		p.bad = true
		return 0
	}
	y, _ := strconv.Atoi(text)
	if negative {
		return -y
	}
	return y
}

// two reads two digits between low and high.
func (p *timeParser) two(low, high int) int {
	if len(p.rest) < 2 || p.rest[0] < '0' || p.rest[0] > '9' || p.rest[1] < '0' || p.rest[1] > '9' {
		p.bad = true
		return low
	}
	n := int(p.rest[0]-'0')*10 + int(p.rest[1]-'0')
	p.rest = p.rest[2:]
	if n < low || n > high {
		p.bad = true
		return low
	}
	return n
}

// fraction reads the digits behind the decimal point of the seconds.
func (p *timeParser) fraction() (nano int) {
	if !p.take('.') {
		return 0
	}
	n, after := digits(p.rest)
	if n == 0 {
		p.bad = true
	}
	for i := range 9 {
		nano *= 10
		if i < n {
			nano += int(p.rest[i] - '0')
		}
	}
	p.rest = after
	return nano
}

// zone reads Z or an offset of at most 14 hours, in minutes.
func (p *timeParser) zone() (minutes int, ok bool) {
	if p.take('Z') {
		return 0, true
	}
	sign := 1
	switch {
	case p.take('+'):
	case p.take('-'):
		sign = -1
	default:
		return 0, false
	}
	hours := p.two(0, 14)
	p.need(':')
	minutes = hours*60 + p.two(0, 59)
	if minutes > 14*60 {
		p.bad = true
	}
	return sign * minutes, true
}

func daysIn(year, month int) int {
	switch month {
	case 4, 6, 9, 11:
		return 30
	case 2:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	}
	return 31
}

// parseDuration reads an xsd:duration of days and smaller units. Years and
// months have no fixed length and are refused.
func parseDuration(s string) (time.Duration, error) {
	rest, negative := strings.CutPrefix(s, "-")
	rest, ok := strings.CutPrefix(rest, "P")
	if !ok || rest == "" {
		return 0, errDuration
	}
	total := 0.0
	var exact time.Duration
	units := "DTHMS"
	for rest != "" {
		if rest[0] == 'T' {
			i := strings.IndexByte(units, 'T')
			if i < 0 || len(rest) == 1 {
				return 0, errDuration
			}
			units, rest = units[i+1:], rest[1:]
			continue
		}
		n, after := digits(rest)
		number, fraction := rest[:n], ""
		if strings.HasPrefix(after, ".") {
			m, behind := digits(after[1:])
			if m == 0 {
				return 0, errDuration
			}
			fraction, after = after[1:1+m], behind
		}
		if n == 0 || after == "" {
			return 0, errDuration
		}
		i := strings.IndexByte(units, after[0])
		// Date units stand before the T, time units behind it.
		if i < 0 || fraction != "" && after[0] != 'S' || strings.Contains(units[:i], "T") {
			return 0, errDuration
		}
		unit := time.Second
		switch after[0] {
		case 'D':
			unit = 24 * time.Hour
		case 'H':
			unit = time.Hour
		case 'M':
			unit = time.Minute
		}
		count, err := strconv.ParseInt(number, 10, 64)
		total += float64(count) * float64(unit)
		if err != nil || total >= math.MaxInt64 {
			return 0, errLong
		}
		nanos, _ := strconv.Atoi((fraction + "000000000")[:9])
		exact += time.Duration(count)*unit + time.Duration(nanos)
		units, rest = units[i+1:], after[1:]
	}
	if exact < 0 {
		return 0, errLong
	}
	if negative {
		exact = -exact
	}
	return exact, nil
}
