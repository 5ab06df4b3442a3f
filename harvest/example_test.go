package harvest_test

import (
	"context"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"time"

	"github.com/themis-go/themis/harvest"
	"github.com/themis-go/themis/harvest/archive"
	"github.com/themis-go/themis/rdf/sparql"
)

func ExampleRun() {
	dir, err := os.MkdirTemp("", "example")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(dir)
	arc, err := archive.Open(filepath.Join(dir, "themis.db"))
	if err != nil {
		log.Fatal(err)
	}
	defer arc.Close()
	ctx := context.Background()
	result, err := harvest.Run(ctx, harvest.Sample(), arc)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(result.Manifest.Decisions, "decisions,", result.Completeness)
	for d, err := range arc.Decisions(ctx, archive.Matching("doden in het verkeer"), archive.Limit(1)) {
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(d.Date().Format(time.DateOnly), d.Title)
	}
	// Output:
	// 16 decisions, complete
	// 2021-07-09 Verkeersveiligheidsplan Vlaanderen 2021-2025
}

// The endpoint is asked for the meetings of one year only.
func ExampleEndpoint() {
	arc, err := archive.Open("themis.db")
	if err != nil {
		log.Fatal(err)
	}
	defer arc.Close()
	client := sparql.NewClient("https://themis.vlaanderen.be/sparql")
	defer client.Close()
	result, err := harvest.Run(context.Background(), harvest.Endpoint(client), arc,
		harvest.Since(time.Date(2023, 1, 1, 0, 0, 0, 0, time.UTC)),
		harvest.Until(time.Date(2023, 12, 31, 0, 0, 0, 0, time.UTC)),
		harvest.Progress(func(u harvest.Update) { fmt.Println(u.Stage, u.What, u.Done, u.Total) }))
	if err != nil {
		log.Fatal(err)
	}
	if partial, ok := result.Completeness.(harvest.Partial); ok {
		fmt.Println(partial)
	}
}

// An archive tells what changed since the last time that it was asked.
func ExampleEvent() {
	arc, err := archive.Open("themis.db")
	if err != nil {
		log.Fatal(err)
	}
	defer arc.Close()
	for e, err := range arc.Events(context.Background(), 0) {
		if err != nil {
			log.Fatal(err)
		}
		switch e.Kind {
		case harvest.Changed:
			fmt.Println(e.Subject, "changed in", e.Properties)
		case harvest.Superseded:
			fmt.Println(e.Subject, "is replaced by", e.By)
		default:
			fmt.Println(e.Subject, e.Kind)
		}
	}
}
