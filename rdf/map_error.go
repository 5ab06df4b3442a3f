package rdf

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"unicode/utf8"
)

// What can go wrong with one value or one field; a [MappingError] wraps one of
// them and errors.Is finds it.
var (
	// ErrValue: the term cannot be converted to the Go type.
	ErrValue = errors.New("value does not fit the field")
	// ErrRequired: a field tagged required has no value.
	ErrRequired = errors.New("required value is missing")
	// ErrMany: a second, different value for a field that holds one. Make the
	// field a slice, tag it first, or pass [FirstWins].
	ErrMany = errors.New("more than one value where one is expected")
	// ErrLanguage: a value in a language that the field did not ask for.
	ErrLanguage = errors.New("value is in another language")
	// ErrUnmapped: a property that no field maps (an error under [Strict]).
	ErrUnmapped = errors.New("no field maps this property")
	// ErrClass: the resource is not of the class of the struct.
	ErrClass = errors.New("resource is of another class")
	// ErrNoClass: [DecodeAll] of a type that declares no class and no fixed value.
	ErrNoClass = errors.New("the type declares no class")
	// ErrNoSubject: the graph holds no triple about the subject.
	ErrNoSubject = errors.New("the graph holds nothing about the subject")
	// ErrCycle: a resource that is nested, by value, within itself; only its
	// @id is filled. Use pointers to follow cycles. It is only reported.
	ErrCycle = errors.New("resource is nested within itself")
	// ErrDepth: structs are nested deeper than allowed.
	ErrDepth = errors.New("structs are nested too deep")
	// ErrTag: a struct type that cannot be mapped; see [TagError].
	ErrTag = errors.New("struct cannot be mapped")
)

// A MappingError says which value of which property of which resource could
// not be taken into which field, or written from it. Members that are unknown
// are zero: [Assign] knows only Value and Err.
type MappingError struct {
	Subject   Term
	Predicate IRI
	Inverse   bool   // the property was followed from object to subject
	Value     Term   // nil where there is none
	Field     string // Go type and field, as in "NewsItem.Title"
	Err       error
}

// Error names subject, predicate, value and field, then says what is wrong.
func (e *MappingError) Error() string {
	var b strings.Builder
	b.WriteString("rdf:")
	if e.Subject != nil {
		b.WriteByte(' ')
		b.WriteString(termText(e.Subject))
	}
	if e.Predicate != (IRI{}) {
		b.WriteByte(' ')
		if e.Inverse {
			b.WriteByte('^')
		}
		b.WriteString(termText(e.Predicate))
	}
	if e.Value != nil {
		b.WriteByte(' ')
		b.WriteString(termText(e.Value))
	}
	if e.Field != "" {
		b.WriteString(" (field ")
		b.WriteString(e.Field)
		b.WriteByte(')')
	}
	if b.Len() > len("rdf:") {
		b.WriteByte(':')
	}
	b.WriteByte(' ')
	fmt.Fprint(&b, e.Err)
	return b.String()
}

// Unwrap returns Err.
func (e *MappingError) Unwrap() error { return e.Err }

// A TagError says why a struct type cannot be mapped. It is returned at the
// first use of the type, whatever the data.
type TagError struct {
	Type  reflect.Type
	Field string // Go field; empty where the type as a whole is meant
	Tag   string // the rdf tag
	Msg   string
}

// Error names type, field and tag, then says what is wrong.
func (e *TagError) Error() string {
	name := "rdf: " + typeText(e.Type)
	if e.Field != "" {
		name += "." + e.Field
	}
	if e.Tag != "" {
		name += fmt.Sprintf(" `rdf:%q`", e.Tag)
	}
	return name + ": " + e.Msg
}

// Is reports that a TagError is an [ErrTag].
func (e *TagError) Is(target error) bool { return target == ErrTag }

// valueError is an [ErrValue] with its own words.
type valueError string

func (e valueError) Error() string        { return string(e) }
func (e valueError) Is(target error) bool { return target == ErrValue }

func valueErrorf(format string, args ...any) error {
	return valueError(fmt.Sprintf(format, args...))
}

// maxErrorText is how many bytes of a value an error shows: a description of
// a decision is thousands of characters long.
const maxErrorText = 80

// termText shows a term in an error: Turtle's syntax, cut when long.
func termText(t Term) string {
	switch t := t.(type) {
	case nil:
		return "no value"
	case IRI:
		return "<" + t.String() + ">"
	case Blank:
		return blankText(t)
	case Literal:
		s := t.String()
		if len(s) > maxErrorText {
			cut := maxErrorText
			for cut > 0 && !utf8.RuneStart(s[cut]) {
				cut--
			}
			s = s[:cut] + "…"
		}
		s = fmt.Sprintf("%q", s)
		switch dt := plain(t).DataType; {
		case t.Lang() != "":
			return s + "@" + t.Lang()
		case dt != XSDString:
			return s + "^^<" + dt.String() + ">"
		}
		return s
	default:
		return fmt.Sprint(t)
	}
}

// blankText returns a blank node with its "_:", also for the zero Blank, whose
// String method panics.
func blankText(b Blank) string {
	if b == (Blank{}) {
		return "_:"
	}
	return "_:" + b.String()
}

// typeText names a Go type without the package path of its type arguments.
func typeText(t reflect.Type) string {
	if t == nil {
		return "nil"
	}
	if t.Name() != "" {
		return t.Name()
	}
	return t.String()
}
