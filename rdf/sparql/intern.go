package sparql

import (
	"fmt"
	"hash/maphash"
	"strings"

	krdf "github.com/knakk/rdf"
	"github.com/themis-go/themis/rdf"
)

// termKind tells how a result document describes a term.
type termKind uint8

const (
	kindIRI termKind = iota + 1
	kindBlank
	kindLiteral
)

const (
	internFirst = 1 << 8  // slots of a new table
	internMost  = 1 << 12 // slots at most: about 100 kB, and the terms they hold
	// Longer texts rarely come twice, and a full table of them would cost memory.
	internIRI     = 512
	internLiteral = 48
)

// interner makes terms from their parts and hands out the same term for the
// same parts as long as it remembers it: results repeat subjects and
// predicates row after row. The table is direct mapped and bounded.
type interner struct {
	slots  []internSlot
	used   int
	seed   maphash.Seed
	repair bool // mend IRIs and language tags rather than refuse them
}

type internSlot struct {
	hash uint64
	term rdf.Term
}

func newInterner() interner {
	return interner{slots: make([]internSlot, internFirst), seed: maphash.MakeSeed()}
}

// resource returns the IRI with this text; or the blank node, when the text
// has a blank node's mark, as that of Virtuoso in answers to CONSTRUCT.
func (t *interner) resource(text []byte) (rdf.Term, error) {
	if len(text) > 2 && text[0] == '_' && text[1] == ':' {
		return t.blank(text)
	}
	return t.iri(text)
}

// iri returns the IRI with this text.
func (t *interner) iri(text []byte) (rdf.Term, error) {
	if len(text) > internIRI {
		iri, err := t.newIRI(string(text))
		return iri, err
	}
	h := maphash.Bytes(t.seed, text)
	slot := &t.slots[h&uint64(len(t.slots)-1)]
	if slot.hash == h {
		if iri, ok := slot.term.(rdf.IRI); ok && iri.String() == string(text) {
			return slot.term, nil
		}
	}
	iri, err := t.newIRI(string(text))
	if err != nil {
		return nil, err
	}
	term := rdf.Term(iri)
	if iri.String() == string(text) { // a mended IRI does not have its text as key
		t.put(slot, h, term)
	}
	return term, nil
}

func (t *interner) newIRI(text string) (rdf.IRI, error) {
	iri, err := rdf.NewIRI(text)
	if err != nil && t.repair && text != "" {
		return rdf.NewIRI(escapeIRI(text))
	}
	return iri, err
}

// escapeIRI percent-encodes the characters that no IRI may hold.
func escapeIRI(s string) string {
	var b strings.Builder
	for i := range len(s) {
		if c := s[i]; c <= 0x20 || strings.IndexByte("<>\"{}|^`\\", c) >= 0 {
			fmt.Fprintf(&b, "%%%02X", c)
		} else {
			b.WriteByte(c)
		}
	}
	return b.String()
}

// blank returns the blank node with this label. Virtuoso's prefixes nodeID://
// and _: are no part of it.
func (t *interner) blank(label []byte) (rdf.Term, error) {
	s := strings.TrimPrefix(strings.TrimPrefix(string(label), "nodeID://"), "_:")
	b, err := rdf.NewBlank(s)
	if err != nil {
		return nil, fmt.Errorf("blank node without a label")
	}
	return b, nil
}

// literal returns the literal with this form, datatype (nil: xsd:string) and
// language (which excludes a datatype).
func (t *interner) literal(text, datatype, lang []byte) (rdf.Term, error) {
	if len(text) > internLiteral {
		return t.newLiteral(text, datatype, lang)
	}
	h := maphash.Bytes(t.seed, text)
	if len(lang) > 0 {
		h = h*31 + maphash.Bytes(t.seed, lang) + 1
	} else if len(datatype) > 0 {
		h = h*31 + maphash.Bytes(t.seed, datatype)
	}
	slot := &t.slots[h&uint64(len(t.slots)-1)]
	if slot.hash == h {
		if l, ok := slot.term.(rdf.Literal); ok && l.String() == string(text) && l.Lang() == string(lang) &&
			(len(lang) > 0 || sameDatatype(l.DataType, datatype)) {
			return slot.term, nil
		}
	}
	term, err := t.newLiteral(text, datatype, lang)
	if err == nil {
		t.put(slot, h, term)
	}
	return term, err
}

func sameDatatype(iri rdf.IRI, datatype []byte) bool {
	if len(datatype) == 0 {
		return iri == rdf.XSDString
	}
	return iri.String() == string(datatype)
}

func (t *interner) newLiteral(text, datatype, lang []byte) (rdf.Term, error) {
	if len(lang) > 0 {
		// knakk's constructor allocates least; it refuses tags of three parts.
		l, err := krdf.NewLangLiteral(string(text), string(lang))
		if err != nil {
			l, err = rdf.NewLang(string(text), string(lang))
		}
		if err != nil && t.repair {
			return rdf.NewString(string(text)), nil
		}
		if err != nil {
			return nil, err
		}
		return l, nil
	}
	if len(datatype) == 0 || string(datatype) == xsdStringIRI {
		return rdf.NewString(string(text)), nil
	}
	dt, err := t.iri(datatype)
	if err != nil {
		return nil, fmt.Errorf("datatype: %w", err)
	}
	return rdf.NewTyped(string(text), dt.(rdf.IRI)), nil
}

const xsdStringIRI = "http://www.w3.org/2001/XMLSchema#string"

// put remembers term and lets the table grow while many different terms come.
func (t *interner) put(slot *internSlot, h uint64, term rdf.Term) {
	if slot.term == nil {
		t.used++
	}
	*slot = internSlot{hash: h, term: term}
	if t.used*2 > len(t.slots) && len(t.slots) < internMost {
		old := t.slots
		t.slots = make([]internSlot, 4*len(old))
		t.used = 0
		for _, s := range old {
			if s.term == nil {
				continue
			}
			to := &t.slots[s.hash&uint64(len(t.slots)-1)]
			if to.term == nil {
				t.used++
			}
			*to = s
		}
	}
}
