package retrieve

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/themis-go/themis/report/agreement"
)

func TestCommitments(t *testing.T) {
	tests := []struct {
		in   string
		want []string
	}{
		{"", nil},
		{"Vlaanderen is mooi.", nil},
		{"We bouwen nieuwe fietspaden langs gewestwegen.", []string{"We bouwen nieuwe fietspaden langs gewestwegen."}},
		{"Er komt een premie voor sociale huurders.", []string{"Er komt een premie voor sociale huurders."}},
		{"De procedure voor vergunningen wordt vereenvoudigd.", []string{"De procedure voor vergunningen wordt vereenvoudigd."}},
		{"De Vlaamse Regering zal het decreet basisbereikbaarheid uitvoeren.", []string{"De Vlaamse Regering zal het decreet basisbereikbaarheid uitvoeren."}},
		{
			"We bouwen scholen voor secundair onderwijs, en we renoveren oude zwembaden en sporthallen.",
			[]string{"We bouwen scholen voor secundair onderwijs", "we renoveren oude zwembaden en sporthallen."},
		},
		{"De afgelopen jaren werden fietspaden en wegen aangelegd.", nil},
		{"Momenteel worden wachtlijsten in de zorg langer.", nil},
		{"We gaan door.", nil},
		{"De Vlaamse regering gaat voor een door iedereen gedeelde samenleving.", nil},
		{"Radicalisering vormt een substantiële bedreiging voor onze rechtsstaat en moet krachtdadig worden aangepakt.", nil},
		{"De Vlaamse Regering wil met haar beleid in de eerste plaats voorkomen dat personen radicaliseren.", nil},
		{"De Vlaamse Regering wil een steunpunt oprichten voor jonge boeren.", []string{"De Vlaamse Regering wil een steunpunt oprichten voor jonge boeren."}},
		{"Dit kan gaan over casussen die binnen de cel besproken worden.", nil},
		{"Het is de taak van gemeenten om zorgwekkende ontwikkelingen tijdig te signaleren.", nil},
		{"We geloven in de kracht van verenigingen en vinden cultuur belangrijk.", nil},
		{"De Vlaamse arbeidsmarkt bloeit als nooit tevoren.", nil},
		{"De inspanningen voor de begeleiding van gedetineerden worden opgedreven.", []string{"De inspanningen voor de begeleiding van gedetineerden worden opgedreven."}},
		{"Als er een station in de buurt is, leggen we fietspaden aan.", []string{"Als er een station in de buurt is, leggen we fietspaden aan."}},
		{"Steun voor groene - en restwarmte wordt geëvalueerd.", []string{"Steun voor groene - en restwarmte wordt geëvalueerd."}},
		{"Via ontzorgings- en financieringsinitiatieven versnellen we de renovatie.", []string{"Via ontzorgings- en financieringsinitiatieven versnellen we de renovatie."}},
		{
			"We doen dit: • We verhogen de subsidies voor jeugdhuizen • We verlagen de erfbelasting voor gezinnen",
			[]string{"We doen dit: • We verhogen de subsidies voor jeugdhuizen", "We verlagen de erfbelasting voor gezinnen"},
		},
	}
	for _, tt := range tests {
		s := &agreement.Section{Text: tt.in}
		var got []string
		for _, c := range Commitments(s) {
			got = append(got, c.Text)
			assert.Equal(t, tt.in[c.Start:c.End], c.Text)
		}
		assert.Equal(t, tt.want, got, "%q", tt.in)
	}
}

func FuzzCommitments(f *testing.F) {
	f.Add("We bouwen scholen, en we renoveren zwembaden; er komt een premie • wordt hervormd.")
	f.Fuzz(func(t *testing.T, text string) {
		end := 0
		for _, c := range Commitments(&agreement.Section{Text: text}) {
			require.Equal(t, text[c.Start:c.End], c.Text)
			require.GreaterOrEqual(t, c.Start, end, "in order, without overlap")
			end = c.End
		}
	})
}

// TestRealCommitments looks at the whole agreement: nearly every section
// commits to something, and no commitment is empty.
func TestRealCommitments(t *testing.T) {
	with, all, count := 0, 0, 0
	for _, s := range sections(t) {
		all++
		list := Commitments(s)
		count += len(list)
		if len(list) > 0 {
			with++
		}
	}
	t.Logf("%d of %d sections have %d commitments", with, all, count)
	assert.Greater(t, float64(with)/float64(all), 0.9)
}
