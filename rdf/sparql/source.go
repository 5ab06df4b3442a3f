package sparql

import (
	"bytes"
	"errors"
	"io"
)

const (
	// bufferSize is the first size of a decoder's buffer; it grows only for a
	// term that is longer.
	bufferSize = 64 << 10
	// history is what stays in the buffer behind the place that is read, so
	// that an error can name a place just before it.
	history = 512
	// defaultMaxTerm bounds a single term, so that a hostile or broken answer
	// cannot fill the memory with one endless string.
	defaultMaxTerm = 64 << 20
)

var errTermTooLong = errors.New("a single term is longer than the decoder's limit")

// source is the buffered input of a result decoder. It keeps what lies behind
// mark when it reads on, and knows the place of every byte in the document.
type source struct {
	r       io.Reader
	buf     []byte // unread and kept input
	pos     int    // the next byte to read in buf
	mark    int    // start of the input to keep, or -1
	base    int64  // place of buf[0] in the document
	lines   int    // line breaks before buf[0]
	lineAt  int64  // place of the first byte of the line that buf[0] is in
	maxTerm int
	err     error // what the reader ended with
}

func newSource(r io.Reader) source {
	return source{r: r, buf: make([]byte, 0, bufferSize), mark: -1, maxTerm: defaultMaxTerm}
}

// fill reads more input and reports whether there was any. Indices into buf
// are stale afterwards, except pos and mark.
func (s *source) fill() bool {
	if s.err != nil {
		return false
	}
	keep := s.pos - history
	if s.mark >= 0 && s.mark < keep {
		keep = s.mark
	}
	if keep > 0 {
		s.forget(keep)
	}
	if len(s.buf) == cap(s.buf) {
		if len(s.buf) >= s.maxTerm {
			s.err = errTermTooLong
			return false
		}
		grown := make([]byte, len(s.buf), 2*cap(s.buf))
		copy(grown, s.buf)
		s.buf = grown
	}
	for range 100 {
		n, err := s.r.Read(s.buf[len(s.buf):cap(s.buf)])
		s.buf = s.buf[:len(s.buf)+n]
		if err != nil {
			s.err = err
		}
		if n > 0 {
			return true
		}
		if err != nil {
			return false
		}
	}
	s.err = io.ErrNoProgress
	return false
}

// forget drops the first n bytes of buf and counts their lines.
func (s *source) forget(n int) {
	gone := s.buf[:n]
	if i := bytes.LastIndexByte(gone, '\n'); i >= 0 {
		s.lines += bytes.Count(gone, newline)
		s.lineAt = s.base + int64(i) + 1
	}
	s.buf = s.buf[:copy(s.buf, s.buf[n:])]
	s.base += int64(n)
	s.pos -= n
	if s.mark >= 0 {
		s.mark -= n
	}
}

var newline = []byte{'\n'}

// peek returns the next byte without reading it; false at the end of input.
func (s *source) peek() (byte, bool) {
	if s.pos == len(s.buf) && !s.fill() {
		return 0, false
	}
	return s.buf[s.pos], true
}

// offset is the place of the next byte in the document, from 0.
func (s *source) offset() int64 { return s.base + int64(s.pos) }

// place returns the line and column, from 1 and in bytes, of the document's
// byte at offset, which must not lie before buf.
func (s *source) place(offset int64) (line, column int) {
	before := s.buf[:min(max(int(offset-s.base), 0), len(s.buf))]
	start := s.lineAt
	if i := bytes.LastIndexByte(before, '\n'); i >= 0 {
		start = s.base + int64(i) + 1
	}
	return s.lines + bytes.Count(before, newline) + 1, max(int(offset-start), 0) + 1
}

// broken returns what ended the input before its time: io.ErrUnexpectedEOF, or
// the reader's own error.
func (s *source) broken() error {
	if s.err == nil || s.err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return s.err
}

// fail returns a DecodeError at the given place of the document.
func (s *source) fail(format ResultFormat, offset int64, msg string, err error) *DecodeError {
	line, column := s.place(offset)
	near := s.buf[min(max(int(offset-s.base), 0), len(s.buf)):]
	return &DecodeError{Format: format, Offset: offset, Line: line, Column: column,
		Msg: msg, Near: excerpt(near), Err: err}
}

// excerpt returns the beginning of b, fit for a message.
func excerpt(b []byte) string {
	const most = 160
	if len(b) > most {
		b = b[:most]
	}
	return string(bytes.ToValidUTF8(b, []byte("?")))
}
