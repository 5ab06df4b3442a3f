package sparql

import (
	"net"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
)

// connections counts what a server has open.
type connections struct {
	mu   sync.Mutex
	open map[net.Conn]bool
	most int
}

// watch makes the server report its connections. Call it before it starts.
func watch(server *httptest.Server) *connections {
	c := &connections{open: make(map[net.Conn]bool)}
	server.Config.ConnState = func(conn net.Conn, state http.ConnState) {
		c.mu.Lock()
		defer c.mu.Unlock()
		switch state {
		case http.StateNew:
			c.open[conn] = true
			c.most = max(c.most, len(c.open))
		case http.StateClosed, http.StateHijacked:
			delete(c.open, conn)
		}
	}
	return c
}

// peak returns how many were open at once.
func (c *connections) peak() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.most
}

func (c *connections) count() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.open)
}

// goroutines returns the stacks of those that run code of this package or of
// an HTTP client.
func goroutines() int {
	buf := make([]byte, 4<<20)
	stacks := string(buf[:runtime.Stack(buf, true)])
	n := 0
	for stack := range strings.SplitSeq(stacks, "\n\n") {
		client := strings.Contains(stack, "net/http.(*persistConn)") || strings.Contains(stack, "net/http.(*Transport)")
		ours := strings.Contains(stack, "/rdf/sparql.") && !strings.Contains(stack, "testing.tRunner") && !strings.Contains(stack, "testify")
		server := strings.Contains(stack, "net/http.(*conn).serve") || strings.Contains(stack, "net/http/httptest.")
		if (client || ours) && !server {
			n++
		}
	}
	return n
}

// nothingLeft waits until neither goroutines nor connections are left.
func nothingLeft(t *testing.T, open func() int) {
	t.Helper()
	assert.Eventually(t, func() bool { return goroutines() == 0 && open() == 0 }, 3*time.Second, 5*time.Millisecond,
		"goroutines or connections are left")
}
