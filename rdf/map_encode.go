package rdf

import (
	"encoding"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"math/big"
	"reflect"
	"strconv"
	"strings"
	"time"
)

// encodeFunc returns the term of a value; nil where there is none.
type encodeFunc func(v reflect.Value, fp *fieldPlan, c *mapConfig) (Term, error)

// scalarEncoder is the inverse of scalarAssigner; nil when values of the type
// can be read and not written.
func scalarEncoder(t reflect.Type) encodeFunc {
	if t.Implements(typeMarshaler) || reflect.PointerTo(t).Implements(typeMarshaler) {
		return encodeMarshaler
	}
	if reflect.PointerTo(t).Implements(typeUnmarshaler) {
		return nil
	}
	switch t {
	case typeIRI, typeBlank, typeLiteral:
		return encodeTerm
	case typeTime:
		return encodeTime
	case typeDuration:
		return encodeDuration
	case typeBigInt, typeBigRat:
		return encodeBig
	}
	switch t.Kind() {
	case reflect.Pointer:
		elem := scalarEncoder(t.Elem())
		if elem == nil {
			return nil
		}
		return func(v reflect.Value, fp *fieldPlan, c *mapConfig) (Term, error) {
			if v.IsNil() {
				return nil, nil
			}
			return elem(v.Elem(), fp, c)
		}
	case reflect.Interface:
		return encodeTerm
	}
	if t.Implements(typeTextMarshaler) || reflect.PointerTo(t).Implements(typeTextMarshaler) {
		return encodeText
	}
	if reflect.PointerTo(t).Implements(typeTextUnmarshaler) {
		return nil
	}
	switch t.Kind() {
	case reflect.String:
		return encodeString
	case reflect.Bool:
		return encodeBool
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return encodeInt
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return encodeUint
	case reflect.Float32, reflect.Float64:
		return encodeFloat
	case reflect.Slice:
		if t.Elem().Kind() == reflect.Uint8 {
			return encodeBytes
		}
	case reflect.Struct:
		for _, term := range []reflect.Type{typeIRI, typeBlank, typeLiteral, typeTime} {
			if t.ConvertibleTo(term) {
				encode := scalarEncoder(term)
				return func(v reflect.Value, fp *fieldPlan, c *mapConfig) (Term, error) {
					return encode(v.Convert(term), fp, c)
				}
			}
		}
	}
	return nil
}

// typed returns a literal of the datatype that the tag asks for, else of the
// one that the Go type stands for.
func (fp *fieldPlan) typed(lexical string, datatype IRI) Literal {
	if fp.datatype != (IRI{}) {
		datatype = fp.datatype
	}
	return NewTyped(lexical, datatype)
}

// asText returns s as the tag asks: in a language, of a datatype, else plain.
func (fp *fieldPlan) asText(s string) (Term, error) {
	if len(fp.langs) > 0 && fp.langs[0] != "*" {
		return NewLang(s, fp.langs[0])
	}
	return fp.typed(s, XSDString), nil
}

func encodeTerm(v reflect.Value, _ *fieldPlan, _ *mapConfig) (Term, error) {
	if v.Kind() == reflect.Interface && v.IsNil() {
		return nil, nil
	}
	t, ok := v.Interface().(Term)
	if !ok {
		return nil, valueErrorf("%T is no rdf.Term", v.Interface())
	}
	return checkTerm(t)
}

// checkTerm refuses the zero IRI and blank node, which no document can hold.
func checkTerm(t Term) (Term, error) {
	switch x := t.(type) {
	case IRI:
		if x == (IRI{}) {
			return nil, valueErrorf("the IRI is empty")
		}
	case Blank:
		if x == (Blank{}) {
			return nil, valueErrorf("the blank node has no label")
		}
	case Literal:
	default:
		return nil, valueErrorf("%T is no IRI, blank node or literal", t)
	}
	return Comparable(t), nil
}

// addressable returns v, or a copy of it that methods on pointers can be called on.
func addressable(v reflect.Value) reflect.Value {
	if v.CanAddr() {
		return v
	}
	p := reflect.New(v.Type()).Elem()
	p.Set(v)
	return p
}

func encodeMarshaler(v reflect.Value, _ *fieldPlan, _ *mapConfig) (Term, error) {
	if k := v.Kind(); (k == reflect.Pointer || k == reflect.Interface || k == reflect.Map) && v.IsNil() {
		return nil, nil
	}
	m, ok := v.Interface().(Marshaler)
	if !ok {
		m = addressable(v).Addr().Interface().(Marshaler)
	}
	t, err := m.MarshalRDF()
	if err != nil {
		return nil, &wrappedValueError{err}
	}
	if t == nil {
		return nil, nil
	}
	return checkTerm(t)
}

func encodeText(v reflect.Value, fp *fieldPlan, _ *mapConfig) (Term, error) {
	m, ok := v.Interface().(encoding.TextMarshaler)
	if !ok {
		m = addressable(v).Addr().Interface().(encoding.TextMarshaler)
	}
	text, err := m.MarshalText()
	if err != nil {
		return nil, &wrappedValueError{err}
	}
	return fp.asText(string(text))
}

func encodeString(v reflect.Value, fp *fieldPlan, _ *mapConfig) (Term, error) {
	return fp.asText(v.String())
}

// encodeIRIText makes an IRI of the text that encode gives.
func encodeIRIText(encode encodeFunc) encodeFunc {
	if encode == nil {
		return nil
	}
	return func(v reflect.Value, fp *fieldPlan, c *mapConfig) (Term, error) {
		t, err := encode(v, fp, c)
		if err != nil || t == nil {
			return nil, err
		}
		iri, err := NewIRI(t.String())
		if err != nil {
			return nil, &wrappedValueError{err}
		}
		return iri, nil
	}
}

func encodeBool(v reflect.Value, fp *fieldPlan, _ *mapConfig) (Term, error) {
	return fp.typed(strconv.FormatBool(v.Bool()), XSDBoolean), nil
}

func encodeInt(v reflect.Value, fp *fieldPlan, _ *mapConfig) (Term, error) {
	return fp.typed(strconv.FormatInt(v.Int(), 10), XSDInteger), nil
}

func encodeUint(v reflect.Value, fp *fieldPlan, _ *mapConfig) (Term, error) {
	return fp.typed(strconv.FormatUint(v.Uint(), 10), XSDInteger), nil
}

func encodeFloat(v reflect.Value, fp *fieldPlan, _ *mapConfig) (Term, error) {
	bits, datatype := v.Type().Bits(), XSDDouble
	if bits == 32 {
		datatype = dtFloat
	}
	f := v.Float()
	if fp.datatype != (IRI{}) && decimalDatatypes[fp.datatype] {
		s := strconv.FormatFloat(f, 'f', -1, bits)
		if !isDecimal(s) {
			return nil, valueErrorf("%s cannot be written as a decimal", s)
		}
		return fp.typed(s, XSDDecimal), nil
	}
	return fp.typed(formatFloat(f, bits), datatype), nil
}

func encodeBig(v reflect.Value, fp *fieldPlan, _ *mapConfig) (Term, error) {
	switch x := addressable(v).Addr().Interface().(type) {
	case *big.Int:
		return fp.typed(x.String(), XSDInteger), nil
	case *big.Rat:
		places, exact := x.FloatPrec()
		if !exact {
			return nil, valueErrorf("%s has no finite decimal form", x)
		}
		return fp.typed(x.FloatString(places), XSDDecimal), nil
	}
	return nil, valueErrorf("%s is no number", v.Type())
}

func encodeBytes(v reflect.Value, fp *fieldPlan, _ *mapConfig) (Term, error) {
	switch fp.datatype {
	case IRI{}, dtBase64:
		return fp.typed(base64.StdEncoding.EncodeToString(v.Bytes()), dtBase64), nil
	case dtHex:
		return fp.typed(strings.ToUpper(hex.EncodeToString(v.Bytes())), dtHex), nil
	}
	return fp.typed(string(v.Bytes()), XSDString), nil
}

func encodeTime(v reflect.Value, fp *fieldPlan, c *mapConfig) (Term, error) {
	t := v.Interface().(time.Time)
	if fp.datatype == (IRI{}) || fp.datatype == XSDDateTime || !timeDatatypes[fp.datatype] {
		t = t.UTC()
		s := formatYear(t.Year()) + t.Format("-01-02T15:04:05.999999999Z")
		return fp.typed(s, XSDDateTime), nil
	}
	zone := c.zone
	if zone == nil {
		zone = time.UTC
	}
	t = t.In(zone)
	s := formatYear(t.Year())
	switch fp.datatype {
	case dtGYear:
	case dtGYearMonth:
		s += t.Format("-01")
	case XSDDate:
		s += t.Format("-01-02")
	default: // dateTimeStamp has a zone
		t = t.UTC()
		s = formatYear(t.Year()) + t.Format("-01-02T15:04:05.999999999Z")
	}
	return NewTyped(s, fp.datatype), nil
}

// formatYear writes a year with at least four digits, as XML Schema asks.
func formatYear(year int) string {
	if year < 0 {
		return fmt.Sprintf("-%04d", -year)
	}
	return fmt.Sprintf("%04d", year)
}

func encodeDuration(v reflect.Value, fp *fieldPlan, _ *mapConfig) (Term, error) {
	d := time.Duration(v.Int())
	sign := ""
	// The magnitude of the smallest duration fits only without a sign.
	n := uint64(d)
	if d < 0 {
		sign, n = "-", -uint64(d)
	}
	seconds, nanos := n/uint64(time.Second), n%uint64(time.Second)
	s := sign + "PT" + strconv.FormatUint(seconds, 10)
	if nanos != 0 {
		s += "." + strings.TrimRight(fmt.Sprintf("%09d", nanos), "0")
	}
	return fp.typed(s+"S", dtDayTimeDuration), nil
}
