package analyse

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/themis-go/themis/harvest"
	"github.com/themis-go/themis/report/stage"
)

func ids(groups [][]Evidence) []string {
	var out []string
	for _, g := range groups {
		s := ""
		for _, e := range g {
			uri := e.Decision.URI.String()
			s += uri[len(uri)-1:]
		}
		out = append(out, s)
	}
	return out
}

func TestGroup(t *testing.T) {
	assert.Equal(t, []string{"ABC", "D", "E"}, ids(Group(evidenceOf(housing()...))))

	told := evidenceOf(housing()...)
	told[0].Dossier, told[1].Dossier, told[3].Dossier, told[4].Dossier = 7, 7, 7, 8
	assert.Equal(t, []string{"AC", "D", "B", "E"}, ids(Group(told)), "the retriever's dossiers decide; a grant is no step of a decree")

	calls := []harvest.Decision{
		decision("A", day(2020, 3, 6), "Projectoproep lokale besturen", "", ""),
		decision("B", day(2023, 3, 3), "Projectoproep lokale besturen", "", ""),
		decision("C", day(2023, 4, 7), "Projectoproep lokale besturen", "", ""),
	}
	assert.Equal(t, []string{"A", "BC"}, ids(Group(evidenceOf(calls...))), "calls of different years are different measures")
	assert.Empty(t, Group(nil))
}

func TestStatus(t *testing.T) {
	assert.Equal(t, Funded, StatusOf(stage.Funded))
	assert.Equal(t, InPrinciple, StatusOf(stage.PrincipleSecond))
	assert.Equal(t, Announced, StatusOf(stage.Noted))
	assert.Equal(t, Decided, Furthest(InPrinciple, Decided))
	assert.Equal(t, Announced, Furthest(Announced, NothingFound))
	assert.Equal(t, stage.Parliament, further(stage.Parliament, stage.Amended))
	assert.Equal(t, stage.Definitive, further(stage.Principle, stage.Definitive))
}

func TestAssign(t *testing.T) {
	in := housingInput()
	groups := Group(in.Evidence)
	assert.Equal(t, [][]int{{0}, {1}, {1}}, assign(in.Promises, groups))
	in.Evidence[3].Promises = []int{2, 0, 2, 9}
	assert.Equal(t, []int{0, 2}, assign(in.Promises, Group(in.Evidence))[1], "the retriever's word counts, out of range left out")
	assert.Equal(t, [][]int{nil, nil, nil}, assign(nil, groups))
}

func TestSupport(t *testing.T) {
	assert.InDelta(t, 1, Support("De huurpremie stijgt.", "De huurpremie zal stijgen."), 0.01)
	assert.Zero(t, Support("De huurpremie stijgt met 250 euro.", "De huurpremie stijgt met 25 euro."), "another amount")
	assert.Less(t, Support("De haven van Antwerpen krijgt een sluis.", "De huurpremie stijgt."), 0.3)
	assert.InDelta(t, 1, Support("Bevoegd was de minister.", ""), 0, "nothing but frame")
}

// TestGroupParts checks that only the successive steps of one measure are
// joined, whatever the retriever's dossiers say.
func TestGroupParts(t *testing.T) {
	step := func(id string, year, month int, s stage.Stage, form stage.Form) Evidence {
		return Evidence{
			Decision: decision(id, day(year, month, 3), "Wijziging besluiten ondersteuning handicap", "", ""),
			Stage:    stage.Result{Stage: s, Form: form}, Dossier: 3,
		}
	}
	order, decree := stage.DraftOrder, stage.DraftDecree
	tests := []struct {
		name string
		in   []Evidence
		want []string
	}{
		{"one decree", []Evidence{step("A", 2020, 7, stage.Principle, decree), step("B", 2020, 12, stage.PrincipleSecond, decree), step("C", 2022, 3, stage.Parliament, decree), step("D", 2022, 5, stage.Promulgated, decree)}, []string{"ABCD"}},
		{"changed later", []Evidence{step("A", 2020, 2, stage.Principle, order), step("B", 2020, 6, stage.Definitive, order), step("C", 2021, 2, stage.Principle, order), step("D", 2021, 6, stage.Definitive, order)}, []string{"AB", "CD"}},
		{"a first step of another", []Evidence{step("A", 2020, 2, stage.Principle, order), step("B", 2021, 2, stage.Principle, order), step("C", 2021, 6, stage.Definitive, order)}, []string{"A", "BC"}},
		{"too long for an order", []Evidence{step("A", 2020, 1, stage.Principle, order), step("B", 2023, 2, stage.Definitive, order)}, []string{"A", "B"}},
	}
	for _, tt := range tests {
		assert.Equal(t, tt.want, ids(Group(tt.in)), tt.name)
	}
}

func TestGroupRejoins(t *testing.T) {
	a := Evidence{Decision: decision("A", day(2021, 6, 25), "Fusie tot LOM Vlaanderen", "Ontwerpbesluit tot regeling van de inbreng", ""), Stage: stage.Result{Stage: stage.Principle, Form: stage.DraftOrder}, Dossier: 1}
	b := Evidence{Decision: decision("B", day(2021, 9, 3), "Fusie tot LOM Vlaanderen", "", ""), Stage: stage.Result{Stage: stage.Definitive}}
	other := Evidence{Decision: decision("C", day(2021, 9, 3), "Fusie tot LOM Brussel", "", ""), Stage: stage.Result{Stage: stage.Definitive}}
	assert.Equal(t, []string{"AB", "C"}, ids(Group([]Evidence{b, a, other})))
	b.Stage.Stage = stage.Funded
	b.Decision = decision("B", day(2023, 9, 3), "Fusie tot LOM Vlaanderen", "", "")
	assert.Equal(t, []string{"B", "A", "C"}, ids(Group([]Evidence{b, a, other})), "too long after")
}

func TestStatusOfFinding(t *testing.T) {
	in := Input{Evidence: []Evidence{
		{Decision: decision("A", day(2021, 3, 5), "Plan", "", ""), Stage: stage.Result{Stage: stage.Definitive}},
		{Decision: decision("B", day(2022, 3, 4), "Plan", "", ""), Stage: stage.Result{Stage: stage.Amended}},
	}}
	f := Finding{Stage: stage.Definitive}
	assert.Equal(t, Decided, StatusOfFinding(in, f))
	f.Decisions = []string{in.Evidence[0].Decision.URI.String(), in.Evidence[1].Decision.URI.String()}
	assert.Equal(t, Changed, StatusOfFinding(in, f), "the last step ended it")
}
