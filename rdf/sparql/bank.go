package sparql

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"regexp"
	"slices"
	"strings"
)

// Bank is a collection of named queries, kept in files beside the code:
//
//	# What belongs to all queries may be said here.
//
//	# tag: meetings
//	SELECT ?meeting ?date WHERE {
//	  ?meeting besluit:geplandeStart ?date   # the planned one
//	  FILTER(?date >= ?since)
//	} LIMIT ?most
//
//	# tag: themes
//	SELECT …
//
// A line "# tag: name" begins a query, which extends to the next such line or
// the end of the file. It may be indented. A name is made of letters, digits, _
// and -. Comments, strings that hold a #, and line breaks stay as they are; a
// tag line within a string begins no query.
//
// The format is that of github.com/knakk/sparql, whose files can be read as
// they are. Its text templates ({{.Limit}}) are no SPARQL, though: a query that
// holds one is reported by [Bank.Query], and its values enter by
// [Query.Bind].
//
// The zero value is an empty bank. A Bank may be used by many goroutines.
type Bank struct {
	queries map[string]*Query
}

var bankTag = regexp.MustCompile(`^\s*#\s*tag:\s+([\w-]+)\s*$`)

// BankError tells where a file of queries can not be read.
type BankError struct {
	File string // empty for [LoadBank]
	Line int    // from 1
	Msg  string
}

// Error names the file and the line.
func (e *BankError) Error() string {
	file := "query bank"
	if e.File != "" {
		file = e.File
	}
	return fmt.Sprintf("sparql: %s: line %d: %s", file, e.Line, e.Msg)
}

// LoadBank reads tagged queries. It is an error when a name is given twice,
// when a query has no text, or when something other than comments stands before
// the first tag; see [BankError]. Whether the queries are valid is told by
// [Bank.Query] for one and [Bank.Check] for all.
func LoadBank(r io.Reader) (Bank, error) {
	data, err := io.ReadAll(r)
	if err != nil {
		return Bank{}, fmt.Errorf("sparql: query bank: %w", err)
	}
	b := Bank{queries: make(map[string]*Query)}
	if err := b.load("", string(data)); err != nil {
		return Bank{}, err
	}
	return b, nil
}

// LoadBankFS reads all files that match the pattern (see [fs.Glob]) into one
// bank, such as those of an embed.FS. It is an error when none matches, and when
// two files give the same name to a query.
func LoadBankFS(fsys fs.FS, glob string) (Bank, error) {
	names, err := fs.Glob(fsys, glob)
	if err != nil {
		return Bank{}, fmt.Errorf("sparql: query bank: pattern %q: %w", glob, err)
	}
	if len(names) == 0 {
		return Bank{}, fmt.Errorf("sparql: query bank: no file matches %q", glob)
	}
	b := Bank{queries: make(map[string]*Query)}
	for _, name := range names {
		data, err := fs.ReadFile(fsys, name)
		if err != nil {
			return Bank{}, fmt.Errorf("sparql: query bank: %w", err)
		}
		if err := b.load(name, string(data)); err != nil {
			return Bank{}, err
		}
	}
	return b, nil
}

// load adds the queries of one file.
func (b Bank) load(file, text string) error {
	entries := splitBank(strings.TrimPrefix(text, "\ufeff"))
	if head := entries[0].body; !isBlankQuery(head) {
		return &BankError{file, firstLine(head), "only comments may stand before the first line # tag: name"}
	}
	for _, e := range entries[1:] {
		if _, ok := b.queries[e.name]; ok {
			return &BankError{file, e.line, fmt.Sprintf("a query of the name %s was given before: names are given once", e.name)}
		}
		body := strings.TrimRight(strings.TrimLeft(e.body, "\r\n"), " \t\r\n")
		if isBlankQuery(body) {
			return &BankError{file, e.line, fmt.Sprintf("the query %s has no text", e.name)}
		}
		b.queries[e.name] = Text(body).Named(e.name)
	}
	return nil
}

// bankEntry is the text between two tags, and the line of the first.
type bankEntry struct {
	name, body string
	line       int
}

// splitBank cuts a file at its tags; the first entry is what stands before them.
func splitBank(text string) []bankEntry {
	entries := []bankEntry{{line: 1}}
	quote, start, line := "", 0, 0
	for at := 0; at < len(text); {
		end := len(text)
		if n := strings.IndexByte(text[at:], '\n'); n >= 0 {
			end = at + n + 1
		}
		line++
		row := text[at:end]
		if m := bankTag.FindStringSubmatch(row); m != nil && quote == "" {
			entries[len(entries)-1].body = text[start:at]
			entries = append(entries, bankEntry{name: m[1], line: line})
			start = end
		} else {
			quote = openQuote(row, quote)
		}
		at = end
	}
	entries[len(entries)-1].body = text[start:]
	return entries
}

// firstLine returns the line of the first token that counts.
func firstLine(text string) int {
	toks, _ := tokenize(text)
	end := 0
	for _, t := range toks {
		if end = t.start; t.kind != kSpace && t.kind != kComment {
			break
		}
		end = t.end
	}
	line, _ := position(text, end)
	return line
}

// openQuote returns the long quotes that are open behind a line, given those
// open before it. A line that is no SPARQL is taken for text without strings.
func openQuote(line, open string) string {
	for i := 0; i < len(line); {
		if open != "" {
			switch {
			case line[i] == '\\':
				i += 2
			case strings.HasPrefix(line[i:], open):
				i += len(open)
				open = ""
			default:
				i++
			}
			continue
		}
		if strings.HasPrefix(line[i:], `"""`) || strings.HasPrefix(line[i:], `'''`) {
			open = line[i : i+3]
			i += 3
			continue
		}
		_, end, err := scanToken(line, i)
		if err != nil || end <= i {
			end = i + 1
		}
		i = end
	}
	return open
}

func isBlankQuery(text string) bool {
	toks, err := tokenize(text)
	return err == nil && !slices.ContainsFunc(toks, func(t token) bool {
		return t.kind != kSpace && t.kind != kComment && t.kind != kEOF
	})
}

// Query returns the query of this name, or why it is none: the name is unknown,
// or the text is not valid SPARQL (a *[QueryError]).
func (b Bank) Query(name string) (*Query, error) {
	q, ok := b.queries[name]
	if !ok {
		return nil, fmt.Errorf("sparql: the bank has no query %q: it has %s", name, strings.Join(b.Names(), ", "))
	}
	if q.err != nil {
		return nil, q.err
	}
	return q, nil
}

// Get is [Bank.Query] for names that stand in a program, and files embedded in
// it: an error is kept in the query, as by [Text].
func (b Bank) Get(name string) *Query {
	if q, ok := b.queries[name]; ok {
		return q
	}
	_, err := b.Query(name)
	return &Query{parsed: &parsed{}, name: name, err: err}
}

// Names returns the names of the queries in alphabetical order.
func (b Bank) Names() []string { return slices.Sorted(maps.Keys(b.queries)) }

// Check returns the errors of all queries that are not valid SPARQL, joined.
// A program calls it in a test.
func (b Bank) Check() error {
	var errs []error
	for _, name := range b.Names() {
		errs = append(errs, b.queries[name].err)
	}
	return errors.Join(errs...)
}
