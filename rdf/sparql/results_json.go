package sparql

import (
	"errors"
	"io"

	"github.com/themis-go/themis/rdf"
)

// jsonDecoder reads application/sparql-results+json (SPARQL 1.1 Query Results
// JSON Format) as its bytes arrive. Members may come in any order, unknown
// ones are skipped, and what real stores write beside the specification is
// read: typed-literal, lang for xml:lang, numbers and booleans as raw values,
// null for an unbound variable.
type jsonDecoder struct {
	source
	terms   interner
	sol     solution
	phase   jsonPhase
	seen    jsonMember // top members met so far
	rows    int64
	scratch []byte // the unescaped texts of the term being read
	term    jsonTerm
	columns []jsonColumn
	lead    []byte // from the end of a row to the first term of the next
	first   int    // the column of that term
}

type jsonPhase uint8

const (
	jsonStart jsonPhase = iota
	jsonRows            // behind the [ of bindings or a row
	jsonTop             // behind a member of the top object
	jsonDone
)

type jsonMember uint8

const (
	seenHead jsonMember = 1 << iota
	seenResults
	seenBoolean
	seenBindings
)

func (d *jsonDecoder) solution() *solution { return &d.sol }

func (d *jsonDecoder) next() (bool, error) {
	switch d.phase {
	case jsonStart:
		if err := d.expect('{', "an object"); err != nil {
			return false, err
		}
		if c, err := d.nonBlank("a member or }"); err != nil {
			return false, err
		} else if c == '}' {
			d.pos++
			return false, d.end()
		}
		return d.topMembers()
	case jsonRows:
		return d.row()
	case jsonTop:
		return d.afterMember()
	}
	return false, nil
}

// topMembers reads members of the top object until the first row or the end;
// the next byte begins a member's name.
func (d *jsonDecoder) topMembers() (bool, error) {
	for {
		at := d.offset()
		key, err := d.key()
		if err != nil {
			return false, err
		}
		var member jsonMember
		switch string(key) {
		case "head":
			member = seenHead
		case "results":
			member = seenResults
		case "boolean":
			member = seenBoolean
		}
		if member != 0 && d.seen&member != 0 {
			return false, d.failAt(at, "this member came before", nil)
		}
		d.seen |= member
		if err := d.colon(); err != nil {
			return false, err
		}
		switch member {
		case seenHead:
			err = d.head()
		case seenResults:
			var more bool
			if more, err = d.results(); more {
				d.phase = jsonRows
				return d.row()
			}
		case seenBoolean:
			var b bool
			if b, err = d.readBool(); err == nil {
				d.sol.boolean = &b
			}
		default:
			err = d.skipValue(0)
		}
		if err != nil {
			return false, err
		}
		more, err := d.comma('}')
		if err != nil {
			return false, err
		}
		if !more {
			return false, d.end()
		}
	}
}

// afterMember goes on behind a member of the top object.
func (d *jsonDecoder) afterMember() (bool, error) {
	more, err := d.comma('}')
	if err != nil {
		return false, err
	}
	if !more {
		return false, d.end()
	}
	return d.topMembers()
}

// end checks what follows the document, and that it was one.
func (d *jsonDecoder) end() error {
	d.phase = jsonDone
	if _, ok := d.peekNonBlank(); ok {
		at := d.offset()
		for len(d.buf)-d.pos < 200 && d.fill() {
		}
		return d.failAt(at, "text behind the end of the document", nil)
	}
	if d.err != io.EOF {
		return d.failAt(d.offset(), "the answer broke off", d.err)
	}
	switch {
	case d.seen&seenBoolean != 0 && d.seen&seenBindings != 0:
		return d.failAt(d.offset(), "the document has both boolean and bindings", nil)
	case d.seen&(seenBoolean|seenBindings) == 0:
		return d.failAt(d.offset(), "the JSON has neither results.bindings nor boolean", ErrNotResults)
	}
	return nil
}

// head reads the value of the member head.
func (d *jsonDecoder) head() error {
	return d.object(func(key []byte) error {
		if string(key) != "vars" {
			return d.skipValue(0)
		}
		var vars []string
		err := d.array(func() error {
			if err := d.expect('"', "a variable's name"); err != nil {
				return err
			}
			name, err := d.plainString()
			if err != nil {
				return err
			}
			if len(vars) == maxVars {
				return d.failAt(d.offset(), "too many variables", nil)
			}
			vars = append(vars, string(name))
			return nil
		})
		if err != nil {
			return err
		}
		if err := d.sol.declare(vars); err != nil {
			return d.failAt(d.offset(), err.Error(), nil)
		}
		return nil
	})
}

// results reads the value of the member results up to its bindings; true when
// a list of bindings has begun.
func (d *jsonDecoder) results() (bool, error) {
	if err := d.expect('{', "an object"); err != nil {
		return false, err
	}
	if c, err := d.nonBlank("a member or }"); err != nil {
		return false, err
	} else if c == '}' {
		d.pos++
		return false, nil
	}
	return d.resultMembers()
}

// resultMembers reads members of results; the next byte begins a name.
func (d *jsonDecoder) resultMembers() (bool, error) {
	for {
		at := d.offset()
		key, err := d.key()
		if err != nil {
			return false, err
		}
		bindings := string(key) == "bindings"
		if err := d.colon(); err != nil {
			return false, err
		}
		if bindings {
			if d.seen&seenBindings != 0 {
				return false, d.failAt(at, "this member came before", nil)
			}
			d.seen |= seenBindings
			if err := d.expect('[', "a list of rows"); err != nil {
				return false, err
			}
			return true, nil
		}
		if err := d.skipValue(0); err != nil {
			return false, err
		}
		more, err := d.comma('}')
		if err != nil || !more {
			return false, err
		}
	}
}

// row reads the next row, or what follows the last one.
func (d *jsonDecoder) row() (bool, error) {
	clear(d.sol.row)
	from := d.offset()
	if d.rows > 0 && d.stepTo(d.lead, d.first) {
		if err := d.bindings(from, d.first); err != nil {
			return false, err
		}
		d.rows++
		return true, nil
	}
	c, err := d.nonBlank("a row or ]")
	if err != nil {
		return false, err
	}
	switch {
	case c == ']':
		d.pos++
		return d.afterRows()
	case d.rows > 0 && c == ',':
		d.pos++
	case d.rows > 0:
		return false, d.failAt(d.offset(), "want , or ] behind a row", nil)
	}
	if err := d.expect('{', "a row"); err != nil {
		return false, err
	}
	if err := d.bindings(from, -1); err != nil {
		return false, err
	}
	d.rows++
	return true, nil
}

// afterRows reads on behind the list of rows: the rest of results, then the
// rest of the document.
func (d *jsonDecoder) afterRows() (bool, error) {
	more, err := d.comma('}')
	if err == nil && more {
		_, err = d.resultMembers()
	}
	if err != nil {
		return false, err
	}
	d.phase = jsonTop
	return d.afterMember()
}

// bindings reads the members of a row behind its brace; from is the place
// where the row before ended. When col is no -1, the term of that column comes
// first, and what leads to it was read.
func (d *jsonDecoder) bindings(from int64, col int) error {
	first := true
	if col < 0 {
		c, err := d.nonBlank("a variable or }")
		if err != nil {
			return err
		}
		if c == '}' {
			d.pos++
			return nil
		}
	}
	for guess := 0; ; guess = col + 1 {
		if col < 0 {
			at := d.offset()
			name, err := d.key()
			if err != nil {
				return err
			}
			var ok bool
			if col, ok = d.sol.column(name, guess); !ok {
				return d.failAt(at, "too many variables", nil)
			}
			if d.sol.row[col] != nil {
				return d.failAt(at, "the row binds this variable twice", nil)
			}
			if err := d.colon(); err != nil {
				return err
			}
			if _, err := d.nonBlank("a term"); err != nil {
				return err
			}
			d.rememberLead(from, col, first)
		}
		term, err := d.value(col)
		if err != nil {
			return err
		}
		d.sol.row[col] = term
		first, from = false, d.offset()
		if next := col + 1; next < len(d.columns) && d.stepTo(d.columns[next].lead, next) {
			col = next
			guess = col
			continue
		}
		if more, err := d.comma('}'); err != nil || !more {
			return err
		}
		guess, col = col, -1
	}
}

// rememberLead keeps the bytes that led from a place to the term of a column.
func (d *jsonDecoder) rememberLead(from int64, col int, first bool) {
	bytesRead := d.since(from)
	switch {
	case bytesRead == nil:
	case first && d.rows > 0:
		d.lead, d.first = append(d.lead[:0], bytesRead...), col
	case !first:
		if c := d.column(col); c != nil {
			c.lead = append(c.lead[:0], bytesRead...)
		}
	}
}

// value reads the value of a binding; nil for null.
func (d *jsonDecoder) value(col int) (rdf.Term, error) {
	c, err := d.nonBlank("a term")
	if err != nil {
		return nil, err
	}
	if c == 'n' {
		return nil, d.word("null")
	}
	if c != '{' {
		return nil, d.failAt(d.offset(), "want an object that describes a term", nil)
	}
	at := d.offset()
	d.mark = d.pos // texts stay in the buffer until the term is made
	var term rdf.Term
	column := d.column(col)
	var shape *jsonShape
	if column != nil {
		shape = column.shape(d.buf[d.pos:])
	}
	if shape != nil {
		term, err = d.shapedTerm(column, shape)
	} else {
		term, err = d.readTerm(column)
	}
	d.mark = -1
	if err != nil {
		var bad *termError
		if errors.As(err, &bad) {
			return nil, d.failAt(at, "?"+d.sol.vars[col]+": "+bad.msg, bad.err)
		}
		return nil, err
	}
	return term, nil
}
