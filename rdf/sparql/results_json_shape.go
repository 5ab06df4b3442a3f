package sparql

import (
	"bytes"

	"github.com/themis-go/themis/rdf"
)

// Rows repeat themselves: what stands between two values is the same, byte for
// byte, from row to row. The decoder remembers it, as it was parsed, and where
// the same bytes come again at the same point of the grammar it steps over them
// at once. They mean the same, so nothing is read that would not be read
// otherwise; where they differ, or the buffer ends, parsing goes its usual way.

const (
	longestShape = 256 // bytes of a piece that is worth remembering
	mostShapes   = 8   // ways in which the terms of a column are described
	mostColumns  = 64
)

// jsonColumn is what the decoder remembers of a variable.
type jsonColumn struct {
	lead   []byte // from the end of the term before to the { of this column's
	shapes []jsonShape
	last   string // text of the IRI that came last
	term   rdf.Term
}

// jsonShape is the beginning of a term's object, up to the opening quote of
// its value, and what it says.
type jsonShape struct {
	prefix         []byte
	kind           termKind
	datatype, lang []byte // nil: not given
}

// column returns what is remembered of a column, nil beyond the bound.
func (d *jsonDecoder) column(col int) *jsonColumn {
	if col >= mostColumns {
		return nil
	}
	for len(d.columns) <= col {
		d.columns = append(d.columns, jsonColumn{})
	}
	return &d.columns[col]
}

// stepTo moves over the remembered bytes to the term of a column; false where
// others come.
func (d *jsonDecoder) stepTo(lead []byte, col int) bool {
	if len(lead) == 0 || !bytes.HasPrefix(d.buf[d.pos:], lead) || d.sol.row[col] != nil {
		return false
	}
	d.pos += len(lead)
	return true
}

// since returns the input from a place of the document up to pos, nil when it
// is too long or no longer in the buffer.
func (d *jsonDecoder) since(from int64) []byte {
	if from < d.base || d.offset()-from > longestShape {
		return nil
	}
	return d.buf[from-d.base : d.pos]
}

// shape returns the remembered shape that comes at pos, the one met last first.
func (c *jsonColumn) shape(input []byte) *jsonShape {
	for i := range c.shapes {
		if bytes.HasPrefix(input, c.shapes[i].prefix) {
			if i > 0 {
				c.shapes[0], c.shapes[i] = c.shapes[i], c.shapes[0]
			}
			return &c.shapes[0]
		}
	}
	return nil
}

// remember keeps how the term being read began, when its value has just been read.
func (d *jsonDecoder) remember(c *jsonColumn, t *jsonTerm) {
	if c == nil || t.shape != nil || t.kind == 0 || t.raw != 0 || t.value.scratch || t.datatype.scratch || t.lang.scratch {
		return
	}
	prefix := d.buf[d.mark : t.value.from-d.base]
	if len(prefix) > longestShape {
		return
	}
	s := jsonShape{prefix: bytes.Clone(prefix), kind: t.kind}
	if t.datatype.set {
		s.datatype = bytes.Clone(d.text(t.datatype))
	}
	if t.lang.set {
		s.lang = bytes.Clone(d.text(t.lang))
	}
	if len(c.shapes) < mostShapes {
		c.shapes = append(c.shapes, s)
	} else {
		c.shapes[mostShapes-1] = s
	}
}

// shapedTerm reads a term that begins in a remembered shape. mark is set.
func (d *jsonDecoder) shapedTerm(c *jsonColumn, s *jsonShape) (rdf.Term, error) {
	d.pos += len(s.prefix)
	d.scratch = d.scratch[:0]
	d.term = jsonTerm{kind: s.kind, shape: s}
	t := &d.term
	t.datatype.set, t.lang.set = s.datatype != nil, s.lang != nil
	var err error
	if t.value, err = d.readString(); err != nil {
		return nil, err
	}
	rest := d.buf[d.pos:]
	switch {
	case len(rest) > 0 && rest[0] == '}':
		d.pos++
	case len(rest) > 1 && rest[0] == ' ' && rest[1] == '}':
		d.pos += 2
	default:
		return d.restOfTerm(c, t)
	}
	return d.makeTerm(c, t)
}

// iri returns the IRI with this text; subjects come many times in a row.
func (d *jsonDecoder) iri(c *jsonColumn, text []byte) (rdf.Term, error) {
	if c == nil {
		return d.terms.resource(text)
	}
	if c.term != nil && c.last == string(text) {
		return c.term, nil
	}
	term, err := d.terms.resource(text)
	if iri, ok := term.(rdf.IRI); ok && iri.String() == string(text) {
		c.term, c.last = term, iri.String()
	}
	return term, err
}
