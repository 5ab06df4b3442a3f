package analyse

import (
	"bufio"
	"encoding/json"
	"os"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/themis-go/themis/harvest"
	"github.com/themis-go/themis/internal/htmltext"
	"github.com/themis-go/themis/internal/sharedtest"
	"github.com/themis-go/themis/rdf"
	"github.com/themis-go/themis/report/stage"
)

// seed are the decisions that the published report of 2024 refers to, in its order.
var seed = []string{
	"http://themis.vlaanderen.be/id/nieuwsbericht/64A3E4942D77B42474D4F799",
	"http://themis.vlaanderen.be/id/nieuwsbericht/6513D2433605E1AC863C032B",
	"http://themis.vlaanderen.be/id/nieuwsbericht/657050DBE2E2C9E5814BECFD",
	"http://themis.vlaanderen.be/id/resource/a96d8f70-4925-11ec-94bb-99a9d1e168fe",
	"http://themis.vlaanderen.be/id/resource/d43a5e70-4927-11ec-94bb-99a9d1e168fe",
	"http://themis.vlaanderen.be/id/resource/d4ee8f50-8a7a-11ec-b92e-970acd8c80b9",
	"http://themis.vlaanderen.be/id/resource/bff8d9d0-4924-11ec-94bb-99a9d1e168fe",
	"http://themis.vlaanderen.be/id/resource/c0149f30-4924-11ec-94bb-99a9d1e168fe",
	"http://themis.vlaanderen.be/id/nieuwsbericht/649BD0772D77B42474D4E8ED",
	"http://themis.vlaanderen.be/id/nieuwsbrief-info/60A4C483364ED90008000384",
	"http://themis.vlaanderen.be/id/nieuwsbrief-info/60E42297364ED900080007C3",
	"http://themis.vlaanderen.be/id/nieuwsbrief-info/61AF164E364ED9000900046A",
	"http://themis.vlaanderen.be/id/nieuwsbrief-info/61B852CC364ED90009000F8A",
}

type newsItem struct {
	URI              string          `json:"uri"`
	Title            string          `json:"title"`
	AlternativeTitle string          `json:"alternativeTitle"`
	HTMLContent      json.RawMessage `json:"htmlContent"`
	MeetingDate      time.Time       `json:"meetingDate"`
	MeetingID        string          `json:"meetingId"`
	AgendaitemType   string          `json:"agendaitemType"`
	Mandatees        []struct {
		ID, FirstName, FamilyName, Title string
	} `json:"mandatees"`
}

var loadReal = sync.OnceValues(func() (map[string]harvest.Decision, error) {
	f, err := os.Open(sharedtest.Root() + "/data/newsitems.jsonl")
	if err != nil {
		return nil, err
	}
	defer f.Close()
	out := map[string]harvest.Decision{}
	scan := bufio.NewScanner(f)
	scan.Buffer(nil, 1<<24)
	for scan.Scan() {
		var n newsItem
		if err := json.Unmarshal(scan.Bytes(), &n); err != nil {
			return nil, err
		}
		d := harvest.Decision{
			URI: rdf.MustIRI(n.URI), Title: n.Title, Subtitle: n.AlternativeTitle, Kind: harvest.Kind(n.AgendaitemType),
			Meeting: harvest.MeetingRef{Start: n.MeetingDate},
		}
		var one string
		var many []string
		if json.Unmarshal(n.HTMLContent, &one) == nil {
			d.HTML = one
		} else if json.Unmarshal(n.HTMLContent, &many) == nil && len(many) > 0 {
			d.HTML = many[0]
		}
		d.Text = htmltext.Text(d.HTML)
		for _, m := range n.Mandatees {
			d.Ministers = append(d.Ministers, harvest.Minister{GivenName: m.FirstName, FamilyName: m.FamilyName, Title: m.Title})
		}
		out[n.URI] = d
	}
	return out, scan.Err()
})

func realDecisions(t testing.TB) map[string]harvest.Decision {
	sharedtest.Path(t, "data/newsitems.jsonl")
	all, err := loadReal()
	require.NoError(t, err)
	return all
}

func evidenceOf(decisions ...harvest.Decision) []Evidence {
	var out []Evidence
	for i, d := range decisions {
		out = append(out, Evidence{Decision: d, Stage: stage.Of(d), Score: 1 / float64(i+1)})
	}
	return out
}
