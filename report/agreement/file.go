package agreement

import (
	"fmt"
	"os"
)

// ReadFile reads an agreement from a file, whose name tells its format; see
// [FormatByName].
func ReadFile(path string, opts ...Option) (*Agreement, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	if info, err := f.Stat(); err == nil && info.IsDir() {
		return nil, fmt.Errorf("agreement: %s is a folder; want a file", path)
	}
	format, err := FormatByName(path)
	if err != nil {
		return nil, err
	}
	a, err := Read(f, format, opts...)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return a, nil
}
