package agreement

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// ErrNotFound is matched by errors.Is when no section answers a query.
var ErrNotFound = errors.New("agreement: no such section")

// ErrAmbiguous is matched by errors.Is when several sections answer a query.
var ErrAmbiguous = errors.New("agreement: ambiguous section")

// QueryError tells that a query names no section or more than one.
type QueryError struct {
	Query string
	// Candidates are the sections that answer the query; none where nothing does.
	Candidates []*Section
}

// Error lists at most ten candidates by path, and says how to tell them apart.
func (e *QueryError) Error() string {
	if len(e.Candidates) == 0 {
		return fmt.Sprintf("no section %q in the agreement: give its number, words of its title, or its key", e.Query)
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%d sections answer to %q; add a word of the chapter or give the key:", len(e.Candidates), e.Query)
	for i, s := range e.Candidates {
		if i == 10 {
			fmt.Fprintf(&b, " … and %d more", len(e.Candidates)-i)
			break
		}
		if i > 0 {
			b.WriteByte(';')
		}
		b.WriteString(" “" + strings.Join(s.Path, " › ") + "”")
	}
	return b.String()
}

// Is makes the error match [ErrNotFound] or [ErrAmbiguous].
func (e *QueryError) Is(target error) bool {
	if len(e.Candidates) == 0 {
		return target == ErrNotFound
	}
	return target == ErrAmbiguous
}

// Section returns the one section that a query names; see [Agreement.Find].
// Otherwise the error is a [*QueryError].
func (a *Agreement) Section(query string) (*Section, error) {
	found := a.Find(query)
	if len(found) != 1 {
		return nil, &QueryError{Query: query, Candidates: found}
	}
	return found[0], nil
}

// Find returns the sections that a query names, in document order. The query
// is tried as a key or slug, as a number ("2.2.9"), as a whole title, as words
// of a title, as beginnings of words of a title; the first of these that
// anything answers decides. Words behind a number, or words that no title
// holds, may also be those of the headings above ("2.1 Onderwijs"). Case,
// accents and punctuation do not matter. A heading with an introduction stands for
// itself, one without text for the sections below it.
func (a *Agreement) Find(query string) []*Section {
	key := foldKey(query)
	number, words := splitQuery(query)
	folded := strings.Join(words, " ")
	if key == "" {
		return nil
	}
	tests := []func(s *Section) bool{
		func(s *Section) bool { return foldKey(s.Key) == key || s.Slug == strings.TrimSpace(query) },
	}
	if number != "" {
		tests = append(tests,
			func(s *Section) bool { return s.Number == number && (folded == "" || Fold(s.Title) == folded) },
			func(s *Section) bool { return s.Number == number && hasWords(s.Title, words) },
			func(s *Section) bool {
				return s.Number == number && hasWords(s.Part+" "+strings.Join(s.Path, " "), words)
			},
		)
	} else if folded != "" {
		tests = append(tests,
			func(s *Section) bool { return Fold(s.Title) == folded },
			func(s *Section) bool { return hasWords(s.Title, words) },
			func(s *Section) bool { return hasPrefixes(s.Title, words) },
			func(s *Section) bool { return hasWords(strings.Join(s.Path, " "), words) },
		)
	}
	for _, test := range tests {
		if found := a.matching(test); len(found) > 0 {
			return found
		}
	}
	return nil
}

// matching returns the sections at the ends of branches for which test holds;
// where there are none, the headings for which it holds: with an introduction
// themselves, else the sections below them.
func (a *Agreement) matching(test func(*Section) bool) []*Section {
	var found []*Section
	for _, s := range a.Sections {
		if test(s) {
			found = append(found, s)
		}
	}
	if len(found) > 0 {
		return found
	}
	add := func(s *Section) bool {
		if !slices.Contains(found, s) {
			found = append(found, s)
		}
		return true
	}
	for s := range a.All() {
		switch {
		case len(s.Children) == 0 || !test(s):
		case s.Text != "":
			add(s)
		default:
			walk(s.Children, func(c *Section) bool { return c.Text == "" || add(c) })
		}
	}
	return found
}

var queryNumber = regexp.MustCompile(`^\s*(\d{1,3}(?:\.\d{1,3})*)\.?(?:[\s—–:-]+(.*))?$`)

func splitQuery(query string) (number string, words []string) {
	if m := queryNumber.FindStringSubmatch(query); m != nil {
		return m[1], strings.Fields(Fold(m[2]))
	}
	return "", strings.Fields(Fold(query))
}

func hasWords(text string, words []string) bool {
	have := map[string]bool{}
	for _, w := range strings.Fields(Fold(text)) {
		have[w] = true
	}
	for _, w := range words {
		if !have[w] {
			return false
		}
	}
	return true
}

func hasPrefixes(text string, words []string) bool {
	padded := " " + Fold(text)
	for _, w := range words {
		if !strings.Contains(padded, " "+w) {
			return false
		}
	}
	return true
}

// foldKey compares keys whatever their runs of blanks and underscores.
func foldKey(s string) string {
	return strings.ToLower(strings.Join(strings.FieldsFunc(s, func(r rune) bool {
		return r == '_' || unicode.IsSpace(r)
	}), "_"))
}

// Fold returns the words of s in lower case, without accents and punctuation,
// separated by one blank: the form in which headings are compared.
func Fold(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	gap := false
	for _, r := range norm.NFKD.String(s) {
		switch {
		case unicode.IsLetter(r), unicode.IsDigit(r):
			if gap && b.Len() > 0 {
				b.WriteByte(' ')
			}
			gap = false
			b.WriteRune(unicode.ToLower(r))
		case unicode.Is(unicode.Mn, r), r == '\u00ad', r == '\u200b':
		default:
			gap = true
		}
	}
	return b.String()
}
