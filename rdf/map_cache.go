package rdf

import (
	"reflect"
	"strings"
	"sync"
)

// planCache holds what reflection found about types, for one set of
// namespaces. It grows with the number of types that a program maps.
type planCache struct {
	ns        Namespaces
	assigners sync.Map // reflect.Type → assignFunc
	plans     sync.Map // reflect.Type → *structPlan
}

var defaultPlans = &planCache{ns: DefaultNamespaces()}

// assignerFor returns how [Assign] stores one term in a value of type t.
func (pc *planCache) assignerFor(t reflect.Type) (assignFunc, error) {
	if f, ok := pc.assigners.Load(t); ok {
		return f.(assignFunc), nil
	}
	f, err := pc.newAssigner(t)
	if err != nil {
		return nil, err
	}
	pc.assigners.Store(t, f)
	return f, nil
}

func (pc *planCache) newAssigner(t reflect.Type) (assignFunc, error) {
	if f := scalarAssigner(t); f != nil {
		return f, nil
	}
	switch t.Kind() {
	case reflect.Pointer:
		elem, err := pc.newAssigner(t.Elem())
		if err != nil {
			return nil, err
		}
		return assignPointer(t, elem), nil
	case reflect.Slice:
		elem, err := pc.newAssigner(t.Elem())
		if err != nil {
			return nil, err
		}
		return func(dst reflect.Value, term Term, c *mapConfig) error {
			v := reflect.MakeSlice(t, 1, 1)
			if err := elem(v.Index(0), term, c); err != nil {
				return err
			}
			dst.Set(v)
			return nil
		}, nil
	case reflect.Map:
		if t.Key().Kind() == reflect.String && t.Elem().Kind() == reflect.String {
			return assignTextMap, nil
		}
	case reflect.Struct:
		plan, err := pc.planFor(t)
		if err != nil {
			return nil, err
		}
		if plan.id == nil {
			return nil, &TagError{Type: t, Msg: "a struct takes a single term only with a field tagged @id"}
		}
		return func(dst reflect.Value, term Term, c *mapConfig) error {
			v := reflect.New(t).Elem()
			if err := plan.setID(v, term, c); err != nil {
				return err
			}
			dst.Set(v)
			return nil
		}, nil
	}
	return nil, &TagError{Type: t, Msg: "no RDF term can be converted to this type; let it implement rdf.Unmarshaler or encoding.TextUnmarshaler"}
}

// assignPointer allocates the value that a pointer of type t points to.
func assignPointer(t reflect.Type, elem assignFunc) assignFunc {
	return func(dst reflect.Value, term Term, c *mapConfig) error {
		p := reflect.New(t.Elem())
		if err := elem(p.Elem(), term, c); err != nil {
			return err
		}
		dst.Set(p)
		return nil
	}
}

func assignTextMap(dst reflect.Value, t Term, _ *mapConfig) error {
	l, err := textLiteral(t)
	if err != nil {
		return err
	}
	m := reflect.MakeMap(dst.Type())
	setText(m, l)
	dst.Set(m)
	return nil
}

// textLiteral returns t as a text with or without language.
func textLiteral(t Term) (Literal, error) {
	l, ok := t.(Literal)
	if !ok {
		return Literal{}, valueErrorf("a map by language takes text, the value is %s", kindOf(t))
	}
	if dt := plain(l).DataType; l.Lang() == "" && dt != XSDString {
		return Literal{}, valueErrorf("a map by language takes text, the value has the datatype <%s>", dt)
	}
	return l, nil
}

// setText stores a text in a map under its language tag in lower case.
func setText(m reflect.Value, l Literal) {
	key := reflect.ValueOf(strings.ToLower(l.Lang())).Convert(m.Type().Key())
	m.SetMapIndex(key, reflect.ValueOf(l.String()).Convert(m.Type().Elem()))
}

// setID stores the subject in the @id field. A blank node leaves an rdf.IRI zero.
func (p *structPlan) setID(v reflect.Value, subject Term, c *mapConfig) error {
	dst := fieldAt(v, p.id.index, true)
	text := ""
	switch s := subject.(type) {
	case Blank:
		if p.id.typ == typeIRI {
			return nil
		}
		text = blankText(s)
	case IRI:
		text = s.String()
	default:
		return valueErrorf("a struct takes an IRI or a blank node, the value is %s", kindOf(subject))
	}
	if p.id.text {
		return p.id.assign(dst, NewString(text), c)
	}
	return p.id.assign(dst, subject, c)
}

// assignIRIText stores the text of an IRI in a string or a type with text methods.
func assignIRIText(dst reflect.Value, t Term, c *mapConfig) error {
	iri, ok := t.(IRI)
	if !ok {
		return valueErrorf("the field takes an IRI, the value is %s", kindOf(t))
	}
	if dst.Kind() == reflect.Pointer {
		return assignPointer(dst.Type(), assignIRIText)(dst, t, c)
	}
	if dst.Kind() == reflect.String && !dst.Addr().Type().Implements(typeTextUnmarshaler) {
		dst.SetString(iri.String())
		return nil
	}
	return assignText(dst, NewString(iri.String()), c)
}
