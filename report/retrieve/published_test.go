package retrieve

import (
	"context"
	"path/filepath"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/themis-go/themis/harvest"
	"github.com/themis-go/themis/harvest/archive"
	"github.com/themis-go/themis/report/agreement"
)

// TestEmbeddedSample checks that a corpus in which most decisions are about
// one subject behaves: the words that name the subject still weigh, what is
// about other things is left out, the steps of a decree stay together, and
// measures that only share their subject do not.
func TestEmbeddedSample(t *testing.T) {
	ctx := context.Background()
	a, err := archive.Open(filepath.Join(t.TempDir(), "a.db"))
	require.NoError(t, err)
	defer func() { require.NoError(t, a.Close()) }()
	_, err = harvest.Run(ctx, harvest.Sample(), a)
	require.NoError(t, err)
	ix, err := Open(ctx, a)
	require.NoError(t, err)
	found := agreement.Sample().Find("Preventie van radicalisering")
	require.Len(t, found, 1)
	res, err := ix.Section(ctx, found[0])
	require.NoError(t, err)

	assert.GreaterOrEqual(t, len(res.Relevant()), 12, "of the 13 that bear on it")
	dossier := map[string]int{}
	for _, h := range res.Hits {
		dossier[h.URI] = h.Dossier
	}
	for _, unrelated := range []string{"Verkeersveiligheidsplan", "windturbines", "Erfgoedronde"} {
		assert.False(t, slices.ContainsFunc(res.Relevant(), func(h Hit) bool {
			return slices.Contains(ix.words(ix.textQuery(h.Decision.Title), 99), ix.words(ix.textQuery(unrelated), 1)[0])
		}), unrelated)
	}
	machtiging := []string{"resource/d43a5e70-4927-11ec-94bb-99a9d1e168fe", "resource/d4ee8f50-8a7a-11ec-b92e-970acd8c80b9", "resource/a96d8f70-4925-11ec-94bb-99a9d1e168fe", "resource/bff8d9d0-4924-11ec-94bb-99a9d1e168fe"}
	beleid := []string{"nieuwsbericht/64A3E4942D77B42474D4F799", "nieuwsbericht/6513D2433605E1AC863C032B", "nieuwsbericht/657050DBE2E2C9E5814BECFD"}
	for _, steps := range [][]string{machtiging, beleid} {
		require.Positive(t, dossier[base+steps[0]])
		for _, uri := range steps {
			assert.Equal(t, dossier[base+steps[0]], dossier[base+uri], uri)
		}
	}
	assert.NotEqual(t, dossier[base+machtiging[0]], dossier[base+beleid[0]])
	for _, alone := range []string{"resource/c0149f30-4924-11ec-94bb-99a9d1e168fe", "nieuwsbericht/649BD0772D77B42474D4E8ED", "nieuwsbrief-info/60A4C483364ED90008000384"} {
		assert.Zero(t, dossier[base+alone], "%s: two calls and a plan that share their subject", alone)
	}

	bears := map[string][]string{}
	for _, p := range res.Promises {
		for _, i := range p.Hits {
			bears[p.Text] = append(bears[p.Text], res.Hits[i].URI)
		}
	}
	for text, uris := range bears {
		if text == "We creëren een decretaal kader zodat medewerkers van Vlaamse diensten kunnen deelnemen aan een Lokale Integrale Veiligheidscel (LIVC) zonder hun beroepsgeheim te schenden." {
			assert.Contains(t, uris, base+machtiging[2])
		} else {
			assert.NotContains(t, uris, base+machtiging[2], text)
		}
	}
	assert.NotEmpty(t, bears)
	for text := range bears {
		assert.NotContains(t, text, "gedetineerden", "no decision of the sample is about them")
	}
}
