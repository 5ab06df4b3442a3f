package harvest_test

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/themis-go/themis/harvest"
	"github.com/themis-go/themis/harvest/archive"
	"github.com/themis-go/themis/internal/virtuosotest"
	"github.com/themis-go/themis/rdf/sparql"
)

// The environment of the process that is killed: the same test binary.
const (
	envArchive  = "THEMIS_TEST_KILL_ARCHIVE"
	envEndpoint = "THEMIS_TEST_KILL_ENDPOINT"
)

func TestMain(m *testing.M) {
	if path := os.Getenv(envArchive); path != "" {
		if err := harvestToBeKilled(path, os.Getenv(envEndpoint)); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

func harvestToBeKilled(path, endpoint string) error {
	a, err := archive.Open(path)
	if err != nil {
		return err
	}
	defer a.Close()
	_, err = harvest.Run(context.Background(), harvest.Endpoint(sparql.NewClient(endpoint)), a, harvest.PageSize(30))
	return err
}

// TestKill kills a harvesting process at random moments, 50 times, and lets it
// go on each time: what is in the archive at the end is what an undisturbed run
// brings.
func TestKill(t *testing.T) {
	t.Run("virtuoso", func(t *testing.T) {
		if testing.Short() {
			t.Skip("SKIPPED in short mode: kills 50 processes")
		}
		want := sampleManifest(t)
		e := startSample(t, virtuosotest.Config{})
		program, err := os.Executable()
		require.NoError(t, err)
		const kills = 50
		killed, harvests, resumed := 0, 0, 0
		for round := 0; killed < kills; round++ {
			path := filepath.Join(t.TempDir(), fmt.Sprintf("%d.db", round))
			longest := 400 * time.Millisecond
			for {
				cmd := exec.Command(program)
				cmd.Env = append(os.Environ(), envArchive+"="+path, envEndpoint+"="+e.URL)
				var stderr bytes.Buffer
				cmd.Stderr = &stderr
				require.NoError(t, cmd.Start())
				done := make(chan error, 1)
				go func() { done <- cmd.Wait() }()
				var ended error
				finished := false
				wait := time.NewTimer(rand.N(longest))
				if killed >= kills {
					wait.Reset(time.Minute) // enough: let it end
				}
				select {
				case ended = <-done:
					finished = true
				case <-wait.C:
					require.NoError(t, cmd.Process.Kill())
					<-done
					killed++
					longest += 20 * time.Millisecond // so that it comes to an end
				}
				if finished {
					require.NoError(t, ended, stderr.String())
					break
				}
				resumed++
			}
			harvests++
			a, err := archive.Open(path)
			require.NoError(t, err)
			m, err := a.Verify(context.Background())
			require.NoError(t, err)
			assert.True(t, m.Complete)
			assert.Equal(t, want.Digest, m.Digest)
			assert.Equal(t, want.Classes, m.Classes)
			assert.Equal(t, want.Decisions, m.Decisions)
			require.NoError(t, a.Close())
		}
		t.Logf("killed %d times in %d harvests, went on %d times", killed, harvests, resumed)
	})
}
