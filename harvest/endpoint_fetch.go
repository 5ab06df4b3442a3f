package harvest

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/themis-go/themis/internal/description"
	"github.com/themis-go/themis/rdf"
	"github.com/themis-go/themis/rdf/sparql"
)

const (
	// maxSome is how many subjects are named in one request; more make long
	// requests, and Virtuoso slow.
	maxSome = 400
	// partLimit is how many triples of one large subject are asked for at once.
	partLimit = 5000
)

// slice is some subjects to be fetched: a range of a class, or named ones.
type slice struct {
	class    string // empty: the subjects are named
	after    string // behind which the range begins; only with class
	subjects []subject
}

func (s slice) triples() (n int64) {
	for _, x := range s.subjects {
		n += x.triples
	}
	return n
}

// cutInto divides subjects into slices of at most page triples, or one subject.
func cutInto(class, after string, subjects []subject, page int) []slice {
	var out []slice
	for len(subjects) > 0 {
		n, sum := 0, int64(0)
		for n < len(subjects) && (n == 0 || sum+subjects[n].triples <= int64(page)) && (class != "" || n < maxSome) {
			sum += subjects[n].triples
			n++
		}
		out = append(out, slice{class: class, after: after, subjects: subjects[:n]})
		after = subjects[n-1].iri.String()
		subjects = subjects[n:]
	}
	return out
}

// fetch asks for the triples of a slice until all that were counted are there.
// What is cut is divided; what cannot be divided is counted anew and tried again.
func (h *endpointRun) fetch(ctx context.Context, s slice, w *Window) ([]description.Description, []rdf.Triple, error) {
	for try := 1; ; try++ {
		w.Tries++
		got, blanks, err := h.fetchOnce(ctx, s)
		if err == nil {
			return got, blanks, nil
		}
		if ctx.Err() != nil || !cut(err) {
			return nil, nil, err
		}
		if len(s.subjects) > 1 {
			h.note("%s: %v; asking for less", name(s), err)
			h.shrink(s, err)
			return h.fetchParts(ctx, s, w)
		}
		if try > h.tries {
			return nil, nil, err
		}
		if err := h.recount(ctx, &s); err != nil {
			return nil, nil, err
		}
		if len(s.subjects) == 0 { // it is gone
			return nil, nil, nil
		}
		if try > 1 {
			if got, blanks, err := h.fetchLarge(ctx, s.subjects[0]); err == nil {
				return got, blanks, nil
			}
		}
	}
}

func name(s slice) string {
	if len(s.subjects) == 0 {
		return s.class
	}
	return s.subjects[0].iri.String()
}

// shrink learns from a cut answer how much may be asked for: where two are cut
// at the same number of rows, it is a cap.
func (h *endpointRun) shrink(s slice, err error) {
	var short *shortError
	if !errors.As(err, &short) || short.got >= short.want || short.got == 0 {
		return
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.cuts == nil {
		h.cuts = make(map[int64]int)
	}
	if h.cuts[short.got]++; h.cuts[short.got] > 1 && int(short.got) <= h.page {
		h.page = max(int(short.got)-1, 1)
	}
}

// fetchParts fetches a slice in two halves.
func (h *endpointRun) fetchParts(ctx context.Context, s slice, w *Window) (all []description.Description, blanks []rdf.Triple, err error) {
	half := max(int(s.triples()/2), 1)
	h.mu.Lock()
	half = min(half, h.page)
	h.mu.Unlock()
	for _, part := range cutInto(s.class, s.after, s.subjects, half) {
		got, b, err := h.fetch(ctx, part, w)
		if err != nil {
			return nil, nil, err
		}
		all, blanks = append(all, got...), append(blanks, b...)
	}
	return all, blanks, nil
}

// recount asks anew how many triples the subjects of a slice have.
func (h *endpointRun) recount(ctx context.Context, s *slice) error {
	iris := make([]rdf.IRI, len(s.subjects))
	for i, x := range s.subjects {
		iris[i] = x.iri
	}
	counted, err := h.counts(ctx, iris)
	if err != nil {
		return err
	}
	s.subjects = counted
	return nil
}

func (h *endpointRun) fetchOnce(ctx context.Context, s slice) ([]description.Description, []rdf.Triple, error) {
	var b description.Builder
	var blanks []rdf.Triple
	perSubject := make(map[rdf.IRI]int64, len(s.subjects))
	want := make(map[rdf.IRI]int64, len(s.subjects))
	for _, x := range s.subjects {
		want[x.iri] = x.triples
	}
	row := func(row *sparql.Rows) error {
		t, err := triple(row.Values())
		if err != nil {
			return err
		}
		iri, ok := t.Subj.(rdf.IRI)
		if _, asked := want[iri]; !ok || !asked {
			return nil // it appeared meanwhile: the counts at the end will show it
		}
		perSubject[iri]++
		if _, blank := t.Obj.(rdf.Blank); blank {
			blanks = append(blanks, t)
			return nil
		}
		b.Add(t)
		return nil
	}
	reset := func() { b, blanks = description.Builder{}, nil; clear(perSubject) }
	var err error
	if s.class != "" {
		class, e := rdf.NewIRI(s.class)
		if e != nil {
			return nil, nil, e
		}
		last := s.subjects[len(s.subjects)-1].iri.String()
		err = h.rows(ctx, "range", reset, row, sparql.Bind("class", class), sparql.Bind("after", s.after), sparql.Bind("last", last))
	} else {
		iris := make([]rdf.IRI, len(s.subjects))
		for i, x := range s.subjects {
			iris[i] = x.iri
		}
		err = h.rows(ctx, "some", reset, row, sparql.Bind("s", iris))
	}
	if err != nil {
		return nil, nil, err
	}
	return h.checked(b.Take(), blanks, want, perSubject)
}

// checked compares what came with what was counted, subject by subject.
func (h *endpointRun) checked(all []description.Description, blanks []rdf.Triple, want, got map[rdf.IRI]int64) ([]description.Description, []rdf.Triple, error) {
	var wanted, sum int64
	differ := false
	first := ""
	for iri, n := range want {
		wanted += n
		sum += got[iri]
		if got[iri] != n && (!differ || iri.String() < first) {
			differ, first = true, iri.String()
		}
	}
	if differ {
		return nil, nil, &shortError{what: first, want: wanted, got: sum}
	}
	h.received(int(sum))
	return all, blanks, nil
}

// fetchLarge reads a subject that has more triples than one answer may have.
func (h *endpointRun) fetchLarge(ctx context.Context, s subject) ([]description.Description, []rdf.Triple, error) {
	var b description.Builder
	var blanks []rdf.Triple
	limit := partLimit
	h.mu.Lock()
	limit = min(limit, h.page)
	h.mu.Unlock()
	var got int64
	for offset := int64(0); offset < s.triples; {
		var page []rdf.Triple
		err := h.rows(ctx, "part", func() { page = page[:0] }, func(row *sparql.Rows) error {
			v := row.Values()
			t, err := triple([]rdf.Term{s.iri, v[0], v[1]})
			page = append(page, t)
			return err
		}, sparql.Bind("s", s.iri), sparql.Bind("limit", limit), sparql.Bind("offset", offset))
		if err != nil {
			return nil, nil, err
		}
		if len(page) == 0 {
			break
		}
		for _, t := range page {
			got++
			if _, blank := t.Obj.(rdf.Blank); blank {
				blanks = append(blanks, t)
			} else {
				b.Add(t)
			}
		}
		offset += int64(len(page))
	}
	return h.checked(b.Take(), blanks, map[rdf.IRI]int64{s.iri: s.triples}, map[rdf.IRI]int64{s.iri: got})
}

// triple makes a triple of a row.
func triple(row []rdf.Term) (rdf.Triple, error) {
	if len(row) == 3 {
		s, oks := row[0].(rdf.Subject)
		p, okp := row[1].(rdf.Predicate)
		o, oko := row[2].(rdf.Object)
		if oks && okp && oko {
			return rdf.Triple{Subj: s, Pred: p, Obj: o}, nil
		}
	}
	return rdf.Triple{}, fmt.Errorf("harvest: the endpoint sent a row that is no triple: %v", slices.Clone(row))
}
