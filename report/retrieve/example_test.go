package retrieve_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/themis-go/themis/harvest"
	"github.com/themis-go/themis/harvest/archive"
	"github.com/themis-go/themis/report/agreement"
	"github.com/themis-go/themis/report/retrieve"
)

func ExampleNew() {
	decisions := func(yield func(harvest.Decision, error) bool) {
		_ = yield(harvest.Decision{Title: "Huurpremie voor kwetsbare huurders", Text: "De Vlaamse Regering keurt de premie goed."}, nil)
	}
	ix, err := retrieve.New(context.Background(), decisions)
	if err != nil {
		fmt.Println(err)
		return
	}
	res, err := ix.Search(context.Background(), "premies voor huurders")
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(res.Hits[0].Decision.Title)
	// Output: Huurpremie voor kwetsbare huurders
}

func ExampleOpen() {
	ctx := context.Background()
	dir, err := os.MkdirTemp("", "themis-")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.RemoveAll(dir)
	arc, err := archive.Open(filepath.Join(dir, "themis.db"))
	if err != nil {
		fmt.Println(err)
		return
	}
	defer arc.Close()
	if _, err := harvest.Run(ctx, harvest.Sample(), arc); err != nil {
		fmt.Println(err)
		return
	}
	ix, err := retrieve.Open(ctx, arc)
	if err != nil {
		fmt.Println(err)
		return
	}
	res, err := ix.Search(ctx, "preventie van radicalisering")
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(len(res.Hits) > 3)
	// Output: true
}

func ExampleCommitments() {
	s := &agreement.Section{Text: "Huren is duur. We voeren een huurpremie in voor kwetsbare huurders, en we bouwen meer sociale woningen."}
	for _, c := range retrieve.Commitments(s) {
		fmt.Println(c.Text)
	}
	// Output:
	// We voeren een huurpremie in voor kwetsbare huurders
	// we bouwen meer sociale woningen.
}
