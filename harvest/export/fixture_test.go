package export

import (
	"errors"
	"iter"
	"time"

	"github.com/themis-go/themis/harvest"
	"github.com/themis-go/themis/rdf"
)

const base = "http://themis.vlaanderen.be/id/"

func day(y int, m time.Month, d, hour int) time.Time {
	return time.Date(y, m, d, hour, 0, 0, 0, time.UTC)
}

// fixture holds what is awkward: quotes, bars, backslashes, formulas, line
// breaks, absent values, two positions, a meeting that is next year in Brussels.
func fixture() []harvest.Decision {
	return []harvest.Decision{
		{
			URI: rdf.MustIRI(base + "nieuwsbericht/one"), UUID: "one",
			Title: `Een "titel", met komma | en streep`, Subtitle: "",
			HTML: "<p>Één &lt;b&gt;</p>\n<p>twee</p>", Text: "Één <b>\ntwee",
			Issued: day(2021, 3, 5, 13).Add(123456 * time.Microsecond), Positions: []int{3, 7}, Kind: harvest.Nota,
			AgendaItem: harvest.AgendaItemRef{URI: rdf.MustIRI(base + "agendapunt/1"), Title: "Nota", ShortTitle: "n", Position: 3},
			Meeting: harvest.MeetingRef{URI: rdf.MustIRI(base + "vergaderactiviteit/1"), Start: day(2021, 3, 5, 9),
				Type: rdf.MustIRI(base + "concept/x"), Identifier: "VR PV 2021/9"},
			Government: rdf.MustIRI(base + "bestuursorgaan/g"),
			Ministers: []harvest.Minister{
				{Mandatee: rdf.MustIRI(base + "mandataris/a"), Person: rdf.MustIRI(base + "persoon/a"), GivenName: "Jan", FamilyName: "Jambon", Title: "minister-president", Rank: 1},
				{Mandatee: rdf.MustIRI(base + "mandatee/b"), FamilyName: `Somers|\Bart`, Title: "Binnenlands Bestuur"},
			},
			Themes: []harvest.ThemeRef{{URI: rdf.MustIRI(base + "concept/t1"), Label: "Gezin", Deprecated: true}, {URI: rdf.MustIRI(base + "concept/t2")}},
			Documents: []harvest.Document{
				{URI: rdf.MustIRI(base + "stuk/d1"), Title: "VR 2021 0503 DOC.1", Type: rdf.MustIRI(base + "concept/nota"), TypeLabel: "Nota", Issued: day(2021, 3, 6, 0),
					Files: []harvest.File{
						{URI: rdf.MustIRI(base + "bestand/f1"), Name: "a.pdf", Size: 1234, Format: "application/pdf", Extension: "pdf"},
						{URI: rdf.MustIRI(base + "bestand/f2"), Name: "a.docx"},
					}},
				{URI: rdf.MustIRI(base + "stuk/d2"), Title: "Zonder bestand"},
			},
		},
		{
			URI: rdf.MustIRI(base + "nieuwsbrief-info/two"), Title: `=HYPERLINK("http://example.org")`, Subtitle: "-1",
			Text: "a\rb\tc😀", Kind: harvest.Mededeling,
			Meeting: harvest.MeetingRef{URI: rdf.MustIRI(base + "vergaderactiviteit/2"), Start: time.Date(2021, 12, 31, 23, 30, 0, 0, time.UTC)},
		},
		{URI: rdf.MustIRI(base + "resource/three"), Title: "Zonder vergadering", Positions: []int{0}},
	}
}

func stream[T any](items []T) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for _, item := range items {
			if !yield(item, nil) {
				return
			}
		}
	}
}

var errStream = errors.New("the archive is gone")

// failing yields the items and then an error.
func failing[T any](items []T) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for _, item := range items {
			if !yield(item, nil) {
				return
			}
		}
		var zero T
		yield(zero, errStream)
	}
}

// brokenPipe fails after some bytes.
type brokenPipe struct{ left int }

var errFull = errors.New("no space left on device")

func (b *brokenPipe) Write(p []byte) (int, error) {
	if len(p) > b.left {
		n := b.left
		b.left = 0
		return n, errFull
	}
	b.left -= len(p)
	return len(p), nil
}

func quad(s, p string, o rdf.Object) rdf.Quad {
	return rdf.Quad{
		Triple: rdf.Triple{Subj: rdf.MustIRI(base + s), Pred: rdf.MustIRI(p), Obj: o},
		Ctx:    rdf.MustIRI("http://mu.semte.ch/graphs/public"),
	}
}

func quadFixture() []rdf.Quad {
	const dct = "http://purl.org/dc/terms/"
	class := rdf.MustIRI("https://data.vlaanderen.be/ns/dossier#Stuk")
	nl, err := rdf.NewLang("Één\ntwee", "nl")
	if err != nil {
		panic(err)
	}
	return []rdf.Quad{
		quad("s/1", dct+"title", rdf.NewString(`Een "titel"`)),
		quad("s/1", "http://www.w3.org/1999/02/22-rdf-syntax-ns#type", class),
		quad("s/1", dct+"issued", rdf.NewDateTime(day(2021, 3, 5, 9))),
		quad("s/1", dct+"title", nl),
		quad("s/1", dct+"title", rdf.NewString(`Een "titel"`)),
		quad("s/2", dct+"subject", rdf.MustIRI(base+"concept/t1")),
		quad("s/2", "http://schema.org/position", rdf.NewInteger(3)),
	}
}
