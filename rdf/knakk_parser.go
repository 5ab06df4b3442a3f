package rdf

import (
	"io"

	krdf "github.com/knakk/rdf"
)

// knakkParser reads with knakk's decoders.
type knakkParser struct {
	r io.Reader
	f Format
}

func (d knakkParser) parse(emit func(Quad) bool) error {
	kf := krdf.Turtle
	if d.f == RDFXML {
		kf = krdf.RDFXML
	}
	dec := krdf.NewTripleDecoder(d.r, kf)
	for {
		t, err := dec.Decode()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return &SyntaxError{Format: d.f, Line: 1, Msg: err.Error()}
		}
		if o, ok := t.Obj.(Literal); ok {
			t.Obj = plain(o)
		}
		if !emit(Quad{Triple: t}) {
			return nil
		}
	}
}
