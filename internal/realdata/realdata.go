// Package realdata gives tests the real decisions and the real agreement, which
// are not part of the repository, in the form that an archive gives them.
package realdata

import (
	"bufio"
	"cmp"
	"encoding/json"
	"iter"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/themis-go/themis/harvest"
	"github.com/themis-go/themis/internal/htmltext"
	"github.com/themis-go/themis/internal/sharedtest"
	"github.com/themis-go/themis/rdf"
	"github.com/themis-go/themis/report/agreement"
)

// Decisions returns every decision in the order of an archive: by meeting, then
// by place on the agenda. It skips the test where the data is absent. The slice
// is shared; its elements must not be changed.
func Decisions(tb testing.TB) []harvest.Decision {
	tb.Helper()
	sharedtest.Path(tb, "data/newsitems.jsonl")
	list, err := load()
	if err != nil {
		tb.Fatalf("read the real decisions: %v", err)
	}
	return list
}

// Stream yields decisions as an archive does.
func Stream(list []harvest.Decision) iter.Seq2[harvest.Decision, error] {
	return func(yield func(harvest.Decision, error) bool) {
		for _, d := range list {
			if !yield(d, nil) {
				return
			}
		}
	}
}

// Agreement returns the coalition agreement of 2019.
func Agreement(tb testing.TB) *agreement.Agreement {
	tb.Helper()
	f, err := os.Open(sharedtest.Path(tb, "data/agreement.jsonl"))
	if err != nil {
		tb.Fatal(err)
	}
	defer f.Close()
	agr, err := agreement.Read(f, agreement.JSONLines)
	if err != nil {
		tb.Fatal(err)
	}
	agr.Title = "Regeerakkoord van de Vlaamse Regering 2019-2024"
	return agr
}

type item struct {
	URI              string          `json:"uri"`
	Title            string          `json:"title"`
	AlternativeTitle string          `json:"alternativeTitle"`
	HTMLContent      json.RawMessage `json:"htmlContent"`
	Position         json.RawMessage `json:"position"`
	MeetingDate      time.Time       `json:"meetingDate"`
	MeetingID        string          `json:"meetingId"`
	ThemeIDs         []string        `json:"themeIds"`
	AgendaitemType   string          `json:"agendaitemType"`
	Mandatees        []struct{ ID, FirstName, FamilyName, Title string }
}

const themis = "http://themis.vlaanderen.be/id/"

var load = sync.OnceValues(func() ([]harvest.Decision, error) {
	labels, err := themes()
	if err != nil {
		return nil, err
	}
	f, err := os.Open(sharedtest.Root() + "/data/newsitems.jsonl")
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var out []harvest.Decision
	scan := bufio.NewScanner(f)
	scan.Buffer(nil, 1<<24)
	for scan.Scan() {
		var it item
		if err := json.Unmarshal(scan.Bytes(), &it); err != nil {
			return nil, err
		}
		out = append(out, it.decision(labels))
	}
	slices.SortFunc(out, func(a, b harvest.Decision) int {
		return cmp.Or(a.Meeting.Start.Compare(b.Meeting.Start), cmp.Compare(a.AgendaItem.Position, b.AgendaItem.Position), strings.Compare(a.URI.String(), b.URI.String()))
	})
	return out, scan.Err()
})

func (it item) decision(labels map[string]string) harvest.Decision {
	d := harvest.Decision{
		URI: rdf.MustIRI(it.URI), Title: it.Title, Subtitle: it.AlternativeTitle, Kind: harvest.Kind(it.AgendaitemType),
		Meeting: harvest.MeetingRef{URI: rdf.MustIRI(themis + "vergaderactiviteit/" + it.MeetingID), Start: it.MeetingDate},
	}
	var one string
	var many []string
	if json.Unmarshal(it.HTMLContent, &one) == nil {
		d.HTML = one
	} else if json.Unmarshal(it.HTMLContent, &many) == nil {
		d.HTML = strings.Join(many, "\n")
	}
	d.Text = htmltext.Text(d.HTML)
	var position int
	if json.Unmarshal(it.Position, &position) == nil {
		d.AgendaItem.Position = position
	}
	for i, m := range it.Mandatees {
		d.Ministers = append(d.Ministers, harvest.Minister{
			Mandatee: rdf.MustIRI(themis + "mandataris/" + m.ID), GivenName: m.FirstName, FamilyName: m.FamilyName, Title: m.Title, Rank: i + 1,
		})
	}
	for _, id := range it.ThemeIDs {
		d.Themes = append(d.Themes, harvest.ThemeRef{URI: rdf.MustIRI(themis + "concept/thema/" + id), Label: labels[themis+"concept/thema/"+id]})
	}
	return d
}

// themes returns the labels of the themes.
func themes() (map[string]string, error) {
	f, err := os.Open(sharedtest.Root() + "/data/themis/codelist-themes-2020.ttl")
	if err != nil {
		return nil, err
	}
	defer f.Close()
	out := map[string]string{}
	for t, err := range rdf.Read(f, rdf.Turtle) {
		if err != nil {
			return nil, err
		}
		if t.Pred.String() == "http://www.w3.org/2004/02/skos/core#prefLabel" {
			if l, ok := t.Obj.(rdf.Literal); ok {
				out[t.Subj.String()] = l.String()
			}
		}
	}
	return out, nil
}
