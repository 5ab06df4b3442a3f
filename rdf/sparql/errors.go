package sparql

import (
	"errors"
	"fmt"
	"strings"
	"time"
)

// What errors.Is tells about a failure. The errors themselves are of the types
// [Error], [PartialError], [DecodeError] and [ScanError].
var (
	// ErrSyntax: the endpoint cannot understand the query. Change the query.
	ErrSyntax = errors.New("the query is not understood")
	// ErrTimeout: the endpoint, or the client's own Timeout, stopped the query
	// because it ran too long. Ask for less.
	ErrTimeout = errors.New("the query ran longer than the endpoint allows")
	// ErrCostLimit: the endpoint refused to run the query because it would
	// cost too much (estimated time, rows to sort). Ask for less.
	ErrCostLimit = errors.New("the query would cost more than the endpoint allows")
	// ErrTooLarge: the request itself is longer than the endpoint takes.
	ErrTooLarge = errors.New("the request is longer than the endpoint takes")
	// ErrDenied: credentials are missing or do not suffice.
	ErrDenied = errors.New("the endpoint denies access")
	// ErrUnavailable: the endpoint could not be reached or was overloaded, and
	// stayed so until the client stopped trying.
	ErrUnavailable = errors.New("the endpoint is not available")
	// ErrServer: the endpoint failed and did not say why. Behind some layers
	// this is also what a query with a mistake gets.
	ErrServer = errors.New("the endpoint failed without saying why")
	// ErrPartial: the answer is incomplete; see [PartialError].
	ErrPartial = errors.New("the answer is incomplete")
	// ErrNotResults: something else came where results were due: a web page,
	// null, nothing, the answer to another kind of query.
	ErrNotResults = errors.New("the answer is not what was asked for")
	// ErrNoRows: [CollectExactlyOne] found no row.
	ErrNoRows = errors.New("the query has no row")
	// ErrTooManyRows: [CollectExactlyOne] found a second row.
	ErrTooManyRows = errors.New("the query has more than one row")
	// ErrConfig: the client or the call was set up wrongly.
	ErrConfig = errors.New("wrong use of the client")
)

// Error is a failed request.
type Error struct {
	Endpoint   string        // without credentials and parameters
	Operation  string        // select, ask, construct, describe, update, graph store get, …
	QueryName  string        // of the query, if it has one
	Query      string        // the text that was sent, as a whole
	Status     int           // of HTTP; 0 when there was no answer
	Code       string        // the store's own code, such as 37000 or S1T00, if it gave one
	Message    string        // the store's message, shortened, without the query
	RetryAfter time.Duration // how long the endpoint asked to wait, 0 if it did not
	Attempts   int           // how often the request was sent
	Hint       string        // what to do about it
	Err        error         // the cause; a sentinel of this package where one fits

	resend resendClass
}

// Error tells what failed, where, why, and what to do. It never holds the
// query text, which may be long.
func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString("sparql: ")
	writeWhat(&b, e.Operation, e.QueryName, e.Endpoint)
	b.WriteString(": ")
	if e.Status != 0 {
		fmt.Fprintf(&b, "HTTP %d: ", e.Status)
	}
	if e.Err != nil {
		b.WriteString(e.Err.Error())
	}
	if e.Message != "" {
		fmt.Fprintf(&b, ": %q", e.Message)
	}
	if e.Attempts > 1 {
		fmt.Fprintf(&b, " (tried %d times)", e.Attempts)
	}
	if e.Hint != "" {
		b.WriteString("; ")
		b.WriteString(e.Hint)
	}
	return b.String()
}

func writeWhat(b *strings.Builder, operation, name, endpoint string) {
	b.WriteString(operation)
	if name != "" {
		b.WriteByte(' ')
		b.WriteString(name)
	}
	if endpoint != "" {
		b.WriteString(" at ")
		b.WriteString(endpoint)
	}
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// PartialReason tells what shows that an answer is incomplete.
type PartialReason int

// The signs of an incomplete answer.
const (
	// PartialBroken: the body broke off or went wrong; Err tells how.
	PartialBroken PartialReason = iota + 1
	// PartialTimeout: the store stopped the query and sent what it had
	// (Virtuoso's anytime query: X-SQL-State S1TAT, X-Exec-Milliseconds).
	// errors.Is reports ErrTimeout, too.
	PartialTimeout
	// PartialMaxRows: the store cuts results at a number of rows, and this
	// answer has that many (Virtuoso: X-SPARQL-MaxRows). It may be whole by
	// chance.
	PartialMaxRows
	// PartialRowCap: as many rows came as [RowCap] names.
	PartialRowCap
	// PartialStatus: the status was 206 Partial Content.
	PartialStatus
	// PartialUnframed: the body ended with the connection, in a format that
	// has no end mark (CSV, TSV, N-Triples, Turtle), so that nothing tells
	// whether it is whole.
	PartialUnframed
)

// String names the reason in a few words.
func (r PartialReason) String() string {
	switch r {
	case PartialBroken:
		return "the body broke off"
	case PartialTimeout:
		return "the endpoint stopped the query at its time limit"
	case PartialMaxRows:
		return "the endpoint cut it at its maximum of rows"
	case PartialRowCap:
		return "it has as many rows as the configured cap"
	case PartialStatus:
		return "the status is 206 Partial Content"
	case PartialUnframed:
		return "nothing tells whether it is whole; ask for another format"
	}
	return fmt.Sprintf("PartialReason(%d)", int(r))
}

// PartialError tells that an answer is incomplete, or cannot be known to be
// complete. errors.Is(err, ErrPartial) finds it.
type PartialError struct {
	Endpoint  string
	Operation string
	QueryName string
	Reason    PartialReason
	Rows      int64  // rows (or triples) delivered before
	MaxRows   int64  // the maximum that was met, for PartialMaxRows and PartialRowCap
	State     string // X-SQL-State
	Message   string // X-SQL-Message, or the error text found in the body
	Err       error  // what broke the body
}

// Error tells how many rows came and why they are not all.
func (e *PartialError) Error() string {
	var b strings.Builder
	b.WriteString("sparql: ")
	writeWhat(&b, e.Operation, e.QueryName, e.Endpoint)
	fmt.Fprintf(&b, ": incomplete answer: %v", e.Reason)
	if e.MaxRows > 0 {
		fmt.Fprintf(&b, " (%d)", e.MaxRows)
	}
	fmt.Fprintf(&b, " after %d rows", e.Rows)
	if e.Message != "" {
		fmt.Fprintf(&b, ": %q", e.Message)
	}
	if e.Err != nil {
		fmt.Fprintf(&b, ": %v", e.Err)
	}
	if e.Reason != PartialBroken && e.Reason != PartialUnframed {
		b.WriteString("; ask for less in one query, by pages or windows")
	}
	return b.String()
}

// Unwrap returns what broke the body.
func (e *PartialError) Unwrap() error { return e.Err }

// Is reports ErrPartial, and ErrTimeout where time was the reason.
func (e *PartialError) Is(target error) bool {
	return target == ErrPartial || target == ErrTimeout && e.Reason == PartialTimeout
}

// DecodeError is a place where a result document is malformed or breaks off.
type DecodeError struct {
	Format ResultFormat
	Offset int64 // bytes before the place
	Line   int   // from 1; 0 where the document as a whole is meant
	Column int   // from 1, in bytes
	Msg    string
	Near   string // the beginning of the document's text at the place
	Err    error  // io.ErrUnexpectedEOF when it breaks off, or another cause
}

// Error names the place and what is wrong there.
func (e *DecodeError) Error() string {
	var b strings.Builder
	if errors.Is(e.Err, ErrNotResults) { // the place does not matter
		fmt.Fprintf(&b, "%v: %s", e.Err, e.Msg)
		if e.Near != "" {
			fmt.Fprintf(&b, "; it begins with %.60q", e.Near)
		}
		return b.String()
	}
	b.WriteString("results")
	if e.Format != 0 {
		b.WriteByte(' ')
		b.WriteString(e.Format.String())
	}
	if e.Line > 0 {
		fmt.Fprintf(&b, ", line %d, column %d (byte %d)", e.Line, e.Column, e.Offset)
	}
	b.WriteString(": ")
	b.WriteString(e.Msg)
	if e.Near != "" {
		fmt.Fprintf(&b, ", at %q", e.Near)
	}
	if e.Err != nil {
		fmt.Fprintf(&b, ": %v", e.Err)
	}
	return b.String()
}

// Unwrap returns the cause.
func (e *DecodeError) Unwrap() error { return e.Err }
