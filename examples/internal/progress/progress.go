// Package progress shows how far an example is: a bar on a terminal, plain
// lines elsewhere, nothing where the user wants quiet.
package progress

import (
	"fmt"
	"io"
	"os"
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

// Set says that of a task done of total parts are done; total 0 is unknown.
func (d *Display) Set(task string, done, total int64) {
	if d.w == nil {
		return
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	fresh := task != d.task
	d.task = task
	if d.terminal {
		if fresh {
			d.finish()
			if total <= 0 {
				total = -1
			}
			d.bar = progressbar.NewOptions64(total, progressbar.OptionSetWriter(d.w), progressbar.OptionSetDescription(task),
				progressbar.OptionSetWidth(30), progressbar.OptionShowCount(), progressbar.OptionThrottle(100*time.Millisecond),
				progressbar.OptionClearOnFinish(), progressbar.OptionSetPredictTime(total > 0))
		}
		if total > 0 {
			d.bar.ChangeMax64(total)
		}
		_ = d.bar.Set64(done)
		return
	}
	if !fresh && done < total && time.Since(d.last) < pause || !fresh && total <= 0 && time.Since(d.last) < pause {
		return
	}
	d.last = time.Now()
	switch {
	case total > 0:
		fmt.Fprintf(d.w, "%s: %d of %d\n", task, done, total)
	case done > 0:
		fmt.Fprintf(d.w, "%s: %d\n", task, done)
	default:
		fmt.Fprintf(d.w, "%s\n", task)
	}
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
	task := u.Stage
	if u.What != "" {
		task += " " + u.What
	}
	d.Set(task, u.Done, u.Total)
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
