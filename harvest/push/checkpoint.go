package push

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// State is how far a push has come.
type State struct {
	Endpoint string `json:"endpoint"` // the client's, without credentials
	Graph    string `json:"graph"`
	// Triples is how many the store has taken.
	Triples int `json:"triples"`
	// Digest is the SHA-256 of these, hexadecimal.
	Digest string `json:"digest"`
	// Emptied tells that the graph was emptied, as [Replace] asks.
	Emptied bool `json:"emptied"`
	// Done tells that all were sent.
	Done bool `json:"done"`
}

// Checkpoint keeps the state of a push.
type Checkpoint interface {
	// Load returns the state kept last, the zero State where none is.
	Load(ctx context.Context) (State, error)
	// Save keeps a state, durably, in the place of the one before.
	Save(ctx context.Context, s State) error
}

// File keeps the state in a file, as JSON. It is replaced as a whole.
func File(path string) Checkpoint { return file(path) }

type file string

func (f file) Load(context.Context) (s State, err error) {
	data, err := os.ReadFile(string(f))
	if errors.Is(err, fs.ErrNotExist) {
		return State{}, nil
	}
	if err == nil {
		err = json.Unmarshal(data, &s)
	}
	if err != nil {
		return State{}, fmt.Errorf("read the checkpoint %s; remove it to start over: %w", string(f), err)
	}
	return s, nil
}

func (f file) Save(_ context.Context, s State) error {
	data, err := json.Marshal(s)
	if err != nil {
		return err
	}
	dir, name := filepath.Split(string(f))
	tmp, err := os.CreateTemp(dir, "."+name+"-*")
	if err != nil {
		return fmt.Errorf("write the checkpoint %s: %w", string(f), err)
	}
	_, err = tmp.Write(append(data, '\n'))
	if err == nil {
		err = tmp.Sync()
	}
	err = errors.Join(err, tmp.Close())
	if err == nil {
		err = os.Rename(tmp.Name(), string(f))
	}
	if err != nil {
		_ = os.Remove(tmp.Name())
		return fmt.Errorf("write the checkpoint %s: %w", string(f), err)
	}
	return nil
}
