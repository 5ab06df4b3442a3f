// Package progress shows how far an example is: a bar on a terminal, plain
// lines elsewhere, nothing where the user wants quiet.
package progress

import (
	"fmt"
	"io"
	"os"
	"strings"
	"sync"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"

	"github.com/themis-go/themis/harvest"
)

// pause is the time between two plain lines of the same task.
const pause = 2 * time.Second

// Display shows the progress of one task after another. The zero value shows
// nothing. It is safe for use by many goroutines.
type Display struct {
	w        io.Writer
	terminal bool

	mu   sync.Mutex
	bar  *progressbar.ProgressBar
	task string
	last time.Time
}

// New returns a display on w. A nil w shows nothing.
func New(w io.Writer) *Display {
	d := &Display{w: w}
	if f, ok := w.(*os.File); ok {
		d.terminal = term.IsTerminal(int(f.Fd()))
	}
	return d
}

// Set says that of a task done of total parts are done, now at detail; total 0
// is unknown.
func (d *Display) Set(task, detail string, done, total int64) {
	if d.w == nil {
		return
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	fresh := task != d.task
	if d.terminal {
		d.draw(fresh, strings.TrimSpace(task+" "+detail), done, total)
	} else if ended := total > 0 && done == total; fresh || ended || time.Since(d.last) >= pause {
		d.last = time.Now()
		d.print(strings.TrimSpace(task+" "+detail), done, total)
	}
	d.task = task
}

func (d *Display) draw(fresh bool, text string, done, total int64) {
	known := total > 0
	if !known {
		total = -1
	}
	if fresh || d.bar == nil {
		d.finish()
		d.bar = progressbar.NewOptions64(total, progressbar.OptionSetWriter(d.w), progressbar.OptionSetWidth(30),
			progressbar.OptionShowCount(), progressbar.OptionThrottle(100*time.Millisecond),
			progressbar.OptionClearOnFinish(), progressbar.OptionSetPredictTime(known))
	}
	if known {
		d.bar.ChangeMax64(total)
	}
	d.bar.Describe(shorten(text))
	_ = d.bar.Set64(done)
}

func (d *Display) print(text string, done, total int64) {
	switch {
	case total > 0:
		fmt.Fprintf(d.w, "%s: %d of %d\n", text, done, total)
	case done > 0:
		fmt.Fprintf(d.w, "%s: %d\n", text, done)
	default:
		fmt.Fprintf(d.w, "%s\n", text)
	}
}

// shorten leaves a bar its place on a line: long IRIs lose their beginning.
func shorten(s string) string {
	const most = 40
	if r := []rune(s); len(r) > most {
		return "…" + string(r[len(r)-most+1:])
	}
	return s
}

// Note shows a remark on a line of its own.
func (d *Display) Note(format string, args ...any) {
	if d.w == nil {
		return
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.bar != nil {
		_ = d.bar.Clear()
	}
	fmt.Fprintf(d.w, format+"\n", args...)
}

// Harvest shows the progress of a harvest; it is for harvest.Progress.
func (d *Display) Harvest(u harvest.Update) {
	if u.Message != "" {
		d.Note("%s", u.Message)
		return
	}
	d.Set(u.Stage, u.What, u.Done, u.Total)
}

// Done takes the bar away.
func (d *Display) Done() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.finish()
	d.task = ""
}

func (d *Display) finish() {
	if d.bar != nil {
		_ = d.bar.Clear()
		d.bar = nil
	}
}
