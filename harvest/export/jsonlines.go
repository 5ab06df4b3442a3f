package export

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"iter"

	"github.com/themis-go/themis/harvest"
)

// JSONLines writes decisions as JSON Lines: each is one line, an object with
// the fields of [Row], in UTF-8. It returns how many it wrote. It stops at the
// first error, of the stream or of w, and returns it.
func JSONLines(w io.Writer, decisions iter.Seq2[harvest.Decision, error]) (n int, err error) {
	return writeAll(newJSONSink(w), decisions)
}

type jsonSink struct {
	buf *bufio.Writer
	enc *json.Encoder
}

func newJSONSink(w io.Writer) *jsonSink {
	buf := bufio.NewWriterSize(w, bufferSize)
	enc := json.NewEncoder(buf)
	enc.SetEscapeHTML(false)
	return &jsonSink{buf: buf, enc: enc}
}

func (s *jsonSink) write(d harvest.Decision) error {
	if err := s.enc.Encode(NewRow(d)); err != nil {
		return fmt.Errorf("write JSON Lines: %w", err)
	}
	return nil
}

func (s *jsonSink) close() error {
	if err := s.buf.Flush(); err != nil {
		return fmt.Errorf("write JSON Lines: %w", err)
	}
	return nil
}

func (s *jsonSink) abort() {}
