package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/themis-go/themis/harvest/archive"
	"github.com/themis-go/themis/report/chart"
	"github.com/themis-go/themis/report/stats"
)

// trends writes three ready-made tables with their charts: decisions by theme,
// by stage of procedure over the years, and how long measures take from their
// first approval in principle to the definitive one.
func trends(ctx context.Context, a *archive.Archive, out string) error {
	themes, err := stats.Count(a.Decisions(ctx), stats.ByTheme())
	if err != nil {
		return err
	}
	stages, err := stats.Over(a.Decisions(ctx), stats.ByStage(), stats.Year)
	if err != nil {
		return err
	}
	durations, err := stats.TimeToApproval(a.Decisions(ctx))
	if err != nil {
		return err
	}
	for _, t := range []struct {
		name string
		rows interface {
			CSV(io.Writer) error
			Chart(stats.ChartOptions) string
		}
	}{{"themes", themes}, {"stages-per-year", stages}, {"time-to-approval", durations}} {
		name := filepath.Join(out, t.name)
		f, err := os.Create(name + ".csv")
		if err != nil {
			return err
		}
		if err := t.rows.CSV(f); err != nil {
			f.Close()
			return err
		}
		if err := f.Close(); err != nil {
			return err
		}
		svg := chart.Document(t.rows.Chart(stats.ChartOptions{}))
		if err := os.WriteFile(name+".svg", []byte(svg), 0o644); err != nil {
			return err
		}
		fmt.Println(name+".csv", name+".svg")
	}
	return nil
}
