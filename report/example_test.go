package report_test

import (
	"context"
	"fmt"
	"os"
	"time"

	"github.com/themis-go/themis/harvest"
	"github.com/themis-go/themis/rdf"
	"github.com/themis-go/themis/report"
	"github.com/themis-go/themis/report/agreement"
	"github.com/themis-go/themis/report/analyse"
)

// corpus is a collection of decisions that can be searched, here one that
// finds all it has. An archive is another.
type corpus map[string]harvest.Decision

func (c corpus) Decision(_ context.Context, uri string) (harvest.Decision, error) {
	d, ok := c[uri]
	if !ok {
		return d, report.ErrUnknownDecision
	}
	return d, nil
}

func (c corpus) Find(context.Context, *agreement.Section) (report.Found, error) {
	var found report.Found
	for _, d := range c {
		found.Evidence = append(found.Evidence, analyse.Evidence{Decision: d})
	}
	return found, nil
}

func exampleCorpus() corpus {
	d := harvest.Decision{
		URI: rdf.MustIRI("http://themis.vlaanderen.be/id/nieuwsbericht/1"), Title: "Actieplan radicalisering",
		Text:      "De Vlaamse Regering keurt het actieplan ter preventie van radicalisering goed.",
		Kind:      harvest.Nota,
		Meeting:   harvest.MeetingRef{Start: time.Date(2021, 5, 21, 8, 0, 0, 0, time.UTC)},
		Ministers: []harvest.Minister{{GivenName: "An", FamilyName: "Peeters", Title: "Vlaams minister"}},
	}
	return corpus{d.URI.String(): d}
}

func ExampleBuild() {
	section, err := agreement.Sample().Section("2.2.9")
	if err != nil {
		fmt.Println(err)
		return
	}
	rep, err := report.Build(context.Background(), section, exampleCorpus())
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, f := range rep.Findings {
		for _, s := range f.Statements {
			fmt.Println(s.Text)
			for _, c := range s.Citations {
				fmt.Printf("  [%d] %q: %s\n", c.Reference, c.Quote, c.Verdict)
			}
		}
	}
	// Output:
	// Op 21 mei 2021 keurde de Vlaamse Regering het actieplan ter preventie van radicalisering goed.
	//   [0] "De Vlaamse Regering keurt het actieplan ter preventie van radicalisering goed.": ok
	// Bevoegd was An Peeters (Vlaams minister).
	//   [0] "An Peeters, Vlaams minister": ok
}

func ExampleVerify() {
	ctx := context.Background()
	section, _ := agreement.Sample().Section("2.2.9")
	rep, err := report.Build(ctx, section, exampleCorpus())
	if err != nil {
		fmt.Println(err)
		return
	}
	newer := exampleCorpus()
	for uri, d := range newer {
		d.Text += " Het plan loopt tot 2024."
		newer[uri] = d
	}
	v, err := report.Verify(ctx, rep, newer)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, s := range v.Stale {
		fmt.Println(s.URI, s.Verdict)
	}
	// Output:
	// http://themis.vlaanderen.be/id/nieuwsbericht/1 superseded
	// http://themis.vlaanderen.be/id/nieuwsbericht/1 superseded
}

func ExampleMarkdown() {
	section, _ := agreement.Sample().Section("2.2.9")
	rep, err := report.Build(context.Background(), section, exampleCorpus(), report.WithTitle("Radicalisering"))
	if err != nil {
		fmt.Println(err)
		return
	}
	rep.Section.Text, rep.Introduction = "…", "…" // for a short example
	if err := report.Markdown(os.Stdout, rep); err != nil {
		fmt.Println(err)
	}
	// The output begins:
	// # Radicalisering
	//
	// <details>
	//         <summary>Regeerakkoord Sectie </summary>
}
