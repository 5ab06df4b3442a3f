package report

import (
	"bytes"
	"io"
	"testing"

	"github.com/themis-go/themis/internal/realdata"
	"github.com/themis-go/themis/report/internal/published"
)

func benchReport(b *testing.B) *Report {
	section, err := realdata.Agreement(b).Section("Preventie van radicalisering")
	if err != nil {
		b.Fatal(err)
	}
	rep, err := Build(b.Context(), section, shelf(published.Decisions(b)))
	if err != nil {
		b.Fatal(err)
	}
	return rep
}

// BenchmarkBuild measures one report from 13 decisions that were found already.
func BenchmarkBuild(b *testing.B) {
	section, err := realdata.Agreement(b).Section("Preventie van radicalisering")
	if err != nil {
		b.Fatal(err)
	}
	decisions := shelf(published.Decisions(b))
	for b.Loop() {
		if _, err := Build(b.Context(), section, decisions); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkRender measures the renderings of a report of 13 references.
func BenchmarkRender(b *testing.B) {
	rep := benchReport(b)
	for name, render := range map[string]func(io.Writer, *Report) error{"Markdown": Markdown, "HTML": HTML, "JSON": JSON} {
		b.Run(name, func(b *testing.B) {
			var out bytes.Buffer
			for b.Loop() {
				out.Reset()
				if err := render(&out, rep); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(out.Len()), "bytes/report")
		})
	}
}
