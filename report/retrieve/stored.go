package retrieve

import (
	"maps"
	"slices"
	"time"

	"github.com/themis-go/themis/internal/dutch"
	"github.com/themis-go/themis/report/stage"
)

// format names the form of a stored index. It changes with the form, and with
// the analysis of words, so that an index of another version is made anew.
const format = "themis retrieve index 4"

// encode writes the index, with the version of the archive that it is of.
// What follows quickly from the documents is left out.
func (ix *Index) encode(version string) []byte {
	e := &encoder{}
	e.string(format)
	e.string(version)
	e.uint(uint64(ix.learnt))
	ix.lex.encode(e)
	e.uint(uint64(len(ix.docs)))
	for i := range ix.docs {
		ix.docs[i].encode(e)
	}
	for d, list := range ix.near {
		e.uint(uint64(len(list)))
		for _, n := range list {
			e.uint(uint64(n.doc))
			e.float(n.cosine)
		}
		e.uint(uint64(ix.dossier[d]))
	}
	e.uint(uint64(ix.space.size))
	e.floats(ix.space.terms)
	e.floats(ix.latent)
	return e.data
}

func (l *lexicon) encode(e *encoder) {
	e.uint(uint64(len(l.terms)))
	for _, t := range l.terms {
		e.string(t)
	}
	e.uint(uint64(len(l.words)))
	for _, w := range slices.Sorted(maps.Keys(l.words)) {
		e.string(w)
		e.uint(uint64(len(l.words[w])))
		for _, t := range l.words[w] {
			e.uint(uint64(t.id))
			e.float(t.weight)
		}
	}
	known := l.split.Words()
	e.uint(uint64(len(known)))
	for _, w := range slices.Sorted(maps.Keys(known)) {
		e.string(w)
		e.uint(uint64(known[w]))
	}
}

func (d *document) encode(e *encoder) {
	e.string(d.uri)
	e.uint(d.digest)
	day := int64(0)
	if !d.date.IsZero() {
		day = d.date.Unix()/86400 + 1
	}
	e.int(day)
	e.uint(uint64(d.stage))
	for _, x := range d.length {
		e.float(x)
	}
	ids := make([]uint32, len(d.terms))
	for i, o := range d.terms {
		ids[i] = o.id
	}
	e.ids(ids)
	for _, o := range d.terms {
		// A bit tells for each field whether the term is there.
		mask := uint64(0)
		for f, x := range o.tf {
			if x != 0 {
				mask |= 1 << f
			}
		}
		e.uint(mask)
		for _, x := range o.tf {
			if x != 0 {
				e.float(x)
			}
		}
	}
	e.ids(d.areas)
	e.ids(d.title)
}

// decode reads an index. It returns an error for data of another format or
// that is damaged.
func decode(data []byte) (ix *Index, version string, err error) {
	d := &decoder{data: data}
	if d.string() != format {
		return nil, "", errDamaged
	}
	version = d.string()
	ix = &Index{learnt: int(d.uint())}
	ix.lex = decodeLexicon(d)
	terms := len(ix.lex.terms)
	ix.docs = make([]document, d.count(8))
	n := len(ix.docs)
	for i := range ix.docs {
		if d.err != nil {
			return nil, "", d.err
		}
		ix.docs[i] = decodeDocument(d, terms)
	}
	ix.near, ix.dossier = make([][]neighbour, n), make([]int, n)
	for i := range ix.near {
		ix.near[i] = make([]neighbour, d.count(5))
		for j := range ix.near[i] {
			ix.near[i][j] = neighbour{d.below(n), d.float()}
		}
		ix.dossier[i] = int(d.uint())
	}
	ix.space = &space{size: int(d.uint()), terms: nil}
	ix.space.terms, ix.latent = d.floats(), d.floats()
	if d.err == nil && (len(d.data) > 0 || len(ix.space.terms) != terms*ix.space.size || len(ix.latent) != n*ix.space.size) {
		d.fail()
	}
	if d.err != nil {
		return nil, "", d.err
	}
	ix.post = invert(ix.docs, ix.lex)
	ix.count()
	return ix, version, nil
}

func decodeLexicon(d *decoder) *lexicon {
	l := newLexicon(nil)
	for range d.count(1) {
		l.add(d.string())
	}
	n := len(l.terms)
	for range d.count(2) {
		w := d.string()
		list := make([]term, d.count(5))
		for i := range list {
			list[i] = term{d.below(n), d.float()}
		}
		l.words[w] = list
	}
	known := map[string]int{}
	for range d.count(2) {
		w := d.string()
		known[w] = int(d.uint())
	}
	l.split = splitterOf(known)
	return l
}

func decodeDocument(d *decoder, terms int) document {
	doc := document{uri: d.string(), digest: d.uint()}
	if day := d.int(); day != 0 {
		doc.date = time.Unix((day-1)*86400, 0).UTC()
	}
	doc.stage = stage.Stage(d.below(len(stage.All())))
	for f := range doc.length {
		doc.length[f] = d.float()
	}
	ids := d.ids(terms)
	doc.terms = make([]occurrence, len(ids))
	for i, id := range ids {
		o := occurrence{id: id}
		mask := d.uint()
		for f := range o.tf {
			if mask&(1<<f) != 0 {
				o.tf[f] = d.float()
			}
		}
		doc.terms[i] = o
	}
	doc.areas, doc.title = d.ids(terms), d.ids(terms)
	return doc
}

// splitterOf makes the splitter of an index that was read.
func splitterOf(words map[string]int) *dutch.Splitter {
	v := dutch.NewVocabulary()
	for w, n := range words {
		v.AddWord(w, n)
	}
	return dutch.NewSplitter(v)
}

// encode writes the vectors of a model by the digests of what they are of.
func (v *vectors) encode() []byte {
	e := &encoder{}
	e.string(v.model)
	e.uint(uint64(len(v.of)))
	for _, key := range slices.Sorted(maps.Keys(v.of)) {
		e.uint(key)
		e.floats(v.of[key])
	}
	return e.data
}

// decodeVectors reads the vectors of a model; none where the data is damaged
// or of another model: then they are asked for again.
func decodeVectors(model string, data []byte) *vectors {
	d := &decoder{data: data}
	v := &vectors{model: model, of: map[uint64][]float32{}}
	if len(data) == 0 || d.string() != model {
		return v
	}
	for range d.count(2) {
		key := d.uint()
		v.of[key] = d.floats()
	}
	if d.err != nil {
		v.of = map[uint64][]float32{}
	}
	return v
}
