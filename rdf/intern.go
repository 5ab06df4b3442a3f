package rdf

import (
	"hash/maphash"

	krdf "github.com/knakk/rdf"
)

// internSlots bounds the memory of an interner; a power of two.
const internSlots = 2048

// An interner remembers the terms of recently read tokens, so that a repeated
// one costs neither an allocation nor a second check. It is a table with one
// slot for each hash value: a new token takes the place of an old one, so the
// size is fixed whatever the document holds. The hash is seeded at random.
type interner struct {
	seed  maphash.Seed
	gen   uint32
	slots []internSlot
	langs map[string]string
}

type internSlot struct {
	token string // as written, with its delimiters
	gen   uint32
	subj  Subject
	pred  Predicate
	obj   Object
}

func newInterner() *interner {
	return &interner{seed: maphash.MakeSeed(), gen: 1, slots: make([]internSlot, internSlots)}
}

// forget makes all slots void: tokens may mean something else from now on.
func (n *interner) forget() { n.gen++ }

// slot returns the slot for a token and whether it holds that token's term.
func (n *interner) slot(token []byte) (*internSlot, bool) {
	s := &n.slots[maphash.Bytes(n.seed, token)&(internSlots-1)]
	return s, s.gen == n.gen && s.token == string(token)
}

func (s *internSlot) setIRI(gen uint32, token string, iri IRI) {
	s.gen, s.token = gen, token
	s.obj = iri
	s.subj, s.pred = s.obj.(Subject), s.obj.(Predicate) // share the boxed value
}

func (s *internSlot) setBlank(gen uint32, token string, b Blank) {
	s.gen, s.token = gen, token
	s.obj = b
	s.subj, s.pred = s.obj.(Subject), nil
}

func (s *internSlot) setLiteral(gen uint32, token string, l Literal) {
	s.gen, s.token = gen, token
	s.subj, s.pred, s.obj = nil, nil, l
}

// lang returns the literal with a tag whose shape was checked by the caller.
func (n *interner) langLiteral(s string, tag []byte) (Literal, error) {
	t, ok := n.langs[string(tag)]
	if !ok {
		t = string(tag)
		if n.langs == nil || len(n.langs) >= 256 {
			n.langs = make(map[string]string)
		}
		n.langs[t] = t
	}
	if l, err := krdf.NewLangLiteral(s, t); err == nil {
		return l, nil
	}
	return NewLang(s, t)
}
