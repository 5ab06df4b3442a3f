package analyse

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// Cache keeps answers of a language model. Keys are short hexadecimal names
// made of the content of the request, never of the server's key.
type Cache interface {
	// Get returns what was put, and false where nothing was.
	Get(ctx context.Context, key string) ([]byte, bool, error)
	Put(ctx context.Context, key string, answer []byte) error
}

// DirCache keeps answers as files in a folder, which is made when the first is
// put. Several programs may use the same folder.
func DirCache(dir string) Cache { return dirCache(dir) }

type dirCache string

func (d dirCache) path(key string) string { return filepath.Join(string(d), key+".json") }

func (d dirCache) Get(_ context.Context, key string) ([]byte, bool, error) {
	data, err := os.ReadFile(d.path(key))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, false, nil
	case err != nil:
		return nil, false, fmt.Errorf("read the cache of answers: %w", err)
	}
	return data, true, nil
}

func (d dirCache) Put(_ context.Context, key string, answer []byte) error {
	if err := os.MkdirAll(string(d), 0o755); err != nil {
		return fmt.Errorf("make the cache of answers: %w", err)
	}
	f, err := os.CreateTemp(string(d), ".answer-*")
	if err != nil {
		return fmt.Errorf("write the cache of answers: %w", err)
	}
	defer os.Remove(f.Name()) // has no effect once it is renamed
	if _, err = f.Write(answer); err == nil {
		err = f.Close()
	} else {
		f.Close()
	}
	if err == nil {
		err = os.Rename(f.Name(), d.path(key))
	}
	if err != nil {
		return fmt.Errorf("write the cache of answers: %w", err)
	}
	return nil
}

func cacheKey(base string, body []byte) string {
	h := sha256.New()
	h.Write([]byte(base + "\x00" + promptVersion + "\x00"))
	h.Write(body)
	return hex.EncodeToString(h.Sum(nil))
}
