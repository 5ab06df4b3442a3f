package analyse

import (
	"github.com/themis-go/themis/harvest"
	"github.com/themis-go/themis/report/stage"
)

func evidenceOf(decisions ...harvest.Decision) []Evidence {
	var out []Evidence
	for i, d := range decisions {
		out = append(out, Evidence{Decision: d, Stage: stage.Of(d), Score: 1 / float64(i+1)})
	}
	return out
}
