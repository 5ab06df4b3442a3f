package rdf

import (
	"bytes"
	"crypto"
	"encoding/hex"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// canonicalizer is the canonicalization state of RDFC-1.0 (4.2).
type canonicalizer struct {
	hash    crypto.Hash
	blanks  []Blank // in the order of the dataset
	at      map[Blank][]Quad
	first   map[Blank]string // first degree hashes
	issued  *labelIssuer
	steps   int
	limit   int
	scratch []byte
}

// labelIssuer gives out labels in order (4.3).
type labelIssuer struct {
	prefix string
	labels map[Blank]string
	order  []Blank
}

func newLabelIssuer(prefix string) *labelIssuer {
	return &labelIssuer{prefix: prefix, labels: make(map[Blank]string)}
}

func (l *labelIssuer) issue(b Blank) string {
	label, ok := l.labels[b]
	if !ok {
		label = l.prefix + strconv.Itoa(len(l.order))
		l.labels[b] = label
		l.order = append(l.order, b)
	}
	return label
}

func (l *labelIssuer) clone() *labelIssuer {
	return &labelIssuer{prefix: l.prefix, labels: maps.Clone(l.labels), order: slices.Clone(l.order)}
}

// label gives every blank node its canonical label (4.4.3).
func (c *canonicalizer) label() error {
	byHash := make(map[string][]Blank)
	for _, b := range c.blanks {
		c.first[b] = c.firstDegree(b)
		byHash[c.first[b]] = append(byHash[c.first[b]], b)
	}
	hashes := slices.Sorted(maps.Keys(byHash))
	for _, h := range hashes {
		if len(byHash[h]) == 1 {
			c.issued.issue(byHash[h][0])
			delete(byHash, h)
		}
	}
	for _, h := range hashes {
		var results []nDegreeResult
		for _, b := range byHash[h] {
			if _, ok := c.issued.labels[b]; ok {
				continue
			}
			issuer := newLabelIssuer("b")
			issuer.issue(b)
			r, err := c.nDegree(b, issuer)
			if err != nil {
				return err
			}
			results = append(results, r)
		}
		slices.SortStableFunc(results, func(a, b nDegreeResult) int { return strings.Compare(a.hash, b.hash) })
		for _, r := range results {
			for _, b := range r.issuer.order {
				c.issued.issue(b)
			}
		}
	}
	return nil
}

func (c *canonicalizer) sum(data []byte) string {
	h := c.hash.New()
	h.Write(data)
	return hex.EncodeToString(h.Sum(nil))
}

// firstDegree hashes what is said of a blank node alone (4.6).
func (c *canonicalizer) firstDegree(b Blank) string {
	lines := make([][]byte, len(c.at[b]))
	for i, q := range c.at[b] {
		lines[i] = appendLabelled(nil, q, func(other Blank) string {
			if other == b {
				return "a"
			}
			return "z"
		})
	}
	slices.SortFunc(lines, bytes.Compare)
	return c.sum(bytes.Join(lines, nil))
}

// related hashes how a blank node is connected to another one (4.7).
func (c *canonicalizer) related(b Blank, q Quad, issuer *labelIssuer, position byte) string {
	data := append(c.scratch[:0], position)
	if position != 'g' {
		data = append(data, '<')
		data = append(data, q.Pred.String()...)
		data = append(data, '>')
	}
	if label, ok := c.issued.labels[b]; ok {
		data = append(append(data, "_:"...), label...)
	} else if label, ok := issuer.labels[b]; ok {
		data = append(append(data, "_:"...), label...)
	} else {
		data = append(data, c.first[b]...)
	}
	c.scratch = data
	return c.sum(data)
}

type nDegreeResult struct {
	hash   string
	issuer *labelIssuer
}

// nDegree hashes a blank node by its connections to others (4.8).
func (c *canonicalizer) nDegree(b Blank, issuer *labelIssuer) (nDegreeResult, error) {
	if err := c.step(); err != nil {
		return nDegreeResult{}, err
	}
	connected := make(map[string][]Blank)
	for _, q := range c.at[b] {
		for i, t := range [3]Term{q.Subj, q.Obj, q.Ctx} {
			if other, ok := t.(Blank); ok && other != b {
				h := c.related(other, q, issuer, "sog"[i])
				connected[h] = append(connected[h], other)
			}
		}
	}
	var data []byte
	for _, h := range slices.Sorted(maps.Keys(connected)) {
		data = append(data, h...)
		path, chosen, err := c.shortestPath(connected[h], issuer)
		if err != nil {
			return nDegreeResult{}, err
		}
		data = append(data, path...)
		issuer = chosen
	}
	return nDegreeResult{c.sum(data), issuer}, nil
}

func (c *canonicalizer) step() error {
	if c.steps++; c.steps > c.limit {
		return &ComplexityError{Blanks: len(c.blanks), Limit: c.limit}
	}
	return nil
}

// shortestPath tries the blank nodes in every order and returns the path that
// comes first, with the labels that it gives (4.8.3, step 5).
func (c *canonicalizer) shortestPath(list []Blank, issuer *labelIssuer) (string, *labelIssuer, error) {
	chosen := ""
	var chosenIssuer *labelIssuer
	order := make([]int, len(list))
	for i := range order {
		order[i] = i
	}
	for more := true; more; more = nextPermutation(order) {
		if err := c.step(); err != nil {
			return "", nil, err
		}
		path, result, err := c.path(list, order, issuer, chosen)
		if err != nil {
			return "", nil, err
		}
		if result != nil && (chosen == "" || path < chosen) {
			chosen, chosenIssuer = path, result
		}
	}
	return chosen, chosenIssuer, nil
}

// path follows one order; the issuer is nil where the path turns out to come
// after the chosen one.
func (c *canonicalizer) path(list []Blank, order []int, issuer *labelIssuer, chosen string) (string, *labelIssuer, error) {
	issuer = issuer.clone()
	var path strings.Builder
	worse := func() bool {
		return chosen != "" && path.Len() >= len(chosen) && path.String() > chosen
	}
	var recurse []Blank
	for _, i := range order {
		path.WriteString("_:")
		if label, ok := c.issued.labels[list[i]]; ok {
			path.WriteString(label)
		} else {
			if _, ok := issuer.labels[list[i]]; !ok {
				recurse = append(recurse, list[i])
			}
			path.WriteString(issuer.issue(list[i]))
		}
		if worse() {
			return "", nil, nil
		}
	}
	for _, b := range recurse {
		r, err := c.nDegree(b, issuer)
		if err != nil {
			return "", nil, err
		}
		path.WriteString("_:" + issuer.issue(b) + "<" + r.hash + ">")
		issuer = r.issuer
		if worse() {
			return "", nil, nil
		}
	}
	return path.String(), issuer, nil
}

// nextPermutation puts the next order in lexical order into p, and reports
// whether there was one.
func nextPermutation(p []int) bool {
	i := len(p) - 2
	for i >= 0 && p[i] >= p[i+1] {
		i--
	}
	if i < 0 {
		return false
	}
	j := len(p) - 1
	for p[j] <= p[i] {
		j--
	}
	p[i], p[j] = p[j], p[i]
	slices.Reverse(p[i+1:])
	return true
}
