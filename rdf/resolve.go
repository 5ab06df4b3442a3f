package rdf

import (
	"fmt"
	"strings"
)

// An iriBase is a base IRI taken apart, to resolve references against it
// (RFC 3986, 5). The zero value is no base.
type iriBase struct {
	scheme    string // with its colon
	authority string // with its slashes; may be empty
	path      string
	query     string // with its question mark; may be empty
}

func newIRIBase(iri string) (iriBase, error) {
	if _, err := NewIRI(iri); err != nil {
		return iriBase{}, err
	}
	if !hasScheme([]byte(iri)) {
		return iriBase{}, fmt.Errorf("rdf: base IRI %q: want an absolute IRI", iri)
	}
	return splitIRI(iri), nil
}

func (b iriBase) isZero() bool { return b.scheme == "" }

// splitIRI takes an IRI reference apart; its fragment is left out.
func splitIRI(s string) (b iriBase) {
	s, _, _ = strings.Cut(s, "#")
	if i := strings.IndexByte(s, '?'); i >= 0 {
		s, b.query = s[:i], s[i:]
	}
	if hasScheme([]byte(s)) {
		i := strings.IndexByte(s, ':') + 1
		b.scheme, s = s[:i], s[i:]
	}
	if strings.HasPrefix(s, "//") {
		end := strings.IndexByte(s[2:], '/')
		if end < 0 {
			end = len(s) - 2
		}
		b.authority, s = s[:2+end], s[2+end:]
	}
	b.path = s
	return b
}

// resolve returns the absolute IRI that a reference means (RFC 3986, 5.2.2).
func (b iriBase) resolve(ref string) string {
	r := splitIRI(ref)
	fragment := ""
	if i := strings.IndexByte(ref, '#'); i >= 0 {
		fragment = ref[i:]
	}
	switch {
	case r.scheme != "":
		return ref
	case r.authority != "":
		return b.scheme + r.authority + removeDots(r.path) + r.query + fragment
	case r.path == "":
		if r.query == "" {
			r.query = b.query
			// "?" alone is a query too, an empty one.
		}
		return b.scheme + b.authority + b.path + r.query + fragment
	case r.path[0] == '/':
		return b.scheme + b.authority + removeDots(r.path) + r.query + fragment
	}
	merged := r.path
	if b.authority != "" && b.path == "" {
		merged = "/" + r.path
	} else {
		merged = b.path[:strings.LastIndexByte(b.path, '/')+1] + r.path
	}
	return b.scheme + b.authority + removeDots(merged) + r.query + fragment
}

// removeDots removes the segments . and .. from a path (RFC 3986, 5.2.4).
func removeDots(path string) string {
	if !strings.Contains(path, ".") {
		return path
	}
	segments := strings.Split(path, "/")
	out := segments[:0]
	rooted := segments[0] == ""
	for i, s := range segments {
		last := i == len(segments)-1
		switch s {
		case ".":
			if last {
				out = append(out, "")
			}
		case "..":
			if len(out) > 1 || len(out) == 1 && !rooted {
				out = out[:len(out)-1]
			}
			if last {
				out = append(out, "")
			}
		default:
			out = append(out, s)
		}
	}
	joined := strings.Join(out, "/")
	if rooted && !strings.HasPrefix(joined, "/") {
		joined = "/" + joined
	}
	return joined
}
