package sparql

import (
	"bufio"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/themis-go/themis/internal/npmtest"
)

// startOxigraph starts a strict engine over Turtle files, in node, and returns
// its address.
func startOxigraph(t *testing.T, graph string, files ...string) string {
	t.Helper()
	dir := npmtest.Folder(t, "oxigraph@0.5.11")
	script, err := filepath.Abs(filepath.Join("testdata", "oxigraph.mjs"))
	require.NoError(t, err)
	cmd := exec.Command("node", append([]string{script, graph}, files...)...)
	cmd.Dir, cmd.Stderr = dir, os.Stderr
	stdin, err := cmd.StdinPipe()
	require.NoError(t, err)
	stdout, err := cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	t.Cleanup(func() {
		_ = stdin.Close() // it ends then
		_ = cmd.Wait()
	})
	port, err := bufio.NewReader(stdout).ReadString('\n')
	require.NoError(t, err)
	return "http://127.0.0.1:" + strings.TrimSpace(port) + "/sparql"
}
