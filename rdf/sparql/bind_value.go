package sparql

import (
	"errors"
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/themis-go/themis/rdf"
)

// TypedString is a string that [Query.Bind] writes as "text"^^xsd:string, for
// stores that tell it from the plain literal "text" and hold the typed one.
type TypedString string

type valueKind uint8

const (
	valueLiteral valueKind = iota
	valueIRI
	valueCount // a non-negative integer
)

// value is a term in SPARQL syntax.
type value struct {
	text string
	kind valueKind
}

// formatValue writes a Go value as one term, or a list as several.
func formatValue(v any) (values []value, list bool, err error) {
	if one, ok, err := formatOne(v); ok || err != nil {
		return []value{one}, false, err
	}
	rv := reflect.ValueOf(v)
	switch rv.Kind() {
	case reflect.Pointer:
		if rv.IsNil() {
			return nil, false, errors.New("a nil pointer is no value")
		}
		return formatValue(rv.Elem().Interface())
	case reflect.Slice, reflect.Array:
		if rv.Type().Elem().Kind() == reflect.Uint8 {
			return nil, false, fmt.Errorf("a %T is no value: pass it as a string", v)
		}
		values = make([]value, rv.Len())
		for i := range values {
			member, nested, err := formatValue(rv.Index(i).Interface())
			if err == nil && nested {
				err = errors.New("a list in a list is no value")
			}
			if err != nil {
				return nil, false, fmt.Errorf("member %d: %w", i, err)
			}
			values[i] = member[0]
		}
		return values, true, nil
	}
	return nil, false, fmt.Errorf("a %T is no value: pass an rdf term, a string, number, bool, time.Time, or a slice of them", v)
}

var timeType = reflect.TypeFor[time.Time]()

// formatOne writes the values that are one term; ok is false for the others.
func formatOne(v any) (_ value, ok bool, err error) {
	switch v := v.(type) {
	case nil:
		return value{}, false, errors.New("nil is no value")
	case rdf.IRI:
		s, err := formatIRI(v.String())
		return value{s, valueIRI}, true, err
	case rdf.Blank:
		return value{}, false, errors.New("a blank node stands for any node in a query: bind an IRI, or match the node by its properties")
	case rdf.Literal:
		return formatLiteral(v)
	case TypedString:
		s, err := quote(string(v))
		return value{s + "^^<" + rdf.XSDString.String() + ">", valueLiteral}, true, err
	case time.Time:
		return formatLiteral(rdf.NewDateTime(v))
	}
	rv := reflect.ValueOf(v)
	switch rv.Kind() {
	case reflect.String:
		s, err := quote(rv.String())
		return value{s, valueLiteral}, true, err
	case reflect.Bool:
		return value{strconv.FormatBool(rv.Bool()), valueLiteral}, true, nil
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return integerValue(strconv.FormatInt(rv.Int(), 10)), true, nil
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return integerValue(strconv.FormatUint(rv.Uint(), 10)), true, nil
	case reflect.Float32:
		// By way of the shortest form, so that 0.1 stays 0.1.
		f, _ := strconv.ParseFloat(strconv.FormatFloat(rv.Float(), 'g', -1, 32), 64)
		return formatLiteral(rdf.NewDouble(f))
	case reflect.Float64:
		return formatLiteral(rdf.NewDouble(rv.Float()))
	case reflect.Struct:
		if rv.CanConvert(timeType) {
			return formatLiteral(rdf.NewDateTime(rv.Convert(timeType).Interface().(time.Time)))
		}
	}
	return value{}, false, nil
}

func integerValue(lexical string) value {
	if strings.HasPrefix(lexical, "-") {
		return value{lexical, valueLiteral}
	}
	return value{lexical, valueCount}
}

// formatIRI writes an absolute IRI. Values come from anywhere, so that the
// characters are checked again: one > would end the term.
func formatIRI(s string) (string, error) {
	scheme, _, ok := strings.Cut(s, ":")
	if !ok || scheme == "" || !isLetter(scheme[0]) || strings.IndexFunc(scheme, func(r rune) bool {
		return r >= utf8.RuneSelf || !isLetter(byte(r)) && !isDigit(byte(r)) && r != '+' && r != '-' && r != '.'
	}) >= 0 {
		return "", fmt.Errorf("IRI %.200q: it has no scheme such as http: and would be resolved against the endpoint", s)
	}
	if !utf8.ValidString(s) {
		return "", fmt.Errorf("IRI %.200q: it is not valid UTF-8", s)
	}
	for i := range len(s) {
		if !iriByte(s[i]) {
			return "", fmt.Errorf("IRI %.200q: no IRI holds the character %q: percent-encode it", s, s[i])
		}
	}
	return "<" + s + ">", nil
}

func formatLiteral(l rdf.Literal) (_ value, ok bool, err error) {
	text, err := quote(l.String())
	if err != nil {
		return value{}, false, err
	}
	if lang := l.Lang(); lang != "" {
		if scanLang(lang, 0) != len(lang) {
			return value{}, false, fmt.Errorf("%.40q is no language tag: want the form nl or nl-BE", lang)
		}
		return value{text + "@" + lang, valueLiteral}, true, nil
	}
	switch l.DataType.String() {
	case "", rdf.XSDString.String():
		return value{text, valueLiteral}, true, nil
	case rdf.XSDInteger.String():
		if k, end := scanNumber(l.String(), 0); k == kInteger && end == len(l.String()) {
			return integerValue(l.String()), true, nil
		}
	}
	datatype, err := formatIRI(l.DataType.String())
	if err != nil {
		return value{}, false, fmt.Errorf("datatype: %w", err)
	}
	return value{text + "^^" + datatype, valueLiteral}, true, nil
}

// quote writes s as a string between double quotes.
func quote(s string) (string, error) {
	if !utf8.ValidString(s) {
		return "", fmt.Errorf("%.40q is not valid UTF-8", s)
	}
	var b strings.Builder
	b.Grow(len(s) + 2)
	b.WriteByte('"')
	done := 0
	for i := range len(s) {
		c := s[i]
		if c >= ' ' && c != '"' && c != '\\' && c != 0x7f {
			continue
		}
		b.WriteString(s[done:i])
		done = i + 1
		switch c {
		case 0:
			// A query that holds it, escaped or not, may end there for an engine written in C.
			return "", fmt.Errorf("%.40q holds U+0000, which no engine takes reliably: remove it", s)
		case '"', '\\':
			b.WriteByte('\\')
			b.WriteByte(c)
		case '\n':
			b.WriteString(`\n`)
		case '\r':
			b.WriteString(`\r`)
		case '\t':
			b.WriteString(`\t`)
		default:
			fmt.Fprintf(&b, `\u%04X`, c)
		}
	}
	b.WriteString(s[done:])
	b.WriteByte('"')
	return b.String(), nil
}
