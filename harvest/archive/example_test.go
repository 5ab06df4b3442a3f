package archive_test

import (
	"context"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"time"

	"github.com/themis-go/themis/harvest"
	"github.com/themis-go/themis/harvest/archive"
	"github.com/themis-go/themis/rdf"
)

// sample returns an archive of the embedded sample.
func sample() (*archive.Archive, func()) {
	dir, err := os.MkdirTemp("", "example")
	if err != nil {
		log.Fatal(err)
	}
	arc, err := archive.Open(filepath.Join(dir, "themis.db"))
	if err != nil {
		log.Fatal(err)
	}
	if _, err := harvest.Run(context.Background(), harvest.Sample(), arc); err != nil {
		log.Fatal(err)
	}
	return arc, func() { arc.Close(); os.RemoveAll(dir) }
}

func ExampleArchive_Decisions() {
	arc, done := sample()
	defer done()
	from, to := time.Date(2021, 7, 1, 0, 0, 0, 0, time.UTC), time.Date(2021, 7, 31, 0, 0, 0, 0, time.UTC)
	for d, err := range arc.Decisions(context.Background(), archive.Between(from, to), archive.Matching("verkeer")) {
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(d.Date().Format(time.DateOnly), d.Title, "-", d.Ministers[0].Name())
	}
	// Output:
	// 2021-07-09 Verkeersveiligheidsplan Vlaanderen 2021-2025 - Lydia Peeters
}

func ExampleArchive_Verify() {
	arc, done := sample()
	defer done()
	m, err := arc.Verify(context.Background())
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(m.Triples, "triples,", m.Digest == mustManifest(arc).Digest)
	// Output:
	// 1378 triples, true
}

func mustManifest(arc *archive.Archive) harvest.Manifest {
	m, err := arc.Manifest(context.Background())
	if err != nil {
		log.Fatal(err)
	}
	return m
}

func ExampleArchive_MinistersAt() {
	arc, done := sample()
	defer done()
	for m, err := range arc.MinistersAt(context.Background(), time.Date(2021, 7, 9, 0, 0, 0, 0, time.UTC)) {
		if err != nil {
			log.Fatal(err)
		}
		if m.FamilyName == "Peeters" {
			fmt.Println(m.Name())
		}
	}
	// Output:
	// Lydia Peeters
}

// All maps resources to a struct of your own.
func ExampleAll() {
	arc, done := sample()
	defer done()
	type person struct {
		_     struct{} `rdf:"@type,person:Person"`
		URI   rdf.IRI  `rdf:"@id"`
		First string   `rdf:"persoon:gebruikteVoornaam"`
	}
	n := 0
	for _, err := range archive.All[person](context.Background(), arc) {
		if err != nil {
			log.Fatal(err)
		}
		n++
	}
	fmt.Println(n, "persons")
	// Output:
	// 6 persons
}
