package main

import (
	"cmp"
	"encoding/csv"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"time"

	"github.com/themis-go/themis/harvest"
	"github.com/themis-go/themis/rdf"
	"github.com/themis-go/themis/report/chart"
)

type minister struct {
	Person *person `rdf:"mandaat:isBestuurlijkeAliasVan"`
}

type person struct {
	Given  string `rdf:"persoon:gebruikteVoornaam"`
	Family string `rdf:"foaf:familyName"`
}

type agenda struct {
	Meeting *meeting `rdf:"besluitvorming:isAgendaVoor"`
}

type meeting struct {
	Start time.Time `rdf:"besluit:geplandeStart"`
}

func collect(rows iter.Seq2[perYear, error]) (all []perYear, err error) {
	for row, err := range rows {
		if err != nil {
			return nil, err
		}
		all = append(all, row)
	}
	return all, nil
}

func load(quads iter.Seq2[rdf.Quad, error]) (*rdf.Graph, error) {
	graph := rdf.NewGraph()
	for q, err := range quads {
		if err != nil {
			return nil, err
		}
		graph.Add(q.Triple)
	}
	return graph, nil
}

// count does what the query does, over structs: a decision counts for each of
// its ministers, in the year of its meeting.
func count(items iter.Seq2[newsItem, error]) ([]perYear, error) {
	counts := map[perYear]int{}
	for item, err := range items {
		if err != nil {
			return nil, err
		}
		if item.Item.Agenda == nil || item.Item.Agenda.Meeting == nil {
			continue
		}
		seen := map[person]bool{} // somebody may hold two portfolios
		for _, m := range item.Ministers {
			if m.Person == nil || seen[*m.Person] {
				continue
			}
			seen[*m.Person] = true
			year := item.Item.Agenda.Meeting.Start.In(harvest.Brussels).Year()
			counts[perYear{Given: m.Person.Given, Family: m.Person.Family, Year: year}]++
		}
	}
	var rows []perYear
	for row, n := range counts {
		row.Decisions = n
		rows = append(rows, row)
	}
	slices.SortFunc(rows, func(a, b perYear) int {
		return cmp.Or(cmp.Compare(a.Family, b.Family), cmp.Compare(a.Given, b.Given), a.Year-b.Year)
	})
	return rows, nil
}

// write makes NAME.csv and NAME.svg.
func write(name string, rows []perYear) error {
	table := [][]string{{"minister", "year", "decisions"}}
	var bars []chart.Bar
	for _, r := range rows {
		minister, year := r.Given+" "+r.Family, strconv.Itoa(r.Year)
		table = append(table, []string{minister, year, strconv.Itoa(r.Decisions)})
		part := chart.Part{Value: float64(r.Decisions), Class: "bar", Label: fmt.Sprintf("%s: %d", year, r.Decisions)}
		if n := len(bars); n > 0 && bars[n-1].Label == minister {
			bars[n-1].Parts = append(bars[n-1].Parts, part)
		} else {
			bars = append(bars, chart.Bar{Label: minister, Parts: []chart.Part{part}})
		}
	}
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	f, err := os.Create(name + ".csv")
	if err != nil {
		return err
	}
	defer f.Close()
	if err := csv.NewWriter(f).WriteAll(table); err != nil {
		return err
	}
	svg := chart.Document(chart.Bars(bars, chart.BarOptions{Title: "Beslissingen per minister en jaar"}))
	if err := os.WriteFile(name+".svg", []byte(svg), 0o644); err != nil {
		return err
	}
	fmt.Println(name+".csv", name+".svg")
	return f.Close()
}
