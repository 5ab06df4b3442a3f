package report

import (
	"fmt"
	"os"

	"github.com/themis-go/themis/report/agreement"
)

// ReadAgreement reads an agreement from a file, whose name tells its form:
// .pdf, .md, .html, .txt or .jsonl. See [agreement.Read] for other sources and
// [agreement.WithOutline] for documents that hide their headings.
func ReadAgreement(path string, opts ...agreement.Option) (*agreement.Agreement, error) {
	format, err := agreement.FormatByName(path)
	if err != nil {
		return nil, err
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("report: open the agreement: %w", err)
	}
	defer f.Close()
	a, err := agreement.Read(f, format, opts...)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return a, nil
}
