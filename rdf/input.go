package rdf

import (
	"bytes"
	"fmt"
	"io"
	"unicode/utf8"
)

// input is a window over a byte stream. buf[pos:end] is what was read and not
// yet consumed; whoever scans ahead without moving pos keeps it in the window.
// Lines are not counted while scanning: only bytes that leave the window are
// looked at, and those before the place of an error.
type input struct {
	r        io.Reader
	buf      []byte
	pos, end int
	atEOF    bool
	err      error // other than io.EOF
	max      int   // of end-pos
	gone     place // just behind the bytes that have left the window
	shifted  int64 // how many have
	known    place // of the last error, at this index: places are not counted twice
	knownAt  int
}

const inputBuffer = 64 << 10

func newInput(r io.Reader, maxToken int) *input {
	in := &input{r: r, buf: make([]byte, inputBuffer), max: max(maxToken, 16)}
	in.gone.line, in.known.line = 1, 1
	for in.end < 3 && in.more() {
	}
	// A byte order mark is no part of the text (RFC 3629, 6).
	if bytes.HasPrefix(in.buf[:in.end], []byte("\xef\xbb\xbf")) {
		in.buf, in.end = in.buf[3:], in.end-3
	}
	return in
}

// more reads more bytes into the window and reports whether there were any.
// Indices into buf are void after it, distances from pos are not. It refuses
// to make the window larger than the limit.
func (in *input) more() bool {
	if in.atEOF || in.err != nil {
		return false
	}
	if in.pos > 0 {
		in.gone = in.place(in.pos)
		if in.knownAt -= in.pos; in.knownAt < 0 {
			in.known, in.knownAt = in.gone, 0
		}
		in.shifted += int64(in.pos)
		in.end = copy(in.buf, in.buf[in.pos:in.end])
		in.pos = 0
	}
	if in.end == len(in.buf) {
		if in.end >= in.max {
			in.err = tooLong(in.gone.line, in.max)
			return false
		}
		grown := make([]byte, min(2*len(in.buf), in.max))
		copy(grown, in.buf[:in.end])
		in.buf = grown
	}
	for range 100 {
		n, err := in.r.Read(in.buf[in.end:])
		if n < 0 || n > len(in.buf)-in.end {
			in.err = fmt.Errorf("rdf: the reader returned an invalid count: %d", n)
			return false
		}
		in.end += n
		if err == io.EOF {
			in.atEOF = true
		} else if err != nil {
			in.err = fmt.Errorf("rdf: reading: %w", err)
		}
		if n > 0 {
			return true
		}
		if err != nil {
			return false
		}
	}
	in.err = fmt.Errorf("rdf: reading: %w", io.ErrNoProgress)
	return false
}

// tooLong is the error for a token that exceeds MaxTokenSize: no syntax error,
// for what is behind it cannot be found in bounded memory.
func tooLong(line, limit int) error {
	return fmt.Errorf("rdf: line %d: a token of more than %d bytes: raise MaxTokenSize if this is meant", line, limit)
}

// offset returns how many bytes of the text lie before pos.
func (in *input) offset() int64 { return in.shifted + int64(in.pos) }

// atLineStart reports whether pos is at the beginning of a line.
func (in *input) atLineStart() bool {
	if in.pos == 0 {
		return in.gone.column == 0
	}
	return in.buf[in.pos-1] == '\n' || in.buf[in.pos-1] == '\r'
}

// place returns the place of an index of buf.
func (in *input) place(at int) place {
	p, from := in.gone, 0
	if in.knownAt <= at {
		p, from = in.known, in.knownAt
	}
	p.advance(in.buf[from:at])
	return p
}

// syntaxError describes what is wrong at the byte offset bytes behind pos.
func (in *input) syntaxError(f Format, offset int, msg string) *SyntaxError {
	at := min(in.pos+offset, in.end)
	p := in.place(at)
	in.known, in.knownAt = p, at
	return &SyntaxError{Format: f, Line: p.line, Column: p.column + 1, Msg: msg, Near: nearText(in.buf[at:in.end])}
}

// place is a position in a text: a line from 1, and how many characters of it
// lie before. LF, CR and CRLF end a line.
type place struct {
	line, column int
	afterCR      bool
}

// advance moves the place over the bytes that follow it.
func (p *place) advance(b []byte) {
	if len(b) == 0 {
		return
	}
	if p.afterCR && b[0] == '\n' {
		b = b[1:]
	}
	p.afterCR = false
	if len(b) == 0 {
		return
	}
	p.line += bytes.Count(b, []byte{'\n'})
	last := bytes.LastIndexByte(b, '\n')
	if bytes.IndexByte(b, '\r') >= 0 {
		for i, c := range b {
			if c == '\r' && (i+1 == len(b) || b[i+1] != '\n') {
				p.line++
				last = max(last, i)
			}
		}
		p.afterCR = b[len(b)-1] == '\r'
	}
	if last >= 0 {
		p.column = 0
	}
	p.column += utf8.RuneCount(b[last+1:])
}
