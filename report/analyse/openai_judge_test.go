package analyse

import (
	"context"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestOpenAISupports(t *testing.T) {
	m := newModel(t, func(_ int, r chatRequest) (string, int) {
		switch {
		case strings.Contains(r.Messages[1].Content, "onzin"):
			return `{"supported":"misschien"}`, 0
		case strings.Contains(r.Messages[1].Content, "leeg"):
			return `{}`, 0
		case strings.Contains(r.Messages[1].Content, "bron die het zegt"):
			return "```json\n{\"supported\": true}\n```", 0
		}
		return `{"supported":false}`, 0
	})
	a := m.analyst(t)
	ctx := context.Background()
	yes, err := a.Supports(ctx, "Een uitspraak.", []string{"Een bron die het zegt."})
	require.NoError(t, err)
	assert.True(t, yes)
	no, err := a.Supports(ctx, "Een uitspraak.", []string{"Een andere bron."})
	require.NoError(t, err)
	assert.False(t, no)
	for _, bad := range []string{"onzin", "leeg"} {
		_, err = a.Supports(ctx, bad, nil)
		require.ErrorIs(t, err, ErrAnswer)
	}
	assert.NotContains(t, m.requests[0].Messages[0].Content, "uitspraak.\"")
}
