package rdf

import (
	"encoding"
	"encoding/base64"
	"encoding/hex"
	"math/big"
	"reflect"
	"strings"
	"time"
)

// Unmarshaler is implemented by field types that read themselves from a term:
// the way to add a datatype. The term is never nil.
type Unmarshaler interface {
	UnmarshalRDF(t Term) error
}

// Marshaler is implemented by field types that write themselves as a term;
// nil means no value.
type Marshaler interface {
	MarshalRDF() (Term, error)
}

// Assign converts t to the Go type that dst points to and stores it there. It
// is the conversion that struct fields and SPARQL rows use.
//
//   - nil (an unbound variable) gives the zero value, a nil pointer for pointers.
//   - string takes the lexical form of any literal, the text of an IRI, and a
//     blank node as "_:label". (A struct field of type string takes an IRI only
//     with the tag option iri.)
//   - bool takes "true", "false", "1", "0", of any datatype.
//   - Integers take integer lexical forms, leading zeros and a decimal point
//     with only zeros behind it included, of any datatype, xsd:string too; what
//     does not fit is an error, never truncated. Floats take xsd:double's forms
//     (INF, NaN included) and decimals. [big.Int] and [big.Rat] take integers
//     and decimals of any size.
//   - [time.Time] takes the forms of xsd:dateTime, xsd:date, xsd:gYearMonth and
//     xsd:gYear; without a zone they are in UTC, see [InZone]; the result is
//     in UTC. [time.Duration] takes xsd:dayTimeDuration.
//   - []byte takes xsd:base64Binary and xsd:hexBinary decoded, other literals
//     as they are.
//   - [IRI], [Blank], [Literal], [Term], [Subject], [Object] and any take the
//     terms that their names say, unchanged.
//   - A pointer is allocated. A slice becomes a slice of one. A
//     map[string]string gets one entry, keyed by the lower-case language tag.
//   - A struct that has a field tagged `rdf:"@id"` gets that field.
//   - [Unmarshaler] and [encoding.TextUnmarshaler] (for literals and IRIs) come
//     before what the kind of a type says; named types are as their kinds.
//
// An error is a [*MappingError] that holds Value and Err, an [ErrValue]; the
// caller may add subject and field. dst is unchanged then, unless it is
// an Unmarshaler. A dst that is no pointer to a supported type is an [ErrTag].
func Assign(dst any, t Term, opts ...MapOption) error {
	c := assignConfig.with(opts)
	if done, err := assignCommon(dst, t, c); done {
		if err != nil {
			return &MappingError{Value: t, Err: err}
		}
		return nil
	}
	v := reflect.ValueOf(dst)
	if v.Kind() != reflect.Pointer || v.IsNil() {
		return &TagError{Type: reflect.TypeOf(dst), Msg: "Assign needs a non-nil pointer"}
	}
	v = v.Elem()
	if t == nil {
		v.SetZero()
		return nil
	}
	assign, err := c.plans.assignerFor(v.Type())
	if err != nil {
		return err
	}
	if err := assign(v, t, c); err != nil {
		return &MappingError{Value: t, Err: err}
	}
	return nil
}

// assignCommon is Assign without reflection for the most common types.
func assignCommon(dst any, t Term, c *mapConfig) (done bool, err error) {
	switch dst := dst.(type) {
	case *string:
		if dst != nil {
			*dst, err = stringOf(t, c, *dst)
			return true, err
		}
	case *IRI:
		if dst != nil {
			if iri, ok := t.(IRI); ok {
				*dst = iri
				return true, nil
			}
		}
	case *Term:
		if dst != nil {
			*dst = Comparable(t)
			return true, nil
		}
	}
	return false, nil
}

// stringOf returns the text of t, or old with an error.
func stringOf(t Term, c *mapConfig, old string) (string, error) {
	if t == nil {
		return "", nil
	}
	s, err := textOf(t, c)
	if err == nil && c.mode == modeStrict {
		err = fits(t, textDatatypes, "text")
	}
	if err != nil {
		return old, err
	}
	return s, nil
}

// assignFunc stores a term, never nil, in a settable value.
type assignFunc func(dst reflect.Value, t Term, c *mapConfig) error

var (
	typeIRI      = reflect.TypeFor[IRI]()
	typeBlank    = reflect.TypeFor[Blank]()
	typeLiteral  = reflect.TypeFor[Literal]()
	typeTime     = reflect.TypeFor[time.Time]()
	typeDuration = reflect.TypeFor[time.Duration]()
	typeBigInt   = reflect.TypeFor[big.Int]()
	typeBigRat   = reflect.TypeFor[big.Rat]()

	typeUnmarshaler     = reflect.TypeFor[Unmarshaler]()
	typeMarshaler       = reflect.TypeFor[Marshaler]()
	typeTextUnmarshaler = reflect.TypeFor[encoding.TextUnmarshaler]()
	typeTextMarshaler   = reflect.TypeFor[encoding.TextMarshaler]()
)

// scalarAssigner returns how one term is stored in a value of type t; nil when
// the type is not one of single values.
func scalarAssigner(t reflect.Type) assignFunc {
	if reflect.PointerTo(t).Implements(typeUnmarshaler) {
		return assignUnmarshaler
	}
	switch t {
	case typeIRI:
		return assignIRI
	case typeBlank:
		return assignBlank
	case typeLiteral:
		return assignLiteral
	case typeTime:
		return assignTime
	case typeDuration:
		return assignDuration
	case typeBigInt:
		return assignBigInt
	case typeBigRat:
		return assignBigRat
	}
	switch t.Kind() {
	case reflect.Pointer:
		if elem := scalarAssigner(t.Elem()); elem != nil {
			return func(dst reflect.Value, term Term, c *mapConfig) error {
				p := reflect.New(t.Elem())
				if err := elem(p.Elem(), term, c); err != nil {
					return err
				}
				dst.Set(p)
				return nil
			}
		}
		return nil
	case reflect.Interface:
		if typeIRI.Implements(t) || typeBlank.Implements(t) || typeLiteral.Implements(t) {
			return assignInterface
		}
		return nil
	}
	if reflect.PointerTo(t).Implements(typeTextUnmarshaler) {
		return assignText
	}
	switch t.Kind() {
	case reflect.String:
		return assignString
	case reflect.Bool:
		return assignBool
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return assignInt
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return assignUint
	case reflect.Float32, reflect.Float64:
		return assignFloat
	case reflect.Slice:
		if t.Elem().Kind() == reflect.Uint8 {
			return assignBytes
		}
	case reflect.Struct:
		for _, term := range []reflect.Type{typeIRI, typeBlank, typeLiteral, typeTime} {
			if t.ConvertibleTo(term) {
				return assignConverted(term, scalarAssigner(term))
			}
		}
	}
	return nil
}

// assignConverted serves types declared as another name for one of ours.
func assignConverted(as reflect.Type, assign assignFunc) assignFunc {
	return func(dst reflect.Value, t Term, c *mapConfig) error {
		v := reflect.New(as).Elem()
		if err := assign(v, t, c); err != nil {
			return err
		}
		dst.Set(v.Convert(dst.Type()))
		return nil
	}
}

func assignUnmarshaler(dst reflect.Value, t Term, _ *mapConfig) error {
	if err := dst.Addr().Interface().(Unmarshaler).UnmarshalRDF(Comparable(t)); err != nil {
		return &wrappedValueError{err}
	}
	return nil
}

func assignText(dst reflect.Value, t Term, c *mapConfig) error {
	s, err := textOf(t, c)
	if err != nil {
		return err
	}
	if err := dst.Addr().Interface().(encoding.TextUnmarshaler).UnmarshalText([]byte(s)); err != nil {
		return &wrappedValueError{err}
	}
	return nil
}

// wrappedValueError is an error of a field type's own method; it is an
// [ErrValue] too.
type wrappedValueError struct{ err error }

func (e *wrappedValueError) Error() string   { return e.err.Error() }
func (e *wrappedValueError) Unwrap() []error { return []error{ErrValue, e.err} }

func assignIRI(dst reflect.Value, t Term, _ *mapConfig) error {
	iri, ok := t.(IRI)
	if !ok {
		return valueErrorf("the field takes an IRI, the value is %s; use rdf.Term to take both", kindOf(t))
	}
	*dst.Addr().Interface().(*IRI) = iri
	return nil
}

func assignBlank(dst reflect.Value, t Term, _ *mapConfig) error {
	b, ok := t.(Blank)
	if !ok {
		return valueErrorf("the field takes a blank node, the value is %s; use rdf.Term to take both", kindOf(t))
	}
	*dst.Addr().Interface().(*Blank) = b
	return nil
}

func assignLiteral(dst reflect.Value, t Term, _ *mapConfig) error {
	l, ok := t.(Literal)
	if !ok {
		return valueErrorf("the field takes a literal, the value is %s; use rdf.Term to take both", kindOf(t))
	}
	*dst.Addr().Interface().(*Literal) = plain(l)
	return nil
}

func assignInterface(dst reflect.Value, t Term, _ *mapConfig) error {
	if p, ok := dst.Addr().Interface().(*Term); ok {
		*p = Comparable(t)
		return nil
	}
	v := reflect.ValueOf(Comparable(t))
	if !v.Type().Implements(dst.Type()) {
		return valueErrorf("%s is no %s", kindOf(t), dst.Type())
	}
	dst.Set(v)
	return nil
}

func assignString(dst reflect.Value, t Term, c *mapConfig) error {
	s, err := stringOf(t, c, "")
	if err != nil {
		return err
	}
	dst.SetString(s)
	return nil
}

func assignBool(dst reflect.Value, t Term, c *mapConfig) error {
	s, err := lexicalOf(t, c, boolDatatypes, "a boolean")
	if err != nil {
		return err
	}
	switch s {
	case "true", "1":
		dst.SetBool(true)
	case "false", "0":
		dst.SetBool(false)
	default:
		return valueErrorf(`not a boolean: want "true", "false", "1" or "0"`)
	}
	return nil
}

func assignTime(dst reflect.Value, t Term, c *mapConfig) error {
	s, err := lexicalOf(t, c, timeDatatypes, "a date or time")
	if err != nil {
		return err
	}
	at, err := parseTime(s, c.zone)
	if err != nil {
		return err
	}
	*dst.Addr().Interface().(*time.Time) = at
	return nil
}

func assignDuration(dst reflect.Value, t Term, c *mapConfig) error {
	s, err := lexicalOf(t, c, durationDatatypes, "a duration")
	if err != nil {
		return err
	}
	d, err := parseDuration(s)
	if err != nil {
		return err
	}
	dst.SetInt(int64(d))
	return nil
}

func assignBytes(dst reflect.Value, t Term, c *mapConfig) error {
	s, err := lexicalOf(t, c, bytesDatatypes, "binary data")
	if err != nil {
		return err
	}
	var b []byte
	switch t.(Literal).DataType {
	case dtBase64:
		// The lexical form may hold white space anywhere.
		b, err = base64.StdEncoding.DecodeString(strings.Join(strings.Fields(s), ""))
	case dtHex:
		b, err = hex.DecodeString(s)
	default:
		b = []byte(t.String())
	}
	if err != nil {
		return &wrappedValueError{err}
	}
	dst.SetBytes(b)
	return nil
}

// textOf returns the text of a literal as it is, and where links may be text
// that of an IRI or blank node.
func textOf(t Term, c *mapConfig) (string, error) {
	switch t := t.(type) {
	case Literal:
		return t.String(), nil
	case IRI:
		if c.linkText || c.mode == modeLax {
			return t.String(), nil
		}
		return "", valueErrorf("the field takes text, the value is an IRI; make the field an rdf.IRI, or add the tag option iri")
	case Blank:
		if c.linkText || c.mode == modeLax {
			return blankText(t), nil
		}
	}
	return "", valueErrorf("the field takes text, the value is %s; use rdf.Term to take both", kindOf(t))
}

// lexicalOf returns the lexical form of a literal without the white space
// around it, which no datatype but strings gives a meaning to. In strict mode
// the datatype must be one of those given.
func lexicalOf(t Term, c *mapConfig, datatypes map[IRI]bool, what string) (string, error) {
	l, ok := t.(Literal)
	if !ok {
		return "", valueErrorf("the field takes %s, the value is %s", what, kindOf(t))
	}
	if c.mode == modeStrict {
		if err := fits(t, datatypes, what); err != nil {
			return "", err
		}
	}
	return strings.Trim(l.String(), " \t\r\n"), nil
}

// fits reports as an error a literal whose datatype is none of those given.
func fits(t Term, datatypes map[IRI]bool, what string) error {
	if l, ok := t.(Literal); ok && !datatypes[plain(l).DataType] {
		return valueErrorf("the datatype <%s> is not one of %s (strict mapping)", l.DataType, what)
	}
	return nil
}

func kindOf(t Term) string {
	switch t.(type) {
	case IRI:
		return "an IRI"
	case Blank:
		return "a blank node"
	case Literal:
		return "a literal"
	}
	return "no term"
}
