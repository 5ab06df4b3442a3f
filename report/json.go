package report

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
)

// JSON writes a report in the form that report/schema describes, indented, with
// a final line break. The same report gives the same bytes.
func JSON(w io.Writer, rep *Report) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(rep); err != nil {
		return fmt.Errorf("report: write JSON: %w", err)
	}
	return nil
}

// ReadJSON reads a report that [JSON] wrote. A version that this package does
// not know is an error.
func ReadJSON(r io.Reader) (*Report, error) {
	var rep Report
	dec := json.NewDecoder(r)
	if err := dec.Decode(&rep); err != nil {
		return nil, fmt.Errorf("report: read JSON: %w", err)
	}
	major, _, _ := strings.Cut(rep.Version, ".")
	if own, _, _ := strings.Cut(Version, "."); major != own {
		return nil, fmt.Errorf("report: read JSON: version %q of a report; this package reads %s", rep.Version, Version)
	}
	return &rep, nil
}
