package sparql

import (
	"fmt"

	"github.com/themis-go/themis/rdf"
)

// fetchHuge appends the triples of one subject that has more of them than a
// request may ask for: some predicates at a time.
func (r *keysetRun) fetchHuge(dst []rdf.Triple, d direction, subject rdf.IRI) ([]rdf.Triple, error) {
	one := []rdf.IRI{subject}
	start := len(dst)
	err := r.try("triples by predicate", one, func() error {
		var err error
		dst, err = r.fetchByPredicate(dst[:start], d, subject)
		return err
	})
	return dst, err
}

func (r *keysetRun) fetchByPredicate(dst []rdf.Triple, d direction, subject rdf.IRI) ([]rdf.Triple, error) {
	q, err := d.predicates.Bind(r.queries.subject, subject)
	if err != nil {
		return dst, err
	}
	total, err := r.countsOf(d, []rdf.IRI{subject})
	if err != nil {
		return dst, err
	}
	counts, err := r.counts(q)
	if err != nil {
		return dst, err
	}
	var predicates []rdf.IRI
	sum, rows := 0, 0
	flush := func() error {
		if len(predicates) == 0 {
			return nil
		}
		q, err := r.bindBoth(d.some, subject, predicates)
		if err != nil {
			return err
		}
		start := len(dst)
		if dst, err = r.triples(dst, d, q, func(rdf.IRI) {}); err == nil {
			err = r.agree(rows, len(dst)-start)
		}
		predicates, rows = predicates[:0], 0
		return err
	}
	for p, n := range counts {
		sum += n
		if n > r.rowLimit {
			if dst, err = r.fetchByHash(dst, d, subject, p, n); err != nil {
				return dst, err
			}
			continue
		}
		if rows+n > r.rowLimit || len(predicates) == MaxValues {
			if err := flush(); err != nil {
				return dst, err
			}
		}
		predicates, rows = append(predicates, p), rows+n
	}
	if err := flush(); err != nil {
		return dst, err
	}
	if sum != total[subject] {
		return dst, &CountError{What: "triples", Want: int64(total[subject]), Got: int64(sum)}
	}
	return dst, nil
}

func (r *keysetRun) bindBoth(q *Query, subject rdf.IRI, predicates []rdf.IRI) (*Query, error) {
	q, err := q.Bind(r.queries.subject, subject)
	if err != nil {
		return nil, err
	}
	return q.Bind(r.queries.property, predicates)
}

// fetchByHash appends the triples of one subject and one predicate in parts:
// the other ends are told apart by their MD5, a part being the hashes from one
// four-digit prefix up to another. Blank nodes have no text to hash and are one
// part.
func (r *keysetRun) fetchByHash(dst []rdf.Triple, d direction, subject, predicate rdf.IRI, want int) ([]rdf.Triple, error) {
	const prefixes = 1 << 16
	start := len(dst)
	hashed, err := r.bindBoth(d.hashed, subject, []rdf.IRI{predicate})
	if err != nil {
		return dst, err
	}
	parts := min(prefixes, 1+want/r.rowLimit*4/3+1)
	for i := range parts {
		// g lies behind every hexadecimal digit.
		from, to := fmt.Sprintf("%04x", i*prefixes/parts), "g"
		if i+1 < parts {
			to = fmt.Sprintf("%04x", (i+1)*prefixes/parts)
		}
		q, err := hashed.Bind("from", from)
		if err != nil {
			return dst, err
		}
		if q, err = q.Bind("to", to); err != nil {
			return dst, err
		}
		if dst, err = r.triples(dst, d, q, func(rdf.IRI) {}); err != nil {
			return dst, err
		}
	}
	if len(dst)-start < want {
		q, err := r.bindBoth(d.blank, subject, []rdf.IRI{predicate})
		if err != nil {
			return dst, err
		}
		if dst, err = r.triples(dst, d, q, func(rdf.IRI) {}); err != nil {
			return dst, err
		}
	}
	return dst, r.agree(want, len(dst)-start)
}
