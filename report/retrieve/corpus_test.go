package retrieve

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/themis-go/themis/harvest"
	"github.com/themis-go/themis/internal/htmltext"
	"github.com/themis-go/themis/internal/sharedtest"
	"github.com/themis-go/themis/rdf"
	"github.com/themis-go/themis/report/agreement"
)

const base = "http://themis.vlaanderen.be/id/"

// iri makes an IRI of a text that a test knows to be one.
func iri(tb testing.TB, text string) rdf.IRI {
	tb.Helper()
	i, err := rdf.NewIRI(text)
	require.NoError(tb, err)
	return i
}

// newsItems reads the real news items as decisions, in the order of the file.
func newsItems(tb testing.TB) []harvest.Decision {
	tb.Helper()
	if sharedtest.Race {
		tb.Skip("SKIPPED: the race detector slows work on the whole corpus tenfold; run this test without it, too")
	}
	themes := themeLabels(tb)
	type item struct {
		URI, UUID, Title, AlternativeTitle, MeetingID, MeetingDate, AgendaitemType string
		HTMLContent                                                                any
		ThemeIDs                                                                   []string
		Mandatees                                                                  []struct{ ID, FirstName, FamilyName, Title string }
	}
	var out []harvest.Decision
	readLines(tb, sharedtest.Path(tb, "data/newsitems.jsonl"), func(i item) {
		d := harvest.Decision{
			URI: iri(tb, i.URI), UUID: i.UUID, Title: i.Title, Subtitle: i.AlternativeTitle, Kind: harvest.Kind(i.AgendaitemType),
		}
		switch h := i.HTMLContent.(type) {
		case string:
			d.HTML = h
		case []any:
			for _, v := range h {
				d.HTML += fmt.Sprint(v) + "\n"
			}
		}
		d.Text = htmltext.Text(d.HTML)
		d.Meeting.URI = iri(tb, base+"vergaderactiviteit/"+i.MeetingID)
		var err error
		d.Meeting.Start, err = time.Parse(time.RFC3339, i.MeetingDate)
		require.NoError(tb, err)
		for _, m := range i.Mandatees {
			d.Ministers = append(d.Ministers, harvest.Minister{
				Mandatee: iri(tb, base+"mandataris/"+m.ID), Person: iri(tb, base+"persoon/"+m.FirstName+m.FamilyName[:1]),
				GivenName: m.FirstName, FamilyName: m.FamilyName, Title: m.Title,
			})
		}
		for _, id := range i.ThemeIDs {
			d.Themes = append(d.Themes, harvest.ThemeRef{URI: iri(tb, base+"concept/thema/"+id), Label: themes[id]})
		}
		out = append(out, d)
	})
	return out
}

// themeLabels reads the labels of the code list of themes by identifier.
func themeLabels(tb testing.TB) map[string]string {
	tb.Helper()
	data, err := os.ReadFile(sharedtest.Path(tb, "data/themis/codelist-themes-2020.ttl"))
	require.NoError(tb, err)
	out, id := map[string]string{}, ""
	for line := range strings.Lines(string(data)) {
		if _, rest, ok := strings.Cut(line, "/id/concept/thema/"); ok {
			id, _, _ = strings.Cut(rest, ">")
		}
		if strings.Contains(line, "skos:prefLabel") {
			if parts := strings.Split(line, `"`); len(parts) > 1 {
				out[id] = parts[1]
			}
		}
	}
	require.NotEmpty(tb, out)
	return out
}

// sections reads the real agreement.
func sections(tb testing.TB) map[string]*agreement.Section {
	tb.Helper()
	f, err := os.Open(sharedtest.Path(tb, "data/agreement.jsonl"))
	require.NoError(tb, err)
	defer f.Close()
	a, err := agreement.Read(f, agreement.JSONLines)
	require.NoError(tb, err)
	out := map[string]*agreement.Section{}
	for _, s := range a.Sections {
		out[s.Key] = s
	}
	return out
}

// judgements reads what is known about sections of the development half.
func judgements(tb testing.TB, docs map[string]uint32) []relevance {
	tb.Helper()
	grades := func(path string) map[string]map[int]int {
		out := map[string]map[int]int{}
		readLines(tb, path, func(j struct {
			Section string
			Grades  map[string]int
		}) {
			out[j.Section] = map[int]int{}
			for uri, g := range j.Grades {
				if d, ok := docs[uri]; ok {
					out[j.Section][int(d)] = g
				}
			}
		})
		return out
	}
	judged, own := grades(sharedtest.Path(tb, "data/judgements-dev.jsonl")), grades("testdata/judgements.jsonl")
	var out []relevance
	readLines(tb, sharedtest.Path(tb, "data/relevance-dev.jsonl"), func(r struct {
		Section          string
		Retrieved, Cited []string
	}) {
		x := relevance{section: r.Section, cited: map[int]bool{}, judged: judged[r.Section], own: own[r.Section]}
		for _, uri := range r.Retrieved {
			if d, ok := docs[uri]; ok {
				x.pool = append(x.pool, int(d))
			}
		}
		for _, uri := range r.Cited {
			if d, ok := docs[uri]; ok {
				x.cited[int(d)] = true
			}
		}
		out = append(out, x)
	})
	return out
}

func readLines[T any](tb testing.TB, path string, add func(T)) {
	tb.Helper()
	f, err := os.Open(path)
	require.NoError(tb, err)
	defer f.Close()
	sc := bufio.NewScanner(f)
	for sc.Buffer(nil, 1<<24); sc.Scan(); {
		var v T
		require.NoError(tb, json.Unmarshal(sc.Bytes(), &v))
		add(v)
	}
	require.NoError(tb, sc.Err())
}

// sequence is a source of decisions that never fails.
func sequence(list []harvest.Decision) iter.Seq2[harvest.Decision, error] {
	return func(yield func(harvest.Decision, error) bool) {
		for _, d := range list {
			if !yield(d, nil) {
				return
			}
		}
	}
}

// realIndex indexes the real news items.
func realIndex(tb testing.TB, opts ...Option) *Index {
	tb.Helper()
	ix, err := New(context.Background(), sequence(newsItems(tb)), opts...)
	require.NoError(tb, err)
	return ix
}
