package retrieve

import (
	"hash/fnv"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/themis-go/themis/harvest"
	"github.com/themis-go/themis/report/stage"
)

// field is a part of a decision that is searched.
type field int

const (
	fieldTitle field = iota
	fieldSubtitle
	fieldText
	fieldDocuments
	fields // how many there are
)

var fieldNames = [fields]string{"title", "subtitle", "text", "documents"}

// occurrence is a term in the fields of a decision.
type occurrence struct {
	id uint32
	tf [fields]float32
}

// document is what the index keeps of a decision.
type document struct {
	uri    string
	digest uint64 // of all that was indexed
	date   time.Time
	stage  stage.Stage
	terms  []occurrence // in order of id
	length [fields]float32
	areas  []uint32 // terms of their portfolios, in order
	title  []uint32 // terms of the title that tell what it is about, in order
}

// analyse makes the document of a decision. documents is the text of its
// attachments, if any.
func (l *lexicon) analyse(d harvest.Decision, st stage.Stage, documents string) document {
	doc := document{uri: d.URI.String(), digest: digest(d, documents), date: d.Date(), stage: st}
	counts := map[uint32]*occurrence{}
	for f, text := range [fields]string{d.Title, d.Subtitle, d.Text, documents} {
		l.learn(text, func(t term) {
			o := counts[t.id]
			if o == nil {
				o = &occurrence{id: t.id}
				counts[t.id] = o
			}
			o.tf[f] += t.weight
			doc.length[f] += t.weight
		})
	}
	doc.terms = make([]occurrence, 0, len(counts))
	for _, o := range counts {
		doc.terms = append(doc.terms, *o)
		if o.tf[fieldTitle] >= 1 && !l.official[o.id] {
			doc.title = append(doc.title, o.id)
		}
	}
	slices.SortFunc(doc.terms, func(a, b occurrence) int { return int(a.id) - int(b.id) })
	slices.Sort(doc.title)
	areas := map[uint32]bool{}
	for _, m := range d.Ministers {
		l.learn(m.Title, func(t term) { areas[t.id] = !l.official[t.id] })
	}
	for id, ok := range areas {
		if ok {
			doc.areas = append(doc.areas, id)
		}
	}
	slices.Sort(doc.areas)
	return doc
}

// labels are the themes and the portfolios of a decision.
func labels(d harvest.Decision) string {
	var out []string
	for _, t := range d.Themes {
		out = append(out, t.Label)
	}
	for _, m := range d.Ministers {
		out = append(out, m.Title)
	}
	return strings.Join(out, "\n")
}

// digest tells whether a decision has changed since it was indexed.
func digest(d harvest.Decision, documents string) uint64 {
	h := fnv.New64a()
	for _, s := range []string{d.URI.String(), d.Title, d.Subtitle, d.Text, documents, labels(d), string(d.Kind), d.Meeting.Start.String()} {
		h.Write([]byte(s))
		h.Write([]byte{0})
	}
	for _, m := range d.Ministers {
		h.Write([]byte(m.Person.String() + "\x00"))
	}
	return h.Sum64()
}

// fold combines the frequencies of a term over the fields.
func (o occurrence) fold(weights [fields]float32) float64 {
	var tf float32
	for f, x := range o.tf {
		tf += weights[f] * x
	}
	return float64(tf)
}

// tfidf is the vector of a document, of length one, in order of id.
func (d *document) tfidf(idf []float32, official []bool) []term {
	out := make([]term, len(d.terms))
	sum := 0.0
	for i, o := range d.terms {
		w := math.Log1p(o.fold(fieldWeights)) * float64(idf[o.id])
		if official[o.id] {
			w *= officialWeight
		}
		out[i] = term{o.id, float32(w)}
		sum += w * w
	}
	if norm := float32(math.Sqrt(sum)); norm > 0 {
		for i := range out {
			out[i].weight /= norm
		}
	}
	return out
}
