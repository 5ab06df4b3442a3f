package stats_test

import (
	"fmt"
	"iter"
	"os"
	"time"

	"github.com/themis-go/themis/harvest"
	"github.com/themis-go/themis/report/stats"
)

// decisions stands for the stream that an archive gives.
func decisions() iter.Seq2[harvest.Decision, error] {
	an := harvest.Minister{GivenName: "An", FamilyName: "Peeters", Title: "Vlaams minister van Wonen"}
	jo := harvest.Minister{GivenName: "Jo", FamilyName: "Janssen", Title: "Minister-president"}
	return func(yield func(harvest.Decision, error) bool) {
		for _, d := range []harvest.Decision{
			{
				Title: "Voorontwerp van decreet over de huurpremie", Text: "De Vlaamse Regering keurt het voorontwerp van decreet principieel goed.",
				Ministers: []harvest.Minister{an, jo}, Meeting: harvest.MeetingRef{Start: time.Date(2021, 3, 5, 9, 0, 0, 0, time.UTC)},
			},
			{
				Title: "Ontwerpdecreet over de huurpremie", Text: "De Vlaamse Regering hecht haar definitieve goedkeuring aan het ontwerpdecreet.",
				Ministers: []harvest.Minister{an}, Meeting: harvest.MeetingRef{Start: time.Date(2022, 3, 4, 9, 0, 0, 0, time.UTC)},
			},
		} {
			if !yield(d, nil) {
				return
			}
		}
	}
}

func ExampleCount() {
	table, err := stats.Count(decisions(), stats.ByMinister())
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, row := range table.Rows {
		fmt.Printf("%s: %d of %d decisions\n", row.Class.Label, row.Decisions, table.Decisions)
	}
	// Output:
	// An Peeters: 2 of 2 decisions
	// Jo Janssen: 1 of 2 decisions
}

func ExampleOver() {
	series, err := stats.Over(decisions(), stats.ByMinister(), stats.Year)
	if err != nil {
		fmt.Println(err)
		return
	}
	if err := series.CSV(os.Stdout); err != nil {
		fmt.Println(err)
	}
	// Output:
	// period,minister,label,decisions,total
	// 2021,An Peeters,An Peeters,1,1
	// 2022,An Peeters,An Peeters,1,1
	// 2021,Jo Janssen,Jo Janssen,1,1
	// 2022,Jo Janssen,Jo Janssen,0,1
}

func ExampleTimeToApproval() {
	durations, err := stats.TimeToApproval(decisions())
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, d := range durations.Rows {
		fmt.Println(d.Measure, d.Days, "days")
	}
	// Output:
	// Voorontwerp van decreet over de huurpremie 364 days
}

// A dimension of one's own: the length of a decision's text.
func ExampleDimension() {
	length := stats.Dimension{Name: "length", Of: func(d harvest.Decision) []stats.Class {
		if len(d.Text) > 75 {
			return []stats.Class{{Key: "long", Label: "lang"}}
		}
		return []stats.Class{{Key: "short", Label: "kort"}}
	}}
	table, err := stats.Count(decisions(), length)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, row := range table.Rows {
		fmt.Println(row.Class.Label, row.Decisions)
	}
	// Output:
	// kort 1
	// lang 1
}
