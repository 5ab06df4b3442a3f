package sparql

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"mime"
	"strings"

	"github.com/themis-go/themis/rdf"
)

// acceptGraph asks for triples in the order in which they are read best. The
// last is for endpoints that answer nothing else, with rows of s, p and o.
const acceptGraph = "application/n-triples, text/turtle;q=0.9, application/rdf+xml;q=0.7, application/sparql-results+json;q=0.5"

// Construct sends a CONSTRUCT query and yields its triples as they arrive.
// Where it ends with an error, that is the last it yields: a [*PartialError]
// when triples were lost. Endpoints that answer with rows of s, p and o are
// understood. A triple may come more than once.
//
// Virtuoso cuts such an answer at its maximum of rows without any sign: see
// [RowCap].
func (c *Client) Construct(ctx context.Context, q *Query, opts ...QueryOption) iter.Seq2[rdf.Triple, error] {
	return c.graphQuery(ctx, "construct", q, opts, FormConstruct)
}

// Describe sends a DESCRIBE query and yields its triples, as [Client.Construct]
// does.
func (c *Client) Describe(ctx context.Context, q *Query, opts ...QueryOption) iter.Seq2[rdf.Triple, error] {
	return c.graphQuery(ctx, "describe", q, opts, FormDescribe)
}

func (c *Client) graphQuery(ctx context.Context, operation string, q *Query, opts []QueryOption, form Form) iter.Seq2[rdf.Triple, error] {
	return func(yield func(rdf.Triple, error) bool) {
		opts := append([]QueryOption{Accept(acceptGraph)}, opts...)
		call, err := c.newCall(ctx, operation, q, opts, form)
		if err != nil {
			yield(rdf.Triple{}, err)
			return
		}
		call.streamTriples(call.queryRequest, yield)
	}
}

// tripleStream is an answer of triples of which the first was read ahead.
type tripleStream struct {
	next    func() (rdf.Triple, bool, error)
	stop    func()
	first   rdf.Triple
	any     bool
	endless bool // the format has no end mark
	partial *PartialError
}

// streamTriples sends the request and yields the triples of its answer.
func (c *call) streamTriples(build requestBuilder, yield func(rdf.Triple, error) bool) {
	var s *tripleStream
	err := c.exchange(build, func(a *answer) (err error) {
		s, err = c.openTriples(a)
		return err
	})
	if err != nil {
		yield(rdf.Triple{}, err)
		return
	}
	defer s.stop()
	var n int64
	for t, ok := s.first, s.any; ok; {
		n++
		if !yield(t, nil) {
			c.end(n, nil)
			return
		}
		if t, ok, err = s.next(); err != nil {
			err = c.broken(n, err)
			break
		}
	}
	if err == nil {
		err = c.completeTriples(s, n)
	}
	c.end(n, err)
	if err != nil {
		yield(rdf.Triple{}, err)
	}
}

// completeTriples looks, behind the last triple, for what shows that some are
// missing.
func (c *call) completeTriples(s *tripleStream, n int64) error {
	p := s.partial
	if p == nil && c.rowCap > 0 && n >= c.rowCap {
		p = c.newPartial(PartialRowCap, n)
		p.MaxRows = c.rowCap
	}
	if p == nil || c.allowPartial {
		return nil
	}
	p.Rows = n
	return p
}

// openTriples begins to read an answer of triples, in whichever form it comes.
func (c *call) openTriples(a *answer) (*tripleStream, error) {
	contentType := a.header.Get("Content-Type")
	var s *tripleStream
	var err error
	if format, ok := rdf.FormatByMediaType(contentType); ok {
		s, err = readGraph(a, format)
	} else {
		s, err = c.readTripleRows(a, contentType)
	}
	if err != nil {
		return nil, err
	}
	s.partial = a.partial
	if s.partial == nil && !a.framed && s.endless {
		s.partial = c.newPartial(PartialUnframed, 0)
	}
	if s.first, s.any, err = s.next(); err != nil {
		s.stop()
		return nil, err
	}
	return s, nil
}

// readGraph reads a serialisation of RDF.
func readGraph(a *answer, format rdf.Format) (*tripleStream, error) {
	pull, stop := iter.Pull2(rdf.Read(a.body, format))
	return &tripleStream{
		next: func() (rdf.Triple, bool, error) {
			t, err, ok := pull()
			return t, ok && err == nil, err
		},
		stop:    stop,
		endless: format != rdf.RDFXML,
	}, nil
}

// readTripleRows reads triples from rows of s, p and o, which some stores
// answer CONSTRUCT with where they are asked for results.
func (c *call) readTripleRows(a *answer, contentType string) (*tripleStream, error) {
	media, _, _ := mime.ParseMediaType(contentType)
	if resultFormatOf(contentType) == 0 && media != "" {
		head, _ := io.ReadAll(io.LimitReader(a.body, 160))
		return nil, &DecodeError{Msg: fmt.Sprintf("it is %s, no triples", shorten(media)), Near: excerpt([]byte(strings.TrimSpace(string(head)))), Err: ErrNotResults}
	}
	dec, err := newResultDecoder(a.body, resultFormatOf(contentType), c.decode)
	if err != nil {
		return nil, err
	}
	rows := int64(0)
	return &tripleStream{stop: func() {}, endless: isTable(dec), next: func() (rdf.Triple, bool, error) {
		ok, err := dec.next()
		if err == nil && dec.solution().boolean != nil {
			err = &DecodeError{Msg: "it is a boolean, not triples", Err: ErrNotResults}
		}
		if err != nil || !ok {
			return rdf.Triple{}, false, err
		}
		rows++
		t, err := tripleOf(dec.solution())
		if err != nil {
			return rdf.Triple{}, false, &DecodeError{Msg: fmt.Sprintf("row %d: %v", rows, err), Err: ErrNotResults}
		}
		return t, true, nil
	}}, nil
}

var (
	errNotTriple   = errors.New("the terms cannot form a triple")
	errTripleNames = errors.New("the rows are no triples: they lack s, p and o")
)

// tripleOf makes a triple of the row's s, p and o, or subject, predicate and
// object.
func tripleOf(sol *solution) (rdf.Triple, error) {
	var terms [3]rdf.Term
	for i, v := range sol.vars {
		switch v {
		case "s", "S", "subject":
			terms[0] = sol.row[i]
		case "p", "P", "predicate":
			terms[1] = sol.row[i]
		case "o", "O", "object":
			terms[2] = sol.row[i]
		}
	}
	if terms == [3]rdf.Term{} {
		return rdf.Triple{}, errTripleNames
	}
	subj, ok1 := terms[0].(rdf.Subject)
	pred, ok2 := terms[1].(rdf.Predicate)
	obj, ok3 := terms[2].(rdf.Object)
	if !ok1 || !ok2 || !ok3 {
		return rdf.Triple{}, errNotTriple
	}
	return rdf.Triple{Subj: subj, Pred: pred, Obj: obj}, nil
}
