package sparql

import "fmt"

// KeysetError is where paging ended before its time.
type KeysetError struct {
	Query string // name of the subjects' query, if it has one
	Step  string // what was being done
	// After is the last subject of the last page that was delivered: set
	// Keyset.After to it to go on.
	After string
	// Subjects is how many subjects were asked for at last; Subject names it
	// when it was one.
	Subjects int
	Subject  string
	Attempts int
	Err      error
}

// Error tells which subjects could not be read and why.
func (e *KeysetError) Error() string {
	what := fmt.Sprintf("%d subjects", e.Subjects)
	switch {
	case e.Subject != "":
		what = "<" + e.Subject + ">"
	case e.Subjects == 0:
		what = "the subjects"
	}
	name := "keyset"
	if e.Query != "" {
		name += " " + e.Query
	}
	tries := ""
	if e.Attempts > 1 {
		tries = fmt.Sprintf(" (tried %d times)", e.Attempts)
	}
	return fmt.Sprintf("sparql: %s: %s of %s, behind %q%s: %v", name, e.Step, what, e.After, tries, e.Err)
}

// Unwrap returns the cause.
func (e *KeysetError) Unwrap() error { return e.Err }

// CountError is a number of subjects or triples that differs from what the
// endpoint counted: an answer was cut without a sign, or the data changed
// meanwhile. errors.Is(err, ErrPartial) finds it.
type CountError struct {
	What      string // subjects or triples
	Want, Got int64
}

// Error tells both numbers.
func (e *CountError) Error() string {
	return fmt.Sprintf("the endpoint counts %d %s but sent %d: the answer was cut, or the data changed meanwhile", e.Want, e.What, e.Got)
}

// Is reports ErrPartial.
func (e *CountError) Is(target error) bool { return target == ErrPartial }
