package description

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/themis-go/themis/rdf"
)

// Triples yields the triples of a body. It reads only what a [Builder] wrote,
// and so without the preparations that a reader of any document needs: most
// bodies have ten lines.
func Triples(subject string, body []byte) func(yield func(rdf.Triple, error) bool) {
	return func(yield func(rdf.Triple, error) bool) {
		fail := func(err error) { yield(rdf.Triple{}, fmt.Errorf("the stored triples of %s: %w", subject, err)) }
		s, err := Term(subject)
		if err != nil {
			fail(err)
			return
		}
		for line := range Lines(body) {
			p, o, err := parseLine(line)
			if err != nil {
				fail(err)
				return
			}
			if !yield(rdf.Triple{Subj: s, Pred: p, Obj: o}, nil) {
				return
			}
		}
	}
}

var errLine = errors.New("a line is not of the form <predicate> object .")

func parseLine(line []byte) (rdf.Predicate, rdf.Object, error) {
	text := strings.TrimSuffix(string(line), " .\n")
	end := strings.IndexByte(text, '>')
	if len(text) == len(line) || end < 0 || text[0] != '<' || end+2 >= len(text) || text[end+1] != ' ' {
		return nil, nil, errLine
	}
	p, err := iri(text[1:end])
	if err != nil {
		return nil, nil, err
	}
	o, err := object(text[end+2:])
	return p, o, err
}

// iri is rdf.NewIRI for what was written by rdf.AppendTerm.
func iri(s string) (rdf.IRI, error) {
	if strings.IndexByte(s, '\\') >= 0 {
		var err error
		if s, err = unescape(s); err != nil {
			return rdf.IRI{}, err
		}
	}
	return rdf.NewIRI(s)
}

func object(s string) (rdf.Object, error) {
	switch {
	case s[0] == '<' && s[len(s)-1] == '>':
		return iri(s[1 : len(s)-1])
	case strings.HasPrefix(s, "_:"):
		return rdf.NewBlank(s[2:])
	case s[0] != '"':
		return nil, errLine
	}
	end := strings.LastIndexByte(s, '"')
	if end == 0 {
		return nil, errLine
	}
	text, rest := s[1:end], s[end+1:]
	if strings.IndexByte(text, '\\') >= 0 {
		var err error
		if text, err = unescape(text); err != nil {
			return nil, err
		}
	}
	switch {
	case rest == "":
		return rdf.NewString(text), nil
	case rest[0] == '@':
		return rdf.NewLang(text, rest[1:])
	case strings.HasPrefix(rest, "^^<") && rest[len(rest)-1] == '>':
		datatype, err := iri(rest[3 : len(rest)-1])
		if err != nil {
			return nil, err
		}
		return rdf.NewTyped(text, datatype), nil
	}
	return nil, errLine
}

var errEscape = errors.New("a literal has an unknown escape")

// unescape undoes the escapes of canonical N-Triples.
func unescape(s string) (string, error) {
	var b bytes.Buffer
	b.Grow(len(s))
	for {
		i := strings.IndexByte(s, '\\')
		if i < 0 {
			b.WriteString(s)
			return b.String(), nil
		}
		b.WriteString(s[:i])
		s = s[i+1:]
		if s == "" {
			return "", errEscape
		}
		n := 0
		switch c := s[0]; c {
		case 't':
			b.WriteByte('\t')
		case 'b':
			b.WriteByte('\b')
		case 'n':
			b.WriteByte('\n')
		case 'r':
			b.WriteByte('\r')
		case 'f':
			b.WriteByte('\f')
		case '"', '\\':
			b.WriteByte(c)
		case 'u':
			n = 4
		case 'U':
			n = 8
		default:
			return "", errEscape
		}
		s = s[1:]
		if n == 0 {
			continue
		}
		if len(s) < n {
			return "", errEscape
		}
		r, err := strconv.ParseUint(s[:n], 16, 32)
		if err != nil {
			return "", errEscape
		}
		b.WriteRune(rune(r))
		s = s[n:]
	}
}
