package sparql

import (
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/themis-go/themis/rdf"
)

// Rows is the result of a SELECT query, read as it arrives:
//
//	rows, err := client.Select(ctx, query)
//	if err != nil { … }
//	defer rows.Close()
//	for rows.Next() {
//		err := rows.Scan(&uri, &title)
//		…
//	}
//	err = rows.Err()
//
// Err must be asked at the end: it alone tells whether the rows were all there
// are. Rows are for one goroutine at a time.
type Rows struct {
	dec     resultDecoder
	sol     *solution
	call    *call // nil for documents that are read from elsewhere
	scan    scanConfig
	rowCap  int64
	lenient bool // AllowPartial

	first   bool // a row has been read ahead
	done    bool
	n       int64 // rows delivered
	partial *PartialError
	err     error
}

// ReadResults reads a result document, such as a stored answer. The options
// that concern decoding and scanning apply. An answer to ASK is read with
// [ReadBoolean].
func ReadResults(r io.Reader, format ResultFormat, opts ...QueryOption) (*Rows, error) {
	c := documentCall(opts)
	dec, err := newResultDecoder(r, format, c.decode)
	if err != nil {
		return nil, fmt.Errorf("sparql: %w", err)
	}
	rows := &Rows{dec: dec, scan: c.scan, rowCap: c.rowCap, lenient: c.allowPartial}
	if err := rows.readAhead(); err != nil {
		return nil, fmt.Errorf("sparql: %w", err)
	}
	if rows.sol.boolean != nil {
		return nil, fmt.Errorf("sparql: %w", &DecodeError{Format: format, Msg: "it is a boolean, not rows", Err: ErrNotResults})
	}
	return rows, nil
}

// ReadBoolean reads a result document that answers an ASK query.
func ReadBoolean(r io.Reader, format ResultFormat, opts ...QueryOption) (bool, error) {
	dec, err := newResultDecoder(r, format, documentCall(opts).decode)
	if err != nil {
		return false, fmt.Errorf("sparql: %w", err)
	}
	rows := &Rows{dec: dec}
	if err := rows.readAhead(); err != nil {
		return false, fmt.Errorf("sparql: %w", err)
	}
	yes, err := rows.askAnswer()
	if err != nil {
		return false, fmt.Errorf("sparql: %w", err)
	}
	return yes, nil
}

func documentCall(opts []QueryOption) *call {
	c := new(call)
	for _, opt := range opts {
		opt(c)
	}
	return c
}

// openRows begins to read an answer; the first row is read ahead.
func (c *call) openRows(a *answer) (*Rows, error) {
	format := resultFormatOf(a.header.Get("Content-Type"))
	dec, err := newResultDecoder(a.body, format, c.decode)
	if err != nil {
		return nil, err
	}
	rows := &Rows{dec: dec, call: c, scan: c.scan, rowCap: c.rowCap,
		lenient: c.allowPartial, partial: a.partial}
	if isTable(dec) && !a.framed && rows.partial == nil {
		rows.partial = c.newPartial(PartialUnframed, 0)
	}
	return rows, rows.readAhead()
}

// isTable reports whether dec reads a format that has no end mark.
func isTable(dec resultDecoder) bool {
	switch dec.(type) {
	case *csvDecoder, *tsvDecoder:
		return true
	}
	return false
}

// readAhead reads the first row.
func (r *Rows) readAhead() error {
	ok, err := r.dec.next()
	r.sol = r.dec.solution()
	if err != nil {
		return err
	}
	r.first = ok
	if !ok && r.sol.boolean == nil {
		r.done = true
		r.checkComplete()
	}
	return r.err
}

// Next reads the next row and reports whether there is one. When there is
// none, the connection is free again and Err tells whether all went well.
func (r *Rows) Next() bool {
	if r.first {
		r.first = false
		r.n++
		return true
	}
	if r.done {
		return false
	}
	ok, err := r.dec.next()
	if ok && err == nil {
		r.n++
		return true
	}
	r.finish(err)
	return false
}

// finish ends the rows behind the last one, or behind an error.
func (r *Rows) finish(err error) {
	r.done = true
	clear(r.sol.row)
	switch {
	case err != nil && r.call != nil:
		r.err = r.call.broken(r.n, err)
	case err != nil:
		r.err = &PartialError{Operation: "read results", Reason: PartialBroken, Rows: r.n, Err: err}
	default:
		r.checkComplete()
	}
	r.release()
}

// checkComplete looks, behind the last row, for what shows that rows are missing.
func (r *Rows) checkComplete() {
	if r.partial == nil && r.rowCap > 0 && r.n >= r.rowCap {
		r.partial = &PartialError{Operation: "read results"}
		if r.call != nil {
			r.partial = r.call.newPartial(PartialRowCap, 0)
		}
		r.partial.Reason, r.partial.MaxRows = PartialRowCap, r.rowCap
	}
	if r.partial != nil {
		r.partial.Rows = r.n
		if !r.lenient {
			r.err = r.partial
		}
	}
}

func (r *Rows) release() {
	if r.call != nil {
		r.call.end(r.n, r.err)
	}
}

// Close frees the connection. Rows not yet read are given up. It may be called
// more than once, and returns nil always.
func (r *Rows) Close() error {
	if !r.done {
		r.done, r.first = true, false
		clear(r.sol.row)
		r.release()
	}
	return nil
}

// Err returns what ended the rows before their time: a [*PartialError] when
// the answer broke off, went wrong or is known or suspected to be cut. It is
// nil while rows come, when they were all read, and after Close.
func (r *Rows) Err() error { return r.err }

// Partial returns, behind the last row, in what way the answer is incomplete,
// where [AllowPartial] keeps it from being an error; nil: it is complete.
func (r *Rows) Partial() *PartialError {
	if !r.done {
		return nil
	}
	return r.partial
}

// Vars returns the names of the variables, in the order of Values. Where the
// document names them only behind its rows, or not at all, they are those met
// so far.
func (r *Rows) Vars() []string { return slices.Clone(r.sol.vars) }

// Count returns how many rows Next has delivered.
func (r *Rows) Count() int64 { return r.n }

// Values returns the terms of the current row in the order of Vars; nil is an
// unbound variable. The slice is used again by Next; the terms may be kept.
func (r *Rows) Values() []rdf.Term { return r.sol.row }

// Term returns the variable's term in the current row, nil when it is unbound
// or unknown.
func (r *Rows) Term(name string) rdf.Term {
	for i, v := range r.sol.vars {
		if v == name {
			return r.sol.row[i]
		}
	}
	return nil
}

// askAnswer returns the boolean of an answer that was read ahead.
func (r *Rows) askAnswer() (bool, error) {
	if r.sol.boolean != nil {
		return *r.sol.boolean, nil
	}
	// Virtuoso has no boolean in CSV and TSV, but a row.
	if r.first && len(r.sol.row) == 1 && isTable(r.dec) {
		var yes bool
		if err := rdf.Assign(&yes, r.sol.row[0]); err == nil {
			if more, err := r.dec.next(); err != nil || !more {
				return yes, err
			}
		}
	}
	return false, &DecodeError{Msg: "it has rows, not a boolean", Err: ErrNotResults}
}

// Scan copies the current row into the destinations, one for each variable in
// the order of Vars; nil passes a variable over. Terms are converted as
// [rdf.Assign] does. The error is a [*ScanError].
func (r *Rows) Scan(dst ...any) error {
	if len(dst) != len(r.sol.row) {
		return &ScanError{Row: r.n, Err: fmt.Errorf("%d destinations for %d variables: %w", len(dst), len(r.sol.row), errScan)}
	}
	for i, d := range dst {
		if d == nil {
			continue
		}
		if err := rdf.Assign(d, r.sol.row[i], r.scan.assign...); err != nil {
			return &ScanError{Row: r.n, Variable: r.sol.vars[i], Value: r.sol.row[i], Err: err}
		}
	}
	return nil
}

var errScan = errors.New("give Scan one for each")
