package report

import (
	"bytes"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/themis-go/themis/report/analyse"
	"github.com/themis-go/themis/report/schema"
	"github.com/themis-go/themis/report/stage"
)

func reportSchema(t *testing.T) *jsonschema.Schema {
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(schema.Report))
	require.NoError(t, err)
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	require.NoError(t, c.AddResource("report.schema.json", doc))
	s, err := c.Compile("report.schema.json")
	require.NoError(t, err)
	return s
}

func TestReportsFollowTheSchema(t *testing.T) {
	s := reportSchema(t)
	full := huurReport(t, WithGenerated(day(2024, 1, 5)), WithAgreementTitle("Regeerakkoord"), WithArchive(Archive{
		Source: "sample", Decisions: 5, From: "2021-11-19", Until: "2022-11-18", Harvested: "2024-01-05T00:00:00Z", Digest: "ab",
	}))
	full.Method.Model = "m"
	nothing, err := Build(t.Context(), huren(t), shelf(nil))
	require.NoError(t, err)
	for name, rep := range map[string]*Report{"full": full, "plain": huurReport(t), "nothing": nothing, "hostile": hostileReport(t)} {
		t.Run(name, func(t *testing.T) {
			data := render(t, func(b *bytes.Buffer) error { return JSON(b, rep) })
			doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
			require.NoError(t, err)
			require.NoError(t, s.Validate(doc))
		})
	}
}

func TestSchemaRefuses(t *testing.T) {
	s := reportSchema(t)
	data := string(render(t, func(b *bytes.Buffer) error { return JSON(b, huurReport(t)) }))
	for name, change := range map[string][2]string{
		"unknown version":  {`"version": "1.0"`, `"version": "2.0"`},
		"unknown status":   {`"status": "decided"`, `"status": "kept"`},
		"unknown verdict":  {`"verdict": "ok"`, `"verdict": "fine"`},
		"negative number":  {`"reference": 0`, `"reference": -1`},
		"additional field": {`"caveat"`, `"more": 1, "caveat"`},
		"missing field":    {`"caveat"`, `"caveats"`},
	} {
		t.Run(name, func(t *testing.T) {
			changed := strings.Replace(data, change[0], change[1], 1)
			require.NotEqual(t, data, changed)
			doc, err := jsonschema.UnmarshalJSON(strings.NewReader(changed))
			require.NoError(t, err)
			assert.Error(t, s.Validate(doc))
		})
	}
}

// TestSchemaKnowsEveryName checks that the schema lists what the code knows.
func TestSchemaKnowsEveryName(t *testing.T) {
	text := string(schema.Report)
	for _, s := range stage.All() {
		assert.Contains(t, text, `"`+s.String()+`"`)
	}
	for _, s := range analyse.Statuses() {
		assert.Contains(t, text, `"`+string(s)+`"`)
	}
	for _, v := range Verdicts() {
		assert.Contains(t, text, `"`+string(v)+`"`)
	}
}
