package site

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/themis-go/themis/internal/dutch"
	"github.com/themis-go/themis/report"
	"github.com/themis-go/themis/report/analyse"
)

// The index for searching in the browser is made of script files, which load
// from a folder as well as from a server:
//
//	zoek/index.js   what there is: which words are in which part, lengths of documents
//	zoek/wN.js      words of one beginning: their stems, and where those occur
//	zoek/dN.js      what is shown of a range of documents
//
// A word is looked up by its form, letters and digits without accents in lower
// case; forms lead to stems, so that the browser needs no stemmer.

const (
	// partSize is about the most bytes of a part of the words; one that would
	// be larger is parted by the next letter.
	partSize = 40_000
	// partDepth is the most letters by which words are parted.
	partDepth = 6
	// docsPerPart is the number of documents in a part.
	docsPerPart = 100
	// formLength bounds words, in letters.
	formLength = 40
	// mostWeight is the greatest weight of a word in a document.
	mostWeight = 7
	// subLength is about the number of bytes of a subtitle in a result, which
	// shows two lines of it.
	subLength = 80
	// indexedLength is the number of bytes of a text that can be found.
	indexedLength = 200_000
)

// document is what can be found.
type document struct {
	href, title, sub, iso, stage string
	status                       analyse.Status
	section                      bool
	texts                        []weighted
}

type weighted struct {
	text   string
	weight int
}

// documents are the sections, then the decisions, the latest first.
func (w *writer) documents() []document {
	var out []document
	for _, n := range w.sections {
		out = append(out, document{
			href: n.href(), title: n.heading(), sub: n.chapter().shown(), section: true,
			texts: []weighted{{n.section.Heading(), 3}, {n.section.Text, 1}},
		})
	}
	for _, d := range slices.Backward(w.decisions) {
		doc := document{
			href: d.href(), title: w.titleOf(d), sub: report.OneLine(d.Subtitle), iso: d.iso, stage: w.labels.Stage(d.stage), status: analyse.StatusOf(d.stage),
			texts: []weighted{{d.Title, 3}, {d.Subtitle, 2}, {d.Text, 1}},
		}
		if doc.sub == doc.title {
			doc.sub = ""
		}
		doc.sub = shortened(doc.sub, subLength)
		for _, m := range d.Ministers {
			doc.texts = append(doc.texts, weighted{m.Name(), 1})
		}
		for _, t := range d.Themes {
			doc.texts = append(doc.texts, weighted{t.Label, 1})
		}
		out = append(out, doc)
	}
	return out
}

// counted is a document reduced to its words.
type counted struct {
	weights map[string]int // by stem
	length  int
	forms   map[string]string // to stems, where they differ
}

func countWords(doc document) counted {
	c := counted{weights: map[string]int{}, forms: map[string]string{}}
	for _, part := range doc.texts {
		text := part.text[:min(len(part.text), indexedLength)]
		for _, t := range dutch.Analyse(text) {
			form, stem := formOf(dutch.Fold(t.Text)), formOf(t.Stem)
			if form == "" || stem == "" || dutch.IsStop(t.Text) {
				continue
			}
			c.weights[stem] += part.weight
			c.length++
			if form != stem {
				c.forms[form] = stem
			}
		}
	}
	return c
}

// formOf is a folded word with letters and digits alone, as the browser makes
// it of what is typed.
func formOf(folded string) string {
	n := 0
	return strings.Map(func(r rune) rune {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) || n == formLength {
			return -1
		}
		n++
		return r
	}, folded)
}

// words is the inverted index.
type words struct {
	postings map[string][]int  // by stem: pairs of document and weight, in one number
	forms    map[string]string // to stems
}

func (w *writer) searchIndex(ctx context.Context) error {
	docs := w.documents()
	all := make([]counted, len(docs))
	err := each(ctx, len(docs), func(i int) error {
		all[i] = countWords(docs[i])
		return nil
	})
	if err != nil {
		return err
	}
	index := words{map[string][]int{}, map[string]string{}}
	lengths := make([]int, len(docs))
	last := map[string]int{}
	for i, c := range all {
		lengths[i] = c.length
		for stem, weight := range c.weights {
			// The distance to the document before, and the weight, in one number.
			index.postings[stem] = append(index.postings[stem], (i-last[stem])*(mostWeight+1)+min(weight, mostWeight))
			last[stem] = i
		}
		for form, stem := range c.forms {
			if before, ok := index.forms[form]; !ok || stem < before {
				index.forms[form] = stem
			}
		}
		all[i] = counted{}
	}
	parts, err := w.wordParts(index)
	if err != nil {
		return err
	}
	if err := w.documentParts(docs); err != nil {
		return err
	}
	encoded, err := json.Marshal(map[string]any{"parts": parts, "lengths": lengths, "perPart": docsPerPart, "step": mostWeight + 1})
	if err != nil {
		return fmt.Errorf("site: index: %w", err)
	}
	return w.out.put("zoek/index.js", fmt.Appendf(nil, "var themisSearch={data:%s};\n", encoded))
}

// wordParts writes the words, and returns the number of the part by beginning.
func (w *writer) wordParts(index words) (map[string]int, error) {
	var keys []string
	for stem := range index.postings {
		keys = append(keys, stem)
	}
	for form := range index.forms {
		if _, ok := index.postings[form]; !ok {
			keys = append(keys, form)
		}
	}
	slices.Sort(keys)
	parts := map[string]int{}
	var split func(prefix string, keys []string) error
	split = func(prefix string, keys []string) error {
		depth := len([]rune(prefix))
		if prefix != "" && (depth >= partDepth || index.size(keys) <= partSize) {
			return w.wordPart(parts, prefix, keys, index)
		}
		var own []string // no longer than the beginning itself
		for i := 0; i < len(keys); {
			runes := []rune(keys[i])
			if len(runes) == depth {
				own = append(own, keys[i])
				i++
				continue
			}
			next := string(runes[:depth+1])
			j := i
			for j < len(keys) && strings.HasPrefix(keys[j], next) {
				j++
			}
			if err := split(next, keys[i:j]); err != nil {
				return err
			}
			i = j
		}
		if len(own) > 0 {
			return w.wordPart(parts, prefix, own, index)
		}
		return nil
	}
	return parts, split("", keys)
}

// size is about the number of bytes that words take.
func (index words) size(keys []string) int {
	n := 0
	for _, k := range keys {
		n += len(k) + 8
		for _, p := range index.postings[k] {
			n += len(strconv.Itoa(p)) + 1
		}
	}
	return n
}

func (w *writer) wordPart(parts map[string]int, prefix string, keys []string, index words) error {
	number := len(parts)
	parts[prefix] = number
	postings, forms := map[string]string{}, map[string]string{}
	for _, k := range keys {
		if p, ok := index.postings[k]; ok {
			postings[k] = compact(p)
		}
		if stem, ok := index.forms[k]; ok {
			forms[k] = stem
		}
	}
	return w.putScript(fmt.Sprintf("zoek/w%d.js", number), "words", []any{number, postings, forms})
}

// compact writes numbers with 36 digits and a blank between them.
func compact(list []int) string {
	var b []byte
	for i, n := range list {
		if i > 0 {
			b = append(b, ' ')
		}
		b = strconv.AppendInt(b, int64(n), 36)
	}
	return string(b)
}

// documentParts writes what is shown of documents.
func (w *writer) documentParts(docs []document) error {
	number := 0
	for chunk := range slices.Chunk(docs, docsPerPart) {
		var list [][]any
		for _, d := range chunk {
			kind := 0
			if d.section {
				kind = 1
			}
			date := ""
			if !d.section {
				date = w.labels.Date(d.iso)
			}
			list = append(list, []any{d.href, d.title, d.sub, date, d.stage, string(d.status), kind})
		}
		if err := w.putScript(fmt.Sprintf("zoek/d%d.js", number), "docs", []any{number, list}); err != nil {
			return err
		}
		number++
	}
	return nil
}

// shortened cuts a text after a word.
func shortened(text string, limit int) string {
	if len(text) <= limit {
		return text
	}
	if i := strings.LastIndexByte(text[:limit], ' '); i > 0 {
		return strings.TrimRight(text[:i], " ,;:") + "…"
	}
	return text
}

// putScript writes a script that hands data over. JSON is a script too: its
// encoder escapes "<", and the two line separators that scripts forbade once.
func (w *writer) putScript(path, what string, data any) error {
	encoded, err := json.Marshal(data)
	if err != nil {
		return fmt.Errorf("site: %s: %w", path, err)
	}
	return w.out.put(path, fmt.Appendf(nil, "themisSearch.%s(%s);\n", what, encoded))
}
