// Package virtuosotest starts a real Virtuoso for a test, loads Turtle files
// into it and stops it when the test ends. Where the programs are missing the
// test is skipped, loudly, and fails when the environment variable CI is set.
package virtuosotest

import (
	_ "embed"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"text/template"
	"time"
)

// PublicGraph is the graph that Themis publishes.
const PublicGraph = "http://mu.semte.ch/graphs/public"

// writable gives the accounts behind the HTTP endpoints the right to write.
const writable = `GRANT SPARQL_UPDATE TO "SPARQL";
DB.DBA.RDF_DEFAULT_USER_PERMS_SET ('nobody', 7);
`

//go:embed virtuoso.ini.tmpl
var iniText string

var iniTemplate = template.Must(template.New("virtuoso.ini").Parse(iniText))

// Config says what to start. The zero value is an empty store with the limits
// of Themis's production.
type Config struct {
	// Load maps a graph to the Turtle files, or the folders of *.ttl files, to
	// load into it.
	Load map[string][]string
	// Limits of the engine; 0 stands for production's: 100,000 rows, 90
	// seconds, no estimate, 25,000 sorted rows.
	MaxRows, MaxExec, MaxCost, SortedTop int
	// Writable lets anyone update the store and use its graph store protocol.
	Writable bool
	// Proxy puts the dispatcher of the real data folder before the engine. It
	// routes as Themis does and injects faults; the test is skipped without it.
	Proxy bool
	// Layer is the dispatcher's: "mu" (the default) for Themis's authorisation
	// layer, "none" for Virtuoso's own answers.
	Layer string
	// Files is the folder of a dump whose files the dispatcher serves.
	Files string
}

// Engine is a running Virtuoso.
type Engine struct {
	// URL is Virtuoso's own SPARQL endpoint; ProxyURL the dispatcher's, empty without one.
	URL, ProxyURL string
	// GraphStoreURL is the endpoint of the SPARQL 1.1 Graph Store HTTP Protocol.
	GraphStoreURL string

	dir     string
	sqlPort int
	isqlCmd string
}

// Start starts an engine and stops it when the test ends.
func Start(tb testing.TB, c Config) *Engine {
	tb.Helper()
	server := find(tb, "virtuoso-t")
	e := &Engine{isqlCmd: find(tb, "isql-vt"), dir: tb.TempDir()}
	var err error
	httpPort := freePort(tb)
	e.sqlPort = freePort(tb)
	if err = os.MkdirAll(filepath.Join(e.dir, "vsp"), 0o755); err != nil {
		tb.Fatal(err)
	}
	dirs := []string{".", e.dir}
	for _, paths := range c.Load {
		for _, p := range paths {
			abs, err := filepath.Abs(p)
			if err != nil {
				tb.Fatal(err)
			}
			dirs = append(dirs, abs, filepath.Dir(abs))
		}
	}
	ini := filepath.Join(e.dir, "virtuoso.ini")
	f, err := os.Create(ini)
	if err != nil {
		tb.Fatal(err)
	}
	const buffers = 20000 // pages of 8 KiB
	err = iniTemplate.Execute(f, map[string]any{
		"Dir": e.dir, "SQLPort": e.sqlPort, "HTTPPort": httpPort, "Dirs": strings.Join(dirs, ", "),
		"SortedTop": or(c.SortedTop, 25000), "MaxRows": or(c.MaxRows, 100000), "MaxExec": or(c.MaxExec, 90),
		"MaxCost": c.MaxCost, "Graph": PublicGraph, "Buffers": buffers, "Dirty": buffers * 3 / 4,
	})
	if err2 := f.Close(); err != nil || err2 != nil {
		tb.Fatalf("virtuoso.ini: %v %v", err, err2)
	}
	e.URL = fmt.Sprintf("http://127.0.0.1:%d/sparql", httpPort)
	e.GraphStoreURL = fmt.Sprintf("http://127.0.0.1:%d/sparql-graph-crud", httpPort)
	log := e.spawn(tb, "virtuoso", server, "+configfile", ini, "+foreground", "+wait")
	waitHTTP(tb, e.URL+"?query=ASK%7B%7D", time.Minute, log)
	waitTCP(tb, fmt.Sprintf("127.0.0.1:%d", e.sqlPort), time.Minute, log)
	if c.Writable {
		e.ISQL(tb, writable)
	}
	for graph, paths := range c.Load {
		e.Load(tb, graph, paths...)
	}
	if c.Proxy {
		e.startProxy(tb, c)
	}
	return e
}

// Load reads Turtle files, or folders of *.ttl files, into a graph.
func (e *Engine) Load(tb testing.TB, graph string, paths ...string) {
	tb.Helper()
	var sql strings.Builder
	sql.WriteString("log_enable(2,1);\nDELETE FROM DB.DBA.load_list;\n")
	for _, p := range paths {
		abs, err := filepath.Abs(p)
		if err != nil {
			tb.Fatal(err)
		}
		info, err := os.Stat(abs)
		if err != nil {
			tb.Fatalf("virtuosotest: load: %v", err)
		}
		dir, mask := abs, "*.ttl"
		if !info.IsDir() {
			dir, mask = filepath.Dir(abs), filepath.Base(abs)
		}
		fmt.Fprintf(&sql, "ld_dir('%s', '%s', '%s');\n", dir, mask, graph)
	}
	sql.WriteString("rdf_loader_run();\nSELECT 'FAILED ' || ll_file || ' ' || cast (ll_error as varchar) FROM DB.DBA.load_list WHERE ll_error IS NOT NULL;\n")
	if out := e.ISQL(tb, sql.String()); strings.Contains(out, "FAILED") {
		tb.Fatalf("virtuosotest: loading into <%s>:\n%s", graph, out)
	}
}

// ISQL runs SQL statements as the administrator and returns what they print.
func (e *Engine) ISQL(tb testing.TB, sql string) string {
	tb.Helper()
	cmd := exec.Command(e.isqlCmd, fmt.Sprintf("127.0.0.1:%d", e.sqlPort), "dba", "dba", "VERBOSE=OFF", "PROMPT=OFF", "ERRORS=STDOUT")
	cmd.Stdin = strings.NewReader(sql)
	out, err := cmd.CombinedOutput()
	if err != nil || strings.Contains(string(out), "*** Error") {
		tb.Fatalf("virtuosotest: isql: %v\n%s\nstatements:\n%s", err, out, sql)
	}
	return string(out)
}

// spawn starts a program that ends with the test, or with the test process
// however that ends: a shell waits for its standard input to close and then
// kills the program. It returns the path of the program's output.
func (e *Engine) spawn(tb testing.TB, name string, argv ...string) (log string) {
	tb.Helper()
	log = filepath.Join(e.dir, name+".out")
	out, err := os.Create(log)
	if err != nil {
		tb.Fatal(err)
	}
	defer out.Close()
	const watch = `"$@" </dev/null & pid=$!; read -r _; kill -9 $pid 2>/dev/null; wait $pid 2>/dev/null`
	cmd := exec.Command("sh", append([]string{"-c", watch, "sh"}, argv...)...)
	cmd.Dir, cmd.Stdout, cmd.Stderr = e.dir, out, out
	stdin, err := cmd.StdinPipe()
	if err != nil {
		tb.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		tb.Fatalf("virtuosotest: start %s: %v", name, err)
	}
	tb.Cleanup(func() {
		_ = stdin.Close()
		_ = cmd.Wait() // the shell ends once its program was killed
	})
	return log
}

func find(tb testing.TB, program string) string {
	tb.Helper()
	path, err := exec.LookPath(program)
	if err == nil {
		return path
	}
	const hint = "install Debian's virtuoso-opensource-7-bin (and python3 for the dispatcher)"
	if os.Getenv("CI") != "" {
		tb.Fatalf("virtuosotest: %s is missing, and real-engine tests are not skipped in CI: %s", program, hint)
	}
	tb.Skipf("SKIPPED: %s is missing, so no real engine was tested: %s", program, hint)
	return ""
}

func freePort(tb testing.TB) int {
	tb.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		tb.Fatal(err)
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port
}

func waitHTTP(tb testing.TB, url string, limit time.Duration, log string) {
	tb.Helper()
	client := &http.Client{Timeout: 2 * time.Second, Transport: &http.Transport{DisableKeepAlives: true}}
	for deadline := time.Now().Add(limit); time.Now().Before(deadline); time.Sleep(50 * time.Millisecond) {
		r, err := client.Get(url)
		if err == nil {
			r.Body.Close()
			return
		}
	}
	out, _ := os.ReadFile(log)
	tb.Fatalf("virtuosotest: nothing answers at %s after %s; output:\n%s", url, limit, out)
}

// waitTCP waits for the SQL port, which may open after the HTTP port.
func waitTCP(tb testing.TB, address string, limit time.Duration, log string) {
	tb.Helper()
	for deadline := time.Now().Add(limit); time.Now().Before(deadline); time.Sleep(50 * time.Millisecond) {
		if conn, err := net.DialTimeout("tcp", address, time.Second); err == nil {
			conn.Close()
			return
		}
	}
	out, _ := os.ReadFile(log)
	tb.Fatalf("virtuosotest: nothing listens at %s after %s; output:\n%s", address, limit, out)
}

func or(n, otherwise int) int {
	if n == 0 {
		return otherwise
	}
	return n
}
