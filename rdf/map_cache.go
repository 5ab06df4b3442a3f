package rdf

import (
	"reflect"
	"sync"
)

// planCache holds what reflection found about types, for one set of
// namespaces. It grows with the number of types that a program maps.
type planCache struct {
	ns        Namespaces
	assigners sync.Map // reflect.Type → assignFunc
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
	case reflect.Slice:
		if elem := scalarAssigner(t.Elem()); elem != nil {
			return func(dst reflect.Value, term Term, c *mapConfig) error {
				v := reflect.MakeSlice(t, 1, 1)
				if err := elem(v.Index(0), term, c); err != nil {
					return err
				}
				dst.Set(v)
				return nil
			}, nil
		}
	}
	return nil, &TagError{Type: t, Msg: "no RDF term can be converted to this type; let it implement rdf.Unmarshaler or encoding.TextUnmarshaler"}
}
