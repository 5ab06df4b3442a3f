package export_test

import (
	"context"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"time"

	"github.com/themis-go/themis/harvest"
	"github.com/themis-go/themis/harvest/export"
	"github.com/themis-go/themis/rdf"
)

// decisions stands for the stream that an archive gives.
func decisions() iter.Seq2[harvest.Decision, error] {
	return func(yield func(harvest.Decision, error) bool) {
		yield(harvest.Decision{
			URI:     rdf.MustIRI("http://themis.vlaanderen.be/id/nieuwsbericht/6040"),
			Title:   "Jeugd- en kinderrechtenbeleidsplan",
			Meeting: harvest.MeetingRef{Start: time.Date(2020, 12, 18, 9, 0, 0, 0, time.UTC)},
			Themes:  []harvest.ThemeRef{{Label: "Jeugd"}, {Label: "Welzijn"}},
		}, nil)
	}
}

func ExampleJSONLines() {
	n, err := export.JSONLines(os.Stdout, decisions())
	if err != nil {
		fmt.Println(err)
	}
	fmt.Println(n, "decision")
	// Output:
	// {"uri":"http://themis.vlaanderen.be/id/nieuwsbericht/6040","uuid":null,"date":"2020-12-18","issued":null,"title":"Jeugd- en kinderrechtenbeleidsplan","subtitle":null,"text":null,"html":null,"kind":null,"positions":[],"agenda_item":{"uri":null,"title":null,"short_title":null,"position":0},"meeting":{"uri":null,"start":"2020-12-18T09:00:00Z","type":null,"identifier":null},"government":null,"ministers":[],"themes":[{"uri":null,"label":"Jeugd","deprecated":false},{"uri":null,"label":"Welzijn","deprecated":false}],"documents":[]}
	// 1 decision
}

func ExampleToDir() {
	dir, err := os.MkdirTemp("", "themis")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.RemoveAll(dir)
	formats, err := export.ParseFormats("csv,parquet")
	if err != nil {
		fmt.Println(err)
		return
	}
	results, err := export.ToDir(context.Background(), dir, formats, export.Source{Decisions: decisions()})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, r := range results {
		fmt.Println(r.Format, filepath.Base(r.Path), r.Count)
	}
	// Output:
	// csv decisions.csv 1
	// parquet decisions.parquet 1
}
